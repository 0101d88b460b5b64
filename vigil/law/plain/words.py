"""The words for the law's codes, days and numbers. Names only: no value of a statute is here.

"They" is the person whom the order binds. Refuses nothing; a code without words is told as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from vigil.law.facts import Confidence, Fact, Proposal, Standing
from vigil.law.vocabulary import (
    CLOCKS,
    FRAMEWORKS,
    INSTRUMENTS,
    MEASURES,
    PROPOSED_FRAMEWORKS,
    PROPOSED_INSTRUMENTS,
    SERIAL_DEFINITIONS,
    TERMS,
)

NATIONS: Final[Mapping[str, str]] = {
    "EW": "England and Wales",
    "S": "Scotland",
    "NI": "Northern Ireland",
    "EU": "places outside the United Kingdom",
}
SURE: Final[Mapping[Confidence, str]] = {
    Confidence.VERIFIED: "Read at source",
    Confidence.SECONDARY: "Good second source",
    Confidence.KNOWN: "Known, not re-read",
    Confidence.UNSETTLED: "Unsettled",
}
SURE_MEANS: Final[Mapping[Confidence, str]] = {
    Confidence.VERIFIED: "read word for word in the Act or the official text",
    Confidence.SECONDARY: "read in part, or a good second source says so",
    Confidence.KNOWN: "held to be so, not read again",
    Confidence.UNSETTLED: "a lawyer must say: never rely on it",
}
STANDING: Final[Mapping[Standing, str]] = {
    Standing.SEED: "Asked for by Paladin",
    Standing.HISTORIC_PROPOSAL: "From an earlier proposal",
    Standing.DESIGN_CHOICE: "Chosen by this project",
}
APPLICANTS: Final[Mapping[str, str]] = {
    "police": "the police",
    "victim": "the victim",
    "specified_person": "a person whom regulations name",
    "with_leave": "anyone to whom the court gives leave",
    "prosecution": "the prosecution",
    "court": "the court itself",
}
ITEMS: Final[Mapping[str, str]] = {
    "name": "every name they use",
    "home_address": "their home address",
    "date_of_birth": "their date of birth",
    "national_insurance_number": "their National Insurance number",
    "other_addresses": "other addresses where they regularly stay",
    "bank": "their bank accounts and cards",
    "identity_document": "their identity documents",
    "travel": "travel outside the United Kingdom",
}
EVENTS: Final[Mapping[str, str]] = {
    "made": "When the order is made",
    "served": "When the order is served",
    "relevant_date": "When the duty begins (the relevant date)",
    "name_changed": "When they use a new name",
    "address_changed": "When they have a new address",
    "home_lost": "When they lose their home",
}
# Of a change, only the thing changed is told.
CHANGED: Final[Mapping[str, str]] = {
    "name_changed": "that name",
    "address_changed": "that address",
    "home_lost": "that they have lost it",
}
NATURES: Final[Mapping[str, str]] = {
    "none": "Not a crime, and not contempt of court.",
    "civil_contempt": "Not a crime. It is contempt of court, and no conviction follows.",
    "criminal": "A crime.",
    "criminal_or_contempt": "A crime or contempt of court: one or the other, never both.",
}
ARRESTS: Final[Mapping[str, str]] = {
    "without_warrant_statute": "Yes, without a warrant.",
    "pace_s24": "Yes, without a warrant, where an arrest is necessary, as for any crime.",
    "power_attached_by_court": "Only where the court attached a power of arrest to the order.",
    "warrant": "Only with a warrant from a court.",
    "none": "No.",
}
EXCLUDED: Final[Mapping[str, str]] = {
    "sunday": "Sundays",
    "bank_holiday": "bank holidays",
    "christmas_day": "Christmas Day",
    "good_friday": "Good Friday",
}
RULES: Final[Mapping[str, str]] = {
    "no_contact": "no contact",
    "stay_away": "stay away from a person or a place",
    "do_not_enter": "do not enter a place",
    "no_violence": "no violence",
    "no_threats": "no threats",
    "no_damage": "no damage to property",
    "curfew": "be at an address at set hours",
    "attend": "attend a programme or an assessment",
    "wear_tag": "wear a tag",
    "notify": "tell the police of a change",
    "other": "something else, which its own words say",
}
BINDS_FROM: Final[Mapping[str, str]] = {
    "making": "From the moment it is made.",
    "service": "From the moment it is served on them.",
    "service_or_knowledge": "From the moment it is served on them, or they know of it.",
}
FRAMEWORK_KINDS: Final[Mapping[str, str]] = {
    "police_record": "A police record only: being on it puts no duty on anybody.",
    "duties": "A register that puts duties on the person entered.",
}
STATES: Final[Mapping[bool, str]] = {True: "yes", False: "no"}
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    "nature": NATURES,
    "arrest": ARRESTS,
    "binds_from": BINDS_FROM,
    "framework": FRAMEWORK_KINDS,
    "max_summary": {"MC_GENERAL_LIMIT": "the general limit of magistrates’ courts"},
}

# Terms whose words are no whole sentence with a value after them.
_WHOLE: Final[Mapping[str, str]] = {
    "as_long_as_disposal": "Subject to notification for as long as it lasts.",
}
# Terms that need no word before their text.
_BARE: Final = ("rule", "who")
_SUBJECTS: Final[Mapping[str, str]] = {
    **INSTRUMENTS,
    **PROPOSED_INSTRUMENTS,
    **CLOCKS,
    **FRAMEWORKS,
    **PROPOSED_FRAMEWORKS,
    **MEASURES,
    **SERIAL_DEFINITIONS,
    "DETENTION": "Detention before charge",
    "EXTENSION_SUPERINTENDENT": "Extension by a superintendent",
    "EXTENSION_WARRANT": "Warrant of further detention",
    "EXTENSION_WARRANT_EXTENSION": "Extension of the warrant",
    "HOLD": "Hold until the notice is served",
    "DETENTION_APPROXIMATE": "How exact the times are",
    "DETENTION_RELEASE": "Release",
    "DETENTION_HOSPITAL": "Time in hospital",
    "DETENTION_BAIL": "Time on bail",
    "RELEVANT_TIME_ORDINARY": "When the clock begins",
    "RELEVANT_TIME_OTHER_AREA": "The clock: wanted in another area",
    "RELEVANT_TIME_SECOND_AREA": "The clock: a second area",
    "RELEVANT_TIME_OUTSIDE": "The clock: arrested outside England and Wales",
    "RELEVANT_TIME_VOLUNTARY": "The clock: came of their own will",
    "RELEVANT_TIME_STREET_BAIL": "The clock: after street bail",
    "REVIEW_OFFICER": "Who reviews",
    "REVIEW_POSTPONED": "A review put off",
    "CHARGE_TO_COURT": "From charge to court",
    "BAIL_BEFORE_CHARGE": "Bail before charge",
    "BAIL_INITIAL": "The first period",
    "BAIL_INITIAL_NON_STANDARD": "The first period, non-standard cases",
    "BAIL_INSPECTOR": "Extension by an inspector",
    "BAIL_SUPERINTENDENT": "Extension by a superintendent",
    "BAIL_FURTHER": "Further extension",
    "BAIL_NON_STANDARD": "Extension, non-standard cases",
    "BAIL_DESIGNATED": "Extension, designated cases",
    "BAIL_COURT": "Extension by a court",
    "BAIL_COURT_COMPLEX": "Extension by a court, complex cases",
    "BAIL_COURT_DESIGNATED": "Extension by a court, designated cases",
    "BAIL_COURT_DESIGNATED_COMPLEX": "Extension by a court, designated and complex cases",
    "BAIL_BREACH_ARREST": "Arrest for breach of bail",
    "QUALIFYING_STAY": "A stay elsewhere",
    "PRE_NOTIFIED_CHANGE": "A change told beforehand",
    "CHILD_HOUSEHOLD": "A household with a child",
    "BANK_AND_IDENTITY": "Bank accounts and identity documents",
    "FOREIGN_TRAVEL": "Travel abroad",
    "ENTRY_WARRANT": "Warrant to enter the home",
    "SENTENCE_CONSECUTIVE": "Consecutive sentences",
    "SENTENCE_PARTLY_CONCURRENT": "Partly concurrent sentences",
    "REGISTERED_OFFENDER_VISITS": "Visits to registered offenders",
    "REGISTER_CRITERIA": "Who may be entered",
    "REGISTER_OFFENCES": "Which offences count",
    "MAPPA_1": "Category 1",
    "MAPPA_2": "Category 2",
    "MAPPA_2_CONTROLLING_OR_COERCIVE": "Category 2: controlling or coercive behaviour",
    "MAPPA_2_SCHEDULE_15": "Category 2: an offence of Schedule 15",
    "MAPPA_2_STALKING_4A": "Category 2: stalking with fear or distress",
    "MAPPA_2_STALKING_2A": "Category 2: stalking",
    "MAPPA_2_OTHER": "Category 2: other offences",
    "MAPPA_3": "Category 3",
    "MAPPA_4": "Category 4",
    "MAPPA_PDP": "Potentially dangerous persons",
    "MAPPA_LEVEL_1": "Level 1",
    "MAPPA_LEVEL_2": "Level 2",
    "MAPPA_LEVEL_3": "Level 3",
    "MAPPA_ELSEWHERE": "The other nations",
    "DANGEROUS_PERSONS_SYSTEM": "The national database",
    "PERIOD_REVIEW_COUNT": "How the review is counted",
    "PERIOD_LIFE": "Imprisonment for life",
    "PERIOD_INDETERMINATE": "Indeterminate imprisonment",
    "PERIOD_IMPRISONMENT_LONG": "Imprisonment, the longest terms",
    "PERIOD_IMPRISONMENT_MIDDLE": "Imprisonment, terms in between",
    "PERIOD_IMPRISONMENT_SHORT": "Imprisonment, the shortest terms",
    "PERIOD_HOSPITAL_RESTRICTED": "Hospital order with a restriction",
    "PERIOD_HOSPITAL": "Hospital order without a restriction",
    "PERIOD_CAUTION": "Caution",
    "PERIOD_CONDITIONAL_DISCHARGE": "Conditional discharge",
    "PERIOD_OTHER": "Anything else",
    "PERIOD_UNDER_18": "Somebody under 18",
    "PERIOD_REVIEW": "Review of an indefinite period",
    "REGISTER_FRAMEWORK": "What the register is",
    "CROSS_BORDER": "Orders across borders",
    "UK_ORDER": "Orders of the United Kingdom abroad",
}
# What the list of instruments calls it, as it stands in the middle of a sentence.
_IN_A_SENTENCE: Final[Mapping[str, str]] = {
    "S_NHO_CRIM": "a non-harassment order of a criminal court",
    "S_NHO_CIV": "a non-harassment order of a civil court",
}


def name_of(subject: str) -> str:
    """The name of anything that the data speaks of; without one, its code as words."""
    return _SUBJECTS.get(subject) or subject.replace("_", " ").capitalize()


def a_or_an(code: str) -> str:
    """An instrument in the middle of a sentence: "a stalking protection order"."""
    if code in _IN_A_SENTENCE:
        return _IN_A_SENTENCE[code]
    name = name_of(code).split(" (", maxsplit=1)[0]
    name = name[:1].lower() + name[1:]
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


def day(on: date) -> str:
    """A day in full: "20 January 2020"."""
    return f"{on.day} {on:%B %Y}"


def count(number: int, one: str) -> str:
    """A number with what it counts: "1 year", "14 days"."""
    return f"{number} {one if number == 1 else one + 's'}"


def months(number: int) -> str:
    """A number of months as statutes say it: "30 months", and whole years as "5 years"."""
    years, rest = divmod(number, 12)
    return count(number, "month") if rest or years < 2 else count(years, "year")


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words in a sentence: "a, b and c"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return f"{', '.join(found[:-1])} {last} {found[-1]}"


def who_may_ask(applicants: Iterable[str]) -> str:
    """Who may ask for it, from the codes: "Only the police may ask for it."."""
    codes = list(applicants)
    askers = [APPLICANTS[code] for code in codes if code != "court"]
    asked = f"Only {listed(askers, 'or')} may ask for it." if askers else "Nobody asks for it."
    return f"{asked} The court may make it unasked." if "court" in codes else asked


def sentence(words: str) -> str:
    """Words as a sentence: a capital first and a full stop last."""
    words = words.strip()
    stop = "" if words.endswith((".", "?", "!")) else "."
    return words[:1].upper() + words[1:] + stop


def begin_small(words: str) -> str:
    """Words to follow a colon: "Civil standard" becomes "civil standard", "CPS" stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def says(fact: Fact) -> str:
    """What a fact says, its term first: "Longest duration: 28 days, with the day made."."""
    if fact.what in _WHOLE:
        return _WHOLE[fact.what]
    if fact.what in _BARE:
        return sentence(value(fact))
    if fact.value in CLOCKS:
        return sentence(f"runs to the end of this clock: {begin_small(value(fact))}")
    if fact.value is True:
        return sentence(TERMS[fact.what].says)
    return sentence(f"{TERMS[fact.what].says}: {value(fact)}")


def value(fact: Fact) -> str:
    """The value of a fact, with its unit where it is a number."""
    if isinstance(fact.value, bool):
        return STATES[fact.value]
    if isinstance(fact.value, tuple):
        known = {**RULES, **ITEMS, **EXCLUDED, **APPLICANTS}
        return listed(known.get(code, code.replace("_", " ")) for code in fact.value)
    if fact.unit == "months":
        return months(fact.number)
    if isinstance(fact.value, int):
        one = count(fact.value, fact.unit.split(",", maxsplit=1)[0].removesuffix("s"))
        return ",".join([one, *fact.unit.split(",")[1:]])
    told = _SUBJECTS.get(fact.value) or _without_underscores(fact.value)
    return _CODES.get(fact.what, {}).get(fact.value, told)


def _without_underscores(code: str) -> str:
    """A code as words; a text of several words is left as it is."""
    return code if " " in code else code.replace("_", " ")


def cited(fact: Fact) -> str:
    """Where it is written, in one line: "Crime and Security Act 2010 s. 28(10)"."""
    return f"{fact.provision.act} {fact.provision.cite}"


def proposed(proposal: Proposal) -> str:
    """What a proposal is: "PROPOSED: Recommendation 1. Asked for by Paladin."."""
    return f"PROPOSED: Recommendation {proposal.recommendation}. {STANDING[proposal.standing]}."

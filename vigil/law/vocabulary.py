"""The closed lists of words that the law's data may use: instruments, codes, and what can be said.

A word that is not here is refused by the loader. These are names, not law: no value that a
statute sets is written in this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

JURISDICTIONS = ("EW", "S", "NI")
# Where a fact may extend to: a nation, or (for recognition only) the States outside them.
EXTENTS = (*JURISDICTIONS, "EU")

# Countries by the two letters of ISO 3166-1. Not GB, whose nations are asked for by their own code,
# and not NI (Nicaragua), which here is Northern Ireland.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ "
    "BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM "
    "DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GD GE GF GG GH GI GL GM GN GP GQ GR GS GT "
    "GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP "
    "KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR "
    "MS MT MU MV MW MX MY MZ NA NC NE NF NG NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR "
    "PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY "
    "SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU "
    "WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(_COUNTRIES.split())

# Measures that are recognised between States under an instrument of their own.
MEASURES: Mapping[str, str] = {
    "EPO": "European protection order",
    "CIVIL_606_2013": "Civil protection measure under Regulation (EU) No 606/2013",
}

INSTRUMENTS: Mapping[str, str] = {
    "DVPN": "Domestic violence protection notice",
    "DVPO": "Domestic violence protection order",
    "DAPN": "Domestic abuse protection notice",
    "DAPO": "Domestic abuse protection order",
    "STALK_PO": "Stalking protection order",
    "STALK_PO_I": "Interim stalking protection order",
    "RO_CONV": "Restraining order on conviction",
    "RO_ACQ": "Restraining order on acquittal",
    "NMO": "Non-molestation order",
    "OCC_O": "Occupation order",
    "SHPO": "Sexual harm prevention order",
    "SHPO_I": "Interim sexual harm prevention order",
    "SRO": "Sexual risk order",
    "SRO_I": "Interim sexual risk order",
    "VOO": "Violent offender order",
    "VOO_I": "Interim violent offender order",
    "CBO": "Criminal behaviour order",
    "CBO_I": "Interim criminal behaviour order",
    "NI_STALK_PO": "Stalking protection order (Northern Ireland)",
    "NI_DVPN": "Domestic violence protection notice (Northern Ireland)",
    "NI_DVPO": "Domestic violence protection order (Northern Ireland)",
    "NI_DAPN": "Domestic abuse protection notice (Northern Ireland)",
    "NI_DAPO": "Domestic abuse protection order (Northern Ireland)",
    "S_NHO_CRIM": "Non-harassment order, criminal court (Scotland)",
    "S_NHO_CIV": "Non-harassment order, civil court (Scotland)",
    "S_DAPN": "Domestic abuse protection notice (Scotland)",
    "S_DAPO": "Domestic abuse protection order (Scotland)",
    "ROSHO": "Risk of sexual harm order (historic)",
}

# Proposed instruments: known only where the proposals are switched on.
PROPOSED_INSTRUMENTS: Mapping[str, str] = {
    "SERIAL_PO": "Serial perpetrator order (proposed)",
    "RISK_OF_HARM_O": "Risk of harm order (proposed)",
}

# Frameworks that are no order, but whose duties of notification can be asked.
FRAMEWORKS: Mapping[str, str] = {"SOA_PART_2": "Notification requirements of sex offenders"}
PROPOSED_FRAMEWORKS: Mapping[str, str] = {"REGISTER": "Register of serial perpetrators (proposed)"}

CLOCKS: Mapping[str, str] = {
    "dvpn_hearing": "Hearing of the application for a DVPO after a DVPN",
    "dvpn_breach_court": "First court after an arrest for breach of a DVPN",
    "dvpo_breach_court": "First court after an arrest for breach of a DVPO",
    "dapn_hearing": "Hearing of the application for a DAPO after a DAPN",
    "dapn_breach_court": "First court after an arrest for breach of a DAPN",
    "occupation_breach_court": "First court after an arrest under an occupation order's power",
}

EXCLUDED_DAYS = ("christmas_day", "good_friday", "sunday", "bank_holiday")

EVENTS = (
    "made",
    "served",
    "name_changed",
    "address_changed",
    "home_lost",
    "relevant_date",
    "periodic",
)

ITEMS = (
    "name",
    "home_address",
    "date_of_birth",
    "national_insurance_number",
    "other_addresses",
    "bank",
    "identity_document",
    "travel",
)

NATURES = ("none", "civil_contempt", "criminal", "criminal_or_contempt")
ARRESTS = (
    "without_warrant_statute",
    "pace_s24",
    "power_attached_by_court",
    "warrant",
    "none",
)
RANKS = (
    "constable",
    "sergeant",
    "inspector",
    "chief_inspector",
    "superintendent",
    "chief_superintendent",
)
APPLICANTS = ("police", "victim", "specified_person", "with_leave", "prosecution", "court")

SERIAL_DEFINITIONS: Mapping[str, str] = {
    "acpo_2009": "Association of Chief Police Officers, 2009",
    "richards": "Laura Richards, as quoted to the Home Affairs Committee",
    "northumbria_matac": "Northumbria Police, multi-agency tasking and co-ordination",
    "lords_42_2021": "House of Lords amendment 42 to the Domestic Abuse Bill, 2021",
}
DISPOSALS = (
    "life",
    "indeterminate",
    "imprisonment",
    "hospital_restricted",
    "hospital",
    "caution",
    "conditional_discharge",
    "other",
)
EXTENSIONS = ("superintendent", "warrant", "warrant_extension")

BASES = ("suspect", "caution", "conviction", "order")
RISKS = ("low", "medium", "high", "very_high")
STATES = (*JURISDICTIONS, *sorted(COUNTRIES))
FRAMEWORK_KINDS = ("police_record", "duties")

# The kinds of rule that a term of an order may have: the closed list of the doorstep's contract.
RULE_KINDS = (
    "no_contact",
    "stay_away",
    "do_not_enter",
    "no_violence",
    "no_threats",
    "no_damage",
    "curfew",
    "attend",
    "wear_tag",
    "notify",
    "other",
)
BINDING_MOMENTS = ("making", "service", "service_or_knowledge")

# Grounds on which a measure from abroad may be refused (the last two: civil measures only).
REFUSAL_GROUNDS = (
    "INCOMPLETE",
    "ART5_NOT_MET",
    "NOT_OFFENCE",
    "AMNESTY",
    "IMMUNITY",
    "TIME_BARRED",
    "NE_BIS_IN_IDEM",
    "UNDER_AGE_CRIM_RESP",
    "TERRITORIALITY",
    "PUBLIC_POLICY",
    "IRRECONCILABLE",
)
# What an entry in the proposed register may rest on, and whom it is about.
REGISTER_BASES = ("conviction", "caution", "order", "proven_civil", "intelligence")
REGISTER_POPULATIONS = ("serial_stalker", "serial_domestic_abuse_perpetrator")
VICTIM_RULES = ("unconnected", "different")
REVIEW_KINDS = ("on_application", "automatic")
MAPPA_LEVELS = ("1", "2", "3")
_ANY_INSTRUMENT = (*INSTRUMENTS, *PROPOSED_INSTRUMENTS)


class Shape(Enum):
    """The shape that a value must have."""

    NUMBER = "a whole number of at least 0"
    TRUE = "true"
    BOOLEAN = "true or false"
    TEXT = "a text"
    CODE = "one of the codes"
    CODES = "a list of codes"
    NAMES = "a list of texts"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that can be said of a subject: its unit, its shape, and in how many words."""

    says: str
    unit: str
    shape: Shape
    codes: tuple[str, ...] = ()
    many: bool = False  # several may hold on one day (the areas of a pilot)


def _text(says: str) -> Term:
    return Term(says, "text", Shape.TEXT)


def _duty(event: str) -> dict[str, Term]:
    return {
        f"notify_{event}": Term(
            f"what must be notified when it is {event.replace('_', ' ')}",
            "items",
            Shape.CODES,
            ITEMS,
        ),
        f"notify_{event}_offence": Term(
            f"offence of not notifying ({event.replace('_', ' ')})", "offence code", Shape.TEXT
        ),
    }


TERMS: Mapping[str, Term] = {
    "may_be_made": Term("may be made anywhere", "state", Shape.TRUE),
    "may_be_made_in": Term("may be made in", "areas", Shape.NAMES, many=True),
    "never_in_force": Term("has never been in force", "state", Shape.TRUE),
    "binds": Term("binds, once lawfully made", "state", Shape.TRUE),
    "minimum_age": Term("lowest age of the subject", "years", Shape.NUMBER),
    "applicants": Term("who may apply, or make it unasked", "codes", Shape.CODES, APPLICANTS),
    "maker_rank": Term("lowest rank that may issue it", "rank", Shape.CODE, RANKS),
    "minimum_days": Term("shortest duration", "days, with the day made", Shape.NUMBER),
    "maximum_days": Term("longest duration", "days, with the day made", Shape.NUMBER),
    "minimum_years": Term("shortest duration", "years", Shape.NUMBER),
    "maximum_years": Term("longest duration", "years", Shape.NUMBER),
    "minimum_years_under_18": Term("shortest duration under 18", "years", Shape.NUMBER),
    "maximum_years_under_18": Term("longest duration under 18", "years", Shape.NUMBER),
    "until_further_order": Term("may run until further order", "state", Shape.BOOLEAN),
    "minimum_age_protected": Term("lowest age of the protected person", "years", Shape.NUMBER),
    "who_may_ask": _text("who may ask for it"),
    "who_decides": _text("who decides"),
    "test": _text("the test"),
    "standard": _text("standard of proof"),
    "duration_text": _text("how long it runs"),
    "service_text": _text("service"),
    "interim_text": _text("in the meantime"),
    "interim_instrument": Term("interim order", "instrument", Shape.CODE, _ANY_INSTRUMENT),
    "leads_to": Term("leads to", "instrument", Shape.CODE, _ANY_INSTRUMENT),
    "replaces": Term("replaces", "instrument", Shape.CODE, _ANY_INSTRUMENT),
    "content_text": _text("what it may and must contain"),
    "may_hold": Term("a term of it may be", "rule kinds", Shape.CODES, RULE_KINDS),
    "must_hold": Term("one term of it at least must be", "rule kinds", Shape.CODES, RULE_KINDS),
    "needs_supervisor": Term("a requirement needs a named supervisor", "state", Shape.BOOLEAN),
    "may_monitor": Term("may be monitored electronically", "state", Shape.BOOLEAN),
    "monitoring_maximum_months": Term("longest electronic monitoring", "months", Shape.NUMBER),
    "binds_from": Term("binds from", "code", Shape.CODE, BINDING_MOMENTS),
    "territorial_effect": _text("where it has effect"),
    "notification_text": _text("how the duty to notify works"),
    "breach_text": _text("more on breach"),
    "variation": _text("variation"),
    "renewal": _text("renewal and extension"),
    "discharge": _text("discharge"),
    "discharge_consent_months": Term("no discharge without consent within", "months", Shape.NUMBER),
    "appeal": _text("appeal"),
    "not_in_force": Term("not in force", "text", Shape.TEXT, many=True),
    "nature": Term("a breach is", "code", Shape.CODE, NATURES),
    "arrest": Term("arrest without asking a court", "code", Shape.CODE, ARRESTS),
    "court_within_hours": Term("court after the arrest within", "hours", Shape.NUMBER),
    "max_summary": Term("most custody in a magistrates' court", "limit", Shape.TEXT),
    "max_indictment": Term("most custody in the Crown Court", "months", Shape.NUMBER),
    "offence": Term("offence of breach", "offence code", Shape.TEXT),
    "contempt": Term("sanction of the contempt", "text", Shape.TEXT),
    "notification": Term("duty to notify", "code", Shape.CODE, ("attached", "none")),
    "notify_within_days": Term(
        "time to notify", "days, beginning with the day of the event", Shape.NUMBER
    ),
    "periodic_months": Term("time to notify again", "months, after the event", Shape.NUMBER),
    "periodic_no_fixed_abode_days": Term(
        "time to notify again with no fixed abode", "days, after the event", Shape.NUMBER
    ),
    **{name: term for event in EVENTS for name, term in _duty(event).items()},
    "months": Term("most custody", "months", Shape.NUMBER),
    "same_as": Term("is read as", "limit", Shape.TEXT),
    "runs_for": Term("runs while this may be made or binds", "instrument", Shape.TEXT),
    "hours": Term("runs for", "hours", Shape.NUMBER),
    "excluded_days": Term("days that do not count", "codes", Shape.CODES, EXCLUDED_DAYS),
    "definition": Term("defines a serial perpetrator", "text", Shape.TEXT),
    "minimum_victims": Term("least number of victims", "victims", Shape.NUMBER),
    "minimum_reports": Term("least number of reports", "reports", Shape.NUMBER),
    "minimum_occasions": Term("least number of days", "days", Shape.NUMBER),
    "lookback_years": Term("reports of the last", "years", Shape.NUMBER),
    "indefinite": Term("subject to notification for an indefinite period", "state", Shape.TRUE),
    "as_long_as_disposal": Term("subject to notification as long as it", "state", Shape.TRUE),
    "period_months": Term("subject to notification for", "months", Shape.NUMBER),
    "term_at_most_months": Term("a term of at most", "months", Shape.NUMBER),
    "term_at_least_months": Term("a term of at least", "months", Shape.NUMBER),
    "halved_under": Term("determinate periods halved for a subject under", "years", Shape.NUMBER),
    "review_years": Term("review of an indefinite period after", "years", Shape.NUMBER),
    "review_years_under_18": Term(
        "review of an indefinite period, under 18 on the relevant date, after",
        "years",
        Shape.NUMBER,
    ),
    "first_review_hours": Term("first review after authorisation", "hours", Shape.NUMBER),
    "next_review_hours": Term("next review after the one before", "hours", Shape.NUMBER),
    "limit_hours": Term("longest detention from the relevant time", "hours", Shape.NUMBER),
    "longest_hours": Term("longest single warrant or extension", "hours", Shape.NUMBER),
    "latest_hours": Term("given at the latest, from the relevant time", "hours", Shape.NUMBER),
    "grace_hours": Term("court not sitting: later by", "hours", Shape.NUMBER),
    "after_reviews": Term("not before this many reviews were done", "reviews", Shape.NUMBER),
    "indictable_only": Term("for an indictable offence only", "state", Shape.TRUE),
    "taking_part": Term("States that take part", "states", Shape.CODES, STATES),
    "recognised_from": Term("recognised when it comes from", "states", Shape.CODES, STATES),
    "not_recognised": Term("no instrument makes it bind there", "state", Shape.TRUE),
    "enforceable_as": Term("is enforced as", "text", Shape.TEXT),
    "effect_months": Term("has effect for", "months, from the certificate", Shape.NUMBER),
    "framework": Term("what the register is", "code", Shape.CODE, FRAMEWORK_KINDS),
    # Part 2 of the Sexual Offences Act 2003: changes, stays, travel, entry, review.
    "rule": _text("the rule"),
    "qualifying_days": Term("stay that must be notified", "days, in all", Shape.NUMBER),
    "qualifying_window_months": Term("stays are added up within", "months", Shape.NUMBER),
    "early_days": Term("event before the stated date by at most", "days", Shape.NUMBER),
    "stated_date_days": Term(
        "event to happen within", "days, beginning with the stated date", Shape.NUMBER
    ),
    "not_happened_days": Term(
        "to say that it did not happen", "days, beginning with the stated date", Shape.NUMBER
    ),
    "resume_days": Term(
        "to notify again after custody, hospital or abroad",
        "days, beginning when it ceases",
        Shape.NUMBER,
    ),
    "child_stay_hours": Term("stay at a household with a child", "hours, at least", Shape.NUMBER),
    "travel_minimum_days": Term("journeys abroad of at least", "days", Shape.NUMBER),
    "travel_notice_days": Term("notice of a journey known before", "days before it", Shape.NUMBER),
    "travel_excuse_hours": Term(
        "notice of it with a reasonable excuse", "hours before it", Shape.NUMBER
    ),
    "travel_late_hours": Term("notice of a journey known late", "hours before it", Shape.NUMBER),
    "travel_change_hours": Term(
        "notice of a change of the details", "hours before it", Shape.NUMBER
    ),
    "travel_return_days": Term(
        "notice of the return", "days, beginning with the return", Shape.NUMBER
    ),
    "entry_attempts": Term("attempts at entry before a warrant", "occasions", Shape.NUMBER),
    "review_kind": Term("review of an indefinite period is", "code", Shape.CODE, REVIEW_KINDS),
    "review_again_years": Term("next review after", "years", Shape.NUMBER),
    "review_again_maximum_years": Term("next review after at most", "years", Shape.NUMBER),
    "acknowledge_days": Term("acknowledgement of the application", "days", Shape.NUMBER),
    "reply_days": Term("reply of the responsible bodies", "days", Shape.NUMBER),
    "determine_weeks": Term("determination", "weeks", Shape.NUMBER),
    "appeal_days": Term("appeal", "days, beginning with the notice", Shape.NUMBER),
    # Multi-agency public protection arrangements.
    "who": _text("who"),
    "custody_at_least_months": Term("custody of at least", "months", Shape.NUMBER),
    "counts_for_category": Term("counts for the category", "state", Shape.BOOLEAN),
    "levels": Term("managed at", "levels", Shape.CODES, MAPPA_LEVELS),
    # Police detention and bail.
    "cap_hours": Term("at the latest, after", "hours", Shape.NUMBER),
    "uncounted_hours": Term("not counted", "hours, beginning with the arrival", Shape.NUMBER),
    "court_days": Term("first court after the charge", "days after the relevant day", Shape.NUMBER),
    "bail_months": Term("ends after", "months, beginning with the bail start date", Shape.NUMBER),
    "review_hours": Term("reviewed at least every", "hours", Shape.NUMBER),
    "maximum_hours": Term("at most", "hours", Shape.NUMBER),
    # The proposed register, and what else crosses a border.
    "refusal_grounds": Term("may be refused on", "codes", Shape.CODES, REFUSAL_GROUNDS),
    "populations": Term("is about", "codes", Shape.CODES, REGISTER_POPULATIONS),
    "bases": Term("rests on", "codes", Shape.CODES, REGISTER_BASES),
    "bases_allowed": Term("may be set to rest on", "codes", Shape.CODES, REGISTER_BASES),
    "creates_no_duty": Term("never creates a duty", "codes", Shape.CODES, REGISTER_BASES),
    "victim_rule": Term("victims must be", "code", Shape.CODE, VICTIM_RULES),
    "victim_rules_allowed": Term("may be set to", "codes", Shape.CODES, VICTIM_RULES),
    "high_risk_single_victim": Term(
        "one victim suffices at a high risk of serious harm", "state", Shape.BOOLEAN
    ),
    "lookback_years_allowed": Term("may be set to the last", "years", Shape.NUMBER),
    "offences": Term("offences", "list", Shape.NAMES),
    "integrated_with": _text("is part of"),
    "is_public": Term("open to the public", "state", Shape.BOOLEAN),
    "conviction_leads_to": Term(
        "conviction of a breach leads to",
        "framework",
        Shape.CODE,
        (*FRAMEWORKS, *PROPOSED_FRAMEWORKS),
    ),
}

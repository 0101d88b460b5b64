"""What the law says of an instrument on a day, as questions with answers and their provisions.

Reads dated facts and puts them into sentences: no number of a statute is written here. What is
proposed is kept apart and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters.words import ITEMS, RANK
from vigil.law.breach import BreachConsequence, breach_consequence
from vigil.law.clocks import clock
from vigil.law.errors import LawError, NotInForceError
from vigil.law.facts import Confidence, Fact, Ground, Provision, Regime
from vigil.law.loading import Law, law
from vigil.law.notification import notification_duty

SURE: Final = {
    Confidence.VERIFIED: ("Read at source", "solid"),
    Confidence.SECONDARY: ("Good second source", "solid"),
    Confidence.KNOWN: ("Known, not re-read", "dashed"),
    Confidence.UNSETTLED: ("Unsettled", "heavy"),
}
NATURE: Final = {
    "none": "Not a crime of its own.",
    "civil_contempt": "Not a crime. Contempt of the magistrates’ court, and no conviction follows.",
    "criminal": "A crime.",
    "criminal_or_contempt": "A crime, or contempt of court: one or the other.",
}
ARREST: Final = {
    "without_warrant_statute": "Yes, without a warrant.",
    "pace_s24": "Yes, without a warrant, where it is necessary.",
    "power_attached_by_court": "Only where the court attached a power of arrest.",
    "warrant": "Only with a warrant.",
    "none": "No.",
}
OPEN_ENDED: Final = {True: "It may run until further order.", False: "It needs a last day."}
APPLICANT: Final = {
    "police": "the police",
    "victim": "the victim",
    "specified_person": "a specified person",
    "with_leave": "anyone with the court’s leave",
    "prosecution": "the prosecution",
    "court": "the court itself",
}


@dataclass(frozen=True, slots=True)
class LawRow:
    """A question, its answer, the provision, and how sure it is: words and look of the tag."""

    question: str
    answer: str
    source: str
    sure: str
    sure_look: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a breach would be under a proposal. Never on a control."""

    recommendation: str
    answer: str


def law_rows(instrument: str, on: date) -> list[LawRow]:
    """What the law says of making this instrument on a day, and of a breach on it."""
    facts = _Facts(law(), instrument, on)
    rows = [*_how_long(facts), *_who(facts), *breach_rows(instrument, on)]
    return [*rows, *_duty(instrument, on)]


def breach_rows(
    instrument: str, on: date, *, made_on: date | None = None, jurisdiction: str = "EW"
) -> list[LawRow]:
    """What a breach on that day is, who may arrest, and what can follow."""
    try:
        found = breach_consequence(instrument, on, made_on=made_on, jurisdiction=jurisdiction)
    except NotInForceError as not_in_force:
        return [LawRow("If he breaks it?", str(not_in_force), "", "", "")]
    sought = _Facts(law(), instrument, on, made_on, jurisdiction)
    offence = f" Offence {found.offence}." if found.offence else ""
    rows = [
        sought.row("Is it a crime?", NATURE[found.nature] + offence, "nature"),
        sought.row("May police arrest?", ARREST[found.arrest], "arrest"),
    ]
    if found.court_within_hours:
        words = f"A magistrates’ court, within {found.court_within_hours} hours of the arrest."
        rows.append(sought.row("Which court, by when?", words, "court_within_hours"))
    if found.max_custody_months_indictment:
        rows.append(sought.row("What can follow?", _penalty(found), "max_indictment"))
    elif found.contempt:
        words = f"{found.contempt[:1].upper()}{found.contempt[1:]}."
        rows.append(sought.row("What can follow?", words, "contempt"))
    return rows


def hearing(instrument: str, served_at: datetime) -> tuple[str, str]:
    """By when a court has to hear the application after this notice; and by which provision."""
    try:
        found = clock(f"{instrument.lower()}_hearing", served_at)
    except LawError as unknown:
        return "Ask the court: the calendar here does not say", str(unknown)
    return f"Before {formats.moment(found.due_at)}", cited(found.ground.authority[:1])


def proposed_breach(instrument: str, on: date) -> Proposed | None:
    """What a breach would be under the proposals, where that differs from the law in force."""
    try:
        found = breach_consequence(instrument, on, Regime.PALADIN)
    except NotInForceError:
        return None
    if found.ground.proposal is None:
        return None
    most = f" {_penalty(found)}" if found.max_custody_months_indictment else ""
    return Proposed(
        f"Recommendation {found.ground.proposal.recommendation}",
        f"A breach would be: {NATURE[found.nature].lower()}{most}",
    )


def cited(provisions: Iterable[Provision]) -> str:
    """Provisions in one line: "Stalking Protection Act 2019 s. 3(2); s. 9"."""
    return cite([(one.act, one.cite) for one in provisions])


def cite(provisions: Iterable[tuple[str, str]]) -> str:
    """Acts with their places, each Act named once: "Stalking Protection Act 2019 s. 3(2); s. 9"."""
    places: dict[str, list[str]] = {}
    for act, place in provisions:
        places.setdefault(act, []).append(place)
    return "; ".join(f"{act} {'; '.join(own)}" for act, own in places.items())


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts on one instrument on one day."""

    law: Law
    instrument: str
    on: date
    made_on: date | None = None
    jurisdiction: str = "EW"

    def find(self, what: str, of: str = "") -> Fact | None:
        return self.law.find(
            of or self.instrument,
            what,
            on=self.on,
            jurisdiction=self.jurisdiction,
            made_on=self.made_on,
        )

    def row(self, question: str, answer: str, what: str) -> LawRow:
        fact = self.find(what)
        return _row(question, answer, (fact,) if fact else ())


def _row(question: str, answer: str, facts: tuple[Fact, ...]) -> LawRow:
    if not facts:
        return LawRow(question, answer, "", "", "")
    ground = Ground(facts)
    words, look = SURE[ground.confidence]
    return LawRow(question, answer, cited(ground.authority), words, look)


def _how_long(facts: _Facts) -> list[LawRow]:
    question = "For how long?"
    hearing = facts.find("hours", of=f"{facts.instrument.lower()}_hearing")
    if hearing is not None:
        words = (
            "It has no last day. It lasts until the court has decided on the application for an "
            f"order, which it has to hear within {hearing.number} hours of service."
        )
        return [_row(question, words, (hearing,))]
    least, most = facts.find("minimum_days"), facts.find("maximum_days")
    years = facts.find("minimum_years")
    open_ended = facts.find("until_further_order")
    said = []
    if least and most:
        said.append(f"{least.number} to {most.number} days, the day of making counted.")
    if years:
        said.append(f"{formats.count(years.number, 'year')} or more.")
    if open_ended:
        said.append(
            "It may run until further order." if open_ended.value else "It needs a last day."
        )
    found = tuple(fact for fact in (least, most, years, open_ended) if fact)
    return [_row(question, " ".join(said), found)] if found else []


def _who(facts: _Facts) -> list[LawRow]:
    rank, applicants = facts.find("maker_rank"), facts.find("applicants")
    if rank is not None:
        words = f"An officer of the rank of {RANK[rank.text].lower()} or above."
        return [_row("Who may issue it?", words, (rank,))]
    if applicants is None:
        return []
    named = formats.listed([APPLICANT[code] for code in applicants.codes])
    return [
        _row("Who may ask for it?", f"A court makes it. It is asked for by {named}.", (applicants,))
    ]


def _duty(instrument: str, on: date) -> list[LawRow]:
    question = "What must he tell?"
    try:
        found = notification_duty(instrument, "served", on)
    except NotInForceError:
        return []
    words, look = SURE[found.ground.confidence]
    source = cited(found.ground.authority[:2])
    if found.last_day is None:
        return [
            LawRow(question, "Nothing. Its service starts no duty to notify.", source, words, look)
        ]
    told = formats.listed([ITEMS[item] for item in found.items])
    answer = f"{told[:1].upper()}{told[1:]}. Served today: {formats.last_moment(found.last_day)}."
    if found.offence:
        answer += f" If he does not: offence {found.offence}."
    return [LawRow(question, answer, source, words, look)]


def _penalty(found: BreachConsequence) -> str:
    most = found.max_custody_months_indictment or 0
    years, months = divmod(most, 12)
    words = formats.count(months, "month") if months else formats.count(years, "year")
    if years and months:
        words = f"{formats.count(years, 'year')} and {words}"
    return f"Up to {words} in custody in the Crown Court."

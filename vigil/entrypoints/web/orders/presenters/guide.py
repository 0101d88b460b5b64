"""Which orders can be made there on that day, which not and why; and what the law says of one.

Every refusal is the law's own sentence with its provision. What is proposed says so in its name;
an agency that runs the law in force is told why it cannot have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.orders.presenters import law
from vigil.law.facts import Confidence, Regime
from vigil.orders.guiding import Guide, Refusal, Told, guide
from vigil.orders.kinds import KINDS, home_of

NATIONS: Final = {"EW": "England and Wales", "NI": "Northern Ireland", "S": "Scotland"}
# Codes of forces outside England and Wales. Every other agency begins there, and may choose.
_SCOTLAND: Final = frozenset({"70", "74", "76", "78", "80", "82", "84", "87"})
_NORTHERN_IRELAND: Final = "98"
# Somebody else asks for it: a court may still have made it, and then it is recorded here.
NOT_OURS: Final = "applicant_not_allowed"
QUESTIONS: Final = {
    "test": "On which test?",
    "standard": "How sure must the court be?",
    "content_text": "What may it hold?",
    "who_may_ask": "Who may ask for it?",
    "who_decides": "Who decides?",
    "duration_text": "For how long?",
    "service_text": "How is it served?",
    "interim_text": "Can it be had at once?",
    "variation": "How is it varied?",
    "discharge": "How does it end early?",
    "territorial_effect": "Where does it bind?",
}
# What stands in the rows of the law on durations and makers already.
_TWICE: Final = frozenset({"who_may_ask", "duration_text"})


@dataclass(frozen=True, slots=True)
class Choice:
    """An order that can be made: its code, its name, and what to know before it is chosen."""

    code: str
    title: str
    hint: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """An order that cannot be made there on that day, and the law's sentence."""

    code: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Offer:
    """All orders of one nation on one day, sorted by whether they can be made."""

    choices: tuple[Choice, ...]
    impossible: tuple[Impossible, ...]

    def why_not(self, code: str) -> str:
        """The law's sentence on one that cannot be made; empty where there is none."""
        return next((one.why for one in self.impossible if one.code == code), "")


def nation_of(agency: str) -> str:
    """The nation in which an agency of that code acts, until it says otherwise."""
    if agency == _NORTHERN_IRELAND:
        return "NI"
    return "S" if agency in _SCOTLAND else "EW"


def title_of(instrument: str) -> str:
    """The name of an order. What is no law says so first."""
    kind = KINDS[instrument]
    if kind.is_proposed:
        return f"PROPOSED, not law: {kind.title.removesuffix(' (proposed)')}"
    return kind.title


def offer(regime: Regime | str, on: date, nation: str, area: str = "") -> Offer:
    """Every order of that nation, with whether it could be made there on that day."""
    choices, impossible = [], []
    for code in KINDS:
        if home_of(code) != nation:
            continue
        found = guide(code, on=on, area=area or None, regime=regime)
        against = [one for one in found.refusals if one.code != NOT_OURS]
        if against:
            impossible.append(Impossible(code, title_of(code), said(against)))
        else:
            choices.append(Choice(code, title_of(code), said(found.refusals)))
    return Offer(tuple(choices), tuple(impossible))


def said(refusals: list[Refusal] | tuple[Refusal, ...]) -> str:
    """Reasons in one line, each with where it is written."""
    return " ".join(
        f"{one.message} ({one.provisions})" if one.provisions else one.message for one in refusals
    )


@dataclass(frozen=True, slots=True)
class GuideShown:
    """What the law says of one order: rows, and what of it is no law."""

    rows: list[law.LawRow]
    proposed: law.Proposed | None
    recommendation: str
    may_hold: str
    refusals: str

    @property
    def is_proposed(self) -> bool:
        """Whether the order itself is no law."""
        return bool(self.recommendation)


def shown(found: Guide) -> GuideShown:
    """The guide of one order in questions and answers."""
    told = [law.LawRow(QUESTIONS[one.what], one.text, *_sure(one)) for one in _told(found)]
    if found.is_proposed:
        proposal = found.ground.proposal if found.ground else None
        said_by = f"Recommendation {proposal.recommendation}" if proposal else "not law"
        return GuideShown(told, None, said_by, _may_hold(found), said(found.refusals))
    if found.jurisdiction == "EW":
        rows = [*told, *law.law_rows(found.instrument, found.on)]
        proposed = law.proposed_breach(found.instrument, found.on)
    else:
        rows = [
            *told,
            *law.breach_rows(found.instrument, found.on, jurisdiction=found.jurisdiction),
        ]
        proposed = None
    return GuideShown(rows, proposed, "", _may_hold(found), said(found.refusals))


def _told(found: Guide) -> list[Told]:
    own = _TWICE if found.jurisdiction == "EW" and not found.is_proposed else frozenset[str]()
    by_what = {one.what: one for one in found.told}
    return [by_what[what] for what in QUESTIONS if what in by_what and what not in own]


def _sure(one: Told) -> tuple[str, str, str]:
    words, look = law.SURE[Confidence(one.confidence)]
    return one.provision, words, look


def _may_hold(found: Guide) -> str:
    if found.content is None:
        return ""
    named = " Each requirement to attend needs a named supervisor."
    return f"{found.content.text}{named if found.content.needs_supervisor else ''}"

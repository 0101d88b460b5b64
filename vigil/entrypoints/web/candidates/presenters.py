"""Candidates in finished words: place, why here, the parts of the score, what was decided.

Ranks nobody: the places, the parts and the reasons come from the register.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.candidates.forms import OUTCOMES as CHOICES
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.people.presenters.reports import ReportRow
from vigil.entrypoints.web.people.presenters.standing import OUTCOMES
from vigil.register.queries import CandidateShown, DecisionShown, SelectionShown
from vigil.register.rules import DraftDecision

DEFINITIONS: Final = {
    "acpo_2009": "two or more victims who are not connected to each other "
    "(Association of Chief Police Officers, 2009)",
    "northumbria_matac": "suspect or offender in domestic abuse against 2 or more different "
    "victims in 3 years (Northumbria MATAC)",
    "richards": "stalking on two days or more, against two victims or more (Laura Richards)",
    "lords_42_2021": "convicted twice, or once with a high risk (House of Lords, 2021)",
}
LETTERS: Final = {"recency": "R", "frequency": "F", "gravity": "G", "victims": "V"}
COLUMNS: Final = (
    {"label": "Rank", "note": "and score"},
    {"label": "Who", "is_bare": True},
    {"label": "Why here", "is_bare": True},
    {"label": "Score", "note": "each 0 to 10", "is_bare": True},
    "Decision",
)
ISO_DAY: Final = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True, slots=True)
class Show:
    """One part of the list: those to decide, those registered, those decided not to."""

    key: str
    label: str
    empty: str


SHOWS: Final = (
    Show("waiting", "To decide", "Nobody waits for a decision."),
    Show("registered", "On the register", "Nobody on this list is on the register."),
    Show("decided", "Decided", "Nobody on this list was declined or deferred."),
)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate in finished words."""

    reference: str
    place: str
    score: str
    name: str
    note: str
    why: list[str]
    bars: list[tuple[str, str, float]]
    decision: str


def belongs(one: CandidateShown, show: str) -> bool:
    """Whether a candidate stands in that part of the list."""
    if show == "registered":
        return one.is_registered
    return one.is_waiting if show == "waiting" else not (one.is_waiting or one.is_registered)


def row(one: CandidateShown, name: str, born: str) -> CandidateRow:
    """A candidate with his name."""
    grounds = "; ".join(part.ground for part in one.parts)
    return CandidateRow(
        reference=one.person,
        place=one.place,
        score=f"score {one.score:.2f}",
        name=name,
        note=f"{born}. {formats.count(one.victims, 'victim')}, "
        f"{formats.count(one.reports, 'report')} in {formats.count(one.forces, 'force')}",
        why=[*map(in_days, one.because), f"{grounds[:1].upper()}{grounds[1:]}."],
        bars=[(LETTERS[p.name], p.name, round(p.points, 1)) for p in one.parts],
        decision=decision_words(one),
    )


def in_days(sentence: str) -> str:
    """A sentence of the law room with its days as people write them."""
    return ISO_DAY.sub(lambda m: formats.day(date.fromisoformat(m[0])), sentence)


def decision_words(one: CandidateShown) -> str:
    """What was decided about him last."""
    if not one.outcome or one.decided_at is None:
        return "None yet"
    said = f"{OUTCOMES[one.outcome]} on {formats.day(one.decided_at)}"
    if one.outcome == "defer" and one.review_on:
        return f"{said}, until {formats.day(one.review_on)}"
    return f"{said}. New since: decide again" if one.is_waiting else said


def headline(waiting: int) -> str:
    """How many wait, in a sentence."""
    verb = "waits" if waiting == 1 else "wait"
    return f"{formats.count(waiting, 'person', 'people')} {verb} for a decision."


def counted_as(selection: SelectionShown) -> str:
    """By which definition, and when."""
    definition = DEFINITIONS.get(selection.definition, selection.definition.replace("_", " "))
    return (
        f"Counted as serial: {definition}. Scored on recency (R), frequency (F), gravity (G) "
        f"and victims (V). Ranked at {formats.stamp(selection.finished_at)}, as of "
        f"{formats.day(selection.on)}."
    )


def weights_words(selection: SelectionShown) -> str:
    """Whose table of weights it is."""
    return f"Weights: {selection.weights_name}. {selection.weights_statement}"


def ranks_words(rows: Sequence[CandidateShown], start: int, size: int) -> str:
    """What a page of the list holds: "Places 11 to 20"."""
    last = min(start + size, len(rows))
    return f"{start + 1} to {last} of {formats.commas(len(rows))}"


FRAMEWORKS: Final = {
    "police_record": "Under the law in force the register is a police record. It has a review "
    "date. It puts no duty on him, and no power follows from it.",
    "duties": "Under the law in force registration puts duties on him.",
}
PROPOSED_FRAMEWORKS: Final = {
    "police_record": "The proposal would change nothing.",
    "duties": "Registration would put duties on him, to notify and to keep it true. A suspicion "
    "alone would put none. It cannot be used today.",
}


def report_words(report: ReportRow) -> str:
    """A report beside its tick box."""
    return f"Report {report.number}, {report.date}. {report.victim}. {report.what}. {report.basis}"


def decided_words(decision: DecisionShown) -> str:
    """An earlier decision with its reasons."""
    by = decision.decided_by_name or decision.decided_by
    outcome = OUTCOMES.get(decision.outcome, decision.outcome)
    return f"{outcome} on {formats.day(decision.decided_at)} by {by}: {decision.reasons}"


def answers(draft: DraftDecision, reports: Mapping[str, str]) -> list[dict[str, str]]:
    """The decision as it will be recorded, for the officer to check."""
    given = [
        ("Decision", dict(CHOICES)[draft.outcome]),
        ("Rests on", "; ".join(reports[reference] for reference in draft.evidence)),
        ("Reasons", draft.reasons),
        ("Necessary because", draft.necessity),
        ("Proportionate because", draft.proportionality),
        ("Owner", draft.owner),
        ("Review on", formats.day(draft.review_on) if draft.review_on else ""),
    ]
    return [{"label": label, "answer": answer} for label, answer in given if answer]

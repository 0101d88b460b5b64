"""May such an order be made on a day, there, by them, against someone of that age, for so long?

What is not asked is not checked: an absent age, area, rank, applicant or duration finds no
problem. Not checked at all: the test that the court or officer has to apply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vigil.law.areas import covers
from vigil.law.binding import check_known, making, weaker_than_verified, why_not_in_force
from vigil.law.durations import (
    NOT_ASKED,
    Found,
    Making,
    NotAsked,
    Problem,
    duration_checks,
    problem_if,
)
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import Law, law
from vigil.law.plain import words
from vigil.law.plain.state import why_not
from vigil.law.vocabulary import RANKS


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether the order may be made, and every problem found."""

    is_valid: bool
    problems: tuple[Problem, ...]
    ground: Ground


def validity(
    instrument: str,
    made_on: date,
    regime: Regime | str = Regime.IN_FORCE,
    *,
    last_day: date | NotAsked | None = NOT_ASKED,
    issuer_rank: str | None = None,
    applicant: str | None = None,
    subject_age: int | None = None,
    area: str | None = None,
    jurisdiction: str = "EW",
) -> Validity:
    """Whether the order may be made so; not being in force is a problem, never an error.

    `last_day` None means until further order; `NOT_ASKED` that its duration is not asked.

    Raises:
        UnknownInstrumentError: the code is not known under the regime.
    """
    regime = Regime(regime)
    check_known(instrument, regime)
    facts = law(regime)
    asked = Making(
        instrument, made_on, last_day, issuer_rank, applicant, subject_age, area, jurisdiction
    )
    makings = making(facts, instrument, on=made_on, jurisdiction=jurisdiction)
    if not makings:
        return _never(facts, asked)
    in_force, area_problem = _area(makings, asked)
    found = [*duration_checks(facts, asked, in_force[0]), *_checks(facts, asked)]
    problems = [problem for problem in (area_problem, *(each[1] for each in found)) if problem]
    checked = tuple(each[0] for each in found)
    place_decides = in_force[0].what == "may_be_made_in" and asked.area is not None
    cited = in_force if place_decides or not checked else weaker_than_verified(in_force)
    return Validity(not problems, tuple(problems), Ground((*checked, *cited)))


def _never(facts: Law, asked: Making) -> Validity:
    reason = why_not_in_force(facts, asked.instrument)
    why = why_not(facts, asked.instrument, asked.made_on, asked.jurisdiction)
    message = words.sentence(
        f"{words.a_or_an(asked.instrument)} could not be made in "
        f"{words.NATIONS[asked.jurisdiction]} on {words.day(asked.made_on)}: {why}"
    )
    return Validity(False, (Problem("not_in_force", message),), Ground((reason,)))


def _area(makings: tuple[Fact, ...], asked: Making) -> tuple[tuple[Fact, ...], Problem | None]:
    """The facts by which it is in force there; of several that suffice, the first."""
    if makings[0].what == "may_be_made" or asked.area is None:
        return makings[:1], None
    named = tuple(name for fact in makings for name in fact.codes)
    if covers(named, asked.area):
        own = tuple(fact for fact in makings if covers(fact.codes, asked.area))
        return own[:1] or makings, None
    message = words.sentence(
        f"{words.a_or_an(asked.instrument)} could be made in pilot areas only on "
        f"{words.day(asked.made_on)}, and this area was not one of them"
    )
    return makings, Problem("not_in_force_in_area", message)


def _checks(facts: Law, asked: Making) -> Iterator[Found]:
    """Each check that was asked and that the law has a rule for, with its fact."""

    def find(what: str) -> Fact | None:
        return facts.find(asked.instrument, what, on=asked.made_on, jurisdiction=asked.jurisdiction)

    rank = find("maker_rank")
    if asked.issuer_rank is not None and rank is not None:
        too_low = RANKS.index(asked.issuer_rank) < RANKS.index(rank.text)
        named = rank.text.replace("_", " ")
        message = f"It needs an officer of the rank of {named} or above."
        yield rank, problem_if(too_low, "rank_too_low", message)
    applicants = find("applicants")
    if asked.applicant is not None and applicants is not None:
        stranger = asked.applicant not in applicants.codes
        message = words.who_may_ask(applicants.codes)
        yield applicants, problem_if(stranger, "applicant_not_allowed", message)
    age = find("minimum_age")
    if asked.subject_age is not None and age is not None:
        too_young = asked.subject_age < age.number
        message = f"The person it is made against must be {age.number} or over."
        yield age, problem_if(too_young, "subject_too_young", message)

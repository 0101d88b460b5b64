"""May an order run for so long? The shortest and longest durations, in days and in years.

The day on which the order is made is its first day. A last day before it is always too short.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from vigil.law.facts import Fact
from vigil.law.loading import Law
from vigil.law.months import last_day_of_period
from vigil.law.plain import words


class NotAsked(Enum):
    """Says that a duration was not asked, which None (until further order) does not."""

    NOT_ASKED = "not asked"


NOT_ASKED: Final = NotAsked.NOT_ASKED


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why the order may not be made: a code of the contract, and a sentence."""

    code: str
    message: str


Found = tuple[Fact, Problem | None]


@dataclass(frozen=True, slots=True)
class Making:
    """What is asked about the making of an order."""

    instrument: str
    made_on: date
    last_day: date | NotAsked | None = NOT_ASKED
    issuer_rank: str | None = None
    applicant: str | None = None
    subject_age: int | None = None
    area: str | None = None
    jurisdiction: str = "EW"

    @property
    def is_under_18(self) -> bool:
        """Whether the subject is known to be under 18."""
        return self.subject_age is not None and self.subject_age < 18


def duration_checks(facts: Law, asked: Making, in_force: Fact) -> Iterator[Found]:
    """Each rule on how long the order may run, with the problem that it finds, if any."""
    if isinstance(asked.last_day, NotAsked):
        return
    bounds = _bounds(facts, asked)
    if asked.last_day is None:
        yield from _open_ended(facts, asked, bounds)
        return
    for fact in bounds:
        yield fact, _bound_problem(fact, asked.made_on, asked.last_day)
    if asked.last_day < asked.made_on and not any(_is_minimum(fact) for fact in bounds):
        yield in_force, Problem("too_short", "Its last day is before the day on which it is made.")


def problem_if(is_one: bool, code: str, message: str) -> Problem | None:
    """The problem, where there is one."""
    return Problem(code, message) if is_one else None


def _open_ended(facts: Law, asked: Making, bounds: list[Fact]) -> Iterator[Found]:
    youth = [fact for fact in bounds if fact.what == "maximum_years_under_18"]
    fact = youth[0] if youth else _find(facts, asked, "until_further_order")
    if fact is not None:
        is_too_long = fact.value is False or bool(youth)
        yield (
            fact,
            problem_if(is_too_long, "too_long", "It needs a last day: it may not be open-ended."),
        )


def _bounds(facts: Law, asked: Making) -> list[Fact]:
    """The bounds that the law sets; those for under 18 stand in place of the others."""
    names = ["minimum_years_under_18", "maximum_years_under_18"] if asked.is_under_18 else []
    found = [fact for name in names if (fact := _find(facts, asked, name)) is not None]
    if found:
        return found
    names = ["minimum_days", "maximum_days", "minimum_years", "maximum_years"]
    return [fact for name in names if (fact := _find(facts, asked, name)) is not None]


def _find(facts: Law, asked: Making, what: str) -> Fact | None:
    return facts.find(asked.instrument, what, on=asked.made_on, jurisdiction=asked.jurisdiction)


def _is_minimum(fact: Fact) -> bool:
    return fact.what.startswith("minimum")


def _bound_problem(fact: Fact, made_on: date, last_day: date) -> Problem | None:
    """A bound of N days is the last day D + N - 1; of N years the day before the anniversary."""
    if fact.what.endswith("_days"):
        bound, unit = made_on + timedelta(days=fact.number - 1), "day"
    else:
        bound, unit = last_day_of_period(made_on, 12 * fact.number), "year"
    length = words.count(fact.number, unit)
    if _is_minimum(fact):
        message = f"It must run for at least {length}: until {words.day(bound)} or later."
        return problem_if(last_day < bound, "too_short", message)
    message = f"It may run for {fact.number} {unit} at most: to {bound.isoformat()}."
    message = f"It may run for at most {length}: until {words.day(bound)}."
    return problem_if(last_day > bound, "too_long", message)

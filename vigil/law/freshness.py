"""What of the law's data is due to be read again? Twelve months after its last check.

Counts values, by the Act or other source that they cite: statutes, proposals and bank holidays.
It says what is due, never that a value is wrong; that all is fresh is no proof that it is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from vigil.law.calendars import load_calendars
from vigil.law.facts import Confidence, Fact, Regime
from vigil.law.loading import DATA, law
from vigil.law.months import corresponding_day_or_last_of_month

RECHECK_MONTHS: Final = 12  # the project's own rule of 2026-11: what is older is said to be due


class SourceAnswer(TypedDict):
    """One source as JSON."""

    act: str
    values: int
    due: int
    unsettled: int
    oldest_checked_on: str
    due_from: str


@dataclass(frozen=True, slots=True)
class Source:
    """The values that cite one Act: how many, how many are due, and since when they can be."""

    act: str
    values: int
    due: int
    unsettled: int
    oldest_checked_on: date

    @property
    def due_from(self) -> date:
        """The day from which its oldest value is due."""
        return due_from(self.oldest_checked_on)

    def answer(self) -> SourceAnswer:
        """The source as JSON."""
        return {
            "act": self.act,
            "values": self.values,
            "due": self.due,
            "unsettled": self.unsettled,
            "oldest_checked_on": self.oldest_checked_on.isoformat(),
            "due_from": self.due_from.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Freshness:
    """Every source on a day, those with the oldest check first."""

    on: date
    sources: tuple[Source, ...]
    horizons: Mapping[str, date]

    @property
    def values(self) -> int:
        """How many values there are."""
        return sum(source.values for source in self.sources)

    @property
    def due(self) -> int:
        """How many of them are due a re-check."""
        return sum(source.due for source in self.sources)

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is due."""
        return self.due == 0


def due_from(checked_on: date) -> date:
    """The first day on which what was checked on that day is due: the same date a year later."""
    return corresponding_day_or_last_of_month(checked_on, RECHECK_MONTHS)


def freshness(on: date, facts: Iterable[Fact] | None = None) -> Freshness:
    """What is due on a day (default: of all the law's data), by Act, oldest check first."""
    by_act: dict[str, list[Fact]] = {}
    for fact in _all_facts() if facts is None else facts:
        by_act.setdefault(fact.provision.act, []).append(fact)
    found = [_source(act, own, on) for act, own in by_act.items()]
    ordered = sorted(found, key=lambda source: (source.oldest_checked_on, source.act))
    calendars = load_calendars(DATA / "calendars").values()
    return Freshness(on, tuple(ordered), {each.title: each.last_day for each in calendars})


def _source(act: str, facts: list[Fact], on: date) -> Source:
    due = [fact for fact in facts if due_from(fact.checked_on) <= on]
    unsettled = [fact for fact in facts if fact.confidence is Confidence.UNSETTLED]
    oldest = min(fact.checked_on for fact in facts)
    return Source(act, len(facts), len(due), len(unsettled), oldest)


def _all_facts() -> list[Fact]:
    """Statutes, proposals and bank holidays, each value once."""
    found = list(law(Regime.PALADIN).facts)
    for calendar in load_calendars(DATA / "calendars").values():
        found += [*calendar.holidays.values(), *calendar.doubtful.values()]
    return found

"""When does a statutory clock of hours run out?

Days that do not count are disregarded whole, from midnight to midnight in London: the clock
stands still in them. Elapsed time is real time, so a night when the clocks change has 23 or
25 hours. Not checked here: whether the notice or the arrest was lawful.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from vigil.law.binding import check_in_force, weaker_than_verified
from vigil.law.calendars import Calendar, calendar
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.vocabulary import CLOCKS

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """The earliest instant at which the time is full, in UTC, and on what it rests.

    Where a day is doubtful `due_at` is the earlier instant and `due_at_if_excluded` the later.
    """

    due_at: datetime
    due_at_if_excluded: datetime | None
    ground: Ground


def clock(
    name: str,
    from_at: datetime,
    *,
    jurisdiction: str = "EW",
    regime: Regime | str = Regime.IN_FORCE,
) -> ClockAnswer:
    """When the clock that began at `from_at` (an aware instant) runs out.

    Raises:
        BadQuestionError: no such clock, or an instant with no offset.
        NotInForceError: what the clock belongs to was not in force on that day.
        CalendarExhaustedError: the clock has to know a day past the calendar's horizon.
    """
    if name not in CLOCKS:
        raise BadQuestionError(f"expected clock to be one of {', '.join(CLOCKS)}, found another")
    if from_at.tzinfo is None:
        raise BadQuestionError("expected from_at with an offset, found none: add Z or +00:00")
    regime = Regime(regime)
    on = london_day(from_at)
    facts = law(regime)
    belongs_to = facts.find(name, "runs_for", on=on, jurisdiction=jurisdiction)
    if belongs_to is None:
        raise NotInForceError(
            f"expected the clock {name} in force in {jurisdiction} on {on.isoformat()}, "
            "found that it was not"
        )
    in_force = check_in_force(
        str(belongs_to.value), on=on, jurisdiction=jurisdiction, regime=regime
    )
    hours = facts.get(name, "hours", on=on, jurisdiction=jurisdiction)
    days = facts.get(name, "excluded_days", on=on, jurisdiction=jurisdiction)
    count = Count(timedelta(hours=hours.number), days.codes, calendar(jurisdiction))
    return _answer(from_at, count, (hours, days, *in_force))


def _answer(from_at: datetime, count: Count, facts: tuple[Fact, ...]) -> ClockAnswer:
    early = count.run(from_at, doubtful_counts=True)
    late = count.run(from_at, doubtful_counts=False)
    grounds = (*facts, *early.holidays)
    if early.due_at == late.due_at:
        return ClockAnswer(early.due_at, None, Ground(grounds))
    return ClockAnswer(
        early.due_at,
        late.due_at,
        Ground((*grounds, *weaker_than_verified(late.holidays))),
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Where one run of a clock ended (UTC), and the bank holidays that alone stopped it."""

    due_at: datetime
    holidays: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A length of time that is counted only in the days that count."""

    length: timedelta
    excluded: tuple[str, ...]
    calendar: Calendar

    def run(self, from_at: datetime, *, doubtful_counts: bool) -> Run:
        """Counts day by day from `from_at`; a doubtful day counts or not, as told.

        Raises:
            CalendarExhaustedError: a day has to be known that the calendar does not hold.
        """
        at, left, day = from_at.astimezone(UTC), self.length, london_day(from_at)
        holidays: list[Fact] = []
        while True:
            self.calendar.check_knows(day, self.excluded)
            midnight = _midnight_after(day)
            stopped, holiday = self._stops(day, doubtful_counts=doubtful_counts)
            if holiday is not None:
                holidays.append(holiday)
            if not stopped:
                if left <= midnight - at:
                    return Run(at + left, tuple(holidays))
                left -= midnight - at
            at, day = midnight, day + timedelta(days=1)

    def _stops(self, day: date, *, doubtful_counts: bool) -> tuple[bool, Fact | None]:
        if self.calendar.is_named(day, self.excluded):
            return True, None
        if "bank_holiday" not in self.excluded:
            return False, None
        holiday = self.calendar.holidays.get(day)
        if holiday is None and not doubtful_counts:
            holiday = self.calendar.doubtful.get(day)
        return holiday is not None, holiday


def in_london(at: datetime) -> str:
    """An instant as it is told to people: in London time, with its offset."""
    return at.astimezone(LONDON).isoformat()


def london_day(at: datetime) -> date:
    """The day in London in which an instant lies."""
    return at.astimezone(LONDON).date()


@lru_cache(maxsize=4096)
def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC)

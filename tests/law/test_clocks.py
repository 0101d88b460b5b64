"""The clocks against a second calculator, and what must be true of every clock."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law import minutes
from vigil.law.calendars import calendar, good_friday
from vigil.law.clocks import ClockAnswer, clock
from vigil.law.errors import BadQuestionError
from vigil.law.vocabulary import CLOCKS

FIRST = {
    "dapn_hearing": datetime(2024, 11, 27, tzinfo=UTC),
    "dapn_breach_court": datetime(2024, 11, 27, tzinfo=UTC),
}
LAST = datetime(2027, 12, 21, tzinfo=UTC)
# Hypothesis takes bounds without a zone; the instants are then read as UTC.
EARLIEST = datetime(2024, 11, 28, tzinfo=UTC).replace(tzinfo=None)
LATEST = datetime(2027, 12, 10, tzinfo=UTC).replace(tzinfo=None)
# Where a clock goes wrong if it goes wrong: around Easter, Christmas, both clock changes, 26 Dec.
HARD_DAYS = [
    *(datetime(year, 12, 22, tzinfo=UTC) for year in (2012, 2015, 2016, 2020, 2021, 2025, 2026)),
    datetime(2026, 4, 1, tzinfo=UTC),
    datetime(2027, 3, 24, tzinfo=UTC),
    datetime(2026, 3, 27, tzinfo=UTC),
    datetime(2026, 10, 23, tzinfo=UTC),
    datetime(2022, 9, 16, tzinfo=UTC),
    datetime(2023, 5, 5, tzinfo=UTC),
]


def instants(name: str, count: int) -> list[datetime]:
    first = FIRST.get(name, datetime(2011, 6, 30, tzinfo=UTC))
    chosen = random.Random(name)  # the same instants in every run
    span = int((LAST - first).total_seconds() // 60)
    anywhere = [first + timedelta(minutes=chosen.randrange(span)) for _ in range(count)]
    around = [day + timedelta(minutes=chosen.randrange(9 * 1440)) for day in HARD_DAYS]
    return anywhere + [at for at in around if first <= at < LAST]


def late(answer: ClockAnswer) -> datetime:
    return answer.due_at_if_excluded or answer.due_at


@pytest.mark.parametrize("name", CLOCKS)
def test_counting_minute_by_minute_gives_the_same_instant(name: str) -> None:
    for from_at in instants(name, 25):
        found = clock(name, from_at)

        assert found.due_at == minutes.due_by_minutes(name, from_at, doubtful_stands=False)
        assert late(found) == minutes.due_by_minutes(name, from_at, doubtful_stands=True)


def test_the_calendar_is_what_the_act_and_the_proclamations_make() -> None:
    known = calendar("EW")
    for year in range(known.first_year, known.last_year + 1):
        # The list shows Good Friday and Christmas Day, or a weekday for it, beside the holidays.
        christmas = date(year, 12, 25)
        listed = {day for day in known.holidays if day.year == year}
        assert listed - {good_friday(year), christmas} == minutes.bank_holidays(year)


@pytest.mark.parametrize("year", minutes.EASTER)
def test_good_friday_is_two_days_before_easter(year: int) -> None:
    assert good_friday(year) == date(year, *minutes.EASTER[year]) - timedelta(days=2)


@settings(deadline=None)  # the time is that of a shared machine
@given(
    st.sampled_from(sorted(CLOCKS)),
    st.datetimes(EARLIEST, LATEST),
    st.integers(0, 6 * 24 * 60),
)
def test_a_deadline_never_moves_earlier_when_its_trigger_moves_later(
    name: str, at: datetime, later_by: int
) -> None:
    first = clock(name, at.replace(tzinfo=UTC))
    second = clock(name, at.replace(tzinfo=UTC) + timedelta(minutes=later_by))

    assert first.due_at <= second.due_at
    assert late(first) <= late(second)


@settings(deadline=None)  # the time is that of a shared machine
@given(
    st.sampled_from(sorted(CLOCKS)),
    st.datetimes(EARLIEST, LATEST),
)
def test_a_clock_never_runs_out_before_its_hours_are_over(name: str, at: datetime) -> None:
    from_at = at.replace(tzinfo=UTC)
    found = clock(name, from_at)

    assert found.due_at - from_at >= timedelta(hours=minutes.HOURS[name])
    assert late(found) >= found.due_at
    assert found.ground.authority


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(BadQuestionError, match="offset"):
        clock("dvpn_hearing", datetime(2026, 11, 20, 15))  # noqa: DTZ001  # what is tested


def test_an_unknown_clock_is_refused() -> None:
    with pytest.raises(BadQuestionError, match="dvpn_hearing"):
        clock("tea_time", LAST)


def test_seconds_are_kept() -> None:
    found = clock("dvpn_hearing", datetime(2026, 11, 20, 15, 0, 7, tzinfo=UTC))

    assert found.due_at == datetime(2026, 11, 23, 15, 0, 7, tzinfo=UTC)

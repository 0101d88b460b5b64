"""What must be true of every clock; test_calculators.py counts them a second and a third time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law import minutes
from vigil.law.calendars import calendar, good_friday
from vigil.law.clocks import ClockAnswer, clock
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.vocabulary import CLOCKS

LAST = datetime(2027, 12, 21, tzinfo=UTC)
# Hypothesis takes bounds without a zone; the instants are then read as UTC.
EARLIEST = datetime(2024, 11, 28, tzinfo=UTC).replace(tzinfo=None)
LATEST = datetime(2027, 12, 10, tzinfo=UTC).replace(tzinfo=None)


def late(answer: ClockAnswer) -> datetime:
    return answer.due_at_if_excluded or answer.due_at


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
    with pytest.raises(BadQuestionError) as refused:
        clock("dvpn_hearing", datetime(2026, 11, 20, 15))  # noqa: DTZ001  # what is tested
    assert str(refused.value) == "expected from_at with an offset, found none: add Z or +00:00"


def test_an_unknown_clock_is_refused_with_the_list() -> None:
    with pytest.raises(BadQuestionError, match="be one of dvpn_hearing, dvpn_breach_court, "):
        clock("tea_time", LAST)


def test_a_clock_before_its_law_is_refused_with_the_day() -> None:
    with pytest.raises(NotInForceError) as refused:
        clock("dvpn_hearing", datetime(2011, 6, 29, 12, tzinfo=UTC), jurisdiction="S")
    assert str(refused.value) == (
        "expected the clock dvpn_hearing in force in S on 2011-06-29, found that it was not"
    )


def test_seconds_are_kept() -> None:
    found = clock("dvpn_hearing", datetime(2026, 11, 20, 15, 0, 7, tzinfo=UTC))

    assert found.due_at == datetime(2026, 11, 23, 15, 0, 7, tzinfo=UTC)

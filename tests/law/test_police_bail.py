"""Bail before a charge, and the first court after one: two clocks of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.law.calendars import good_friday
from vigil.law.errors import CalendarExhaustedError, NotInForceError
from vigil.law.police_bail import BailStep, bail_period, first_court


@pytest.mark.parametrize(
    ("step", "last_day"),
    [
        # Arrested Fri 20 Nov 2026: the period begins on the 21st.
        (BailStep.INITIAL, "2027-02-20"),
        (BailStep.INITIAL_NON_STANDARD, "2027-05-20"),
        (BailStep.INSPECTOR, "2027-05-20"),
        (BailStep.SUPERINTENDENT, "2027-08-20"),
        (BailStep.NON_STANDARD, "2027-11-20"),
        (BailStep.DESIGNATED, "2027-11-20"),
        (BailStep.COURT, "2027-11-20"),
        (BailStep.COURT_COMPLEX, "2028-05-20"),
        (BailStep.COURT_DESIGNATED, "2028-05-20"),
        (BailStep.COURT_DESIGNATED_COMPLEX, "2028-11-20"),
    ],
)
def test_bail_runs_from_the_day_after_the_arrest(step: BailStep, last_day: str) -> None:
    found = bail_period(date(2026, 11, 20), step)

    assert found.start_on == date(2026, 11, 21)
    assert found.last_day == date.fromisoformat(last_day)
    assert found.who_decides
    assert found.ground.confidence.value == "verified"


@pytest.mark.parametrize(
    ("arrested_on", "last_day"),
    [
        # Start 30 Nov 2023, three months: February has no 30th, so all of it belongs: the 29th.
        ("2023-11-29", "2024-02-29"),
        ("2022-11-29", "2023-02-28"),
        # Start 29 Feb 2024: the day before 29 May.
        ("2024-02-28", "2024-05-28"),
        ("2022-10-28", "2023-01-28"),
    ],
)
def test_the_ends_of_months(arrested_on: str, last_day: str) -> None:
    assert bail_period(date.fromisoformat(arrested_on)).last_day == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("arrested_on", "jurisdiction"), [(date(2022, 10, 27), "EW"), (date(2026, 1, 1), "NI")]
)
def test_an_earlier_arrest_has_other_periods_that_the_data_does_not_hold(
    arrested_on: date, jurisdiction: str
) -> None:
    with pytest.raises(NotInForceError):
        bail_period(arrested_on, jurisdiction=jurisdiction)


@pytest.mark.parametrize(
    ("charged_on", "last_day", "is_rolled"),
    [
        pytest.param("2026-11-19", "2026-11-20", False, id="Thursday: Friday"),
        pytest.param("2026-11-20", "2026-11-21", False, id="Friday: a Saturday counts"),
        pytest.param("2026-11-21", "2026-11-23", True, id="Saturday: past Sunday"),
        pytest.param("2026-11-22", "2026-11-23", False, id="Sunday: Monday"),
        pytest.param("2026-04-02", "2026-04-04", True, id="the eve of Good Friday: Saturday"),
        pytest.param("2026-04-05", "2026-04-06", False, id="Easter Monday counts"),
        pytest.param("2026-05-24", "2026-05-25", False, id="a bank holiday counts"),
        pytest.param("2026-12-24", "2026-12-26", True, id="past Christmas Day to Boxing Day"),
        # 2027: 25 Dec is a Saturday, 26 Dec a Sunday, Monday 27 a bank holiday that counts.
        pytest.param("2027-12-24", "2027-12-27", True, id="Christmas Day, then a Sunday"),
        # 2022: 25 Dec is a Sunday.
        pytest.param("2022-12-24", "2022-12-26", True, id="a Sunday that is Christmas Day"),
    ],
)
def test_the_first_court_rolls_forward(charged_on: str, last_day: str, is_rolled: bool) -> None:
    found = first_court(date.fromisoformat(charged_on))

    assert (found.last_day, found.is_rolled) == (date.fromisoformat(last_day), is_rolled)
    assert [place.cite for place in found.ground.authority] == ["s. 46(2)-(8)"]


@given(st.dates(date(2010, 1, 1), date(2027, 12, 28)))
def test_it_is_never_a_day_that_is_passed_and_none_before_it_is_free(charged_on: date) -> None:
    def is_passed(day: date) -> bool:
        is_christmas = (day.month, day.day) == (12, 25)
        return day.isoweekday() == 7 or is_christmas or day == good_friday(day.year)

    found = first_court(charged_on)

    assert not is_passed(found.last_day)
    between = range(1, (found.last_day - charged_on).days)
    assert all(is_passed(charged_on + timedelta(days=number)) for number in between)


@pytest.mark.parametrize(
    ("sittings", "last_day"),
    [
        ([date(2026, 11, 20)], date(2026, 11, 20)),
        ([date(2026, 11, 21), date(2026, 11, 20)], date(2026, 11, 20)),
        ([date(2026, 11, 21)], date(2026, 11, 21)),
        # None that day or the next: the clerk fixes one by the day after, rolled forward.
        ([date(2026, 11, 19), date(2026, 11, 23)], date(2026, 11, 21)),
    ],
)
def test_a_sitting_that_day_or_the_next_decides(sittings: list[date], last_day: date) -> None:
    assert first_court(date(2026, 11, 20), sittings=sittings).last_day == last_day


def test_past_the_calendar_nothing_is_guessed() -> None:
    assert first_court(date(2027, 12, 30)).last_day == date(2027, 12, 31)
    with pytest.raises(CalendarExhaustedError):
        first_court(date(2027, 12, 31))


@pytest.mark.parametrize(
    ("on", "jurisdiction"), [(date(2005, 12, 31), "EW"), (date(2026, 1, 1), "S")]
)
def test_no_such_clock_before_the_data_or_in_another_nation(on: date, jurisdiction: str) -> None:
    with pytest.raises(NotInForceError):
        first_court(on, jurisdiction=jurisdiction)

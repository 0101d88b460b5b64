"""Sums of months: the rounding is in the name, or the sum raises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.law.errors import MonthArithmeticError
from vigil.law.months import (
    corresponding_day,
    corresponding_day_or_last_of_month,
    last_day_of_period,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def test_the_corresponding_day_of_29_february_has_to_be_rounded() -> None:
    with pytest.raises(MonthArithmeticError) as refused:
        corresponding_day(date(2024, 2, 29), 12)
    assert str(refused.value) == (
        "expected a stated rounding for 12 months after 2024-02-29: that month has no such day"
    )


def test_the_corresponding_day_of_29_february_exists_in_a_leap_year() -> None:
    assert corresponding_day(date(2024, 2, 29), 48) == date(2028, 2, 29)


def test_the_corresponding_day_moves_by_months_and_years() -> None:
    assert corresponding_day(date(2026, 11, 30), 2) == date(2027, 1, 30)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), -36, date(2025, 2, 28)),
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
    ],
)
def test_the_last_of_the_month_stands_for_a_day_that_it_lacks(
    day: date, months: int, expected: date
) -> None:
    assert corresponding_day_or_last_of_month(day, months) == expected


@pytest.mark.parametrize(
    ("first_day", "months", "expected"),
    [
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 2, 28)),
        (date(2027, 3, 1), 12, date(2028, 2, 29)),
        (date(2026, 1, 1), 6, date(2026, 6, 30)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
    ],
)
def test_a_period_ends_the_day_before_the_corresponding_day(
    first_day: date, months: int, expected: date
) -> None:
    assert last_day_of_period(first_day, months) == expected


@given(DAYS, st.integers(1, 200), st.integers(0, 400))
def test_a_period_that_begins_later_never_ends_earlier(
    day: date, months: int, later_by: int
) -> None:
    later = day + timedelta(days=later_by)

    assert last_day_of_period(day, months) <= last_day_of_period(later, months)
    assert last_day_of_period(day, months) < last_day_of_period(day, months + 1)

"""Sums of months and years, each with its rounding said in its name.

Raises where the month has no such day and no rounding was stated; nothing rounds silently.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from vigil.law.errors import MonthArithmeticError


def corresponding_day(day: date, months: int) -> date:
    """The day of the same number, that many months later.

    Raises:
        MonthArithmeticError: the month has no such day (29 February, 31 April).
    """
    year, month = _month_after(day, months)
    if day.day > monthrange(year, month)[1]:
        raise MonthArithmeticError(
            f"expected a stated rounding for {months} months after {day.isoformat()}: "
            "that month has no such day"
        )
    return day.replace(year=year, month=month)


def corresponding_day_or_last_of_month(day: date, months: int) -> date:
    """As `corresponding_day`; where the month has no such day, its last day."""
    year, month = _month_after(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day_of_period(first_day: date, months: int) -> date:
    """The last day of a period of months that begins with `first_day`.

    That is the day before the corresponding day. Where the month has none (29 February), the
    whole of that month belongs to the period: twelve months from 29 February 2020 end with
    28 February 2021.
    """
    year, month = _month_after(first_day, months)
    days = monthrange(year, month)[1]
    if first_day.day > days:
        return date(year, month, days)
    return date(year, month, first_day.day) - timedelta(days=1)


def _month_after(day: date, months: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + months
    return count // 12, count % 12 + 1

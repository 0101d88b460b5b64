"""A second calculator of the hearing clocks, that shares nothing with the first.

It counts minute by minute, and makes its own calendar: the bank holidays of England and Wales are
derived from the Banking and Financial Dealings Act 1971 and the proclamations' one-off days, not
read from the data. Good Friday comes from a table of Easter days, and London's time from the rule
of the last Sundays of March and October.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")  # for those who write instants; nothing is counted with it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EASTER = {
    2010: (4, 4), 2011: (4, 24), 2012: (4, 8), 2013: (3, 31), 2014: (4, 20), 2015: (4, 5),
    2016: (3, 27), 2017: (4, 16), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2021: (4, 4),
    2022: (4, 17), 2023: (4, 9), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5), 2027: (3, 28),
}  # fmt: skip

ONE_OFF = {date(2011, 4, 29), date(2012, 6, 5), date(2022, 6, 3), date(2022, 9, 19),
           date(2023, 5, 8)}  # fmt: skip
MOVED = {
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
DOUBTFUL = {date(2020, 12, 26), date(2026, 12, 26)}

HOURS = {
    "dvpn_hearing": 48,
    "dvpn_breach_court": 24,
    "dvpo_breach_court": 24,
    "dapn_hearing": 48,
    "dapn_breach_court": 24,
    "occupation_breach_court": 24,
}


def first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != 0:
        day += timedelta(days=1)
    return day


def last_monday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.weekday() != 0:
        day -= timedelta(days=1)
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Sch. 1 and the proclamations; without Christmas Day and Good Friday, which are neither."""
    month, day = EASTER[year]
    new_year = date(year, 1, 1)
    while new_year.weekday() > 4:
        new_year += timedelta(days=1)
    found = {
        new_year,
        date(year, month, day) + timedelta(days=1),
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    }
    boxing = date(year, 12, 26)
    if boxing.weekday() == 6:  # 25 on a Saturday: 27 by Sch. 1, 28 by proclamation
        found |= {date(year, 12, 27), date(year, 12, 28)}
    elif boxing.weekday() == 0:  # 25 on a Sunday: 26 and 27 by Sch. 1
        found |= {boxing, date(year, 12, 27)}
    elif boxing.weekday() == 5:  # 26 by Sch. 1 unless displaced, 28 by proclamation
        found |= {boxing, date(year, 12, 28)} - DOUBTFUL
    else:
        found.add(boxing)
    found = {MOVED.get(each, each) for each in found}
    return frozenset(found | {each for each in ONE_OFF if each.year == year})


@cache
def stands(day: date, clock: str, *, doubtful_stands: bool) -> bool:
    month, number = EASTER[day.year]
    good_friday = date(day.year, month, number) - timedelta(days=2)
    if day.strftime("%a") == "Sun" or day == good_friday or (day.month, day.day) == (12, 25):
        return True
    if clock == "occupation_breach_court":
        return False
    return day in bank_holidays(day.year) or (doubtful_stands and day in DOUBTFUL)


def london_midnight(day: date) -> int:
    """The UTC minute at which a day begins in London: an hour earlier in summer time."""
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) // 60
    is_summer = last_sunday(day.year, 3) < day <= last_sunday(day.year, 10)
    return midnight - 60 if is_summer else midnight


@cache
def last_sunday(year: int, month: int) -> date:
    """The day on which the clocks change: forward in March, back in October, at 01:00 UTC."""
    day = date(year, month, 31)
    while day.strftime("%a") != "Sun":
        day -= timedelta(days=1)
    return day


def due_by_minutes(clock: str, from_at: datetime, *, doubtful_stands: bool) -> datetime:
    """The instant at which the last minute has been counted; `from_at` is a whole minute."""
    minute, left = minute_of(from_at), HOURS[clock] * 60
    day = from_at.astimezone(UTC).date() - timedelta(days=1)
    next_midnight, counts = minute, False
    while left:
        while minute >= next_midnight:
            day += timedelta(days=1)
            next_midnight = london_midnight(day + timedelta(days=1))
            counts = not stands(day, clock, doubtful_stands=doubtful_stands)
        if counts:
            left -= 1
        minute += 1
    return instant_of(minute)


def minute_of(at: datetime) -> int:
    return int(at.timestamp()) // 60


def instant_of(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)

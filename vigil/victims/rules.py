"""When she may be contacted, whether she is a child, and which days a place counts.

Pure: no ORM, no clock. Times of day are London's, as a clock on her wall shows them: on the
night when the clocks go back an hour is there twice and both count; on the night when they
go forward the hour that is missing is in no time. Where nothing is known the answer is no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from vigil.victims.errors import BadBirthdayError, BadDaysError, BadTimesError

LONDON = ZoneInfo("Europe/London")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_TIMES = 50
ADULT_AT_YEARS = 18
EARLIEST = date(1900, 1, 1)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class PlaceKind(StrEnum):
    """What a place is to her. Sealed with its address: that she is in a refuge is a secret."""

    HOME = "home"
    WORK = "work"
    SCHOOL = "school"
    REFUGE = "refuge"
    OTHER = "other"


@dataclass(frozen=True)
class SafeTime:
    """Hours in which she may be contacted, on the days on which they begin.

    `from_time` counts, `to_time` does not. Where `to_time` is not after `from_time` it is on
    the next day.
    """

    days: frozenset[str]
    from_time: time
    to_time: time


def may_contact_at(times: Iterable[SafeTime], at: datetime) -> bool:
    """Whether that instant lies in one of her safe times. No times known: no."""
    local = at.astimezone(LONDON)
    today, now = local.date(), local.time().replace(tzinfo=None, fold=0)
    yesterday = today - timedelta(days=1)
    return any(_holds(one, today, yesterday, now) for one in times)


def _holds(one: SafeTime, today: date, yesterday: date, now: time) -> bool:
    """The hours that began today, or what is left of those that began yesterday."""
    is_over_midnight = one.to_time <= one.from_time
    if DAYS[today.weekday()] in one.days and one.from_time <= now:
        return is_over_midnight or now < one.to_time
    return is_over_midnight and DAYS[yesterday.weekday()] in one.days and now < one.to_time


def read_times(given: Any) -> tuple[SafeTime, ...]:
    """Safe times from what was typed or kept: days, from_time, to_time of each.

    Raises: BadTimesError.
    """
    if not isinstance(given, (list, tuple)) or len(given) > MOST_TIMES:
        raise BadTimesError
    return tuple(_read_time(one) for one in given)


def _read_time(given: Any) -> SafeTime:
    if not isinstance(given, Mapping) or set(given) != {"days", "from_time", "to_time"}:
        raise BadTimesError
    days = given["days"]
    if not isinstance(days, (list, tuple)) or not days or not set(map(str, days)) <= set(DAYS):
        raise BadTimesError
    begins, ends = (str(given[name]) for name in ("from_time", "to_time"))
    if not _TIME.fullmatch(begins) or not _TIME.fullmatch(ends) or begins == ends:
        raise BadTimesError
    return SafeTime(frozenset(days), time.fromisoformat(begins), time.fromisoformat(ends))


def written_times(times: Sequence[SafeTime]) -> list[dict[str, Any]]:
    """The same as `read_times` reads."""
    return [
        {
            "days": [day for day in DAYS if day in one.days],
            "from_time": f"{one.from_time:%H:%M}",
            "to_time": f"{one.to_time:%H:%M}",
        }
        for one in times
    ]


def is_child(born_on: date | None, said: bool | None, on: date) -> bool | None:
    """Whether she is under 18 on that day: by her birthday where it is known, else as somebody
    said; None: not known. Born on 29 February she is 18 on 1 March."""
    if born_on is None:
        return said
    year = born_on.year + ADULT_AT_YEARS
    is_leap_day = (born_on.month, born_on.day) == (2, 29)
    birthday = date(year, 3, 1) if is_leap_day else born_on.replace(year=year)
    return on < birthday


def check_birthday(born_on: date | None, *, on: date) -> None:
    """Raises: BadBirthdayError."""
    if born_on is not None and not EARLIEST <= born_on <= on:
        raise BadBirthdayError


def check_days(since_on: date | None, last_day: date | None) -> None:
    """Raises: BadDaysError unless a place's days are in order."""
    known = [day for day in (since_on, last_day) if day is not None]
    if any(day < EARLIEST for day in known) or known != sorted(known):
        raise BadDaysError


def is_hers_on(since_on: date | None, last_day: date | None, on: date) -> bool:
    """Whether a place is hers on that day; its first and its last day count."""
    return (since_on is None or since_on <= on) and (last_day is None or on <= last_day)

"""Which days do not count: Christmas Day, Good Friday, Sundays, and the bank holidays of a nation.

A calendar has a horizon. Past it (and, for bank holidays, before it) a question raises: nothing
is forecast. A doubtful day is neither counted nor excluded here; the clock asks for both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from vigil.law.errors import CalendarExhaustedError, LawDataError
from vigil.law.facts import Confidence, Fact, Provision
from vigil.law.loading import DATA, check_words, read_confidence

_FILE = {"calendar": True, "year": True, "added": False, "doubtful": False}
_CALENDAR = {
    "jurisdiction": True,
    "title": True,
    "first_year": True,
    "last_year": True,
    "act": True,
    "cite": True,
    "url": True,
}
_YEAR = {"year": True, "days": True, "confidence": True, "checked_on": True, "note": False}
_ADDED = {"day": True, "cite": True, "url": True, "confidence": True, "checked_on": True}
_DOUBTFUL = {"day": True, "is_bank_holiday": True, "cite": True, "url": True, "checked_on": True}


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of one nation between two years, each day with its ground."""

    jurisdiction: str
    title: str
    first_year: int
    last_year: int
    holidays: Mapping[date, Fact]
    doubtful: Mapping[date, Fact]

    @cached_property
    def last_day(self) -> date:
        """The last day of which the calendar knows anything."""
        return date(self.last_year, 12, 31)

    def check_knows(self, day: date, excluded: Collection[str]) -> None:
        """Refuses a day past the horizon, or one before the first list of bank holidays.

        Raises:
            CalendarExhaustedError: the calendar cannot say whether the day counts.
        """
        too_early = "bank_holiday" in excluded and day.year < self.first_year
        if day > self.last_day or too_early:
            raise CalendarExhaustedError(
                f"expected a day from {self.first_year} to {self.last_year}, which the calendar "
                f"of {self.jurisdiction} holds; found {day.isoformat()}: extend the calendar"
            )

    def is_named(self, day: date, excluded: Collection[str]) -> bool:
        """Whether the day is excluded by its name or weekday, whatever the bank holidays are."""
        return (
            ("sunday" in excluded and day.isoweekday() == 7)
            or ("christmas_day" in excluded and (day.month, day.day) == (12, 25))
            or ("good_friday" in excluded and day == good_friday(day.year))
        )


@cache
def good_friday(year: int) -> date:
    """The Friday before Easter."""
    return _easter(year) - timedelta(days=2)


def _easter(year: int) -> date:
    """Easter Day by the Gregorian reckoning: the Sunday after the Church's full moon of spring."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full_moon = epact - (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full_moon + 2 - century + century // 4) % 7
    days = full_moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


@cache
def calendar(jurisdiction: str) -> Calendar:
    """The calendar of a jurisdiction, read once.

    Raises:
        CalendarExhaustedError: this version holds no calendar for it.
    """
    found = load_calendars(DATA / "calendars").get(jurisdiction)
    if found is None:
        raise CalendarExhaustedError(
            f"expected a calendar for {jurisdiction}, found none in this version"
        )
    return found


def load_calendars(folder: Path) -> dict[str, Calendar]:
    """Reads every calendar, strictly.

    Raises:
        LawDataError: a file is not in the stated shape, or a year has no list.
    """
    calendars = {}
    for path in sorted(folder.glob("*.toml")):
        with path.open("rb") as stream:
            read = _read(tomllib.load(stream), path.name)
        calendars[read.jurisdiction] = read
    return calendars


def _read(document: Mapping[str, Any], file: str) -> Calendar:
    check_words(document, _FILE, file)
    head = document["calendar"]
    check_words(head, _CALENDAR, file)
    source = Provision(head["act"], head["cite"], head["url"])
    holidays: dict[date, Fact] = {}
    for year in document["year"]:
        check_words(year, _YEAR, file)
        confidence = read_confidence(year["confidence"], file)
        for day in year["days"]:
            if day.year != year["year"]:
                raise LawDataError(f"expected days of {year['year']} in {file}, found {day}")
            holidays[day] = _holiday(day, source, confidence, year["checked_on"])
    _check_every_year(head, {year["year"] for year in document["year"]}, file)
    for added in document.get("added", ()):
        check_words(added, _ADDED, file)
        place = Provision(head["act"], added["cite"], added["url"])
        holidays[added["day"]] = _holiday(
            added["day"], place, read_confidence(added["confidence"], file), added["checked_on"]
        )
    doubtful: dict[date, Fact] = {}
    for doubt in document.get("doubtful", ()):
        check_words(doubt, _DOUBTFUL, file)
        _switch(doubt, head["act"], holidays, doubtful, file)
    return Calendar(
        head["jurisdiction"],
        head["title"],
        head["first_year"],
        head["last_year"],
        holidays,
        doubtful,
    )


def _switch(
    doubt: Mapping[str, Any],
    act: str,
    holidays: dict[date, Fact],
    doubtful: dict[date, Fact],
    file: str,
) -> None:
    """Puts a doubtful day where its switch says: doubtful, a bank holiday, or a common day."""
    place = Provision(act, doubt["cite"], doubt["url"])
    day, switch = doubt["day"], doubt["is_bank_holiday"]
    if switch == "unknown":
        doubtful[day] = _holiday(day, place, Confidence.UNSETTLED, doubt["checked_on"])
    elif switch is True:
        holidays[day] = _holiday(day, place, Confidence.SECONDARY, doubt["checked_on"])
    elif switch is not False:
        raise LawDataError(f'expected true, false or "unknown" in {file}, found {switch!r}')


def _check_every_year(head: Mapping[str, Any], years: Collection[int], file: str) -> None:
    missing = set(range(head["first_year"], head["last_year"] + 1)) ^ set(years)
    if missing:
        raise LawDataError(f"expected each year once in {file}, found otherwise: {missing}")


def _holiday(day: date, place: Provision, confidence: Confidence, checked_on: date) -> Fact:
    return Fact(
        of=day.isoformat(),
        what="bank_holiday",
        value=True,
        unit="state",
        provision=place,
        extent=(),
        first_day=day,
        last_day=day,
        made_first_day=None,
        made_last_day=None,
        confidence=confidence,
        checked_on=checked_on,
        proposal=None,
        note="",
    )

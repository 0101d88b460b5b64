"""The bank holidays of Scotland and Northern Ireland, made a second time from the Act.

Nothing here reads the data to make a day: Sch. 1 of the Banking and Financial Dealings Act 1971,
the proclamations' substitutes and the one-off days are counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.law import minutes
from vigil.law.ask import answer
from vigil.law.calendars import calendar
from vigil.law.clocks import Count
from vigil.law.facts import Confidence

YEARS = sorted(minutes.EASTER)
FOUR = ("christmas_day", "good_friday", "sunday", "bank_holiday")
WORLD_CUP = date(2026, 6, 15)


def weekdays(days: Iterable[date]) -> set[date]:
    """The days, each moved on to the first weekday that is not yet taken."""
    taken: set[date] = set()
    wanted = list(days)
    # A day that falls on a weekday of its own keeps it; those of a weekend then find their place.
    for day in sorted(wanted, key=lambda each: (each.weekday() > 4, each)):
        found = day
        while found.weekday() > 4 or found in taken:
            found += timedelta(days=1)
        taken.add(found)
    return taken


def one_off(year: int) -> set[date]:
    return {day for day in minutes.ONE_OFF if day.year == year}


def moved(days: set[date]) -> set[date]:
    return {minutes.MOVED.get(day, day) for day in days}


def easter(year: int) -> date:
    return date(year, *minutes.EASTER[year])


def scotland(year: int) -> set[date]:
    mondays = moved({minutes.first_monday(year, 5), minutes.last_monday(year, 5)})
    days = weekdays([date(year, 1, 1), date(year, 1, 2)])
    days |= weekdays([date(year, 11, 30)]) | weekdays([date(year, 12, 25), date(year, 12, 26)])
    days |= mondays | {easter(year) - timedelta(days=2), minutes.first_monday(year, 8)}
    return days | one_off(year) | ({WORLD_CUP} if year == 2026 else set())


def northern_ireland(year: int) -> set[date]:
    mondays = moved({minutes.first_monday(year, 5), minutes.last_monday(year, 5)})
    days = weekdays([date(year, 1, 1)]) | weekdays([date(year, 3, 17)])
    days |= weekdays([date(year, 7, 12)]) | weekdays([date(year, 12, 25), date(year, 12, 26)])
    days |= mondays | {minutes.last_monday(year, 8)}
    return (
        days | {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)} | one_off(year)
    )


@pytest.mark.parametrize("year", YEARS)
def test_the_scottish_list_is_what_the_act_and_the_proclamations_make(year: int) -> None:
    assert {day for day in calendar("S").holidays if day.year == year} == scotland(year)


@pytest.mark.parametrize("year", YEARS)
def test_the_northern_irish_list_is_what_the_act_and_the_proclamations_make(year: int) -> None:
    listed = {day for day in calendar("NI").holidays if day.year == year}

    assert listed - {date(2015, 12, 26)} == northern_ireland(year)


@pytest.mark.parametrize(
    ("jurisdiction", "days"),
    [
        ("S", {(1, 1), (1, 2), (12, 25)}),
        ("NI", {(3, 17), (12, 26)}),
    ],
)
def test_a_saturday_of_the_schedule_is_doubtful_and_nothing_else_is(
    jurisdiction: str, days: set[tuple[int, int]]
) -> None:
    saturdays = {
        date(year, month, day)
        for year in YEARS
        for month, day in days
        if date(year, month, day).weekday() == 5
    }
    known = calendar(jurisdiction)

    # The proclamation of 2015 was read: that Saturday is no longer doubtful.
    assert set(known.doubtful) == saturdays - {date(2015, 12, 26)}
    assert not set(known.doubtful) & set(known.holidays)


def test_the_saturday_after_christmas_2015_was_a_bank_holiday_in_northern_ireland() -> None:
    assert calendar("NI").holidays[date(2015, 12, 26)].confidence is Confidence.SECONDARY
    assert date(2015, 12, 26) not in calendar("S").holidays


@pytest.mark.parametrize("jurisdiction", ["S", "NI"])
def test_each_nation_is_known_for_the_same_years(jurisdiction: str) -> None:
    known = calendar(jurisdiction)

    assert (known.first_year, known.last_year) == (2010, 2027)


@pytest.mark.parametrize(
    ("friday_noon", "ew", "scotland_", "ni"),
    [
        # Fri 3 Apr 2026 is Good Friday, Sun 5 Easter: Sat 4 counts 24 hours everywhere, and the
        # next 24 fall on Easter Monday in Scotland only, where it is no bank holiday.
        ("2026-04-03", "2026-04-08", "2026-04-07", "2026-04-08"),
        # Fri 31 Jul 2026, 12:00: 12 h, Sat 24 h, Sun out; Mon 3 Aug is the Scottish one.
        ("2026-07-31", "2026-08-03", "2026-08-04", "2026-08-03"),
        # Fri 10 Jul 2026: Mon 13 Jul stands for the twelfth, a Sunday, in Northern Ireland.
        ("2026-07-10", "2026-07-13", "2026-07-13", "2026-07-14"),
        # Fri 12 Jun 2026: Mon 15 Jun is the Scottish one-off.
        ("2026-06-12", "2026-06-15", "2026-06-16", "2026-06-15"),
        # Fri 28 Aug 2026: Mon 31 Aug is one in all but Scotland.
        ("2026-08-28", "2026-09-01", "2026-08-31", "2026-09-01"),
        # Fri 27 Nov 2026: Mon 30 Nov is Saint Andrew's Day.
        ("2026-11-27", "2026-11-30", "2026-12-01", "2026-11-30"),
    ],
)
def test_a_clock_stands_still_in_the_bank_holidays_of_its_own_nation_only(
    friday_noon: str, ew: str, scotland_: str, ni: str
) -> None:
    day_of_start = date.fromisoformat(friday_noon)
    from_at = datetime.combine(day_of_start, time(12), minutes.LONDON)

    for jurisdiction, day in (("EW", ew), ("S", scotland_), ("NI", ni)):
        count = Count(timedelta(hours=48), FOUR, calendar(jurisdiction))
        due_at = count.run(from_at, doubtful_counts=True).due_at.astimezone(minutes.LONDON)
        assert due_at.date().isoformat() == day, jurisdiction


def test_a_doubtful_scottish_saturday_gives_two_instants() -> None:
    # Fri 31 Dec 2021 12:00, 24 h: 12 h on Friday, then Sat 1 Jan 12:00 if it counts; if it does
    # not, Sun 2 is out and Mon 3, Tue 4 are bank holidays: Wed 5 Jan 12:00.
    count = Count(timedelta(hours=24), FOUR, calendar("S"))
    from_at = datetime(2021, 12, 31, 12, tzinfo=UTC)

    assert count.run(from_at, doubtful_counts=True).due_at == datetime(2022, 1, 1, 12, tzinfo=UTC)
    assert count.run(from_at, doubtful_counts=False).due_at == datetime(2022, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize("jurisdiction", ["S", "NI"])
@pytest.mark.parametrize("name", sorted(minutes.HOURS))
def test_no_clock_of_england_and_wales_is_lent_to_another_nation(
    name: str, jurisdiction: str
) -> None:
    asked = {"id": "1", "ask": "clock", "clock": name, "from_at": "2026-06-12T12:00:00Z"}

    assert answer({**asked, "jurisdiction": jurisdiction})["error"]["code"] == "not_in_force"

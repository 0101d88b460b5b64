"""The loader of calendars: its switch for a doubtful day, and what it refuses."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from vigil.law.calendars import Calendar, calendar, good_friday, load_calendars
from vigil.law.errors import CalendarExhaustedError, LawDataError
from vigil.law.facts import Confidence, Fact, Provision

HEAD = """
[calendar]
jurisdiction = "EW"
title = "A calendar"
first_year = 2026
last_year = 2026
act = "An Act"
cite = "s. 1"
url = "https://example.org/"
"""
YEAR = """
[[year]]
year = 2026
days = [2026-01-01]
confidence = "V"
checked_on = 2026-11-23
"""
DOUBT = """
[[doubtful]]
day = 2026-12-26
is_bank_holiday = {switch}
cite = "s. 1(2)"
url = "https://example.org/"
checked_on = 2026-11-23
"""
ADDED = """
[[added]]
day = 2026-06-15
cite = "s. 1(3)"
url = "https://example.org/added"
confidence = "K"
checked_on = 2026-11-22
"""
BOXING = date(2026, 12, 26)
CHECKED = date(2026, 11, 23)
ACT = "An Act"


def holiday(day: date, provision: Provision, confidence: Confidence, checked_on: date) -> Fact:
    return Fact(
        of=day.isoformat(),
        what="bank_holiday",
        value=True,
        unit="state",
        provision=provision,
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


def write(folder: Path, *parts: str) -> Path:
    (folder / "calendar.toml").write_text("".join(parts))
    return folder


def test_a_day_whose_switch_is_unknown_is_doubtful(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch='"unknown"')))["EW"]

    place = Provision(ACT, "s. 1(2)", "https://example.org/")
    doubt = holiday(BOXING, place, Confidence.UNSETTLED, CHECKED)
    assert found.doubtful == {BOXING: doubt}
    assert BOXING not in found.holidays


def test_a_day_whose_switch_is_on_is_a_bank_holiday(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch="true")))["EW"]

    place = Provision(ACT, "s. 1(2)", "https://example.org/")
    assert found.holidays[BOXING] == holiday(BOXING, place, Confidence.SECONDARY, CHECKED)
    assert not found.doubtful


def test_a_calendar_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, ADDED))

    new_year, added = date(2026, 1, 1), date(2026, 6, 15)
    act = Provision(ACT, "s. 1", "https://example.org/")
    proclaimed = Provision(ACT, "s. 1(3)", "https://example.org/added")
    assert found == {
        "EW": Calendar(
            jurisdiction="EW",
            title="A calendar",
            first_year=2026,
            last_year=2026,
            holidays={
                new_year: holiday(new_year, act, Confidence.VERIFIED, CHECKED),
                added: holiday(added, proclaimed, Confidence.KNOWN, date(2026, 11, 22)),
            },
            doubtful={},
        )
    }
    assert found["EW"].last_day == date(2026, 12, 31)


def test_a_calendar_may_have_no_doubtful_day(tmp_path: Path) -> None:
    assert load_calendars(write(tmp_path, HEAD, YEAR))["EW"].doubtful == {}


def test_a_day_whose_switch_is_off_is_a_common_day(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch="false")))["EW"]

    assert BOXING not in found.holidays
    assert not found.doubtful


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((HEAD,), "missing .'year'"),
        ((HEAD.replace("title", "name"), YEAR), "missing .'title'"),
        ((HEAD, YEAR.replace("days", "dates")), "missing .'days'"),
        ((HEAD, YEAR, ADDED.replace("cite", "site")), "missing .'cite'"),
        ((HEAD, YEAR, ADDED.replace('"K"', '"X"')), "expected one of"),
        ((HEAD, YEAR, DOUBT.format(switch="true").replace("cite", "site")), "missing .'cite'"),
        ((HEAD, YEAR.replace("\"V\"", "\"X\"")), "expected one of"),
        ((HEAD, YEAR.replace("2026-01-01", "2025-01-01")), "days of 2026"),
        ((HEAD.replace("last_year = 2026", "last_year = 2027"), YEAR), "each year once"),
        ((HEAD, YEAR, DOUBT.format(switch='"perhaps"')), "true, false or"),
        ((HEAD, YEAR, DOUBT.format(switch="true"), "why = 1\n"), "unknown .'why'"),
    ],
    ids=["no year", "a calendar without a title", "a year without days",
         "an added day without a cite", "an added day without confidence",
         "a doubtful day without a cite", "no such confidence", "a day of another year",
         "a year without a list", "no such switch", "an unknown word"],
)  # fmt: skip
def test_a_calendar_in_another_shape_is_refused(
    tmp_path: Path, parts: tuple[str, ...], said: str
) -> None:
    with pytest.raises(LawDataError, match=said) as refused:
        load_calendars(write(tmp_path, *parts))
    assert "calendar.toml" in str(refused.value)


def test_a_nation_without_a_calendar_is_refused() -> None:
    with pytest.raises(CalendarExhaustedError, match="calendar for IE"):
        calendar("IE")


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_lists_is_refused_where_bank_holidays_matter(day: date) -> None:
    with pytest.raises(CalendarExhaustedError, match="2010 to 2027"):
        calendar("EW").check_knows(day, ("bank_holiday",))


@pytest.mark.parametrize("day", [date(2010, 1, 1), date(2027, 12, 31)])
def test_the_first_and_the_last_day_of_the_lists_are_known(day: date) -> None:
    calendar("EW").check_knows(day, ("bank_holiday",))


def test_before_the_lists_a_day_is_known_where_bank_holidays_do_not_matter() -> None:
    calendar("EW").check_knows(date(1999, 12, 25), ("sunday",))


def easter_by_the_moon(year: int) -> date:
    """The Sunday after the full moon of spring, by the tables of the Act of 1750 made anew.

    The moon's age moves by eleven days a year (the epact); centuries take days of the sun away and
    give days to the moon. The full moon is the fourteenth day of the moon, on 21 March or after.
    """
    century = year // 100 + 1
    sun, moon = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * (year % 19 + 1) + 20 + moon - sun) % 30
    if epact == 24 or (epact == 25 and year % 19 + 1 > 11):
        epact += 1
    full_moon = date(year, 3, 1) + timedelta(days=44 - epact - 1)
    if full_moon < date(year, 3, 21):
        full_moon += timedelta(days=30)
    return full_moon + timedelta(days=7 - full_moon.isoweekday() % 7)


def test_good_friday_is_two_days_before_easter_in_any_year() -> None:
    for year in range(1753, 2500):
        easter = easter_by_the_moon(year)

        assert easter.isoweekday() == 7
        # Past its memory: an answer that was kept would test nothing.
        assert good_friday.__wrapped__(year) == easter - timedelta(days=2), year

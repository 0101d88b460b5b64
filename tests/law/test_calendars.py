"""The loader of calendars: its switch for a doubtful day, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vigil.law.calendars import calendar, load_calendars
from vigil.law.errors import CalendarExhaustedError, LawDataError
from vigil.law.facts import Confidence

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
BOXING = date(2026, 12, 26)


def write(folder: Path, *parts: str) -> Path:
    (folder / "calendar.toml").write_text("".join(parts))
    return folder


def test_a_day_whose_switch_is_unknown_is_doubtful(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch='"unknown"')))["EW"]

    assert found.doubtful[BOXING].confidence is Confidence.UNSETTLED
    assert BOXING not in found.holidays


def test_a_day_whose_switch_is_on_is_a_bank_holiday(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch="true")))["EW"]

    assert BOXING in found.holidays
    assert not found.doubtful


def test_a_day_whose_switch_is_off_is_a_common_day(tmp_path: Path) -> None:
    found = load_calendars(write(tmp_path, HEAD, YEAR, DOUBT.format(switch="false")))["EW"]

    assert BOXING not in found.holidays
    assert not found.doubtful


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((HEAD,), "missing .'year'"),
        ((HEAD, YEAR.replace("\"V\"", "\"X\"")), "expected one of"),
        ((HEAD, YEAR.replace("2026-01-01", "2025-01-01")), "days of 2026"),
        ((HEAD.replace("last_year = 2026", "last_year = 2027"), YEAR), "each year once"),
        ((HEAD, YEAR, DOUBT.format(switch='"perhaps"')), "true, false or"),
        ((HEAD, YEAR, DOUBT.format(switch="true"), "why = 1\n"), "unknown .'why'"),
    ],
    ids=["no year", "no such confidence", "a day of another year", "a year without a list",
         "no such switch", "an unknown word"],
)  # fmt: skip
def test_a_calendar_in_another_shape_is_refused(
    tmp_path: Path, parts: tuple[str, ...], said: str
) -> None:
    with pytest.raises(LawDataError, match=said):
        load_calendars(write(tmp_path, *parts))


def test_a_nation_without_a_calendar_is_refused() -> None:
    with pytest.raises(CalendarExhaustedError, match="calendar for IE"):
        calendar("IE")


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2028, 1, 1)])
def test_a_day_outside_the_lists_is_refused_where_bank_holidays_matter(day: date) -> None:
    with pytest.raises(CalendarExhaustedError, match="2010 to 2027"):
        calendar("EW").check_knows(day, ("bank_holiday",))

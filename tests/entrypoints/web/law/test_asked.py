"""What an address may ask of the law, and what is said of what cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.entrypoints.web.law.asked import LONGEST, NO_DAY, NO_NATION, read

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("", TODAY),
        ("2026-03-02", date(2026, 3, 2)),
        ("2/3/2026", date(2026, 3, 2)),
        ("02.03.2026", date(2026, 3, 2)),
        (" 2 3 2026 ", date(2026, 3, 2)),
        ("29/2/2028", date(2028, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str, on: date) -> None:
    found = read({"on": typed}, TODAY)

    assert (found.on, found.faults, found.typed_day) == (on, (), "")


@pytest.mark.parametrize(
    "typed",
    [
        "29/2/2027",
        "2026-02-30",
        "tomorrow",
        "2101-01-01",
        "1899-12-31",
        "0001-01-01",
        "１/１/２０２６",
    ],
)
def test_a_day_that_is_none_is_said_so_and_today_is_shown(typed: str) -> None:
    found = read({"on": typed}, TODAY)

    assert found.on == TODAY
    assert found.faults == ((NO_DAY, "#on"),)
    assert found.typed_day == typed


def test_what_was_typed_is_not_kept_without_end() -> None:
    assert len(read({"on": "9" * 1000}, TODAY).typed_day) == LONGEST
    assert len(read({"area": "x" * 1000}, TODAY).area) == LONGEST


def test_a_nation_is_one_of_three_or_the_orders_own() -> None:
    assert read({"jurisdiction": "S"}, TODAY).nation == "S"
    assert read({}, TODAY).nation is None
    wrong = read({"jurisdiction": "FR"}, TODAY)
    assert (wrong.nation, wrong.faults) == (None, ((NO_NATION, "#nation"),))


def test_the_same_question_can_be_asked_of_another_nation() -> None:
    found = read({"on": "2026-03-02", "jurisdiction": "S"}, TODAY)

    assert found.query() == "?on=2026-03-02&jurisdiction=S"
    assert found.query("NI") == "?on=2026-03-02&jurisdiction=NI"
    assert read({}, TODAY).query() == "?on=2026-11-23"


def test_blanks_in_an_area_are_one() -> None:
    assert read({"area": "  Stockton   on Tees "}, TODAY).area == "Stockton on Tees"

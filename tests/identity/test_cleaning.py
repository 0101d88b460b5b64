"""What was written, made comparable."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.identity.support import batches, row
from vigil.identity.engine import cleaning
from vigil.identity.engine.columns import FEED_SCHEMA


@cache
def prepared() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    cleaning.prepare(connection)
    return connection


def cleaned(**known: str) -> dict[str, Any]:
    connection = prepared()
    connection.register("feed", pa.Table.from_batches(batches([row(**known)])))
    cleaning.clean(connection, this_year=2026)
    found: dict[str, Any] = connection.sql("SELECT * FROM cleaned").to_arrow_table().to_pylist()[0]
    return found


@pytest.mark.parametrize(
    ("written", "surname"),
    [
        pytest.param("O'Brenlow", "OBRENLOW", id="an apostrophe goes"),
        pytest.param("O’Brenlow", "OBRENLOW", id="a curly apostrophe goes"),
        pytest.param("O Brenlow", "OBRENLOW", id="a parted prefix is joined"),
        pytest.param("Mc Tavering", "MCTAVERING", id="Mc and a space is one word"),
        pytest.param("Ashgrove-Tarrant", "ASHGROVE TARRANT", id="a double surname is kept whole"),
        pytest.param("  ashgrove ", "ASHGROVE", id="case and spaces do not count"),
        pytest.param("Ångström", "ANGSTROM", id="accents go"),
        pytest.param("UNKNOWN", None, id="unknown is no name"),
        pytest.param("Not Known", None, id="not known is no name"),
        pytest.param("n/a", None, id="n/a is no name"),
        pytest.param("?", None, id="a mark is no name"),
        pytest.param("1234", None, id="a number is no name"),
    ],
)
def test_a_surname_is_compared_in_one_spelling(written: str, surname: str | None) -> None:
    assert cleaned(surname=written)["surname"] == surname


@pytest.mark.parametrize(
    ("written", "born", "year", "is_weak"),
    [
        pytest.param("1984-03-09", "1984-03-09", 1984, False, id="a whole birthday"),
        pytest.param("1984", None, 1984, True, id="a year alone"),
        pytest.param("1984-03", None, 1984, True, id="a month without a day"),
        pytest.param("1984-01-01", "1984-01-01", 1984, True, id="1 January weighs little"),
        pytest.param("1900-01-01", None, None, True, id="1 January 1900 says nothing"),
        pytest.param("1970-01-01", None, None, True, id="the machine's first day says nothing"),
        pytest.param("-0050-01-02", None, None, True, id="a year before our time says nothing"),
        pytest.param("1984-02-30", None, 1984, True, id="a day that never was leaves its year"),
    ],
)
def test_a_birthday_says_as_much_as_it_can(
    written: str, born: str | None, year: int | None, *, is_weak: bool
) -> None:
    found = cleaned(surname="Ashgrove", born_on=written)
    # A default first of January keeps its date for display, and counts as its year alone.
    assert (found["born"], found["year"], found["is_weak"]) == (born, year, is_weak)


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        pytest.param("+44 7700 900123", "07700900123", id="the country's prefix"),
        pytest.param("0044 (0) 7700 900123", "07700900123", id="both prefixes"),
        pytest.param("7700900123", "07700900123", id="a nought lost by a spreadsheet"),
        pytest.param("07700-900-123", "07700900123", id="dashes"),
        pytest.param("00000000000", None, id="noughts are no phone"),
        pytest.param("07777777777", None, id="one digit repeated is no phone"),
        pytest.param("12345", None, id="too short"),
    ],
)
def test_a_phone_is_compared_in_its_national_form(written: str, phone: str | None) -> None:
    assert cleaned(surname="Ashgrove", phone=written)["phone"] == phone


@pytest.mark.parametrize(
    ("written", "postcode", "outcode"),
    [
        pytest.param("qx4 7ab", "QX47AB", "QX4", id="a whole postcode"),
        pytest.param("QX4", None, "QX4", id="a district alone"),
        pytest.param("NF1 1NF", None, None, id="no fixed abode is no place"),
        pytest.param("unknown", None, None, id="a word"),
        pytest.param("2150", "2150", "215", id="another country's"),
    ],
)
def test_a_postcode_is_a_place_or_nothing(
    written: str, postcode: str | None, outcode: str | None
) -> None:
    found = cleaned(surname="Ashgrove", postcode=written)
    assert (found["postcode"], found["outcode"]) == (postcode, outcode)


def test_an_identifier_with_a_wrong_letter_is_kept_as_written_and_not_as_valid() -> None:
    found = cleaned(surname="Ashgrove", pnc="79/163001C", cro="065656/91H")
    assert (found["pnc"], found["pnc_written"]) == (None, "79163001C")
    assert (found["cro"], found["cro_written"]) == ("065656/91H", "06565691H")


def test_house_and_postcode_make_one_home() -> None:
    assert cleaned(surname="A", house="Flat 2, 14 High St.", postcode="QX4 7AB")["home"] == (
        "QX47AB|2-14"
    )


def test_a_short_form_has_the_roots_that_it_may_stand_for() -> None:
    assert "ROBERT" in cleaned(surname="Ashgrove", forename="Bob")["roots"]


def test_aliases_and_handles_are_taken_apart() -> None:
    found = cleaned(
        surname="Ashgrove", forename="Terry", aliases="Bob Tarrant; unknown;;", handles="@tel99, x"
    )
    assert found["aliases"] == ["BOB TARRANT"]
    assert "TARRANT" in found["families"]
    assert found["handles"] == ["tel99"]


text = st.text(max_size=200)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(FEED_SCHEMA.names[1:]), text))
def test_nothing_that_can_be_written_stops_the_cleaning(cells: dict[str, str]) -> None:
    connection = prepared()
    storable = {k: v.encode("utf-8", "ignore").decode() for k, v in cells.items()}
    table = pa.Table.from_pylist([{"row": 0, **storable}], schema=FEED_SCHEMA)
    connection.register("feed", table)
    cleaning.clean(connection, this_year=2026)
    assert connection.sql("SELECT count(*) FROM cleaned").fetchall() == [(1,)]

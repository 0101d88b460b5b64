"""What was typed in one line, read as fields."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.entrypoints.web.people.asking import read_day, read_question

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("crand 140687", {"surname": "crand", "born_on": "1987-06-14"}),
        ("Crand, Toby James", {"surname": "Crand", "forename": "Toby", "middle": "James"}),
        ("de la Crand, Toby", {"surname": "de la Crand", "forename": "Toby"}),
        ("crand tobi b:1987 ph:07700900417", {
            "surname": "crand", "forename": "tobi", "born_on": "1987", "phone": "07700900417",
        }),
        ("07700 900417", {"phone": "07700 900417"}),
        ("+44 7700 900417", {"phone": "+44 7700 900417"}),
        ("ph: 07700 900417 crand", {"phone": "07700 900417", "surname": "crand"}),
        ("ZV19 LGK", {"vehicle": "ZV19 LGK"}),
        ("v:ZV19 LGK crand", {"vehicle": "ZV19 LGK", "surname": "crand"}),
        ("crand ne99 1zz", {"surname": "crand", "postcode": "ne99 1zz"}),
        ("2009/9999123Y", {"pnc": "2009/9999123Y"}),
        ("pnc:09/123Y", {"pnc": "09/123Y"}),
        ("t@example.org", {"email": "t@example.org"}),
        ("crand 14 06 1987", {"surname": "crand", "born_on": "1987-06-14"}),
        ("crand 1987-06-14", {"surname": "crand", "born_on": "1987-06-14"}),
        ("crand 14/6/87", {"surname": "crand", "born_on": "1987-06-14"}),
        ("crand a:14 Lanternside Road", {"surname": "crand", "house": "14 Lanternside Road"}),
        ("h:crand_x tobi", {"handles": "crand_x", "surname": "tobi"}),
        ("", {}),
    ],
)  # fmt: skip
def test_a_line_is_read_as_fields(typed: str, terms: dict[str, str]) -> None:
    assert read_question(typed, {}, on=TODAY).terms == terms


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("231126", "2026-11-23"),
        ("231127", "1927-11-23"),
        ("290288", "1988-02-29"),
        ("290287", "290287"),
        ("14.06.1987", "1987-06-14"),
        ("1987", "1987"),
        ("1987-06-14", "1987-06-14"),
        ("the spring", "the spring"),
    ],
)
def test_a_birthday_is_read_or_left_as_it_was_typed(typed: str, read: str) -> None:
    assert read_day(typed, on=TODAY) == read


def test_a_box_wins_over_the_line() -> None:
    asked = read_question("crand toby", {"surname": " Mirkwell ", "forename": ""}, on=TODAY)
    assert asked.terms == {"surname": "Mirkwell", "forename": "toby"}


@pytest.mark.parametrize(
    ("typed", "is_enough"),
    [
        ("cra 1987", True),
        ("cr 1987", False),
        ("crand", False),
        ("crand toby", True),
        ("ne99 1zz", False),
        ("ne99 1zz toby", True),
        ("07700900417", True),
    ],
)
def test_enough_is_an_identifier_or_three_letters_and_one_thing_more(
    typed: str, is_enough: bool
) -> None:
    assert read_question(typed, {}, on=TODAY).is_enough is is_enough

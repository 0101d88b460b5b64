"""Why an order may not be made, in an officer's words; the codes are the contract's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vigil.law.facts import Regime
from vigil.law.validity import validity

BEGAN = date(2020, 1, 20)
SAID: list[tuple[str, date, dict[str, Any], str, str]] = [
    (
        "STALK_PO",
        date(2019, 6, 1),
        {},
        "not_in_force",
        "A stalking protection order could not be made in England and Wales on 1 June 2019: "
        "the power to make it (Stalking Protection Act 2019 ss. 1-2) began on 20 January 2020.",
    ),
    (
        "ROSHO",
        date(2015, 3, 8),
        {},
        "not_in_force",
        "A risk of sexual harm order could not be made in England and Wales on 8 March 2015: "
        "the power to make it (Sexual Offences Act 2003 s. 123) ended on 7 March 2015.",
    ),
    (
        "S_DAPO",
        date(2026, 11, 23),
        {"jurisdiction": "S"},
        "not_in_force",
        "A domestic abuse protection order could not be made in Scotland on 23 November 2026: "
        "it has never been in force (Domestic Abuse (Protection) (Scotland) Act 2021 Part 1).",
    ),
    (
        "STALK_PO",
        date(2026, 11, 23),
        {"jurisdiction": "NI"},
        "not_in_force",
        "A stalking protection order could not be made in Northern Ireland on 23 November 2026: "
        "it belongs to the law of England and Wales.",
    ),
    (
        "DAPO",
        date(2024, 12, 2),
        {"area": "Leeds"},
        "not_in_force_in_area",
        "A domestic abuse protection order could be made in pilot areas only on "
        "2 December 2024, and this area was not one of them.",
    ),
    (
        "DVPN",
        date(2026, 3, 2),
        {"issuer_rank": "chief_inspector"},
        "rank_too_low",
        "It needs an officer of the rank of superintendent or above.",
    ),
    (
        "STALK_PO",
        BEGAN,
        {"applicant": "victim"},
        "applicant_not_allowed",
        "Only the police may ask for it.",
    ),
    (
        "RO_CONV",
        date(2026, 3, 2),
        {"applicant": "victim"},
        "applicant_not_allowed",
        "Only the prosecution may ask for it. The court may make it unasked.",
    ),
    (
        "DVPO",
        date(2026, 3, 2),
        {"subject_age": 17},
        "subject_too_young",
        "The person it is made against must be 18 or over.",
    ),
    (
        "DVPO",
        date(2026, 3, 2),
        {"last_day": date(2026, 3, 14)},
        "too_short",
        "It must run for at least 14 days: until 15 March 2026 or later.",
    ),
    (
        "DVPO",
        date(2026, 3, 2),
        {"last_day": date(2026, 3, 30)},
        "too_long",
        "It may run for at most 28 days: until 29 March 2026.",
    ),
    (
        "STALK_PO",
        BEGAN,
        {"last_day": date(2022, 1, 18)},
        "too_short",
        "It must run for at least 2 years: until 19 January 2022 or later.",
    ),
]


@pytest.mark.parametrize(("instrument", "made_on", "asked", "code", "message"), SAID)
def test_a_problem_is_said_in_an_officers_words(
    instrument: str, made_on: date, asked: dict[str, Any], code: str, message: str
) -> None:
    found = validity(instrument, made_on, **asked)

    assert [(problem.code, problem.message) for problem in found.problems] == [(code, message)]


def test_a_proposed_order_of_another_nation_is_never_called_law() -> None:
    found = validity("SERIAL_PO", date(2026, 11, 23), Regime.PALADIN, jurisdiction="S")

    assert [problem.message for problem in found.problems] == [
        "A serial perpetrator order could not be made in Scotland on 23 November 2026: "
        "it is proposed for England and Wales only."
    ]


def test_the_day_on_which_the_power_began_finds_no_problem() -> None:
    assert validity("STALK_PO", BEGAN).problems == ()
    assert validity("STALK_PO", date(2020, 1, 19)).problems != ()

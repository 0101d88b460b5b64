"""What is due a re-check, twelve months after its last: by Act, with the oldest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vigil.law.facts import Confidence, Fact, Provision, Regime
from vigil.law.freshness import due_from, freshness
from vigil.law.loading import law

CHECKED = date(2026, 11, 23)


def fact(act: str, checked_on: date, confidence: Confidence = Confidence.VERIFIED) -> Fact:
    some = law(Regime.IN_FORCE).facts[0]
    place = Provision(act, "s. 1", None)
    return replace(some, provision=place, checked_on=checked_on, confidence=confidence)


@pytest.mark.parametrize(
    ("checked_on", "expected"),
    [
        (CHECKED, date(2027, 11, 23)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
    ids=["a Monday", "29 February: the 28th", "28 February before a leap year"],
)
def test_a_value_is_due_on_the_same_date_a_year_later(checked_on: date, expected: date) -> None:
    assert due_from(checked_on) == expected


@pytest.mark.parametrize(
    ("on", "due"),
    [(date(2027, 11, 22), 0), (date(2027, 11, 23), 1), (date(2027, 11, 24), 1)],
    ids=["the day before", "the day", "the day after"],
)
def test_it_is_due_from_that_day_on(on: date, due: int) -> None:
    found = freshness(on, [fact("One Act", CHECKED)])

    assert found.due == due
    assert found.is_fresh is (due == 0)


def test_the_values_are_counted_by_act_and_the_oldest_stands_first() -> None:
    found = freshness(
        CHECKED,
        [
            fact("B Act", CHECKED),
            fact("A Act", CHECKED),
            fact("C Act", date(2025, 1, 1), Confidence.UNSETTLED),
            fact("C Act", CHECKED),
        ],
    )

    assert [source.act for source in found.sources] == ["C Act", "A Act", "B Act"]
    assert found.sources[0].answer() == {
        "act": "C Act",
        "values": 2,
        "due": 1,
        "unsettled": 1,
        "oldest_checked_on": "2025-01-01",
        "due_from": "2026-01-01",
    }
    assert (found.values, found.due) == (4, 1)


def test_all_of_the_data_is_asked_proposals_and_bank_holidays_too() -> None:
    found = freshness(CHECKED)
    acts = {source.act for source in found.sources}

    assert found.values > len(law(Regime.PALADIN).facts)
    assert {"Stalking Protection Act 2019", "Banking and Financial Dealings Act 1971"} <= acts
    assert any(act.startswith("Paladin") for act in acts)
    assert date(2027, 12, 31) in found.horizons.values()

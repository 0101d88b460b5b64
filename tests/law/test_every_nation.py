"""Every instrument in Scotland and Northern Ireland, on every day: an answer, or the named error.

England and Wales is walked elsewhere. What may never happen is a fact that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from vigil.law.ask import answer
from vigil.law.facts import Regime
from vigil.law.loading import law
from vigil.law.vocabulary import (
    EVENTS,
    FRAMEWORKS,
    INSTRUMENTS,
    PROPOSED_FRAMEWORKS,
    PROPOSED_INSTRUMENTS,
)

REGIMES = ("in_force", "paladin")
NATIONS = ("S", "NI")
NEVER = ("S_DAPN", "S_DAPO", "NI_DVPN", "NI_DVPO", "NI_DAPN", "NI_DAPO")


def turning_days(codes: set[str]) -> list[date]:
    """Each day on which a fact about one of the codes begins or has just ended, and its eve."""
    days = {date(2010, 1, 1), date(2020, 2, 29), date(2027, 12, 31)}
    for fact in law(Regime.PALADIN).facts:
        if fact.of in codes:
            days |= {fact.first_day, fact.last_day or fact.first_day}
    eves = {date.fromordinal(day.toordinal() + step) for day in days for step in (-1, 0, 1)}
    return sorted(day for day in eves if 2010 <= day.year <= 2027)


def questions(instrument: str, day: str) -> Iterator[dict[str, Any]]:
    for event in EVENTS:
        for no_fixed_abode in (True, False):
            yield {
                "ask": "notification",
                "event": event,
                "on": day,
                "no_fixed_abode": no_fixed_abode,
            }
    if instrument in FRAMEWORKS or instrument in PROPOSED_FRAMEWORKS:
        return
    yield {"ask": "breach", "on": day}
    for last_day in (None, day):
        yield {
            "ask": "validity",
            "made_on": day,
            "last_day": last_day,
            "applicant": "police",
            "issuer_rank": "inspector",
            "subject_age": 9,
            "area": "Inverallan",
        }


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("instrument", [*INSTRUMENTS, *PROPOSED_INSTRUMENTS, "SOA_PART_2"])
def test_every_question_has_an_answer_or_is_not_in_force(
    instrument: str, nation: str, regime: str
) -> None:
    is_known = instrument not in PROPOSED_INSTRUMENTS or regime == "paladin"
    for day in turning_days({instrument, "S_SUMMARY", "NI_SUMMARY"}):
        for question in questions(instrument, day.isoformat()):
            asked = {**question, "instrument": instrument, "jurisdiction": nation}
            found = answer({"id": "1", "regime": regime, **asked})
            if "error" in found:
                code = found["error"]["code"]
                assert code == ("not_in_force" if is_known else "unknown_instrument"), found
                assert question["ask"] != "validity" or not is_known
            else:
                assert found["authority"], asked


@pytest.mark.parametrize("instrument", NEVER)
@pytest.mark.parametrize("day", ["2010-01-01", "2026-11-23", "2027-12-31"])
def test_what_was_never_in_force_says_by_which_provision(instrument: str, day: str) -> None:
    nation = instrument.split("_", maxsplit=1)[0]
    asked = {"id": "1", "instrument": instrument, "jurisdiction": nation}
    found = answer({**asked, "ask": "validity", "made_on": day})

    assert found["valid"] is False
    assert [problem["code"] for problem in found["problems"]] == ["not_in_force"]
    assert found["authority"]
    assert answer({**asked, "ask": "breach", "on": day})["error"]["code"] == "not_in_force"


@pytest.mark.parametrize(
    ("instrument", "nation", "day", "nature", "summary", "confidence"),
    [
        # Abusive Behaviour and Sexual Harm (Scotland) Act 2016 s. 37, in force from 31 Mar 2023.
        ("SHPO", "S", "2023-03-30", "criminal", 12, "unsettled"),
        ("SHPO", "S", "2023-03-31", "criminal", 12, "known"),
        ("SHPO_I", "S", "2026-11-23", "criminal", 12, "known"),
        ("SRO", "S", "2026-11-23", "criminal", 12, "known"),
        ("SRO_I", "S", "2026-11-23", "criminal", 12, "known"),
        # SOA s. 136ZA: the prohibitions apply throughout the United Kingdom.
        ("SHPO", "NI", "2015-03-08", "criminal", 6, "known"),
        ("SRO", "NI", "2026-11-23", "criminal", 6, "secondary"),
        # SPA: the terms bind (s. 2(4)); the offence of s. 8 extends to England and Wales only.
        ("STALK_PO", "S", "2026-04-28", "none", None, "verified"),
        ("STALK_PO", "NI", "2026-04-29", "none", None, "unsettled"),
        # Protection from Stalking Act (NI) 2022 s. 13(2): outside Northern Ireland as well.
        ("NI_STALK_PO", "EW", "2026-11-23", "criminal", 6, "unsettled"),
        ("NI_STALK_PO", "S", "2026-11-23", "criminal", 6, "unsettled"),
        ("NI_STALK_PO", "NI", "2026-11-23", "criminal", 6, "verified"),
        # DAA s. 39 extends to the United Kingdom.
        ("DAPO", "S", "2025-06-01", "criminal_or_contempt", 12, "known"),
        ("DAPO", "NI", "2025-06-01", "criminal_or_contempt", 6, "known"),
        # The repeal of risk of sexual harm orders extends to England and Wales only.
        ("ROSHO", "NI", "2026-11-23", "criminal", 6, "secondary"),
    ],
)
def test_a_breach_in_another_nation_is_what_that_nation_says(
    instrument: str, nation: str, day: str, nature: str, summary: int | None, confidence: str
) -> None:
    found = answer(
        {"id": "1", "ask": "breach", "instrument": instrument, "jurisdiction": nation, "on": day}
    )

    assert found["nature"] == nature
    assert found["max_custody_months_summary"] == summary
    assert found["confidence"] == confidence


@pytest.mark.parametrize("nation", NATIONS)
def test_part_2_follows_a_sexual_harm_prevention_order_into_every_nation(nation: str) -> None:
    asked = {"id": "1", "ask": "notification", "instrument": "SHPO", "jurisdiction": nation}
    served = answer({**asked, "event": "served", "on": "2026-03-02"})
    moved = answer({**asked, "event": "address_changed", "on": "2026-03-02"})

    assert (served["last_day"], served["confidence"]) == ("2026-03-04", "unsettled")
    assert (moved["last_day"], moved["items"]) == ("2026-03-04", ["home_address"])
    assert moved["confidence"] == "known"


@pytest.mark.parametrize(("nation", "first_day"), [("S", "2015-03-08"), ("NI", "2015-03-08")])
def test_an_order_reaches_no_further_back_than_it_could_be_made(
    nation: str, first_day: str
) -> None:
    eve = date.fromordinal(date.fromisoformat(first_day).toordinal() - 1).isoformat()
    asked = {"id": "1", "ask": "breach", "instrument": "SHPO", "jurisdiction": nation}

    assert "error" not in answer({**asked, "on": first_day})
    assert answer({**asked, "on": eve})["error"]["code"] == "not_in_force"

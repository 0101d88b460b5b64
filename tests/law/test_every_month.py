"""Every instrument, each month from 2010 to 2027, every kind: an answer or not in force, no more.

Never a missing value and never a code that is not the contract's. Asked in England and Wales; what
the answers are is the matter of the cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from vigil.law.ask import answer
from vigil.law.content import content
from vigil.law.errors import NotInForceError
from vigil.law.loading import law
from vigil.law.vocabulary import ARRESTS, EVENTS, INSTRUMENTS, ITEMS, NATURES, RULE_KINDS

MONTHS = [date(year, month, 1) for year in range(2010, 2028) for month in range(1, 13)]
OF_ENGLAND_AND_WALES = [code for code in INSTRUMENTS if not code.startswith(("S_", "NI_"))]


def asked(kind: str, instrument: str, number: int, on: date) -> Iterator[Mapping[str, Any]]:
    """The question of a kind; events take turns, so that each meets each season."""
    day = on.isoformat()
    if kind == "validity":
        yield {"ask": kind, "instrument": instrument, "made_on": day, "last_day": None}
    elif kind == "breach":
        yield {"ask": kind, "instrument": instrument, "on": day}
    else:
        event = EVENTS[number % len(EVENTS)]
        yield {
            "ask": kind,
            "instrument": instrument,
            "event": event,
            "on": day,
            "no_fixed_abode": number % 2 == 0,
        }


def is_sound(kind: str, said: Mapping[str, Any]) -> bool:
    """Whether the answer is in the codes of the contract, and whole."""
    if kind == "validity":
        return said["valid"] is (said["problems"] == [])
    if kind == "notification":
        return (said["last_day"] is None) is (said["items"] == []) and set(said["items"]) <= set(
            ITEMS
        )
    is_crime = said["nature"].startswith("criminal")
    return (
        said["nature"] in NATURES
        and said["arrest"] in ARRESTS
        and (said["max_custody_months_summary"] is not None) is is_crime
        and (said["max_custody_months_indictment"] is not None) is is_crime
        and (said["offence"] is None or is_crime)
        and (said["contempt"] is not None) is ("contempt" in said["nature"])
    )


@pytest.mark.parametrize("regime", ["in_force", "paladin"])
@pytest.mark.parametrize("kind", ["validity", "breach", "notification"])
@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_a_month_has_an_answer_or_was_not_in_force(instrument: str, kind: str, regime: str) -> None:
    months = MONTHS if regime == "in_force" else MONTHS[::3]
    for number, on in enumerate(months):
        for question in asked(kind, instrument, number, on):
            said = answer({"id": "1", "regime": regime, **question})
            if "error" in said:
                assert (said["error"]["code"], kind == "validity") == ("not_in_force", False)
                continue
            assert is_sound(kind, said), (question, said)
            assert said["authority"]
            assert said["confidence"]


@pytest.mark.parametrize("instrument", OF_ENGLAND_AND_WALES)
def test_what_may_be_made_can_be_breached_and_has_a_content(instrument: str) -> None:
    """An order that can be made on a day binds on that day, and says what it may contain."""
    for on in MONTHS:
        valid = answer(
            {"id": "1", "ask": "validity", "instrument": instrument, "made_on": on.isoformat()}
        )
        breach = answer(
            {"id": "1", "ask": "breach", "instrument": instrument, "on": on.isoformat()}
        )
        if valid["valid"]:
            assert "error" not in breach
        try:
            assert content(instrument, on).kinds <= set(RULE_KINDS)
        except NotInForceError:
            assert "error" in breach
        else:
            assert "error" not in breach


TOLD = (
    "who_may_ask",
    "who_decides",
    "test",
    "duration_text",
    "variation",
    "discharge",
    "appeal",
    "territorial_effect",
    "breach_text",
    "binds_from",
)
# Where law.md, and the Acts as far as they were read, say nothing of their own.
SILENT = {
    ("VOO_I", "test"), ("CBO_I", "test"),
    ("SHPO_I", "variation"), ("SHPO_I", "discharge"),
    ("SRO_I", "variation"), ("SRO_I", "discharge"),
    ("ROSHO", "territorial_effect"),
}  # fmt: skip


TO_BE_TOLD = [
    (code, what) for code in OF_ENGLAND_AND_WALES for what in TOLD if (code, what) not in SILENT
]


@pytest.mark.parametrize(("instrument", "what"), TO_BE_TOLD)
def test_every_month_in_which_it_may_be_made_says_who_how_long_and_how_it_ends(
    instrument: str, what: str
) -> None:
    """No gap between two texts where the law changed, and none at the day it began."""
    facts = law()
    begins = [
        fact.first_day
        for fact in facts.facts
        if fact.of == instrument and fact.what in ("may_be_made", "may_be_made_in")
    ]
    for on in (*MONTHS, *begins):
        if answer({"id": "1", "ask": "validity", "instrument": instrument,
                   "made_on": on.isoformat()})["valid"]:  # fmt: skip
            assert facts.find(instrument, what, on=on, jurisdiction="EW"), on

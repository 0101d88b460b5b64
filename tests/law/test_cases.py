"""The tables of cases that a lawyer can read, each asked through the front door."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.law.cases import Case, all_cases
from vigil.law.ask import KINDS, answer
from vigil.law.vocabulary import INSTRUMENTS, PROPOSED_INSTRUMENTS

CASES = all_cases()
CLOCK_CASES = [case for case in CASES if case.question["ask"] == "clock"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.question['ask']}: {case.name}")
def test_the_case_is_answered_as_it_was_counted_by_hand(case: Case) -> None:
    found = answer({"id": "case", **case.question})

    assert found["id"] == "case"
    if case.error is not None:
        assert set(found) == {"id", "error"}
        assert found["error"]["code"] == case.error
        return
    assert "error" not in found, found
    assert {field: found[field] for field in case.answer} == dict(case.answer), case.working
    assert not set(case.absent) & set(found)
    if case.problems is not None:
        assert [problem["code"] for problem in found["problems"]] == case.problems, case.working
    cited = [provision["provision"] for provision in found["authority"]]
    assert set(case.cites) <= set(cited)


def test_a_clock_without_a_doubtful_day_has_one_answer() -> None:
    doubtless = [case for case in CLOCK_CASES if "due_at_if_excluded" not in case.answer]
    for case in doubtless:
        assert "due_at_if_excluded" not in answer({"id": "1", **case.question}), case.name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_says_how_it_was_counted(case: Case) -> None:
    assert len(case.working) > 6
    assert bool(case.answer) != bool(case.error)


def test_no_two_cases_of_a_kind_have_one_name() -> None:
    names = [(case.question["ask"], case.name) for case in CASES]
    assert len(names) == len(set(names))


def test_the_weekdays_named_in_the_working_of_clocks_are_right() -> None:
    """The first weekday in the working is that of `from_at`, where the working begins with it."""
    for case in CLOCK_CASES:
        first = case.working.split()[0].rstrip(",")
        if first in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}:
            from_at: Any = datetime.fromisoformat(case.question["from_at"])
            in_london = from_at.astimezone(ZoneInfo("Europe/London"))
            assert first == in_london.strftime("%a") or "UTC" in case.working, case.name


def test_there_are_cases_of_every_kind() -> None:
    assert {case.question["ask"] for case in CASES} == set(KINDS)
    assert len(CASES) >= 480


@pytest.mark.parametrize("instrument", [*INSTRUMENTS, *PROPOSED_INSTRUMENTS])
def test_every_instrument_is_asked_for_its_making_and_its_breach(instrument: str) -> None:
    asked = {
        case.question["ask"] for case in CASES if case.question.get("instrument") == instrument
    }
    assert {"validity", "breach"} <= asked


def test_every_recommendation_has_a_case() -> None:
    proposed = {case.answer.get("recommendation") for case in CASES}
    assert set(range(1, 7)) <= proposed

"""The tables of cases that a lawyer can read, each asked through the front door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.law.cases import Case, all_cases, cases
from vigil.law.ask import answer

CASES = all_cases()


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
    doubtless = [case for case in cases("clock") if "due_at_if_excluded" not in case.answer]
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
    for case in cases("clock"):
        first = case.working.split()[0]
        if first in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}:
            from_at: Any = datetime.fromisoformat(case.question["from_at"])
            assert first in {from_at.strftime("%a")} or "UTC" in case.working, case.name

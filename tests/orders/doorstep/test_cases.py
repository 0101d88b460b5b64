"""The table of doorstep cases that an officer can read, each asked through the front door."""

from __future__ import annotations

import json
from itertools import product

import pytest

from tests.orders.doorstep.cases import Case, all_cases, live_cases, named_rules
from vigil.orders.doorstep.ask import answer
from vigil.orders.doorstep.words import ACTS, MEANS, RULES, Missing, Verdict

CASES = all_cases()
FIELDS = {"id", "verdict", "clauses", "because", "missing", "nature", "arrest", "offence"}
PROPOSED = {"proposed", "recommendation", "standing"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_the_case_is_answered_as_the_contract_says(case: Case) -> None:
    found = answer(case.question)

    assert found["id"] == case.name
    if case.error is not None:
        assert set(found) == {"id", "error"}
        assert found["error"]["code"] == case.error, case.working
        return
    assert "error" not in found, found
    assert set(found) - PROPOSED == FIELDS | {"authority", "confidence"}
    assert found["verdict"] == case.verdict, (case.working, found["because"])
    assert [(each["ref"], each["clause"]) for each in found["clauses"]] == list(case.clauses)
    assert found["missing"] == list(case.missing), case.working
    assert {field: found.get(field) for field in case.answer} == dict(case.answer), case.working
    said = " ".join(found["because"])
    assert [each for each in case.says if each not in said] == [], said
    assert [each for each in case.never_says if each in said] == [], said


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_every_answer_has_its_shape(case: Case) -> None:
    found = answer(case.question)
    if case.error is not None:
        return

    assert found["authority"], "an answer without authority"
    assert found["because"], "an answer without a reason"
    is_breach_or_open = found["verdict"] != "not_breach"
    assert bool(found["clauses"]) == is_breach_or_open
    assert (found["nature"] is not None) == is_breach_or_open
    assert (found["arrest"] is not None) == is_breach_or_open
    assert bool(found["missing"]) == (found["verdict"] == "cannot_tell")
    if is_breach_or_open:
        assert len(found["because"]) == len(found["clauses"]), "one sentence a clause"
    json.dumps(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file}: {case.name}")
def test_every_case_says_what_it_expects_and_why(case: Case) -> None:
    assert len(case.working) > 6
    assert (case.verdict is None) != (case.error is None)
    assert bool(case.clauses) == (case.verdict in {"breach", "cannot_tell"})


def test_no_two_cases_have_one_name() -> None:
    names = [case.name for case in CASES]
    assert [name for name in names if names.count(name) > 1] == []


def test_there_are_enough_of_them_and_enough_to_play() -> None:
    assert len(CASES) >= 300
    assert len(live_cases()) >= 100


def test_every_pair_of_act_and_rule_is_in_the_table() -> None:
    asked = {
        (case.question["act"]["kind"], order["conditions"][0]["rule"]["kind"])
        for case in CASES
        if case.file == "pairs"
        for order in case.question["orders"]
    }
    assert asked == set(product(ACTS, RULES))


def test_every_word_of_the_contract_is_in_the_table() -> None:
    answered = [case for case in CASES if case.verdict is not None]
    assert {case.verdict for case in answered} == {each.value for each in Verdict}
    assert {m for case in answered for m in case.missing} == {each.value for each in Missing}
    assert {case.question["act"]["means"] for case in answered} - {None} == set(MEANS)
    codes = {case.error for case in CASES} - {None}
    assert codes == {"bad_question", "unknown_instrument", "not_in_force"}


def test_every_named_rule_is_used() -> None:
    used = {
        clause["text"] + json.dumps(clause["rule"])
        for case in CASES
        if case.verdict is not None
        for order in case.question["orders"]
        for holder in (order, *order["events"])
        for clause in holder.get("conditions", [])
    }
    unused = [
        name
        for name, each in named_rules().items()
        if each["text"] + json.dumps(each["rule"]) not in used
    ]
    assert unused == []

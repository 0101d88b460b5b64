"""The door of the questions: what it reads, what it refuses, what it hands back."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

import pytest

from tests.orders.doorstep.cases import AT, act, order
from vigil.law.breach import breach_consequence
from vigil.law.errors import NotInForceError
from vigil.law.facts import Regime
from vigil.orders.doorstep import consequence, words
from vigil.orders.doorstep.ask import answer, answer_all, read_act, read_order
from vigil.orders.doorstep.judge import judge


def question(**changed: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "id": "1",
        "at": AT,
        "act": act(towards="V-1", means="phone"),
        "orders": [order(rules=["no_contact_any", "other"])],
    }
    return usual | changed


def test_a_whole_answer_has_the_fields_of_the_contract() -> None:
    assert answer(question()) == {
        "id": "1",
        "verdict": "breach",
        "clauses": [{"ref": "O-1", "clause": "1"}],
        "because": [
            "O-1, clause 1: it forbids contact by phone with protected person 1; "
            "the order was served at 10:00am on 3 March 2026."
        ],
        "missing": [],
        "nature": "criminal",
        "arrest": "pace_s24",
        "offence": "ST19001",
        "authority": answer(question())["authority"],
        "confidence": "known",
    }


def test_the_authority_of_a_breach_is_that_of_its_consequence() -> None:
    cited = [(each["act"], each["provision"]) for each in answer(question())["authority"]]

    assert ("Stalking Protection Act 2019", "s. 8") in cited
    assert ("Police and Criminal Evidence Act 1984", "s. 24") in cited


def test_no_breach_cites_what_would_have_to_say_otherwise_of_every_order() -> None:
    orders = [order(rules=["no_phone_or_text"]), order(2, instrument="DVPO", rules=["no_damage"])]
    found = answer(question(act=act(towards="V-1", means="letter"), orders=orders))
    acts = {each["act"] for each in found["authority"]}

    assert {"Stalking Protection Act 2019", "Crime and Security Act 2010"} <= acts


def test_with_no_order_the_power_of_arrest_that_needs_none_is_cited() -> None:
    [cited] = answer(question(orders=[]))["authority"]

    assert (cited["act"], cited["provision"]) == ("Police and Criminal Evidence Act 1984", "s. 24")


@pytest.mark.parametrize("identifier", [None, 7, ["1"], {}])
def test_an_id_that_is_no_text_is_handed_back_with_the_error(identifier: Any) -> None:
    found = answer(question(id=identifier))

    assert found["id"] == identifier
    assert found["error"]["code"] == "bad_question"


def test_fields_that_the_contract_does_not_name_are_ignored() -> None:
    asked = question(weather="rain")
    asked["act"]["mood"] = 7
    asked["orders"][0]["court"] = ["x"]
    asked["orders"][0]["conditions"][0]["rule"]["colour"] = None

    assert answer(asked) == answer(question())


def test_a_question_is_left_as_it_was() -> None:
    asked = question(orders=[order(rules=["stay_from_square", "attend"])])
    before = copy.deepcopy(asked)
    answer(asked)

    assert asked == before


@pytest.mark.parametrize(
    "field",
    ["made_at", "served_at", "known_to_respondent_at", "last_day", "events", "jurisdiction"],
)
def test_what_an_order_may_leave_out_may_be_absent(field: str) -> None:
    asked = question()
    del asked["orders"][0]["events"]
    asked["orders"][0].pop(field, None)

    assert answer(asked)["verdict"] == "breach"


@pytest.mark.parametrize("field", ["towards", "means", "place", "consented"])
def test_what_an_act_may_not_know_may_be_absent(field: str) -> None:
    asked = question()
    del asked["act"][field]

    assert answer(asked)["verdict"] in {"breach", "cannot_tell"}


@pytest.mark.parametrize(
    "field", ["ref", "instrument", "respondent", "protected", "made_on", "conditions"]
)
def test_what_an_order_must_have_is_missed_by_name(field: str) -> None:
    asked = question()
    del asked["orders"][0][field]
    found = answer(asked)["error"]

    assert found["code"] == "bad_question"
    assert field in found["message"]


@pytest.mark.parametrize(
    ("spoilt", "named"),
    [
        ({"orders": {}}, "orders"),
        ({"orders": [7]}, "orders"),
        ({"at": 7}, "at"),
        ({"act": []}, "act"),
    ],
)
def test_what_is_ill_typed_is_named(spoilt: dict[str, Any], named: str) -> None:
    found = answer(question(**spoilt))["error"]

    assert found["code"] == "bad_question"
    assert named in found["message"]


@pytest.mark.parametrize(
    ("field", "edge"), [("lat", 90), ("lat", -90), ("lon", 180), ("lon", -180)]
)
def test_a_position_lies_on_the_earth(field: str, edge: int) -> None:
    def asked(value: float) -> dict[str, Any]:
        place = {"lat": 54.5, "lon": 1.5} | {field: value}
        held = [order(rules=["stay_from_circle", "keep_out_of_square"])]
        return answer(question(act=act(kind="presence", place=place), orders=held))

    assert asked(edge)["verdict"] == "not_breach"
    assert asked(edge * 1.0001)["error"]["code"] == "bad_question"


@pytest.mark.parametrize("number", [True, 1.5, None, "", ["1"]])
def test_a_clause_number_is_a_text_or_a_whole_number(number: Any) -> None:
    asked = question()
    asked["orders"][0]["conditions"][0]["clause"] = number

    assert answer(asked)["error"]["code"] == "bad_question"


def test_numbers_of_clauses_in_a_variation_are_handed_back_as_they_were_given() -> None:
    held = [{"clause": 4, "text": "x", "rule": {"kind": "no_contact", "persons": ["V-1"],
                                                "means": "any"}}]  # fmt: skip
    events = [
        {"kind": "varied", "at": "2026-06-01T10:00:00+01:00", "conditions": held},
        {"kind": "discharged", "at": "2027-06-01T10:00:00+01:00", "conditions": 7},
        {"kind": "extended", "at": "2027-06-01T10:00:00+01:00", "last_day": None},
    ]
    found = answer(question(orders=[order(rules=["no_damage"], events=events)]))

    assert found["clauses"] == [{"ref": "O-1", "clause": 4}]


def test_many_are_answered_in_order_and_one_bad_one_stops_nothing() -> None:
    found = list(answer_all([question(), 7, question(id="2", at="never"), question(id="3")]))

    assert [each["id"] for each in found] == ["1", None, "2", "3"]
    assert [each.get("error", {}).get("code") for each in found] == [
        None,
        "bad_question",
        "bad_question",
        None,
    ]


def test_an_error_never_repeats_what_it_found() -> None:
    secret = "54.123456"
    asked = question()
    asked["orders"][0]["conditions"][0]["rule"] = {
        "kind": "stay_away",
        "place": {"lat": secret, "lon": secret, "address_ref": secret},
        "radius_metres": secret,
    }
    assert secret not in answer(asked)["error"]["message"]


def test_the_law_may_have_ended_an_order_by_the_day_of_the_act(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No Act of today's data ends what it let be made; a later one may, and that is an error."""
    real = breach_consequence

    def ended(instrument: str, on: Any, *given: Any, **named: Any) -> Any:
        if on.isoformat() >= "2026-06-01":
            raise NotInForceError
        return real(instrument, on, *given, **named)

    monkeypatch.setattr(consequence, "breach_consequence", ended)
    consequence._consequence.cache_clear()
    try:
        assert answer(question())["error"]["code"] == "not_in_force"
    finally:
        consequence._consequence.cache_clear()


def test_an_answer_over_facts_names_every_clause_and_every_order() -> None:
    over = [{"kind": "discharged", "at": "2026-05-01T10:00:00+01:00"}]
    found = judge(
        at=datetime.fromisoformat(AT),
        act=read_act(act(towards="V-1", means="phone")),
        orders=[
            read_order(order(rules=["no_contact_any", "other", "no_damage"])),
            read_order(order(2, rules=["no_contact_any"], events=over)),
        ],
    )
    assert [(each.ref, each.clause, each.verdict) for each in found.findings] == [
        ("O-1", "1", words.Verdict.BREACH),
        ("O-1", "2", words.Verdict.CANNOT_TELL),
        ("O-1", "3", words.Verdict.NOT_BREACH),
        ("O-2", None, words.Verdict.NOT_BREACH),
    ]
    assert list(found.consequences) == ["O-1"]
    assert found.consequence is found.consequences["O-1"]
    assert found.consequence.max_custody_months_indictment == 60


def test_every_instrument_that_could_ever_be_made_can_be_asked_about_on_its_first_day() -> None:
    """From the first day on which each could be made, what its breach is must be in the data."""
    from vigil.law.loading import law
    from vigil.law.vocabulary import INSTRUMENTS

    asked = 0
    for fact in law().facts:
        if fact.what not in {"may_be_made", "may_be_made_in"} or fact.of not in INSTRUMENTS:
            continue
        for nation in fact.extent:
            bound = read_order(
                order(
                    instrument=fact.of,
                    jurisdiction=nation,
                    made_on=fact.first_day.isoformat(),
                    served_at=None,
                    rules=["other"],
                )
            )
            consequence.check_could_be_made([bound], Regime.IN_FORCE)
            asked += 1
    assert asked > 20


def test_the_words_are_those_of_the_recorded_rules() -> None:
    """One place for the words that a rule may hold, in the record and at the door."""
    from vigil.orders import conditions

    assert tuple(conditions.MEANS) == words.MEANS
    assert tuple(conditions.DAYS) == words.DAYS
    assert tuple(conditions.NOTIFIED) == words.NOTIFIED
    assert set(conditions.SHAPES) == set(words.RULES)

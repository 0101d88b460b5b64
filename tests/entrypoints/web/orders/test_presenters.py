"""What the pages say of the law and of a rule, in finished words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vigil.entrypoints.web.orders.presenters import law, orders, words
from vigil.law.vocabulary import APPLICANTS, ARRESTS, NATURES, RANKS

TODAY = date(2026, 11, 23)
OF_ENGLAND_AND_WALES = (
    *("DVPN", "DVPO", "DAPN", "DAPO", "STALK_PO", "STALK_PO_I", "RO_CONV", "RO_ACQ", "NMO"),
    *("OCC_O", "SHPO", "SHPO_I", "SRO", "SRO_I", "VOO", "VOO_I", "CBO", "CBO_I"),
)


def answers(instrument: str, on: date = TODAY) -> dict[str, law.LawRow]:
    return {row.question: row for row in law.law_rows(instrument, on)}


@pytest.mark.parametrize("instrument", OF_ENGLAND_AND_WALES)
def test_every_answer_on_the_law_has_its_provision(instrument: str) -> None:
    for row in law.law_rows(instrument, TODAY):
        assert row.answer.endswith(".")
        assert row.source
        assert row.sure


@pytest.mark.parametrize(
    ("instrument", "question", "said"),
    [
        ("STALK_PO", "For how long?", "2 years or more. It may run until further order."),
        ("STALK_PO_I", "For how long?", "It needs a last day."),
        ("DVPO", "For how long?", "14 to 28 days, the day of making counted. It needs a last day."),
        ("DVPN", "Who may issue it?", "An officer of the rank of superintendent or above."),
        ("DVPN", "Is it a crime?", "Not a crime of its own."),
        ("STALK_PO", "Is it a crime?", "A crime. Offence ST19001."),
        ("STALK_PO", "What can follow?", "Up to 5 years in custody in the Crown Court."),
        ("DVPO", "What must he tell?", "Nothing. Its service starts no duty to notify."),
    ],
)
def test_the_law_is_said_in_a_sentence(instrument: str, question: str, said: str) -> None:
    assert answers(instrument)[question].answer == said


def test_before_its_act_there_is_no_breach_of_it() -> None:
    (row,) = law.breach_rows("STALK_PO", date(2020, 1, 19))
    assert "not" in row.answer
    assert law.proposed_breach("STALK_PO", TODAY) is None


@pytest.mark.parametrize("instrument", ["DVPN", "DVPO"])
def test_a_proposal_names_its_recommendation(instrument: str) -> None:
    found = law.proposed_breach(instrument, TODAY)
    assert found is not None
    assert found.recommendation == "Recommendation 1"
    assert found.answer.startswith("A breach would be: a crime")


def test_an_act_is_named_once() -> None:
    assert law.cite([("Act A", "s. 1"), ("Act A", "s. 2"), ("Act B", "s. 3")]) == (
        "Act A s. 1; s. 2; Act B s. 3"
    )


def test_a_hearing_past_the_calendar_is_not_guessed() -> None:
    words_, _ = law.hearing("DVPN", datetime(2031, 12, 30, 12, 0, tzinfo=UTC))
    assert words_ == "Ask the court: the calendar here does not say"


def test_every_code_of_the_law_has_its_words() -> None:
    assert set(law.NATURE) == set(NATURES)
    assert set(law.ARREST) == set(ARRESTS)
    assert set(law.APPLICANT) == set(APPLICANTS)
    assert set(words.RANK) == set(RANKS)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"kind": "no_contact", "persons": ["V-1"], "means": ["text", "email"], "except": []},
            "Read as: no contact: Protected person 1, by text message and e-mail.",
        ),
        (
            {"kind": "stay_away", "place": {"address_ref": "L-1"}, "radius_metres": 100},
            "Read as: stay away from a place: 100 metres.",
        ),
        (
            {"kind": "stay_away", "persons": ["V-9"]},
            "Read as: stay away from a person: Protected person.",
        ),
        (
            {
                "kind": "curfew",
                "days": ["mon", "tue"],
                "from_time": "19:00",
                "to_time": "07:00",
                "address_ref": "L-1",
            },
            "Read as: be at an address at night or at set hours: 19:00 to 07:00, Monday and "
            "Tuesday.",
        ),
        (
            {"kind": "notify", "what": "vehicle", "within_days": 3},
            "Read as: tell the police of a change: a new vehicle, within 3 days.",
        ),
        ({"kind": "wear_tag"}, "Read as: wear a tag."),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_rule_is_read_back_without_a_name_or_a_place(rule: object, said: str) -> None:
    assert orders.rule_words(rule, {"V-1": "Protected person 1"}) == said

"""The frame of every kind: ids, the order of errors, authority, the machine's time zone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.law.cases import all_cases
from vigil.law.ask import KINDS, answer, answer_all
from vigil.law.vocabulary import EVENTS, INSTRUMENTS

BREACH = {"id": "1", "ask": "breach", "instrument": "DVPO", "on": "2026-11-23"}
DAYS = st.dates(date(2020, 2, 1), date(2030, 1, 1))


def code(question: dict[str, Any]) -> str:
    found = answer(question)["error"]["code"]
    assert isinstance(found, str)
    return found


def test_the_id_is_handed_back_with_an_answer_and_with_an_error() -> None:
    assert answer(BREACH)["id"] == "1"
    assert answer({**BREACH, "on": "never"}) == {
        "id": "1",
        "error": {
            "code": "bad_question",
            "message": "expected on as YYYY-MM-DD, found a text",
        },
    }


@pytest.mark.parametrize("identifier", [None, 7, ["1"]])
def test_an_id_that_is_no_text_is_a_bad_question_and_is_still_handed_back(
    identifier: object,
) -> None:
    found = answer({**BREACH, "id": identifier})

    assert found["id"] == identifier
    assert found["error"]["code"] == "bad_question"


def test_a_missing_id_is_a_bad_question() -> None:
    assert answer({"ask": "breach"})["error"]["code"] == "bad_question"


@pytest.mark.parametrize("kind", ["horoscope", None, 3, "", ["breach"]])
def test_an_unknown_kind_is_a_bad_question(kind: object) -> None:
    assert code({**BREACH, "ask": kind}) == "bad_question"


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_with_no_fields_is_a_bad_question(kind: str) -> None:
    assert code({"id": "1", "ask": kind}) == "bad_question"


def test_the_errors_are_looked_for_in_their_order() -> None:
    everything = {**BREACH, "instrument": "NOPE", "on": "2026-02-30", "regime": "dream"}
    assert code(everything) == "bad_question"
    assert code({**everything, "on": "1900-01-01", "regime": "in_force"}) == "unknown_instrument"
    assert code({**BREACH, "on": "1900-01-01"}) == "not_in_force"
    too_late = {"id": "1", "ask": "clock", "clock": "dvpn_hearing"}
    assert code({**too_late, "from_at": "2028-01-01T00:00:00Z"}) == "calendar_exhausted"


def test_fields_that_are_not_named_are_ignored() -> None:
    assert answer({**BREACH, "colour": "blue", "clock": 7}) == answer(BREACH)


@pytest.mark.parametrize(
    "question",
    [
        {**BREACH, "on": None},
        {**BREACH, "on": "0001-01-01"},
        {**BREACH, "on": "9999-12-31"},
        {**BREACH, "on": "2026-11-23\n"},
        {**BREACH, "on": "２０２６-11-23"},
        {**BREACH, "on": True},
        {**BREACH, "on": {}},
        {**BREACH, "jurisdiction": None},
        {**BREACH, "instrument": ""},
        {"id": "1", "ask": "clock", "clock": "dvpn_hearing", "from_at": "0001-01-01T00:00+14:00"},
        {"id": "1", "ask": "clock", "clock": "dvpn_hearing", "from_at": "9999-12-31T23:00-12:00"},
        {"id": "1", "ask": "serial", "definition": "richards", "on": "2026-11-23", "reports": {}},
        {"id": "1", "ask": "serial", "definition": "richards", "on": "2026-11-23", "reports": [7]},
        {"id": "1", "ask": "notification", "instrument": "SOA_PART_2", "event": "periodic",
         "on": "2026-11-23", "no_fixed_abode": 0},
    ],
)  # fmt: skip
def test_what_is_missing_ill_typed_or_out_of_range_is_a_bad_question(
    question: dict[str, Any],
) -> None:
    assert code(question) == "bad_question"


def test_a_message_never_repeats_what_was_asked() -> None:
    found = answer({**BREACH, "on": "Jo Invented", "ask": "breach"})

    assert "Invented" not in json.dumps(found)


def test_many_questions_are_answered_in_order_and_one_bad_one_stops_none() -> None:
    found = list(answer_all([BREACH, 7, {**BREACH, "id": "2", "on": "x"}, {**BREACH, "id": "3"}]))

    assert [each["id"] for each in found] == ["1", None, "2", "3"]
    assert ["error" in each for each in found] == [False, True, True, False]


def test_answers_come_one_by_one_as_the_questions_do() -> None:
    def questions() -> Any:
        yield BREACH
        raise AssertionError("the second question was fetched before the first was answered")

    assert next(answer_all(questions()))["id"] == "1"


@settings(deadline=None)  # the time is that of a shared machine
@given(
    st.sampled_from(sorted(INSTRUMENTS)),
    st.sampled_from(["breach", "notification", "validity"]),
    st.sampled_from(EVENTS),
    st.dates(date(1990, 1, 1), date(2035, 1, 1)),
    st.sampled_from(["EW", "S", "NI"]),
    st.sampled_from(["in_force", "paladin"]),
)
def test_every_answer_has_an_authority_and_a_confidence(
    instrument: str, kind: str, event: str, on: date, jurisdiction: str, regime: str
) -> None:
    found = answer(
        {
            "id": "1",
            "ask": kind,
            "instrument": instrument,
            "event": event,
            "no_fixed_abode": False,
            "on": on.isoformat(),
            "made_on": on.isoformat(),
            "jurisdiction": jurisdiction,
            "regime": regime,
        }
    )

    if "error" in found:
        assert found["error"]["code"] == "not_in_force", found
        return
    assert found["authority"]
    assert all({"act", "provision", "url"} == set(each) for each in found["authority"])
    assert found["confidence"] in ("verified", "secondary", "known", "unsettled")
    if found.get("proposed"):
        assert regime == "paladin"
        assert found["confidence"] == "unsettled"


@settings(deadline=None)  # the time is that of a shared machine
@given(st.sampled_from(["served", "made", "name_changed"]), DAYS, st.integers(0, 500))
def test_a_last_day_never_moves_earlier_when_the_event_moves_later(
    event: str, on: date, later_by: int
) -> None:
    def last_day(day: date) -> str:
        question = {"id": "1", "ask": "notification", "instrument": "STALK_PO", "event": event}
        return str(answer({**question, "on": day.isoformat()})["last_day"])

    assert last_day(on) <= last_day(on + timedelta(days=later_by))


@settings(deadline=None)  # the time is that of a shared machine
@given(DAYS, st.integers(0, 500))
def test_a_yearly_last_day_never_moves_earlier_when_the_event_moves_later(
    on: date, later_by: int
) -> None:
    def last_day(day: date) -> str:
        question = {"id": "1", "ask": "notification", "instrument": "SOA_PART_2"}
        more = {"event": "periodic", "no_fixed_abode": False, "on": day.isoformat()}
        return str(answer({**question, **more})["last_day"])

    assert last_day(on) <= last_day(on + timedelta(days=later_by))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_nothing_depends_on_the_time_zone_of_the_machine(zone: str) -> None:
    questions = [{"id": str(n), **case.question} for n, case in enumerate(all_cases())]
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    program = (
        "import json, sys\nfrom vigil.law.ask import answer\n"
        "for line in sys.stdin: print(json.dumps(answer(json.loads(line))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=lines,
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )

    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [json.loads(json.dumps(answer(question))) for question in questions]

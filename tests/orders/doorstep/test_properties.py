"""What holds of any question at the doorstep, whatever it asks."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.orders.doorstep.questions import acts, conditions, orders, questions
from vigil.orders.doorstep.ask import answer

GRAVITY = ("not_breach", "cannot_tell", "breach")
CODES = {"bad_question", "unknown_instrument", "not_in_force"}
often = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@often
@given(questions())
def test_any_whole_question_has_one_of_three_verdicts(question: dict[str, Any]) -> None:
    found = answer(question)

    assert found.get("verdict") in GRAVITY, found
    json.dumps(found)


def test_the_questions_by_chance_have_all_three_verdicts() -> None:
    """Or nothing here would prove much."""
    seen: Counter[str] = Counter()

    @often
    @given(questions(least=1))
    def ask(question: dict[str, Any]) -> None:
        seen[answer(question)["verdict"]] += 1

    ask()
    assert set(seen) == set(GRAVITY)
    assert min(seen.values()) >= 6, seen


# A spoiler: what may stand anywhere in a question, and seldom should.
junk: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=3)
    | st.just([])
    | st.just({})
    | st.just([[]])
    | st.just("2026-11-20T22:15:00+00:00")
)


def _spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    within = [path] if path else []
    if isinstance(value, dict):
        return within + [s for key in value for s in _spots(value[key], (*path, key))]
    if isinstance(value, list):
        return within + [s for n, each in enumerate(value) for s in _spots(each, (*path, n))]
    return within


@settings(often, max_examples=200)
@given(questions(least=1, most=2), st.data())
def test_a_spoilt_question_has_a_verdict_or_a_named_error(
    question: dict[str, Any], data: Any
) -> None:
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from(_spots(question)))
        place: Any = question
        for step in way:
            place = place[step]
        if isinstance(place, dict) and data.draw(st.booleans()):
            del place[last]
        else:
            place[last] = data.draw(junk)
    found = answer(question)

    assert found.get("verdict") in GRAVITY or found["error"]["code"] in CODES


@often
@given(questions(least=2), st.randoms(use_true_random=False))
def test_the_order_of_the_orders_never_changes_the_verdict(
    question: dict[str, Any], random: Any
) -> None:
    first = answer(question)
    shuffled = list(question["orders"])
    random.shuffle(shuffled)
    second = answer({**question, "orders": shuffled})

    assert first["verdict"] == second["verdict"]
    assert first["missing"] == second["missing"]
    assert first["nature"] == second["nature"]
    assert sorted(map(str, first["clauses"])) == sorted(map(str, second["clauses"]))


@often
@given(questions(), orders(ref="O-9"))
def test_another_order_never_lowers_the_verdict(
    question: dict[str, Any], another: dict[str, Any]
) -> None:
    first = answer(question)["verdict"]
    second = answer({**question, "orders": [*question["orders"], another]})["verdict"]

    assert GRAVITY.index(second) >= GRAVITY.index(first)


@often
@given(questions(least=1))
def test_several_orders_answer_as_the_gravest_of_them_alone(question: dict[str, Any]) -> None:
    alone = [answer({**question, "orders": [each]}) for each in question["orders"]]
    together = answer(question)
    verdict = max((each["verdict"] for each in alone), key=GRAVITY.index)

    assert together["verdict"] == verdict
    bearing = [each for each in alone if each["verdict"] == verdict]
    assert together["clauses"] == [clause for each in bearing for clause in each["clauses"]]


@often
@given(questions(least=1))
def test_an_invitation_never_changes_the_answer(question: dict[str, Any]) -> None:
    asked = [{**question, "act": {**question["act"], "consented": c}} for c in (True, False)]
    invited, uninvited = map(answer, asked)

    for field in ("verdict", "clauses", "missing", "nature", "arrest", "offence", "authority"):
        assert invited[field] == uninvited[field]
    if invited["verdict"] != "not_breach":
        assert all("invited" in each for each in invited["because"])


@often
@given(questions(least=1))
def test_nobody_but_the_respondent_is_ever_in_breach(question: dict[str, Any]) -> None:
    stranger = {**question, "act": {**question["act"], "by": "P-9"}}

    assert answer(stranger)["verdict"] == "not_breach"


@often
@given(questions(least=1))
def test_a_notice_without_proof_of_service_is_never_broken(question: dict[str, Any]) -> None:
    for each in question["orders"]:
        each |= {"instrument": "DVPN", "served_at": None}

    assert answer(question)["verdict"] != "breach"


def _with_places_moved(value: Any) -> Any:
    """The same question seven degrees further east: all lies as it lay to each other."""
    if isinstance(value, dict):
        moved = {key: _with_places_moved(each) for key, each in value.items()}
        if "lat" in value:
            moved |= {"lon": value["lon"] + 7.25}
        return moved
    if isinstance(value, list):
        if len(value) == 2 and all(isinstance(each, float) for each in value):
            return [value[0] + 7.25, value[1]]
        return [_with_places_moved(each) for each in value]
    return value


@settings(often, max_examples=100)
@given(questions(least=1))
def test_where_a_zone_lies_is_never_told(question: dict[str, Any]) -> None:
    """Zone and act moved together along the parallel: the answer is the same to the letter."""
    assert answer(question) == answer(_with_places_moved(question))


NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@settings(often, max_examples=100)
@given(questions(least=1))
def test_no_reason_holds_a_length_a_coordinate_or_an_address(question: dict[str, Any]) -> None:
    found = answer(question)
    said = " ".join([*found["because"], *found["missing"]])

    assert not re.search(r"metre|kilomet|mile|yard|north|south|east of|west of|bearing", said)
    assert not re.search(r"L-[A-Z]", said)
    # Numbers are of orders, clauses and persons, and in days and times of day: small and whole,
    # or a year.
    assert all("." not in n and (int(n) < 60 or n.startswith("202")) for n in NUMBERS.findall(said))


@settings(often, max_examples=100)
@given(acts(), conditions(), st.integers(1, 3))
def test_the_act_alone_at_three_places_never_tells_how_far(
    act: dict[str, Any], held: list[dict[str, Any]], step: int
) -> None:
    """Asked from three places that lie all outside, it gives one and the same answer."""
    order = {
        "ref": "O-1",
        "instrument": "STALK_PO",
        "respondent": "P-1",
        "protected": ["V-1"],
        "made_on": "2026-03-02",
        "served_at": None,
        "conditions": held,
    }
    said = {
        json.dumps(
            answer(
                {
                    "id": "q",
                    "at": "2026-11-20T22:15:00+00:00",
                    "act": {**act, "place": {"lat": 50.0 + step * n / 4, "lon": -20.0}},
                    "orders": [order],
                }
            )
        )
        for n in range(3)
    }
    assert len(said) == 1

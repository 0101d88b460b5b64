"""The cases of the table, played with real orders: the record answers as the facts do.

On whichever database this run is; each case is made, served, changed and asked by the actions and
the one function that page and API call.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.orders.doorstep.cases import Case, live_cases
from tests.orders.doorstep.played import play
from vigil.orders.doorstep.ask import answer, say
from vigil.orders.doorstep.judge import NO_ORDER
from vigil.orders.errors import BadServiceError, NotLawfulError, OrdersError, SameOrderError

pytestmark = pytest.mark.django_db


def _named(told: Any, real: dict[str, str]) -> Any:
    """What was answered, with the record's references as the case writes them."""
    names = {reference: name for name, reference in real.items()}
    if isinstance(told, list):
        return [_named(one, real) for one in told]
    if isinstance(told, dict):
        return {key: _named(value, real) for key, value in told.items()}
    if isinstance(told, str):
        for reference, name in names.items():
            told = told.replace(reference, name)
    return told


# Marked live in the table, but no such order can be made, served or recorded: that is tested too.
REFUSED: Mapping[str, tuple[type[OrdersError], str]] = {
    "the tag removed, under two orders": (NotLawfulError, "electronic monitoring"),
    "contact against wear_tag": (NotLawfulError, "electronic monitoring"),
    "tag_removed against wear_tag": (NotLawfulError, "electronic monitoring"),
    "breach of both orders, in the order given": (SameOrderError, "of the same kind and day"),
    "a crime is graver than a contempt": (BadServiceError, "a service after the making"),
}
PLAYED = [case for case in live_cases() if case.name not in REFUSED]


@pytest.mark.parametrize("case", PLAYED, ids=lambda case: f"{case.file}: {case.name}")
def test_the_record_answers_as_the_facts_do(case: Case) -> None:
    played = play(case.question)
    answered = played.ask(case.question)
    told = _named(say(answered.found.answer), played.real)
    expected = answer(case.question)
    assert answered.found.unread == ()
    assert told["verdict"] == case.verdict == expected["verdict"]
    assert sorted((c["ref"], c["clause"]) for c in told["clauses"]) == sorted(case.clauses)
    for field in ("missing", "nature", "arrest", "offence"):
        assert told[field] == expected[field], field
    if case.question["act"]["by"] == "P-1":
        assert sorted(told["because"]) == sorted(expected["because"])
    else:  # the register is asked of who did it, and knows no order against him or her
        assert told["because"] == [NO_ORDER]


@pytest.mark.parametrize(
    "case", [c for c in live_cases() if c.name in REFUSED], ids=lambda case: case.name
)
def test_an_order_that_cannot_be_is_refused_before_it_is_asked_about(case: Case) -> None:
    error, words = REFUSED[case.name]
    with pytest.raises(error, match=words):
        play(case.question)


def test_a_hundred_and_fifty_cases_and_more_are_played() -> None:
    assert len(PLAYED) >= 150
    assert len(live_cases()) - len(PLAYED) == len(REFUSED)

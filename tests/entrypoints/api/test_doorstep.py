"""The doorstep over the API: the register's own orders, or those that a question brings."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.entrypoints.web.doorstep.conftest import (  # noqa: F401
    CANARIES,
    LAT,
    LON,
    World,
    own_home,
    world,
)
from tests.orders.doorstep.cases import all_cases
from vigil.access.viewer import Role
from vigil.ledger.models import Entry
from vigil.orders.doorstep.ask import answer
from vigil.orders.doorstep.judge import NO_ORDER

pytestmark = pytest.mark.django_db
BECAUSE = "incident 0212"


def ask(client: Client, body: object) -> Any:
    return client.post("/api/v1/doorstep", json.dumps(body), content_type="application/json")


def question(world: World, at: datetime, **act: Any) -> dict[str, Any]:  # noqa: F811
    told = {"by": world.him, "kind": "contact", "towards": world.her, "means": "phone"}
    return {"id": "q", "at": at.isoformat(), "act": told | act}


@pytest.fixture
def officer(program: Callable[..., Client]) -> Client:
    return program(Role.RESPONSE_OFFICER, because=BECAUSE)


def test_the_registers_orders_are_asked_and_the_answer_is_the_contracts(
    world: World,  # noqa: F811
    officer: Client,
    at: datetime,
) -> None:
    (told,) = ask(officer, [question(world, at)]).json()
    assert (told["id"], told["verdict"]) == ("q", "breach")
    assert told["clauses"] == [{"ref": world.order, "clause": "1"}]
    assert (told["nature"], told["arrest"], told["offence"]) == ("criminal", "pace_s24", "ST19001")
    assert told["authority"][0]["act"] == "Stalking Protection Act 2019"
    assert told["orders_held"] == 1
    (entry,) = Entry.objects.filter(did="monitoring.ask_doorstep")
    assert json.loads(entry.leaf)["because"] == BECAUSE


def test_many_are_asked_in_order_and_one_bad_one_never_stops_the_rest(
    world: World,  # noqa: F811
    officer: Client,
    at: datetime,
) -> None:
    good = question(world, at)
    bad: list[Any] = [
        7,
        {"id": 3},
        good | {"id": "no act", "act": None},
        good | {"id": "no offset", "at": "2026-11-23T12:00:00"},
        question(world, at, kind="tea") | {"id": "no such act"},
        question(world, at, by="Tarn Quillfeather") | {"id": "a name"},
        question(world, at, place={"lat": 91, "lon": 0}) | {"id": "off the globe"},
    ]
    told = ask(officer, [*bad, good]).json()
    assert [one.get("error", {}).get("code") for one in told] == ["bad_question"] * 7 + [None]
    assert [one["id"] for one in told[2:]] == [
        *("no act", "no offset", "no such act", "a name", "off the globe"),
        "q",
    ]
    assert "Quillfeather" not in json.dumps(told)
    assert Entry.objects.filter(did="monitoring.ask_doorstep").count() == 1


def test_a_question_that_brings_its_orders_is_answered_as_the_command_answers(
    world: World,  # noqa: F811
    officer: Client,
) -> None:
    questions = [dict(case.question) for case in all_cases() if "orders" in case.question][:60]
    told = ask(officer, questions).json()
    assert told == json.loads(json.dumps([answer(one) for one in questions]))
    assert not Entry.objects.filter(did="monitoring.ask_doorstep").exists()


def test_somebody_under_no_order_and_nobody_are_one_answer(
    world: World,  # noqa: F811
    officer: Client,
    at: datetime,
) -> None:
    told = ask(officer, [question(world, at, by=by) for by in (world.other, "P-0000ZZ")]).json()
    assert told[0] == told[1]
    assert (told[0]["verdict"], told[0]["because"]) == ("not_breach", [NO_ORDER])
    assert told[0]["orders_held"] == 0


def test_from_the_seventh_place_in_an_hour_the_answer_is_an_error(
    world: World,  # noqa: F811
    officer: Client,
    at: datetime,
) -> None:
    near = [
        question(world, at, kind="presence", place={"lat": LAT + n / 9, "lon": LON})
        for n in range(8)
    ]
    told = ask(officer, near).json()
    assert [one.get("verdict") for one in told] == ["breach"] + ["not_breach"] * 5 + [None] * 2
    assert told[7]["error"]["code"] == "too_many_questions"
    assert "Ask control by radio" in told[7]["error"]["message"]


def test_no_answer_holds_what_is_sealed(
    world: World,  # noqa: F811
    officer: Client,
    at: datetime,
) -> None:
    places: list[Any] = [None, {"lat": LAT, "lon": LON}, {"lat": LAT + 0.001, "lon": LON}]
    asked = [question(world, at, kind="presence", towards=None, place=place) for place in places]
    told = ask(officer, asked).content.decode()
    assert [canary for canary in (*CANARIES, world.her, world.place) if canary in told] == []


def test_too_long_a_list_is_refused(world: World, officer: Client, at: datetime) -> None:  # noqa: F811
    refused = ask(officer, [question(world, at)] * 101)
    assert refused.status_code == 400
    assert "at most 100 questions" in refused.json()["detail"]


def test_without_a_reason_nothing_is_answered(
    world: World,  # noqa: F811
    program: Callable[..., Client],
    at: datetime,
) -> None:
    refused = ask(program(Role.RESPONSE_OFFICER), [question(world, at)])
    assert refused.status_code == 400
    assert "Vigil-Because" in refused.json()["detail"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_read_orders_asks_nothing(
    world: World,  # noqa: F811
    program: Callable[..., Client],
    at: datetime,
    role: Role,
) -> None:
    assert ask(program(role, because=BECAUSE), [question(world, at)]).status_code == 403

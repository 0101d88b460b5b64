"""The law's accounts by the API: the same as the page and the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.permissions import EVERY_ROLE
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.law.facts import Regime
from vigil.law.plain.account import account, codes

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/law/instruments"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> object:
    settings.VIGIL_HOME = tmp_path
    with standing_at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        yield


def problem(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    return str(answer.json()["detail"])


def test_the_account_is_the_command_lines(program: Callable[..., Client]) -> None:
    asked = {"on": "2024-12-02", "area": "Croydon"}
    told = program(Role.RESPONSE_OFFICER).get(f"{ADDRESS}/DAPO", asked).json()

    assert told == account("DAPO", date(2024, 12, 2), area="Croydon").answer()


def test_the_day_is_today_unless_it_is_given(program: Callable[..., Client]) -> None:
    assert program(Role.ANALYST).get(f"{ADDRESS}/DVPO").json() == account("DVPO", TODAY).answer()


def test_the_proposals_are_asked_by_their_regime_and_marked(program: Callable[..., Client]) -> None:
    client = program(Role.ANALYST)

    problem(client.get(f"{ADDRESS}/SERIAL_PO"), 404)
    told = client.get(f"{ADDRESS}/SERIAL_PO", {"regime": "paladin"}).json()
    lines = [line for section in told["sections"] for line in section["sentences"]]
    assert all(line["proposed"] for line in lines)


def test_every_code_is_listed_with_its_states(program: Callable[..., Client]) -> None:
    told = program(Role.AUDITOR).get(ADDRESS, {"on": "2020-01-19"}).json()
    by_code = {each["instrument"]: each for each in told}

    assert set(by_code) == set(codes(Regime.PALADIN))
    assert by_code["STALK_PO"]["states"]["EW"] == "not_yet"
    assert by_code["SERIAL_PO"] == {
        "instrument": "SERIAL_PO",
        "name": "Serial perpetrator order (proposed)",
        "proposed": True,
        "states": None,
    }
    assert by_code["DETENTION"]["states"] is None


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"on": "2026-02-30"}, 400), ({"jurisdiction": "X"}, 400), ({"regime": "mine"}, 422)],
)
def test_what_cannot_be_read_is_one_sentence(
    program: Callable[..., Client], asked: dict[str, str], status: int
) -> None:
    assert problem(program(Role.ANALYST).get(f"{ADDRESS}/DVPO", asked), status)


def test_without_a_token_nothing_is_answered(client: Client) -> None:
    problem(client.get(ADDRESS), 401)
    problem(client.get(f"{ADDRESS}/DVPO"), 401)


@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_every_role_may_ask_without_a_reason(program: Callable[..., Client], role: Role) -> None:
    assert program(role).get(f"{ADDRESS}/DVPO").status_code == 200

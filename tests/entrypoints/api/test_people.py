"""Check a person over the API: asked by POST, looked at with a reason, never "no risk"."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.entrypoints.web.people import record
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db
BECAUSE = "incident 0212"
TERMS = {name: record.HE[f"suspect_{name}"] for name in ("surname", "forename", "born_on")}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings, at: datetime) -> Iterator[Path]:
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield tmp_path


@pytest.fixture
def filled(own_home: Path, at: datetime) -> str:
    """A record of two men; the reference of the one with three reports."""
    record.fill(own_home, at)
    return record.him(at)


def check(client: Client, **terms: str) -> Any:
    return client.post("/api/v1/people/check", json.dumps(terms), content_type="application/json")


def test_somebody_who_fits_is_told_with_what_fits_and_what_binds_him(
    program: Callable[..., Client], filled: str
) -> None:
    client = program(Role.RESPONSE_OFFICER, because=BECAUSE)
    told = check(client, **TERMS).json()
    first = told["matches"][0]
    assert first["person"] == filled
    assert first["names"]
    assert first["match_weight"] > 0
    assert first["is_registered"] is False
    assert first["orders"] == []
    assert told["says"] == "A name that is missing here is not proof there is no order."
    looked = Entry.objects.filter(did="access.look").latest("pk")
    assert filled in json.loads(looked.leaf)["targets"]


def test_nobody_who_fits_is_never_told_as_no_risk(
    program: Callable[..., Client], filled: str
) -> None:
    client = program(Role.CONTROL_ROOM, because=BECAUSE)
    told = check(client, surname="Zyxwvut", postcode="QQ1 1QQ").json()
    assert told["matches"] == []
    assert told["says"].startswith("No match in this register as of 12:00")
    assert told["says"].endswith("This is not proof there is no order.")
    assert Entry.objects.filter(did="access.look").exists()


def test_without_a_reason_nothing_is_searched(program: Callable[..., Client], filled: str) -> None:
    refused = check(program(Role.RESPONSE_OFFICER), **TERMS)
    assert refused.status_code == 400
    assert "Vigil-Because" in refused.json()["detail"]


def test_too_little_to_search_by_is_said(program: Callable[..., Client]) -> None:
    refused = check(program(Role.RESPONSE_OFFICER, because=BECAUSE), surname="Li")
    assert refused.status_code == 400
    assert "Enter 3 letters of a name" in refused.json()["detail"]


def test_a_field_that_is_not_known_is_refused_and_not_ignored(
    program: Callable[..., Client],
) -> None:
    refused = check(program(Role.RESPONSE_OFFICER, because=BECAUSE), surename="Zyxwvut")
    assert refused.status_code == 422
    assert "Zyxwvut" not in refused.json()["detail"]


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_that_works_on_no_suspect_searches_nobody(
    program: Callable[..., Client], role: Role
) -> None:
    assert check(program(role, because=BECAUSE), **TERMS).status_code == 403

"""The list of candidates: ranked with reasons, personal by its names, registering nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.entrypoints.web.people.record import OTHER_MAN, VICTIMS_WORDS
from vigil.access.viewer import Role
from vigil.ledger.errors import LedgerError
from vigil.ledger.models import Entry, Target

pytestmark = pytest.mark.django_db
Desk = Callable[..., Client]


def test_the_list_says_rank_name_reasons_and_that_it_registers_nobody(
    listed: str, desk: Desk
) -> None:
    page = " ".join(desk(Role.COORDINATOR).get("/candidates/").content.decode().split())
    assert "1 person waits for a decision." in page
    assert "puts nobody on the register" in page
    assert "QUILLFEATHER, Tarn" in page
    assert "since 23 November 2023 against 2 victims" in page
    assert "recency" in page
    assert "Invented table" in page
    assert "None yet" in page
    assert "Decide" not in page.replace("To decide", "").replace("Decided", "")
    assert not [words for words in VICTIMS_WORDS if words in page]


def test_the_authorising_officer_alone_has_a_way_to_decide(listed: str, desk: Desk) -> None:
    page = desk(Role.AUTHORISING_OFFICER).get("/candidates/").content.decode()
    assert f'href="/candidates/{listed}/decide/"' in page


def test_one_look_names_everyone_on_the_page_and_nobody_else(
    listed: str, desk: Desk, at: datetime
) -> None:
    client = desk(Role.ANALYST)
    client.get("/candidates/")
    entry = Entry.objects.filter(did="access.look").latest("pk")
    named = set(Target.objects.filter(entry=entry).values_list("reference", flat=True))
    assert listed in named
    assert OTHER_MAN not in named


def test_no_list_is_said_as_such(held: str, desk: Desk) -> None:
    page = desk(Role.ANALYST).get("/candidates/").content.decode()
    assert "No list has been made for your agency yet." in page


@pytest.mark.parametrize(
    "asked",
    ["?page=0", "?page=-1", "?page=999999", "?page=x", "?show=nonsense", "?show=decided&page=2"],
)
def test_a_page_that_is_not_there_is_the_nearest_one(listed: str, desk: Desk, asked: str) -> None:
    assert desk(Role.ANALYST).get(f"/candidates/{asked}").status_code == 200


@pytest.mark.parametrize(
    "role",
    [
        Role.RESPONSE_OFFICER,
        Role.CONTROL_ROOM,
        Role.CUSTODY_SERGEANT,
        Role.ADVOCATE,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ],
)
def test_the_stranger_is_refused(listed: str, desk: Desk, role: Role) -> None:
    assert desk(role).get("/candidates/").status_code == 403


def test_without_a_reason_the_reason_is_asked_for(listed: str, browser: Desk) -> None:
    assert browser(Role.ANALYST).get("/candidates/")["Location"].startswith("/reason/")


def test_nothing_is_shown_when_the_look_cannot_be_written(
    listed: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk(Role.AUTHORISING_OFFICER)

    def fail(**_: object) -> None:
        raise LedgerError

    monkeypatch.setattr("vigil.access.look.append", fail)
    client.raise_request_exception = False
    for address in ("/candidates/", f"/candidates/{listed}/decide/"):
        answer = client.get(address)
        assert answer.status_code >= 400
        assert "QUILLFEATHER" not in answer.content.decode().upper()

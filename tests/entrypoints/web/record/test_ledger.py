"""The ledger's page: whole or not, who did what, who looked at this record; for whom it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.ledger.sealing import head, seal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> None:
    settings.VIGIL_HOME = tmp_path


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def looked(viewer: Viewer, reference: str, at: datetime) -> None:
    with look(viewer=viewer, references=[reference], at=at):
        pass


def test_the_page_says_how_much_is_sealed_and_its_checkpoint(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.AUDITOR)
    assert "Nothing is sealed yet." in words(client.get("/ledger/"))
    newest = seal(at)
    assert newest is not None
    page = words(client.get("/ledger/"))
    assert f"<strong>{newest.size} entries are sealed.</strong> None waits to be sealed." in page
    assert f"{newest.size}:{newest.root}" in page


def test_who_looked_at_this_person_when_and_why(
    browser: Callable[..., Client], at: datetime, viewer_factory: Callable[..., Viewer]
) -> None:
    looked(viewer_factory(because="incident 0212"), "P-1042", at)
    looked(viewer_factory(because="incident 0999", username="bob"), "P-77", at)
    page = words(browser(Role.AUDITOR).post("/ledger/", {"about": "P-1042", "act": "about"}))
    assert "The entries of your agency about P-1042, newest first." in page
    assert "alice, offender manager" in page
    assert "incident 0212" in page
    assert "incident 0999" not in page
    assert "Looked" in page


def test_nobody_looked_is_said_as_what_it_is(browser: Callable[..., Client]) -> None:
    page = words(browser(Role.AUDITOR).post("/ledger/", {"about": "P-1", "act": "about"}))
    assert "No entry of your agency is about P-1." in page


def test_older_entries_are_paged_with_their_filter(
    browser: Callable[..., Client], at: datetime, viewer_factory: Callable[..., Viewer]
) -> None:
    for number in range(35):
        looked(viewer_factory(because=f"incident {number:04}"), "P-1042", at)
    client = browser(Role.AUDITOR)
    first = words(client.post("/ledger/", {"about": "P-1042"}))
    assert first.count("incident 00") == 25
    assert "incident 0034" in first
    before = first.split('name="before" value="')[1].split('"')[0]
    second = words(client.post("/ledger/", {"about": "P-1042", "before": before}))
    assert second.count("incident 00") == 10
    assert "Older entries" not in second
    assert "The newest entries" in second


def test_the_whole_ledger_is_checked_on_demand(
    browser: Callable[..., Client], at: datetime
) -> None:
    client = browser(Role.AUDITOR)
    seal(at)
    assert "The ledger is whole." in words(client.post("/ledger/", {"act": "verify"}))


def test_an_altered_entry_is_found(browser: Callable[..., Client], at: datetime) -> None:
    client = browser(Role.AUDITOR)
    seal(at)
    newest = head()
    assert newest is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET leaf = '{}' WHERE leaf_index = 1")
    page = words(client.post("/ledger/", {"act": "verify"}))
    assert "The ledger is NOT whole." in page
    assert "Entry 1: " in page
    assert "An entry on this page cannot be read: it was altered." in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"about": "Tobias Crandlemere"}, "Enter a reference such as P-1042, without blanks"),
        ({"about": "P" * 121}, "A reference has 120 characters or fewer"),
        ({"about": "P-1\x00"}, "Null characters are not allowed."),
        ({"before": "zero"}, "Go back to the newest entries"),
        ({"before": "0"}, "Go back to the newest entries"),
        ({"before": "9" * 30}, "Go back to the newest entries"),
    ],
    ids=["a name", "too long", "a null byte", "no number", "too small", "too large"],
)
def test_what_is_no_reference_is_said_in_one_sentence(
    browser: Callable[..., Client], sent: dict[str, str], sentence: str
) -> None:
    answer = browser(Role.AUDITOR).post("/ledger/", sent)
    assert answer.status_code == 400
    assert sentence in words(answer)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_the_ledger_is_for_auditors_and_administrators(
    browser: Callable[..., Client], role: Role
) -> None:
    may = role in {Role.AUDITOR, Role.ADMINISTRATOR}
    client = browser(role)
    assert client.get("/ledger/").status_code == (200 if may else 403)
    assert client.post("/ledger/", {"about": "P-1"}).status_code == (200 if may else 403)

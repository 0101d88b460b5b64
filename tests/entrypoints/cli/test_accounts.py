"""`vigil accounts` as a user types it: passwords by pipe, tokens told once, plain refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner, Result

from vigil.access import queries
from vigil.access.errors import NotAllowedError
from vigil.access.viewer import Role
from vigil.entrypoints.cli.accounts import app
from vigil.ledger.models import Entry

PASSWORD = "a long invented password"
WHO = ["--as", "ada", "--because", "yearly review"]
FIRST = ["first", "ada", "--agency", "10", "--agency-name", "Invented Force"]


def vigil(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=text)


@pytest.fixture
def founded(db: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VIGIL_HOME = tmp_path
    assert vigil(*FIRST, text=f"{PASSWORD}\n").exit_code == 0


def test_the_first_administrator_is_made_once(founded: None) -> None:
    assert queries.viewer_named("ada").role is Role.ADMINISTRATOR
    again = vigil(*FIRST, text=f"{PASSWORD}\n")
    assert (again.exit_code, again.stdout) == (2, "")
    assert "expected an installation without accounts" in again.stderr


def test_an_account_lives_from_open_to_closed(founded: None) -> None:
    bob = ["bob", "--role", "analyst", "--agency", "10"]
    assert vigil("open", *bob, *WHO, text=f"{PASSWORD}\n").exit_code == 0
    token = vigil("token", "bob", *WHO).stdout.strip()
    assert queries.viewer_of_token(token).username == "bob"
    assert vigil("password", "bob", *WHO, text="another invented one\n").exit_code == 0
    assert "1 tokens were revoked" in vigil("token", "bob", "--revoke", *WHO).stdout
    assert vigil("close", "bob", *WHO).exit_code == 0
    rows = json.loads(vigil("list", *WHO, "--json").stdout)
    assert [(r["username"], r["is_open"]) for r in rows] == [("ada", True), ("bob", False)]
    assert "bob  analyst  closed  0 tokens" in vigil("list", *WHO).stdout
    with pytest.raises(NotAllowedError):
        queries.viewer_of_token(token)


def test_an_agency_is_added_and_gets_its_first_administrator(founded: None) -> None:
    assert vigil("agency", "44", "--name", "Other Force", *WHO).exit_code == 0
    carol = ["carol", "--role", "administrator", "--agency", "44", "--name", "Carol"]
    assert vigil("open", *carol, *WHO, text=f"{PASSWORD}\n").exit_code == 0
    assert queries.viewer_named("carol").agency == "44"


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--because", "review"],
        ["list", "--as", "ada"],
        ["list", "--as", "mallory", "--because", "review"],
        ["close", "nobody-at-all", *WHO],
        ["close", "ada", *WHO],
        ["token", "nobody-at-all", *WHO],
        ["open", "bob", "--role", "analyst", "--agency", "99", *WHO],
        ["open", "Bob Smith", "--role", "analyst", "--agency", "10", *WHO],
        ["open", "bob", "--role", "king", "--agency", "10", *WHO],
        ["agency", "10", "--name", "Taken", *WHO],
    ],
    ids=lambda a: " ".join(a[:3]),
)
def test_a_refusal_is_one_sentence_and_changes_nothing(founded: None, arguments: list[str]) -> None:
    before = Entry.objects.count()
    refused = vigil(*arguments, text=f"{PASSWORD}\n")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Traceback" not in refused.stderr
    assert PASSWORD not in refused.stderr
    assert Entry.objects.count() == before

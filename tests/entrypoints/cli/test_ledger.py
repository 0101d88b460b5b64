"""`vigil ledger` as an auditor types it."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from typer.testing import CliRunner, Result

from vigil.access import actions
from vigil.access.viewer import INSTALLER, Role, Viewer
from vigil.entrypoints.cli.ledger import app
from vigil.ledger import verify
from vigil.ledger.models import Entry

AUDIT = ["--as", "aud", "--because", "audit 2027"]


def vigil(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def record(db: None, settings: LazySettings, at: datetime, tmp_path: Path) -> Viewer:
    """An installation with an administrator, an auditor and an analyst: three entries."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.VIGIL_HOME = tmp_path
    password = "a long invented password"
    ada = actions.found_installation(
        by=INSTALLER, at=at, code="10", name="Invented", username="ada", password=password
    )
    for username, role in (("aud", Role.AUDITOR), ("ann", Role.ANALYST)):
        actions.open_account(
            by=ada, at=at, agency="10", username=username, password=password, role=role
        )
    return ada


def test_a_checkpoint_is_printed_to_be_kept_and_found_again(record: Viewer) -> None:
    kept = vigil("checkpoint").stdout.strip()
    assert kept.startswith("3:")
    assert json.loads(vigil("checkpoint", "--json").stdout)["root"] == kept[2:]
    whole = vigil("verify", "--kept", kept)
    assert (whole.exit_code, whole.stdout.splitlines()[-1]) == (0, "The ledger is whole.")


def test_what_is_not_sealed_yet_is_told(record: Viewer) -> None:
    assert "not yet sealed 3" in vigil("verify").stdout
    assert json.loads(vigil("verify", "--json").stdout)["unsealed"] == 3


def test_a_record_that_was_tampered_with_ends_with_one(record: Viewer) -> None:
    vigil("checkpoint")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET agency = '99' WHERE leaf_index = 1")
    found = vigil("verify")
    assert found.exit_code == 1
    assert "The first entry that is wrong or may be is 1." in found.stdout


def test_an_export_is_for_its_owner_and_verifies(record: Viewer, tmp_path: Path) -> None:
    vigil("checkpoint")
    path = tmp_path / "ledger.jsonl"
    done = vigil("export", str(path), *AUDIT)
    assert done.exit_code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert vigil("verify", "--export", str(path)).exit_code == 0
    with path.open("rb") as file:
        assert verify.verify(verify.lines_of(file)).entries == 3
    newest = Entry.objects.order_by("pk").last()
    assert newest is not None
    assert (newest.did, newest.by) == ("ledger.take_out", "aud")


def test_an_export_writes_over_no_file(record: Viewer, tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("mine")
    refused = vigil("export", str(path), *AUDIT)
    assert refused.exit_code == 2
    assert path.read_text() == "mine"


def test_nobody_but_auditor_and_administrator_takes_the_ledger_out(
    record: Viewer, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.jsonl"
    refused = vigil("export", str(path), "--as", "ann", "--because", "curious")
    assert refused.exit_code == 2
    assert "auditors and administrators" in refused.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify", "--export", "no-such-file"],
        ["verify", "--kept", "12"],
        ["verify", "--kept", "x:zz"],
        ["export", "x.jsonl"],
    ],
    ids=" ".join,
)
def test_a_refusal_is_one_sentence(record: Viewer, arguments: list[str]) -> None:
    refused = vigil(*arguments)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1


def test_an_empty_ledger_has_no_checkpoint_to_keep(
    db: None, viewer_factory: Callable[..., Viewer]
) -> None:
    assert vigil("checkpoint").exit_code == 2
    assert vigil("verify").exit_code == 0

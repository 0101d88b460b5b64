"""The demo's accounts: one of every role in each agency, in a file for its owner only."""

from __future__ import annotations

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate

from vigil.access import actions, queries
from vigil.access.demo import demo_username, open_demo_accounts
from vigil.access.errors import AccountError
from vigil.access.models import User
from vigil.access.viewer import INSTALLER, Role
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db
AGENCIES = {"10": "Invented North", "44": "Invented South"}


def test_every_role_of_both_agencies_can_sign_in_and_use_the_api(
    at: datetime, tmp_path: Path, settings: LazySettings
) -> None:
    settings.VIGIL_HOME = tmp_path
    path = open_demo_accounts(at=at, home=tmp_path, agencies=AGENCIES)
    accounts = json.loads(path.read_text())["accounts"]
    assert accounts[0]["role"] == "administrator"
    assert {(a["agency"], a["role"]) for a in accounts} == {(g, r) for g in AGENCIES for r in Role}
    for account in accounts:
        user = authenticate(username=account["username"], password=account["password"])
        assert isinstance(user, User)
        viewer = queries.viewer_of_token(account["api_token"])
        assert (viewer.username, viewer.role) == (account["username"], account["role"])
    assert queries.demo_user() == "administrator-10"
    assert queries.demo_user(Role.AUDITOR) == demo_username(Role.AUDITOR, "10")


def test_the_file_is_for_its_owner_only(at: datetime, tmp_path: Path) -> None:
    path = open_demo_accounts(at=at, home=tmp_path, agencies={"10": "Invented North"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["demo-accounts.json"]
    secret = json.loads(path.read_text())["accounts"][0]
    leaves = "".join(Entry.objects.values_list("leaf", flat=True))
    assert secret["password"] not in leaves
    assert secret["api_token"] not in leaves


def test_a_real_record_gets_no_demo_accounts(at: datetime, tmp_path: Path) -> None:
    actions.found_installation(
        by=INSTALLER, at=at, code="10", name="x", username="ada", password="a long invented one"
    )
    with pytest.raises(AccountError):
        open_demo_accounts(at=at, home=tmp_path, agencies=AGENCIES)
    assert list(tmp_path.iterdir()) == []

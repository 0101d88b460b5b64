"""Accounts, agencies and tokens: who may change them, and what is never kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connections, transaction

from vigil.access import actions, queries
from vigil.access.errors import AccountError, NotAllowedError, NotFoundError
from vigil.access.models import Agency, ApiToken, Installation, User
from vigil.access.viewer import ANONYMOUS, INSTALLER, Role, Viewer
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "a long invented password"


@pytest.fixture
def administrator(at: datetime) -> Viewer:
    """The first administrator of an installation with one agency, 10."""
    found = actions.found_installation(
        by=INSTALLER, at=at, code="10", name="Invented", username="ada", password=PASSWORD
    )
    return found.with_reason("opening accounts")


@pytest.fixture
def bob(administrator: Viewer, at: datetime) -> Viewer:
    """An offender manager of agency 10."""
    return actions.open_account(
        by=administrator,
        at=at,
        agency="10",
        username="bob",
        password=PASSWORD,
        role=Role.OFFENDER_MANAGER,
    )


def test_the_first_administrator_is_in_the_ledger(administrator: Viewer) -> None:
    entry = Entry.objects.get()
    assert (entry.did, entry.by) == ("access.found_installation", "installer")
    assert json.loads(entry.leaf)["targets"] == ["agency/10", "user/ada"]
    assert PASSWORD not in entry.leaf


def test_an_installation_is_founded_once(administrator: Viewer, at: datetime) -> None:
    with pytest.raises(AccountError):
        actions.found_installation(
            by=INSTALLER, at=at, code="11", name="Other", username="eve", password=PASSWORD
        )
    assert queries.agencies() == ["10"]


def test_a_second_founding_fails_even_when_it_saw_no_account(
    administrator: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(User.objects, "exists", lambda: False)
    with pytest.raises(AccountError, match="already"):
        actions.found_installation(
            by=INSTALLER, at=at, code="11", name="Other", username="eve", password=PASSWORD
        )


def test_nobody_but_the_installer_founds(at: datetime) -> None:
    with pytest.raises(AccountError):
        actions.found_installation(
            by=ANONYMOUS, at=at, code="10", name="Invented", username="ada", password=PASSWORD
        )
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_opens_an_account(
    administrator: Viewer, viewer_factory: Callable[..., Viewer], at: datetime, role: Role
) -> None:
    with pytest.raises(NotAllowedError):
        actions.open_account(
            by=viewer_factory(role),
            at=at,
            agency="10",
            username="mallory",
            password=PASSWORD,
            role=Role.ADMINISTRATOR,
        )
    assert User.objects.count() == 1


def test_an_administrator_opens_no_account_in_another_agency_but_its_first(
    administrator: Viewer, at: datetime
) -> None:
    actions.found_agency(by=administrator, at=at, code="11", name="Other")
    common: dict[str, Any] = {
        "by": administrator,
        "at": at,
        "agency": "11",
        "password": PASSWORD,
    }
    with pytest.raises(NotAllowedError):
        actions.open_account(**common, username="carol", role=Role.ANALYST)
    actions.open_account(**common, username="carol", role=Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError):
        actions.open_account(**common, username="dan", role=Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "username", ["", "a", "Bob", "bob smith", "1bob", "worker", "installer", "anonymous", "b" * 51]
)
def test_a_user_name_that_could_be_taken_for_another_is_refused(
    administrator: Viewer, at: datetime, username: str
) -> None:
    with pytest.raises(AccountError):
        actions.open_account(
            by=administrator,
            at=at,
            agency="10",
            username=username,
            password=PASSWORD,
            role=Role.ANALYST,
        )


@pytest.mark.parametrize("password", ["", "Zq7!x", "password1234", "901234567812345"])
def test_a_weak_password_is_refused_and_not_repeated(
    administrator: Viewer, at: datetime, password: str
) -> None:
    with pytest.raises(AccountError) as refused:
        actions.set_password(
            by=administrator, at=at, username=administrator.username, password=password
        )
    assert not password or password not in str(refused.value)


def test_the_name_of_a_closed_account_is_never_given_again(
    administrator: Viewer, bob: Viewer, at: datetime
) -> None:
    actions.close_account(by=administrator, at=at, username="bob")
    with pytest.raises(AccountError):
        actions.open_account(
            by=administrator,
            at=at,
            agency="10",
            username="bob",
            password=PASSWORD,
            role=Role.ANALYST,
        )


def test_an_administrator_does_not_close_his_own_account(
    administrator: Viewer, at: datetime
) -> None:
    with pytest.raises(AccountError):
        actions.close_account(by=administrator, at=at, username="ada")


def test_the_stranger_from_another_agency_finds_no_such_account(
    administrator: Viewer, bob: Viewer, viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    stranger = viewer_factory(Role.ADMINISTRATOR, username="carol", agency="11")
    with pytest.raises(NotFoundError):
        actions.close_account(by=stranger, at=at, username="bob")
    with pytest.raises(NotFoundError):
        actions.close_account(by=stranger, at=at, username="nobody-at-all")
    assert queries.viewer_named("bob").username == "bob"


def test_a_token_is_told_once_and_only_its_digest_is_kept(
    administrator: Viewer, bob: Viewer, at: datetime
) -> None:
    token = actions.make_token(by=administrator, at=at, username="bob")
    assert queries.viewer_of_token(token, "incident 0212") == bob.with_reason("incident 0212")
    row = ApiToken.objects.get()
    assert row.digest == actions.digest(token)
    assert token not in "".join(Entry.objects.values_list("leaf", flat=True))


def test_a_revoked_token_is_refused(administrator: Viewer, bob: Viewer, at: datetime) -> None:
    token = actions.make_token(by=administrator, at=at, username="bob")
    assert actions.revoke_token(by=administrator, at=at, username="bob") == 1
    with pytest.raises(NotAllowedError):
        queries.viewer_of_token(token)


def test_the_token_of_a_closed_account_is_refused(
    administrator: Viewer, bob: Viewer, at: datetime
) -> None:
    token = actions.make_token(by=administrator, at=at, username="bob")
    actions.close_account(by=administrator, at=at, username="bob")
    with pytest.raises(NotAllowedError):
        queries.viewer_of_token(token)
    with pytest.raises(NotAllowedError):
        queries.viewer_named("bob")


def test_a_token_that_nobody_made_is_refused() -> None:
    with pytest.raises(NotAllowedError):
        queries.viewer_of_token("vigil_guess")


def test_an_unknown_user_may_do_nothing() -> None:
    with pytest.raises(NotAllowedError):
        queries.viewer_named("mallory")


def test_an_administrator_sets_the_definition_of_his_own_agency_only(
    administrator: Viewer, viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    actions.set_definition(
        by=administrator, at=at, agency="10", definition="acpo_2009", regime="paladin"
    )
    actions.set_weights(by=administrator, at=at, agency="10", weights={"stalking": 10})
    chosen = queries.agency("10")
    assert (chosen.definition, chosen.regime) == ("acpo_2009", "paladin")
    assert dict(chosen.weights) == {"stalking": 10}
    stranger = viewer_factory(Role.ADMINISTRATOR, agency="11")
    with pytest.raises(NotAllowedError):
        actions.set_definition(by=stranger, at=at, agency="10", definition="richards")
    with pytest.raises(NotAllowedError):
        actions.set_weights(by=viewer_factory(Role.ANALYST), at=at, agency="10", weights={})


@pytest.mark.parametrize(("definition", "regime"), [("mine", "in_force"), ("richards", "mine")])
def test_an_unknown_definition_or_regime_is_refused(
    administrator: Viewer, at: datetime, definition: str, regime: str
) -> None:
    with pytest.raises(AccountError):
        actions.set_definition(
            by=administrator, at=at, agency="10", definition=definition, regime=regime
        )


def test_accounts_are_listed_for_the_administrator_and_the_auditor_of_the_agency(
    administrator: Viewer, bob: Viewer, viewer_factory: Callable[..., Viewer]
) -> None:
    assert [a.username for a in queries.accounts(administrator)] == ["ada", "bob"]
    assert queries.accounts(viewer_factory(Role.AUDITOR, agency="11")) == []
    with pytest.raises(NotAllowedError):
        queries.accounts(bob)


def test_without_a_demo_a_command_must_name_its_user(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.VIGIL_HOME = tmp_path
    with pytest.raises(NotAllowedError, match="--as USER"):
        queries.demo_user()
    demo = {"accounts": [{"role": "analyst", "username": "ann"}]}
    (tmp_path / "demo-accounts.json").write_text(json.dumps(demo))
    assert queries.demo_user(Role.ANALYST) == "ann"
    with pytest.raises(NotAllowedError):
        queries.demo_user()


def test_an_agency_that_nobody_founded_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        queries.agency("99")


@pytest.mark.django_db(transaction=True)
def test_two_first_administrators_at_once_end_with_one(at: datetime) -> None:
    ended: list[str] = []

    def found(name: str) -> None:
        try:
            actions.found_installation(
                by=INSTALLER, at=at, code=name, name=name, username=name, password=PASSWORD
            )
            ended.append("founded")
        except AccountError:
            ended.append("refused")
        finally:
            connections.close_all()

    starts = [threading.Thread(target=found, args=(name,)) for name in ("ada", "eve", "ivy")]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert sorted(ended) == ["founded", "refused", "refused"]
    assert (User.objects.count(), Entry.objects.count()) == (1, 1)
    assert len(queries.agencies()) == 1


@pytest.mark.parametrize(
    "broken",
    [
        {"role": "king"},
        {"is_superuser": True},
        {"is_staff": True},
        {"is_active": False},
        {"closed_at": "2026-11-23T12:00:00Z"},
    ],
    ids=str,
)
def test_the_database_itself_refuses_an_account_that_cannot_be(
    administrator: Viewer, broken: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(username="ada").update(**broken)


@pytest.mark.parametrize("broken", [{"regime": "mine"}, {"definition": "mine"}], ids=str)
def test_the_database_itself_refuses_an_agency_that_cannot_be(
    administrator: Viewer, broken: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk="10").update(**broken)


def test_a_second_founding_row_is_refused(administrator: Viewer, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Installation.objects.create(pk=2, founded_at=at)


def test_no_account_is_opened_in_an_agency_that_nobody_founded(
    administrator: Viewer, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        actions.open_account(
            by=administrator,
            at=at,
            agency="99",
            username="bob",
            password=PASSWORD,
            role=Role.ADMINISTRATOR,
        )


@pytest.mark.parametrize(("code", "name"), [("10", "Again"), (" ", "Blank"), ("11", " ")])
def test_an_agency_needs_a_code_of_its_own_and_a_name(
    administrator: Viewer, at: datetime, code: str, name: str
) -> None:
    with pytest.raises(AccountError):
        actions.found_agency(by=administrator, at=at, code=code, name=name)

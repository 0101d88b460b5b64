"""What every test may use. The home folder is made by tests/support/home.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from vigil.access import actions
from vigil.access.viewer import INSTALLER, Role, Viewer

PASSWORD = "a long invented password"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def at() -> datetime:
    """The instant at which a test happens unless it says otherwise: a Monday, noon, winter."""
    return NOON


@pytest.fixture
def viewer_factory() -> Callable[..., Viewer]:
    """Makes a viewer of a role; an offender manager of force 10 with a reason by default."""

    def make(
        role: Role = Role.OFFENDER_MANAGER,
        *,
        username: str = "alice",
        agency: str = "10",
        because: str = "incident 0212",
    ) -> Viewer:
        return Viewer(username, username.title(), agency, role, because)

    return make


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of this test's own, for what is run in a subprocess."""
    monkeypatch.setenv("VIGIL_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def administrator(db: None, settings: LazySettings, at: datetime) -> Viewer:
    """The first administrator of agency 10."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return actions.found_installation(
        by=INSTALLER, at=at, code="10", name="Invented Force", username="ada", password=PASSWORD
    ).with_reason("opening accounts")


@pytest.fixture
def account(administrator: Viewer, at: datetime) -> Callable[[Role], str]:
    """Opens an account of a role; its user name."""

    def make(role: Role) -> str:
        username = f"test-{role.value.replace('_', '-')}"
        actions.open_account(
            by=administrator,
            at=at,
            agency="10",
            username=username,
            password=PASSWORD,
            role=role,
        )
        return username

    return make


@pytest.fixture
def browser(account: Callable[[Role], str]) -> Callable[..., Client]:
    """A browser in which somebody of that role has signed in by the page."""

    def open_as(role: Role = Role.OFFENDER_MANAGER) -> Client:
        client = Client()
        answer = client.post("/sign-in/", {"login": account(role), "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return open_as


@pytest.fixture
def program(
    account: Callable[[Role], str], administrator: Viewer, at: datetime
) -> Callable[..., Client]:
    """A program that sends the token of somebody of that role."""

    def open_as(role: Role, *, because: str = "") -> Client:
        token = actions.make_token(by=administrator, at=at, username=account(role))
        headers = {"authorization": f"Bearer {token}"}
        return Client(headers={**headers, "vigil-because": because} if because else headers)

    return open_as

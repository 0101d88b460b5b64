"""Accounts of every role, and browsers that are signed in. Hashing is made cheap here only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from vigil.access import actions
from vigil.access.viewer import INSTALLER, Role, Viewer

PASSWORD = "a long invented password"


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

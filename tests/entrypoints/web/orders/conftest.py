"""A man with reports and an order, made by the actions, and browsers that have said why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.support import orders as support
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at


@pytest.fixture(autouse=True)
def own_home(tmp_path: object, settings: Settings, at: datetime) -> object:
    """A home of this test's own, and a clock that stands."""
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Callable[..., Client]:
    """A browser of somebody of that role who has given a reason."""

    def open_as(role: Role = Role.OFFENDER_MANAGER) -> Client:
        client = browser(role)
        client.post("/reason/", {"kind": "allocation", "reference": "task 12"})
        return client

    return open_as


@pytest.fixture
def him(db: None) -> str:
    """The reference of a man of whom nothing else is held."""
    support.agencies()
    return support.person()

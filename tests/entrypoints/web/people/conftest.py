"""A filled record, a clock that stands, and browsers that have said why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.entrypoints.web.people import record
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings, at: datetime) -> Iterator[Path]:
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield tmp_path


@pytest.fixture
def held(db: None) -> str:
    """A record of two men that no run has linked: what needs no search and no link."""
    return record.put_two_men()


@pytest.fixture
def filled(db: None, own_home: Path, at: datetime) -> str:
    """A record of two men, identified; the reference of the one with three reports."""
    record.fill(own_home, at)
    return record.him(at)


@pytest.fixture
def desk(browser: Callable[..., Client]) -> Callable[..., Client]:
    """A browser of somebody of that role who has given a reason."""

    def open_as(role: Role = Role.OFFENDER_MANAGER) -> Client:
        client = browser(role)
        client.post("/reason/", {"kind": "incident", "reference": "0212"})
        return client

    return open_as

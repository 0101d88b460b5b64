"""A protected person whose every sealed field is known, and browsers that have said why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.victims import actions

OFFICER = Viewer("test-offender-manager", "Olive", "10", Role.OFFENDER_MANAGER, "task 12")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings, at: datetime) -> Iterator[None]:
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
def her(administrator: Viewer, at: datetime) -> str:
    """Her reference: she has two places, a contact, times, and test-advocate for an advocate."""
    Agency.objects.get_or_create(code="11", defaults={"name": "Invented"})
    her = actions.protect(
        by=OFFICER,
        at=at,
        name="Wenna Quillbrook",
        known_as=["Wen"],
        born_on=date(1990, 2, 28),
        advocate="test-advocate",
    )
    actions.add_place(
        by=OFFICER, at=at, person=her, kind="refuge", address="4 Canary Steps", lat=53.1, lon=-1.6
    )
    times = [{"days": ["mon"], "from_time": "11:00", "to_time": "13:30"}]
    actions.set_safe_times(by=OFFICER, at=at, person=her, times=times)
    actions.set_safe_contact(
        by=OFFICER, at=at, person=her, who="her sister", never="Do not ring the house"
    )
    return her

"""The agencies, the officers and the people that the tests of the register share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vigil.access.models import Agency, User
from vigil.access.viewer import Role, Viewer

Make = Callable[..., Viewer]


@pytest.fixture
def agencies(db: None) -> None:
    for code in ("10", "11"):
        Agency.objects.create(code=code, name=f"Invented {code}")
    for username, agency, role in [
        ("olwen", "10", Role.OFFENDER_MANAGER),
        ("osric", "10", Role.OFFENDER_MANAGER),
        ("ottilie", "11", Role.OFFENDER_MANAGER),
        ("annis", "10", Role.ANALYST),
    ]:
        User.objects.create(username=username, agency_id=agency, role=role)


@pytest.fixture
def analyst(viewer_factory: Make) -> Viewer:
    return viewer_factory(Role.ANALYST, username="annis")


@pytest.fixture
def officer(viewer_factory: Make) -> Viewer:
    return viewer_factory(Role.AUTHORISING_OFFICER, username="aldous")


@pytest.fixture
def good() -> dict[str, Any]:
    """A decision to register P-1 that lacks nothing."""
    return {
        "person": "P-1",
        "outcome": "register",
        "reasons": "Two victims in a year; the second was hurt worse.",
        "evidence": ["10/P-1-1", "10/P-1-2"],
        "necessity": "He lives with a third.",
        "proportionality": "Seen by his owner and the desk.",
        "owner": "olwen",
    }

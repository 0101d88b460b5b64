"""What every test may use. The home folder is made by tests/support/home.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vigil.access.viewer import Role, Viewer

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

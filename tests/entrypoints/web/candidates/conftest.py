"""Candidates put up by the actions that users have, and browsers that have said why."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.entrypoints.web.people.conftest import desk, held, own_home  # noqa: F401
from tests.entrypoints.web.people.record import ANALYST
from vigil.access.viewer import Viewer
from vigil.register.actions import put_up_candidates


@pytest.fixture
def listed(administrator: Viewer, held: str, at: datetime) -> str:  # noqa: F811
    """A list with one candidate on it: his reference."""
    put_up_candidates(by=ANALYST, at=at)
    return held

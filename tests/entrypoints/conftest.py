"""Signed-in browsers and API tokens of every role, for the tests of all entry points."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.entrypoints.web.doors.conftest import (  # noqa: F401 - fixtures for all below
    account,
    administrator,
    browser,
)
from vigil.access import actions
from vigil.access.viewer import Role, Viewer


@pytest.fixture
def program(
    account: Callable[[Role], str],  # noqa: F811
    administrator: Viewer,  # noqa: F811
    at: datetime,
) -> Callable[..., Client]:
    """A program that sends the token of somebody of that role."""

    def open_as(role: Role, *, because: str = "") -> Client:
        token = actions.make_token(by=administrator, at=at, username=account(role))
        headers = {"authorization": f"Bearer {token}"}
        return Client(headers={**headers, "vigil-because": because} if because else headers)

    return open_as

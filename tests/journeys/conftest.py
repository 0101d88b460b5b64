"""What each journey has: an installation of its own, its server, and one Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.browser import Journey, journey
from tests.support.server import PASSWORD, Installation, installation


@dataclass(frozen=True)
class Site:
    """An installation that is served, and who watches it."""

    at: Installation
    journey: Journey

    def open_account(self, username: str, role: str, *, agency: str) -> None:
        """By the administrator, at the command line."""
        words = ("accounts", "open", username, "--role", role, "--agency", agency)
        self.at.run(*words, *HEAD, typed=PASSWORD)


ADMINISTRATOR = "ada"
HEAD = ("--as", ADMINISTRATOR, "--because", "a new installation")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A fresh installation without an account, served on loopback."""
    home = tmp_path_factory.mktemp("home")
    with installation(home) as at, at.served() as address, journey(address) as walked:
        yield Site(at, walked)

"""The demo: ends well, tells the same story twice, and has every action of the product in it."""

from __future__ import annotations

import json
import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.architecture.test_record import actions
from tests.support.server import Installation, installation
from vigil.access.viewer import Role

STORY = ("--reports", "8000", "--seed", "1", "--today", "2026-11-23", "--no-serve")
FIELDS = {"role", "agency", "username", "password", "api_token"}


@dataclass(frozen=True)
class Played:
    """A demo that has ended."""

    at: Installation
    printed: str
    watched: dict[str, Any]


def names_of_actions() -> set[str]:
    """As the ledger writes them: room and verb."""
    return {f"{act.__module__.split('.')[1]}.{act.__name__}" for act in actions()}


@pytest.mark.slow
def test_the_demo_ends_well_uses_every_action_and_tells_the_same_story_twice(
    tmp_path: Path,
) -> None:
    with given_a_demo_that_was_played(tmp_path) as played:
        then_it_prints_the_first_serial_perpetrators_and_where_to_sign_in(played)
        then_each_role_of_two_agencies_has_an_account_for_its_owner_alone(played)
        then_taking_any_action_out_would_have_made_it_fail(played)
        then_nothing_but_an_action_wrote_a_row_the_look_and_the_seal_aside(played)
        assert played.at.asked("ledger", "verify")["whole"] is True
    if connection.vendor == "sqlite":  # the story is the same code on both
        then_the_same_seed_and_day_tell_the_same_story(played, tmp_path / "again")


@contextmanager
def given_a_demo_that_was_played(folder: Path) -> Iterator[Played]:
    home, answer = folder / "home", folder / "held.json"
    home.mkdir()
    with installation(home) as at:
        words = ("-m", "tests.journeys.watched_demo", str(answer), *STORY, "--home", str(home))
        yield Played(at, at.python(*words), json.loads(answer.read_text()))


def then_it_prints_the_first_serial_perpetrators_and_where_to_sign_in(played: Played) -> None:
    lines = played.printed.splitlines()
    shown = [line for line in lines if " victims, " in line]
    assert len(shown) >= 4
    assert all("P-" in line and "score" in line for line in shown)
    assert shown[0].split()[0].startswith("1")
    assert "http://127.0.0.1:" in played.printed


def then_each_role_of_two_agencies_has_an_account_for_its_owner_alone(played: Played) -> None:
    file = played.at.home / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_text())["accounts"]
    assert all(set(account) == FIELDS and all(account.values()) for account in accounts)
    assert Counter(account["role"] for account in accounts) == dict.fromkeys(map(str, Role), 2)
    agencies = Counter(account["agency"] for account in accounts)
    assert sorted(agencies.values()) == [len(Role), len(Role)]


def then_taking_any_action_out_would_have_made_it_fail(played: Played) -> None:
    done = set(played.watched["did"])
    assert names_of_actions() - done == set()
    assert "access.look" in done


def then_nothing_but_an_action_wrote_a_row_the_look_and_the_seal_aside(played: Played) -> None:
    assert len(played.watched["inside"]) > 15, "the watch saw nothing"
    outside = played.watched["outside"]
    assert list(outside) == []


def then_the_same_seed_and_day_tell_the_same_story(played: Played, folder: Path) -> None:
    home = folder / played.at.home.name
    home.mkdir(parents=True)
    with installation(home) as at:
        assert at.run("demo", *STORY, "--home", str(home)) == played.printed

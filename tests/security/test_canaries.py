"""Canaries in every sealed field of one protected person: none flies out, by any door.

And each wall, taken down, lets one out: a sweep that cannot find anything proves nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from tests.security import sweep
from tests.security.world import CANARIES, READERS, World, make
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.ledger.models import Entry
from vigil.ledger.sealing import seal
from vigil.victims import queries, seals

pytestmark = pytest.mark.django_db

# What the sweep has to have seen, or it has proved nothing. New routes are swept as well.
SHOWN = {
    "today/",
    "check/",
    "candidates/",
    "caseload/",
    "orders/",
    "orders/<slug:reference>/",
    "people/<slug:reference>/",
    "people/<slug:reference>/judge/",
    "feeds/",
    "feeds/<slug:reference>/",
    "ledger/",
    "protected/",
    "protected/<slug:reference>/",
    "protected/<slug:reference>/place/<slug:place>/",
}
ANSWERED = {"api/v1/people/check", "api/v1/law/ask", "api/v1/doorstep"}
EVERYBODY = [(role, "10") for role in Role]
STRANGERS = [(role, "11") for role in (*sorted(READERS), Role.ADVOCATE, Role.RESPONSE_OFFICER)]


@pytest.fixture
def quick_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are up to date: no command need look whether they are."""
    monkeypatch.setattr("django.core.management.call_command", lambda *_, **__: None)


@pytest.fixture
def world(
    administrator: Viewer,
    at: datetime,
    tmp_path: Path,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
) -> Any:
    settings.VIGIL_HOME = tmp_path
    caplog.set_level(logging.DEBUG)
    with standing_at(at):
        yield make(administrator, at, tmp_path)


@pytest.fixture
def full_world(
    administrator: Viewer,
    at: datetime,
    tmp_path: Path,
    settings: LazySettings,
    caplog: pytest.LogCaptureFixture,
) -> Any:
    """The same with reports, so that the pages of people and candidates have something to show."""
    settings.VIGIL_HOME = tmp_path
    caplog.set_level(logging.INFO)
    with standing_at(at):
        yield make(administrator, at, tmp_path, with_reports=True)


@pytest.mark.slow
def test_no_page_of_any_role_holds_one(full_world: World, caplog: pytest.LogCaptureFixture) -> None:
    found, seen, never_shown = sweep.pages(full_world, [*EVERYBODY, *STRANGERS])
    assert found == []
    assert seen > 1000
    assert never_shown & SHOWN == set()
    assert sweep.records(caplog.records) == []


def test_her_own_page_holds_them_all_so_that_the_sweep_can_see(world: World) -> None:
    page = sweep.said(world.browser(Role.COORDINATOR, "10").get(f"/protected/{world.her}/"))
    spelled_otherwise = {"Merrincanary", "1971-03-29", "03:07", "04:19"}
    assert set(sweep.canaries_in(page)) == set(CANARIES) - spelled_otherwise


@pytest.mark.slow
def test_no_form_sent_by_any_role_gives_one(
    full_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert sweep.forms(full_world, [*EVERYBODY, *STRANGERS]) == []
    assert sweep.records(caplog.records) == []


def test_no_operation_of_the_api_gives_one(
    full_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    found, answered = sweep.operations(full_world, Role)
    assert found == []
    assert answered >= ANSWERED
    assert sweep.records(caplog.records) == []


@pytest.mark.slow
@pytest.mark.usefixtures("quick_commands")
def test_no_command_prints_one_and_no_file_keeps_one(full_world: World, tmp_path: Path) -> None:
    # An export holds what is under a checkpoint.
    seal(full_world.at)
    found, never_ran = sweep.typed(full_world, [*EVERYBODY, *STRANGERS], tmp_path)
    assert found == []
    assert never_ran == set()
    exports = list(tmp_path.glob("ledger-*.jsonl"))
    assert exports
    assert any(full_world.her in path.read_text() for path in exports)


def test_no_table_and_no_file_of_the_home_holds_one(world: World, tmp_path: Path) -> None:
    sweep.pages(world, [(Role.OFFENDER_MANAGER, "10")], only="protected")
    assert sweep.tables() == []
    assert sweep.files(tmp_path) == []
    assert (tmp_path / "victims.key").exists()


def test_no_entry_of_the_ledger_holds_one(world: World) -> None:
    leaves = "".join(Entry.objects.values_list("leaf", flat=True))
    assert world.her in leaves
    assert world.home in leaves
    assert sweep.canaries_in(leaves) == []


@pytest.mark.parametrize("broken", ["shapes", "places_of", "protected_person", "safe_now"])
def test_a_fault_of_ours_while_she_is_read_shows_and_logs_none(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    real: Callable[..., Any] = getattr(queries, broken)

    def fails(*given: Any) -> Any:
        held = real(*given)
        raise RuntimeError(f"not foreseen: {type(held).__name__}")

    monkeypatch.setattr(queries, broken, fails)
    client = world.browser(Role.OFFENDER_MANAGER, "10")
    answer = client.get(f"/protected/{world.her}/")
    if broken == "shapes":
        with pytest.raises(RuntimeError) as raised:
            queries.shapes(_officer(), [world.home])
        assert sweep.canaries_in(repr(raised.value)) == []
        return
    assert answer.status_code == 500
    assert sweep.canaries_in(sweep.said(answer)) == []
    assert [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert sweep.records(caplog.records) == []


def test_a_value_that_does_not_open_says_nothing_of_what_is_in_it(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "ABOUT", seals.GEOMETRY)
    monkeypatch.setattr(queries, "ABOUT", seals.GEOMETRY)
    answer = world.browser(Role.COORDINATOR, "10").get(f"/protected/{world.her}/")
    assert answer.status_code == 400
    assert sweep.canaries_in(sweep.said(answer)) == []
    assert sweep.records(caplog.records) == []


def test_a_shape_that_is_logged_or_raised_shows_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    shapes = queries.shapes(_officer(), [world.home, world.area])
    assert len(shapes) == 2
    logging.getLogger("anywhere").error("found %s", shapes, extra={"shapes": shapes})
    assert sweep.records(caplog.records) == []


def _officer() -> Viewer:
    return Viewer("pat", "Pat", "10", Role.RESPONSE_OFFICER, "incident 0212")


# --- each wall taken down -----------------------------------------------------------------


def test_without_the_permission_to_read_the_sweep_finds_her_with_strangers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigil.victims.permissions.can_read", lambda *_, **__: True)
    found, *_ = sweep.pages(world, STRANGERS, only="protected")
    assert any(line.startswith("offender_manager of 11") for line in found)


def test_without_the_door_the_sweep_finds_her_with_a_response_officer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigil.victims.permissions.can_read", lambda *_, **__: True)
    monkeypatch.setattr("vigil.entrypoints.web.doors.middleware.admit", lambda *_: None)
    found, *_ = sweep.pages(world, [(Role.RESPONSE_OFFICER, "10")], only="protected")
    assert found


def test_without_the_seal_the_sweep_finds_her_in_the_tables(
    world: World, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    monkeypatch.setattr("vigil.victims.seals.seal", lambda plain, **_: plain)
    from vigil.victims.actions import protect

    officer = Viewer("olive", "Olive", "10", Role.OFFENDER_MANAGER, "task 12")
    protect(by=officer, at=at, name="Wenna Quillcanary")
    assert any("victims_protectedperson" in line for line in sweep.tables())


@pytest.mark.usefixtures("quick_commands")
def test_a_name_in_an_entry_is_found_in_the_ledger_and_in_its_export(
    world: World, monkeypatch: pytest.MonkeyPatch, at: datetime, tmp_path: Path
) -> None:
    from vigil.ledger.action import record
    from vigil.victims.actions import protect

    def talkative(*, targets: Any, facts: Any) -> None:
        record(targets=targets, facts={**facts, "name": "Wenna Quillcanary"})

    monkeypatch.setattr("vigil.victims.actions.people.record", talkative)
    officer = Viewer("olive", "Olive", "10", Role.OFFENDER_MANAGER, "task 12")
    protect(by=officer, at=at, name="Another")
    # An export holds what is under a checkpoint.
    seal(world.at)
    assert any("ledger_entry" in line for line in sweep.tables())
    assert sweep.typed(world, [(Role.AUDITOR, "10")], tmp_path)[0]


def test_a_shape_that_prints_itself_is_found_in_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    shape = queries.shapes(_officer(), [world.home])[world.home]
    logging.getLogger("anywhere").error("found %s", vars(shape))
    assert sweep.records(caplog.records)


def test_a_page_that_tells_too_much_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "vigil.entrypoints.web.victims.views.formats.day", lambda _: "Wenna Quillcanary"
    )
    found, *_ = sweep.pages(world, [(Role.COORDINATOR, "10")], only="protected")
    assert found

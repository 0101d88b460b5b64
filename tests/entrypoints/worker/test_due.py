"""The worker does what waits, step by step; one that fails stops no other."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.incidents.feed.rows import report, write_csv
from tests.support.orders import agencies, london, made, officer, person, served
from vigil.access.viewer import Role, worker_for
from vigil.entrypoints.cli.worker import app
from vigil.entrypoints.clock import standing_at
from vigil.entrypoints.worker import due, loop
from vigil.incidents.actions.loading import receive_feed
from vigil.incidents.models import FeedLoad, Report
from vigil.ledger.sealing import unsealed
from vigil.monitoring.actions.jobs import enqueue
from vigil.monitoring.models import Alert, Duty, Job

pytestmark = pytest.mark.django_db

MADE = london(2026, 3, 2, 10)
LATE = london(2026, 3, 5)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def order() -> str:
    agencies()
    person()
    return served(made(MADE, made_at=MADE), MADE + MINUTE)


def receive(tmp_path: Path, rows: int) -> str:
    path = write_csv(tmp_path / "a.csv", [report(n) for n in range(rows)])
    return receive_feed(
        by=officer(Role.ANALYST, username="ann"),
        at=MADE,
        name="a.csv",
        content=[path.read_bytes()],
        folder=tmp_path / "received",
    )


def test_everything_that_waits_is_done_once(tmp_path: Path) -> None:
    receive(tmp_path, 3)
    counts = due.run_due(LATE)
    sealed = counts.pop("sealed")
    assert sealed > 0
    assert counts == {
        "begun": 1,
        "lapsed": 1,
        "alerted": 1,
        "feeds_loaded": 1,
        "rows_loaded": 3,
    }
    assert Report.objects.count() == 3
    assert (Duty.objects.count(), Alert.objects.count(), unsealed()) == (1, 1, 0)
    assert due.run_due(LATE) == {}


def test_the_seal_can_wait() -> None:
    due.run_due(LATE, with_seal=False)
    assert unsealed() > 0


@pytest.mark.parametrize(
    ("name", "counted"),
    [("sweep", "sweep_failed"), ("_load_feeds", "feeds_failed"), ("_seal", "seal_failed")],
)
def test_a_step_that_fails_stops_no_other_and_is_named_without_its_words(
    name: str,
    counted: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    receive(tmp_path, 2)
    done = {"sweep": "begun", "_load_feeds": "rows_loaded", "_seal": "sealed"}

    def fail(*_: object, **__: object) -> None:
        raise OSError("Wenna Quillbrook")

    monkeypatch.setattr(due, name, fail)
    counts = due.run_due(LATE)
    assert counts[counted] == 1
    assert {key for key in done.values() if counts.get(key)} == set(done.values()) - {done[name]}
    assert "OSError" in caplog.text
    assert "Quillbrook" not in caplog.text


def test_a_feed_that_is_refused_does_not_hold_up_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its file was cut after it had been received.
    load = receive(tmp_path, 2)
    Path(FeedLoad.objects.get(reference=load).path).write_bytes(b"nothing,here\n")
    receive(tmp_path, 2)
    counts = due.run_due(LATE)
    assert (counts["feeds_refused"], counts["feeds_loaded"]) == (1, 1)


def ask(kind: str) -> None:
    enqueue(by=worker_for("10"), at=MADE, kind=kind, target="record")


def test_a_job_is_done_by_its_handler_for_its_agency(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(due, "identify_record", lambda **given: seen.append(given))
    monkeypatch.setattr(due, "put_up_candidates", lambda **given: seen.append(given))
    ask(due.IDENTIFY)
    ask(due.PUT_UP)
    assert due.run_due(LATE)["jobs_done"] == 2
    assert [given["by"].agency for given in seen] == ["10", "10"]
    assert seen[0]["at"] == LATE
    assert not Job.objects.filter(done_at=None).exists()


def test_a_job_that_fails_is_given_back_with_the_name_of_its_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: object) -> None:
        raise ValueError("Wenna Quillbrook")

    monkeypatch.setattr(due, "identify_record", fail)
    ask(due.IDENTIFY)
    assert due.run_due(LATE)["jobs_failed"] == 1
    row = Job.objects.get()
    assert (row.failure, row.done_at, row.leased_by) == ("ValueError", None, "")
    assert row.due_at > LATE
    assert "Quillbrook" not in caplog.text


def test_a_real_identification_runs_as_a_job(tmp_path: Path) -> None:
    receive(tmp_path, 3)
    ask(due.IDENTIFY)
    assert due.run_due(LATE)["jobs_done"] == 1


def test_asked_to_stop_it_ends_between_two_chunks_and_goes_on_later(tmp_path: Path) -> None:
    receive(tmp_path, 3)
    asked = Counter[str]()

    def stop_in_the_load() -> bool:
        asked["times"] += 1
        return asked["times"] > 2

    counts = due.run_due(LATE, should_stop=stop_in_the_load)
    assert "feeds_loaded" not in counts
    assert Report.objects.count() == 3
    assert due.run_due(LATE)["feeds_loaded"] == 1
    assert Report.objects.count() == 3


def test_asked_to_stop_a_job_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = threading.Event()

    def stop(**given: Any) -> None:
        stopped.set()
        given["progress"](1)

    monkeypatch.setattr(due, "identify_record", stop)
    ask(due.IDENTIFY)
    assert "jobs_done" not in due.run_due(LATE, should_stop=stopped.is_set)
    assert Job.objects.get().failure == "StopAskedError"


def test_asked_to_stop_before_it_begins_it_does_nothing() -> None:
    assert due.run_due(LATE, should_stop=lambda: True) == {}


# -- the loop -----------------------------------------------------------------------------


@pytest.fixture
def loop_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[datetime]], list[bool]]:
    """Runs the loop at those instants; the answer says at which it sealed."""
    monkeypatch.setattr(loop, "close_old_connections", lambda: None)

    def run(instants: list[datetime]) -> list[bool]:
        stop, sealed, coming = threading.Event(), [], list(instants)

        def note(at: datetime, *, with_seal: bool, **_: object) -> dict[str, int]:
            sealed.append(with_seal)
            if not coming:
                stop.set()
            return {"sealed": 1} if with_seal else {}

        told: list[datetime] = []
        monkeypatch.setattr(loop, "now", lambda: coming.pop(0))
        monkeypatch.setattr(loop, "run_due", note)
        loop.run(stop=stop, tell=lambda at, _: told.append(at), pause_seconds=0)
        assert len(told) == sealed.count(True)
        return sealed

    return run


def test_it_seals_once_in_a_minute(loop_of: Callable[[list[datetime]], list[bool]]) -> None:
    second = timedelta(seconds=1)
    assert loop_of([LATE, LATE + 59 * second, LATE + 60 * second, LATE + 61 * second]) == [
        True,
        False,
        True,
        False,
    ]


def test_a_clock_that_was_set_back_does_not_put_off_the_seal(
    loop_of: Callable[[list[datetime]], list[bool]],
) -> None:
    assert loop_of([LATE, LATE - timedelta(hours=1)]) == [True, True]


# -- the command --------------------------------------------------------------------------


def test_once_does_what_waits_and_says_so() -> None:
    with standing_at(LATE):
        ran = CliRunner().invoke(app, ["--once", "--json"])
        again = CliRunner().invoke(app, ["--once"])
    assert ran.exit_code == 0
    said = json.loads(ran.stdout)
    assert (said["begun"], said["lapsed"], said["alerted"]) == (1, 1, 1)
    assert again.stdout == "2026-03-05T00:00:00+00:00 nothing to do\n"


def test_once_ends_with_status_1_when_a_part_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "sweep", lambda at: {"failed": 1, "lapsed": 2})
    with standing_at(LATE):
        ran = CliRunner().invoke(app, ["--once"])
    assert ran.exit_code == 1
    assert "failed 1, lapsed 2" in ran.stdout

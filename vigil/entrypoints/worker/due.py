"""Everything that waits, done once: received feeds, jobs, what fell due, the ledger's seal.

Each step stands alone: one that fails is counted and named in the log, by its error's name
and never by its words, and the next one runs. Holds no rule: the rooms decide what is due.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from django.conf import settings

from vigil.access.viewer import worker_for
from vigil.identity.actions.running import identify_record
from vigil.incidents.actions.loading import load_received
from vigil.incidents.errors import IncidentsError
from vigil.incidents.queries import next_waiting_load
from vigil.ledger.sealing import seal, unsealed
from vigil.monitoring.actions.jobs import Lease, fail, finish, take
from vigil.monitoring.errors import NothingToDoError
from vigil.monitoring.queries import agencies_with_jobs
from vigil.monitoring.sweep import sweep
from vigil.register.actions import put_up_candidates

logger = logging.getLogger(__name__)
ShouldStop = Callable[[], bool]
Clock = Callable[[], datetime]
IDENTIFY, PUT_UP = "identify", "put_up"


class StopAskedError(Exception):
    """The worker was asked to stop; what it was doing is gone on with at the next start."""


def run_due(
    at: datetime,
    *,
    should_stop: ShouldStop = lambda: False,
    with_seal: bool = True,
    holder: str = "worker",
) -> dict[str, int]:
    """Do all that waits at `at`; the answer counts what was done, and what failed.

    Keys: rows_loaded, feeds_loaded, feeds_refused, jobs_done, those of the sweep (begun,
    ended, lapsed, put_right, alerted, raced, failed), sealed, and `STEP_failed` for a step
    that broke off. Keys that count nothing are left out.
    """
    counts: Counter[str] = Counter()
    steps: list[tuple[str, Callable[[], Mapping[str, int]]]] = [
        ("sweep", lambda: sweep(at=at)),
        ("feeds", lambda: _load_feeds(at, should_stop)),
        ("jobs", lambda: _do_jobs(at, should_stop, holder)),
    ]
    if with_seal:
        steps.append(("seal", lambda: _seal(at)))
    for name, step in steps:
        if should_stop():
            break
        try:
            counts.update(step())
        except StopAskedError:
            break
        except Exception as failed:  # a step that fails must not stop the others
            counts[f"{name}_failed"] += 1
            logger.error("worker: %s: %s", name, type(failed).__name__)
    return {key: count for key, count in counts.items() if count}


def _load_feeds(at: datetime, should_stop: ShouldStop) -> Counter[str]:
    counts: Counter[str] = Counter()
    while (waiting := next_waiting_load()) is not None:
        load, agency = waiting
        try:
            done = load_received(
                by=worker_for(agency), at=at, load=load, progress=_stop_between(should_stop)
            )
        except IncidentsError as refused:
            # The load is closed with its reason; its sender reads it there.
            logger.warning("worker: feed %s refused: %s", load, type(refused).__name__)
            counts["feeds_refused"] += 1
            if next_waiting_load() == waiting:
                raise
            continue
        counts["feeds_loaded"] += 1
        counts["rows_loaded"] += done.rows
    return counts


def _do_jobs(at: datetime, should_stop: ShouldStop, holder: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for agency in agencies_with_jobs(worker_for(""), at=at):
        while not should_stop():
            try:
                lease = take(by=worker_for(agency), at=at, holder=holder, kinds=list(HANDLERS))
            except NothingToDoError:
                break
            counts[_do(lease, at, should_stop)] += 1
    return counts


def _do(lease: Lease, at: datetime, should_stop: ShouldStop) -> str:
    by = worker_for(lease.agency)
    try:
        HANDLERS[lease.kind](lease, at, should_stop)
    except Exception as failed:  # the job is given back with the error's name
        logger.error("worker: job %s: %s", lease.kind, type(failed).__name__)
        fail(by=by, at=at, lease=lease, failure=type(failed).__name__)
        if isinstance(failed, StopAskedError):
            raise
        return "jobs_failed"
    finish(by=by, at=at, lease=lease)
    return "jobs_done"


def _identify(lease: Lease, at: datetime, should_stop: ShouldStop) -> None:
    identify_record(
        by=worker_for(lease.agency),
        at=at,
        spill=settings.VIGIL_HOME / "spill",
        progress=_stop_between(should_stop),
    )


def _put_up(lease: Lease, at: datetime, should_stop: ShouldStop) -> None:
    put_up_candidates(by=worker_for(lease.agency), at=at, progress=_stop_between(should_stop))


HANDLERS: Mapping[str, Callable[[Lease, datetime, ShouldStop], None]] = {
    IDENTIFY: _identify,
    PUT_UP: _put_up,
}


def _stop_between(should_stop: ShouldStop) -> Callable[..., None]:
    """A progress that ends the work between two committed chunks when a stop was asked for."""

    def tell(*_: int) -> None:
        if should_stop():
            raise StopAskedError

    return tell


def _seal(at: datetime) -> dict[str, int]:
    waiting = unsealed()
    seal(at)
    return {"sealed": waiting}

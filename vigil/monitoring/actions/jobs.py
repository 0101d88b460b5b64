"""Jobs under a lease: asked for, taken by one worker, finished or given back.

Two workers never hold one job: PostgreSQL skips a locked row, SQLite lets one write at a time.
A worker that dies keeps its job no longer than its lease.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.monitoring import permissions, rules
from vigil.monitoring.errors import LeaseLostError, NothingToDoError
from vigil.monitoring.models import Job

# Longer than the longest job (identifying some millions of reports); 2026-11-23.
LEASE = timedelta(hours=1)


@dataclass(frozen=True)
class Lease:
    """A job that is held: `attempt` tells a lease from an earlier one of the same worker."""

    job: int
    kind: str
    target: str
    agency: str
    holder: str
    attempt: int


@action
def enqueue(
    *, by: Viewer, at: datetime, kind: str, target: str, due_at: datetime | None = None
) -> int:
    """Ask for work to be done for the viewer's agency; asked twice while waiting, it is done once.

    Raises: NotAllowedError.
    """
    permissions.check_can_ask(by)
    row, is_new = Job.objects.get_or_create(
        kind=kind,
        target=target,
        done_at=None,
        given_up_at=None,
        defaults={"agency_id": by.agency, "made_at": at, "due_at": due_at or at},
    )
    record(targets=[f"job/{row.pk}"], facts={"kind": kind, "is_new": is_new})
    return row.pk


@action
def take(*, by: Viewer, at: datetime, holder: str, kinds: Collection[str]) -> Lease:
    """Take the job that has waited longest among those of the agency and of these kinds.

    Raises: NotAllowedError; NothingToDoError when none waits.
    """
    permissions.check_is_worker(by)
    waiting = Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at),
        done_at=None,
        given_up_at=None,
        due_at__lte=at,
        agency_id=by.agency,
        kind__in=list(kinds),
    ).order_by("due_at", "id")
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(skip_locked=True)
    row = waiting.first()
    if row is None:
        raise NothingToDoError
    row.leased_until, row.leased_by, row.attempts = at + LEASE, holder, row.attempts + 1
    row.save(update_fields=["leased_until", "leased_by", "attempts"])
    record(targets=[f"job/{row.pk}"], facts={"kind": row.kind, "attempt": row.attempts})
    return Lease(row.pk, row.kind, row.target, row.agency_id, holder, row.attempts)


@action
def finish(*, by: Viewer, at: datetime, lease: Lease) -> None:
    """The job is done. Raises: NotAllowedError, LeaseLostError."""
    permissions.check_is_worker(by)
    _give_back(lease, done_at=at, failure="")
    record(targets=[f"job/{lease.job}"], facts={"kind": lease.kind})


@action
def fail(*, by: Viewer, at: datetime, lease: Lease, failure: str) -> datetime | None:
    """The job failed; the answer is when it is tried again (None: never, a human must look).

    `failure` is the name of an error, never its words.

    Raises: NotAllowedError, LeaseLostError.
    """
    permissions.check_is_worker(by)
    again_at = rules.retry_at(at, lease.attempt)
    changes = {"due_at": again_at} if again_at else {"given_up_at": at}
    _give_back(lease, failure=failure, **changes)
    record(targets=[f"job/{lease.job}"], facts={"kind": lease.kind, "failure": failure})
    return again_at


def _give_back(lease: Lease, **changes: object) -> None:
    held = Job.objects.filter(
        pk=lease.job, leased_by=lease.holder, attempts=lease.attempt, done_at=None
    )
    if held.update(leased_until=None, leased_by="", **changes) != 1:
        raise LeaseLostError

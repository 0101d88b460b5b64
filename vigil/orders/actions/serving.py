"""What reached the respondent: the service of an order, and knowledge of it without one."""

from __future__ import annotations

from datetime import datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import changes, permissions
from vigil.orders.actions.rows import add_event, locked
from vigil.orders.kinds import EventKind, How, Knowledge, Proof, Where
from vigil.orders.queries import events_of


@action
def serve(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    served_at: datetime,
    how: How,
    where: Where,
    proof: Proof,
    served_by: str | None = None,
) -> datetime:
    """Record that the order was served; the answer is the instant that counts.

    `served_by` is the officer's number or name as on the proof; the one who records it
    if it is left out. The first service counts; a second is refused.

    Raises: NotAllowedError, NotFoundError, BadServiceError, AlreadyServedError.
    """
    row = locked(order, by)
    permissions.check_can_serve(by, agency=row.agency_id)
    changes.check_service(
        events_of(row), instrument=row.instrument, served_at=served_at, how=how, at=at
    )
    add_event(
        row,
        EventKind.SERVED,
        by=by,
        at=at,
        happened_at=served_at,
        served_by=served_by or by.username,
        place_kind=where,
        how=how,
        proof=proof,
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"how": how, "proof": proof},
        happened_at=served_at,
    )
    return served_at


@action
def record_knowledge(
    *, by: Viewer, at: datetime, order: str, known_at: datetime, how: Knowledge, proof: Proof
) -> datetime:
    """Record proof that the respondent knew of the order then; the answer is that instant.

    It matters for an order that was made without notice. It is no service, and starts no duty
    that service starts.

    Raises: NotAllowedError, NotFoundError, BadServiceError.
    """
    row = locked(order, by)
    permissions.check_can_serve(by, agency=row.agency_id)
    changes.check_knowledge(events_of(row), instrument=row.instrument, known_at=known_at, at=at)
    add_event(row, EventKind.KNOWN, by=by, at=at, happened_at=known_at, how=how, proof=proof)
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"how": how, "proof": proof},
        happened_at=known_at,
    )
    return known_at

"""How an order comes to its end before its last day: discharged, or quashed on appeal."""

from __future__ import annotations

from datetime import datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import changes, permissions
from vigil.orders.actions.rows import add_event, locked
from vigil.orders.kinds import Ending, EventKind
from vigil.orders.queries import events_of


@action
def discharge(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    discharged_at: datetime,
    how: Ending = Ending.COURT_ORDER,
    consents: frozenset[str] = frozenset(),
) -> datetime:
    """Record that the order came to an end before its last day.

    Raises: NotAllowedError, NotFoundError, BadDischargeError.
    """
    row = locked(order, by)
    permissions.check_can_end(by, agency=row.agency_id)
    changes.check_discharge(
        events_of(row),
        instrument=row.instrument,
        ended_on=discharged_at,
        how=how,
        consents=consents,
        at=at,
    )
    add_event(
        row,
        EventKind.DISCHARGED,
        by=by,
        at=at,
        happened_at=discharged_at,
        ending=how,
        consents=sorted(consents),
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"how": how, "consents": sorted(consents)},
        happened_at=discharged_at,
    )
    return discharged_at


@action
def quash(
    *, by: Viewer, at: datetime, order: str, quashed_at: datetime, court: str = ""
) -> datetime:
    """Record that a court quashed the order on appeal; what he did before stays what it was.

    Raises: NotAllowedError, NotFoundError, BadDischargeError.
    """
    row = locked(order, by)
    permissions.check_can_end(by, agency=row.agency_id)
    changes.check_end(events_of(row), ended_on=quashed_at, at=at)
    add_event(row, EventKind.QUASHED, by=by, at=at, happened_at=quashed_at, court=court.strip())
    record(targets=[row.reference, row.respondent.reference], happened_at=quashed_at)
    return quashed_at

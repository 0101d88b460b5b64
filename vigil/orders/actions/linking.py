"""What one order is to another, said after both were recorded."""

from __future__ import annotations

from datetime import datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import permissions
from vigil.orders.actions.rows import add_link, locked
from vigil.orders.kinds import LinkKind


@action
def link(*, by: Viewer, at: datetime, order: str, kind: LinkKind, other: str) -> str:
    """Record what `order` is to `other`, as: the interim of it, made for a breach of it.

    Raises: NotAllowedError, NotFoundError, BadLinkError.
    """
    row, second = locked(order, by), locked(other, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    add_link(row, kind, second, by=by, at=at)
    record(
        targets=[row.reference, second.reference, row.respondent.reference],
        facts={"kind": kind},
    )
    return row.reference

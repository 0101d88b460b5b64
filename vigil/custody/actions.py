"""Take in and let out: the only two things that change where he is held.

What follows for his duties is the monitoring room's: whoever calls these brings him up to date.
"""

from __future__ import annotations

from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.custody import permissions, queries, rules
from vigil.custody.errors import BadStayError
from vigil.custody.models import CustodyEvent
from vigil.custody.rules import CustodyEventKind, Held
from vigil.identity.models import Person
from vigil.identity.queries import hidden_from
from vigil.ledger.action import action, record


@action
def take_in(*, by: Viewer, at: datetime, person: str, held: Held, taken_at: datetime) -> None:
    """Record that he was taken into custody, or moved from other custody, at `taken_at`.

    Raises: NotAllowedError, NotFoundError, BadStayError.
    """
    permissions.check_can_hold(by)
    row = _locked(by, person)
    events = queries.events_of([row.pk])[row.pk]
    rules.check_taking_in(events, held=held, taken_at=taken_at, at=at)
    _add(row, CustodyEventKind.TAKEN_IN, by=by, at=at, happened_at=taken_at, held=held)
    record(targets=[person], facts={"held": str(held)}, happened_at=taken_at)


@action
def let_out(*, by: Viewer, at: datetime, person: str, let_out_at: datetime) -> None:
    """Record that he was let out of whatever custody he was in at `let_out_at`.

    Raises: NotAllowedError, NotFoundError, BadStayError.
    """
    permissions.check_can_hold(by)
    row = _locked(by, person)
    events = queries.events_of([row.pk])[row.pk]
    rules.check_letting_out(events, let_out_at=let_out_at, at=at)
    _add(row, CustodyEventKind.LET_OUT, by=by, at=at, happened_at=let_out_at)
    record(targets=[person], happened_at=let_out_at)


def _locked(by: Viewer, reference: str) -> Person:
    """The person, held until this transaction ends: two desks at once are one after the other."""
    row = Person.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if row is None or reference in hidden_from(by):
        raise NotFoundError
    return row


def _add(
    row: Person,
    kind: CustodyEventKind,
    *,
    by: Viewer,
    at: datetime,
    happened_at: datetime,
    held: str = "",
) -> None:
    same = CustodyEvent.objects.filter(person=row, kind=kind, happened_at=happened_at)
    if same.exists():
        raise BadStayError("this was recorded before; nothing was changed")
    CustodyEvent.objects.create(
        person=row,
        agency_id=by.agency,
        kind=kind,
        held=held,
        happened_at=happened_at,
        recorded_at=at,
        by=by.username,
    )

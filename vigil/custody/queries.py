"""What others may ask about custody. Of a person: within a look; the worker reckons by key."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.custody import permissions, rules
from vigil.custody.models import CustodyEvent
from vigil.custody.rules import CustodyEventKind, Held, Stay
from vigil.identity.queries import hidden_from
from vigil.register.people import all_of


def stays_of(
    sight: Sight, person: str, *, at: datetime, as_known_at: datetime | None = None
) -> tuple[Stay, ...]:
    """His times in custody up to `at`, oldest first. Raises: NotInSightError, NotFoundError."""
    sight.must_hold(person)
    permissions.check_can_read(sight.viewer)
    if person in hidden_from(sight.viewer):
        raise NotFoundError
    rows = CustodyEvent.objects.filter(person__in=all_of(person), happened_at__lte=at)
    if as_known_at is not None:
        rows = rows.filter(recorded_at__lte=as_known_at)
    return rules.stays(_event(row) for row in rows)


def events_of(people: Collection[int]) -> dict[int, list[rules.CustodyEvent]]:
    """The events of these people by their keys: for reckoning only, never to be shown."""
    found: dict[int, list[rules.CustodyEvent]] = {key: [] for key in people}
    for row in CustodyEvent.objects.filter(person__in=people).order_by("happened_at", "id"):
        found[row.person_id].append(_event(row))
    return found


def _event(row: CustodyEvent) -> rules.CustodyEvent:
    held = Held(row.held) if row.held else None
    return rules.CustodyEvent(CustodyEventKind(row.kind), row.happened_at, held)

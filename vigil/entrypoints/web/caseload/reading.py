"""A caseload in one look: names, duties, alerts, reviews. And the counts that need no look.

The only place of these pages where rooms are asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.look import look
from vigil.access.permissions import can
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.web.orders.reading import check_reference, name_of
from vigil.identity import queries as identity
from vigil.incidents import queries as incidents
from vigil.ledger import queries as ledger
from vigil.ledger.sealing import unsealed
from vigil.monitoring import permissions, queries
from vigil.monitoring.queries import AlertView, Caseload, DutyView
from vigil.orders import permissions as orders_permissions
from vigil.orders import queries as orders
from vigil.register import permissions as register_permissions
from vigil.register import queries as register
from vigil.register.queries import Owned

# Those who send feeds, and so mend them.
SENDERS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Work:
    """All that a caseload shows: `names` and `duties` by reference."""

    load: Caseload
    owned: list[Owned]
    alerts: list[AlertView]
    names: Mapping[str, str]
    duties: Mapping[str, DutyView]


def has_caseload(viewer: Viewer) -> bool:
    """Whether his role has people of its own."""
    return can(viewer, permissions.WATCH, permissions.VERBS)


def work_of(viewer: Viewer, at: datetime) -> Work:
    """The viewer's work, in one look at everybody whom it names.

    Raises: NotFoundError, NotAllowedError, NoReasonError.
    """
    load = queries.caseload(viewer, at=at)
    owned = register.caseload(viewer, at)
    alerts = [one for one in queries.alerts_for(viewer) if one.read_at is None]
    busy = {one.person for one in load.cases} | {one.person for one in alerts}
    people = sorted(busy | {one.person for one in owned})
    with look(viewer=viewer, references=people, at=at) as sight:
        names = {person: name_of(sight, person)[0] for person in people}
        duties = {
            duty.reference: duty
            for person in busy
            for duty in queries.duties_of(sight, person, at=at)
        }
    return Work(load, owned, alerts, names, duties)


@dataclass(frozen=True, slots=True)
class Told:
    """One duty with the name of whom it binds."""

    duty: DutyView
    name: str


def duty(viewer: Viewer, order: str, reference: str, at: datetime) -> Told:
    """One duty of an order, in one look.

    Raises: NotFoundError, NotAllowedError, NoReasonError.
    """
    check_reference(order)
    person = identity.current_reference(orders.respondent_of(viewer, order))
    with look(viewer=viewer, references=[person, order], at=at) as sight:
        found = [
            one for one in queries.duties_of(sight, person, at=at) if one.reference == reference
        ]
        if not found:
            raise NotFoundError
        return Told(found[0], name_of(sight, person)[0])


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, counted, without a look: None where it is not this role's to know."""

    load: Caseload | None
    people: int
    alerts: int
    not_served: int | None
    candidates: int | None
    in_quarantine: int | None
    not_sealed: int | None


def counts(viewer: Viewer, at: datetime) -> Counts:
    """What waits for this viewer. Numbers only: nobody is looked at."""
    is_owner = has_caseload(viewer)
    selection = (
        register.selection(viewer) if register_permissions.can_see_candidates(viewer) else None
    )
    return Counts(
        load=queries.caseload(viewer, at=at) if is_owner else None,
        people=len(register.caseload(viewer, at)) if is_owner else 0,
        alerts=len([one for one in queries.alerts_for(viewer) if one.read_at is None])
        if is_owner
        else 0,
        not_served=len(orders.not_served(viewer)) if orders_permissions.can_read(viewer) else None,
        candidates=selection.candidates if selection else None,
        in_quarantine=incidents.quarantine_count(viewer) if viewer.role in SENDERS else None,
        not_sealed=unsealed() if ledger.can_read(viewer) else None,
    )

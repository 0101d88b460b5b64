"""A duty that he met, or told late: what he told is taken with the duty that it is about.

How the duty stands afterwards follows from what was told; nothing here decides it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.monitoring import permissions, rules
from vigil.monitoring.actions.keeping import hold, keep
from vigil.monitoring.duties.facts import What
from vigil.monitoring.errors import DoesNotCountError, NotOpenError
from vigil.monitoring.models import Duty, DutyEvent, Notification
from vigil.monitoring.rules import DutyEventKind, DutyKind
from vigil.register.people import who_now

# What he tells to meet a duty that has no word of its own at the counter.
_WHAT = {
    DutyKind.PERIODIC_WEEKLY: What.PERIODIC,
    DutyKind.REVIVED: What.INITIAL,
}


@action
def notify(
    *,
    by: Viewer,
    at: datetime,
    duty: str,
    told_at: datetime,
    items: Collection[str],
    how: rules.Told = rules.Told.IN_PERSON_AT_STATION,
    told_by_subject: bool = True,
    proof: str = "",
    no_fixed_abode: bool | None = None,
) -> rules.DutyStatus:
    """Record that the subject told what he owes; the answer is how the duty stands now.

    Told in time it is met, even where the lapse was written first: the lapse stays on the
    record and is withdrawn beside it. Told late the lapse stands. `items` are codes, never
    what he said; `proof` names the record that he was given.

    Raises: NotAllowedError, NotFoundError, DoesNotCountError, NotOpenError.
    """
    row = _found(duty)
    permissions.check_can_accept(by, agency=row.agency_id)
    kind = DutyKind(row.kind)
    if kind not in _WHAT and kind.value not in set(What):
        raise DoesNotCountError("expected a duty to notify, found one that is met otherwise")
    rules.check_counts(
        told_at=told_at,
        told_by_subject=told_by_subject,
        how=how,
        items=items,
        owed=row.items,
        began_on=row.began_on,
        at=at,
    )
    watches = hold([who_now([row.person_id])[row.person_id]], by=by, at=at)
    # First what became so meanwhile: a duty whose order has ended is not open.
    keep(watches, by=by, at=at)
    status = status_of(row, at=at)
    if status not in {
        rules.DutyStatus.OPEN,
        rules.DutyStatus.SUSPENDED,
        rules.DutyStatus.LAPSED,
    }:
        raise NotOpenError(f"expected an open or a late duty, found one that is {status}")
    Notification.objects.create(
        person_id=row.person_id,
        agency_id=row.agency_id,
        what=_WHAT.get(kind, What.INITIAL) if kind in _WHAT else What(kind.value),
        told_at=told_at,
        recorded_at=at,
        changed_on=row.changed_on,
        no_fixed_abode=no_fixed_abode,
        items=sorted(items),
        how=how,
        taken_by=by.username,
        accepted_by=by.username,
        proof=proof,
    )
    done = keep(watches, by=by, at=at)
    status = status_of(row, at=at)
    record(
        targets=list(dict.fromkeys([row.reference, *done.targets])),
        facts={"kind": str(status), "items": sorted(items)},
        happened_at=told_at,
    )
    return status


def status_of(row: Duty, *, at: datetime) -> rules.DutyStatus:
    """How a duty stands, from its events."""
    return rules.duty_status(
        as_rules(DutyEvent.objects.filter(duty=row).select_related("undoes")), at=at
    )


def as_rules(events: Collection[DutyEvent]) -> list[rules.DutyEvent]:
    """Events as the rules take them."""
    return [
        rules.DutyEvent(
            DutyEventKind(e.kind),
            e.at,
            e.recorded_at,
            (DutyEventKind(e.undoes.kind), e.undoes.at) if e.undoes else None,
        )
        for e in events
    ]


def _found(reference: str) -> Duty:
    row = Duty.objects.select_related("person").filter(reference=reference).first()
    if row is None:
        raise NotFoundError
    return row

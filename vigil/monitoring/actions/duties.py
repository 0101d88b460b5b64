"""Duties: begun, met, lapsed, ended. Only events are added; a duty's clock is the law's.

The worker begins and lapses; an officer at a counter accepts what the subject tells.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.monitoring import permissions, rules
from vigil.monitoring.errors import NoDutyError, NotOpenError
from vigil.monitoring.models import Duty, DutyEvent
from vigil.monitoring.owed import INTERIM_OF, owed_at_service
from vigil.monitoring.rules import DutyEventKind, DutyKind
from vigil.orders import queries as orders
from vigil.orders.models import Order
from vigil.orders.rules import ended_at, first_service, london_day


class Swept(StrEnum):
    """What became of a duty whose time had come."""

    LAPSED = "lapsed"
    ENDED = "ended"
    PUT_RIGHT = "put_right"


@action
def begin_duty(*, by: Viewer, at: datetime, order: str) -> str:
    """Begin the initial duty that service of this order gave by law; the answer names it.

    Raises: NotAllowedError, NotFoundError; NoDutyError when the law gives none;
        IntegrityError when it was begun before (nothing is written).
    """
    permissions.check_is_worker(by)
    row = Order.objects.select_related("respondent", "replaces").filter(reference=order).first()
    if row is None:
        raise NotFoundError
    if row.replaces and row.replaces.instrument == INTERIM_OF.get(row.instrument):
        raise NoDutyError("expected no interim order before this one, found one; he told then")
    served_at = first_service(orders.events_of(row))
    if served_at is None:
        raise NoDutyError("expected an order that was served, found none of it known")
    began_on = london_day(served_at)
    owed = owed_at_service(row.instrument, began_on)
    if owed is None:
        raise NoDutyError
    duty = Duty.objects.create(
        reference=f"{order}/{DutyKind.INITIAL}/{began_on.isoformat()}",
        agency_id=row.agency_id,
        person=row.respondent,
        order=row,
        kind=DutyKind.INITIAL,
        began_on=began_on,
        due_on=owed.last_day,
        lapses_at=rules.lapse_instant(owed.last_day),
        items=list(owed.items),
        offence=owed.offence or "",
        authority=list(owed.authority),
        confidence=owed.confidence,
    )
    _add(duty, DutyEventKind.STARTED, by=by, at=at, since=served_at)
    record(
        targets=[duty.reference, row.reference, row.respondent.reference],
        facts={"due_on": owed.last_day.isoformat()},
        happened_at=served_at,
    )
    return duty.reference


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
) -> rules.DutyStatus:
    """Record that the subject told what he owes; the answer is how the duty stands now.

    Told in time it is met, even where the lapse was written first: the lapse stays on the
    record and is withdrawn beside it. Told late the lapse stands. `items` are codes, never
    what he said; `proof` names the record that he was given.

    Raises: NotAllowedError, NotFoundError, DoesNotCountError, NotOpenError.
    """
    row = _locked(duty)
    permissions.check_can_accept(by, agency=row.agency_id)
    rules.check_counts(
        told_at=told_at,
        told_by_subject=told_by_subject,
        how=how,
        items=items,
        owed=row.items,
        began_on=row.began_on,
        at=at,
    )
    status = status_of(row, at=at)
    if status not in {rules.DutyStatus.OPEN, rules.DutyStatus.LAPSED}:
        raise NotOpenError(f"expected an open or a late duty, found one that is {status}")
    in_time = row.lapses_at is None or rules.is_in_time(told_at, lapses_at=row.lapses_at)
    if in_time and status is rules.DutyStatus.LAPSED:
        _add(row, DutyEventKind.LAPSE_WITHDRAWN, by=by, at=at, since=at)
    elif not in_time and status is rules.DutyStatus.OPEN:
        _lapse(row, by=by, at=at)
    kind = DutyEventKind.MET if in_time else DutyEventKind.TOLD_LATE
    _add(row, kind, by=by, at=at, since=told_at, how=how, proof=proof)
    Duty.objects.filter(pk=row.pk).update(is_open=False)
    record(
        targets=[row.reference, row.person.reference],
        facts={"kind": kind, "items": sorted(items)},
        happened_at=told_at,
    )
    return rules.DutyStatus.MET if in_time else rules.DutyStatus.TOLD_LATE


@action
def lapse(*, by: Viewer, at: datetime, duty: str) -> Swept:
    """Close a duty whose time is up; the event says when it became late, not when we noticed.

    The law and the order are asked again first: a duty whose order ended before it became
    late has ended, and one whose last day is another by now is put right and waits.

    Raises: NotAllowedError, NotFoundError; NotOpenError when another closed it.
    """
    permissions.check_is_worker(by)
    row = _locked(duty)
    if not row.is_open or row.lapses_at is None:
        raise NotOpenError
    _put_right(row)
    over = _ended_before_lapse(row)
    if over is not None:
        outcome, since = Swept.ENDED, over
        _close(row)
        _add(row, DutyEventKind.ENDED, by=by, at=at, since=over)
    elif row.lapses_at > at:
        outcome, since = Swept.PUT_RIGHT, at
    else:
        outcome, since = Swept.LAPSED, row.lapses_at
        _close(row)
        _lapse(row, by=by, at=at)
    record(
        targets=[row.reference, row.person.reference],
        facts={"outcome": outcome, "offence": row.offence if outcome is Swept.LAPSED else ""},
        happened_at=since,
    )
    return outcome


@action
def end_duty(*, by: Viewer, at: datetime, duty: str) -> datetime:
    """End a duty whose order ended before it became late, even if that was learnt later.

    Raises: NotAllowedError, NotFoundError; NotOpenError when the order had not ended then,
        or the duty was met or ended before.
    """
    permissions.check_is_worker(by)
    row = _locked(duty)
    status = status_of(row, at=at)
    over = _ended_before_lapse(row)
    if over is None or status in {rules.DutyStatus.MET, rules.DutyStatus.ENDED}:
        raise NotOpenError
    if status in {rules.DutyStatus.LAPSED, rules.DutyStatus.TOLD_LATE}:
        _add(row, DutyEventKind.LAPSE_WITHDRAWN, by=by, at=at, since=at)
    _add(row, DutyEventKind.ENDED, by=by, at=at, since=over)
    Duty.objects.filter(pk=row.pk).update(is_open=False)
    record(targets=[row.reference, row.person.reference], happened_at=over)
    return over


def status_of(row: Duty, *, at: datetime) -> rules.DutyStatus:
    """How a duty stands, from its events."""
    return rules.duty_status(
        [
            rules.DutyEvent(DutyEventKind(e.kind), e.at, e.recorded_at)
            for e in DutyEvent.objects.filter(duty=row)
        ],
        at=at,
    )


def _locked(reference: str) -> Duty:
    row = (
        Duty.objects.select_for_update(of=("self",))
        .select_related("person", "order")
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def _add(
    row: Duty,
    kind: DutyEventKind,
    *,
    by: Viewer,
    at: datetime,
    since: datetime,
    how: str = "",
    proof: str = "",
) -> None:
    DutyEvent.objects.create(
        duty=row,
        kind=kind,
        at=since,
        recorded_at=at,
        by=by.username,
        how=how,
        proof=proof,
        offence=row.offence if kind is DutyEventKind.LAPSED else "",
    )


def _lapse(row: Duty, *, by: Viewer, at: datetime) -> None:
    if row.lapses_at is None:
        raise NotOpenError
    _add(row, DutyEventKind.LAPSED, by=by, at=at, since=row.lapses_at)


def _close(row: Duty) -> None:
    """Only the one that finds it open closes it."""
    if Duty.objects.filter(pk=row.pk, is_open=True).update(is_open=False) != 1:
        raise NotOpenError


def _put_right(row: Duty) -> None:
    """Ask the law again which day is the last, and keep its answer."""
    if row.order is None or row.kind != DutyKind.INITIAL:
        return
    owed = owed_at_service(row.order.instrument, row.began_on)
    if owed is None or owed.last_day == row.due_on:
        return
    row.due_on, row.lapses_at = owed.last_day, rules.lapse_instant(owed.last_day)
    Duty.objects.filter(pk=row.pk).update(due_on=row.due_on, lapses_at=row.lapses_at)


def _ended_before_lapse(row: Duty) -> datetime | None:
    """When the order ended, if that was before the duty became late. At the same instant: late."""
    if row.order is None or row.lapses_at is None:
        return None
    over = ended_at(orders.events_of(row.order), instrument=row.order.instrument, at=row.lapses_at)
    return over if over is not None and over < row.lapses_at else None

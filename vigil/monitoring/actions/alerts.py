"""Alerts: sent once for each cause, read by whom they are for."""

from __future__ import annotations

from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.monitoring import permissions, rules
from vigil.monitoring.errors import NotOpenError
from vigil.monitoring.models import Alert, Duty, DutyEvent
from vigil.monitoring.rules import DutyEventKind
from vigil.register.queries import owner_of

DUTY_LAPSED = "duty_lapsed"


@action
def alert(*, by: Viewer, at: datetime, duty: str) -> str:
    """Tell the owner that a duty is late; the answer is whom it went to.

    The owner of the person, else the officer who recorded the order, else the duty desk.

    Raises: NotAllowedError, NotFoundError; NotOpenError when the duty has not lapsed;
        IntegrityError when this alert was sent before (nothing is written).
    """
    permissions.check_is_worker(by)
    row = Duty.objects.select_related("person", "order").filter(reference=duty).first()
    if row is None:
        raise NotFoundError
    if not DutyEvent.objects.filter(duty=row, kind=DutyEventKind.LAPSED).exists():
        raise NotOpenError("expected a duty that has lapsed; no alert was sent")
    to = owner_of(row.person.reference)
    if to is None:
        to = row.order.recorded_by if row.order else permissions.DESK
    sent = Alert.objects.create(
        agency_id=row.agency_id,
        to=to,
        cause=DUTY_LAPSED,
        duty=row,
        act_by=at + rules.ACT_WITHIN,
        sent_at=at,
    )
    record(
        targets=[f"alert/{sent.pk}", row.reference, row.person.reference],
        facts={"to": to, "cause": DUTY_LAPSED},
    )
    return to


@action
def read_alert(*, by: Viewer, at: datetime, alert: int) -> datetime:
    """Record that the alert was read; reading it again changes nothing but is written down.

    Raises: NotFoundError when there is none, or it is not for this viewer.
    """
    row = Alert.objects.select_for_update(of=("self",)).filter(pk=alert).first()
    if row is None:
        raise NotFoundError
    permissions.check_can_read_alert(by, agency=row.agency_id, to=row.to)
    if row.read_at is None:
        row.read_at, row.read_by = at, by.username
        row.save(update_fields=["read_at", "read_by"])
    record(targets=[f"alert/{row.pk}"])
    return row.read_at

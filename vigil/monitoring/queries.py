"""What others may ask about duties and alerts.

Duties of a person: within a look. Work lists give references, counts and dates to their
viewer. The pulls at the end are the worker's: what has fallen due and is not yet written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.permissions import can
from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from
from vigil.monitoring import permissions, rules
from vigil.monitoring.actions.alerts import DUTY_LAPSED
from vigil.monitoring.models import Alert, Duty, DutyEvent, Job
from vigil.monitoring.owed import INTERIM_OF, owed_at_service
from vigil.monitoring.rules import DutyEventKind, DutyKind, DutyStatus, Urgency
from vigil.orders.kinds import ENDINGS, KINDS, EventKind
from vigil.orders.models import OrderEvent
from vigil.orders.rules import london_day
from vigil.register import queries as register
from vigil.register.people import all_of


@dataclass(frozen=True)
class Happened:
    """One event of a duty: when it became so, and when it was written."""

    kind: str
    at: datetime
    recorded_at: datetime
    by: str
    how: str
    proof: str


@dataclass(frozen=True)
class DutyView:
    """One duty as it stands at an instant."""

    reference: str
    person: str
    order: str | None
    agency: str
    kind: str
    status: DutyStatus
    began_on: date
    due_on: date | None
    lapses_at: datetime | None
    late_since: datetime | None
    items: tuple[str, ...]
    offence: str | None
    authority: tuple[Mapping[str, Any], ...]
    confidence: str
    events: tuple[Happened, ...]


@dataclass(frozen=True)
class Case:
    """One line of a work list: references and dates, no name."""

    duty: str
    person: str
    order: str | None
    kind: str
    urgency: Urgency
    due_on: date | None
    late_since: datetime | None
    offence: str | None


@dataclass(frozen=True)
class Caseload:
    """A viewer's open work, late first, then due today, then later; and how many of each."""

    cases: tuple[Case, ...]
    counts: Mapping[Urgency, int]


@dataclass(frozen=True)
class AlertView:
    """One alert: what it is about and by when to act."""

    alert: int
    cause: str
    duty: str
    person: str
    order: str | None
    act_by: datetime
    sent_at: datetime
    read_at: datetime | None


def duties_of(
    sight: Sight, person: str, *, at: datetime, as_known_at: datetime | None = None
) -> list[DutyView]:
    """All duties of a person, newest first. Raises: NotInSightError, NotFoundError."""
    sight.must_hold(person)
    permissions.check_can_read(sight.viewer)
    if person in hidden_from(sight.viewer):
        raise NotFoundError
    rows = list(
        Duty.objects.filter(person__in=all_of(person))
        .select_related("person", "order")
        .order_by("-began_on", "-id")
    )
    events = _events(row.pk for row in rows)
    return [_view(row, events.get(row.pk, []), at, as_known_at) for row in rows]


def caseload(viewer: Viewer, *, at: datetime) -> Caseload:
    """What is late and what falls due for the people of this viewer.

    His are those whom he owns on the register, and those whom nobody owns and whose order he
    recorded. Raises: NotFoundError for one who may not read duties.
    """
    permissions.check_can_read(viewer)
    rows = list(_unmet(_duties_of_owner(viewer, at), at).select_related("person", "order"))
    hidden = hidden_from(viewer)
    cases = sorted(
        (_case(row, at) for row in rows if row.person.reference not in hidden), key=_place
    )
    counts = Counter(case.urgency for case in cases)
    return Caseload(tuple(cases), {urgency: counts[urgency] for urgency in Urgency})


def alerts_for(viewer: Viewer) -> list[AlertView]:
    """Alerts to this viewer, or to the desk at which he sits: unread first, then newest first."""
    hidden = hidden_from(viewer)
    to = [viewer.username]
    if can(viewer, permissions.WATCH, permissions.VERBS):
        to.append(permissions.DESK)
    rows = (
        Alert.objects.filter(agency_id=viewer.agency, to__in=to)
        .select_related("duty__person", "duty__order")
        .order_by(F("read_at").desc(nulls_first=True), "-sent_at", "-id")
    )
    return [
        AlertView(
            row.pk,
            row.cause,
            row.duty.reference,
            row.duty.person.reference,
            row.duty.order.reference if row.duty.order else None,
            row.act_by,
            row.sent_at,
            row.read_at,
        )
        for row in rows
        if row.duty.person.reference not in hidden
    ]


def _duties_of_owner(viewer: Viewer, at: datetime) -> QuerySet[Duty]:
    owned = {key for one in register.caseload(viewer, at) for key in all_of(one.person)}
    recorded = Duty.objects.filter(agency_id=viewer.agency, order__recorded_by=viewer.username)
    people = set(recorded.values_list("person__reference", flat=True))
    orphans = {reference for reference in people if register.owner_of(reference) is None}
    return Duty.objects.filter(
        Q(person__in=owned)
        | Q(
            person__reference__in=orphans,
            agency_id=viewer.agency,
            order__recorded_by=viewer.username,
        )
    )


def _unmet(duties: QuerySet[Duty], at: datetime) -> QuerySet[Duty]:
    """Duties that somebody must still see to: open ones, and late ones that were never told."""
    settled = DutyEvent.objects.filter(
        duty=OuterRef("pk"),
        kind__in=[DutyEventKind.MET, DutyEventKind.ENDED, DutyEventKind.TOLD_LATE],
    )
    started = DutyEvent.objects.filter(duty=OuterRef("pk"), kind=DutyEventKind.STARTED, at__lte=at)
    return duties.filter(Exists(started), ~Exists(settled))


def _case(row: Duty, at: datetime) -> Case:
    is_late = row.lapses_at is not None and row.lapses_at <= at
    return Case(
        row.reference,
        row.person.reference,
        row.order.reference if row.order else None,
        row.kind,
        rules.urgency(due_on=row.due_on, is_late=is_late, at=at),
        row.due_on,
        row.lapses_at if is_late else None,
        row.offence or None,
    )


def _place(case: Case) -> tuple[int, date, str]:
    return (list(Urgency).index(case.urgency), case.due_on or date.max, case.duty)


def _events(duties: Iterable[int]) -> dict[int, list[DutyEvent]]:
    found: dict[int, list[DutyEvent]] = {}
    for event in DutyEvent.objects.filter(duty__in=list(duties)).order_by("at", "id"):
        found.setdefault(event.duty_id, []).append(event)
    return found


def _view(
    row: Duty, events: list[DutyEvent], at: datetime, as_known_at: datetime | None
) -> DutyView:
    status = rules.duty_status(
        [rules.DutyEvent(DutyEventKind(e.kind), e.at, e.recorded_at) for e in events],
        at=at,
        as_known_at=as_known_at,
    )
    late = status in {DutyStatus.LAPSED, DutyStatus.TOLD_LATE}
    return DutyView(
        reference=row.reference,
        person=row.person.reference,
        order=row.order.reference if row.order else None,
        agency=row.agency_id,
        kind=row.kind,
        status=status,
        began_on=row.began_on,
        due_on=row.due_on,
        lapses_at=row.lapses_at,
        late_since=row.lapses_at if late else None,
        items=tuple(row.items),
        offence=row.offence or None,
        authority=tuple(row.authority),
        confidence=row.confidence,
        events=tuple(
            Happened(e.kind, e.at, e.recorded_at, e.by, e.how, e.proof)
            for e in events
            if as_known_at is None or e.recorded_at <= as_known_at
        ),
    )


# -- the worker's pulls: (what, agency), in the order in which it fell due -------------------

Pull = list[tuple[str, str]]


def orders_without_duty(viewer: Viewer, *, at: datetime, order: str = "") -> Pull:
    """Served orders whose service gave a duty by law, and that have none; or that one of them.

    A full order that took the place of an interim one gives none. Raises: NotAllowedError.
    """
    permissions.check_is_worker(viewer)
    today = london_day(at)
    attached = [i for i in KINDS if owed_at_service(i, today) is not None]
    begun = Duty.objects.filter(order=OuterRef("order"), kind=DutyKind.INITIAL)
    services = OrderEvent.objects.filter(
        kind=EventKind.SERVED, happened_at__lte=at, order__instrument__in=attached
    ).exclude(Exists(begun))
    for full, interim in INTERIM_OF.items():
        services = services.exclude(order__instrument=full, order__replaces__instrument=interim)
    if order:
        services = services.filter(order__reference=order)
    ordered = services.order_by("happened_at", "id")
    return list(ordered.values_list("order__reference", "order__agency_id"))


def duties_due(viewer: Viewer, *, at: datetime) -> Pull:
    """Open duties whose time is up. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    due = Duty.objects.filter(is_open=True, lapses_at__lte=at).order_by("lapses_at", "id")
    return list(due.values_list("reference", "agency_id"))


def duties_of_ended_orders(viewer: Viewer, *, at: datetime) -> Pull:
    """Duties not yet ended whose order ended before they became late. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    over = OrderEvent.objects.filter(
        order=OuterRef("order"),
        kind__in=sorted(ENDINGS),
        happened_at__lte=at,
        happened_at__lt=OuterRef("lapses_at"),
    )
    closed = DutyEvent.objects.filter(
        duty=OuterRef("pk"), kind__in=[DutyEventKind.MET, DutyEventKind.ENDED]
    )
    rows = Duty.objects.filter(Exists(over), ~Exists(closed)).order_by("id")
    return list(rows.values_list("reference", "agency_id"))


def lapses_without_alert(viewer: Viewer) -> Pull:
    """Lapsed duties of which nobody was told. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    sent = Alert.objects.filter(duty=OuterRef("duty"), cause=DUTY_LAPSED)
    withdrawn = DutyEvent.objects.filter(duty=OuterRef("duty"), kind=DutyEventKind.LAPSE_WITHDRAWN)
    rows = DutyEvent.objects.filter(kind=DutyEventKind.LAPSED)
    rows = rows.filter(~Exists(sent), ~Exists(withdrawn)).order_by("at", "id")
    return list(rows.values_list("duty__reference", "duty__agency_id"))


def agencies_with_jobs(viewer: Viewer, *, at: datetime) -> list[str]:
    """Agencies for which a job waits. Raises: NotAllowedError."""
    permissions.check_is_worker(viewer)
    waiting = Job.objects.filter(
        Q(leased_until=None) | Q(leased_until__lte=at),
        done_at=None,
        given_up_at=None,
        due_at__lte=at,
    )
    return sorted(set(waiting.values_list("agency_id", flat=True)))

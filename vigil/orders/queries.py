"""What others may ask about orders. The terms and the respondent: only within a look.

Gives references and numbers for protected persons, never who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from
from vigil.orders import permissions, rules
from vigil.orders.kinds import EventKind, kind_of
from vigil.orders.models import Condition, Evidence, Order, OrderEvent, Protected
from vigil.register.people import all_of


@dataclass(frozen=True)
class Happening:
    """One event as it is shown; the words of the service are empty for other kinds."""

    kind: str
    happened_at: datetime
    recorded_at: datetime
    by: str
    served_by: str
    place_kind: str
    how: str
    proof: str
    ending: str


@dataclass(frozen=True)
class ProtectedPerson:
    """ "Protected person 1" of this order, and the reference that the rules name her by."""

    number: int
    reference: str


@dataclass(frozen=True)
class OrderView:
    """One order as it stands at an instant."""

    reference: str
    instrument: str
    title: str
    jurisdiction: str
    agency: str
    respondent: str
    made_on: date
    court: str
    issuer_rank: str
    without_notice: bool | None
    standing: rules.Standing
    clauses: tuple[rules.Clause, ...]
    protected: tuple[ProtectedPerson, ...]
    evidence: tuple[str, ...]
    events: tuple[Happening, ...]
    replaces: str | None
    recorded_by: str


def order(
    sight: Sight, reference: str, *, at: datetime, as_known_at: datetime | None = None
) -> OrderView:
    """One order as it stood at `at`, as known at `as_known_at` (None: as known now).

    Raises: NotInSightError, NotFoundError.
    """
    sight.must_hold(reference)
    permissions.check_can_read(sight.viewer)
    found = _views(Order.objects.filter(reference=reference), at, as_known_at)
    if not found or found[0].respondent in hidden_from(sight.viewer):
        raise NotFoundError
    return found[0]


def orders_of(
    sight: Sight, person: str, *, at: datetime, as_known_at: datetime | None = None
) -> list[OrderView]:
    """All orders against a person and whoever became him, newest first.

    Raises: NotInSightError, NotFoundError.
    """
    sight.must_hold(person)
    permissions.check_can_read(sight.viewer)
    if person in hidden_from(sight.viewer):
        raise NotFoundError
    rows = Order.objects.filter(respondent__in=all_of(person)).order_by("-made_on", "-id")
    return _views(rows, at, as_known_at)


def respondent_of(viewer: Viewer, reference: str) -> str:
    """The reference of the person whom the order binds. Raises: NotFoundError."""
    permissions.check_can_read(viewer)
    found = Order.objects.filter(reference=reference).values_list(
        "respondent__reference", flat=True
    )
    respondent = found.first()
    if respondent is None or respondent in hidden_from(viewer):
        raise NotFoundError
    return str(respondent)


def not_served(viewer: Viewer) -> list[str]:
    """References of the viewer's agency's orders of which no service is known, oldest first."""
    permissions.check_can_read(viewer)
    done = OrderEvent.objects.exclude(kind=EventKind.MADE).values("order")
    rows = Order.objects.filter(agency_id=viewer.agency).exclude(pk__in=done)
    rows = rows.exclude(respondent__reference__in=hidden_from(viewer))
    return list(rows.order_by("made_on", "id").values_list("reference", flat=True))


def events_of(row: Order) -> list[rules.Event]:
    """The events of an order as the rules take them, with their terms."""
    return events_by_order([row.pk]).get(row.pk, [])


def events_by_order(orders: Iterable[int]) -> dict[int, list[rules.Event]]:
    """The events of several orders in two questions to the database, by the orders' keys."""
    rows = list(OrderEvent.objects.filter(order__in=list(orders)).order_by("id"))
    clauses = _clauses([e.pk for e in rows if e.sets_terms])
    found: dict[int, list[rules.Event]] = {}
    for row in rows:
        terms = rules.Terms(row.last_day, clauses.get(row.pk, ())) if row.sets_terms else None
        found.setdefault(row.order_id, []).append(
            rules.Event(EventKind(row.kind), row.happened_at, row.recorded_at, terms)
        )
    return found


def _clauses(events: list[int]) -> Mapping[int, tuple[rules.Clause, ...]]:
    found: dict[int, tuple[rules.Clause, ...]] = {}
    for row in Condition.objects.filter(event__in=events).order_by("event", "position"):
        clause = rules.Clause(row.clause, row.text, row.rule)
        found[row.event_id] = (*found.get(row.event_id, ()), clause)
    return found


def _views(rows: QuerySet[Order], at: datetime, as_known_at: datetime | None) -> list[OrderView]:
    orders = list(rows.select_related("respondent", "replaces"))
    keys = [o.pk for o in orders]
    events = events_by_order(keys)
    happened: dict[int, list[Happening]] = {}
    for event in OrderEvent.objects.filter(order__in=keys).order_by("happened_at", "id"):
        if as_known_at is None or event.recorded_at <= as_known_at:
            happened.setdefault(event.order_id, []).append(_happening(event))
    protected: dict[int, list[ProtectedPerson]] = {}
    for link in (
        Protected.objects.filter(order__in=keys).order_by("number").select_related("person")
    ):
        protected.setdefault(link.order_id, []).append(
            ProtectedPerson(link.number, link.person.reference)
        )
    evidence: dict[int, list[str]] = {}
    for item in Evidence.objects.filter(order__in=keys).order_by("id"):
        evidence.setdefault(item.order_id, []).append(item.report)
    return [
        _view(
            o,
            events.get(o.pk, []),
            at,
            as_known_at,
            protected=tuple(protected.get(o.pk, ())),
            evidence=tuple(evidence.get(o.pk, ())),
            events_shown=tuple(happened.get(o.pk, ())),
        )
        for o in orders
    ]


def _happening(event: OrderEvent) -> Happening:
    return Happening(
        event.kind,
        event.happened_at,
        event.recorded_at,
        event.by,
        event.served_by,
        event.place_kind,
        event.how,
        event.proof,
        event.ending,
    )


def _view(
    row: Order,
    events: list[rules.Event],
    at: datetime,
    as_known_at: datetime | None,
    *,
    protected: tuple[ProtectedPerson, ...],
    evidence: tuple[str, ...],
    events_shown: tuple[Happening, ...],
) -> OrderView:
    terms = rules.terms_at(events, at=at, as_known_at=as_known_at)
    return OrderView(
        reference=row.reference,
        instrument=row.instrument,
        title=kind_of(row.instrument).title,
        jurisdiction=row.jurisdiction,
        agency=row.agency_id,
        respondent=row.respondent.reference,
        made_on=row.made_on,
        court=row.court,
        issuer_rank=row.issuer_rank,
        without_notice=row.without_notice,
        standing=rules.standing(events, instrument=row.instrument, at=at, as_known_at=as_known_at),
        clauses=terms.clauses if terms else (),
        protected=protected,
        evidence=evidence,
        events=events_shown,
        replaces=row.replaces.reference if row.replaces else None,
        recorded_by=row.recorded_by,
    )

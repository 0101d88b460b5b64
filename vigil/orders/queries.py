"""What others may ask about orders. The terms and the respondent: only within a look.

Gives references and numbers for protected persons, never who they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.queries import agency
from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from, reports_of
from vigil.law.facts import Regime
from vigil.orders import permissions, rules
from vigil.orders.guiding import Guide, guide
from vigil.orders.kinds import ENDINGS, FAILURES, EventKind, LinkKind, kind_of
from vigil.orders.models import (
    Condition,
    Evidence,
    LinkedOrder,
    Order,
    OrderEvent,
    Protected,
)
from vigil.orders.versions import Version, versions
from vigil.register.people import all_of


@dataclass(frozen=True)
class Happening:
    """One event as it is shown; what is of another kind of event is empty."""

    kind: str
    happened_at: datetime
    recorded_at: datetime
    by: str
    served_by: str
    place_kind: str
    how: str
    proof: str
    ending: str
    rank: str = ""
    court: str = ""
    hearing_at: datetime | None = None
    until_at: datetime | None = None
    last_day: date | None = None
    sets_last_day: bool = False
    sets_clauses: bool = False


@dataclass(frozen=True)
class ProtectedPerson:
    """ "Protected person 1" of this order, and the reference that the rules name her by."""

    number: int
    reference: str


@dataclass(frozen=True)
class Link:
    """What this order is to another (`is_from_here`), or another to this one."""

    kind: LinkKind
    other: str
    is_from_here: bool


@dataclass(frozen=True)
class OrderView:
    """One order as it stands at an instant. `made_on` None: a draft or an application.

    `asked` is what the draft asks for, made or not. `is_proposed`: not law, and to be said so.
    """

    reference: str
    instrument: str
    title: str
    jurisdiction: str
    agency: str
    respondent: str
    made_on: date | None
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
    regime: str = Regime.IN_FORCE.value
    is_proposed: bool = False
    applicant: str = ""
    asked: rules.Terms | None = None
    links: tuple[Link, ...] = ()


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
    """All orders against a person and whoever became him that were made, newest first.

    What is drafted or applied for binds nobody: see `pending_of`.

    Raises: NotInSightError, NotFoundError.
    """
    rows = _against(sight, person).filter(made_on__isnull=False)
    return _views(rows.order_by("-made_on", "-id"), at, as_known_at)


def pending_of(
    sight: Sight, person: str, *, at: datetime, as_known_at: datetime | None = None
) -> list[OrderView]:
    """Drafts and applications against a person that have not come to an order, newest first.

    Those that were refused or withdrawn stand among them: their status says so.

    Raises: NotInSightError, NotFoundError.
    """
    rows = _against(sight, person).filter(made_on__isnull=True)
    return _views(rows.order_by("-recorded_at", "-id"), at, as_known_at)


def _against(sight: Sight, person: str) -> QuerySet[Order]:
    sight.must_hold(person)
    permissions.check_can_read(sight.viewer)
    if person in hidden_from(sight.viewer):
        raise NotFoundError
    return Order.objects.filter(respondent__in=all_of(person))


def versions_of(
    sight: Sight, reference: str, *, as_known_at: datetime | None = None
) -> tuple[Version, ...]:
    """The lists of terms that an order has had, side by side, oldest first.

    Raises: NotInSightError, NotFoundError.
    """
    sight.must_hold(reference)
    permissions.check_can_read(sight.viewer)
    row = Order.objects.select_related("respondent").filter(reference=reference).first()
    if row is None or row.respondent.reference in hidden_from(sight.viewer):
        raise NotFoundError
    return versions(events_of(row), as_known_at=as_known_at)


def guide_for(
    viewer: Viewer,
    instrument: str,
    *,
    on: date,
    respondent: str | None = None,
    **asked: Any,
) -> tuple[Guide, tuple[str, ...]]:
    """How an order of that kind is made here: the law's guide under the agency's regime, and the
    references of the respondent's reports from which the evidence is picked, newest first.

    `asked` goes to `guiding.guide`. References only, for a look to name.

    Raises: NotFoundError, NotAllowedError, UnknownOrderKindError.
    """
    permissions.check_can_read(viewer)
    found = guide(instrument, on=on, regime=agency(viewer.agency).regime, **asked)
    return found, tuple(reports_of(viewer, respondent)) if respondent else ()


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
    done = OrderEvent.objects.filter(
        order=OuterRef("pk"), kind__in=[EventKind.SERVED, *sorted(ENDINGS)]
    )
    rows = Order.objects.filter(~Exists(done), agency_id=viewer.agency, made_on__isnull=False)
    rows = rows.exclude(respondent__reference__in=hidden_from(viewer))
    return list(rows.order_by("made_on", "id").values_list("reference", flat=True))


def pending(viewer: Viewer) -> list[str]:
    """References of the viewer's agency's drafts and applications that are open, oldest first."""
    permissions.check_can_read(viewer)
    failed = OrderEvent.objects.filter(order=OuterRef("pk"), kind__in=sorted(FAILURES))
    rows = Order.objects.filter(~Exists(failed), agency_id=viewer.agency, made_on__isnull=True)
    rows = rows.exclude(respondent__reference__in=hidden_from(viewer))
    return list(rows.order_by("recorded_at", "id").values_list("reference", flat=True))


def events_of(row: Order) -> list[rules.Event]:
    """The events of an order as the rules take them, with their terms."""
    return events_by_order([row.pk]).get(row.pk, [])


def events_by_order(orders: Iterable[int]) -> dict[int, list[rules.Event]]:
    """The events of several orders in two questions to the database, by the orders' keys."""
    rows = list(OrderEvent.objects.filter(order__in=list(orders)).order_by("id"))
    clauses = _clauses([e.pk for e in rows if e.sets_clauses])
    found: dict[int, list[rules.Event]] = {}
    for row in rows:
        found.setdefault(row.order_id, []).append(
            rules.Event(
                EventKind(row.kind),
                row.happened_at,
                row.recorded_at,
                clauses.get(row.pk, ()) if row.sets_clauses else None,
                row.last_day,
                row.sets_last_day,
                row.until_at,
                row.hearing_at,
            )
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
    links = _links(keys, as_known_at)
    return [
        _view(
            o,
            events.get(o.pk, []),
            at,
            as_known_at,
            protected=tuple(protected.get(o.pk, ())),
            evidence=tuple(evidence.get(o.pk, ())),
            events_shown=tuple(happened.get(o.pk, ())),
            links=tuple(links.get(o.pk, ())),
        )
        for o in orders
    ]


def _links(orders: list[int], as_known_at: datetime | None) -> dict[int, list[Link]]:
    """What each of the orders is to others, and others to it, oldest first."""
    about = Q(order__in=orders) | Q(other__in=orders)
    rows = LinkedOrder.objects.filter(about).select_related("order", "other").order_by("id")
    found: dict[int, list[Link]] = {}
    for row in rows:
        if as_known_at is not None and row.recorded_at > as_known_at:
            continue
        kind = LinkKind(row.kind)
        found.setdefault(row.order_id, []).append(Link(kind, row.other.reference, True))
        found.setdefault(row.other_id, []).append(Link(kind, row.order.reference, False))
    return found


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
        event.rank,
        event.court,
        event.hearing_at,
        event.until_at,
        event.last_day,
        event.sets_last_day,
        event.sets_clauses,
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
    links: tuple[Link, ...],
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
        standing=rules.standing(
            events,
            instrument=row.instrument,
            at=at,
            as_known_at=as_known_at,
            without_notice=row.without_notice,
            jurisdiction=row.jurisdiction,
        ),
        clauses=terms.clauses if terms else (),
        protected=protected,
        evidence=evidence,
        events=events_shown,
        replaces=row.replaces.reference if row.replaces else None,
        recorded_by=row.recorded_by,
        regime=row.regime,
        is_proposed=row.regime != Regime.IN_FORCE.value,
        applicant=row.applicant,
        asked=rules.proposed_terms(events, at=at, as_known_at=as_known_at),
        links=links,
    )

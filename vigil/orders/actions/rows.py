"""What the actions of this room share: the row held for writing, its events, its numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from vigil.access.errors import NotFoundError
from vigil.access.queries import agency
from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.identity.queries import hidden_from
from vigil.orders.binding import regime_of, said
from vigil.orders.errors import BadLinkError, BadTermsError, SameOrderError
from vigil.orders.kinds import EventKind, LinkKind, kind_of
from vigil.orders.lawful import check_regime
from vigil.orders.models import (
    Condition,
    LinkedOrder,
    Order,
    OrderEvent,
    OrderNumber,
    Protected,
)
from vigil.orders.rules import Clause, london_day
from vigil.victims import queries as victims


def person_of(reference: str) -> Person:
    """The respondent. Raises: NotFoundError."""
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise NotFoundError
    return person


def locked(reference: str, by: Viewer) -> Order:
    """The order, held until this transaction ends: two officers take their turn.

    Raises: NotFoundError, also for an order of a person who is sealed to others.
    """
    row = (
        Order.objects.select_for_update(of=("self",))
        .select_related("respondent")
        .filter(reference=reference)
        .first()
    )
    if row is None or row.respondent.reference in hidden_from(by):
        raise NotFoundError
    return row


def check_regime_of_agency(instrument: str, by: Viewer) -> str:
    """The regime that an order of this kind is under. Raises: ProposedError."""
    if kind_of(instrument).is_proposed:
        check_regime(instrument, agency(by.agency).regime)
    return regime_of(instrument).value


def sameness_of(
    instrument: str, respondent: str, day: date, protected: Sequence[str], *, is_draft: bool = False
) -> str:
    """The digest by which the same order, or the same draft, is known when it comes twice."""
    parts = (instrument, respondent, day.isoformat(), *sorted(protected))
    same = "|".join((*parts, "draft") if is_draft else parts)
    return hashlib.sha256(same.encode()).hexdigest()


def check_is_new(sameness: str, *, but: Order | None = None) -> None:
    """Raises SameOrderError where there is such an order already."""
    twin = Order.objects.filter(sameness=sameness).first()
    if twin is not None and twin != but:
        raise SameOrderError(
            f"expected an order that is not yet here, found {twin.reference} of the same kind "
            "and day for the same person, which protects the same people"
        )


def next_reference(prefix: str, year: int) -> str:
    """The next number of that year. The row stays locked, so no two orders get one number."""
    counter, _ = OrderNumber.objects.get_or_create(prefix=prefix, year=year)
    OrderNumber.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return f"{prefix}-{year}-{counter.last:04d}"


def check_protected(protected: Sequence[str]) -> None:
    """Raises BadTermsError unless at least one is named, and each once."""
    if not protected or len(set(protected)) < len(protected):
        raise BadTermsError("expected at least one protected person, each once")


def name_protected(by: Viewer, order: Order, protected: Sequence[str]) -> None:
    """Number the protected persons of a new order. Raises: BadTermsError, NotFoundError."""
    check_protected(protected)
    rows = victims.known(by, protected)
    if len(rows) < len(protected):
        raise NotFoundError
    Protected.objects.bulk_create(
        [
            Protected(order=order, person_id=rows[reference], number=number)
            for number, reference in enumerate(protected, start=1)
        ]
    )


def protected_of(order: Order) -> list[str]:
    """The references of its protected persons, in the order of their numbers."""
    rows = Protected.objects.filter(order=order).order_by("number")
    return list(rows.values_list("person__reference", flat=True))


def add_event(
    order: Order,
    kind: EventKind,
    *,
    by: Viewer,
    at: datetime,
    happened_at: datetime,
    clauses: Sequence[Clause] | None = None,
    **more: Any,
) -> OrderEvent:
    """Write one event, with its clauses where it sets any.

    `recorded_at` never goes back within an order, even where a clock was set back: what was
    known on a day must stay what was known.
    """
    last = OrderEvent.objects.filter(order=order).aggregate(last=Max("recorded_at"))["last"]
    event = OrderEvent.objects.create(
        order=order,
        kind=kind,
        happened_at=happened_at,
        recorded_at=max(at, last) if last else at,
        by=by.username,
        sets_clauses=clauses is not None,
        **more,
    )
    Condition.objects.bulk_create(
        [
            Condition(
                event=event,
                position=position,
                clause=clause.clause.strip(),
                text=clause.text.strip(),
                rule=dict(clause.rule),
            )
            for position, clause in enumerate(clauses or (), start=1)
        ]
    )
    return event


def add_link(order: Order, kind: LinkKind, other: Order, *, by: Viewer, at: datetime) -> None:
    """Link two orders. Raises: BadLinkError."""
    check_link(order, kind, other)
    LinkedOrder.objects.get_or_create(
        order=order,
        kind=kind,
        other=other,
        defaults={"recorded_at": at, "recorded_by": by.username},
    )


def check_link(order: Order, kind: LinkKind, other: Order) -> None:
    """Raises BadLinkError where the two cannot be that to each other."""
    if order.pk == other.pk:
        raise BadLinkError("expected two orders, found one linked to itself")
    if kind is not LinkKind.SAME_APPLICATION and order.respondent_id != other.respondent_id:
        raise BadLinkError("expected two orders against the same person, found two persons")
    if kind is LinkKind.SAME_APPLICATION and order.instrument != other.instrument:
        raise BadLinkError("expected two orders of one kind in one application, found two kinds")
    on = order.made_on or other.made_on or london_day(order.recorded_at)
    if kind is LinkKind.INTERIM_OF and not _leads(order.instrument, other.instrument, on):
        raise BadLinkError("expected an interim order and the full order of its kind, found others")
    if kind is LinkKind.FOLLOWS_NOTICE and not _leads(other.instrument, order.instrument, on):
        raise BadLinkError("expected an order and the notice that it follows, found others")


def natural_link(order: Order, old: Order) -> tuple[Order, LinkKind, Order] | None:
    """What an order is to the one that it takes the place of, where the law leads there."""
    if not _leads(old.instrument, order.instrument, order.made_on or london_day(order.recorded_at)):
        return None
    if kind_of(old.instrument).is_notice:
        return order, LinkKind.FOLLOWS_NOTICE, old
    return old, LinkKind.INTERIM_OF, order


def _leads(first: str, second: str, on: date) -> bool:
    fact = said(first, "leads_to", on=on)
    return fact is not None and fact.text == second

"""What changes the record of orders: make, serve, discharge.

Each refuses with the provision where the law refuses, and writes nothing then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.ledger.action import action, record
from vigil.orders import permissions, rules
from vigil.orders.conditions import check_rule
from vigil.orders.errors import BadTermsError, SameOrderError
from vigil.orders.kinds import Ending, EventKind, How, Kind, Proof, Where, kind_of
from vigil.orders.lawful import check_lawful
from vigil.orders.models import (
    Condition,
    Evidence,
    Order,
    OrderEvent,
    OrderNumber,
    Protected,
)
from vigil.orders.queries import events_of
from vigil.victims import queries as victims


@action
def make(
    *,
    by: Viewer,
    at: datetime,
    instrument: str,
    respondent: str,
    made_on: date,
    clauses: Sequence[rules.Clause],
    protected: Sequence[str],
    last_day: date | None = None,
    made_at: datetime | None = None,
    court: str = "",
    issuer_rank: str | None = None,
    applicant: str | None = None,
    subject_age: int | None = None,
    area: str | None = None,
    jurisdiction: str = "EW",
    without_notice: bool | None = None,
    evidence: Sequence[str] = (),
    replaces: str | None = None,
) -> str:
    """Record an order that a court made, or issue a notice; the answer is its reference.

    `respondent` is a person's reference, `protected` those of protected persons in the order
    of their numbers, `evidence` those of reports. `last_day` None: until further order.
    `replaces` ends that order at the making of this one.

    Raises: NotAllowedError, UnknownOrderKindError, BadTermsError, BadRuleError,
        NotLawfulError, SameOrderError, NotFoundError.
    """
    kind = kind_of(instrument)
    permissions.check_can_make(by, kind)
    _check_maker(kind, court=court, issuer_rank=issuer_rank, last_day=last_day)
    rules.check_terms(made_on=made_on, made_at=made_at, last_day=last_day, clauses=clauses)
    rules.check_making_is_past(made_on=made_on, made_at=made_at, at=at)
    for clause in clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=instrument,
        jurisdiction=jurisdiction,
        made_on=made_on,
        last_day=last_day,
        issuer_rank=issuer_rank,
        applicant=applicant,
        subject_age=subject_age,
        area=area,
    )
    old = _locked(replaces) if replaces is not None else None
    order = Order(
        agency_id=by.agency,
        instrument=instrument,
        jurisdiction=jurisdiction,
        respondent=_person(respondent),
        made_on=made_on,
        court=court.strip(),
        issuer_rank=issuer_rank or "",
        without_notice=without_notice,
        replaces=old,
        recorded_at=at,
        recorded_by=by.username,
    )
    _number(order, kind, protected)
    happened_at = made_at or rules.first_instant(made_on)
    _name_protected(by, order, protected)
    Evidence.objects.bulk_create([Evidence(order=order, report=r) for r in dict.fromkeys(evidence)])
    _set_terms(order, by=by, at=at, happened_at=happened_at, last_day=last_day, clauses=clauses)
    targets = [order.reference, respondent, *protected]
    if old is not None:
        _replace(old, order, by=by, at=at, happened_at=happened_at)
        targets.append(old.reference)
    record(
        targets=targets,
        facts={"instrument": instrument, "clauses": len(clauses), "evidence": list(evidence)},
        happened_at=happened_at,
    )
    return order.reference


@action
def serve(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    served_at: datetime,
    how: How,
    where: Where,
    proof: Proof,
    served_by: str | None = None,
) -> datetime:
    """Record that the order was served; the answer is the instant that counts.

    `served_by` is the officer's number or name as on the proof; the one who records it
    if it is left out. The first service counts; a second is refused.

    Raises: NotAllowedError, NotFoundError, BadServiceError, AlreadyServedError.
    """
    row = _locked(order)
    permissions.check_can_serve(by, agency=row.agency_id)
    rules.check_service(
        events_of(row), instrument=row.instrument, served_at=served_at, how=how, at=at
    )
    OrderEvent.objects.create(
        order=row,
        kind=EventKind.SERVED,
        happened_at=served_at,
        recorded_at=at,
        by=by.username,
        served_by=served_by or by.username,
        place_kind=where,
        how=how,
        proof=proof,
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"how": how, "proof": proof},
        happened_at=served_at,
    )
    return served_at


@action
def discharge(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    discharged_at: datetime,
    how: Ending = Ending.COURT_ORDER,
    consents: frozenset[str] = frozenset(),
) -> datetime:
    """Record that the order came to an end before its last day.

    Raises: NotAllowedError, NotFoundError, BadDischargeError.
    """
    row = _locked(order)
    permissions.check_can_end(by, agency=row.agency_id)
    rules.check_discharge(
        events_of(row),
        instrument=row.instrument,
        ended_on=discharged_at,
        how=how,
        consents=consents,
        at=at,
    )
    OrderEvent.objects.create(
        order=row,
        kind=EventKind.DISCHARGED,
        happened_at=discharged_at,
        recorded_at=at,
        by=by.username,
        ending=how,
        consents=sorted(consents),
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"how": how, "consents": sorted(consents)},
        happened_at=discharged_at,
    )
    return discharged_at


def _check_maker(kind: Kind, *, court: str, issuer_rank: str | None, last_day: date | None) -> None:
    if kind.is_notice and last_day is not None:
        raise BadTermsError(
            "expected no last day: a notice lasts until the application for an order is decided"
        )
    if kind.is_notice and (court.strip() or not issuer_rank):
        raise BadTermsError(
            "expected the rank of the officer who issues the notice and no court; "
            "a notice is not made by a court"
        )
    if not kind.is_notice and (issuer_rank or not court.strip()):
        raise BadTermsError("expected the court that made the order and no rank; name the court")


def _person(reference: str) -> Person:
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise NotFoundError
    return person


def _locked(reference: str) -> Order:
    """The order, held until this transaction ends: two officers take their turn."""
    row = (
        Order.objects.select_for_update(of=("self",))
        .select_related("respondent")
        .filter(reference=reference)
        .first()
    )
    if row is None:
        raise NotFoundError
    return row


def _number(order: Order, kind: Kind, protected: Sequence[str]) -> None:
    """Give a new order its reference and write it. Raises: SameOrderError."""
    parts = (order.instrument, order.respondent.reference, order.made_on.isoformat())
    same = "|".join((*parts, *sorted(protected)))
    order.sameness = hashlib.sha256(same.encode()).hexdigest()
    twin = Order.objects.filter(sameness=order.sameness).first()
    if twin is not None:
        raise SameOrderError(
            f"expected an order that is not yet here, found {twin.reference} of the same kind "
            "and day for the same person, which protects the same people"
        )
    order.reference = _next_reference(kind.prefix, order.made_on.year)
    order.save(force_insert=True)


def _next_reference(prefix: str, year: int) -> str:
    """The next number of that year. The row stays locked, so no two orders get one number."""
    counter, _ = OrderNumber.objects.get_or_create(prefix=prefix, year=year)
    OrderNumber.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return f"{prefix}-{year}-{counter.last:04d}"


def _name_protected(by: Viewer, order: Order, protected: Sequence[str]) -> None:
    if not protected or len(set(protected)) < len(protected):
        raise BadTermsError("expected at least one protected person, each once")
    rows = victims.known(by, protected)
    if len(rows) < len(protected):
        raise NotFoundError
    Protected.objects.bulk_create(
        [
            Protected(order=order, person_id=rows[reference], number=number)
            for number, reference in enumerate(protected, start=1)
        ]
    )


def _set_terms(
    order: Order,
    *,
    by: Viewer,
    at: datetime,
    happened_at: datetime,
    last_day: date | None,
    clauses: Sequence[rules.Clause],
) -> None:
    event = OrderEvent.objects.create(
        order=order,
        kind=EventKind.MADE,
        happened_at=happened_at,
        recorded_at=at,
        by=by.username,
        sets_terms=True,
        last_day=last_day,
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
            for position, clause in enumerate(clauses, start=1)
        ]
    )


def _replace(old: Order, order: Order, *, by: Viewer, at: datetime, happened_at: datetime) -> None:
    permissions.check_can_end(by, agency=old.agency_id)
    if old.respondent_id != order.respondent_id:
        raise BadTermsError("expected to replace an order against the same person, found another")
    rules.check_replacement(events_of(old), instrument=old.instrument, replaced_at=happened_at)
    OrderEvent.objects.create(
        order=old, kind=EventKind.REPLACED, happened_at=happened_at, recorded_at=at, by=by.username
    )

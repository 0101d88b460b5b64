"""An order before it is made: drafted, authorised, applied for, listed, adjourned, refused.

A draft has its reference from the first day and keeps it for life. One application against
several respondents is several orders, linked: each is served, varied and breached by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import changes, permissions
from vigil.orders.actions.rows import (
    add_event,
    add_link,
    check_is_new,
    check_protected,
    check_regime_of_agency,
    locked,
    name_protected,
    next_reference,
    person_of,
    sameness_of,
)
from vigil.orders.conditions import check_rule
from vigil.orders.errors import BadTermsError
from vigil.orders.kinds import EventKind, LinkKind, home_of, kind_of
from vigil.orders.lawful import check_content, check_lawful, check_rank
from vigil.orders.models import Evidence, Order
from vigil.orders.queries import events_of
from vigil.orders.rules import Clause, check_clauses, check_last_day, london_day


@action
def draft(
    *,
    by: Viewer,
    at: datetime,
    instrument: str,
    respondents: Sequence[str],
    protected: Sequence[str],
    clauses: Sequence[Clause],
    last_day: date | None = None,
    applicant: str | None = None,
    subject_age: int | None = None,
    area: str | None = None,
    jurisdiction: str | None = None,
    without_notice: bool | None = None,
    evidence: Sequence[str] = (),
) -> tuple[str, ...]:
    """Begin an order, or a notice, with the terms that are asked for; the references, in order.

    `respondents` are persons' references: one draft each, linked as one application. What the
    law does not allow on the day of the drafting is refused now, and asked again at the making.

    Raises: NotAllowedError, UnknownOrderKindError, ProposedError, BadTermsError, BadRuleError,
        NotLawfulError, SameOrderError, NotFoundError.
    """
    kind = kind_of(instrument)
    permissions.check_can_draft(by)
    regime = check_regime_of_agency(instrument, by)
    if not respondents or len(set(respondents)) < len(respondents):
        raise BadTermsError("expected at least one respondent, each once")
    check_protected(protected)
    today, place = london_day(at), jurisdiction or home_of(instrument)
    if kind.is_notice and last_day is not None:
        raise BadTermsError("expected no last day: a notice lasts until the application is decided")
    check_clauses(clauses)
    check_last_day(last_day, not_before=today, what="the day of the draft")
    for clause in clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=instrument,
        jurisdiction=place,
        made_on=today,
        last_day=last_day,
        issuer_rank=None,
        applicant=applicant,
        subject_age=subject_age,
        area=area,
    )
    check_content(
        instrument=instrument,
        jurisdiction=place,
        clauses=clauses,
        made_on=today,
        last_day=last_day,
    )
    rows: list[Order] = []
    for respondent in respondents:
        person = person_of(respondent)
        sameness = sameness_of(instrument, respondent, today, protected, is_draft=True)
        check_is_new(sameness)
        row = Order(
            agency_id=by.agency,
            instrument=instrument,
            jurisdiction=place,
            regime=regime,
            respondent=person,
            without_notice=without_notice,
            applicant=applicant or "",
            sameness=sameness,
            reference=next_reference(kind.prefix, today.year),
            recorded_at=at,
            recorded_by=by.username,
        )
        row.save(force_insert=True)
        name_protected(by, row, protected)
        Evidence.objects.bulk_create(
            [Evidence(order=row, report=r) for r in dict.fromkeys(evidence)]
        )
        add_event(
            row,
            EventKind.DRAFTED,
            by=by,
            at=at,
            happened_at=at,
            clauses=clauses,
            last_day=last_day,
            sets_last_day=not kind.is_notice,
        )
        rows.append(row)
    for other in rows[1:]:
        add_link(other, LinkKind.SAME_APPLICATION, rows[0], by=by, at=at)
    references = tuple(row.reference for row in rows)
    record(
        targets=[*references, *respondents, *protected],
        facts={"instrument": instrument, "clauses": len(clauses), "evidence": list(evidence)},
    )
    return references


@action
def authorise(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    authorised_at: datetime,
    rank: str,
    area: str | None = None,
) -> datetime:
    """Record that an officer of that rank authorised the draft; the law says which rank it takes.

    Raises: NotAllowedError, NotFoundError, BadStepError, BadTermsError, NotLawfulError.
    """
    row = locked(order, by)
    permissions.check_can_authorise(by, agency=row.agency_id)
    _check(row, EventKind.AUTHORISED, authorised_at, at)
    check_rank(
        instrument=row.instrument,
        jurisdiction=row.jurisdiction,
        rank=rank,
        authorised_on=london_day(authorised_at),
        area=area,
    )
    return _step(row, EventKind.AUTHORISED, authorised_at, by=by, at=at, rank=rank)


@action
def apply_for(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    applied_at: datetime,
    court: str,
    applicant: str | None = None,
    subject_age: int | None = None,
    area: str | None = None,
) -> datetime:
    """Record that a court was asked for the order; the answer is that instant.

    Raises: NotAllowedError, NotFoundError, BadStepError, BadTermsError, NotLawfulError.
    """
    row = locked(order, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    _check(row, EventKind.APPLIED, applied_at, at)
    if not court.strip():
        raise BadTermsError("expected the court that was asked, found none; name it")
    check_lawful(
        instrument=row.instrument,
        jurisdiction=row.jurisdiction,
        made_on=london_day(applied_at),
        last_day=_asked_last_day(row),
        issuer_rank=None,
        applicant=applicant or row.applicant or None,
        subject_age=subject_age,
        area=area,
    )
    if applicant:
        Order.objects.filter(pk=row.pk).update(applicant=applicant)
    return _step(row, EventKind.APPLIED, applied_at, by=by, at=at, court=court.strip())


@action
def list_hearing(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    listed_at: datetime,
    hearing_at: datetime,
    court: str = "",
) -> datetime:
    """Record the hearing of the application, which may lie ahead; the answer is its instant.

    For a notice that was issued: the hearing of the application that follows it.

    Raises: NotAllowedError, NotFoundError, BadStepError.
    """
    row = locked(order, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    _check(row, EventKind.HEARING_LISTED, listed_at, at)
    changes.check_hearing(hearing_at, listed_at=listed_at)
    _step(
        row,
        EventKind.HEARING_LISTED,
        listed_at,
        by=by,
        at=at,
        hearing_at=hearing_at,
        court=court.strip(),
    )
    return hearing_at


@action
def adjourn(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    adjourned_at: datetime,
    hearing_at: datetime | None = None,
) -> datetime:
    """Record that the hearing was put off, to another instant where one was given.

    Raises: NotAllowedError, NotFoundError, BadStepError.
    """
    row = locked(order, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    _check(row, EventKind.ADJOURNED, adjourned_at, at)
    if hearing_at is not None:
        changes.check_hearing(hearing_at, listed_at=adjourned_at)
    return _step(row, EventKind.ADJOURNED, adjourned_at, by=by, at=at, hearing_at=hearing_at)


@action
def refuse(
    *, by: Viewer, at: datetime, order: str, refused_at: datetime, court: str = ""
) -> datetime:
    """Record that the court refused the application.

    Raises: NotAllowedError, NotFoundError, BadStepError.
    """
    row = locked(order, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    _check(row, EventKind.REFUSED, refused_at, at)
    _let_go(row)
    return _step(row, EventKind.REFUSED, refused_at, by=by, at=at, court=court.strip())


@action
def withdraw(*, by: Viewer, at: datetime, order: str, withdrawn_at: datetime) -> datetime:
    """Record that a draft or an application was given up.

    Raises: NotAllowedError, NotFoundError, BadStepError.
    """
    row = locked(order, by)
    permissions.check_can_apply(by, agency=row.agency_id)
    _check(row, EventKind.WITHDRAWN, withdrawn_at, at)
    _let_go(row)
    return _step(row, EventKind.WITHDRAWN, withdrawn_at, by=by, at=at)


def _check(row: Order, kind: EventKind, happened_at: datetime, at: datetime) -> None:
    changes.check_step(
        events_of(row), kind, instrument=row.instrument, happened_at=happened_at, at=at
    )


def _step(
    row: Order,
    kind: EventKind,
    happened_at: datetime,
    *,
    by: Viewer,
    at: datetime,
    rank: str = "",
    court: str = "",
    hearing_at: datetime | None = None,
) -> datetime:
    add_event(
        row,
        kind,
        by=by,
        at=at,
        happened_at=happened_at,
        rank=rank,
        court=court,
        hearing_at=hearing_at,
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={
            "rank": rank,
            "hearing_at": hearing_at.isoformat() if hearing_at else None,
        },
        happened_at=happened_at,
    )
    return happened_at


def _asked_last_day(row: Order) -> date | None:
    return next(
        (e.last_day for e in events_of(row) if e.kind is EventKind.DRAFTED and e.sets_last_day),
        None,
    )


def _let_go(row: Order) -> None:
    """The same order may be drafted again on the day on which this one came to nothing."""
    Order.objects.filter(pk=row.pk).update(sameness=f"ended|{row.reference}")

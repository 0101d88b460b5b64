"""An order comes into being: made by a court, or issued as a notice; at once or from a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import changes, permissions, rules
from vigil.orders.actions.rows import (
    add_event,
    add_link,
    check_is_new,
    check_regime_of_agency,
    locked,
    name_protected,
    natural_link,
    next_reference,
    person_of,
    protected_of,
    sameness_of,
)
from vigil.orders.conditions import check_rule
from vigil.orders.errors import BadStepError, BadTermsError
from vigil.orders.kinds import EventKind, Kind, LinkKind, home_of, kind_of
from vigil.orders.lawful import check_content, check_lawful
from vigil.orders.models import Evidence, Order, OrderEvent
from vigil.orders.queries import events_of


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
    jurisdiction: str | None = None,
    without_notice: bool | None = None,
    evidence: Sequence[str] = (),
    replaces: str | None = None,
    follows: str | None = None,
) -> str:
    """Record an order that a court made, or issue a notice; the answer is its reference.

    `respondent` is a person's reference, `protected` those of protected persons in the order
    of their numbers, `evidence` those of reports. `last_day` None: until further order.
    `replaces` ends that order at the making of this one; `follows` is the notice that led to
    it, which ends in its own way. `jurisdiction` None: the instrument's own.

    Raises: NotAllowedError, UnknownOrderKindError, ProposedError, BadTermsError, BadRuleError,
        NotLawfulError, SameOrderError, NotFoundError, BadLinkError.
    """
    kind = kind_of(instrument)
    permissions.check_can_make(by, kind)
    regime = check_regime_of_agency(instrument, by)
    place = jurisdiction or home_of(instrument)
    _check_maker(kind, court=court, issuer_rank=issuer_rank, last_day=last_day)
    rules.check_terms(made_on=made_on, made_at=made_at, last_day=last_day, clauses=clauses)
    rules.check_making_is_past(made_on=made_on, made_at=made_at, at=at)
    for clause in clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=instrument,
        jurisdiction=place,
        made_on=made_on,
        last_day=last_day,
        issuer_rank=issuer_rank,
        applicant=applicant,
        subject_age=subject_age,
        area=area,
    )
    check_content(
        instrument=instrument,
        jurisdiction=place,
        clauses=clauses,
        made_on=made_on,
        last_day=last_day,
    )
    old = locked(replaces, by) if replaces is not None else None
    sameness = sameness_of(instrument, respondent, made_on, protected)
    person = person_of(respondent)
    check_is_new(sameness)
    order = Order(
        agency_id=by.agency,
        instrument=instrument,
        jurisdiction=place,
        regime=regime,
        respondent=person,
        made_on=made_on,
        court=court.strip(),
        issuer_rank=issuer_rank or "",
        without_notice=without_notice,
        applicant=applicant or "",
        replaces=old,
        sameness=sameness,
        reference=next_reference(kind.prefix, made_on.year),
        recorded_at=at,
        recorded_by=by.username,
    )
    order.save(force_insert=True)
    happened_at = made_at or rules.first_instant(made_on)
    name_protected(by, order, protected)
    Evidence.objects.bulk_create([Evidence(order=order, report=r) for r in dict.fromkeys(evidence)])
    _set_terms(
        order,
        EventKind.MADE,
        by=by,
        at=at,
        happened_at=happened_at,
        last_day=last_day,
        clauses=clauses,
    )
    targets = [order.reference, respondent, *protected]
    if old is not None:
        _replace(old, order, by=by, at=at, happened_at=happened_at)
        targets.append(old.reference)
    if follows is not None:
        notice = locked(follows, by)
        add_link(order, LinkKind.FOLLOWS_NOTICE, notice, by=by, at=at)
        targets.append(notice.reference)
    record(
        targets=targets,
        facts={"instrument": instrument, "clauses": len(clauses), "evidence": list(evidence)},
        happened_at=happened_at,
    )
    return order.reference


@action
def make_drafted(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    made_on: date,
    court: str,
    made_at: datetime | None = None,
    clauses: Sequence[rules.Clause] | None = None,
    last_day: date | None = None,
    until_further_order: bool = False,
    subject_age: int | None = None,
    area: str | None = None,
    without_notice: bool | None = None,
    replaces: str | None = None,
    follows: str | None = None,
) -> datetime:
    """Record that a court made an order that was drafted here; the answer is the instant.

    `clauses` None: as they were asked for. `last_day` None with `until_further_order` False: as
    it was asked for. Everything else is checked as if it were recorded at once.

    Raises: NotAllowedError, NotFoundError, BadStepError, BadTermsError, BadRuleError,
        NotLawfulError, SameOrderError, BadLinkError.
    """
    row = locked(order, by)
    kind = kind_of(row.instrument)
    if kind.is_notice:
        raise BadStepError("expected an order of a court, found a notice; issue it")
    permissions.check_can_make_in(by, kind, agency=row.agency_id)
    _check_maker(kind, court=court, issuer_rank=None, last_day=None)
    asked = rules.proposed_terms(events_of(row), at=at) or rules.Terms(None, ())
    terms = rules.Terms(
        None if until_further_order else last_day or asked.last_day,
        asked.clauses if clauses is None else tuple(clauses),
    )
    happened_at = _come_into_being(
        row,
        EventKind.MADE,
        terms,
        by=by,
        at=at,
        made_on=made_on,
        made_at=made_at,
        court=court.strip(),
        subject_age=subject_age,
        area=area,
        without_notice=without_notice,
    )
    targets = [row.reference, row.respondent.reference, *protected_of(row)]
    if replaces is not None:
        old = locked(replaces, by)
        Order.objects.filter(pk=row.pk).update(replaces=old)
        _replace(old, row, by=by, at=at, happened_at=happened_at)
        targets.append(old.reference)
    if follows is not None:
        notice = locked(follows, by)
        add_link(row, LinkKind.FOLLOWS_NOTICE, notice, by=by, at=at)
        targets.append(notice.reference)
    record(targets=targets, facts={"clauses": len(terms.clauses)}, happened_at=happened_at)
    return happened_at


@action
def issue_notice(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    issued_at: datetime,
    clauses: Sequence[rules.Clause] | None = None,
    subject_age: int | None = None,
    area: str | None = None,
) -> datetime:
    """Issue a notice that was drafted and authorised; the rank is that of the authorisation.

    `clauses` None: as they were drafted. It binds from its service, not from now.

    Raises: NotAllowedError, NotFoundError, BadStepError, BadTermsError, BadRuleError,
        NotLawfulError, SameOrderError.
    """
    row = locked(order, by)
    permissions.check_can_make_in(by, kind_of(row.instrument), agency=row.agency_id)
    asked = rules.proposed_terms(events_of(row), at=at) or rules.Terms(None, ())
    rank = (
        OrderEvent.objects.filter(order=row, kind=EventKind.AUTHORISED)
        .values_list("rank", flat=True)
        .first()
    )
    _come_into_being(
        row,
        EventKind.NOTICE_ISSUED,
        rules.Terms(None, asked.clauses if clauses is None else tuple(clauses)),
        by=by,
        at=at,
        made_on=rules.london_day(issued_at),
        made_at=issued_at,
        issuer_rank=rank or "",
        subject_age=subject_age,
        area=area,
        without_notice=None,
    )
    record(
        targets=[row.reference, row.respondent.reference, *protected_of(row)],
        facts={"rank": rank or ""},
        happened_at=issued_at,
    )
    return issued_at


def _come_into_being(
    row: Order,
    kind: EventKind,
    terms: rules.Terms,
    *,
    by: Viewer,
    at: datetime,
    made_on: date,
    made_at: datetime | None,
    court: str = "",
    issuer_rank: str = "",
    subject_age: int | None,
    area: str | None,
    without_notice: bool | None,
) -> datetime:
    """Check the making of a draft as any making is checked, and write it."""
    rules.check_terms(
        made_on=made_on, made_at=made_at, last_day=terms.last_day, clauses=terms.clauses
    )
    rules.check_making_is_past(made_on=made_on, made_at=made_at, at=at)
    events = events_of(row)
    happened_at = made_at or _first_instant_after(events, made_on)
    changes.check_step(events, kind, instrument=row.instrument, happened_at=happened_at, at=at)
    protected = protected_of(row)
    for clause in terms.clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=row.instrument,
        jurisdiction=row.jurisdiction,
        made_on=made_on,
        last_day=terms.last_day,
        issuer_rank=issuer_rank or None,
        applicant=row.applicant or None,
        subject_age=subject_age,
        area=area,
    )
    check_content(
        instrument=row.instrument,
        jurisdiction=row.jurisdiction,
        clauses=terms.clauses,
        made_on=made_on,
        last_day=terms.last_day,
    )
    sameness = sameness_of(row.instrument, row.respondent.reference, made_on, protected)
    check_is_new(sameness, but=row)
    row.made_on, row.court, row.issuer_rank = made_on, court, issuer_rank
    row.sameness = sameness
    row.without_notice = row.without_notice if without_notice is None else without_notice
    row.save(update_fields=["made_on", "court", "issuer_rank", "sameness", "without_notice"])
    _set_terms(
        row,
        kind,
        by=by,
        at=at,
        happened_at=happened_at,
        last_day=terms.last_day,
        clauses=terms.clauses,
    )
    return happened_at


def _first_instant_after(events: Sequence[rules.Event], made_on: date) -> datetime:
    """The first instant of the day of making, or the last step on that day where there is one."""
    first = rules.first_instant(made_on)
    last = max((e.happened_at for e in events), default=first)
    return last if rules.london_day(last) == made_on else first


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


def _set_terms(
    order: Order,
    kind: EventKind,
    *,
    by: Viewer,
    at: datetime,
    happened_at: datetime,
    last_day: date | None,
    clauses: Sequence[rules.Clause],
) -> None:
    add_event(
        order,
        kind,
        by=by,
        at=at,
        happened_at=happened_at,
        clauses=clauses,
        last_day=last_day,
        sets_last_day=True,
        court=order.court,
        rank=order.issuer_rank,
    )


def _replace(old: Order, order: Order, *, by: Viewer, at: datetime, happened_at: datetime) -> None:
    """End the old order at the making of the new one, and link the two where the law leads so."""
    permissions.check_can_end(by, agency=old.agency_id)
    if old.respondent_id != order.respondent_id:
        raise BadTermsError("expected to replace an order against the same person, found another")
    changes.check_replacement(events_of(old), replaced_at=happened_at)
    add_event(old, EventKind.REPLACED, by=by, at=at, happened_at=happened_at)
    linked = natural_link(order, old)
    if linked is not None:
        add_link(*linked, by=by, at=at)

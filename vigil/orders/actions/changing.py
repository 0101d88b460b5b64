"""What a court does to an order that stays in being: varied, extended, renewed, suspended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.orders import changes, permissions
from vigil.orders.actions.rows import add_event, locked, protected_of
from vigil.orders.conditions import check_rule
from vigil.orders.kinds import EventKind
from vigil.orders.lawful import check_content, check_duration
from vigil.orders.models import Order
from vigil.orders.queries import events_of
from vigil.orders.rules import Clause, Terms, london_day, terms_at


@action
def vary(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    varied_at: datetime,
    clauses: Sequence[Clause] | None = None,
    last_day: date | None = None,
    until_further_order: bool = False,
    court: str = "",
) -> datetime:
    """Record that a court varied the order: the whole list of clauses, the last day, or both.

    `clauses` None leaves the list, `last_day` None with `until_further_order` False the last day.

    Raises: NotAllowedError, NotFoundError, BadChangeError, BadTermsError, BadRuleError,
        NotLawfulError.
    """
    row = _may_change(order, by)
    _change_terms(
        row,
        EventKind.VARIED,
        by=by,
        at=at,
        happened_at=varied_at,
        clauses=clauses,
        last_day=None if until_further_order else last_day,
        sets_last_day=until_further_order or last_day is not None,
        court=court,
    )
    return varied_at


@action
def extend(
    *, by: Viewer, at: datetime, order: str, extended_at: datetime, last_day: date, court: str = ""
) -> datetime:
    """Record that a court gave the order a later last day; its clauses stay.

    Raises: NotAllowedError, NotFoundError, BadChangeError, BadTermsError, NotLawfulError.
    """
    row = _may_change(order, by)
    _change_terms(
        row,
        EventKind.EXTENDED,
        by=by,
        at=at,
        happened_at=extended_at,
        last_day=last_day,
        sets_last_day=True,
        court=court,
    )
    return extended_at


@action
def renew(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    renewed_at: datetime,
    last_day: date,
    clauses: Sequence[Clause] | None = None,
    court: str = "",
) -> datetime:
    """Record that a court renewed the order for another term, with other clauses if it said so.

    Raises: NotAllowedError, NotFoundError, BadChangeError, BadTermsError, BadRuleError,
        NotLawfulError.
    """
    row = _may_change(order, by)
    _change_terms(
        row,
        EventKind.RENEWED,
        by=by,
        at=at,
        happened_at=renewed_at,
        clauses=clauses,
        last_day=last_day,
        sets_last_day=True,
        court=court,
    )
    return renewed_at


@action
def suspend(
    *,
    by: Viewer,
    at: datetime,
    order: str,
    suspended_at: datetime,
    until_at: datetime | None = None,
    court: str = "",
) -> datetime:
    """Record that the order was suspended; `until_at` is when it binds again, if that was said.

    Raises: NotAllowedError, NotFoundError, BadChangeError.
    """
    row = _may_change(order, by)
    changes.check_change(
        events_of(row),
        EventKind.SUSPENDED,
        instrument=row.instrument,
        happened_at=suspended_at,
        at=at,
    )
    changes.check_suspension(until_at, suspended_at=suspended_at)
    add_event(
        row,
        EventKind.SUSPENDED,
        by=by,
        at=at,
        happened_at=suspended_at,
        until_at=until_at,
        court=court.strip(),
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={"until": until_at.isoformat() if until_at else None},
        happened_at=suspended_at,
    )
    return suspended_at


@action
def resume(
    *, by: Viewer, at: datetime, order: str, resumed_at: datetime, court: str = ""
) -> datetime:
    """Record that a suspended order binds again.

    Raises: NotAllowedError, NotFoundError, BadChangeError.
    """
    row = _may_change(order, by)
    changes.check_change(
        events_of(row), EventKind.RESUMED, instrument=row.instrument, happened_at=resumed_at, at=at
    )
    add_event(row, EventKind.RESUMED, by=by, at=at, happened_at=resumed_at, court=court.strip())
    record(targets=[row.reference, row.respondent.reference], happened_at=resumed_at)
    return resumed_at


def _may_change(order: str, by: Viewer) -> Order:
    row = locked(order, by)
    permissions.check_can_change(by, agency=row.agency_id)
    return row


def _change_terms(
    row: Order,
    kind: EventKind,
    *,
    by: Viewer,
    at: datetime,
    happened_at: datetime,
    clauses: Sequence[Clause] | None = None,
    last_day: date | None,
    sets_last_day: bool,
    court: str,
) -> None:
    """Check new terms against the order and the law, and write them."""
    events = events_of(row)
    changes.check_change(events, kind, instrument=row.instrument, happened_at=happened_at, at=at)
    before = terms_at(events, at=happened_at)
    changes.check_new_terms(
        before,
        kind,
        happened_at=happened_at,
        clauses=clauses,
        last_day=last_day,
        sets_last_day=sets_last_day,
    )
    after = Terms(
        last_day if sets_last_day or before is None else before.last_day,
        tuple(clauses) if clauses is not None else before.clauses if before else (),
    )
    _check_allowed(row, kind, before, after, happened_at=happened_at)
    add_event(
        row,
        kind,
        by=by,
        at=at,
        happened_at=happened_at,
        clauses=clauses,
        last_day=last_day,
        sets_last_day=sets_last_day,
        court=court.strip(),
    )
    record(
        targets=[row.reference, row.respondent.reference],
        facts={
            "clauses": None if clauses is None else len(clauses),
            "sets_last_day": sets_last_day,
        },
        happened_at=happened_at,
    )


def _check_allowed(
    row: Order, kind: EventKind, before: Terms | None, after: Terms, *, happened_at: datetime
) -> None:
    """Raises BadRuleError, NotLawfulError where the law does not allow the terms as they will be.

    Electronic monitoring is counted from the change: each gives it at most one term more.
    """
    day = london_day(happened_at)
    made_on = row.made_on or day
    is_varied = kind is EventKind.VARIED
    if before is None or after.last_day != before.last_day:
        check_duration(
            instrument=row.instrument,
            jurisdiction=row.jurisdiction,
            counted_from=made_on if is_varied else day,
            last_day=after.last_day,
            may_be_short=not is_varied,
        )
    protected = protected_of(row)
    for clause in after.clauses:
        check_rule(clause.rule, protected=protected)
    check_content(
        instrument=row.instrument,
        jurisdiction=row.jurisdiction,
        clauses=after.clauses,
        made_on=made_on,
        since=day,
        last_day=after.last_day,
    )

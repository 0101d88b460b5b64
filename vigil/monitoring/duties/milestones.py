"""What becomes so of an order or a registration: in force, expiring, expired, over, review. Pure.

Each at its true instant, also where that lies ahead: whoever asks leaves out what has not come.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from vigil.monitoring.duties import law
from vigil.monitoring.duties.facts import (
    Facts,
    LastDay,
    Milestone,
    MilestoneKind,
    OrderFacts,
    RegistrationFacts,
    Telling,
    What,
)
from vigil.monitoring.duties.regimes import expires_at, order_over_at, registration_over_at
from vigil.orders.rules import first_instant, london_day

# How many days before an order's last day somebody is told. A force's rule, not law: 2026-11-24.
DAYS_LEFT = (28, 7)
# At one instant: in the order of a life.
_PLACE = {kind: place for place, kind in enumerate(MilestoneKind)}


def milestones(facts: Facts) -> tuple[Milestone, ...]:
    """All of them, in order of time."""
    found = [one for order in facts.orders for one in _of_order(order)]
    for registration in facts.registrations:
        found += _of_registration(registration, facts.tellings)
    return tuple(sorted(found, key=lambda m: (m.at, m.source, _PLACE[m.kind], m.days_left or 0)))


def _of_order(order: OrderFacts) -> Iterable[Milestone]:
    authority = law.authority_of_order(
        order.instrument, london_day(order.made_at), order.jurisdiction
    )

    def one(kind: MilestoneKind, at: datetime, days_left: int | None = None) -> Milestone:
        return Milestone(kind, at, order.ref, order.ref, authority, days_left)

    yield one(MilestoneKind.ORDER_IN_FORCE, order.made_at)
    for at, days_left in _expiring(order):
        yield one(MilestoneKind.ORDER_EXPIRING, at, days_left)
    over = expires_at(order)
    if over is not None and (order.ended_at is None or over <= order.ended_at):
        yield one(MilestoneKind.ORDER_EXPIRED, over)


def _expiring(order: OrderFacts) -> Iterable[tuple[datetime, int]]:
    """When so many days were left of the last day that held then, while the order lasted."""
    ordered = sorted(order.last_days, key=lambda one: one.at)
    over = order_over_at(order)
    for number, one in enumerate(ordered):
        until = ordered[number + 1].at if number + 1 < len(ordered) else None
        for at, days_left in _warnings(one):
            was_set = order.made_at <= at and one.at <= at and (until is None or at < until)
            if was_set and (over is None or at < over):
                yield at, days_left


def _warnings(one: LastDay) -> Iterable[tuple[datetime, int]]:
    if one.last_day is not None:
        for days_left in DAYS_LEFT:
            yield first_instant(one.last_day - timedelta(days=days_left)), days_left


def _of_registration(one: RegistrationFacts, tellings: Iterable[Telling]) -> Iterable[Milestone]:
    authority = law.authority_of_framework(one.framework, one.relevant_on)

    def said(kind: MilestoneKind, at: datetime, by: law.Authority = authority) -> Milestone:
        return Milestone(kind, at, one.ref, None, by)

    yield said(MilestoneKind.REGISTRATION_BEGAN, one.began_at)
    over = registration_over_at(one)
    if over is not None:
        found = law.period_of(one)
        by = tuple(p.answer() for p in found.ground.authority) if found else authority
        yield said(MilestoneKind.REGISTRATION_ENDED, over, by)
    notified_on = _first_notified_on(one, tellings, over)
    found = law.period_of(one, notified_on) if notified_on else None
    if found and found.review_from_on:
        at = first_instant(found.review_from_on)
        if over is None or at < over:
            by = tuple(p.answer() for p in found.ground.authority)
            yield said(MilestoneKind.REVIEW_DUE, at, by)


def _first_notified_on(
    one: RegistrationFacts, tellings: Iterable[Telling], over: datetime | None
) -> date | None:
    """The day of his initial notification under the registration, in time or late."""
    since = first_instant(one.relevant_on)
    told = (
        t.at
        for t in tellings
        if t.what is What.INITIAL and t.at >= since and (over is None or t.at < over)
    )
    first = min(told, default=None)
    return london_day(first) if first else None

"""In force and bound, against an oracle that lives an order through, instant by instant."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from vigil.law.loading import law
from vigil.orders.doorstep.facts import BoundOrder, Change
from vigil.orders.doorstep.standing import NOTICES, OF_KNOWLEDGE, Bond, binding, force
from vigil.orders.rules import LONDON, Clause

SECOND = timedelta(seconds=1)
FIRST = datetime(2026, 3, 1, tzinfo=UTC)


def clauses(name: str) -> tuple[Clause, ...]:
    return (Clause(name, name, {"kind": "other"}),)


@dataclass
class Life:
    """An order as somebody would live it: one thing after the other, no looking back."""

    terms: tuple[Clause, ...]
    last_day: date | None
    is_over: bool = False
    suspended: list[datetime | None] | None = None

    def meet(self, change: Change) -> None:
        if change.kind in {"discharged", "quashed"}:
            self.is_over = True
        if change.kind == "suspended":
            self.suspended = [*(self.suspended or []), change.until_at]
        if change.clauses is not None:
            self.terms = change.clauses
        if change.sets_last_day:
            self.last_day = change.last_day

    def binds(self, at: datetime) -> bool:
        day_in_london = at.astimezone(LONDON).date()
        is_past = self.last_day is not None and day_in_london > self.last_day
        is_paused = any(end is None or at < end for end in self.suspended or [])
        return not (self.is_over or is_past or is_paused)


def lived(order: BoundOrder, at: datetime) -> tuple[bool, tuple[Clause, ...]]:
    life = Life(order.clauses, order.last_day)
    for change in sorted(order.changes, key=lambda each: each.at):
        if change.at <= at:
            life.meet(change)
    has_begun = (
        at >= order.made_at
        if order.made_at is not None
        else at.astimezone(LONDON).date() >= order.made_on
    )
    return has_begun and life.binds(at), life.terms


def order_by_chance(chance: random.Random) -> BoundOrder:
    def instant() -> datetime:
        return FIRST + timedelta(minutes=chance.randrange(60 * 24 * 300))

    def day() -> date:
        return date(2026, 3, 1) + timedelta(days=chance.randrange(300))

    changes = []
    for number in range(chance.randrange(5)):
        at = instant()
        kind = chance.choice(["varied", "extended", "discharged", "quashed", *["suspended"] * 3])
        if kind in {"varied", "extended"}:
            held = clauses(f"{kind} {number}") if chance.random() < 0.6 else None
            sets = held is None or chance.random() < 0.5
            last = chance.choice([None, day(), day()]) if sets else None
            changes.append(Change(kind, at, held, last, sets))
        elif kind == "suspended":
            until = at + timedelta(days=chance.randrange(60))
            changes.append(Change(kind, at, until_at=chance.choice([None, until, until, until])))
        else:
            changes.append(Change(kind, at))
    return BoundOrder(
        "O-1",
        "STALK_PO",
        "P-1",
        ("V-1",),
        day(),
        clauses("first"),
        made_at=chance.choice([None, instant()]),
        last_day=chance.choice([None, day()]),
        changes=tuple(changes),
    )


def instants_of_note(order: BoundOrder) -> set[datetime]:
    """Every instant at which something could change, a second before, and a second after."""
    noted = {order.made_at or FIRST, FIRST + timedelta(days=400)}
    days = {order.made_on, order.last_day, *(each.last_day for each in order.changes)} - {None}
    for day in days:
        assert day is not None
        for edge in (day, day + timedelta(days=1)):
            noted.add(datetime(edge.year, edge.month, edge.day, tzinfo=LONDON).astimezone(UTC))
    for change in order.changes:
        noted |= {change.at, change.until_at or change.at}
    return {at + step * SECOND for at in noted for step in (-1, 0, 1)}


def test_in_force_at_every_instant_of_a_thousand_orders() -> None:
    chance = random.Random(20261123)
    seen = set()
    for _ in range(1000):
        order = order_by_chance(chance)
        for at in instants_of_note(order):
            found = force(order, at)
            is_in_force, terms = lived(order, at)
            assert (found.is_in_force, found.clauses) == (is_in_force, terms), (order, at)
            assert bool(found.why_not) != found.is_in_force
            seen.add(found.is_in_force)
    assert seen == {True, False}


@pytest.mark.parametrize("instrument", ["DVPN", "NMO", "STALK_PO"])
@pytest.mark.parametrize("without_notice", [True, False, None])
@pytest.mark.parametrize("served", [None, -1, 0, 1])
@pytest.mark.parametrize("known", [None, -1, 0, 1])
def test_bound_by_every_mixture_of_service_and_knowledge(
    instrument: str, without_notice: bool | None, served: int | None, known: int | None
) -> None:
    """The contract's three sentences, one after the other. Numbers are seconds from the act."""
    at = datetime(2026, 11, 20, 22, 15, tzinfo=UTC)
    order = BoundOrder(
        "O-1",
        instrument,
        "P-1",
        ("V-1",),
        date(2026, 11, 1),
        clauses("first"),
        served_at=None if served is None else at + served * SECOND,
        known_to_respondent_at=None if known is None else at + known * SECOND,
        without_notice=without_notice,
    )
    if instrument == "DVPN":
        wanted = {None: Bond.UNPROVED, 1: Bond.NOT_YET}.get(served, Bond.BOUND)
    elif instrument == "NMO" and without_notice is not False:
        proofs = [each for each in (served, known) if each is not None]
        wanted = Bond.BOUND if any(each <= 0 for each in proofs) else Bond.UNPROVED
    else:
        wanted = Bond.BOUND
    found = binding(order, at)

    assert found.bond is wanted
    assert found.fact
    says_unserved = "unserved" in found.fact
    binds_from_making = instrument == "STALK_PO" or (instrument, without_notice) == ("NMO", False)
    assert says_unserved == (binds_from_making and (served is None or served > 0))


def test_which_orders_bind_from_what_agrees_with_the_law_room() -> None:
    """The contract names the instruments; the law's data says the same of each that it knows."""
    for fact in law().facts:
        if fact.what != "binds_from":
            continue
        wanted = "making"
        if fact.of in NOTICES:
            wanted = "service"
        elif fact.of in OF_KNOWLEDGE:
            wanted = "service_or_knowledge"
        assert fact.text == wanted, fact.of

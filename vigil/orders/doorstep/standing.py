"""Was the order in force at an instant, with which clauses, and did it bind the respondent then?

From the order's own facts; whether the law let it be made is asked elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from vigil.orders.doorstep.facts import BoundOrder, Change
from vigil.orders.rules import Clause, first_instant, instant_after, say_at, say_day

# Notices: they bind from personal service and nothing else.
NOTICES = frozenset({"DVPN", "DAPN", "NI_DVPN", "NI_DAPN", "S_DAPN"})
# Made without notice they are broken only by somebody who is aware of them.
# Source: Family Law Act 1996 s. 42A(2); Domestic Abuse Act 2021 s. 39(2).
OF_KNOWLEDGE = frozenset({"NMO", "DAPO", "NI_DAPO"})


@dataclass(frozen=True, slots=True)
class Force:
    """Whether an order was in force, why not, and the clauses that held then."""

    is_in_force: bool
    why_not: str
    clauses: tuple[Clause, ...]


class Bond(Enum):
    """Whether the order bound the respondent at the act."""

    BOUND = "bound"
    UNPROVED = "unproved"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether it bound, and the fact on which that rests."""

    bond: Bond
    fact: str


def force(order: BoundOrder, at: datetime) -> Force:
    """Whether the order was in force at that instant, and what it held.

    From `made_at`, else from the first instant of `made_on`; the last day counts whole; not once
    discharged or quashed, nor while suspended; a variation counts from its instant.
    """
    past = sorted((each for each in order.changes if each.at <= at), key=lambda each: each.at)
    clauses, last_day = order.clauses, order.last_day
    for each in past:
        clauses = clauses if each.clauses is None else each.clauses
        last_day = each.last_day if each.sets_last_day else last_day
    began = order.made_at or first_instant(order.made_on)
    if at < began:
        return Force(False, f"it was not made until {say_at(began)}", clauses)
    ended = next((each for each in past if each.kind in {"discharged", "quashed"}), None)
    if ended is not None:
        return Force(False, f"it was {ended.kind} at {say_at(ended.at)}", clauses)
    if last_day is not None and at >= instant_after(last_day):
        return Force(False, f"its last day was {say_day(last_day)}", clauses)
    pause = next((each for each in past if _is_suspended(each, at)), None)
    if pause is not None:
        return Force(False, f"it was suspended from {say_at(pause.at)}", clauses)
    return Force(True, "", clauses)


def _is_suspended(change: Change, at: datetime) -> bool:
    if change.kind != "suspended":
        return False
    return change.until_at is None or at < change.until_at


def binding(order: BoundOrder, at: datetime) -> Binding:
    """Whether the order bound the respondent at that instant, by its service or his knowledge."""
    if order.instrument in NOTICES:
        return _by_service(order, at)
    if order.instrument in OF_KNOWLEDGE and order.without_notice is not False:
        return _by_knowledge(order, at)
    if order.served_at is not None and order.served_at <= at:
        return Binding(Bond.BOUND, f"the order was served at {say_at(order.served_at)}")
    return Binding(Bond.BOUND, "the order was unserved then, and binds from its making")


def _by_service(order: BoundOrder, at: datetime) -> Binding:
    if order.served_at is None:
        return Binding(
            Bond.UNPROVED,
            "nothing proves that the notice was served, and it binds from personal service",
        )
    said = f"the notice was served at {say_at(order.served_at)}"
    if order.served_at > at:
        return Binding(Bond.NOT_YET, f"{said}, after the act, and binds from personal service")
    return Binding(Bond.BOUND, said)


def _by_knowledge(order: BoundOrder, at: datetime) -> Binding:
    proofs = {
        order.served_at: "the order was served",
        order.known_to_respondent_at: "he is proved to have known of the order",
    }
    proved = [(when, said) for when, said in proofs.items() if when is not None]
    first = min(proved, default=None)
    if first is None:
        return Binding(
            Bond.UNPROVED, "nothing proves that he was served with the order or knew of it"
        )
    when, said = first
    if when > at:
        return Binding(
            Bond.UNPROVED,
            f"nothing proves that he knew of the order before {say_at(when)}, after the act",
        )
    return Binding(Bond.BOUND, f"{said} at {say_at(when)}")

"""What binds him, for somebody at a door: in force or not, served or not, word for word.

A protected person is her number in the order. Nothing held is never said shorter than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.orders.kinds import EventKind, Status, kind_of
from vigil.orders.queries import Happening, OrderView

WHOM: Final = "Protected person"
HOW: Final = {
    "personal": "on him in person",
    "post": "by post",
    "left_at_address": "left at his address",
    "legal_representative": "on his legal representative",
}
PROOF: Final = {
    "statement_of_service": "statement of service held",
    "body_worn_video": "body-worn video held",
    "court_record": "court record",
    "certificate_of_posting": "certificate of posting held",
}
# Nearest to binding him first; what is not made or is over comes last and is counted.
_SHOWN: Final = (Status.IN_FORCE, Status.SUSPENDED, Status.NOT_SERVED)


@dataclass(frozen=True, slots=True)
class OrderShown:
    """One order at the door. `state` is the square."""

    reference: str
    title: str
    state: str
    state_words: str
    lines: list[str]
    clauses: list[tuple[str, str]]
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class Held:
    """All that is held against him: the answer first. `heading` is empty where nothing is."""

    heading: str
    sentence: str
    orders: list[OrderShown]
    rest: str


def held(orders: Sequence[OrderView]) -> Held:
    """What binds him now, what may bind him, and how much is over."""
    shown = [order for status in _SHOWN for order in orders if order.standing.status is status]
    in_force = [order for order in shown if order.standing.status is Status.IN_FORCE]
    heading, sentence = _band(in_force, shown)
    over = len(orders) - len(shown)
    rest = f"{formats.count(over, 'other order')} held: ended, or not made yet." if over else ""
    return Held(heading, sentence, [_shown(order) for order in shown], rest)


def _band(in_force: Sequence[OrderView], shown: Sequence[OrderView]) -> tuple[str, str]:
    if in_force:
        word = "ORDER IN FORCE" if len(in_force) == 1 else "ORDERS IN FORCE"
        served = sum(order.standing.is_served for order in in_force)
        return word, f"{formats.count(len(in_force), 'order')}. {_served(served, len(in_force))}"
    if shown:
        return "NOT PROVED TO BIND HIM", f"{formats.count(len(shown), 'order')} held. See below."
    return "", ""


def _served(served: int, total: int) -> str:
    if served == total:
        word = {1: "Served", 2: "Both served"}.get(total, "All served")
        return f"{word} on him."
    return (
        f"{served} served; of the rest no proof of service." if served else "No proof of service."
    )


def _shown(order: OrderView) -> OrderShown:
    state, words = state_of(order)
    return OrderShown(
        reference=order.reference,
        title=order.title,
        state=state,
        state_words=words,
        lines=[lasts(order), *served_lines(order)],
        clauses=[(f"Clause {one.clause}", one.text) for one in order.clauses],
        is_proposed=order.is_proposed,
    )


def state_of(order: OrderView) -> tuple[str, str]:
    """The square of an order, and its words."""
    standing = order.standing
    if standing.status is Status.IN_FORCE:
        return ("served", "In force and served") if standing.is_served else ("made", "In force")
    if standing.status is Status.NOT_SERVED:
        return "made", "Made, no proof that it binds him"
    if standing.status is Status.SUSPENDED:
        return "none", "Suspended"
    return "none", "Not in force"


def lasts(order: OrderView) -> str:
    """Until when it lasts, or why it does not."""
    standing = order.standing
    if standing.status not in _SHOWN or standing.status is Status.SUSPENDED:
        return standing.ground
    if standing.last_day:
        until = formats.last_moment(standing.last_day)
        return f"{until[:1].upper()}{until[1:]}"
    if kind_of(order.instrument).is_notice:
        return "Until the court has decided on an order"
    return "Until a court ends it"


def served_lines(order: OrderView) -> list[str]:
    """Whether it was served, how and with which proof; one line or two."""
    first = service_of(order)
    if first is None:
        known = order.standing.known_at
        told = [f"He knew of it at {formats.moment(known)}."] if known else []
        return ["Service: not recorded", *told]
    return [f"Served {HOW.get(first.how, '')}, {formats.moment(first.happened_at)}"]


def service_of(order: OrderView) -> Happening | None:
    """Its first service; the first one counts."""
    return next((e for e in order.events if e.kind == EventKind.SERVED), None)


def served_row(orders: Sequence[OrderView]) -> tuple[str, str]:
    """The answer to "Served?" for the orders that decide, and the proof, weakest link first."""
    unserved = [order for order in orders if service_of(order) is None]
    if not orders:
        return "No order in force was held then", ""
    if unserved:
        known = [o for o in unserved if o.standing.known_at]
        told = "Not recorded, but he is known to have been told" if known else "Not recorded"
        rest = len(orders) - len(unserved)
        return told, f"{formats.count(rest, 'other order')} served" if rest else ""
    service = [e for order in orders if (e := service_of(order))]
    if len(service) == 1:
        return f"Yes, {HOW.get(service[0].how, '')}", _proof(service[0])
    word = "both" if len(service) == 2 else "all"
    return f"Yes, {word}", "; ".join(_proof(one) for one in service)


def _proof(service: Happening) -> str:
    proof = PROOF.get(service.proof, service.proof)
    return f"{formats.moment(service.happened_at)} by {service.served_by}, {proof}"


def in_force_row(orders: Sequence[OrderView]) -> str:
    """Until when what decides is in force."""
    said = dict.fromkeys(lasts(order) for order in orders)
    return "; ".join(said) or "None of the orders held here was in force then"


def whom_choices(orders: Sequence[OrderView]) -> list[tuple[str, str, str]]:
    """The protected persons, each once: (value, words, reference). The reference is never shown.

    Of the orders that bind him or may; of those that are over only where there is no other.
    """
    found: dict[str, tuple[str, str, str]] = {}
    open_ones = [order for order in orders if order.standing.status in _SHOWN]
    several = open_ones or [order for order in orders if order.standing.is_over]
    for order in several:
        for one in order.protected:
            words = f"{WHOM} {one.number}"
            if len(several) > 1:
                words = f"{words} of the {order.title.lower()}"
            found.setdefault(
                one.reference, (f"{order.reference}/{one.number}", words, one.reference)
            )
    return list(found.values())


def appointments(
    orders: Iterable[OrderView], at: datetime, most: int = 10
) -> list[tuple[str, str]]:
    """The instants at which he had to attend, newest first: (ISO, words)."""
    instants = {
        datetime.fromisoformat(instant)
        for order in orders
        for clause in order.clauses
        if clause.rule.get("kind") == "attend"
        for instant in clause.rule.get("at", ())
    }
    past = sorted((one for one in instants if one <= at), reverse=True)
    return [(one.isoformat(), formats.moment(one)) for one in past[:most]]


def rule_kinds(orders: Iterable[OrderView]) -> frozenset[str]:
    """Which kinds of rule his orders have."""
    return frozenset(str(clause.rule["kind"]) for order in orders for clause in order.clauses)


def has_zone(orders: Iterable[OrderView]) -> bool:
    """Whether a clause is about a place, so that a position decides."""
    return any(
        clause.rule.get("place") or clause.rule.get("area_ref")
        for order in orders
        for clause in order.clauses
    )

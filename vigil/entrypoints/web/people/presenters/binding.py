"""What binds him, in finished words: orders with their square, ended ones after those in force.

A protected person is a number within the order. "No order held in this register" is never
said shorter: none here is not proof that there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.orders.kinds import Status
from vigil.orders.queries import OrderView

NONE_HELD: Final = "No order held in this register"
NOT_YOURS: Final = "Orders are not shown to your role"
ENDED: Final = {
    Status.EXPIRED: "Ended: its last day has passed",
    Status.DISCHARGED: "Ended: discharged",
    Status.REPLACED: "Ended: another took its place",
}


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order in a list. `state` is the square: served, made or none."""

    title: str
    href: str
    state: str
    state_words: str
    protected: list[str]
    clauses: str
    lines: list[str]


def state_of(order: OrderView) -> tuple[str, str]:
    """The square of an order, and its words."""
    standing = order.standing
    if standing.status is Status.IN_FORCE:
        if standing.is_served:
            return "served", "In force and served"
        return "made", "In force, no proof of service"
    if standing.status is Status.NOT_SERVED:
        return "made", "Made, not served: it does not bind yet"
    return "none", ENDED.get(standing.status, "Not made yet")


def is_over(order: OrderView) -> bool:
    """Whether it has come to its end."""
    return order.standing.status in ENDED


def order_cards(orders: Sequence[OrderView], href_of: Callable[[str], str]) -> list[OrderCard]:
    """Each order as a card: those that bind first, each group newest first."""
    return [_card(order, href_of) for order in sorted(orders, key=is_over)]


def _card(order: OrderView, href_of: Callable[[str], str]) -> OrderCard:
    state, words = state_of(order)
    standing = order.standing
    made = f"Made on {formats.day(order.made_on)}" if order.made_on else "Not made yet"
    lines = [f"{made}{f' by {order.court}' if order.court else ''}."]
    if standing.served_at:
        lines.append(f"Served at {formats.moment(standing.served_at)}.")
    if is_over(order):
        lines.append(standing.ground)
    elif standing.last_day:
        until = formats.last_moment(standing.last_day)
        lines.append(f"{until[:1].upper()}{until[1:]}.")
    else:
        lines.append("Until a court ends it.")
    return OrderCard(
        title=order.title,
        href=href_of(order.reference),
        state=state,
        state_words=words,
        protected=[f"Protected person {one.number}" for one in order.protected],
        clauses=formats.count(len(order.clauses), "clause"),
        lines=lines,
    )


def order_summary(orders: Sequence[OrderView] | None) -> tuple[str, str]:
    """All of a person's orders in one square and a few words; None: not for this role."""
    if orders is None:
        return "none", NOT_YOURS
    binds = [order for order in orders if order.standing.status is Status.IN_FORCE]
    waits = [order for order in orders if order.standing.status is Status.NOT_SERVED]
    if binds:
        served = sum(order.standing.is_served for order in binds)
        state = "served" if served == len(binds) else "made"
        return (
            state,
            f"{formats.count(len(binds), 'order')} in force, {_served(served, len(binds))}",
        )
    if waits:
        return "made", f"{formats.count(len(waits), 'order')} made, not served: does not bind yet"
    if orders:
        ended = formats.count(len(orders), "order")
        return "none", f"No order in force is held in this register. {ended} ended"
    return "none", NONE_HELD


def _served(served: int, total: int) -> str:
    if served == total:
        return "both served" if total == 2 else "all served" if total > 2 else "served"
    return f"{served} served" if served else "no proof of service"


def binds(orders: Sequence[OrderView] | None) -> tuple[str, str]:
    """The answer to "What binds him?", and what ends next."""
    _, words = order_summary(orders)
    days = [
        order.standing.last_day
        for order in orders or ()
        if order.standing.status is Status.IN_FORCE and order.standing.last_day
    ]
    if days:
        return f"{words}.", f"Next to end: {formats.last_moment(min(days))}"
    return f"{words}.", "This is not proof there is no order elsewhere."


def heading(orders: Sequence[OrderView] | None) -> str:
    """The heading over the list of orders."""
    count = sum(order.standing.status is Status.IN_FORCE for order in orders or ())
    if not count:
        return "Orders"
    return f"{formats.count(count, 'order')} {'binds' if count == 1 else 'bind'} him today"


def note(orders: Sequence[OrderView] | None) -> str:
    """What stands where there is no order to show."""
    if orders is None:
        return f"{NOT_YOURS}."
    return "" if orders else f"{NONE_HELD}. This is not proof there is none."

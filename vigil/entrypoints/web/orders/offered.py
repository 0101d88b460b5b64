"""What may happen to an order next, and who may record it: the buttons of its page.

A table of steps. It offers; whether a step is lawful the action says when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vigil.access.viewer import Role, Viewer
from vigil.orders import permissions
from vigil.orders.binding import bound_from
from vigil.orders.kinds import KINDS, Binding, EventKind, Status
from vigil.orders.queries import OrderView

LIVE: Final = frozenset({Status.NOT_SERVED, Status.IN_FORCE, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that may be recorded of an order: its address, its button, what was done."""

    name: str
    button: str
    done: str
    roles: frozenset[Role]
    check: Callable[..., None]
    can: Callable[..., bool]
    is_possible: Callable[[OrderView], bool]

    @property
    def route(self) -> str:
        """The name of its route."""
        return f"{self.name}-order"


def is_live(order: OrderView) -> bool:
    """Whether it was made and has not ended."""
    return order.standing.status in LIVE


def may_serve(viewer: Viewer, order: OrderView) -> bool:
    """Whether a service of it may be recorded by him now."""
    may = permissions.can_serve(viewer, agency=order.agency)
    return may and is_live(order) and not order.standing.is_served


def steps(viewer: Viewer, order: OrderView) -> list[Step]:
    """What else may be recorded by this viewer as the order stands."""
    return [one for one in STEPS if one.is_possible(order) and one.can(viewer, agency=order.agency)]


def _changes(kind: EventKind) -> Callable[[OrderView], bool]:
    return lambda order: is_live(order) and kind in KINDS[order.instrument].changes


def _longer(kind: EventKind) -> Callable[[OrderView], bool]:
    return lambda order: _changes(kind)(order) and order.standing.last_day is not None


def _suspendable(order: OrderView) -> bool:
    return _changes(EventKind.SUSPENDED)(order) and order.standing.status is not Status.SUSPENDED


def _resumable(order: OrderView) -> bool:
    return order.standing.status is Status.SUSPENDED


def _quashable(order: OrderView) -> bool:
    return is_live(order) and not KINDS[order.instrument].is_notice


def _knowable(order: OrderView) -> bool:
    """Knowledge decides where an order was made without notice, or binds from knowledge."""
    known = order.standing.is_served or order.standing.known_at
    if order.made_on is None or not is_live(order) or known:
        return False
    bound = bound_from(order.instrument, made_on=order.made_on, jurisdiction=order.jurisdiction)
    return bool(order.without_notice) or bound.binding is Binding.SERVICE_OR_KNOWLEDGE


def _hearable(order: OrderView) -> bool:
    if KINDS[order.instrument].is_notice:
        return is_live(order) and order.standing.hearing_at is None
    return order.standing.status is Status.APPLIED


def _adjournable(order: OrderView) -> bool:
    if KINDS[order.instrument].is_notice:
        return is_live(order) and order.standing.hearing_at is not None
    return order.standing.status is Status.LISTED


_CHANGE = (
    permissions.VERBS[permissions.CHANGE],
    permissions.check_can_change,
    permissions.can_change,
)
_APPLY = (
    permissions.VERBS[permissions.APPLY],
    permissions.check_can_apply,
    permissions.can_apply,
)
_SERVE = (
    permissions.VERBS[permissions.SERVE],
    permissions.check_can_serve,
    permissions.can_serve,
)
_END = (permissions.VERBS[permissions.END], permissions.check_can_end, permissions.can_end)

KNOW: Final = Step(
    "know", "Record that he knows of it", "His knowledge is recorded.", *_SERVE, _knowable
)
VARY: Final = Step(
    "vary", "Vary it", "The variation is recorded.", *_CHANGE, _changes(EventKind.VARIED)
)
EXTEND: Final = Step(
    "extend", "Extend it", "The extension is recorded.", *_CHANGE, _longer(EventKind.EXTENDED)
)
RENEW: Final = Step(
    "renew", "Renew it", "The renewal is recorded.", *_CHANGE, _longer(EventKind.RENEWED)
)
SUSPEND: Final = Step(
    "suspend", "Suspend it", "The suspension is recorded.", *_CHANGE, _suspendable
)
RESUME: Final = Step(
    "resume", "Let it bind again", "It binds him again: that is recorded.", *_CHANGE, _resumable
)
QUASH: Final = Step(
    "quash", "Record that it was quashed", "The appeal is recorded.", *_END, _quashable
)
HEARING: Final = Step("hear", "List a hearing", "The hearing is recorded.", *_APPLY, _hearable)
ADJOURN: Final = Step(
    "adjourn", "Adjourn the hearing", "The adjournment is recorded.", *_APPLY, _adjournable
)
LINK: Final = Step(
    "link", "Link it to another order", "The link is recorded.", *_APPLY, lambda _: True
)
DISCHARGE: Final = Step(
    "discharge", "Record its end", "The end of the order is recorded.", *_END, is_live
)
# In the order of the page.
STEPS: Final = (
    HEARING,
    ADJOURN,
    KNOW,
    VARY,
    EXTEND,
    RENEW,
    SUSPEND,
    RESUME,
    DISCHARGE,
    QUASH,
    LINK,
)

"""One look, and what the pages of an order show out of it, in finished words.

The only place of these pages where rooms are asked. Refuses to show what the look does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight, look
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters import orders as shown
from vigil.entrypoints.web.people.presenters import names
from vigil.identity import queries as identity
from vigil.incidents import queries as incidents
from vigil.monitoring import queries as monitoring
from vigil.orders import permissions
from vigil.orders import queries as orders
from vigil.orders.queries import OrderView
from vigil.orders.rules import london_day
from vigil.orders.soon import ending_between
from vigil.orders.versions import Version
from vigil.register import queries as register
from vigil.victims import queries as victims

MOST_REPORTS: Final = 30
MOST_LISTED: Final = 50
# Time to ask for a renewal; and what is left when it is nearly too late.
SOON_DAYS, VERY_SOON_DAYS = 28, 7
# A reference is never longer; a longer one names nobody and is not worth a question.
LONGEST_REFERENCE: Final = 40
REFERENCE: Final = re.compile(r"[A-Z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Respondent:
    """The person whom an order binds, and what may be chosen for a new one: value and label."""

    reference: str
    name: str
    born: str
    protected: list[tuple[str, str]]
    reports: list[tuple[str, str]]
    replaceable: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One order with the name of whom it binds, its versions, and the duties that it started.

    `others` are his other orders, made or asked for.
    """

    order: OrderView
    name: str
    born: str
    duties: list[monitoring.DutyView]
    versions: tuple[Version, ...] = ()
    others: tuple[OrderView, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """The orders of an agency by what needs doing; `more` is how many are not shown."""

    not_served: list[OrderView]
    more_not_served: int
    soon: list[OrderView]
    more_soon: int
    pending: list[OrderView]
    more_pending: int
    rest: list[OrderView]


def check_reference(reference: str) -> None:
    """Raises NotFoundError for what cannot be a reference."""
    if len(reference) > LONGEST_REFERENCE:
        raise NotFoundError


def name_of(sight: Sight, person: str) -> tuple[str, str]:
    """His name and his birthday as the register writes them."""
    found = identity.person(sight, person)
    return names.shown_name(found, ()), names.shown_born(found, london_day(sight.at))


def respondent(
    viewer: Viewer, reference: str, at: datetime, *, also: Iterable[str] = ()
) -> Respondent:
    """The person of a new order, in one look. `also` are protected persons who were chosen:
    one who was made known a moment ago is not yet in any order of his.

    Raises: NotFoundError, NotAllowedError, NoReasonError.
    """
    check_reference(reference)
    permissions.check_can_read(viewer)
    person = identity.current_reference(reference)
    reports = identity.reports_of(viewer, person)[:MOST_REPORTS]
    with look(viewer=viewer, references=[person, *reports], at=at) as sight:
        name, born = name_of(sight, person)
        held = orders.orders_of(sight, person, at=at)
        read = incidents.reports(sight, reports)
    named = {one.reference for view in held for one in view.protected}
    extra = [one for one in dict.fromkeys(also) if REFERENCE.fullmatch(one)]
    ours = victims.known(viewer, {*named, *extra})
    fresh = [(one, f"Made known just now ({one})") for one in extra if one in ours]
    return Respondent(
        reference=person,
        name=name,
        born=born,
        protected=[
            *shown.protected_choices(held, ours),
            *(choice for choice in fresh if choice[0] not in named),
        ],
        reports=shown.report_choices(read),
        replaceable=[
            (view.reference, f"{view.title} {view.reference}, made {formats.day(view.made_on)}")
            for view in held
            if view.made_on is not None
            and not shown.is_over(view)
            and permissions.can_end(viewer, agency=view.agency)
        ],
    )


def one_order(
    viewer: Viewer,
    reference: str,
    at: datetime,
    *,
    stood_at: datetime | None = None,
    as_known_at: datetime | None = None,
) -> Seen:
    """One order in one look, which names the order and the person: as it stands at `at`, or as
    it stood at `stood_at`, as known now or at `as_known_at`.

    Raises: NotFoundError, NotAllowedError, NoReasonError.
    """
    check_reference(reference)
    person = orders.respondent_of(viewer, reference)
    now_called = identity.current_reference(person)
    with look(viewer=viewer, references={reference, person, now_called}, at=at) as sight:
        view = orders.order(sight, reference, at=stood_at or at, as_known_at=as_known_at)
        name, born = name_of(sight, now_called)
        duties = monitoring.duties_of(sight, now_called, at=at)
        versions = orders.versions_of(sight, reference, as_known_at=as_known_at)
        others = (
            *orders.orders_of(sight, now_called, at=at),
            *orders.pending_of(sight, now_called, at=at),
        )
    return Seen(
        view,
        name,
        born,
        [duty for duty in duties if duty.order == reference],
        versions,
        tuple(one for one in others if one.reference != reference),
    )


def listed(viewer: Viewer, at: datetime) -> Listed:
    """The orders of the agency by what needs doing, and those on the viewer's people. No name
    is read.

    Raises: NotFoundError, NoReasonError.
    """
    today = london_day(at)
    waiting, asked_for = orders.not_served(viewer), orders.pending(viewer)
    ending = ending_between(viewer, today, today + timedelta(days=SOON_DAYS), at=at)
    cut = [every[:MOST_LISTED] for every in (waiting, ending, asked_for)]
    people = [one.person for one in register.caseload(viewer, at)]
    named = dict.fromkeys(one for part in cut for one in part)
    with look(viewer=viewer, references=[*named, *people], at=at) as sight:
        held = {reference: orders.order(sight, reference, at=at) for reference in named}
        his = [view for one in people for view in orders.orders_of(sight, one, at=at)]
    not_served, soon, pending = ([held[reference] for reference in part] for part in cut)
    rest = [view for view in his if view.reference not in held]
    return Listed(
        [view for view in not_served if not shown.is_over(view)],
        len(waiting) - len(cut[0]),
        soon,
        len(ending) - len(cut[1]),
        pending,
        len(asked_for) - len(cut[2]),
        sorted(rest, key=shown.is_over),
    )

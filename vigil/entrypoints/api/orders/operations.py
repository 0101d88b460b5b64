"""Orders over the API: begun, lived through and read, each by the action or query of the pages.

Who may do what is decided where it is decided for the pages; a refusal is the action's sentence.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from http import HTTPStatus

from django.http import HttpRequest
from ninja import Body, Router, Schema, Status

from vigil.access.errors import NotFoundError
from vigil.access.look import look
from vigil.entrypoints.api.frame import PROBLEMS, viewer_of
from vigil.entrypoints.api.orders import shown
from vigil.entrypoints.api.orders.beginnings import Beginning
from vigil.entrypoints.api.orders.events import Event, Served
from vigil.entrypoints.api.orders.guided import Guided, GuideIt, guided
from vigil.entrypoints.api.orders.words import Day, Given, Reference
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.identity import queries as identity
from vigil.monitoring.sweep import begin_now
from vigil.orders import actions, permissions, queries
from vigil.orders.kinds import KINDS, LinkKind
from vigil.orders.rules import last_instant

router = Router(tags=["orders"])
of_people = Router(tags=["orders"])
REFERENCE = re.compile(r"[A-Z0-9-]{1,40}")
VERBS = permissions.VERBS
READERS = VERBS[permissions.READ]
BEGINNERS = VERBS[permissions.DRAFT] | VERBS[permissions.MAKE] | VERBS[permissions.ISSUE]
ACTORS = frozenset().union(*(roles for verb, roles in VERBS.items() if verb != permissions.READ))


class Begun(Schema):
    """The references of what began, one for each respondent. `proposed`: it is not law."""

    orders: list[str]
    proposed: bool


class Happened(Schema):
    """What was recorded. `duty`: the duty that began with the service, if the law gives one."""

    order: str
    kind: str
    happened_at: datetime
    duty: str | None
    proposed: bool


class LinkIt(Given):
    """What this order is to the other."""

    kind: LinkKind
    other: Reference


class Linked(Schema):
    """The link that stands now."""

    order: str
    kind: str
    other: str
    proposed: bool


class Open(Schema):
    """Your agency's orders that wait: not served, and not come to an order yet; oldest first."""

    not_served: list[str]
    pending: list[str]


class OfPerson(Schema):
    """Every order against a person that was made, and every draft; the newest first."""

    person: str
    orders: list[shown.Order]
    pending: list[shown.Order]


@router.get("", response={200: Open, **PROBLEMS}, summary="What waits")
@route(roles=READERS, needs_reason=True)
def waiting(request: HttpRequest) -> Open:
    """References only: read each by itself."""
    viewer = viewer_of(request)
    return Open(not_served=queries.not_served(viewer), pending=queries.pending(viewer))


@router.post("/guide", response={200: Guided, **PROBLEMS}, summary="May it be asked for?")
@route(roles=READERS, needs_reason=True)
def ask_guide(request: HttpRequest, asked: Body[GuideIt]) -> Guided:
    """May it be asked for here, now, by us; on which test, with which terms? Each refusal with
    its provision. Whether the evidence is enough is for the court or the officer."""
    return guided(viewer_of(request), asked, today=today())


@router.post("", response={201: Begun, **PROBLEMS}, summary="Begin an order")
@route(roles=BEGINNERS, needs_reason=True)
def begin(request: HttpRequest, begun: Body[Beginning]) -> Status[Begun]:
    """`step` is `draft` (an order or a notice from its first day), `make` (a court made it) or
    `issue` (a notice, at once)."""
    references = begun.act(viewer_of(request), now())
    is_proposed = KINDS[begun.instrument].is_proposed
    return Status(HTTPStatus.CREATED, Begun(orders=list(references), proposed=is_proposed))


@router.get("/{reference}", response={200: shown.WholeOrder, **PROBLEMS}, summary="One order")
@route(roles=READERS, needs_reason=True)
def one_order(
    request: HttpRequest, reference: str, on: Day | None = None, known_on: Day | None = None
) -> shown.WholeOrder:
    """As it stands now, or at the end of the day `on`, as known at the end of `known_on`."""
    _check_reference(reference)
    viewer, read_at = viewer_of(request), now()
    at, known_at = _end_of(on) or read_at, _end_of(known_on)
    person = queries.respondent_of(viewer, reference)
    with look(viewer=viewer, references={reference, person}, at=read_at) as sight:
        view = queries.order(sight, reference, at=at, as_known_at=known_at)
        versions = queries.versions_of(sight, reference, as_known_at=known_at)
    return shown.whole(view, versions, viewer, at=at, known_at=known_at)


@router.post(
    "/{reference}/events", response={201: Happened, **PROBLEMS}, summary="What happened to it"
)
@route(roles=ACTORS, needs_reason=True)
def record_event(request: HttpRequest, reference: str, event: Body[Event]) -> Status[Happened]:
    """`kind` says what happened and which fields go with it; `at` when. After a service the
    duty that the law gives begins at once."""
    _check_reference(reference)
    at = now()
    event.act(viewer_of(request), at, reference)
    duty = begin_now(reference, at=at) if isinstance(event, Served) else None
    told = Happened(
        order=reference,
        kind=event.kind,
        happened_at=event.at,
        duty=duty,
        proposed=_is_proposed(reference),
    )
    return Status(HTTPStatus.CREATED, told)


@router.post("/{reference}/links", response={201: Linked, **PROBLEMS}, summary="Link two orders")
@route(roles=ACTORS, needs_reason=True)
def link(request: HttpRequest, reference: str, asked: Body[LinkIt]) -> Status[Linked]:
    """`kind` is interim_of, follows_notice, same_application or breach_of, read from here."""
    _check_reference(reference)
    actions.link(
        by=viewer_of(request), at=now(), order=reference, kind=asked.kind, other=asked.other
    )
    told = Linked(
        order=reference,
        kind=asked.kind.value,
        other=asked.other,
        proposed=_is_proposed(reference),
    )
    return Status(HTTPStatus.CREATED, told)


@of_people.get(
    "/{reference}/orders", response={200: OfPerson, **PROBLEMS}, summary="A person's orders"
)
@route(roles=READERS, needs_reason=True)
def of_person(
    request: HttpRequest, reference: str, on: Day | None = None, known_on: Day | None = None
) -> OfPerson:
    """Against him and whoever became him, as `GET /orders/{reference}` tells each."""
    _check_reference(reference)
    viewer, read_at = viewer_of(request), now()
    at, known_at = _end_of(on) or read_at, _end_of(known_on)
    person = identity.current_reference(reference)
    with look(viewer=viewer, references=[person], at=read_at) as sight:
        made = queries.orders_of(sight, person, at=at, as_known_at=known_at)
        pending = queries.pending_of(sight, person, at=at, as_known_at=known_at)
    return OfPerson(
        person=person,
        orders=[shown.order(one, viewer, at=at, known_at=known_at) for one in made],
        pending=[shown.order(one, viewer, at=at, known_at=known_at) for one in pending],
    )


def _check_reference(reference: str) -> None:
    """Raises NotFoundError for what cannot be a reference."""
    if not REFERENCE.fullmatch(reference):
        raise NotFoundError


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else last_instant(day)


def _is_proposed(reference: str) -> bool:
    """By the letters of its number, so that nothing is read after the act."""
    prefix = reference.rsplit("-", 2)[0]
    return any(kind.is_proposed and kind.prefix == prefix for kind in KINDS.values())

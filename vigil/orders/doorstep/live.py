"""The doorstep over the record: what binds this person at an instant, as known now, and the answer.

The only module of the doorstep that reads the record. Unsealed geometry goes into the rules for
`judge` and into nothing else: what is given back holds the rules as they are recorded. Whoever
is unknown, sealed from the viewer, or under no order is answered by the same questions to the
database and in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from vigil.access.look import Sight
from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.identity.queries import hidden_from
from vigil.law.errors import VigilError
from vigil.law.facts import Regime
from vigil.orders import permissions, rules
from vigil.orders.doorstep.facts import Act, Answer, BoundOrder, Change
from vigil.orders.doorstep.judge import judge
from vigil.orders.doorstep.words import Missing, Verdict
from vigil.orders.kinds import MAKINGS, EventKind
from vigil.orders.models import Order, Protected
from vigil.orders.queries import events_by_order
from vigil.victims import queries as victims
from vigil.victims.geometry import Form, Shape

NOBODY: Final = 0
_ENDINGS: Final[Mapping[EventKind, str]] = {
    EventKind.DISCHARGED: "discharged",
    EventKind.REPLACED: "discharged",
    EventKind.QUASHED: "quashed",
}
_TERMS: Final[Mapping[EventKind, str]] = {
    EventKind.VARIED: "varied",
    EventKind.EXTENDED: "extended",
    EventKind.RENEWED: "extended",
}


@dataclass(frozen=True, slots=True)
class Whom:
    """A person as he is known now, and the references of all orders against him.

    `person` is who the reference stands for today; where nobody is held (or nobody for this
    viewer) it is the reference that was asked about, and there are no orders.
    """

    person: str
    orders: tuple[str, ...]
    rows: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer over the record. `orders` are as recorded, without geometry.

    `unread` are orders that could not be judged, so that the answer is at best `cannot_tell`;
    `left_out` those of proposed law, where the viewer's agency is under the law in force.
    `about` are the references that a place was held against; empty where no place was asked.
    """

    answer: Answer
    orders: tuple[BoundOrder, ...]
    unread: tuple[str, ...]
    left_out: tuple[str, ...]
    about: frozenset[str]


def whom(viewer: Viewer, reference: str) -> Whom:
    """Who that is today, and which orders there are against him or whoever became him.

    References only, for a look to name. Raises: NotFoundError for a role that may not read orders.
    """
    permissions.check_can_read(viewer)
    key, current = _today(reference)
    if {reference, current} & hidden_from(viewer):
        key, current = NOBODY, reference
    rows = tuple(Order.objects.filter(respondent__in=_became(key)).order_by("-made_on", "-pk"))
    return Whom(current, tuple(row.reference for row in rows), rows)


def bound_orders(sight: Sight, found: Whom, *, as_known_at: datetime) -> tuple[BoundOrder, ...]:
    """All orders against him that were ever made, as known then; rules without geometry.

    Raises: NotInSightError, NotFoundError.
    """
    sight.must_hold(found.person, *found.orders)
    permissions.check_can_read(sight.viewer)
    keys = [row.pk for row in found.rows] or [NOBODY]
    events = events_by_order(keys)
    protected: dict[int, list[str]] = {}
    links = Protected.objects.filter(order__in=keys).order_by("number")
    for order, reference in links.values_list("order_id", "person__reference"):
        protected.setdefault(order, []).append(reference)
    built = (
        _bound(
            row,
            [e for e in events.get(row.pk, ()) if e.recorded_at <= as_known_at],
            person=found.person,
            protected=tuple(protected.get(row.pk, ())),
        )
        for row in found.rows
    )
    return tuple(order for order in built if order is not None)


def judged(
    viewer: Viewer,
    found: Whom,
    orders: Sequence[BoundOrder],
    *,
    at: datetime,
    act: Act,
    regime: Regime,
) -> Judged:
    """Whether his act at `at` is a breach of those of his orders that a look gave.

    The look may be over: what is opened here is geometry, which no look shows. Not checked: that
    `orders` are his. Raises: NotAllowedError; BadQuestionError for an act out of shape.
    """
    proposed = {row.reference for row in found.rows if row.regime != Regime.IN_FORCE}
    left_out = tuple(o.ref for o in orders if o.ref in proposed and regime is Regime.IN_FORCE)
    binding = tuple(order for order in orders if order.ref not in left_out)
    zones = {order.ref: frozenset(_zones(order)) for order in binding}
    shapes = _shapes(viewer, found, zones) if act.place else {}
    located = [_with_shapes(order, shapes) for order in binding]
    answer, unread = _answer(located, at=at, act=replace(act, by=found.person), regime=regime)
    return Judged(
        answer=answer,
        orders=binding,
        unread=unread,
        left_out=left_out,
        about=_about(found, binding, zones) if act.place else frozenset(),
    )


# -- who, and who became him ----------------------------------------------------------------


def _today(reference: str) -> tuple[int, str]:
    """The key and the reference of whom a reference stands for today; nobody is no error."""
    person = Person.objects.select_related("points_to").filter(reference=reference).first()
    if person is None:
        return NOBODY, reference
    while person.points_to is not None:
        person = person.points_to
    return person.pk, person.reference


def _became(key: int) -> list[int]:
    """The keys of a person and of everyone who became him; of nobody, one that nobody has."""
    found = newest = [key]
    while newest:
        rows = Person.objects.filter(points_to__in=newest)
        newest = list(rows.values_list("pk", flat=True).order_by("pk"))
        found = found + newest
    return found


# -- from events to the facts of the question ------------------------------------------------


def _bound(
    row: Order, events: Sequence[rules.Event], *, person: str, protected: tuple[str, ...]
) -> BoundOrder | None:
    """The order as it was made and what happened to it since; None for one never made."""
    past = sorted(events, key=lambda e: (e.happened_at, e.recorded_at))
    made = next((e for e in past if e.kind in MAKINGS), None)
    if made is None:
        return None
    return BoundOrder(
        ref=row.reference,
        instrument=row.instrument,
        respondent=person,
        protected=protected,
        made_on=row.made_on or rules.london_day(made.happened_at),
        clauses=made.clauses or (),
        jurisdiction=row.jurisdiction,
        made_at=made.happened_at,
        served_at=_first(past, EventKind.SERVED),
        known_to_respondent_at=_first(past, EventKind.KNOWN),
        without_notice=row.without_notice,
        last_day=made.last_day,
        changes=tuple(_changes([e for e in past if e.happened_at >= made.happened_at])),
    )


def _first(past: Sequence[rules.Event], kind: EventKind) -> datetime | None:
    return next((e.happened_at for e in past if e.kind is kind), None)


def _changes(past: Sequence[rules.Event]) -> Iterator[Change]:
    for event in past:
        if event.kind in _ENDINGS:
            yield Change(_ENDINGS[event.kind], event.happened_at)
        elif event.kind in _TERMS:
            yield Change(
                _TERMS[event.kind],
                event.happened_at,
                clauses=event.clauses,
                last_day=event.last_day,
                sets_last_day=event.sets_last_day,
            )
        elif event.kind is EventKind.SUSPENDED:
            yield Change("suspended", event.happened_at, until_at=_resumed(event, past))


def _resumed(pause: rules.Event, past: Sequence[rules.Event]) -> datetime | None:
    """When a suspension ends: at the instant that the court set, or at its resumption before."""
    ends = [
        e.happened_at
        for e in past
        if e.kind is EventKind.RESUMED and e.happened_at >= pause.happened_at
    ]
    ends += [pause.until_at] if pause.until_at else []
    return min(ends, default=None)


# -- places: references as recorded, geometry for the judge alone ----------------------------


def _clause_lists(order: BoundOrder) -> Iterator[tuple[rules.Clause, ...]]:
    yield order.clauses
    yield from (change.clauses for change in order.changes if change.clauses is not None)


def _zone(rule: Mapping[str, Any]) -> str | None:
    """The reference of the sealed place that a rule is about, if it is about one."""
    if rule.get("area_ref"):
        return str(rule["area_ref"])
    place = rule.get("place")
    return str(place["address_ref"]) if isinstance(place, Mapping) else None


def _zones(order: BoundOrder) -> Iterator[str]:
    for clauses in _clause_lists(order):
        yield from filter(None, (_zone(clause.rule) for clause in clauses))


def _about(
    found: Whom, orders: Iterable[BoundOrder], zones: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """What an answer about a place would tell of: him, and whom and what such orders protect."""
    near = [order for order in orders if zones[order.ref]]
    return frozenset(
        {
            found.person,
            *(p for o in near for p in o.protected),
            *(z for o in near for z in zones[o.ref]),
        }
    )


def _shapes(viewer: Viewer, found: Whom, zones: Mapping[str, frozenset[str]]) -> dict[str, Shape]:
    """The geometry of the places that his orders name. Never given to anybody but `judge`.

    A place is sealed with the agency that recorded the order, and an order binds across forces:
    it is reckoned there, for whoever may ask. A seal to named people still holds.
    """
    wanted: dict[str, set[str]] = {}
    for row in found.rows:
        wanted.setdefault(row.agency_id, set()).update(zones.get(row.reference, ()))
    shapes: dict[str, Shape] = {}
    for agency, places in sorted(wanted.items()):
        if places:
            shapes.update(victims.shapes(replace(viewer, agency=agency), sorted(places)))
    return shapes


def _with_shapes(order: BoundOrder, shapes: Mapping[str, Shape]) -> BoundOrder:
    """The order with its places as `judge` reads them. Never given to anybody else."""

    def placed(clauses: tuple[rules.Clause, ...]) -> tuple[rules.Clause, ...]:
        return tuple(replace(c, rule=_placed(c.rule, shapes)) for c in clauses)

    changes = tuple(
        replace(change, clauses=placed(change.clauses)) if change.clauses is not None else change
        for change in order.changes
    )
    return replace(order, clauses=placed(order.clauses), changes=changes)


def _placed(rule: Mapping[str, Any], shapes: Mapping[str, Shape]) -> Mapping[str, Any]:
    """A rule with the geometry of its place; where none is held, only its reference decides."""
    zone = _zone(rule)
    if zone is None:
        return rule
    shape = shapes.get(zone)
    bare = {name: value for name, value in rule.items() if name not in {"area_ref", "place"}}
    if rule["kind"] == "stay_away":
        bare.setdefault("radius_metres", 1)
    named = {**bare, "place": {"address_ref": zone}}
    is_point = shape is not None and shape.form is Form.POINT
    # An area of which only a point is held has no line to be inside of.
    if shape is None or shape.form is Form.NONE or (is_point and rule.get("area_ref")):
        return named
    if is_point:
        return {**bare, "place": {"address_ref": zone, "lat": shape.lat, "lon": shape.lon}}
    if rule.get("radius_metres"):
        # So many metres from an area: inside it is certain, near it is for an officer to see.
        return {**named, "polygon": shape.polygon}
    return {"kind": rule["kind"], "polygon": shape.polygon}


# -- the judge, over what can be judged -------------------------------------------------------


def _answer(
    orders: Sequence[BoundOrder], *, at: datetime, act: Act, regime: Regime
) -> tuple[Answer, tuple[str, ...]]:
    """The answer over all orders; one that cannot be judged is named and never counts as kept."""
    try:
        return judge(at=at, act=act, orders=orders, regime=regime), ()
    except VigilError:
        unread = tuple(o.ref for o in orders if not _can_judge(o, at=at, act=act, regime=regime))
    kept = [order for order in orders if order.ref not in unread]
    answer = judge(at=at, act=act, orders=kept, regime=regime)
    if answer.verdict is Verdict.NOT_BREACH:
        because = tuple(
            f"{ref}: it could not be read; ask control to read it out." for ref in unread
        )
        answer = replace(
            answer,
            verdict=Verdict.CANNOT_TELL,
            because=because,
            missing=(Missing.OFFICER_JUDGEMENT,),
        )
    return answer, unread


def _can_judge(order: BoundOrder, *, at: datetime, act: Act, regime: Regime) -> bool:
    try:
        judge(at=at, act=act, orders=[order], regime=regime)
    except VigilError:
        return False
    return True

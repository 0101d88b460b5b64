"""What the record knows of people, in the shape in which duties are reckoned from it.

For reckoning only: nothing that is read here is ever shown. Whoever became one person is one
person: what is known of either is known of him.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vigil.custody.queries import events_of as custody_events
from vigil.custody.rules import stays
from vigil.identity.models import Person
from vigil.monitoring.duties.facts import (
    Facts,
    Finding,
    LastDay,
    OrderFacts,
    RegistrationFacts,
    Telling,
    What,
)
from vigil.monitoring.models import Finding as FindingRow
from vigil.monitoring.models import Notification, NotificationPeriod
from vigil.orders.kinds import ENDINGS, MAKINGS, TERM_CHANGES, EventKind
from vigil.orders.models import Order, OrderEvent

# What an order is reckoned from; of its terms only the last day.
_KINDS = sorted({*MAKINGS, *TERM_CHANGES, *ENDINGS, EventKind.SERVED})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a duty comes from: the row of the order or of the period, its person and agency."""

    order: int | None
    period: int | None
    person: int
    agency: str


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one person; `people` are the keys of all that he is.

    `told`: how and with which proof he told, by the instant. `seen`: how many rows this rests
    on; where there are more, there is something to reckon with.
    """

    people: tuple[int, ...]
    facts: Facts
    sources: Mapping[str, Source]
    told: Mapping[datetime, tuple[str, str]]
    seen: int

    @property
    def agency(self) -> str | None:
        """The agency that watches him: of his period, else of his first order; None: nobody."""
        ranked = sorted(self.sources.items(), key=lambda kv: (kv[1].period is None, kv[0]))
        return ranked[0][1].agency if ranked else None


def known_of(people: Collection[int]) -> dict[int, Known]:
    """What is known of each of these people, who became nobody else, by their keys."""
    members = _members(people)
    read = _Read({key: root for root, keys in members.items() for key in keys})
    _orders(read)
    _periods(read)
    _tellings(read)
    _findings(read)
    custody = custody_events(list(read.of))
    known = {}
    for root, keys in members.items():
        held = [event for key in keys for event in custody[key]]
        facts = Facts(
            tuple(read.orders[root]),
            tuple(read.periods[root]),
            stays(held),
            tuple(read.tellings[root]),
            tuple(read.findings[root]),
        )
        seen = read.seen[root] + len(held) + len(keys)
        known[root] = Known(keys, facts, read.sources[root], read.told[root], seen)
    return known


class _Read:
    """What was read so far, by the person whom it is about today."""

    def __init__(self, of: Mapping[int, int]) -> None:
        self.of = of
        self.orders: dict[int, list[OrderFacts]] = defaultdict(list)
        self.periods: dict[int, list[RegistrationFacts]] = defaultdict(list)
        self.tellings: dict[int, list[Telling]] = defaultdict(list)
        self.findings: dict[int, list[Finding]] = defaultdict(list)
        self.sources: dict[int, dict[str, Source]] = defaultdict(dict)
        self.told: dict[int, dict[datetime, tuple[str, str]]] = defaultdict(dict)
        self.seen: Counter[int] = Counter()


def _members(people: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Each person with everyone who became him."""
    found = {key: [key] for key in people}
    root_of = {key: key for key in people}
    newest = list(people)
    while newest:
        rows = Person.objects.filter(points_to__in=newest).order_by("pk")
        newest = []
        for key, to in rows.values_list("pk", "points_to"):
            root = root_of[to or 0]
            root_of[key] = root
            found[root].append(key)
            newest.append(key)
    return {root: tuple(keys) for root, keys in found.items()}


def _orders(read: _Read) -> None:
    rows = list(
        Order.objects.filter(respondent__in=list(read.of), made_on__isnull=False)
        .select_related("replaces")
        .order_by("id")
    )
    events: dict[int, list[OrderEvent]] = defaultdict(list)
    for event in OrderEvent.objects.filter(order__in=[r.pk for r in rows], kind__in=_KINDS):
        events[event.order_id].append(event)
    for row in rows:
        facts = _order(row, events[row.pk])
        if facts is not None:
            root = read.of[row.respondent_id]
            read.orders[root].append(facts)
            source = Source(row.pk, None, row.respondent_id, row.agency_id)
            read.sources[root][row.reference] = source
            read.seen[root] += len(events[row.pk])


def _order(row: Order, events: Iterable[OrderEvent]) -> OrderFacts | None:
    """The order as its events tell it; None: no making is among them."""
    by_kind: dict[str, list[OrderEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda e: (e.happened_at, e.pk)):
        by_kind[event.kind].append(event)
    made = next((by_kind[kind][0] for kind in sorted(MAKINGS) if by_kind[kind]), None)
    if made is None:
        return None
    changes = [e for kind in TERM_CHANGES for e in by_kind[kind] if e.sets_last_day]
    return OrderFacts(
        ref=row.reference,
        instrument=row.instrument,
        made_at=made.happened_at,
        jurisdiction=row.jurisdiction,
        served_at=_first(by_kind[EventKind.SERVED]),
        last_days=(
            LastDay(made.happened_at, made.last_day),
            *(LastDay(e.happened_at, e.last_day) for e in changes),
        ),
        ended_at=_first(e for kind in ENDINGS for e in by_kind[kind]),
        replaces=row.replaces.reference if row.replaces else None,
    )


def _first(events: Iterable[OrderEvent]) -> datetime | None:
    return min((event.happened_at for event in events), default=None)


def _periods(read: _Read) -> None:
    for row in NotificationPeriod.objects.filter(person__in=list(read.of)).order_by("id"):
        root = read.of[row.person_id]
        source = Source(None, row.pk, row.person_id, row.agency_id)
        read.sources[root][row.reference] = source
        read.seen[root] += 1 if row.ended_at is None else 2
        read.periods[root].append(
            RegistrationFacts(
                ref=row.reference,
                framework=row.framework,
                began_at=row.began_at,
                relevant_on=row.relevant_on,
                disposal=row.disposal,
                age=row.age,
                months=row.months,
                days=row.days,
                ended_at=row.ended_at,
            )
        )


def _tellings(read: _Read) -> None:
    """What he told and what counts: of what does not, nothing follows."""
    rows = Notification.objects.filter(person__in=list(read.of), lacks="")
    for row in rows.order_by("told_at", "id"):
        root = read.of[row.person_id]
        telling = Telling(What(row.what), row.told_at, row.changed_on, row.no_fixed_abode)
        read.tellings[root].append(telling)
        read.told[root].setdefault(row.told_at, (row.how, row.proof))
        read.seen[root] += 1


def _findings(read: _Read) -> None:
    rows = FindingRow.objects.filter(person__in=list(read.of))
    for row in rows.order_by("found_at", "id"):
        root = read.of[row.person_id]
        read.findings[root].append(Finding(What(row.what), row.found_at, row.changed_on))
        read.seen[root] += 1

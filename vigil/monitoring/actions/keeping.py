"""Bring the record of duties up to date: what follows from what is known, and is not yet there.

Writes what is missing with the instant at which it became so, and takes back what turned out
otherwise by a further event. Refuses to change a row of what happened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.ledger.action import action, record
from vigil.monitoring import permissions
from vigil.monitoring.duties.facts import DutyLine, LineEvent
from vigil.monitoring.duties.facts import Milestone as Said
from vigil.monitoring.duties.lines import next_change, said, timeline
from vigil.monitoring.errors import NothingToDoError
from vigil.monitoring.knowing import Known, known_of
from vigil.monitoring.models import Duty, DutyEvent, Milestone, Watch
from vigil.monitoring.rules import DutyEventKind

# What the counts of a sweep call an event.
WORDS = {DutyEventKind.STARTED: "begun"}
PUT_RIGHT = "put_right"


@action
def catch_up(
    *, by: Viewer, at: datetime, people: Sequence[int], skip_held: bool = False
) -> Counter[str]:
    """Bring these people up to date; the answer counts what was written, by word.

    Keys of people who became nobody else. `skip_held`: leave out whom another worker holds now.

    Raises: NotAllowedError; NothingToDoError when there was nothing to write.
    """
    permissions.check_is_worker(by)
    done = keep(hold(people, by=by, at=at, skip=skip_held), by=by, at=at)
    if not done.is_new:
        raise NothingToDoError
    record(targets=done.targets, facts=dict(sorted(done.counts.items())))
    return done.counts


def hold(people: Collection[int], *, by: Viewer, at: datetime, skip: bool = False) -> list[Watch]:
    """Hold the watches of these people until this transaction ends, made where there is none.

    `skip`: leave out those that another transaction holds.
    """
    there = set(Watch.objects.filter(person__in=people).values_list("person_id", flat=True))
    new = [
        Watch(person_id=key, agency_id=by.agency, looked_at=at)
        for key in people
        if key not in there
    ]
    if new:
        Watch.objects.bulk_create(new, ignore_conflicts=True)
    rows = Watch.objects.filter(person__in=people).order_by("person_id")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=skip, of=("self",))
    return list(rows)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was written by word, what it is about, and whether anything was."""

    counts: Counter[str]
    targets: list[str]
    is_new: bool


@dataclass
class _Written:
    """What is to be written of some people, gathered so that it takes few statements."""

    by: str
    at: datetime
    duties: list[Duty] = field(default_factory=list)
    changed: list[Duty] = field(default_factory=list)
    events: list[DutyEvent] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def keep(held: Sequence[Watch], *, by: Viewer, at: datetime) -> Kept:
    """Reckon and write for the people of these watches, inside the caller's transaction.

    Where the clock was set back, as of the later instant at which he was looked at before:
    what is on the record has happened.
    """
    known = known_of([row.person_id for row in held])
    every = [key for one in known.values() for key in one.people]
    stored = _Stored(every)
    written = _Written(by.username, at)
    marks = False
    for watch in held:
        one = known[watch.person_id]
        written.at = max(at, watch.looked_at)
        _duties(one, stored, written)
        _milestones(one, stored, written)
        marks |= _mark(watch, one, written.at)
    _write(written)
    is_new = marks or bool(written.events or written.milestones or written.changed)
    references = Person.objects.filter(pk__in=known).order_by("pk")
    targets = list(references.values_list("reference", flat=True))
    touched = dict.fromkeys(event.duty.reference for event in written.events)
    return Kept(written.counts, [*targets, *touched], is_new)


def _mark(watch: Watch, one: Known, at: datetime) -> bool:
    """Keep when he is looked at next; those who became him wait for nothing. True: it changed."""
    before = (watch.next_change_at, watch.facts_seen)
    watch.next_change_at, watch.facts_seen = next_change(one.facts, at=at), one.seen
    watch.looked_at, watch.agency_id = at, one.agency or watch.agency_id
    watch.save(update_fields=["next_change_at", "facts_seen", "looked_at", "agency"])
    others = [key for key in one.people if key != watch.person_id]
    if others:
        Watch.objects.filter(person__in=others).update(next_change_at=None)
    return before != (watch.next_change_at, watch.facts_seen)


class _Stored:
    """What is on the record of some people."""

    def __init__(self, people: Collection[int]) -> None:
        self.duties: dict[int, dict[str, Duty]] = defaultdict(dict)
        for row in Duty.objects.filter(person__in=people):
            self.duties[row.person_id][row.reference] = row
        keys = [row.pk for some in self.duties.values() for row in some.values()]
        self.events: dict[int, list[DutyEvent]] = defaultdict(list)
        for event in DutyEvent.objects.filter(duty__in=keys).order_by("id"):
            self.events[event.duty_id].append(event)
        rows = Milestone.objects.filter(person__in=people)
        self.milestones = set(rows.values_list("source", "kind", "at"))


def _duties(one: Known, stored: _Stored, written: _Written) -> None:
    rows: dict[str, Duty] = {}
    for key in one.people:
        rows |= stored.duties.get(key, {})
    for line in timeline(one.facts, at=written.at):
        row = rows.pop(line.key, None)
        if row is None:
            row = _new(line, one)
            written.duties.append(row)
            happened: list[DutyEvent] = []
        else:
            happened = stored.events.get(row.pk, [])
            _put_right(row, line, written)
        _events(row, line.events, happened, one, written)
    # What is on the record and follows from nothing any more: taken back, never deleted.
    for row in rows.values():
        before = len(written.events)
        _events(row, (), stored.events.get(row.pk, []), one, written)
        if row.is_open and len(written.events) > before:
            row.is_open = False
            written.changed.append(row)


def _new(line: DutyLine, one: Known) -> Duty:
    source = one.sources[line.source]
    return Duty(
        reference=line.key,
        agency_id=source.agency,
        person_id=source.person,
        order_id=source.order,
        period_id=source.period,
        kind=line.kind,
        began_on=line.began_on,
        changed_on=line.changed_on,
        due_on=line.due_on,
        lapses_at=line.lapses_at,
        items=list(line.items),
        offence=line.offence or "",
        authority=list(line.authority),
        confidence=line.confidence,
        is_open=line.is_open,
    )


def _put_right(row: Duty, line: DutyLine, written: _Written) -> None:
    """Keep the last day as it is known now; how the duty stands is in its events."""
    now = (line.due_on, line.lapses_at, line.is_open)
    if (row.due_on, row.lapses_at, row.is_open) == now:
        return
    if row.is_open and line.is_open and row.due_on and line.due_on:
        written.counts[PUT_RIGHT] += 1
    row.due_on, row.lapses_at, row.is_open = now
    written.changed.append(row)


def standing(events: Iterable[DutyEvent]) -> list[DutyEvent]:
    """The events that nothing has taken back, without those that take back."""
    some = list(events)
    undone = {event.undoes_id for event in some if event.undoes_id}
    return [event for event in some if event.pk not in undone and not event.undoes_id]


def _events(
    row: Duty,
    line: Sequence[LineEvent],
    happened: list[DutyEvent],
    one: Known,
    written: _Written,
) -> None:
    wanted = {(event.kind, event.at): event for event in line}
    there = set()
    for number, event in enumerate(standing(happened)):
        key = (DutyEventKind(event.kind), event.at)
        if key in wanted:
            there.add(key)
        else:
            written.counts["withdrawn"] += 1
            written.events.append(_taken_back(row, event, number, written))
    for (kind, at), due in wanted.items():
        if (kind, at) not in there:
            written.counts[WORDS.get(kind, str(kind))] += 1
            nth = sum(e.kind == kind and e.at == at for e in happened)
            written.events.append(_event(row, due, nth, one, written))


def _taken_back(row: Duty, event: DutyEvent, nth: int, written: _Written) -> DutyEvent:
    is_lapse = event.kind == DutyEventKind.LAPSED
    return DutyEvent(
        duty=row,
        kind=DutyEventKind.LAPSE_WITHDRAWN if is_lapse else DutyEventKind.WITHDRAWN,
        at=written.at,
        recorded_at=written.at,
        by=written.by,
        undoes=event,
        nth=nth,
    )


def _event(row: Duty, event: LineEvent, nth: int, one: Known, written: _Written) -> DutyEvent:
    is_told = event.kind in {DutyEventKind.MET, DutyEventKind.TOLD_LATE}
    how, proof = one.told.get(event.at, ("", "")) if is_told else ("", "")
    return DutyEvent(
        duty=row,
        kind=event.kind,
        at=event.at,
        recorded_at=written.at,
        due_on=event.due_on,
        by=written.by,
        offence=row.offence if event.kind is DutyEventKind.LAPSED else "",
        how=how,
        proof=proof,
        nth=nth,
    )


def _milestones(one: Known, stored: _Stored, written: _Written) -> None:
    for found in said(one.facts, at=written.at):
        if (found.source, found.kind, found.at) not in stored.milestones:
            written.milestones.append(_milestone(found, one, written))


def _milestone(found: Said, one: Known, written: _Written) -> Milestone:
    source = one.sources[found.source]
    return Milestone(
        person_id=source.person,
        kind=found.kind,
        source=found.source,
        order_id=source.order,
        period_id=source.period,
        at=found.at,
        recorded_at=written.at,
        days_left=found.days_left,
        authority=list(found.authority),
    )


def _write(written: _Written) -> None:
    Duty.objects.bulk_create(written.duties)
    if written.changed:
        Duty.objects.bulk_update(
            written.changed, ["due_on", "lapses_at", "is_open"], batch_size=500
        )
    written.events.sort(key=lambda event: event.at)
    DutyEvent.objects.bulk_create(written.events)
    written.milestones.sort(key=lambda one: one.at)
    Milestone.objects.bulk_create(written.milestones)

"""Every duty of one person with what became of it, each event at its true instant. Pure.

Begun, suspended, resumed, met, lapsed, told late, ended; and the next instant at which
something will become so by itself. What nobody told the register starts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from vigil.monitoring.duties import law
from vigil.monitoring.duties.custody import Spell, Spells, due_as_known, spell_at, spells
from vigil.monitoring.duties.facts import (
    CHANGES,
    DutyLine,
    Facts,
    LineEvent,
    Milestone,
    Telling,
    What,
)
from vigil.monitoring.duties.milestones import milestones
from vigil.monitoring.duties.regimes import Place, Span, Window, final_day, spans, windows
from vigil.monitoring.rules import DutyEventKind, DutyKind
from vigil.orders.rules import first_instant, instant_after, last_instant, london_day

_KIND_OF_CHANGE = {
    What.NAME: DutyKind.NAME,
    What.ADDRESS: DutyKind.ADDRESS,
    What.HOME_LOST: DutyKind.HOME_LOST,
}
_BY_INSTANT = "%Y%m%dT%H%M%S%fZ"


def timeline(facts: Facts, *, at: datetime) -> tuple[DutyLine, ...]:
    """Every duty that had begun by `at`, with what had become of it by then.

    In the order in which they began. Facts that had not happened by `at` count for nothing.
    """
    known = facts.until(at)
    return tuple(line for one in _lines(known) if (line := _until(one, at)).events)


def said(facts: Facts, *, at: datetime) -> tuple[Milestone, ...]:
    """What had become so of his orders and registrations by `at`, in order."""
    return tuple(one for one in milestones(facts.until(at)) if one.at <= at)


def next_change(facts: Facts, *, at: datetime) -> datetime | None:
    """The first instant after `at` at which a duty or an order changes by itself; None: never.

    If nothing more is learnt: as things stand at `at`.
    """
    known = facts.until(at)
    instants = [event.at for line in _lines(known) for event in line.events]
    instants += [one.at for one in milestones(known)]
    return min((one for one in instants if one > at), default=None)


def _until(line: DutyLine, at: datetime) -> DutyLine:
    """The line with the events that had happened, and its last day as it is known then."""
    events = tuple(event for event in line.events if event.at <= at)
    if len(events) == len(line.events):
        return line
    due_on = events[-1].due_on if events else line.due_on
    return replace(
        line,
        events=events,
        due_on=due_on,
        lapses_at=instant_after(due_on) if due_on else None,
    )


@dataclass(frozen=True, slots=True)
class _Life:
    """What all duties of one person are reckoned from."""

    facts: Facts
    spans: tuple[Span, ...]
    spells: Spells
    tellings: tuple[Telling, ...]


def _lines(facts: Facts) -> list[DutyLine]:
    life = _Life(
        facts,
        spans(facts),
        spells(facts.stays),
        tuple(sorted(facts.tellings, key=lambda t: (t.at, t.what, t.changed_on or date.min))),
    )
    found = [line for span in life.spans for line in _of_span(span, life)]
    return sorted(found, key=lambda line: (line.events[0].at, line.key))


def _of_span(span: Span, life: _Life) -> Iterable[DutyLine]:
    times = windows(span, life.spans)
    initial = _initial(span, times, life)
    yield from initial
    for window in times:
        yield from _changes(span, window, life)
        yield from _periodic(span, window, life)
        if span.stands_still:
            yield from _releases(span, window, life, initial)


def _initial(span: Span, times: Sequence[Window], life: _Life) -> list[DutyLine]:
    """The first notification; and all of it again where another regime that went before ends."""
    found = []
    for window in times:
        if window.since == span.since:
            if not span.starts_initial:
                continue
            kind, first_day = DutyKind.INITIAL, span.first_day
            key = f"{span.ref}/initial/{first_day.isoformat()}"
        elif span.place is Place.PART_2:
            continue
        else:
            kind, first_day = DutyKind.REVIVED, final_day(window.since)
            key = f"{span.ref}/revived/{first_day.isoformat()}"
        told = [t.at for t in life.tellings if t.what is What.INITIAL]
        begun = _Begun(span, kind, key, window.since, first_day, window.until)
        found += _reckoned(begun, told, life)
    return found


def _changes(span: Span, window: Window, life: _Life) -> Iterable[DutyLine]:
    """Each change that somebody told or found, on whose first instant this regime was owed."""
    learnt = {(t.what, t.changed_on) for t in life.tellings if t.what in CHANGES}
    learnt |= {(f.what, f.changed_on) for f in life.facts.findings if f.what in CHANGES}
    for what, day in sorted((w, d) for w, d in learnt if d is not None):
        since = first_instant(day)
        if not window.holds(since):
            continue
        told = [t.at for t in life.tellings if (t.what, t.changed_on) == (what, day)]
        key = f"{span.ref}/{what}/{day.isoformat()}"
        begun = _Begun(span, _KIND_OF_CHANGE[what], key, since, day, window.until, day)
        yield from _reckoned(begun, told, life)


def _releases(
    span: Span, window: Window, life: _Life, initial: Sequence[DutyLine]
) -> Iterable[DutyLine]:
    """Each end of a time in custody, unless the first notification is still owed and tells all."""
    told = [t.at for t in life.tellings if t.what is What.RELEASE]
    for spell in life.spells:
        out_at = spell.out_at
        if out_at is None or not window.holds(out_at) or out_at == span.since:
            continue
        if any(line.events[0].at <= out_at and _is_owed(line, out_at) for line in initial):
            continue
        key = f"{span.ref}/release/{out_at.strftime(_BY_INSTANT)}"
        day = london_day(out_at)
        begun = _Begun(span, DutyKind.RELEASE, key, out_at, day, window.until)
        yield from _reckoned(begun, told, life)


def _is_owed(line: DutyLine, at: datetime) -> bool:
    """Whether a duty that began still waits at an instant."""
    over = {DutyEventKind.MET, DutyEventKind.LAPSED, DutyEventKind.ENDED}
    return not any(event.kind in over and event.at <= at for event in line.events)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A duty at its beginning: under what, which, since when, and until when it is owed."""

    span: Span
    kind: DutyKind
    key: str
    since: datetime
    first_day: date
    until: datetime | None
    changed_on: date | None = None


def _reckoned(begun: _Begun, told: Sequence[datetime], life: _Life) -> list[DutyLine]:
    """A duty of days that begin with the first; empty where the law gives none.

    `told`: the instants at which what meets it was told, in order.
    """
    owed = _owed(begun)
    if owed is None:
        return []
    days = (owed.last_day - begun.first_day).days + 1
    counts = begun.kind in {DutyKind.INITIAL, DutyKind.RELEASE}
    stops = life.spells if begun.span.stands_still and counts else ()
    clock = _clock_of_days(begun, days, stops)
    return [_settled(begun, owed, clock, told, earliest=first_instant(begun.first_day))]


def _owed(begun: _Begun) -> law.Owed | None:
    span = begun.span
    return law.owed(
        span.instrument,
        begun.kind,
        begun.first_day,
        span.jurisdiction,
        is_registration=span.is_registration,
    )


# What a clock does if nothing is told: begun, suspended, resumed ..., and lapsed if it ends.
_Clock = list[LineEvent]


def _clock_of_days(begun: _Begun, days: int, stops: Sequence[Spell]) -> _Clock:
    since = begun.since
    due_on = due_as_known(begun.first_day, days, stops, since)
    clock = [LineEvent(DutyEventKind.STARTED, since, due_on)]
    now: datetime | None = since
    while now is not None:
        due_on = due_as_known(begun.first_day, days, stops, now)
        over = instant_after(due_on) if due_on else None
        stop = _next_stop(stops, now, over)
        if stop is None:
            assert over is not None  # without a last day he is in custody, and that is a stop
            return [*clock, LineEvent(DutyEventKind.LAPSED, over, due_on)]
        clock.append(LineEvent(DutyEventKind.SUSPENDED, max(stop.in_at, now), None))
        now = stop.out_at
        if now is not None:
            due_on = due_as_known(begun.first_day, days, stops, now)
            clock.append(LineEvent(DutyEventKind.RESUMED, now, due_on))
    return clock


def _next_stop(stops: Sequence[Spell], now: datetime, over: datetime | None) -> Spell | None:
    """The time in custody that stands the clock still next, before the duty is late."""
    if over is None:
        return spell_at(stops, now)
    return next((s for s in stops if now <= s.in_at < over), None)


def _periodic(span: Span, window: Window, life: _Life) -> Iterable[DutyLine]:
    """From each notification under the regime to the next: a year, or a week without a home."""
    told = _told_under(span, window, life)
    for number, at in enumerate(told):
        weekly = _has_no_home(life.tellings, at)
        kind = DutyKind.PERIODIC_WEEKLY if weekly else DutyKind.PERIODIC
        key = f"{span.ref}/{kind}/{at.strftime(_BY_INSTANT)}"
        begun = _Begun(span, kind, key, at, london_day(at), window.until)
        owed = _owed(begun)
        if owed is None:
            return
        stops = life.spells if span.stands_still else ()
        clock = _clock_after(begun, owed.last_day, stops)
        yield _settled(begun, owed, clock, told[number + 1 :], earliest=at)


def _told_under(span: Span, window: Window, life: _Life) -> list[datetime]:
    """The instants at which he told anything under this regime: at one instant, once.

    What met his first duty on its first day, before he was registered, was told under it.
    """
    first = first_instant(span.first_day) if window.since == span.since else window.since
    return sorted(
        {
            t.at
            for t in life.tellings
            if window.holds(t.at) or (first <= t.at < window.since and t.what is What.INITIAL)
        }
    )


def _has_no_home(tellings: Sequence[Telling], at: datetime) -> bool:
    """Whether the last that he told of it, by that instant, was that he has no fixed abode."""
    told = [t for t in tellings if t.no_fixed_abode is not None and t.at <= at]
    last = max((t.at for t in told), default=None)
    return any(t.no_fixed_abode is True for t in told if t.at == last)


def _clock_after(begun: _Begun, last_day: date, stops: Sequence[Spell]) -> _Clock:
    """A clock that custody lets run, and stands still at its end if he is in then."""
    clock = [LineEvent(DutyEventKind.STARTED, begun.since, last_day)]
    while (stop := spell_at(stops, last_instant(last_day))) is not None:
        clock.append(LineEvent(DutyEventKind.SUSPENDED, instant_after(last_day), None))
        if stop.out_at is None:
            return clock
        last_day = law.resumed_due(
            last_day, london_day(stop.in_at), london_day(stop.out_at), begun.span.jurisdiction
        )
        clock.append(LineEvent(DutyEventKind.RESUMED, stop.out_at, last_day))
    return [*clock, LineEvent(DutyEventKind.LAPSED, instant_after(last_day), last_day)]


def _settled(
    begun: _Begun, owed: law.Owed, clock: _Clock, told: Iterable[datetime], *, earliest: datetime
) -> DutyLine:
    """The duty with what became of it: told before it was late, or after, or over before.

    What becomes so at one instant: told goes before late and late before over.
    """
    counts = [t for t in told if t >= earliest and (begun.until is None or t <= begun.until)]
    late = next((e for e in clock if e.kind is DutyEventKind.LAPSED), None)
    met_at = next((t for t in counts if late is None or t < late.at), None)
    over = begun.until
    if met_at is not None:
        events = _cut(clock, met_at)
        events.append(LineEvent(DutyEventKind.MET, met_at, events[-1].due_on))
    elif late is not None and (over is None or late.at <= over):
        after = next(iter(counts), None)
        told_late = [] if after is None else [_event(DutyEventKind.TOLD_LATE, after, late)]
        events = [*clock, *told_late]
    elif over is not None:
        events = _cut(clock, over)
        events.append(LineEvent(DutyEventKind.ENDED, over, events[-1].due_on))
    else:
        events = clock
    due_on = events[-1].due_on
    return DutyLine(
        key=begun.key,
        source=begun.span.ref,
        order=None if begun.span.is_registration else begun.span.ref,
        kind=begun.kind,
        began_on=begun.first_day,
        due_on=due_on,
        lapses_at=instant_after(due_on) if due_on else None,
        changed_on=begun.changed_on,
        items=owed.items,
        offence=owed.offence,
        authority=owed.authority,
        confidence=owed.confidence,
        events=tuple(events),
    )


def _event(kind: DutyEventKind, at: datetime, like: LineEvent) -> LineEvent:
    return LineEvent(kind, at, like.due_on)


def _cut(clock: _Clock, at: datetime) -> _Clock:
    """The clock until something settled it: its beginning stays, whatever it was."""
    return [clock[0], *(event for event in clock[1:] if event.at < at)]

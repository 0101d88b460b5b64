"""What binds whom on which day, worked out from an order's events and from nothing else.

Pure: events in, status and ground out. Judges neither whether an order could be made (the law
room does) nor what the person did (the doorstep answer does). What comes after the end of an
order, or before its making, changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from vigil.orders.binding import Bound, bound_from
from vigil.orders.errors import BadTermsError
from vigil.orders.kinds import (
    CHANGES,
    ENDINGS,
    FAILURES,
    MAKINGS,
    OVER,
    Binding,
    EventKind,
    Status,
    kind_of,
)

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition: its number in the order, its words, and the rule that they come to."""

    clause: str
    text: str
    rule: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order holds from an event on. `last_day` None: until further order."""

    last_day: date | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an order.

    `clauses` is the whole list that it sets, or None where it leaves the list alone; `last_day`
    counts only where `sets_last_day`. `until_at` is the end of a suspension, if it was told;
    `hearing_at` the hearing that was listed. The clauses of a draft are proposed, not set.
    """

    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    clauses: tuple[Clause, ...] | None = None
    last_day: date | None = None
    sets_last_day: bool = False
    until_at: datetime | None = None
    hearing_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands at an instant, and on what that rests.

    `since` is when it came to stand so; `ends_at` the first instant at which its own last day
    is over (None: until further order, or no making known). `known_at` is the first instant at
    which knowledge of it is proved, `suspended_until_at` when its suspension is to end, and
    `hearing_at` the hearing that was listed last.
    """

    status: Status
    since: datetime | None
    served_at: datetime | None
    last_day: date | None
    ends_at: datetime | None
    ground: str
    act: str
    provision: str
    known_at: datetime | None = None
    suspended_until_at: datetime | None = None
    hearing_at: datetime | None = None

    @property
    def is_served(self) -> bool:
        """Whether a service is known at that instant."""
        return self.served_at is not None

    @property
    def is_over(self) -> bool:
        """Whether it was made and has come to its end."""
        return self.status in OVER


def first_instant(day: date) -> datetime:
    """00:00 in London of that day. London's clocks change at 1am: every day has a midnight."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


def instant_after(last_day: date) -> datetime:
    """The first instant at which that day is over."""
    return first_instant(last_day + timedelta(days=1))


def last_instant(day: date) -> datetime:
    """The last instant of that day in London: how things stood when the day was over."""
    return instant_after(day) - timedelta(microseconds=1)


def london_day(at: datetime) -> date:
    """The day in London at that instant."""
    return at.astimezone(LONDON).date()


def say_day(day: date) -> str:
    """A day in words: 2 March 2026."""
    return f"{day.day} {day:%B %Y}"


def say_at(at: datetime) -> str:
    """An instant in words: 3:09pm on 2 March 2026 (London)."""
    local = at.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{local:%p}".lower() + f" on {say_day(local.date())}"


@dataclass(frozen=True, slots=True)
class _Life:
    """An order's events up to an instant, folded: what has become of it."""

    step: Event | None = None
    made: Event | None = None
    served: Event | None = None
    known: Event | None = None
    ending: Event | None = None
    terms: Terms | None = None
    pause: Event | None = None
    resumed_at: datetime | None = None
    hearing_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        """The first instant at which its last day is over."""
        return instant_after(self.terms.last_day) if self.terms and self.terms.last_day else None

    def is_over(self, at: datetime) -> bool:
        """Whether it had ended by then, by an event or by its last day."""
        ended = self.ending is not None
        return ended or (self.ends_at is not None and self.ends_at <= at)


def standing(
    events: Iterable[Event],
    *,
    instrument: str,
    at: datetime,
    as_known_at: datetime | None = None,
    without_notice: bool | None = None,
    jurisdiction: str | None = None,
) -> Standing:
    """Where the order stands at `at`, from the events recorded by `as_known_at` (None: all).

    `without_notice` decides from when an order binds that binds from service or knowledge
    (None: not known, and then one of the two has to be proved). `jurisdiction` None: the
    instrument's own. Raises: UnknownOrderKindError.
    """
    kind_of(instrument)
    life = _fold(_past(events, at, as_known_at))
    day = london_day(life.made.happened_at if life.made else at)
    bound = bound_from(instrument, made_on=day, jurisdiction=jurisdiction)
    if life.made is None:
        return _before_making(life, bound)
    status, since, ground = _place(life, life.made, bound, at=at, without_notice=without_notice)
    return Standing(
        status,
        since,
        life.served.happened_at if life.served else None,
        life.terms.last_day if life.terms else None,
        life.ends_at,
        ground,
        bound.act,
        bound.provision,
        life.known.happened_at if life.known else None,
        life.pause.until_at if life.pause and status is Status.SUSPENDED else None,
        life.hearing_at,
    )


def _past(events: Iterable[Event], at: datetime, as_known_at: datetime | None) -> list[Event]:
    """What had happened and was known, in the order in which it happened."""
    known = [
        e
        for e in events
        if e.happened_at <= at and (as_known_at is None or e.recorded_at <= as_known_at)
    ]
    return sorted(known, key=lambda e: (e.happened_at, _PLACE[e.kind], e.recorded_at))


# At one instant things happen in the order of a life.
_PLACE: Mapping[EventKind, int] = {kind: place for place, kind in enumerate(EventKind)}


def _fold(past: Sequence[Event]) -> _Life:
    life = _Life()
    for event in past:
        life = _lived(life, event)
    return life


def _lived(life: _Life, event: Event) -> _Life:
    """The life with one event more. What cannot be, changes nothing."""
    if event.kind in _HEARINGS:
        life = replace(life, hearing_at=event.hearing_at or life.hearing_at)
    if life.made is None:
        return _stepped(life, event)
    if event.kind is EventKind.SERVED:
        return replace(life, served=life.served or event)
    if event.kind is EventKind.KNOWN:
        return replace(life, known=life.known or event)
    if life.is_over(event.happened_at):
        return life
    if event.kind in ENDINGS:
        return replace(life, ending=event)
    return _changed(life, event) if event.kind in CHANGES else life


def _stepped(life: _Life, event: Event) -> _Life:
    """The life of what is not made yet: after a refusal or a withdrawal nothing comes."""
    if life.step is not None and life.step.kind in FAILURES:
        return life
    if event.kind in MAKINGS:
        return replace(life, made=event, terms=_set(None, event))
    return replace(life, step=event) if event.kind in _STEPS else life


def _changed(life: _Life, event: Event) -> _Life:
    if event.kind is EventKind.SUSPENDED:
        return replace(life, pause=event, resumed_at=None)
    if event.kind is EventKind.RESUMED:
        return replace(life, pause=None, resumed_at=event.happened_at) if life.pause else life
    return replace(life, terms=_set(life.terms, event))


def _set(terms: Terms | None, event: Event) -> Terms | None:
    """The terms after an event; None as long as none were ever set."""
    if event.clauses is None and not event.sets_last_day:
        return terms
    before = terms or Terms(None, ())
    return Terms(
        event.last_day if event.sets_last_day else before.last_day,
        before.clauses if event.clauses is None else event.clauses,
    )


_STEPS: Mapping[EventKind, tuple[Status, str]] = {
    EventKind.DRAFTED: (Status.DRAFTED, "Drafted"),
    EventKind.AUTHORISED: (Status.AUTHORISED, "Authorised"),
    EventKind.APPLIED: (Status.APPLIED, "Applied for"),
    EventKind.HEARING_LISTED: (Status.LISTED, "A hearing was listed"),
    EventKind.ADJOURNED: (Status.LISTED, "The hearing was adjourned"),
    EventKind.REFUSED: (Status.REFUSED, "Refused by the court"),
    EventKind.WITHDRAWN: (Status.WITHDRAWN, "Withdrawn"),
}
_HEARINGS = frozenset({EventKind.HEARING_LISTED, EventKind.ADJOURNED})
_ENDED: Mapping[EventKind, tuple[Status, str]] = {
    EventKind.DISCHARGED: (Status.DISCHARGED, "Discharged"),
    EventKind.QUASHED: (Status.QUASHED, "Quashed on appeal"),
    EventKind.REPLACED: (Status.REPLACED, "Replaced"),
}


def _before_making(life: _Life, bound: Bound) -> Standing:
    if life.step is None:
        status, since, ground = Status.DRAFTED, None, "No making is known."
    else:
        status, word = _STEPS[life.step.kind]
        since, ground = life.step.happened_at, f"{word} at {say_at(life.step.happened_at)}."
    return Standing(
        status, since, None, None, None, ground, bound.act, "", hearing_at=life.hearing_at
    )


def _place(
    life: _Life, made: Event, bound: Bound, *, at: datetime, without_notice: bool | None
) -> tuple[Status, datetime, str]:
    """The status of an order that was made, since when, and the sentence that says why."""
    if life.ending is not None:
        status, word = _ENDED[life.ending.kind]
        return status, life.ending.happened_at, f"{word} at {say_at(life.ending.happened_at)}."
    if life.ends_at is not None and life.ends_at <= at:
        last = say_day(london_day(life.ends_at - timedelta(microseconds=1)))
        return Status.EXPIRED, life.ends_at, f"Its last day was {last}."
    since, ground = _binds(life, made, bound, without_notice)
    if since is None:
        return Status.NOT_SERVED, made.happened_at, ground
    if life.pause is not None:
        if life.pause.until_at is None or at < life.pause.until_at:
            began = life.pause.happened_at
            return Status.SUSPENDED, began, f"Suspended at {say_at(began)}."
        since = max(since, life.pause.until_at)
    if life.resumed_at is not None:
        since = max(since, life.resumed_at)
    return Status.IN_FORCE, since, ground


def _binds(
    life: _Life, made: Event, bound: Bound, without_notice: bool | None
) -> tuple[datetime | None, str]:
    """From when it binds (None: not yet, as far as is known), and the sentence."""
    served, known = life.served, life.known
    if bound.binding is Binding.MAKING:
        said = f"Served at {say_at(served.happened_at)}." if served else _UNSERVED
        return made.happened_at, said
    if bound.binding is Binding.SERVICE:
        if served is None:
            return None, "No service is known; it binds from personal service."
        return max(made.happened_at, served.happened_at), f"Served at {say_at(served.happened_at)}."
    if without_notice is False:
        told = f"Served at {say_at(served.happened_at)}." if served else _ON_NOTICE
        return made.happened_at, told
    proof = min((e for e in (served, known) if e), key=lambda e: e.happened_at, default=None)
    if proof is None:
        return None, "No service and no knowledge of it is known; it binds from either."
    word = "Served" if proof is served else "Known to the respondent"
    return (
        max(made.happened_at, proof.happened_at),
        f"{word} at {say_at(proof.happened_at)}.",
    )


_UNSERVED = "No service is known; it binds from its making."
_ON_NOTICE = "No service is known; it was made on notice and binds from its making."


def ended_at(
    events: Iterable[Event], *, instrument: str, at: datetime, as_known_at: datetime | None = None
) -> datetime | None:
    """When the order came to its end, if it had by `at`; else None."""
    found = standing(events, instrument=instrument, at=at, as_known_at=as_known_at)
    return found.since if found.is_over else None


def is_suspended(events: Iterable[Event], *, at: datetime) -> bool:
    """Whether a suspension runs at `at`, of an order that binds or that has yet to be served."""
    life = _fold(_past(events, at, None))
    if life.pause is None or life.is_over(at):
        return False
    return life.pause.until_at is None or at < life.pause.until_at


def made_event(events: Iterable[Event]) -> Event | None:
    """The making of the order, or None while it is a draft or an application."""
    return next((e for e in events if e.kind in MAKINGS), None)


def first_service(events: Iterable[Event]) -> datetime | None:
    """When the order was served; the first service counts. None: no service is known."""
    return min((e.happened_at for e in events if e.kind is EventKind.SERVED), default=None)


def first_knowledge(events: Iterable[Event]) -> datetime | None:
    """The first instant at which the respondent is proved to have known of it, or None."""
    return min((e.happened_at for e in events if e.kind is EventKind.KNOWN), default=None)


def terms_at(
    events: Iterable[Event], *, at: datetime, as_known_at: datetime | None = None
) -> Terms | None:
    """The terms that the order holds at `at`; None as long as it was not made."""
    return _fold(_past(events, at, as_known_at)).terms


def proposed_terms(
    events: Iterable[Event], *, at: datetime, as_known_at: datetime | None = None
) -> Terms | None:
    """The terms that the draft asks for, made or not; None where it began with its making."""
    drafts = [e for e in _past(events, at, as_known_at) if e.kind is EventKind.DRAFTED]
    return _set(None, drafts[-1]) if drafts else None


# A later last day is until further order, and says so; the calendar of computers ends in 9999.
LATEST_YEAR = 2199


def check_terms(
    *, made_on: date, made_at: datetime | None, last_day: date | None, clauses: Sequence[Clause]
) -> None:
    """Raises BadTermsError for terms that contradict each other, whatever the instrument."""
    check_clauses(clauses)
    check_last_day(last_day, not_before=made_on, what="the day of making")
    if made_at is not None and london_day(made_at) != made_on:
        raise BadTermsError(
            f"expected the instant of making to lie on {say_day(made_on)} in London, "
            f"found {say_at(made_at)}"
        )


def check_clauses(clauses: Sequence[Clause]) -> None:
    """Raises BadTermsError for a list of clauses that could not be quoted by number."""
    if not clauses:
        raise BadTermsError(
            "expected at least one condition with its clause number and its words, found none; "
            "copy them from the order"
        )
    numbers = [c.clause.strip() for c in clauses]
    if not all(numbers) or not all(c.text.strip() for c in clauses):
        raise BadTermsError(
            "expected a clause number and the words of every condition, found one without"
        )
    if len(set(numbers)) < len(numbers):
        raise BadTermsError("expected each clause number once, found one twice")


def check_last_day(last_day: date | None, *, not_before: date, what: str) -> None:
    """Raises BadTermsError for a last day before `not_before`, or beyond all calendars."""
    if last_day is None:
        return
    if last_day < not_before:
        raise BadTermsError(
            f"expected a last day on or after {what} ({say_day(not_before)}), "
            f"found {say_day(last_day)}"
        )
    if last_day.year > LATEST_YEAR:
        raise BadTermsError(
            f"expected a last day before {LATEST_YEAR + 1}, found a later one; an order without "
            "an end is until further order"
        )


def check_making_is_past(*, made_on: date, made_at: datetime | None, at: datetime) -> None:
    """Raises BadTermsError for an order that is dated after the day on which it is recorded."""
    if made_on > london_day(at) or (made_at is not None and made_at > at):
        raise BadTermsError(
            f"expected a day of making that is not in the future, found {say_day(made_on)}"
        )

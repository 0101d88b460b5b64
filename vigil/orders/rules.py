"""What binds whom on which day, worked out from an order's events and from nothing else.

Pure: events in, status and ground out. Judges neither whether an order could be made (the law
room does) nor what the person did (the doorstep answer does).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from vigil.law.months import last_day_of_period
from vigil.orders.errors import (
    AlreadyServedError,
    BadDischargeError,
    BadServiceError,
    BadTermsError,
)
from vigil.orders.kinds import Binding, Ending, EventKind, How, Kind, Status, kind_of

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
    """One thing that happened to an order; `terms` only on an event that sets them."""

    kind: EventKind
    happened_at: datetime
    recorded_at: datetime
    terms: Terms | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands at an instant, and on what that rests.

    `since` is when it came to stand so; `ends_at` the first instant at which its own last day
    is over (None: until further order, or no making known).
    """

    status: Status
    since: datetime | None
    served_at: datetime | None
    last_day: date | None
    ends_at: datetime | None
    ground: str
    act: str
    provision: str

    @property
    def is_served(self) -> bool:
        """Whether a service is known at that instant."""
        return self.served_at is not None


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


def standing(
    events: Iterable[Event],
    *,
    instrument: str,
    at: datetime,
    as_known_at: datetime | None = None,
) -> Standing:
    """Where the order stands at `at`, from the events recorded by `as_known_at` (None: all).

    Raises: UnknownOrderKindError.
    """
    kind = kind_of(instrument)
    past = _past(events, at, as_known_at)
    made = _first(past, EventKind.MADE)
    if made is None:
        return Standing(
            Status.DRAFTED, None, None, None, None, "No making is known.", kind.binding_act, ""
        )
    terms = terms_at(past, at=at)
    last_day = terms.last_day if terms else None
    ends_at = instant_after(last_day) if last_day else None
    served = _first(past, EventKind.SERVED)
    served_at = served.happened_at if served else None
    status, since, ground = _place(kind, past, made=made, served=served, ends_at=ends_at, at=at)
    return Standing(
        status,
        since,
        served_at,
        last_day,
        ends_at,
        ground,
        kind.binding_act,
        kind.binding_provision,
    )


def _place(
    kind: Kind,
    past: Sequence[Event],
    *,
    made: Event,
    served: Event | None,
    ends_at: datetime | None,
    at: datetime,
) -> tuple[Status, datetime, str]:
    ending = next((e for e in past if e.kind in _ENDINGS), None)
    if ends_at is not None and ends_at <= at and (ending is None or ends_at <= ending.happened_at):
        last = say_day(london_day(ends_at - timedelta(microseconds=1)))
        return Status.EXPIRED, ends_at, f"Its last day was {last}."
    if ending is not None:
        word, status = _ENDINGS[ending.kind]
        return status, ending.happened_at, f"{word} at {say_at(ending.happened_at)}."
    if served is not None:
        began = max(made, served, key=lambda e: e.happened_at)
        since = began.happened_at if kind.binding is Binding.SERVICE else made.happened_at
        return Status.IN_FORCE, since, f"Served at {say_at(served.happened_at)}."
    if kind.binding is Binding.SERVICE:
        return (
            Status.NOT_SERVED,
            made.happened_at,
            "No service is known; it binds from personal service.",
        )
    return (
        Status.IN_FORCE,
        made.happened_at,
        "No service is known; it binds from its making.",
    )


_ENDINGS: Mapping[EventKind, tuple[str, Status]] = {
    EventKind.DISCHARGED: ("Discharged", Status.DISCHARGED),
    EventKind.REPLACED: ("Replaced", Status.REPLACED),
}


def ended_at(
    events: Iterable[Event], *, instrument: str, at: datetime, as_known_at: datetime | None = None
) -> datetime | None:
    """When the order came to its end, if it had by `at`; else None."""
    found = standing(events, instrument=instrument, at=at, as_known_at=as_known_at)
    over = {Status.EXPIRED, Status.DISCHARGED, Status.REPLACED}
    return found.since if found.status in over else None


def first_service(events: Iterable[Event]) -> datetime | None:
    """When the order was served; the first service counts. None: no service is known."""
    served = _first(sorted(events, key=lambda e: e.happened_at), EventKind.SERVED)
    return served.happened_at if served else None


def terms_at(
    events: Iterable[Event], *, at: datetime, as_known_at: datetime | None = None
) -> Terms | None:
    """The terms that the order holds at `at`: those of the last event that set any."""
    setting = [e.terms for e in _past(events, at, as_known_at) if e.terms is not None]
    return setting[-1] if setting else None


def _past(events: Iterable[Event], at: datetime, as_known_at: datetime | None) -> list[Event]:
    known = [
        e
        for e in events
        if e.happened_at <= at and (as_known_at is None or e.recorded_at <= as_known_at)
    ]
    return sorted(known, key=lambda e: (e.happened_at, e.recorded_at, e.kind))


def _first(events: Iterable[Event], kind: EventKind) -> Event | None:
    return next((e for e in events if e.kind is kind), None)


# A later last day is until further order, and says so; the calendar of computers ends in 9999.
LATEST_YEAR = 2199


def check_terms(
    *, made_on: date, made_at: datetime | None, last_day: date | None, clauses: Sequence[Clause]
) -> None:
    """Raises BadTermsError for terms that contradict each other, whatever the instrument."""
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
    if last_day is not None and last_day < made_on:
        raise BadTermsError(
            f"expected a last day on or after the day of making ({say_day(made_on)}), "
            f"found {say_day(last_day)}"
        )
    if last_day is not None and last_day.year > LATEST_YEAR:
        raise BadTermsError(
            f"expected a last day before {LATEST_YEAR + 1}, found a later one; an order without "
            "an end is until further order"
        )
    if made_at is not None and london_day(made_at) != made_on:
        raise BadTermsError(
            f"expected the instant of making to lie on {say_day(made_on)} in London, "
            f"found {say_at(made_at)}"
        )


def check_making_is_past(*, made_on: date, made_at: datetime | None, at: datetime) -> None:
    """Raises BadTermsError for an order that is dated after the day on which it is recorded."""
    if made_on > london_day(at) or (made_at is not None and made_at > at):
        raise BadTermsError(
            f"expected a day of making that is not in the future, found {say_day(made_on)}"
        )


def check_service(
    events: Sequence[Event], *, instrument: str, served_at: datetime, how: How, at: datetime
) -> None:
    """Raises BadServiceError, AlreadyServedError unless the order could be served so then."""
    kind = kind_of(instrument)
    made = _first(events, EventKind.MADE)
    first = _first(events, EventKind.SERVED)
    if first is not None:
        raise AlreadyServedError(
            f"this order was served at {say_at(first.happened_at)}; the first service counts, "
            "a second one changes nothing"
        )
    if how not in kind.ways_served:
        ways = " or ".join(sorted(w.replace("_", " ") for w in kind.ways_served))
        raise BadServiceError(
            f"expected {ways} service, found {how.replace('_', ' ')} "
            f"({kind.binding_act} {kind.binding_provision})"
        )
    if served_at > at:
        raise BadServiceError(
            f"expected a service that has happened, found {say_at(served_at)}, in the future"
        )
    if made is None or served_at < made.happened_at:
        when = f", found a making at {say_at(made.happened_at)}" if made else ""
        raise BadServiceError(
            f"expected a service after the making{when}; check the time of service"
        )
    over = ended_at(events, instrument=instrument, at=served_at)
    if over is not None:
        raise BadServiceError(
            f"expected a service while the order lasted, found that it ended at {say_at(over)}"
        )


def check_discharge(
    events: Sequence[Event],
    *,
    instrument: str,
    ended_on: datetime,
    how: Ending,
    consents: frozenset[str],
    at: datetime,
) -> None:
    """Raises BadDischargeError unless the order could end so at `ended_on`.

    `consents` are those who agreed: "respondent", "police".
    Source: Stalking Protection Act 2019 s. 4 (no discharge in the first two years without both).
    """
    kind = kind_of(instrument)
    made = _first(events, EventKind.MADE)
    if how not in kind.endings:
        ways = ", ".join(sorted(kind.endings))
        raise BadDischargeError(f"expected one of {ways} for this instrument, found {how}")
    if ended_on > at:
        raise BadDischargeError("expected an end that has happened, found one in the future")
    if made is None or ended_on < made.happened_at:
        raise BadDischargeError("expected an end after the making; check the time")
    over = _over(events, instrument, ended_on)
    if over is not None:
        raise BadDischargeError(
            f"expected an order that has not ended, found that it ended at {say_at(over)}"
        )
    if not kind.end_needs_consent_for_months or consents >= {"respondent", "police"}:
        return
    last = last_day_of_period(london_day(made.happened_at), kind.end_needs_consent_for_months)
    if london_day(ended_on) <= last:
        raise BadDischargeError(
            f"expected the consent of the respondent and of the police up to {say_day(last)} "
            f"({kind.binding_act} {kind.consent_provision}); record both or vary the order"
        )


def check_replacement(events: Sequence[Event], *, instrument: str, replaced_at: datetime) -> None:
    """Raises BadTermsError unless another order could take the place of this one then."""
    made = _first(events, EventKind.MADE)
    if made is None or replaced_at < made.happened_at:
        raise BadTermsError(
            "expected the new order to be made after the one that it replaces; "
            "give the instant of its making"
        )
    over = _over(events, instrument, replaced_at)
    if over is not None:
        raise BadTermsError(
            "expected to replace an order that has not ended, found that it ended at "
            f"{say_at(over)}"
        )


def _over(events: Sequence[Event], instrument: str, at: datetime) -> datetime | None:
    """When the order ended: by an event whenever it was, or by its last day before `at`."""
    ending = next((e for e in events if e.kind in _ENDINGS), None)
    return ending.happened_at if ending else ended_at(events, instrument=instrument, at=at)

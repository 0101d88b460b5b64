"""Under which regimes he stands, from when to when, and when the duties of each are owed.

Pure. Part 2 of the Sexual Offences Act 2003 goes before a stalking protection order, that
before a domestic abuse protection order, an earlier one of these before a later. Source:
Stalking Protection Act 2019 s. 9, Domestic Abuse Act 2021 s. 41. Others stand by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from vigil.monitoring.duties import law
from vigil.monitoring.duties.facts import (
    REGISTER,
    SOA_PART_2,
    Facts,
    OrderFacts,
    RegistrationFacts,
)
from vigil.monitoring.owed import INTERIM_OF
from vigil.orders.rules import instant_after, london_day


class Place(IntEnum):
    """Where a regime stands among those that put each other off, the first first."""

    PART_2 = 0
    STALKING = 1
    ABUSE = 2


_PLACES = {
    SOA_PART_2: Place.PART_2,
    REGISTER: Place.PART_2,
    # He is subject to Part 2 by the order. Source: Sexual Offences Act 2003 s. 103G.
    "SHPO": Place.PART_2,
    "SHPO_I": Place.PART_2,
    "STALK_PO": Place.STALKING,
    "STALK_PO_I": Place.STALKING,
    "DAPO": Place.ABUSE,
}
# Days in custody do not count. Source: Sexual Offences Act 2003 s. 83(6); Criminal Justice and
# Immigration Act 2008 ss. 98, 108: a violent offender order has no effect meanwhile.
_STANDS_STILL = frozenset({SOA_PART_2, REGISTER, "SHPO", "SHPO_I", "VOO", "VOO_I"})
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which the duties of a regime are owed: `since` inclusive, `until` exclusive."""

    since: datetime
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether they are owed at that instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Span:
    """A regime that he is under. `first_day` is the day with which its first duty begins."""

    ref: str
    instrument: str
    jurisdiction: str
    since: datetime
    until: datetime | None
    first_day: date
    starts_initial: bool
    is_registration: bool
    asked_on: date

    @property
    def place(self) -> Place | None:
        """Its place among those that put each other off; None: it stands by itself."""
        return _PLACES.get(self.instrument)

    @property
    def stands_still(self) -> bool:
        """Whether its clock stands while he is in custody."""
        return self.instrument in _STANDS_STILL

    def goes_before(self, other: Span) -> bool:
        """Whether the duties of the other are not owed beside this one."""
        mine, its = self.place, other.place
        if mine is None or its is None or self.ref == other.ref:
            return False
        if mine is its:
            earlier = (self.since, self.ref) < (other.since, other.ref)
            return mine is not Place.STALKING and earlier
        return mine < its


def spans(facts: Facts) -> tuple[Span, ...]:
    """Every regime that he is or was under, in the order in which each began."""
    found = [
        *(_registered(one) for one in facts.registrations),
        *(span for one in facts.orders if (span := _ordered(one, facts.orders)) is not None),
    ]
    return tuple(sorted(found, key=lambda s: (s.since, s.ref)))


def _registered(one: RegistrationFacts) -> Span:
    return Span(
        ref=one.ref,
        instrument=one.framework,
        jurisdiction="EW",
        since=one.began_at,
        until=registration_over_at(one),
        first_day=one.relevant_on,
        starts_initial=True,
        is_registration=True,
        asked_on=one.relevant_on,
    )


def registration_over_at(one: RegistrationFacts) -> datetime | None:
    """When the registration is over: its period, or a decision before; None: nothing ends it."""
    found = law.period_of(one)
    over = instant_after(found.last_day) if found and found.last_day else None
    return _earliest(over, one.ended_at)


def _ordered(order: OrderFacts, others: Sequence[OrderFacts]) -> Span | None:
    """The regime of an order that gives duties, from when it does; None: it gives none (yet).

    A full order in place of an interim one that was served is his at once: he was told before.
    """
    made_on = london_day(order.made_at)
    event = law.first_event(order.instrument, made_on, order.jurisdiction)
    if event is None:
        return None
    interim = _interim(order, others)
    since = order.made_at if event == "made" else order.served_at
    if interim is not None and interim.served_at is not None:
        since = order.made_at
    if since is None:
        return None
    return Span(
        ref=order.ref,
        instrument=order.instrument,
        jurisdiction=order.jurisdiction,
        since=since,
        until=order_over_at(order),
        first_day=london_day(since),
        starts_initial=interim is None,
        is_registration=False,
        asked_on=made_on,
    )


def _interim(order: OrderFacts, others: Iterable[OrderFacts]) -> OrderFacts | None:
    """The interim order that this one took the place of."""
    code = INTERIM_OF.get(order.instrument)
    return next((o for o in others if o.ref == order.replaces and o.instrument == code), None)


def order_over_at(order: OrderFacts) -> datetime | None:
    """When the order is over: by an end, or by the last day that was set last before it."""
    return _earliest(expires_at(order), order.ended_at)


def expires_at(order: OrderFacts) -> datetime | None:
    """The first instant at which its last day is over, if nothing ends it before."""
    ordered = sorted(order.last_days, key=lambda one: one.at)
    for number, one in enumerate(ordered):
        over = instant_after(one.last_day) if one.last_day else None
        following = ordered[number + 1].at if number + 1 < len(ordered) else None
        if following is None or (over is not None and over <= following):
            return over
    return None


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def windows(span: Span, every: Sequence[Span]) -> tuple[Window, ...]:
    """The times in which the duties of this regime are owed, in order."""
    left = [Window(span.since, span.until)]
    for other in every:
        if other.goes_before(span):
            left = [part for window in left for part in _without(window, other)]
    return tuple(w for w in left if w.until is None or w.since < w.until)


def _without(window: Window, other: Span) -> list[Window]:
    """What is left of a window beside a regime that goes before."""
    starts_after = window.until is not None and window.until <= other.since
    ends_before = other.until is not None and other.until <= window.since
    if starts_after or ends_before:
        return [window]
    parts = []
    if window.since < other.since:
        parts.append(Window(window.since, other.since))
    if other.until is not None and (window.until is None or other.until < window.until):
        parts.append(Window(other.until, window.until))
    return parts


def final_day(at: datetime) -> date:
    """The last day of what ended at that instant: at midnight it was the day before."""
    return london_day(at - _INSTANT)

"""In whose custody he is from when to when, from what was recorded of it. Pure.

Refuses what cannot be: out before in, in twice in one place, anything in the future.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vigil.custody.errors import BadStayError


class Held(StrEnum):
    """In whose custody he is. Police custody suspends no duty."""

    POLICE = "police"
    REMAND = "remand"
    SENTENCE = "sentence"
    HOSPITAL = "hospital"


class CustodyEventKind(StrEnum):
    """What happened: he was taken in (or moved to other custody), or let out."""

    TAKEN_IN = "taken_in"
    LET_OUT = "let_out"


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One such thing. `held` of a taking in; None of a letting out."""

    kind: CustodyEventKind
    at: datetime
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in custody: `in_at` inclusive, `out_at` exclusive; None: he is in.

    One that begins ends the one before.
    """

    held: Held
    in_at: datetime
    out_at: datetime | None = None


def stays(events: Iterable[CustodyEvent]) -> tuple[Stay, ...]:
    """The times in custody in order; moved from one custody to another is two."""
    found: list[Stay] = []
    held: Held | None = None
    since: datetime | None = None
    for event in _ordered(events):
        if held is not None and since is not None:
            found.append(Stay(held, since, event.at))
        held, since = event.held, event.at
    if held is not None and since is not None:
        found.append(Stay(held, since, None))
    return tuple(found)


def stay_at(events: Iterable[CustodyEvent], at: datetime) -> Stay | None:
    """The time in custody that holds at an instant; None: he is free."""
    return next(
        (s for s in stays(events) if s.in_at <= at and (s.out_at is None or at < s.out_at)), None
    )


def _ordered(events: Iterable[CustodyEvent]) -> list[CustodyEvent]:
    """In order of time; at one instant he is let out before he is taken in again."""
    return sorted(events, key=lambda e: (e.at, e.kind is CustodyEventKind.TAKEN_IN, e.held or ""))


def check_taking_in(
    events: Iterable[CustodyEvent], *, held: Held, taken_at: datetime, at: datetime
) -> None:
    """Raises BadStayError unless he could be taken in then."""
    if taken_at > at:
        raise BadStayError("expected a time that has passed, found one in the future")
    now = stay_at(events, taken_at)
    if now is not None and now.held is held:
        raise BadStayError(
            f"expected a person who is not in {held} custody then, found one who is; "
            "record that he was let out first"
        )


def check_letting_out(
    events: Iterable[CustodyEvent], *, let_out_at: datetime, at: datetime
) -> None:
    """Raises BadStayError unless he was in custody just before."""
    if let_out_at > at:
        raise BadStayError("expected a time that has passed, found one in the future")
    before = [s for s in stays(events) if s.in_at < let_out_at]
    if not before or (before[-1].out_at is not None and before[-1].out_at <= let_out_at):
        raise BadStayError(
            "expected a person who was in custody then, found one who was free; "
            "record that he was taken in first"
        )

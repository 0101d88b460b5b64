"""What a session remembers: since when, last seen, and the reason for looking.

Twelve hours at most, thirty minutes without a request. Times are kept as the ledger writes
them. Refuses to keep anything of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.sessions.backends.base import SessionBase

AT_MOST = timedelta(hours=12)
IDLE_AT_MOST = timedelta(minutes=30)
# A session is written at most so often, not with every request.
WRITE_EVERY = timedelta(minutes=1)
SINCE, SEEN, REASON = "signed_in_at", "seen_at", "reason"


class ReasonKind(StrEnum):
    """What somebody looks for. The reference of the piece of work goes with it."""

    INCIDENT = "incident"
    ALLOCATION = "allocation"
    MEETING = "meeting item"
    DUTY = "duty"


@dataclass(frozen=True)
class Reason:
    """Why somebody is looking: a kind of work, and its reference."""

    kind: ReasonKind
    reference: str

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


def begin(session: SessionBase, at: datetime) -> None:
    """Start the clocks of a session that was just signed in."""
    session[SINCE] = session[SEEN] = at.isoformat()


def over(session: SessionBase, at: datetime) -> str:
    """Why this session is over (`twelve hours`, `thirty minutes idle`), or an empty string."""
    try:
        since = datetime.fromisoformat(session[SINCE])
        seen = datetime.fromisoformat(session[SEEN])
    except (KeyError, ValueError):
        return "no clock"
    if at - since >= AT_MOST:
        return "twelve hours"
    return "thirty minutes idle" if at - seen >= IDLE_AT_MOST else ""


def touch(session: SessionBase, at: datetime) -> None:
    """Note that the session was used."""
    if at - datetime.fromisoformat(session[SEEN]) >= WRITE_EVERY:
        session[SEEN] = at.isoformat()


def give_reason(session: SessionBase, reason: Reason) -> None:
    """Remember why, until it is changed or the session ends."""
    session[REASON] = {"kind": reason.kind.value, "reference": reason.reference}


def reason_of(session: SessionBase) -> Reason | None:
    """The reason that was given, if any."""
    kept = session.get(REASON)
    return Reason(ReasonKind(kept["kind"]), kept["reference"]) if kept else None

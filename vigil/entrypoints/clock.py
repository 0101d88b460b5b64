"""The one clock. Read once a request or a command; below the entry points time is passed in.

A demo and a simulation stand the clock at an instant of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_stood: ContextVar[datetime | None] = ContextVar("stood_clock", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _stood.get() or datetime.now(UTC)


def today() -> date:
    """The day in London."""
    return now().astimezone(LONDON).date()


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at `instant` inside the block."""
    token = _stood.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _stood.reset(token)

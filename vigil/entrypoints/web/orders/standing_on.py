"""The day on which an order is to be shown, as the address of its page says it.

A day is no personal data and may stand in an address. What cannot be read as one is said, and
the page then shows how the order stands now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.orders.rules import last_instant

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST: Final = 20
THEN: Final = "then"
NO_DAY: Final = "Enter a real day, such as 2026-03-02. This is how the order stands now."


@dataclass(frozen=True, slots=True)
class StandingOn:
    """The end of the day that was asked for, None for now; and what the record knew by then."""

    on: date | None
    typed: str
    is_as_known_then: bool
    words: str = ""
    fault: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether another instant than now is shown."""
        return self.on is not None

    @property
    def at(self) -> datetime | None:
        """The last instant of that day."""
        return last_instant(self.on) if self.on else None

    @property
    def as_known_at(self) -> datetime | None:
        """By when it had to be recorded to count; None: all that is recorded."""
        return self.at if self.is_as_known_then else None


def read(sent: Mapping[str, str], today: date) -> StandingOn:
    """What the address asks for."""
    typed = sent.get("on", "").strip()[:LONGEST]
    is_then = sent.get("known") == THEN
    if not typed:
        return StandingOn(None, "", False)
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        return StandingOn(None, typed, is_then, fault=NO_DAY)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return StandingOn(None, typed, is_then, fault=NO_DAY)
    return StandingOn(on, typed, is_then and on <= today, _words(on, is_then, today))


def _words(on: date, is_then: bool, today: date) -> str:
    said = f"at the end of {formats.day(on)}"
    if on > today:
        return f"As it will stand {said}, if nothing else happens to it."
    known = "was known then" if is_then else "is known now"
    return f"As it stood {said}, as far as {known}."

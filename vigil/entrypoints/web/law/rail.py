"""The times in which an order could be made, as a line: pilots, everywhere, the chosen day.

Drawn by the server; the words beside it say the same, and the drawing is left out for those who
hear the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.law.plain import words
from vigil.law.plain.account import Account
from vigil.law.plain.state import Span

WIDTH: Final = 760
PROPOSED_WIDTH: Final = 120
LEAD_IN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the line: where it begins, how wide it is, and whether it is a pilot."""

    x: float
    width: float
    is_pilot: bool


@dataclass(frozen=True, slots=True)
class Rail:
    """The line and its words. `proposed_x` is where the dashed box begins; None: none is drawn."""

    bars: tuple[Bar, ...]
    chosen_x: float
    proposed_x: float | None
    words: tuple[str, ...]


def rail(found: Account, *, is_proposed: bool) -> Rail | None:
    """The line of an account; None where it never could be made there."""
    if not found.spans or any(line.proposal for line in found.in_force):
        return None
    first = min(found.spans[0].first_day, found.on) - LEAD_IN
    ends = [span.last_day or found.on for span in found.spans]
    last = max([found.on, found.spans[-1].first_day, *ends]) + LEAD_IN / 4
    wide = WIDTH - (PROPOSED_WIDTH if is_proposed else 0)

    def place(day: date) -> float:
        return round(wide * (day - first) / (last - first), 1)

    bars = []
    for span in found.spans:
        end = place(span.last_day) if span.last_day else float(wide)
        begin = place(span.first_day)
        bars.append(Bar(begin, max(round(end - begin, 1), 1.0), bool(span.areas)))
    told = [*(_told(span, found.jurisdiction) for span in found.spans)]
    return Rail(
        bars=tuple(bars),
        chosen_x=place(found.on),
        proposed_x=wide + 4.0 if is_proposed else None,
        words=tuple(told),
    )


def _told(span: Span, jurisdiction: str) -> str:
    last = f" to {formats.day(span.last_day)}" if span.last_day else " on"
    if not span.areas:
        return f"{formats.day(span.first_day)}{last}: all of {words.NATIONS[jurisdiction]}"
    return f"{formats.day(span.first_day)}{last}: pilot, {formats.count(len(span.areas), 'area')}"

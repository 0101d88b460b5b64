"""What a page of the law was asked for in its address: a day, a nation, an area.

Nothing here is about a person, so it may stand in an address and be sent to a colleague. What
cannot be read is said in words, and the page answers for today instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.law.vocabulary import JURISDICTIONS

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST: Final = 60  # of an area's name, and of a day that could not be read
_SHAPES: Final = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
    re.compile(r"(?P<day>\d{1,2})[/. ](?P<month>\d{1,2})[/. ](?P<year>\d{4})", re.ASCII),
)
NO_DAY: Final = "The day must be a real date, such as 21/11/2026. This is the law of today."
NO_NATION: Final = "Choose England and Wales, Scotland or Northern Ireland."


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the nation (None: where it is made), the area, and what could not be read."""

    on: date
    nation: str | None
    area: str
    typed_day: str = ""
    day_fault: str = ""
    nation_fault: str = ""

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Each fault with where it is mended."""
        found = ((self.day_fault, "#on"), (self.nation_fault, "#nation"))
        return tuple(fault for fault in found if fault[0])

    def query(self, nation: str | None = None) -> str:
        """The same question, of this nation or another, as the end of an address."""
        wanted = nation or self.nation
        parts = {"on": self.on.isoformat(), **({"jurisdiction": wanted} if wanted else {})}
        return "?" + "&".join(f"{name}={value}" for name, value in parts.items())


def read(sent: Mapping[str, str], today: date) -> Asked:
    """What was asked for; a day that cannot be read is today, a nation the order's own."""
    typed = sent.get("on", "").strip()[:LONGEST]
    on = _day(typed) if typed else today
    nation = sent.get("jurisdiction", "") or None
    is_nation = nation is None or nation in JURISDICTIONS
    return Asked(
        on=on or today,
        nation=nation if is_nation else None,
        area=" ".join(sent.get("area", "").split())[:LONGEST],
        typed_day="" if on else typed,
        day_fault="" if on else NO_DAY,
        nation_fault="" if is_nation else NO_NATION,
    )


def _day(typed: str) -> date | None:
    for shape in _SHAPES:
        found = shape.fullmatch(typed)
        if found:
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            if FIRST_YEAR <= year <= LAST_YEAR:
                try:
                    return date(year, month, day)
                except ValueError:
                    return None
    return None

"""Times in custody that stop a clock: which they are, and which days count beside them.

Pure. Police custody stops none. From remand to sentence without a day outside is one time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vigil.custody.rules import Held, Stay
from vigil.orders.rules import instant_after, last_instant


@dataclass(frozen=True, slots=True)
class Spell:
    """An unbroken time in which the clock may stand: `in_at` inclusive, `out_at` exclusive."""

    in_at: datetime
    out_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether he is in at that instant."""
        return self.in_at <= at and (self.out_at is None or at < self.out_at)


Spells = Sequence[Spell]
LATEST = datetime.max.replace(tzinfo=UTC)


def spells(stays: Iterable[Stay]) -> tuple[Spell, ...]:
    """The times in custody other than the police's, in order, those that touch made one."""
    ordered = sorted(stays, key=lambda s: (s.in_at, s.out_at or LATEST, s.held))
    found: list[Spell] = []
    for number, stay in enumerate(ordered):
        following = ordered[number + 1].in_at if number + 1 < len(ordered) else None
        out_at = _earlier(stay.out_at, following)
        if stay.held is Held.POLICE or out_at == stay.in_at:
            continue
        if found and found[-1].out_at == stay.in_at:
            found[-1] = Spell(found[-1].in_at, out_at)
        else:
            found.append(Spell(stay.in_at, out_at))
    return tuple(found)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def spell_at(found: Spells, at: datetime) -> Spell | None:
    """The time in custody that holds at an instant."""
    return next((spell for spell in found if spell.holds(at)), None)


def due_as_known(first_day: date, days: int, found: Spells, at: datetime) -> date | None:
    """The last of so many counting days from the first, as it is known at `at`.

    A day at whose end he is in custody does not count. None: he is in, and the days that are
    over do not make it whole; when he comes out nobody knows.
    """
    day, counted = first_day, 0
    while instant_after(day) <= at:
        counted += spell_at(found, last_instant(day)) is None
        if counted == days:
            return day
        day += timedelta(days=1)
    if spell_at(found, at) is not None:
        return None
    return day + timedelta(days=days - counted - 1)

"""A third calculator: every minute of the calendar, written into a table beforehand.

The table holds the minutes that count, in order, and for each minute how many counted before it.
When a clock runs out is then a look-up and no counting. It shares nothing with the law room.
"""

from __future__ import annotations

from array import array
from datetime import date, datetime, timedelta
from functools import cache
from itertools import compress, repeat

from tests.law import minutes

FIRST, LAST = date(2011, 6, 29), date(2027, 12, 31)
BEGINS = minutes.london_midnight(FIRST)


class Table:
    """`counting`: each minute that counts; `before`: for each minute, how many counted before."""

    def __init__(self, clock: str, *, doubtful_stands: bool) -> None:
        self.counting = array("I")
        self.before = array("I")
        day = FIRST
        while day <= LAST:
            following = day + timedelta(days=1)
            span = range(minutes.london_midnight(day), minutes.london_midnight(following))
            counted = len(self.counting)
            if minutes.stands(day, clock, doubtful_stands=doubtful_stands):
                self.before.extend(repeat(counted, len(span)))
            else:
                self.before.extend(range(counted, counted + len(span)))
                self.counting.extend(span)
            day = following

    def due(self, from_at: datetime, hours: int) -> datetime:
        """The end of the last of the minutes that have to be counted."""
        counted = self.before[minutes.minute_of(from_at) - BEGINS]
        return minutes.instant_of(self.counting[counted + hours * 60 - 1] + 1)


@cache
def table(clock: str, *, doubtful_stands: bool) -> Table:
    """The table of a clock; clocks that leave out the same days have the same table."""
    if clock != "dvpn_hearing" and clock != "occupation_breach_court":
        return table("dvpn_hearing", doubtful_stands=doubtful_stands)
    if clock == "occupation_breach_court" and doubtful_stands:
        return table(clock, doubtful_stands=False)
    return Table(clock, doubtful_stands=doubtful_stands)


def detained_until(relevant_at: int, hours: int, pauses: list[tuple[int, int]]) -> int:
    """The minute at which so many hours outside the pauses are full, by a row of marks."""
    longest = hours * 60 + sum(max(to_at - from_at, 0) for from_at, to_at in pauses)
    marks = bytearray(b"\1") * longest
    for from_at, to_at in pauses:
        first = min(max(from_at - relevant_at, 0), longest)
        last = min(max(to_at - relevant_at, first), longest)
        marks[first:last] = bytes(last - first)
    running = list(compress(range(relevant_at, relevant_at + longest), marks))
    return running[hours * 60 - 1] + 1

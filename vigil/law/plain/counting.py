"""How a clock of hours is told: which days do not count in it, and where the calendar ends."""

from __future__ import annotations

from collections.abc import Iterator

from vigil.law.calendars import calendar
from vigil.law.errors import CalendarExhaustedError
from vigil.law.facts import Fact
from vigil.law.plain import words
from vigil.law.plain.lines import Asked, Sentence


def do_not_count(days: Fact) -> str:
    """The days that do not count, in a sentence."""
    named = words.listed(words.EXCLUDED[code] for code in days.codes)
    return words.sentence(f"{named} do not count: the clock stands still in them")


def horizon(asked: Asked, days: Fact) -> Iterator[Sentence]:
    """Said where no deadline can be counted from that day: nothing is forecast."""
    held = calendar(asked.jurisdiction)
    try:
        held.check_knows(asked.on, days.codes)
    except CalendarExhaustedError:
        told = (
            f"The calendar here holds the years {held.first_year} to {held.last_year}: on "
            f"{words.day(asked.on)} this clock cannot be counted. Ask the court."
        )
        yield Sentence(told, (days,))

"""What must the person tell the police and by when, and which clocks run?

Says the same as `notification.notification_duty` and `clocks.clock`, without an event: the length
of each time, and which days do not count in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from vigil.law.facts import Fact
from vigil.law.plain import words
from vigil.law.plain.breaching import is_breach
from vigil.law.plain.counting import do_not_count, horizon
from vigil.law.plain.lines import Asked, Sentence, present

_RUNS: Final[Mapping[str, str]] = {
    "dvpn_hearing": "A court must hear the application for a DVPO within {} of the notice.",
    "dapn_hearing": "A court must hear the application for a DAPO within {} of the notice.",
}


def notify(asked: Asked) -> Iterator[Sentence]:
    """What must be told, after which event, within how many days, and what failing to is."""
    duty = asked.find("notification")
    if duty is not None and duty.text == "none":
        yield Sentence("Nothing: it puts no duty to notify on them.", (duty,))
    within = asked.find("notify_within_days")
    for event, when in words.EVENTS.items():
        items = asked.find(f"notify_{event}")
        if items is not None and within is not None:
            yield _duty(asked, event, when, items, within)
    yield from _again(asked)
    yield from asked.said("notification_text")


def _duty(asked: Asked, event: str, when: str, items: Fact, within: Fact) -> Sentence:
    offence = asked.find(f"notify_{event}_offence")
    days = words.count(within.number, "day")
    what = words.CHANGED.get(event) or words.value(items)
    told = f"{when}: {what}, within {days} that begin with that day."
    if offence is not None:
        told += f" Not to do so is offence {offence.text}."
    return Sentence(told, present(items, within, offence))


def _again(asked: Asked) -> Iterator[Sentence]:
    items, months = asked.find("notify_periodic"), asked.find("periodic_months")
    if items is None or months is None:
        return
    days = asked.find("periodic_no_fixed_abode_days")
    told = f"Again within {words.months(months.number)} after each time"
    if days is not None:
        told += f", or {words.count(days.number, 'day')} with no fixed abode"
    yield Sentence(f"{told}: {words.value(items)}.", present(items, months, days))


def clocks(asked: Asked) -> Iterator[Sentence]:
    """The clock of the hearing, the days that do not count in it, and the calendar's end.

    The clock after an arrest is told with the court (`breaching.court`).
    """
    for clock in asked.clocks():
        hours, days = asked.find("hours", clock), asked.find("excluded_days", clock)
        if is_breach(clock) or hours is None or days is None:
            continue
        told = _RUNS[clock].format(words.count(hours.number, "hour"))
        yield Sentence(f"{told} {do_not_count(days)}", (hours, days))
        yield from horizon(asked, days)

"""What he must do, in finished words: late before due before later, each with its clock.

Duties that were met or that ended are counted, not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import DutyStatus

KINDS: Final = {"initial": "Notify the police after service"}
OPEN: Final = frozenset({DutyStatus.OPEN, DutyStatus.LAPSED, DutyStatus.TOLD_LATE})
NOT_YOURS: Final = "Duties are not shown to your role."


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One duty with its clock."""

    label: str
    href: str
    state: str
    state_words: str
    words: str


def is_late(duty: DutyView, on: date) -> bool:
    """Whether it was not met in time: written down as late, or past its last day."""
    if duty.status is DutyStatus.OPEN:
        return duty.due_on is not None and duty.due_on < on
    return duty.status in OPEN


def duty_items(duties: Sequence[DutyView] | None, on: date) -> list[DutyItem]:
    """Each duty that is not done with, the earliest last day first."""
    shown = [duty for duty in duties or () if duty.status in OPEN]
    return [_item(duty, on) for duty in sorted(shown, key=lambda d: d.due_on or date.max)]


def _item(duty: DutyView, on: date) -> DutyItem:
    items = formats.listed([item.replace("_", " ") for item in duty.items])
    words = [f"{items[:1].upper()}{items[1:]}."] if items else []
    if duty.due_on:
        until = formats.last_moment(duty.due_on)
        was = "Was due " if is_late(duty, on) else ""
        words.append(f"{was}{until}." if was else f"{until[:1].upper()}{until[1:]}.")
    if is_late(duty, on) and duty.offence:
        words.append(f"Not told in time is a crime: {duty.offence}.")
    words += [f"{one['act']} {one['provision']}." for one in duty.authority[:1]]
    state, state_words = _state(duty, on)
    label = KINDS.get(duty.kind, duty.kind.replace("_", " ").capitalize())
    return DutyItem(label, "", state, state_words, " ".join(words))


def _state(duty: DutyView, on: date) -> tuple[str, str]:
    if duty.status is DutyStatus.TOLD_LATE:
        return "late", "Told late"
    if duty.due_on is None:
        return ("late", "Late") if is_late(duty, on) else ("later", "No last day")
    return formats.due_state(duty.due_on, on), formats.due(duty.due_on, on)


def late_words(duties: Sequence[DutyView] | None, on: date) -> tuple[str, str]:
    """The answer to "What is late?", and what is due next."""
    if duties is None:
        return "Not shown to your role.", "Ask his offender manager."
    late = [duty for duty in duties if duty.status is not DutyStatus.MET and is_late(duty, on)]
    days = sorted(
        duty.due_on
        for duty in duties
        if duty.status is DutyStatus.OPEN and duty.due_on is not None and duty.due_on >= on
    )
    following = f"Next due {formats.last_moment(days[0])}" if days else "No other duty is open"
    if not late:
        return "Nothing is late.", following
    since = min((duty.due_on for duty in late if duty.due_on), default=None)
    first = f" {formats.due(since, on)}." if since else ""
    verb = "is" if len(late) == 1 else "are"
    return f"{formats.count(len(late), 'duty', 'duties')} {verb} late.{first}", following


def note(duties: Sequence[DutyView] | None) -> str:
    """What stands under the list: none, not for this role, or how many are done with."""
    if duties is None:
        return NOT_YOURS
    done = sum(duty.status not in OPEN for duty in duties)
    if not duties:
        return "No duty is held in this register."
    return f"{formats.count(done, 'duty', 'duties')} met or ended." if done else ""

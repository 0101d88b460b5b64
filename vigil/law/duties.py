"""The duties of Part 2 that are more than one date: stays, changes told before, absences, a child.

Pure sums on days and instants; every last day counts whole. Not checked: what was in fact told
to the police, or that an excuse is reasonable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from vigil.law.clocks import london_day
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law
from vigil.law.months import corresponding_day_or_last_of_month

# A stay at premises that were not notified: its first and its last day, both inclusive.
Stay = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that began on `began_on` and is kept on or before `last_day`."""

    began_on: date
    last_day: date
    ground: Ground


class Foretold(StrEnum):
    """What became of a change that was told to the police before it happened."""

    WAITING = "waiting"
    KEPT = "kept"
    NOTIFY_AGAIN = "notify_again"
    SAY_NOT_HAPPENED = "say_not_happened"


@dataclass(frozen=True, slots=True)
class ForetoldChange:
    """Whether the notice given before stands, and the last day of what is still to be told."""

    status: Foretold
    last_day: date | None
    ground: Ground


@dataclass(frozen=True, slots=True)
class EntryWarrant:
    """Whether a warrant of entry may be applied for, and which of its conditions are not met."""

    may_be_applied_for: bool
    missing: tuple[str, ...]
    ground: Ground


def qualifying_stay(stays: Sequence[Stay], *, jurisdiction: str = "EW") -> Duty | None:
    """The duty to notify premises stayed at for seven days in all within any twelve months.

    None: the stays do not make seven days. It begins on the day that completes them.

    Raises:
        BadQuestionError: a stay ends before it begins.
        NotInForceError: the stays are before the framework.

    Source: Sexual Offences Act 2003 s. 84(1)(c), (6),
    https://www.legislation.gov.uk/ukpga/2003/42/section/84
    """
    if any(last_day < first_day for first_day, last_day in stays):
        raise BadQuestionError("expected each stay to end on or after its first day")
    days = sorted({day for stay in stays for day in _days(stay)})
    if not days:
        return None
    needed = _get("QUALIFYING_STAY", "qualifying_days", days[0], jurisdiction)
    window = _get("QUALIFYING_STAY", "qualifying_window_months", days[0], jurisdiction)
    within = _get("QUALIFYING_STAY", "notify_within_days", days[0], jurisdiction)
    for number, day in enumerate(days):
        first = number - needed.number + 1
        # The first of the days must be after the same date a year before.
        if first >= 0 and days[first] > corresponding_day_or_last_of_month(day, -window.number):
            last_day = day + timedelta(days=within.number - 1)
            return Duty(day, last_day, Ground((needed, window, within)))
    return None


def foretold_change(
    stated_on: date, today: date, happened_on: date | None = None, *, jurisdiction: str = "EW"
) -> ForetoldChange:
    """What is still due of a change that was notified before, for `stated_on`.

    Up to two days early, or within three days beginning with the stated date: the notice stands.
    Otherwise the change is notified again when it happens; where it has not happened in those
    three days he says so, within six days beginning with the stated date.

    Raises:
        NotInForceError: the stated date is before the framework.

    Source: Sexual Offences Act 2003 s. 84(2)-(4),
    https://www.legislation.gov.uk/ukpga/2003/42/section/84
    """
    early, span, said, within = (
        _get("PRE_NOTIFIED_CHANGE", what, stated_on, jurisdiction)
        for what in ("early_days", "stated_date_days", "not_happened_days", "notify_within_days")
    )
    first_day = stated_on - timedelta(days=early.number)
    last_day = stated_on + timedelta(days=span.number - 1)
    if happened_on is None:
        if today <= last_day:
            return ForetoldChange(Foretold.WAITING, None, Ground((span,)))
        say_by = stated_on + timedelta(days=said.number - 1)
        return ForetoldChange(Foretold.SAY_NOT_HAPPENED, say_by, Ground((span, said)))
    if first_day <= happened_on <= last_day:
        return ForetoldChange(Foretold.KEPT, None, Ground((early, span)))
    again_by = happened_on + timedelta(days=within.number - 1)
    return ForetoldChange(Foretold.NOTIFY_AGAIN, again_by, Ground((early, span, within)))


def periodic_after_absence(
    last_day: date, away_first_day: date, ceased_on: date, *, jurisdiction: str = "EW"
) -> Duty:
    """When the yearly notice is due that would have ended while he was away.

    Away: in custody, in hospital or outside the United Kingdom; `ceased_on` is the day on which
    that ended. A notice that was due before or after the absence keeps its day.

    Raises:
        BadQuestionError: the absence ends before it begins.
        NotInForceError: the day is before the framework.

    Source: Sexual Offences Act 2003 s. 85(3),
    https://www.legislation.gov.uk/ukpga/2003/42/section/85
    """
    if ceased_on < away_first_day:
        raise BadQuestionError("expected the absence to end on or after its first day")
    days = _get("SOA_PART_2", "resume_days", last_day, jurisdiction)
    if away_first_day <= last_day <= ceased_on:
        last_day = ceased_on + timedelta(days=days.number - 1)
    return Duty(ceased_on, last_day, Ground((days,)))


def child_household(from_at: datetime, to_at: datetime, *, jurisdiction: str = "EW") -> Duty | None:
    """The duty to notify a stay of twelve hours at a household where somebody under 18 is.

    None: the stay was shorter. When it ceases, that is a change of its own, within three days.

    Raises:
        BadQuestionError: an instant has no offset, or the stay ends before it begins.
        NotInForceError: the law's data has no such duty for that day.

    Source: SI 2012/1876 regs 10-11, https://www.legislation.gov.uk/uksi/2012/1876
    """
    if from_at.tzinfo is None or to_at.tzinfo is None:
        raise BadQuestionError("expected each instant with an offset, found none: add it")
    if to_at < from_at:
        raise BadQuestionError("expected the stay to end after it begins, found otherwise")
    on = london_day(from_at)
    hours = _get("CHILD_HOUSEHOLD", "child_stay_hours", on, jurisdiction)
    within = _get("CHILD_HOUSEHOLD", "notify_within_days", on, jurisdiction)
    completed_at = from_at.astimezone(UTC) + timedelta(hours=hours.number)
    if to_at < completed_at:
        return None
    began_on = london_day(completed_at)
    last_day = began_on + timedelta(days=within.number - 1)
    return Duty(began_on, last_day, Ground((hours, within)))


def entry_warrant(
    attempts: int, on: date, *, is_his_address: bool, is_away: bool, jurisdiction: str = "EW"
) -> EntryWarrant:
    """Whether a justice may be asked for a warrant to enter and search, to assess the risk.

    Raises:
        BadQuestionError: fewer than no attempts.
        NotInForceError: there was no such warrant on that day, or in that nation.

    Source: Sexual Offences Act 2003 s. 96B,
    https://www.legislation.gov.uk/ukpga/2003/42/section/96B
    """
    if attempts < 0:
        raise BadQuestionError("expected a number of attempts of 0 or more")
    needed = _get("ENTRY_WARRANT", "entry_attempts", on, jurisdiction)
    test = _get("ENTRY_WARRANT", "test", on, jurisdiction)
    asked = _get("ENTRY_WARRANT", "who_may_ask", on, jurisdiction)
    missing = (
        *(() if is_his_address else ("his_address",)),
        *(("not_away",) if is_away else ()),
        *(() if attempts >= needed.number else ("attempts",)),
    )
    return EntryWarrant(not missing, missing, Ground((needed, test, asked)))


def _days(stay: Stay) -> list[date]:
    first_day, last_day = stay
    return [first_day + timedelta(days=number) for number in range((last_day - first_day).days + 1)]


def _get(of: str, what: str, on: date, jurisdiction: str) -> Fact:
    found = law().find(of, what, on=on, jurisdiction=jurisdiction)
    if found is None:
        raise NotInForceError(
            f"expected {of} in force in {jurisdiction} on {on.isoformat()}, found that it was not"
        )
    return found

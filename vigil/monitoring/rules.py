"""When a duty becomes late, how it stands, and what meets it. Pure.

A duty is late at an instant that the law fixes, whenever that is noticed. Which day is the last
one comes from the law room; nothing here knows a statute's number of days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from vigil.monitoring.errors import DoesNotCountError
from vigil.orders.rules import first_instant, instant_after, london_day, say_at, say_day

# How long the owner has to act on a late duty. A force's rule, not law: 2026-11-23.
ACT_WITHIN = timedelta(hours=24)
# A job that failed is tried again after so long, doubled each time, and no more than so often.
RETRY_AFTER = timedelta(seconds=30)
MOST_ATTEMPTS = 8


class DutyKind(StrEnum):
    """What must be done. Only the initial notification is begun so far."""

    INITIAL = "initial"


class DutyEventKind(StrEnum):
    """What can happen to a duty."""

    STARTED = "started"
    MET = "met"
    LAPSED = "lapsed"
    ENDED = "ended"
    TOLD_LATE = "told_late"
    LAPSE_WITHDRAWN = "lapse_withdrawn"


class DutyStatus(StrEnum):
    """How a duty stands at an instant."""

    NOT_BEGUN = "not_begun"
    OPEN = "open"
    MET = "met"
    LAPSED = "lapsed"
    TOLD_LATE = "told_late"
    ENDED = "ended"


class Urgency(StrEnum):
    """Where a duty stands in a work list, first to last."""

    LATE = "late"
    DUE_TODAY = "due_today"
    LATER = "later"


class Told(StrEnum):
    """How somebody told."""

    IN_PERSON_AT_STATION = "in_person_at_police_station"
    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    HOME_VISIT = "home_visit"


@dataclass(frozen=True, slots=True)
class DutyEvent:
    """One thing that happened to a duty: `at` when it became so, not when it was written."""

    kind: DutyEventKind
    at: datetime
    recorded_at: datetime


def lapse_instant(due_on: date) -> datetime:
    """The instant at which a duty that was due on that day is late: 00:00 of the next day."""
    return instant_after(due_on)


def duty_status(
    events: Iterable[DutyEvent], *, at: datetime, as_known_at: datetime | None = None
) -> DutyStatus:
    """How the duty stands at `at`, from the events recorded by `as_known_at` (None: all)."""
    past = {
        e.kind
        for e in events
        if e.at <= at and (as_known_at is None or e.recorded_at <= as_known_at)
    }
    for kind, status in _DECIDES:
        if kind in past:
            return status
    return DutyStatus.NOT_BEGUN


# The first of these that happened decides. A duty met in time that was first written down as
# lapsed is met: the lapse stays on the record, and its withdrawal beside it.
_DECIDES: Sequence[tuple[DutyEventKind, DutyStatus]] = (
    (DutyEventKind.MET, DutyStatus.MET),
    (DutyEventKind.ENDED, DutyStatus.ENDED),
    (DutyEventKind.TOLD_LATE, DutyStatus.TOLD_LATE),
    (DutyEventKind.LAPSED, DutyStatus.LAPSED),
    (DutyEventKind.STARTED, DutyStatus.OPEN),
)


def is_in_time(told_at: datetime, *, lapses_at: datetime) -> bool:
    """Whether it was told before the duty became late."""
    return told_at < lapses_at


def urgency(*, due_on: date | None, is_late: bool, at: datetime) -> Urgency:
    """Where an unmet duty stands in a work list."""
    if is_late:
        return Urgency.LATE
    if due_on is None or due_on > london_day(at):
        return Urgency.LATER
    return Urgency.DUE_TODAY


def check_counts(
    *,
    told_at: datetime,
    told_by_subject: bool,
    how: Told,
    items: Collection[str],
    owed: Collection[str],
    began_on: date,
    at: datetime,
) -> None:
    """Raises DoesNotCountError unless this telling meets a duty of notification.

    The subject himself, in person at a police station, with all that he owes, after the duty
    began. Source: Stalking Protection Act 2019 s. 10.
    """
    if not told_by_subject:
        raise DoesNotCountError(
            "expected the subject to notify himself, found somebody else; it meets nothing, "
            "record it as a report"
        )
    if how is not Told.IN_PERSON_AT_STATION:
        raise DoesNotCountError(
            f"expected the subject in person at a police station, found {how.replace('_', ' ')}; "
            "ask him to come"
        )
    if told_at > at:
        raise DoesNotCountError(f"expected a time that has passed, found {say_at(told_at)}")
    if told_at < first_instant(began_on):
        raise DoesNotCountError(
            f"expected a notification on or after {say_day(began_on)}, when the duty began, "
            f"found {say_at(told_at)}"
        )
    missing = sorted(set(owed) - set(items))
    if missing:
        raise DoesNotCountError(
            f"expected all of {_words(owed)}, found no {_words(missing)}; ask for it and record "
            "both together"
        )


def _words(items: Collection[str]) -> str:
    return ", ".join(sorted(item.replace("_", " ") for item in items))


def retry_at(failed_at: datetime, attempts: int) -> datetime | None:
    """When a job that has failed so often is tried again; None: never, a human must look."""
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = RETRY_AFTER * 2 ** (attempts - 1)
    return failed_at + wait


# How long a question about a place is remembered against who asked it.
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """How often one user may ask about one place, and why so."""

    most_an_hour: int
    most_a_day: int
    why: str


# Where an agency has set none. 2026-11-23: at one door an officer asks two or three times as
# somebody moves, and few doors are gone to twice in a shift. Each answer says inside or outside:
# with a dozen a day, each no surer than 50 metres, a circle of streets is not narrowed to a house.
DEFAULT_LIMIT = Limit(
    6, 12, "two or three questions at one door, twice a shift; too few to find a home by"
)


def remembered(asked: Iterable[datetime], *, at: datetime) -> list[datetime]:
    """Of these questions, those that still count at `at`."""
    return [one for one in asked if at - DAY < one <= at]


def may_ask(asked: Iterable[datetime], *, at: datetime, limit: Limit) -> bool:
    """Whether one more question about that place may be answered at `at`."""
    today = remembered(asked, at=at)
    hour = [one for one in today if one > at - HOUR]
    return len(hour) < limit.most_an_hour and len(today) < limit.most_a_day

"""By when must a person under Part 2 tell the police of a journey abroad, and of the return?

The hours end at the departure itself, the days with the day before it. England and Wales, from
2012-08-13: any journey. Not checked: whether an excuse is reasonable, or whether an order bars
the journey.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from vigil.law.clocks import london_day
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law


@dataclass(frozen=True, slots=True)
class TravelNotice:
    """The last day on which the journey may be notified, or the last instant where it is hours.

    Of a journey known early: `last_day`, and with a reasonable excuse `with_excuse_by_at`. Of one
    known late: `due_at` only. Instants are in UTC.
    """

    last_day: date | None
    with_excuse_by_at: datetime | None
    due_at: datetime | None
    ground: Ground


@dataclass(frozen=True, slots=True)
class TravelDuty:
    """One further notice: the last instant of a change, or the last day of a return."""

    due_at: datetime | None
    last_day: date | None
    ground: Ground


def travel_notice(
    departs_at: datetime, known_at: datetime, *, jurisdiction: str = "EW"
) -> TravelNotice:
    """By when a journey is notified that begins at `departs_at`, its details known at `known_at`.

    Raises:
        BadQuestionError: an instant has no offset, or the details were known after the departure.
        NotInForceError: the law's data has no such duty for that day.

    Source: SI 2004/1220 reg. 5 as amended, https://www.legislation.gov.uk/uksi/2004/1220
    """
    departs_at, known_at = _utc(departs_at), _utc(known_at)
    if known_at > departs_at:
        raise BadQuestionError("expected the details known before the departure, found after")
    leaves_on = london_day(departs_at)
    days = _get("travel_notice_days", leaves_on, jurisdiction)
    last_day = leaves_on - timedelta(days=days.number)
    if london_day(known_at) < last_day:
        excuse = _get("travel_excuse_hours", leaves_on, jurisdiction)
        by_at = departs_at - timedelta(hours=excuse.number)
        return TravelNotice(last_day, by_at, None, Ground((days, excuse)))
    late = _get("travel_late_hours", leaves_on, jurisdiction)
    return TravelNotice(None, None, departs_at - timedelta(hours=late.number), Ground((days, late)))


def travel_change(departs_at: datetime, *, jurisdiction: str = "EW") -> TravelDuty:
    """By when a change of what was notified is told.

    Raises:
        BadQuestionError: the instant has no offset.
        NotInForceError: the law's data has no such duty for that day.

    Source: SI 2004/1220 reg. 7 as amended, https://www.legislation.gov.uk/uksi/2004/1220
    """
    departs_at = _utc(departs_at)
    hours = _get("travel_change_hours", london_day(departs_at), jurisdiction)
    return TravelDuty(departs_at - timedelta(hours=hours.number), None, Ground((hours,)))


def travel_return(
    returned_on: date, *, was_notified_before: bool, jurisdiction: str = "EW"
) -> TravelDuty:
    """By when the return is told; no day where its date and point of arrival were told before.

    Raises:
        NotInForceError: the law's data has no such duty for that day.

    Source: SI 2004/1220 reg. 8 as amended, https://www.legislation.gov.uk/uksi/2004/1220
    """
    days = _get("travel_return_days", returned_on, jurisdiction)
    last_day = None if was_notified_before else returned_on + timedelta(days=days.number - 1)
    return TravelDuty(None, last_day, Ground((days,)))


def _get(what: str, on: date, jurisdiction: str) -> Fact:
    found = law().find("FOREIGN_TRAVEL", what, on=on, jurisdiction=jurisdiction)
    if found is None:
        raise NotInForceError(
            f"expected the notice of journeys abroad in the law's data of {jurisdiction} for "
            f"{on.isoformat()}, found none"
        )
    return found


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadQuestionError("expected each instant with an offset, found none: add it")
    return at.astimezone(UTC)

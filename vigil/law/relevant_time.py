"""From which instant does the clock of police detention run? The variants of PACE s. 41.

The answer is what the detention clock is asked with. All times are approximate in law (s. 45(2)).
Not checked: that the arrest was lawful, or which station is the one of an area.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from vigil.law.binding import check_in_force
from vigil.law.clocks import london_day
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Ground, Regime
from vigil.law.loading import law


class ArrestKind(StrEnum):
    """How he came to the station: each has its own relevant time."""

    ORDINARY = "ordinary"
    OTHER_AREA = "other_area"
    OUTSIDE = "outside"
    VOLUNTARY = "voluntary"
    STREET_BAIL = "street_bail"
    SECOND_AREA = "second_area"


@dataclass(frozen=True, slots=True)
class Arrest:
    """The instants of one arrest, each aware; only those of its kind are looked at.

    `first_station_at`: arrival at the first station. `area_station_at`: arrival at the station of
    the area that wants or investigates him. `was_questioned`: on the offence, before he was taken
    there, which makes his arrest an ordinary one.
    """

    kind: ArrestKind
    arrested_at: datetime | None = None
    first_station_at: datetime | None = None
    area_station_at: datetime | None = None
    entered_at: datetime | None = None
    left_first_place_at: datetime | None = None
    was_questioned: bool = False


@dataclass(frozen=True, slots=True)
class RelevantTime:
    """The relevant time (UTC), and by which rule."""

    at: datetime
    ground: Ground


# Of the kinds with a cap: from what the hours run.
_CAPPED_FROM = {
    ArrestKind.OTHER_AREA: "arrested_at",
    ArrestKind.OUTSIDE: "entered_at",
    ArrestKind.SECOND_AREA: "left_first_place_at",
}
_UNLESS_QUESTIONED = (ArrestKind.OTHER_AREA, ArrestKind.SECOND_AREA)


def relevant_time(arrest: Arrest, *, jurisdiction: str = "EW") -> RelevantTime:
    """The time from which his detention is counted.

    Where the earlier of two instants decides and he has not arrived, the hours decide.

    Raises:
        BadQuestionError: an instant that the kind needs is absent, or has no offset.
        NotInForceError: the day is before the law that the data holds, or in another nation.

    Source: Police and Criminal Evidence Act 1984 s. 41(2)-(5),
    https://www.legislation.gov.uk/ukpga/1984/60/section/41
    """
    kind = arrest.kind
    if arrest.was_questioned and kind in _UNLESS_QUESTIONED:
        kind = ArrestKind.ORDINARY
    times = _in_utc(arrest)
    if kind in _CAPPED_FROM:
        begins_at = _needed(times, _CAPPED_FROM[kind])
    else:
        begins_at = _needed(
            times, "arrested_at" if kind is ArrestKind.VOLUNTARY else "first_station_at"
        )
    on, of = london_day(begins_at), f"RELEVANT_TIME_{kind.upper()}"
    check_in_force("DETENTION", on=on, jurisdiction=jurisdiction, regime=Regime.IN_FORCE)
    rule = law().get(of, "rule", on=on, jurisdiction=jurisdiction)
    if kind not in _CAPPED_FROM:
        return RelevantTime(begins_at, Ground((rule,)))
    cap = law().get(of, "cap_hours", on=on, jurisdiction=jurisdiction)
    capped_at = begins_at + timedelta(hours=cap.number)
    return RelevantTime(min(capped_at, times.get("area_station_at", capped_at)), Ground((rule,)))


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Hours that do not count after an arrest for a breach of bail: none, or from and to (UTC)."""

    span: tuple[datetime, datetime] | None
    ground: Ground


def uncounted_after_bail_arrest(
    arrived_at: datetime, *, is_excepted: bool, jurisdiction: str = "EW"
) -> Uncounted:
    """The three hours that are not counted after an arrest under s. 46A; a pause of the clock.

    `is_excepted`: he was arrested under s. 46A(1ZA) or (1ZB), where every hour counts.

    Raises:
        BadQuestionError: the instant has no offset.
        NotInForceError: the day is before the law that the data holds, or in another nation.

    Source: Police and Criminal Evidence Act 1984 s. 47(6A),
    https://www.legislation.gov.uk/ukpga/1984/60/section/47
    """
    arrived_at = _utc(arrived_at)
    on = london_day(arrived_at)
    check_in_force("DETENTION", on=on, jurisdiction=jurisdiction, regime=Regime.IN_FORCE)
    hours = law().find("BAIL_BREACH_ARREST", "uncounted_hours", on=on, jurisdiction=jurisdiction)
    if hours is None:
        counted = law().get("DETENTION_BAIL", "rule", on=on, jurisdiction=jurisdiction)
        return Uncounted(None, Ground((counted,)))
    if is_excepted:
        return Uncounted(None, Ground((hours,)))
    return Uncounted((arrived_at, arrived_at + timedelta(hours=hours.number)), Ground((hours,)))


def _in_utc(arrest: Arrest) -> dict[str, datetime]:
    found = {}
    for each in fields(arrest):
        value = getattr(arrest, each.name)
        if isinstance(value, datetime):
            found[each.name] = _utc(value)
    return found


def _needed(times: dict[str, datetime], name: str) -> datetime:
    if name not in times:
        raise BadQuestionError(f"expected {name} for this kind of arrest, found none")
    return times[name]


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadQuestionError("expected each instant with an offset, found none: add it")
    return at.astimezone(UTC)

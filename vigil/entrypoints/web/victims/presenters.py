"""Her record in finished words: what matters at this moment first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.victims.reading import Seen
from vigil.victims.geometry import Form, Shape, corners
from vigil.victims.queries import Handed, HerPlace, SafeNow
from vigil.victims.rules import DAYS, LONDON, PlaceKind, SafeTime, is_hers_on

DAY_NAMES: Final = dict(
    zip(
        DAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)
KINDS: Final = {
    PlaceKind.HOME: "Home",
    PlaceKind.WORK: "Work",
    PlaceKind.SCHOOL: "School",
    PlaceKind.REFUGE: "Refuge",
    PlaceKind.OTHER: "Another place",
}
CHILD: Final = {True: "Yes, under 18", False: "No", None: "Not known"}


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """One place of hers."""

    reference: str
    title: str
    rows: list[tuple[str, str]]
    may_end: bool


def now_words(safe: SafeNow) -> str:
    """Whether she may be contacted, as one sentence."""
    if not safe.is_known:
        return "Do not contact her: nobody recorded when it is safe."
    return "She may be contacted now." if safe.may_contact else "Do not contact her now."


def contact_rows(safe: SafeNow) -> list[tuple[str, str]]:
    """How she is reached, as it was typed."""
    if safe.reach is None:
        return []
    said = [
        ("Ask for", safe.reach.who),
        ("How", safe.reach.how),
        ("With what, or saying what", safe.reach.what),
        ("Recorded", f"{formats.stamp(safe.reach.set_at)} by {safe.reach.set_by}"),
    ]
    return [(label, words) for label, words in said if words]


def never(safe: SafeNow) -> str:
    """What not to do; empty where nobody said."""
    return safe.reach.never if safe.reach else ""


def times(safe: SafeNow) -> list[str]:
    """Her safe times, one sentence each."""
    return [said(one) for one in safe.times]


def said(one: SafeTime) -> str:
    """ "Monday and Tuesday, from 11am until 1pm"."""
    days = formats.listed([name for day, name in DAY_NAMES.items() if day in one.days])
    begins, ends = (_clock(time.hour, time.minute) for time in (one.from_time, one.to_time))
    next_day = " the next day" if one.to_time <= one.from_time else ""
    return f"{days}, from {begins} until {ends}{next_day}"


def _clock(hours: int, minutes: int) -> str:
    """A time of day on her wall, as a sentence says it."""
    if not minutes and hours in (0, 12):
        return "midday" if hours else "midnight"
    part = f":{minutes:02}" if minutes else ""
    return f"{hours % 12 or 12}{part}{'am' if hours < 12 else 'pm'}"


def person_rows(seen: Seen, at: datetime) -> list[tuple[str, str]]:
    """Who she is."""
    her = seen.her
    rows = [
        ("Name", her.name),
        ("Also known as", ", ".join(her.known_as)),
        ("Born", formats.born(her.born_on, _day(at)).removeprefix("Born ")),
        ("A child", CHILD[her.is_child]),
        ("Child of", ", ".join(her.child_of)),
        ("Children", ", ".join(her.children)),
        ("Advocate", her.advocate or "None"),
    ]
    if her.protected_at is not None:
        rows.append(("Recorded", f"{formats.stamp(her.protected_at)} by {her.protected_by}"))
    return [(label, words) for label, words in rows if words]


def places(found: Iterable[HerPlace], at: datetime) -> tuple[list[PlaceCard], list[PlaceCard]]:
    """Her places of today and later, and those that were hers before."""
    today = _day(at)
    now = [p for p in found if p.last_day is None or is_hers_on(None, p.last_day, today)]
    before = [p for p in found if p not in now]
    return [_card(p) for p in now], [_card(p) for p in before]


def _card(place: HerPlace) -> PlaceCard:
    rows = [
        ("Address", place.address),
        ("Latitude, longitude", _point(place.shape)),
        ("Corners", _corners(place.shape)),
        ("Since", formats.day(place.since_on) if place.since_on else "Not known"),
        ("Last day", formats.day(place.last_day) if place.last_day else ""),
        ("Recorded", f"{formats.stamp(place.added_at)} by {place.added_by}"),
    ]
    title = f"{KINDS[place.kind]} {place.reference}"
    return PlaceCard(
        place.reference, title, [row for row in rows if row[1]], may_end=place.last_day is None
    )


def _point(shape: Shape) -> str:
    return f"{shape.lat}, {shape.lon}" if shape.form is Form.POINT else ""


def _corners(shape: Shape) -> str:
    if shape.polygon is None:
        return ""
    return "; ".join(f"{lat}, {lon}" for lat, lon in corners(shape.polygon))


def handed(rows: Sequence[Handed]) -> list[dict[str, str]]:
    """Whose client she was and is."""
    return [
        {
            "title": row.advocate or "No advocate",
            "when": formats.stamp(row.handed_at),
            "by": row.handed_by,
        }
        for row in rows
    ]


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()

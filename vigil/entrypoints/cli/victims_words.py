"""What `vigil victims show` prints of her: as JSON, or in words. For who may read her."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vigil.victims.geometry import Form, Shape, corners
from vigil.victims.rules import DAYS, SafeTime, written_times

if TYPE_CHECKING:
    from vigil.victims.queries import HerPlace, Protected, SafeNow


def as_object(
    her: Protected, places: Sequence[HerPlace], safe: SafeNow, at: datetime
) -> dict[str, Any]:
    """All of her as JSON."""
    reach = safe.reach
    return {
        "reference": her.reference,
        "name": her.name,
        "known_as": list(her.known_as),
        "born_on": _iso(her.born_on),
        "is_child": her.is_child,
        "child_of": list(her.child_of),
        "children": list(her.children),
        "advocate": her.advocate,
        "at": at.isoformat(),
        "may_contact_now": safe.may_contact,
        "safe_times": written_times(safe.times) if safe.is_known else None,
        "safe_contact": {name: getattr(reach, name) for name in ("who", "how", "what", "never")}
        if reach
        else None,
        "places": [
            {
                "place": place.reference,
                "kind": place.kind,
                "address": place.address,
                "lat": place.shape.lat,
                "lon": place.shape.lon,
                "polygon": place.shape.polygon,
                "since_on": _iso(place.since_on),
                "last_day": _iso(place.last_day),
            }
            for place in places
        ],
    }


def lines_of(her: Protected, places: Sequence[HerPlace], safe: SafeNow) -> Iterator[str]:
    """All of her in words, what matters at this moment first."""
    yield f"{her.reference}: {her.name}" + _also(her.known_as)
    if safe.reach and safe.reach.never:
        yield f"What never to do: {safe.reach.never}"
    yield _now(safe)
    for word, text in _contact(safe):
        yield f"{word}: {text}"
    yield from (f"Safe {said(time)}" for time in safe.times)
    yield f"Born {_iso(her.born_on)}" if her.born_on else "Date of birth not known"
    if her.is_child:
        yield "A child"
    yield from (f"Child of {parent}" for parent in her.child_of)
    yield from (f"Parent of {child}" for child in her.children)
    yield f"Advocate: {her.advocate or 'none'}"
    for place in places:
        yield f"{place.reference} {place.kind}, {_days(place)}: {where(place)}"


def said(one: SafeTime) -> str:
    """One safe time in words."""
    days = " ".join(day for day in DAYS if day in one.days)
    next_day = " the next day" if one.to_time <= one.from_time else ""
    return f"{days} from {one.from_time:%H:%M} until {one.to_time:%H:%M}{next_day}"


def where(place: HerPlace) -> str:
    """Its address and its typed coordinates."""
    return "; ".join(part for part in (place.address, coordinates(place.shape)) if part)


def coordinates(shape: Shape) -> str:
    """A point as latitude and longitude, an area as its corners, each latitude first."""
    if shape.form is Form.POINT:
        return f"{shape.lat}, {shape.lon}"
    if shape.polygon is not None:
        return "area " + " / ".join(f"{lat}, {lon}" for lat, lon in corners(shape.polygon))
    return ""


def _now(safe: SafeNow) -> str:
    if not safe.is_known:
        return "Do not contact her: nobody recorded when it is safe."
    return "She may be contacted now." if safe.may_contact else "Do not contact her now."


def _contact(safe: SafeNow) -> Iterator[tuple[str, str]]:
    if safe.reach is None:
        return
    for word, text in (
        ("Ask for", safe.reach.who),
        ("How", safe.reach.how),
        ("With", safe.reach.what),
    ):
        if text:
            yield word, text


def _also(names: Sequence[str]) -> str:
    return f", also {', '.join(names)}" if names else ""


def _days(place: HerPlace) -> str:
    since = f"since {_iso(place.since_on)}" if place.since_on else "since when is not known"
    return f"{since}, until {_iso(place.last_day)}" if place.last_day else since


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

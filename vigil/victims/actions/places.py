"""A place of hers, from when, until when. A change of place is a row more, never another's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.victims.errors import PlaceEndedError, UnknownPlaceKindError
from vigil.victims.models import Place, PlaceEnd
from vigil.victims.rules import PlaceKind, check_days
from vigil.victims.writing import hers, place_row, where


@action
def add_place(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    kind: str,
    address: str = "",
    lat: float | None = None,
    lon: float | None = None,
    polygon: Mapping[str, Any] | None = None,
    since_on: date | None = None,
) -> str:
    """Record a place of hers, sealed; the answer is its reference, by which orders name it.

    Give an address, a point (`lat`, `lon` in degrees) or an area (GeoJSON polygon, longitude
    first), or an address and one of the two. `since_on` None: not known since when.

    Raises: NotFoundError, also for who may not; UnknownPlaceKindError, NoPlaceError,
        TwoShapesError, BadPointError, BadAreaError, BadDaysError.
    """
    row = hers(by, person)
    if kind not in set(PlaceKind):
        raise UnknownPlaceKindError
    check_days(since_on, None)
    found = where(address=address, lat=lat, lon=lon, polygon=polygon)
    place = place_row(row, kind=PlaceKind(kind), found=found, since_on=since_on, by=by, at=at)
    place.save()
    record(targets=[person, place.reference], facts={"has_geometry": bool(found.form)})
    return place.reference


@action
def end_place(*, by: Viewer, at: datetime, place: str, last_day: date) -> None:
    """Record the last day on which a place was hers. The place stays as it was: an order that
    names it still holds there.

    Raises: NotFoundError, also for who may not; PlaceEndedError, BadDaysError.
    """
    found = Place.objects.filter(reference=place).select_related("person").first()
    if found is None:
        raise NotFoundError
    hers(by, found.person.reference)
    if PlaceEnd.objects.filter(place=found).exists():
        raise PlaceEndedError
    check_days(found.since_on, last_day)
    PlaceEnd.objects.create(place=found, last_day=last_day, ended_at=at, ended_by=by.username)
    record(targets=[found.person.reference, place])

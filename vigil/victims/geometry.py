"""Where a protected place is: a point or an area, typed as coordinates, checked here.

Pure: facts in, answer out. A `Shape` never shows its coordinates when it is printed, logged
or raised: whoever asks often enough where she is not, has found her. Distances are not
reckoned here. Refuses what cannot be an area, and latitude and longitude the wrong way round.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vigil.victims.errors import BadAreaError, BadPointError

MOST_POSITIONS = 1000
# Latitude and longitude of the United Kingdom, its islands and waters: only to see whether
# two numbers were typed the wrong way round, never to refuse a place abroad.
_UK = ((49.0, 61.5), (-9.5, 2.5))


class Form(StrEnum):
    """What is known of where a place is, beside its address."""

    NONE = ""
    POINT = "point"
    AREA = "area"


@dataclass(frozen=True)
class Shape:
    """The geometry of one protected place, for reckoning only. Never to be shown.

    A point has `lat` and `lon` (degrees, WGS 84); an area has `polygon`, as GeoJSON.
    """

    reference: str
    form: Form
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    polygon: Mapping[str, Any] | None = field(default=None, repr=False)


def check_point(lat: Any, lon: Any) -> tuple[float, float]:
    """The two numbers as degrees. Raises: BadPointError."""
    found = (_degrees(lat, 90), _degrees(lon, 180))
    if found[0] is None or found[1] is None:
        raise BadPointError
    if not _is_uk(found[0], found[1]) and _is_uk(found[1], found[0]):
        raise BadPointError(
            "expected the latitude first (about 50 to 60 here), then the longitude, found them "
            "the wrong way round; change them over"
        )
    return found[0], found[1]


def check_area(polygon: Any) -> dict[str, Any]:
    """The area as GeoJSON with nothing else in it: rings closed, longitude first.

    Raises: BadAreaError for what is no polygon, crosses itself, or encloses nothing.
    """
    # Here and not above: it brings numpy, which most commands never need.
    from shapely.geometry import Polygon
    from shapely.validation import explain_validity

    if not isinstance(polygon, Mapping) or polygon.get("type") != "Polygon":
        raise BadAreaError
    rings = polygon.get("coordinates")
    if not isinstance(rings, list) or not rings:
        raise BadAreaError
    if sum(len(ring) for ring in rings if isinstance(ring, list)) > MOST_POSITIONS:
        raise BadAreaError(f"expected an area of at most {MOST_POSITIONS} corners, found more")
    checked = [_ring(ring) for ring in rings]
    shape = Polygon(checked[0], checked[1:])
    if not shape.is_valid:
        crosses = "self-intersection" in explain_validity(shape).lower()
        raise BadAreaError(
            "expected an area whose outline does not cross itself, found one that does; type its "
            "corners in the order in which one walks round it"
            if crosses
            else None
        )
    return {"type": "Polygon", "coordinates": [[list(p) for p in ring] for ring in checked]}


def read_area(text: str) -> dict[str, Any]:
    """An area from the GeoJSON that somebody typed. Raises: BadAreaError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise BadAreaError from None
    return check_area(found)


def corners(polygon: Mapping[str, Any]) -> list[tuple[float, float]]:
    """The outline as latitude and longitude, each corner once: what a reader is shown."""
    return [(lat, lon) for lon, lat in polygon["coordinates"][0][:-1]]


def _ring(ring: Any) -> list[tuple[float, float]]:
    """One closed outline; the first position is repeated at the end if it was not."""
    if not isinstance(ring, list):
        raise BadAreaError
    found = []
    for position in ring:
        if not isinstance(position, list) or len(position) not in (2, 3):
            raise BadAreaError
        try:
            lat, lon = check_point(position[1], position[0])
        except BadPointError as refused:
            raise BadAreaError(
                "expected corners as [longitude, latitude], longitude first, in degrees; found "
                "another; correct them"
            ) from refused
        found.append((lon, lat))
    if found and found[0] != found[-1]:
        found.append(found[0])
    if len(set(found)) < 3:
        raise BadAreaError
    return found


def _degrees(value: Any, most: int) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= most else None


def _is_uk(lat: float, lon: float) -> bool:
    return _UK[0][0] <= lat <= _UK[0][1] and _UK[1][0] <= lon <= _UK[1][1]

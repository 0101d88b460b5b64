"""On which side of the line of a place does a position lie, on the WGS84 ellipsoid?

Tells a side and nothing else: no distance, bearing or coordinate leaves this module, not in an
error either. The edges of a polygon are straight in longitude and latitude (RFC 7946, 3.1.1);
distances to them are geodesics. shapely is loaded only where there is a polygon.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from typing import Any, Final

from geographiclib.geodesic import Geodesic

from vigil.law import questions
from vigil.law.errors import BadQuestionError
from vigil.orders.doorstep.reading import number

# A position this near counts as on the line, in metres: the rounding of a position that is given
# with nine decimals of a degree, and far below what any device can tell.
ON_THE_LINE: Final = 0.001
# Mean radius of the Earth in metres, for the quick look; the ellipsoid's geodesics are within
# 0.6 % of that sphere's, for which 1 % is taken.
_RADIUS: Final = 6_371_008.8
_QUICK: Final = 0.01
# Beyond this many metres from an edge the quick look at polygons is not trusted.
_QUICK_REACH: Final = 50_000.0
_WGS84 = Geodesic.WGS84
# Semi-major axis in metres and the square of the eccentricity.
_A: Final = _WGS84.a
_E2: Final = _WGS84.f * (2 - _WGS84.f)
_MASK: Final = Geodesic.DISTANCE | Geodesic.AZIMUTH

Position = tuple[float, float]
Point = tuple[float, float]
Ring = list[Point]


class Side(Enum):
    """Inside the place, outside it, or so near its line that it cannot be told."""

    INSIDE = "inside"
    NEAR = "near"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius` metres of a point."""

    lat: float
    lon: float
    radius: float

    def side(self, position: Position, accuracy: float) -> Side:
        """On which side of the circle the position lies, to its accuracy in metres."""
        quick = _on_the_sphere(position, (self.lat, self.lon))
        if abs(quick - self.radius) > _QUICK * quick + accuracy + 1:
            return Side.INSIDE if quick < self.radius else Side.OUTSIDE
        distance = _WGS84.Inverse(*position, self.lat, self.lon, Geodesic.DISTANCE)["s12"]
        return _side(abs(distance - self.radius), accuracy, is_inside=distance <= self.radius)


@dataclass(frozen=True, slots=True)
class Area:
    """The inside of polygons: each an outer ring and its holes, as longitude and latitude."""

    parts: tuple[Any, ...]

    def side(self, position: Position, accuracy: float) -> Side:
        """On which side of the area's line the position lies, to its accuracy in metres."""
        lat, lon = position
        shape = self._around(lon)
        from shapely import Point as ShapelyPoint

        is_inside = bool(shape.covers(ShapelyPoint(lon, lat)))
        return _side(_gap(shape, position, accuracy), accuracy, is_inside=is_inside)

    def _around(self, lon: float) -> Any:
        """The parts as one shape, with the longitudes that are nearest to that of the position.

        A place cut at 180 degrees, as RFC 7946 asks, is one again: the cut is no line of it.
        """
        from shapely import union_all
        from shapely.affinity import translate

        moved = []
        for part in self.parts:
            west, _, east, _ = part.bounds
            turns = 360.0 * round((lon - (west + east) / 2) / 360)
            moved.append(translate(part, turns) if turns else part)
        return moved[0] if len(moved) == 1 else union_all(moved)


def read_area(value: object) -> Area:
    """A GeoJSON Polygon or MultiPolygon, or a Feature that holds one.

    Raises: BadQuestionError for another object, a ring that is not closed, a polygon that crosses
        itself or goes round a pole.
    """
    geometry = questions.row(value, "polygon")
    if geometry.get("type") == "Feature":
        geometry = questions.row(geometry.get("geometry"), "polygon")
    kind = questions.text(geometry, "type", ("Polygon", "MultiPolygon"))
    listed = questions.rows(geometry, "coordinates")
    polygons = listed if kind == "MultiPolygon" else [listed]
    if not polygons:
        raise BadQuestionError("expected a polygon with at least one ring, found none")
    return Area(tuple(_polygon(each) for each in polygons))


def _polygon(value: object) -> Any:
    from shapely import Polygon

    if not isinstance(value, list) or not value:
        raise BadQuestionError("expected a polygon with at least one ring, found none")
    rings = [_ring(each) for each in value]
    polygon = Polygon(rings[0], [_beside(rings[0], hole) for hole in rings[1:]])
    if not polygon.is_valid:
        raise BadQuestionError(
            "expected a polygon whose line does not cross or touch itself, found one that does; "
            "draw it again"
        )
    return polygon


def _ring(value: object) -> Ring:
    """A closed ring, its longitudes made to run on where it crosses 180 degrees."""
    if not isinstance(value, list) or len(value) < 4:
        raise BadQuestionError("expected each ring of a polygon to have four positions or more")
    ring: Ring = []
    for lon, lat in map(_lon_lat, value):
        turns = 360.0 * round((ring[-1][0] - lon) / 360) if ring else 0.0
        ring.append((lon + turns, lat))
    if _lon_lat(value[0]) != _lon_lat(value[-1]):
        raise BadQuestionError("expected each ring of a polygon to end where it began")
    if ring[0] != ring[-1]:
        raise BadQuestionError("expected a polygon that does not go round a pole")
    return ring


def _beside(outer: Ring, hole: Ring) -> Ring:
    """The hole with the longitudes that are nearest to its outer ring's."""
    turns = 360.0 * round((outer[0][0] - hole[0][0]) / 360)
    return [(lon + turns, lat) for lon, lat in hole]


def _lon_lat(value: object) -> Point:
    if not isinstance(value, list) or len(value) < 2:
        raise BadQuestionError("expected each position of a polygon as longitude and latitude")
    pair = {"longitude": value[0], "latitude": value[1]}
    return number(pair, "longitude", -180, 180), number(pair, "latitude", -90, 90)


def _side(gap: float, accuracy: float, *, is_inside: bool) -> Side:
    """`gap` is the distance from the line. With accuracy 0 a point on the line is inside."""
    if accuracy == 0 and gap <= ON_THE_LINE:
        return Side.INSIDE
    if accuracy > 0 and gap <= accuracy + ON_THE_LINE:
        return Side.NEAR
    return Side.INSIDE if is_inside else Side.OUTSIDE


def _on_the_sphere(one: Position, other: Position) -> float:
    lat, other_lat = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(other[1] - one[1])
    chord = (
        math.sin((other_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other_lat) * math.sin(turn / 2) ** 2
    )
    return 2 * _RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def _gap(shape: Any, position: Position, accuracy: float) -> float:
    """The distance from the position to the nearest edge, in metres; a lower bound of it where it
    is plain that it is more than the accuracy."""
    quick = sorted(_quick_looks(shape, position))
    nearest = quick[0][0]
    if accuracy + ON_THE_LINE < 0.8 * nearest and nearest < _QUICK_REACH:
        return 0.8 * nearest
    if nearest >= _QUICK_REACH > 2 * accuracy:
        return _QUICK_REACH / 2
    # Edges that may be the nearest once they are measured on the ellipsoid.
    reach = 1.5 * nearest + 1
    return min(
        _to_edge(position, start, stop, along)
        for look, start, stop, along in quick
        if look <= reach
    )


def _edges(shape: Any) -> Iterator[tuple[Point, Point]]:
    for polygon in getattr(shape, "geoms", (shape,)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = list(ring.coords)
            yield from pairwise(points)


def _quick_looks(shape: Any, position: Position) -> Iterator[tuple[float, Point, Point, float]]:
    """Of each edge: its distance with the scale of the position's latitude, and where along it."""
    lat, lon = position
    east, north = _scale(lat)
    for (lon_1, lat_1), (lon_2, lat_2) in _edges(shape):
        x, y = (lon_1 - lon) * east, (lat_1 - lat) * north
        dx, dy = (lon_2 - lon_1) * east, (lat_2 - lat_1) * north
        length = dx * dx + dy * dy
        along = min(1.0, max(0.0, -(x * dx + y * dy) / length)) if length else 0.0
        yield (
            math.hypot(x + along * dx, y + along * dy),
            (lon_1, lat_1),
            (lon_2, lat_2),
            along,
        )


def _to_edge(position: Position, start: Point, stop: Point, along: float, steps: int = 8) -> float:
    """The shortest geodesic from the position to an edge, in metres.

    1. Measure to the point `along` the edge. 2. Move that point by Newton's step for the
    distance, which the azimuth there gives. 3. Again, until it stays: the least is the answer.
    """
    turn, climb = stop[0] - start[0], stop[1] - start[1]
    lon, lat = start[0] + along * turn, start[1] + along * climb
    found = _WGS84.Inverse(*position, lat, lon, _MASK)
    distance, azimuth = float(found["s12"]), math.radians(found["azi2"])
    east, north = _scale(lat)
    x, y = turn * east, climb * north
    length = math.hypot(x, y)
    slope = x * math.sin(azimuth) + y * math.cos(azimuth)
    moved = min(1.0, max(0.0, along - distance * slope / length**2)) if length else along
    # A step of less than a tenth of a millimetre along the edge changes nothing.
    if steps == 0 or abs(moved - along) * length < 1e-4:
        return distance
    return min(distance, _to_edge(position, start, stop, moved, steps - 1))


def _scale(lat: float) -> tuple[float, float]:
    """Metres a degree of longitude and of latitude, at that latitude."""
    sine = math.sin(math.radians(lat))
    bend = math.sqrt(1 - _E2 * sine * sine)
    degree = math.radians(1)
    east = degree * _A / bend * math.cos(math.radians(lat))
    return east, degree * _A * (1 - _E2) / bend**3

"""Circles and areas against oracles that share nothing with the code: points by the thousand.

Whether a point is inside: counted by the winding of the ring. How far it is from a line: the line
is walked in small steps, each measured; the ellipsoid's distance is Vincenty's own formula.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest

from vigil.law.errors import BadQuestionError
from vigil.orders.doorstep.shapes import Circle, Side, read_area

A, F = 6_378_137.0, 1 / 298.257223563
B = A * (1 - F)
Point = tuple[float, float]


def vincenty(one: Point, other: Point) -> float:
    """Metres between two points (latitude, longitude). T. Vincenty, Survey Review 176 (1975)."""
    (lat_1, lon_1), (lat_2, lon_2) = one, other
    if one == other:
        return 0.0
    u_1, u_2 = (math.atan((1 - F) * math.tan(math.radians(lat))) for lat in (lat_1, lat_2))
    turn = lam = math.radians(lon_2 - lon_1)
    for _ in range(200):
        sin_s = math.hypot(
            math.cos(u_2) * math.sin(lam),
            math.cos(u_1) * math.sin(u_2) - math.sin(u_1) * math.cos(u_2) * math.cos(lam),
        )
        cos_s = math.sin(u_1) * math.sin(u_2) + math.cos(u_1) * math.cos(u_2) * math.cos(lam)
        sigma = math.atan2(sin_s, cos_s)
        sin_a = math.cos(u_1) * math.cos(u_2) * math.sin(lam) / sin_s
        cos2_a = 1 - sin_a**2
        cos_m = cos_s - 2 * math.sin(u_1) * math.sin(u_2) / cos2_a if cos2_a else 0.0
        c = F / 16 * cos2_a * (4 + F * (4 - 3 * cos2_a))
        inner = sigma + c * sin_s * (cos_m + c * cos_s * (2 * cos_m**2 - 1))
        before, lam = lam, turn + (1 - c) * F * sin_a * inner
        if abs(lam - before) < 1e-13:
            break
    square = cos2_a * (A * A - B * B) / (B * B)
    big_a = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)))
    big_b = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)))
    last = cos_m * (4 * sin_s**2 - 3) * (4 * cos_m**2 - 3) * big_b / 6
    delta = big_b * sin_s * (cos_m + big_b / 4 * (cos_s * (2 * cos_m**2 - 1) - last))
    return B * big_a * (sigma - delta)


def is_inside(ring: list[Point], point: Point) -> bool:
    """Whether the ring (longitude, latitude) goes round the point: the sum of its angles."""
    x, y = point
    winding = 0.0
    for (x_1, y_1), (x_2, y_2) in pairwise(ring):
        one, other = math.atan2(y_1 - y, x_1 - x), math.atan2(y_2 - y, x_2 - x)
        winding += (other - one + math.pi) % (2 * math.pi) - math.pi
    return abs(winding) > math.pi


def to_line(ring: list[Point], point: Point) -> float:
    """Metres from the point to the ring: each edge walked in 60 steps, then the best step again."""
    lon, lat = point

    def at(edge: tuple[Point, Point], t: float) -> float:
        (x_1, y_1), (x_2, y_2) = edge
        return vincenty((lat, lon), (y_1 + t * (y_2 - y_1), x_1 + t * (x_2 - x_1)))

    edges = list(pairwise(ring))
    _, edge, step = min(
        ((at(edge, n / 60), edge, n) for edge in edges for n in range(61)), key=lambda each: each[0]
    )
    low, high = max(0.0, (step - 1) / 60), min(1.0, (step + 1) / 60)
    for _ in range(60):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if at(edge, left) < at(edge, right) else (left, high)
    return at(edge, (low + high) / 2)


def star(chance: random.Random, centre: Point, size_km: float) -> list[Point]:
    """A ring that does not cross itself: corners by rising angle about a centre."""
    lon, lat = centre
    count = chance.randint(3, 9)
    ring = []
    for n in range(count):
        angle = 2 * math.pi * (n + chance.uniform(0.1, 0.9)) / count
        reach = size_km / 111.2 * chance.uniform(0.3, 1) / 2
        east = reach * math.cos(angle) / math.cos(math.radians(lat))
        ring.append((lon + east, lat + reach * math.sin(angle)))
    return [*ring, ring[0]]


def geojson(*rings: list[Point]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(p) for p in ring] for ring in rings]}


@pytest.mark.parametrize("size_km", [0.2, 2, 20])
@pytest.mark.parametrize("lat", [50.1, 54.5, 60.8, -33.0, 0.0])
def test_inside_or_outside_by_random_points(size_km: float, lat: float) -> None:
    chance = random.Random(f"{size_km} {lat}")
    seen = set()
    for _ in range(6):
        centre = (chance.uniform(-6, 2), lat)
        ring = star(chance, centre, size_km)
        area = read_area(geojson(ring))
        for _ in range(60):
            spread = size_km / 111.2 * 0.6
            x = centre[0] + chance.uniform(-spread, spread) / math.cos(math.radians(lat))
            y = lat + chance.uniform(-spread, spread)
            wanted = Side.INSIDE if is_inside(ring, (x, y)) else Side.OUTSIDE
            assert area.side((y, x), 0) is wanted
            seen.add(wanted)
    assert len(seen) == 2


@pytest.mark.parametrize("size_km", [0.2, 2, 20])
@pytest.mark.parametrize("lat", [50.1, 54.5, 60.8, -33.0])
def test_the_line_is_where_small_steps_find_it_to_a_centimetre(size_km: float, lat: float) -> None:
    """Near at an accuracy of a centimetre more than the distance, not near at one of less."""
    chance = random.Random(f"line {size_km} {lat}")
    for _ in range(3):
        centre = (chance.uniform(-6, 2), lat)
        ring = star(chance, centre, size_km)
        area = read_area(geojson(ring))
        for _ in range(4):
            spread = size_km / 111.2 * 0.7
            x = centre[0] + chance.uniform(-spread, spread) / math.cos(math.radians(lat))
            y = lat + chance.uniform(-spread, spread)
            distance = to_line(ring, (x, y))
            side = Side.INSIDE if is_inside(ring, (x, y)) else Side.OUTSIDE
            assert area.side((y, x), distance + 0.01) is Side.NEAR
            assert area.side((y, x), max(0.0, distance - 0.01)) is side


def test_the_line_of_an_area_as_large_as_a_nation_is_found_to_ten_centimetres() -> None:
    """Its edges run for hundreds of kilometres, straight in longitude and latitude."""
    ring = [(1.333, 59.974), (-4.307, 58.416), (-3.1, 55.2), (-3.1, 55.2), (1.9, 56.0)]
    ring.append(ring[0])
    area = read_area(geojson(ring))
    for point in ((0.0, 60.0), (0.0, 58.0), (-1.0, 59.0), (-3.1, 55.2), (2.0, 55.5)):
        distance = to_line(ring, point)
        side = Side.INSIDE if is_inside(ring, point) else Side.OUTSIDE
        assert area.side((point[1], point[0]), distance + 0.1) is Side.NEAR
        if distance > 0.1:
            assert area.side((point[1], point[0]), distance - 0.1) is side


def test_a_line_a_hundred_kilometres_off_is_found_for_a_position_as_bad_as_that() -> None:
    ring = [(2.2226, 53.8092), (1.4158, 53.1958), (2.4, 53.1), (2.2226, 53.8092)]
    area, point = read_area(geojson(ring)), (0.0, 54.0)
    distance = to_line(ring, point)

    assert 100_000 < distance < 150_000
    assert area.side((54.0, 0.0), distance + 0.1) is Side.NEAR
    assert area.side((54.0, 0.0), distance - 0.1) is Side.OUTSIDE
    assert area.side((54.0, 0.0), 50) is Side.OUTSIDE


def test_a_circle_is_where_vincenty_finds_it() -> None:
    chance = random.Random(20261123)
    for _ in range(2000):
        lat, lon = chance.uniform(-70, 70), chance.uniform(-180, 180)
        reach = chance.choice([0.001, 0.01, 0.3])
        other = (lat + chance.uniform(-reach, reach), lon + chance.uniform(-reach, reach))
        distance = vincenty((lat, lon), other)
        for radius, accuracy in ((distance, 1.0), (100.0, 50.0), (distance - 20, 25.0)):
            if radius < 0:
                continue
            gap = abs(distance - radius)
            if abs(gap - accuracy) < 0.01:
                continue
            wanted = Side.INSIDE if distance <= radius else Side.OUTSIDE
            if gap <= accuracy:
                wanted = Side.NEAR
            assert Circle(lat, lon, radius).side(other, accuracy) is wanted


def test_a_hole_is_outside_by_random_points() -> None:
    chance = random.Random(7)
    outer = [(1.4, 54.4), (1.6, 54.4), (1.6, 54.6), (1.4, 54.6), (1.4, 54.4)]
    hole = [(1.45, 54.45), (1.5, 54.58), (1.55, 54.45), (1.45, 54.45)]
    area = read_area(geojson(outer, hole))
    for _ in range(500):
        point = (chance.uniform(1.35, 1.65), chance.uniform(54.35, 54.65))
        wanted = is_inside(outer, point) and not is_inside(hole, point)
        assert area.side((point[1], point[0]), 0) is (Side.INSIDE if wanted else Side.OUTSIDE)


def test_parts_that_meet_at_180_degrees_are_one_place() -> None:
    def box(west: float, east: float) -> list[list[Point]]:
        return [[(west, -17.1), (east, -17.1), (east, -16.9), (west, -16.9), (west, -17.1)]]

    def listed(box: list[list[Point]]) -> list[list[list[float]]]:
        return [[list(point) for point in ring] for ring in box]

    cut = read_area(
        {
            "type": "MultiPolygon",
            "coordinates": [listed(box(179.9, 180)), listed(box(-180, -179.9))],
        }
    )
    for lon in (180.0, -180.0, 179.99999, -179.99999):
        assert cut.side((-17.0, lon), 100) is Side.INSIDE
    for lon in (179.9, -179.9):
        assert cut.side((-17.0, lon), 100) is Side.NEAR
        assert cut.side((-17.0, lon), 0) is Side.INSIDE
    for lon in (179.8, -179.8, 0.0):
        assert cut.side((-17.0, lon), 100) is Side.OUTSIDE


def test_a_hole_over_180_degrees_belongs_to_its_area() -> None:
    outer = [[179.0, -18.0], [-179.0, -18.0], [-179.0, -16.0], [179.0, -16.0], [179.0, -18.0]]
    hole = [[-179.9, -17.1], [179.9, -17.1], [179.9, -16.9], [-179.9, -16.9], [-179.9, -17.1]]
    area = read_area({"type": "Polygon", "coordinates": [outer, hole]})

    assert area.side((-17.0, 179.95), 10) is Side.OUTSIDE
    assert area.side((-17.0, -179.95), 10) is Side.OUTSIDE
    assert area.side((-16.5, 180.0), 10) is Side.INSIDE


@pytest.mark.parametrize("lat", [89.0, 89.99, 90.0, -90.0])
def test_near_a_pole_an_area_and_a_circle_still_have_two_sides(lat: float) -> None:
    near = math.copysign(1, lat)
    low, high = sorted((near * 88.0, near * 90.0))
    ring = [[10.0, low], [40.0, low], [40.0, high], [10.0, high], [10.0, low]]
    area = read_area({"type": "Polygon", "coordinates": [ring]})

    assert area.side((near * 88.5, 25.0), 10) is Side.INSIDE
    assert area.side((near * 88.5, 100.0), 10) is Side.OUTSIDE
    assert area.side((lat, 25.0), 0) in Side
    assert Circle(lat, 0.0, 1000).side((lat, 180.0), 0) is (
        Side.OUTSIDE if abs(lat) == 89.0 else (Side.INSIDE if abs(lat) == 90 else Side.OUTSIDE)
    )


def test_a_feature_that_holds_a_polygon_is_read_as_it() -> None:
    polygon = geojson([(1.4, 54.4), (1.6, 54.4), (1.6, 54.6), (1.4, 54.4)])
    area = read_area({"type": "Feature", "properties": {}, "geometry": polygon})

    assert area.side((54.45, 1.55), 10) is Side.INSIDE


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        7,
        [],
        {},
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Feature", "geometry": None},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [7]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [2], [1, 54]]]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], "x", [1, 54]]]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [181, 55], [1, 54]]]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [2, 91], [1, 54]]]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [True, 55], [1, 54]]]},
        {"type": "Polygon", "coordinates": [[[1, 54], [2, 54], [10**400, 55], [1, 54]]]},
        {"type": "MultiPolygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": [7]},
    ],
    ids=str,
)
def test_what_is_no_polygon_is_refused_without_saying_where_it_is(wrong: Any) -> None:
    with pytest.raises(BadQuestionError) as refused:
        read_area(wrong)

    assert "54" not in str(refused.value)


def test_shapely_is_not_loaded_for_a_question_without_a_polygon() -> None:
    program = (
        "import sys; from vigil.orders.doorstep.shapes import Circle; "
        "Circle(54.5, 1.5, 100.0).side((54.5, 1.5), 50); "
        "sys.exit('shapely' in sys.modules or 'numpy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)

"""Points and areas as they are typed: what is one, and what is refused in one sentence."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from vigil.victims.errors import BadAreaError, BadPointError
from vigil.victims.geometry import (
    MOST_POSITIONS,
    Form,
    Shape,
    check_area,
    check_point,
    corners,
    read_area,
)

SQUARE = [[-1.5, 53.0], [-1.4, 53.0], [-1.4, 53.1], [-1.5, 53.1], [-1.5, 53.0]]
HOLE = [[-1.47, 53.03], [-1.43, 53.03], [-1.43, 53.07], [-1.47, 53.03]]
BOW_TIE = [[-1.5, 53.0], [-1.4, 53.1], [-1.4, 53.0], [-1.5, 53.1], [-1.5, 53.0]]


def area(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


@pytest.mark.parametrize("point", [(53.1, -1.6), (53, -1), (-90, 180), (90.0, -180.0), (0, 0)])
def test_a_point_is_two_numbers_of_degrees(point: tuple[float, float]) -> None:
    assert check_point(*point) == point


@pytest.mark.parametrize(
    "point",
    [
        (90.0001, 0),
        (-91, 0),
        (0, 180.1),
        (math.nan, 0),
        (0, math.inf),
        ("53", -1),
        (True, 0),
        (None, 1),
        (53, None),
    ],
)
def test_what_is_no_point_is_refused_without_repeating_it(point: tuple[Any, Any]) -> None:
    with pytest.raises(BadPointError) as refused:
        check_point(*point)
    assert "nan" not in str(refused.value)
    assert "53" not in str(refused.value)


def test_latitude_and_longitude_the_wrong_way_round_are_seen() -> None:
    with pytest.raises(BadPointError, match="wrong way round"):
        check_point(-1.6, 53.1)


def test_an_area_keeps_its_corners_and_nothing_else() -> None:
    typed = area(SQUARE, HOLE) | {"crs": "x", "bbox": [1]}
    assert check_area(typed) == area(SQUARE, HOLE)
    assert read_area(json.dumps(typed)) == area(SQUARE, HOLE)


def test_an_outline_that_was_not_closed_is_closed_and_heights_are_dropped() -> None:
    open_ring = [[*position, 12.5] for position in SQUARE[:-1]]
    assert check_area(area(open_ring)) == area(SQUARE)


def test_the_corners_are_read_out_latitude_first_and_each_once() -> None:
    assert corners(area(SQUARE)) == [(53.0, -1.5), (53.0, -1.4), (53.1, -1.4), (53.1, -1.5)]


BAD: list[Any] = [
    pytest.param(None, id="nothing"),
    pytest.param([SQUARE], id="rings without their type"),
    pytest.param({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, id="several areas"),
    pytest.param({"type": "Polygon"}, id="no coordinates"),
    pytest.param(area(), id="no ring"),
    pytest.param(area("x"), id="a ring that is a word"),
    pytest.param(area(SQUARE[:1]), id="one corner"),
    pytest.param(area(SQUARE[:2]), id="two corners"),
    pytest.param(area([SQUARE[0]] * 5), id="one corner five times"),
    pytest.param(area([*SQUARE[:3], [-1.5]]), id="half a corner"),
    pytest.param(area([*SQUARE[:3], "x"]), id="a corner that is a word"),
    pytest.param(area([*SQUARE[:3], [-1.5, "53"]]), id="a number as a word"),
    pytest.param(area([[lat, lon] for lon, lat in SQUARE]), id="latitude first"),
    pytest.param(area([[0, 0], [1, 1], [2, 2]]), id="a line"),
    pytest.param(area(SQUARE, [[5, 5], [6, 5], [6, 6]]), id="a hole outside it"),
    pytest.param(area([[n / 1000, 53.0] for n in range(MOST_POSITIONS + 1)]), id="too many"),
]


@pytest.mark.parametrize("polygon", BAD)
def test_what_is_no_area_is_refused_in_one_sentence(polygon: Any) -> None:
    with pytest.raises(BadAreaError) as refused:
        check_area(polygon)
    assert "expected" in str(refused.value).lower()
    assert "53." not in str(refused.value)


def test_an_area_that_crosses_itself_is_told_so() -> None:
    with pytest.raises(BadAreaError, match="does not cross itself, found one that does"):
        check_area(area(BOW_TIE))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", "53.1, -1.6"])
def test_text_that_is_no_geojson_is_refused(text: str) -> None:
    with pytest.raises(BadAreaError):
        read_area(text)


def test_a_shape_does_not_show_itself() -> None:
    shape = Shape("L-1", Form.POINT, 53.123456, -1.654321, area(SQUARE))
    assert repr(shape) == "Shape(reference='L-1', form=<Form.POINT: 'point'>)"
    assert "53" not in f"{shape} {shape!r}"

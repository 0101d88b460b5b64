"""An agency's table ranks people, so a table that cannot is refused with the entry at fault."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from vigil.incidents.feed.columns import CATEGORIES
from vigil.register.errors import WeightsError
from vigil.register.weights import UNSTATED, Curve, invented_weights, weights_from, weights_of

Table = dict[str, Any]


@pytest.fixture
def table() -> Table:
    text = files("vigil.register").joinpath("invented_weights.toml").read_text("utf-8")
    return tomllib.loads(text)


def test_the_demonstrations_table_says_that_it_is_invented() -> None:
    weights = invented_weights()
    assert weights.is_invented
    assert "Invented" in weights.statement


def test_the_demonstrations_table_weighs_every_category_of_the_feed() -> None:
    assert invented_weights().gravity_points.keys() == {*CATEGORIES, UNSTATED}


def test_an_agency_without_a_table_gets_the_invented_one() -> None:
    assert weights_of({}) is invented_weights()


def test_a_table_kept_as_json_is_the_same_as_its_toml(table: Table) -> None:
    table["name"] = "Table 4"
    kept = json.loads(json.dumps(table, default=str))
    assert weights_of(kept) == weights_from(table)


def test_all_weights_of_zero_are_refused(table: Table) -> None:
    table["weights"] = dict.fromkeys(table["weights"], 0)
    with pytest.raises(WeightsError, match="found all four at 0"):
        weights_from(table)


def test_one_weight_above_zero_is_enough(table: Table) -> None:
    table["weights"] = {"recency": 0, "frequency": 0, "gravity": 0, "victims": 1}
    assert weights_from(table).total == 1


def put(*path: str | int, value: object) -> Callable[[Table], None]:
    def change(table: Table) -> None:
        inner: Any = table
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        pytest.param(put("weights", value=3), "at weights", id="no table of weights"),
        pytest.param(put("weights", "gravity", value=-1), "weights.gravity", id="below zero"),
        pytest.param(put("weights", "gravity", value="3"), "weights.gravity", id="a text"),
        pytest.param(put("weights", "gravity", value=True), "weights.gravity", id="a truth value"),
        pytest.param(
            put("weights", "gravity", value=float("inf")), "weights.gravity", id="without end"
        ),
        pytest.param(put("name", value=" "), "at name", id="no name"),
        pytest.param(put("statement", value=None), "at statement", id="no statement"),
        pytest.param(put("is_invented", value="no"), "is_invented", id="invented or not, unsaid"),
        pytest.param(put("in_force_on", value="1 May"), "in_force_on", id="no date"),
        pytest.param(put("points", "recency", value=[]), "points.recency", id="an empty curve"),
        pytest.param(put("points", "recency", value="x"), "points.recency", id="no curve"),
        pytest.param(put("points", "recency", value=7), "points.recency", id="a number as curve"),
        pytest.param(put("points", "recency", 1, value=[3]), "points.recency", id="half a pair"),
        pytest.param(put("points", "recency", 1, value="ab"), "points.recency", id="no pair"),
        pytest.param(put("points", "recency", 1, value=9), "points.recency", id="a number as pair"),
        pytest.param(
            put("points", "recency", 1, value=[0, 9]), "values that rise", id="values that stay"
        ),
        pytest.param(
            put("points", "recency", 1, value=["x", 9]), "values that rise", id="no value"
        ),
        pytest.param(
            put("points", "recency", 1, value=[30, 11]), "from 0 to 10", id="over ten points"
        ),
        pytest.param(
            put("points", "recency", 2, value=[90, 9.5]), "never rise", id="older counts more"
        ),
        pytest.param(
            put("points", "victims", 2, value=[3, 3]), "never fall", id="more victims count less"
        ),
        pytest.param(
            put("points", "frequency", 2, value=[4, 1]), "never fall", id="more reports count less"
        ),
        pytest.param(put("gravity", "arson", value=3), "arson", id="a category of nobody"),
        pytest.param(put("gravity", "assault", value=-1), "gravity.assault", id="points below 0"),
    ],
)
def test_a_table_that_cannot_rank_is_refused_with_its_place(
    table: Table, change: Callable[[Table], None], where: str
) -> None:
    change(table)
    with pytest.raises(WeightsError, match=where):
        weights_from(table)


def test_a_table_that_forgets_a_category_is_refused(table: Table) -> None:
    del table["gravity"]["stalking"]
    with pytest.raises(WeightsError, match="stalking"):
        weights_from(table)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        pytest.param(-1, 10, id="before the first value"),
        pytest.param(0, 10, id="at the first value"),
        pytest.param(15, 9.5, id="half-way"),
        pytest.param(30, 9, id="at the last value"),
        pytest.param(31, 9, id="after the last value"),
    ],
)
def test_points_lie_on_a_straight_line_between_two_values(value: float, points: float) -> None:
    assert Curve((0, 30), (10, 9)).at(value) == points

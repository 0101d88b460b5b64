"""An agency's own table for the ranking: four weights, three curves, gravity by category.

The table is data that the agency answers for; vigil invents none but the demonstration's,
which says so. Refuses a table that could rank nobody, or that would rank a man lower for
more victims, more reports or a later one.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import isfinite
from typing import Any, Final

from vigil.incidents.feed.columns import CATEGORIES
from vigil.register.errors import WeightsError

PARTS: Final = ("recency", "frequency", "gravity", "victims")
MOST_POINTS: Final = 10.0
# The key, in the table of gravity, of a report that states no category.
UNSTATED: Final = "unstated"


@dataclass(frozen=True, slots=True)
class Curve:
    """Points by value: straight between two values, level before the first and after the last."""

    values: tuple[float, ...]
    points: tuple[float, ...]

    def at(self, value: float) -> float:
        """The points of that value, 0 to 10, rounded to hundredths as they are shown."""
        place = bisect_right(self.values, value)
        if place == 0:
            return round(self.points[0], 2)
        if place == len(self.values):
            return round(self.points[-1], 2)
        left, right = self.values[place - 1], self.values[place]
        low, high = self.points[place - 1], self.points[place]
        return round(low + (high - low) * (value - left) / (right - left), 2)


@dataclass(frozen=True, slots=True)
class Weights:
    """A validated table. Made by `weights_from`; `statement` is shown wherever a rank is."""

    name: str
    statement: str
    is_invented: bool
    in_force_on: date
    recency: float
    frequency: float
    gravity: float
    victims: float
    recency_points: Curve
    frequency_points: Curve
    victims_points: Curve
    gravity_points: Mapping[str, float]

    @property
    def total(self) -> float:
        """The sum of the four weights; never 0."""
        return self.recency + self.frequency + self.gravity + self.victims


def weights_from(table: Mapping[str, Any]) -> Weights:
    """The table of weights held in TOML or JSON of the shape of `invented_weights.toml`.

    Raises: WeightsError, naming the entry at fault.
    """
    weights = {part: _weight(_section(table, "weights"), part) for part in PARTS}
    if not any(weights.values()):
        raise WeightsError(
            "expected at least one weight above 0, found all four at 0: nobody can be ranked; "
            "give a weight to recency, frequency, gravity or victims"
        )
    points = _section(table, "points")
    return Weights(
        name=_text(table, "name"),
        statement=_text(table, "statement"),
        is_invented=_claim(table, "is_invented"),
        in_force_on=_day(table, "in_force_on"),
        **weights,
        recency_points=_curve(points, "recency", rises=False),
        frequency_points=_curve(points, "frequency", rises=True),
        victims_points=_curve(points, "victims", rises=True),
        gravity_points=_gravity(_section(table, "gravity")),
    )


@cache
def invented_weights() -> Weights:
    """The demonstration's table, marked as invented."""
    text = files("vigil.register").joinpath("invented_weights.toml").read_text("utf-8")
    return weights_from(tomllib.loads(text))


def weights_of(table: Mapping[str, Any]) -> Weights:
    """The table that an agency holds (`access.Agency.weights`), the invented one if none.

    Raises: WeightsError.
    """
    return weights_from(table) if table else invented_weights()


def _wrong(where: str, expected: str, found: object) -> WeightsError:
    return WeightsError(
        f"expected {expected} at {where} of the table of weights, found {found!r}; correct it"
    )


def _section(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = table.get(name)
    if not isinstance(found, Mapping):
        raise _wrong(name, "a table", found)
    return found


def _text(table: Mapping[str, Any], name: str) -> str:
    found = table.get(name)
    if not isinstance(found, str) or not found.strip():
        raise _wrong(name, "a text", found)
    return found


def _claim(table: Mapping[str, Any], name: str) -> bool:
    found = table.get(name)
    if not isinstance(found, bool):
        raise _wrong(name, "true or false", found)
    return found


def _day(table: Mapping[str, Any], name: str) -> date:
    found = table.get(name)
    try:
        return found if type(found) is date else date.fromisoformat(str(found))
    except ValueError:
        raise _wrong(name, "a date as YYYY-MM-DD", found) from None


def _number(found: object) -> float | None:
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return float(found) if is_number and isfinite(found) else None  # type: ignore[arg-type]


def _weight(table: Mapping[str, Any], part: str) -> float:
    found = _number(table.get(part))
    if found is None or found < 0:
        raise _wrong(f"weights.{part}", "a number of 0 or more", table.get(part))
    return found


def _points(where: str, found: object) -> float:
    number = _number(found)
    if number is None or not 0 <= number <= MOST_POINTS:
        raise _wrong(where, f"points from 0 to {MOST_POINTS:g}", found)
    return number


def _curve(table: Mapping[str, Any], part: str, *, rises: bool) -> Curve:
    where, found = f"points.{part}", table.get(part)
    if not isinstance(found, Sequence) or isinstance(found, str) or not found:
        raise _wrong(where, "a list of [value, points]", found)
    values: list[float] = []
    points: list[float] = []
    for pair in found:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise _wrong(where, "pairs of [value, points]", pair)
        value = _number(pair[0])
        if value is None or (values and value <= values[-1]):
            raise _wrong(where, "values that rise", pair[0])
        given = _points(where, pair[1])
        if points and (given < points[-1] if rises else given > points[-1]):
            raise _wrong(where, f"points that never {'fall' if rises else 'rise'}", pair[1])
        values.append(value)
        points.append(given)
    return Curve(tuple(values), tuple(points))


def _gravity(table: Mapping[str, Any]) -> dict[str, float]:
    wanted = {*CATEGORIES, UNSTATED}
    if table.keys() != wanted:
        odd = ", ".join(sorted(wanted ^ table.keys()))
        raise _wrong("gravity", "every category of the feed, unstated, and no other", odd)
    return {category: _points(f"gravity.{category}", table[category]) for category in table}

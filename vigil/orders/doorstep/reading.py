"""Reads the fields of a rule, and refuses what is missing, ill-typed or out of range.

A refusal names the field and never repeats what was found: it may be where somebody lives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import time
from typing import Any

from vigil.law import questions
from vigil.law.errors import BadQuestionError

Fields = Mapping[str, Any]
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def texts(fields: Fields, field: str, codes: Collection[str] | None = None) -> tuple[str, ...]:
    """A list with at least one text, each one of `codes` where they are given."""
    listed = questions.rows(fields, field)
    if not listed:
        raise BadQuestionError(f"expected at least one of {field}, found none")
    return tuple(questions.text({field: each}, field, codes) for each in listed)


def texts_or_none(fields: Fields, field: str, codes: Collection[str]) -> tuple[str, ...]:
    """As `texts`, empty where the list is empty, null or absent."""
    return texts(fields, field, codes) if questions.rows_or_none(fields, field) else ()


def number(fields: Fields, field: str, low: float, high: float) -> float:
    """A number from `low` to `high`, both inclusive."""
    value = fields.get(field)
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadQuestionError(f"expected {field} to be a number, found something else")
    # Compared before it is made a float: a whole number may be too long for one.
    if not low <= value <= high:
        raise BadQuestionError(f"expected {field} in its range, found another number")
    return float(value)


def metres(fields: Fields, field: str) -> float:
    """A length in metres from 0; no upper end but that it is a number."""
    return number(fields, field, 0, math.nextafter(math.inf, 0))


def position(fields: Fields) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None where both are absent or null."""
    if fields.get("lat") is None and fields.get("lon") is None:
        return None
    return number(fields, "lat", -90, 90), number(fields, "lon", -180, 180)


def time_of_day(fields: Fields, field: str) -> time:
    """A time of day by London's clock, HH:MM."""
    found = _TIME.fullmatch(questions.text(fields, field))
    if found is None:
        raise BadQuestionError(f"expected {field} as HH:MM, found another text")
    return time(int(found[1]), int(found[2]))

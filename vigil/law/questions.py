"""Reads the fields of a question, and refuses what is missing, ill-typed or out of range.

A refusal names the field and what was expected; it never repeats what was found, which may be
about a person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, NoReturn

from vigil.law.errors import BadQuestionError
from vigil.law.facts import Regime
from vigil.law.vocabulary import JURISDICTIONS

Question = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Far enough from the ends of the calendar of dates that no sum of the law leaves it.
_FIRST_YEAR, _LAST_YEAR = 100, 9800


# The most digits of a number that any field could hold. Python refuses to read very long ones at
# all, and then one field that nobody looks at would cost the whole question its answer.
_MOST_DIGITS = 400


def parsed(line: str) -> Any:
    """What a text of JSON says. A number too long for any field reads as infinity.

    Raises:
        ValueError: it is no JSON; NaN and Infinity are none, though the standard library reads
            them.
        RecursionError: it is nested too deep.
    """
    return json.loads(line, parse_constant=_refuse_constant, parse_int=_whole)


def identifier(question: Question) -> Any:
    """The id of a question as an answer hands it back: None where JSON has no word for it."""
    value = question.get("id")
    if isinstance(value, str):
        return value
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return value


def text(question: Question, field: str, codes: Collection[str] | None = None) -> str:
    """A field that must be a text, one of `codes` where they are given."""
    value = question.get(field)
    if not isinstance(value, str) or not value:
        raise BadQuestionError(f"expected {field} to be a text, found {_kind(value)}")
    if codes is not None and value not in codes:
        raise BadQuestionError(f"expected {field} to be one of {', '.join(codes)}, found another")
    return value


def text_or_none(
    question: Question, field: str, codes: Collection[str] | None = None
) -> str | None:
    """As `text`, for a field that may be absent or null."""
    return None if question.get(field) is None else text(question, field, codes)


def day(question: Question, field: str) -> date:
    """A field that must be a date, `YYYY-MM-DD`."""
    return _day(question.get(field), field)


def day_or_none(question: Question, field: str) -> date | None:
    """As `day`, for a field that may be absent or null."""
    return None if question.get(field) is None else day(question, field)


def instant(question: Question, field: str) -> datetime:
    """A field that must be an instant with an offset, ISO 8601."""
    return _instant(question.get(field), field)


def whole_number(question: Question, field: str, low: int, high: int) -> int:
    """A field that must be a whole number from `low` to `high`."""
    value = question.get(field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadQuestionError(f"expected {field} to be a whole number, found {_kind(value)}")
    if not low <= value <= high:
        raise BadQuestionError(f"expected {field} from {low} to {high}, found another number")
    return value


def whole_number_or_none(question: Question, field: str, low: int, high: int) -> int | None:
    """As `whole_number`, for a field that may be absent or null."""
    return None if question.get(field) is None else whole_number(question, field, low, high)


def truth(question: Question, field: str) -> bool:
    """A field that must be true or false."""
    value = question.get(field)
    if not isinstance(value, bool):
        raise BadQuestionError(f"expected {field} to be true or false, found {_kind(value)}")
    return value


def rows(question: Question, field: str) -> list[Any]:
    """A field that must be a list."""
    value = question.get(field)
    if not isinstance(value, list):
        raise BadQuestionError(f"expected {field} to be a list, found {_kind(value)}")
    return value


def rows_or_none(question: Question, field: str) -> list[Any]:
    """As `rows`; empty where the field is absent or null."""
    return [] if question.get(field) is None else rows(question, field)


def instants(question: Question, field: str) -> list[datetime]:
    """A field that may be a list of instants; empty where it is absent or null."""
    return [_instant(each, field) for each in rows_or_none(question, field)]


def row(value: object, field: str) -> Question:
    """One row of a list, which must be an object."""
    if not isinstance(value, dict):
        raise BadQuestionError(f"expected each of {field} to be an object, found {_kind(value)}")
    return value


def regime(question: Question) -> Regime:
    """The regime asked; the law in force where none is given."""
    codes = [each.value for each in Regime]
    return Regime(text(question, "regime", codes)) if "regime" in question else Regime.IN_FORCE


def jurisdiction(question: Question) -> str:
    """The jurisdiction asked; England and Wales where none is given."""
    return text(question, "jurisdiction", JURISDICTIONS) if "jurisdiction" in question else "EW"


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float("inf")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _day(value: object, field: str) -> date:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise BadQuestionError(f"expected {field} as YYYY-MM-DD, found {_kind(value)}")
    try:
        found = date.fromisoformat(value)
    except ValueError:
        raise BadQuestionError(f"expected {field} to be a day that exists, found none") from None
    return _in_range(found, field)


def _instant(value: object, field: str) -> datetime:
    if not isinstance(value, str):
        raise BadQuestionError(f"expected {field} as an ISO 8601 instant, found {_kind(value)}")
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise BadQuestionError(
            f"expected {field} to be an ISO 8601 instant that exists, such as "
            "2026-11-20T15:00:00+00:00, found none"
        ) from None
    if found.tzinfo is None:
        raise BadQuestionError(
            f"expected {field} with an offset, such as +00:00 or Z, found none: add it"
        )
    _in_range(found.date(), field)
    return found


def _in_range(found: date, field: str) -> date:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise BadQuestionError(
            f"expected {field} in the years {_FIRST_YEAR} to {_LAST_YEAR}, found another"
        )
    return found


def _kind(value: object) -> str:
    """The kind of a value, in words that repeat nothing of it."""
    if value is None:
        return "nothing"
    names = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "a number")

"""How the words, days and instants of an order are sent, in every body of these operations.

Refuses what no database could keep (a null character, half a letter), a number where a day was
meant, and an instant without its offset: a program knows which clock it read.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from vigil.orders.rules import Clause

_BEGINS_AS_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEARS = range(1900, 9000)
# What a condition says is copied from the order, and no order's condition is a book.
LONGEST_WORDS = 4000


def _as_a_day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not _BEGINS_AS_A_DAY.match(value):
        raise ValueError("as 2026-03-02 or 2026-03-02T16:10:00Z")
    return value


def _of_our_time(value: date) -> date:
    if value.year not in _YEARS:
        raise ValueError("a year from 1900")
    return value


def _can_be_kept(value: str) -> str:
    if "\x00" in value:
        raise ValueError("words without a null character")
    return value


def _rule_can_be_kept(value: dict[str, Any]) -> dict[str, Any]:
    written = json.dumps(value, ensure_ascii=False)
    if len(written) > LONGEST_WORDS:
        raise ValueError("a shorter rule")
    if "\\u0000" in written or any("\ud800" <= letter <= "\udfff" for letter in written):
        raise ValueError("words without a null character")
    return value


Day = Annotated[date, BeforeValidator(_as_a_day), AfterValidator(_of_our_time)]
Instant = Annotated[AwareDatetime, BeforeValidator(_as_a_day), AfterValidator(_of_our_time)]
Words = Annotated[str, AfterValidator(_can_be_kept)]
Reference = Annotated[Words, Field(max_length=40)]
Report = Annotated[Words, Field(max_length=210)]
Court = Annotated[Words, Field(max_length=120)]
Code = Annotated[Words, Field(max_length=30)]
Area = Annotated[Words, Field(max_length=120)]
Name = Annotated[Words, Field(max_length=150)]
Age = Annotated[int, Field(ge=0, le=150)]


class Given(Schema):
    """A body: a field that is not known is refused and not ignored."""

    model_config = ConfigDict(extra="forbid")


class GivenClause(Given):
    """One condition: its number in the order, its words, and the rule that they come to."""

    clause: Annotated[Words, Field(max_length=20)]
    text: Annotated[Words, Field(max_length=LONGEST_WORDS)]
    rule: Annotated[dict[str, Any], AfterValidator(_rule_can_be_kept)]


def clauses_of(given: list[GivenClause]) -> tuple[Clause, ...]:
    """As the actions take them."""
    return tuple(Clause(one.clause, one.text, one.rule) for one in given)


def clauses_or_none(given: list[GivenClause] | None) -> tuple[Clause, ...] | None:
    """None leaves the list as it is."""
    return None if given is None else clauses_of(given)

"""Reads the tables of doorstep cases: each a whole question, its expected answer, its working.

A case names only what it is about. The rest: the respondent P-1 does it, no place, no means, nobody
named; a stalking protection order of Monday 2 March 2026, served the day after, until further
order, for V-1 and V-2. TOML has no null: "" stands for it. `rules` of an order are names of
rules.toml; their clauses are numbered from 1. A case with `live = true` can also be played by
making, serving and changing real orders: `question` is whole, so that a runner reads only it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = HERE / "cases"
# Friday, 10.15pm in London (winter time).
AT = "2026-11-20T22:15:00+00:00"


@dataclass(frozen=True)
class Case:
    file: str
    name: str
    working: str
    question: Mapping[str, Any]
    verdict: str | None
    clauses: tuple[tuple[str, Any], ...]
    missing: tuple[str, ...]
    answer: Mapping[str, Any]
    says: tuple[str, ...]
    never_says: tuple[str, ...]
    error: str | None
    is_live: bool


@cache
def named_rules() -> dict[str, Any]:
    return tomllib.loads((HERE / "rules.toml").read_text())


@cache
def all_cases() -> tuple[Case, ...]:
    return tuple(
        _case(path.stem, entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text())["case"]
    )


def live_cases() -> tuple[Case, ...]:
    """Those that a runner can play with real orders."""
    return tuple(case for case in all_cases() if case.is_live)


def _case(file: str, entry: Mapping[str, Any]) -> Case:
    orders = entry.get("orders", [entry["order"]] if "order" in entry else [])
    question = {
        "id": entry["name"],
        "at": entry.get("at", AT),
        "act": act(**entry.get("act", {})),
        "orders": [order(number, **each) for number, each in enumerate(orders, 1)],
        **_nulled(entry.get("question", {})),
    }
    for field in entry.get("without", []):
        question.pop(field)
    return Case(
        file=file,
        name=entry["name"],
        working=entry["working"],
        question=question,
        verdict=entry.get("verdict"),
        clauses=tuple(_named(each) for each in entry.get("clauses", [])),
        missing=tuple(entry.get("missing", [])),
        answer=_nulled(entry.get("answer", {})),
        says=tuple(entry.get("says", [])),
        never_says=tuple(entry.get("never_says", [])),
        error=entry.get("error"),
        is_live=entry.get("live", False),
    )


def act(**changed: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "by": "P-1",
        "kind": "contact",
        "towards": None,
        "means": None,
        "place": None,
        "consented": False,
    }
    return usual | _nulled(changed)


def order(number: int = 1, **changed: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "ref": f"O-{number}",
        "instrument": "STALK_PO",
        "jurisdiction": "EW",
        "respondent": "P-1",
        "protected": ["V-1", "V-2"],
        "made_on": "2026-03-02",
        "served_at": "2026-03-03T10:00:00+00:00",
        "known_to_respondent_at": None,
        "last_day": None,
        "events": [],
    }
    given = usual | _nulled(changed)
    if "rules" in given:
        given["conditions"] = conditions(given.pop("rules"))
    given["events"] = [_event(each) for each in given["events"]]
    return given


def conditions(names: list[str]) -> list[dict[str, Any]]:
    return [{"clause": str(at), **named_rules()[name]} for at, name in enumerate(names, 1)]


def _event(each: Mapping[str, Any]) -> dict[str, Any]:
    event = _nulled(each)
    if "rules" in event:
        event["conditions"] = conditions(event.pop("rules"))
    return event


def _nulled(given: Mapping[str, Any]) -> dict[str, Any]:
    return {field: None if value == "" else value for field, value in given.items()}


def _named(each: str | list[Any]) -> tuple[str, Any]:
    """ "O-1/2" is clause 2 of O-1; a list of the two where the number is no text."""
    ref, clause = each.split("/") if isinstance(each, str) else each
    return ref, clause

"""Reads the tables of cases: each a question, its expected answer and the working by hand.

A case names only the fields that it is about. TOML has no null: "" stands for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    name: str
    working: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    error: str | None
    problems: list[str] | None
    cites: list[str]
    absent: list[str]


def cases(kind: str) -> list[Case]:
    with (FOLDER / f"{kind}.toml").open("rb") as stream:
        return [_case(entry) for entry in tomllib.load(stream)["case"]]


def all_cases() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in cases(path.stem)]


def _case(entry: Mapping[str, Any]) -> Case:
    question = dict(entry["question"])
    if question.get("last_day") == "":
        question["last_day"] = None
    if "r" in entry:
        question["reports"] = [_report(*row) for row in entry["r"]]
    return Case(
        name=entry["name"],
        working=entry["working"],
        question=question,
        answer={
            field: None if value == "" else value
            for field, value in entry.get("answer", {}).items()
        },
        error=entry.get("error"),
        problems=entry.get("problems"),
        cites=entry.get("cites", []),
        absent=entry.get("absent", []),
    )


def _report(occurred_on: str, victim: str, basis: str, marks: str, age: int) -> dict[str, Any]:
    return {
        "occurred_on": occurred_on,
        "victim": victim,
        "basis": basis,
        "offence": None,
        "domestic": "d" in marks,
        "stalking": "s" in marks,
        "suspect_age": age,
    }

"""The files that `vigil victims` reads: each field of its kind, and never repeated in a refusal."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from vigil.entrypoints.cli.frame import refuse


def read(path: Path, kind: type) -> Any:
    """What stands in the file, or on standard input for `-`: an object or a list."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        given = json.loads(text)
    except (OSError, ValueError, RecursionError):
        given = None
    if not isinstance(given, kind):
        refuse("expected a JSON file about one person, found none that can be read; see --help")
    return given


def fields(given: dict[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    """The fields that hold anything, each of its kind. Never repeats what stands in them."""
    if sorted(given.keys() - set(known)):
        refuse(f"expected only {', '.join(known)}, found another field; see --help")
    held = {name: value for name, value in given.items() if value not in (None, "")}
    for name, value in held.items():
        if name not in _OTHER and not isinstance(value, str):
            refuse(f"expected words in {name}, found another value; see --help")
        if name in _OTHER and not _OTHER[name](value):
            refuse(f"expected another kind of value in {name}; see --help")
    return held


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


# The fields that are not words. The room itself says what is wrong with a point or an area.
_OTHER: dict[str, Callable[[Any], bool]] = {
    "known_as": _is_names,
    "is_child": lambda value: isinstance(value, bool),
    "lat": lambda value: isinstance(value, (int, float)),
    "lon": lambda value: isinstance(value, (int, float)),
    "polygon": lambda value: isinstance(value, dict),
}


def day_in(given: dict[str, Any], name: str) -> dict[str, Any]:
    """The same, with the day of that name read."""
    return {**given, name: day_of(given[name])} if name in given else given


def day_of(text: str) -> date:
    """A day as somebody typed it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse("expected a JSON file with days as 2026-11-22, found another day; see --help")
        raise AssertionError from None

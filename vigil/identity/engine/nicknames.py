"""Which formal names may a short form stand for? Read from nicknames.toml, as data.

It never says what anyone is truly called: a root is a key for comparing.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("nicknames.toml")


@cache
def roots_by_name() -> dict[str, tuple[str, ...]]:
    """Each name that has a root other than itself alone, with all of its roots, itself first
    where it is one.
    """
    table: dict[str, list[str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["roots"]
    roots: dict[str, list[str]] = {}
    for formal, short_forms in table.items():
        for name in (formal, *short_forms):
            held = roots.setdefault(name, [])
            if formal not in held:
                held.append(formal)
    return {name: _itself_first(name, held) for name, held in roots.items()}


def _itself_first(name: str, roots: list[str]) -> tuple[str, ...]:
    return tuple(sorted(roots, key=lambda root: (root != name, root)))

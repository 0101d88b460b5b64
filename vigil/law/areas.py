"""Is a place, as people write it, within the areas of a pilot?

Compares names only: case, "London Borough of", "County of", "Council" and "&" do not matter.
Greater Manchester is its ten boroughs; a police force counts when its whole area is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_NOISE = re.compile(
    r"\b(the|london borough of|royal borough of|metropolitan borough of|county borough of|"
    r"borough of|city of|county of|lb|county borough|metropolitan borough|borough|city|county|"
    r"council|police|constabulary|service|heddlu)\b"
)

# Areas that are the sum of others. A force, and Greater Manchester, is in when all its parts are.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "greater manchester": (
        "bolton",
        "bury",
        "manchester",
        "oldham",
        "rochdale",
        "salford",
        "stockport",
        "tameside",
        "trafford",
        "wigan",
    ),
    "cleveland": ("hartlepool", "middlesbrough", "redcar and cleveland", "stockton on tees"),
    "north wales": (
        "isle of anglesey",
        "gwynedd",
        "denbighshire",
        "flintshire",
        "conwy",
        "wrexham",
    ),
}

_ALIASES: Mapping[str, str] = {
    "anglesey": "isle of anglesey",
    "ynys mon": "isle of anglesey",
    "btp": "british transport",
    "gmp": "greater manchester",
    "stockton": "stockton on tees",
}


def plain(name: str) -> str:
    """The name of an area without what does not matter."""
    words = name.casefold().replace("&", " and ").replace("-", " ")
    words = _NOISE.sub(" ", re.sub(r"[^\w\s]", "", words))
    words = " ".join(words.split())
    return _ALIASES.get(words, words)


def covers(named: Iterable[str], asked: str) -> bool:
    """Whether the named areas hold all of the area asked for."""
    held = {plain(name) for name in named}
    for whole, parts in _PARTS.items():
        if whole == "greater manchester" and whole in held:
            held.update(parts)
    area = plain(asked)
    return area in held or (area in _PARTS and held.issuperset(_PARTS[area]))

"""Two lists of an order's terms side by side: what was added, taken out, written anew.

The court's own words on both sides; what stayed as it was is named by number only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.kit.masks import masked
from vigil.entrypoints.web.orders.presenters import words
from vigil.entrypoints.web.orders.presenters.orders import rule_words
from vigil.orders.rules import Clause
from vigil.orders.versions import ClauseChange, Mark, Version

MARKS: Final = {
    Mark.ADDED: "Added",
    Mark.REMOVED: "Taken out",
    Mark.CHANGED: "Changed",
    Mark.KEPT: "As before",
}
COLUMNS: Final = ("Clause", "Before", "From then on")
CELL: Final = Markup("{}<small>{}</small>")


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version beside the one before it: a caption, and rows for the kit's table."""

    caption: str
    rows: list[Any]


def side_by_side(
    versions: Sequence[Version], named: Mapping[str, str], *, until: Any = None
) -> list[VersionShown]:
    """Each version that came after another, newest first. `until`: none that began after it."""
    known = [one for one in versions if until is None or one.since <= until]
    pairs = list(pairwise(known))
    return [_version(old, new, named) for old, new in reversed(pairs)]


def _version(old: Version, new: Version, named: Mapping[str, str]) -> VersionShown:
    what = words.EVENT.get(new.kind, new.kind)
    return VersionShown(
        f"Version {new.number}: {what.lower()} at {formats.moment(new.since)}",
        rows(new.changes, old.last_day, new.last_day, named),
    )


def rows(
    changes: Iterable[ClauseChange],
    old_day: date | None,
    new_day: date | None,
    named: Mapping[str, str],
) -> list[Any]:
    """The rows of one comparison: each clause that differs, the last day, and what stayed."""
    listed = list(changes)
    found: list[Any] = [
        [CELL.format(f"Clause {one.clause}", MARKS[one.mark]), *_sides(one, named)]
        for one in listed
        if one.mark is not Mark.KEPT
    ]
    if old_day != new_day:
        found.append([CELL.format("Last day", "Changed"), _until(old_day), _until(new_day)])
    kept = [one.clause for one in listed if one.mark is Mark.KEPT]
    if kept:
        noun = "Clause" if len(kept) == 1 else "Clauses"
        found.append({"note": f"{noun} {formats.listed(kept)}: as before."})
    return found


def _sides(one: ClauseChange, named: Mapping[str, str]) -> tuple[Markup, Markup]:
    return _cell(one.before, named, "Not in it"), _cell(one.after, named, "No longer in it")


def _cell(clause: Clause | None, named: Mapping[str, str], none: str) -> Markup:
    if clause is None:
        return masked(none)
    return CELL.format(masked(clause.text), masked(rule_words(clause.rule, dict(named))))


def _until(day: date | None) -> str:
    return formats.day(day) if day else "Until further order"

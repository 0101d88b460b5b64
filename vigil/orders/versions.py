"""The lists of clauses that an order has had, side by side: what was added, removed, changed.

Pure. A clause is the same clause when its number is; the diff compares words and rules, and
judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vigil.orders.kinds import EventKind
from vigil.orders.rules import Clause, Event, terms_at


class Mark(StrEnum):
    """What became of a clause from one list to the next."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause, before and after; None on the side where there was none."""

    clause: str
    mark: Mark
    before: Clause | None
    after: Clause | None


@dataclass(frozen=True, slots=True)
class Version:
    """The terms from an instant on, by what they came, and how they differ from the ones before.

    The first version has nothing before it: each of its clauses is added.
    """

    number: int
    kind: EventKind
    since: datetime
    recorded_at: datetime
    last_day: date | None
    clauses: tuple[Clause, ...]
    changes: tuple[ClauseChange, ...]

    @property
    def has_new_clauses(self) -> bool:
        """Whether any clause differs from the version before."""
        return any(change.mark is not Mark.KEPT for change in self.changes)


def versions(
    events: Iterable[Event], *, as_known_at: datetime | None = None
) -> tuple[Version, ...]:
    """Every list of terms that an order has had, oldest first, as known at `as_known_at`."""
    known = [e for e in events if as_known_at is None or e.recorded_at <= as_known_at]
    found: list[Version] = []
    for event in sorted(known, key=lambda e: (e.happened_at, e.recorded_at)):
        if event.clauses is None and not event.sets_last_day:
            continue
        terms = terms_at(known, at=event.happened_at)
        if terms is None or event.kind is EventKind.DRAFTED:
            continue
        before = found[-1].clauses if found else ()
        found.append(
            Version(
                len(found) + 1,
                event.kind,
                event.happened_at,
                event.recorded_at,
                terms.last_day,
                terms.clauses,
                compare(before, terms.clauses),
            )
        )
    return tuple(found)


def compare(before: Iterable[Clause], after: Iterable[Clause]) -> tuple[ClauseChange, ...]:
    """How one list of clauses became another: in the order of the new list, the removed last."""
    old = {clause.clause: clause for clause in before}
    new = {clause.clause: clause for clause in after}
    changes = [
        ClauseChange(number, _mark(old.get(number), clause), old.get(number), clause)
        for number, clause in new.items()
    ]
    gone = [
        ClauseChange(number, Mark.REMOVED, clause, None)
        for number, clause in old.items()
        if number not in new
    ]
    return (*changes, *gone)


def _mark(before: Clause | None, after: Clause) -> Mark:
    if before is None:
        return Mark.ADDED
    return Mark.KEPT if before == after else Mark.CHANGED

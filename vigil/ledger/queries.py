"""Reading the ledger: the lines of an export, the page of entries, who looked last.

Refuses to show the entries to any role but auditor and administrator, and those of another
agency to anybody: the whole ledger leaves only as an export.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vigil.ledger.action import Actor, stamp
from vigil.ledger.errors import MayNotReadError
from vigil.ledger.models import Checkpoint, Entry, Target
from vigil.ledger.sealing import head
from vigil.ledger.verify import FORMAT

READERS = frozenset({"auditor", "administrator"})
# Rows read at a time: a few MB, and no long transaction.
STEP = 2_000
MOST_ON_A_PAGE = 200
LOOK = "access.look"


@dataclass(frozen=True)
class Look:
    """One look at a record: who, of which agency, when, and the reason that was given."""

    by: str
    agency: str
    at: datetime
    because: str


@dataclass(frozen=True)
class EntryLine:
    """One entry as the ledger's page shows it. `number` is for asking for the next page."""

    number: int
    recorded_at: datetime
    by: str
    role: str
    did: str
    targets: tuple[str, ...]
    because: str
    place: int | None


def who_looked(viewer: Actor, reference: str, *, limit: int = 1) -> list[Look]:
    """The newest looks at a record, newest first, by whomever. For a page inside its own look.

    Raises: MayNotReadError for a viewer without a reason.
    """
    if not viewer.because:
        raise MayNotReadError("expected a reason for asking who looked, found none")
    ids = Target.objects.filter(reference=reference, entry__did=LOOK)
    newest = ids.order_by("-entry_id").values_list("entry_id", flat=True)[:limit]
    rows = Entry.objects.filter(pk__in=list(newest)).order_by("-pk")
    return [
        Look(row.by, row.agency, row.recorded_at, str(json.loads(row.leaf)["because"]))
        for row in rows
    ]


def entries(
    viewer: Actor, *, before: int | None = None, about: str = "", limit: int = 50
) -> list[EntryLine]:
    """The entries of the viewer's agency, newest first; those before number `before`.

    `about` narrows to one reference, word for word.

    Raises: MayNotReadError.
    """
    check_can_read(viewer)
    rows = Entry.objects.filter(agency=viewer.agency).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    if about:
        rows = rows.filter(pk__in=Target.objects.filter(reference=about).values("entry_id"))
    return [_line(row) for row in rows[: min(limit, MOST_ON_A_PAGE)]]


def can_read(viewer: Actor) -> bool:
    """Whether this viewer may read the ledger."""
    return viewer.role in READERS


def check_can_read(viewer: Actor) -> None:
    """Raises MayNotReadError unless this viewer may read the ledger."""
    if not can_read(viewer):
        raise MayNotReadError


def _line(row: Entry) -> EntryLine:
    leaf = json.loads(row.leaf)
    return EntryLine(
        number=row.pk,
        recorded_at=row.recorded_at,
        by=row.by,
        role=leaf["role"],
        did=row.did,
        targets=tuple(leaf["targets"]),
        because=leaf["because"],
        place=row.leaf_index,
    )


def lines(*, exported_at: datetime, with_rows: bool = False) -> Iterator[dict[str, Any]]:
    """The ledger as the verifier reads it: a header, the sealed entries, each checkpoint
    after the last entry that it covers.

    `with_rows` adds the columns beside each leaf, and the entries that are not sealed yet:
    what the check of a database wants, and an export does not.
    """
    newest = head()
    size = newest.size if newest else 0
    yield {"vigil_ledger": FORMAT, "exported_at": stamp(exported_at), "size": size}
    sizes = Checkpoint.objects.filter(size__lte=size).order_by("size")
    start = 0
    for checkpoint in sizes.iterator(chunk_size=STEP):
        yield from _sealed(start, checkpoint.size, with_rows=with_rows)
        yield {
            "size": checkpoint.size,
            "root": checkpoint.root,
            "sealed_at": stamp(checkpoint.sealed_at),
        }
        start = checkpoint.size
    if with_rows:
        yield from _stray(size)
        yield from _not_sealed()


def _sealed(start: int, stop: int, *, with_rows: bool) -> Iterator[dict[str, Any]]:
    while start < stop:
        step = min(stop, start + STEP)
        rows = Entry.objects.filter(leaf_index__gte=start, leaf_index__lt=step)
        yield from _as_lines(list(rows.order_by("leaf_index")), with_rows=with_rows)
        start = step


def _stray(size: int) -> Iterator[dict[str, Any]]:
    """Entries with a place that no checkpoint covers: none, unless somebody put them there
    or a sealer has just been at work (then a newer checkpoint covers them)."""
    newest = head()
    covered = newest.size if newest else 0
    rows = Entry.objects.filter(leaf_index__gte=max(size, covered)).order_by("leaf_index")
    yield from _as_lines(list(rows[:STEP]), with_rows=True)


def _not_sealed() -> Iterator[dict[str, Any]]:
    last = 0
    while True:
        rows = Entry.objects.filter(pk__gt=last, leaf_index=None).order_by("pk")
        batch = list(rows[:STEP])
        yield from _as_lines(batch, with_rows=True)
        if len(batch) < STEP:
            return
        last = batch[-1].pk


def _as_lines(rows: list[Entry], *, with_rows: bool) -> Iterator[dict[str, Any]]:
    targets: dict[int, list[str]] = {}
    if with_rows:
        found = Target.objects.filter(entry_id__in=[row.pk for row in rows])
        for entry, reference in found.values_list("entry_id", "reference"):
            targets.setdefault(entry, []).append(reference)
    for row in rows:
        line: dict[str, Any] = {"n": row.leaf_index, "leaf": row.leaf, "hash": row.leaf_hash}
        if with_rows:
            line["row"] = {
                "entry": row.entry,
                "recorded_at": stamp(row.recorded_at),
                "by": row.by,
                "agency": row.agency,
                "did": row.did,
                "targets": targets.get(row.pk, []),
            }
        yield line

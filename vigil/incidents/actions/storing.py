"""One chunk of a feed into the record: which rows are new, changed, held, or at fault.

The steps of `keep`:
1. good rows get the digest of all their cells;
2. those whose digest is held, in any version, are left as they are;
3. the rest are the next versions of their reports, in the feed's order;
4. rows at fault go to quarantine, once for the same text;
5. the victim's cells go, sealed, to a table of their own.

A digest that an earlier version has counts as held: a feed that is sent again stores
nothing, though its rows changed since. So a report that goes back to what it once was is
not a new version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any

from django.conf import settings

from vigil.access.keys import key
from vigil.incidents.actions import bulk
from vigil.incidents.feed.checks import Fault
from vigil.incidents.feed.columns import COLUMN_NAMES, VICTIM_COLUMNS
from vigil.incidents.feed.reader import Chunk
from vigil.incidents.identifiers import read_cro, read_pnc
from vigil.incidents.models import FeedLoad, QuarantinedRow, Report, ReportVictim
from vigil.incidents.seals import quarantine_row, seal_row, seal_victim

# Cells that stand in the report's own table, as they are.
PLAIN = tuple(
    name
    for name in COLUMN_NAMES
    if name not in {*VICTIM_COLUMNS, "force", "report_id", "reported_on", "occurred_on"}
)
REPORT_FIELDS = (
    ("id", "force", "report_id", "version", "load_id", "row", "reported_on", "occurred_on")
    + PLAIN
    + ("suspect_pnc_is_valid", "suspect_cro_is_valid", "has_victim", "digest")
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a chunk's rows; the five numbers add up to all of them."""

    new: int
    changed: int
    held: int
    quarantined: int
    held_in_quarantine: int
    digest: str


@cache
def _digest_key() -> bytes:
    sealing = key("sealing.key", folder=settings.VIGIL_HOME)
    return hashlib.blake2b(b"incidents: digest of a row", key=sealing, digest_size=32).digest()


def digest_of(cells: Sequence[str]) -> bytes:
    """The keyed digest of a row's cells. No cell of a good row holds a NUL."""
    text = "\x00".join(cells).encode(errors="surrogatepass")
    return hashlib.blake2b(text, key=_digest_key(), digest_size=16).digest()


def keep(load: FeedLoad, chunk: Chunk, *, this_year: int) -> Kept:
    """Store a chunk; see the module. Call it in a transaction, after `wait_for_other_loads`."""
    is_good = [index not in chunk.faults for index in range(chunk.size)]
    values: dict[str, Sequence[str]] = chunk.values
    rows: Sequence[int] = range(chunk.first_row, chunk.first_row + chunk.size)
    if chunk.faults:
        values = {name: list(compress(cells, is_good)) for name, cells in values.items()}
        rows = list(compress(rows, is_good))
    digests = [digest_of(cells) for cells in zip(*values.values(), strict=True)]
    versions = _next_versions(list(zip(values["force"], values["report_id"], strict=True)), digests)
    whole = hashlib.sha256(b"".join(digests))
    stored = [version > 0 for version in versions]
    if not all(stored):
        values = {name: list(compress(cells, stored)) for name, cells in values.items()}
        rows = list(compress(rows, stored))
        digests = list(compress(digests, stored))
        versions = list(compress(versions, stored))
    if versions:
        _insert_reports(
            load.pk,
            values,
            rows=rows,
            versions=versions,
            digests=digests,
            this_year=this_year,
        )
    new = versions.count(1)
    bad, bad_held = _quarantine(load, chunk, whole)
    return Kept(
        new=new,
        changed=len(versions) - new,
        held=len(stored) - len(versions),
        quarantined=bad,
        held_in_quarantine=bad_held,
        digest=whole.hexdigest(),
    )


def _next_versions(keys: Sequence[bulk.Key], digests: Sequence[bytes]) -> list[int]:
    """The version that each row becomes, or 0 for one that is held."""
    known: dict[bulk.Key, dict[bytes, int]] = {}
    for place, version, digest in bulk.versions_held(keys) if keys else ():
        known.setdefault(keys[place], {})[digest] = version
    versions = []
    for reference, digest in zip(keys, digests, strict=True):
        held = known.get(reference)
        if held is None:
            known[reference] = {digest: 1}
            versions.append(1)
        elif digest in held:
            versions.append(0)
        else:
            held[digest] = len(held) + 1
            versions.append(len(held))
    return versions


def _insert_reports(
    load_id: int,
    values: dict[str, Sequence[str]],
    *,
    rows: Sequence[int],
    versions: Sequence[int],
    digests: Sequence[bytes],
    this_year: int,
) -> Sequence[int]:
    ids = bulk.next_ids(Report._meta.db_table, len(versions))
    victims = _sealed_victims(values, versions)
    columns: list[Sequence[Any]] = [
        ids,
        values["force"],
        values["report_id"],
        versions,
        [load_id] * len(versions),
        rows,
        values["reported_on"],
        [day or None for day in values["occurred_on"]],
        *(values[name] for name in PLAIN),
        [_pnc_is_valid(written, this_year) for written in values["suspect_pnc"]],
        [_cro_is_valid(written) for written in values["suspect_cro"]],
        [sealed is not None for sealed in victims],
        digests,
    ]
    bulk.insert(Report._meta.db_table, REPORT_FIELDS, zip(*columns, strict=True))
    bulk.insert(
        ReportVictim._meta.db_table,
        ("report_id", "sealed"),
        [(pk, sealed) for pk, sealed in zip(ids, victims, strict=True) if sealed is not None],
    )
    return ids


def _pnc_is_valid(written: str, this_year: int) -> bool | None:
    return read_pnc(written, this_year=this_year).is_valid if written.strip() else None


def _cro_is_valid(written: str) -> bool | None:
    return read_cro(written).is_valid if written.strip() else None


def _sealed_victims(
    values: dict[str, Sequence[str]], versions: Sequence[int]
) -> list[bytes | None]:
    sealed: list[bytes | None] = []
    victims = zip(*(values[name] for name in VICTIM_COLUMNS), strict=True)
    for cells, force, report_id, version in zip(
        victims, values["force"], values["report_id"], versions, strict=True
    ):
        if not any(cells):
            sealed.append(None)
            continue
        filled = {name: cell for name, cell in zip(VICTIM_COLUMNS, cells, strict=True) if cell}
        sealed.append(seal_victim(filled, force, report_id, version))
    return sealed


def told(faults: Iterable[Fault]) -> list[dict[str, str]]:
    """Faults as the row in quarantine keeps them."""
    return [{"column": f.column, "expected": f.expected, "found": f.found} for f in faults]


def _quarantine(load: FeedLoad, chunk: Chunk, whole: Any) -> tuple[int, int]:
    waiting: dict[bytes, QuarantinedRow] = {}
    for index, faults in sorted(chunk.faults.items()):
        row = chunk.first_row + index
        text = chunk.broken[index].text if index in chunk.broken else ""
        cells = chunk.row(index)
        digest = digest_of([*cells.values(), text])
        whole.update(digest)
        if digest in waiting:
            continue
        content = {"cells": {name: cell for name, cell in cells.items() if cell}, "text": text}
        place = quarantine_row(load.reference, row)
        waiting[digest] = QuarantinedRow(
            load=load,
            row=row,
            file=chunk.file[:255],
            line=chunk.lines[index],
            faults=told(faults),
            sealed=seal_row(content, "sealed", place, load.agency),
            digest=digest,
        )
    for digest in bulk.digests_held(QuarantinedRow, list(waiting)):
        del waiting[digest]
    QuarantinedRow.objects.bulk_create(waiting.values(), batch_size=500)
    return len(waiting), len(chunk.faults) - len(waiting)


def keep_mended(load: FeedLoad, row: int, cells: dict[str, str], *, this_year: int) -> Report:
    """Store one mended row and give the version of the report that it is."""
    ordered = {name: cells.get(name, "") for name in COLUMN_NAMES}
    reference = (ordered["force"], ordered["report_id"])
    digest = digest_of(list(ordered.values()))
    (version,) = _next_versions([reference], [digest])
    if version:
        values: dict[str, Sequence[str]] = {name: [cell] for name, cell in ordered.items()}
        (pk,) = _insert_reports(
            load.pk,
            values,
            rows=[row],
            versions=[version],
            digests=[digest],
            this_year=this_year,
        )
        return Report.objects.get(pk=pk)
    return Report.objects.get(force=reference[0], report_id=reference[1], digest=digest)

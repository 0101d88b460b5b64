"""Identification of the whole record, from the reports to people, links and search keys.

`identify_record` orders the work and is no action itself: each chunk that is committed is one
action with one ledger entry. A run that is killed leaves people half old, half new; running
again puts them right, because who is who is derived anew and references are carried over.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from vigil.access.viewer import Viewer
from vigil.identity.actions.recording import (
    Attributed,
    Group,
    finish_run,
    record_frequencies,
    record_links,
    record_people,
    start_run,
)
from vigil.identity.face import DEFAULT_ENGINE, Identified, identify
from vigil.identity.models import Attribution, Judgement
from vigil.identity.permissions import check_can_identify
from vigil.identity.rules import Verdict, carry_references
from vigil.incidents.queries import current_reports_for_identification, report_reference

# Reports a committed chunk: large enough to share the commit, small enough to wait for.
CHUNK_REPORTS = 5_000
LINKS_A_CHUNK = 20_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a run did: `changed` counts reports whose person is new or another than before."""

    run: str
    reports: int
    people: int
    new_people: int
    changed: int
    serial: int
    links: int


@dataclass(slots=True)
class _Rows:
    """What stands behind each row of the run: key and reference of the report's version."""

    keys: list[int]
    references: list[str]


def identify_record(
    *,
    by: Viewer,
    at: datetime,
    spill: Path,
    engine: str = DEFAULT_ENGINE,
    model: Path | None = None,
    memory_limit: str = "4GB",
    progress: Progress | None = None,
) -> Recorded:
    """Who is whom among all reports of the record, written back. Steps:

    1. open a run; 2. stream the reports to the engine with the judgements that stand;
    3. carry references over; 4. write people chunk by chunk; 5. links, frequencies, the end.

    `progress` is told how many reports have been written.

    Raises: NotAllowedError, UnknownEngineError, ModelError.
    """
    check_can_identify(by)
    run = start_run(by=by, at=at)
    rows = _Rows([], [])
    with identify(
        _seen(current_reports_for_identification(), rows),
        spill=spill,
        this_year=at.year,
        engine=engine,
        model=model,
        is_explained=True,
        never=_judged_rows(rows, Verdict.NOT_SAME),
        always=_judged_rows(rows, Verdict.SAME),
        before=_held_rows(rows),
        memory_limit=memory_limit,
    ) as found:
        changed, new_people = _record_all_people(by, at, run, found, rows, progress=progress)
        links = _record_all_links(by, at, run, found, rows)
        record_frequencies(by=by, at=at, run=run, counted=list(found.frequencies()))
        summary = found.run()
        finish_run(by=by, at=at, run=run, finished_at=at, found=summary)
    counts = summary["counts"]
    return Recorded(
        run,
        counts["rows"],
        counts["people"],
        new_people,
        changed,
        counts["serial"],
        links,
    )


def _seen(batches: Iterable[pa.RecordBatch], rows: _Rows) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows.keys.extend(batch.column("pk").to_pylist())
        rows.references.extend(
            report_reference(force, report_id)
            for force, report_id in zip(
                batch.column("force").to_pylist(),
                batch.column("report_id").to_pylist(),
                strict=True,
            )
        )
        yield batch


def _judged_rows(rows: _Rows, verdict: Verdict) -> Iterator[tuple[int, int]]:
    """The judgements of that verdict that stand, as pairs of rows. Read when it is asked for,
    which is after every report has been seen.
    """
    standing = Judgement.objects.filter(withdrawn_at=None, verdict=verdict).order_by("pk")
    pairs = list(standing.values_list("left", "right"))
    wanted = {reference for pair in pairs for reference in pair}
    row_of = {name: row for row, name in enumerate(rows.references) if name in wanted}
    for left, right in pairs:
        if left in row_of and right in row_of:
            yield row_of[left], row_of[right]


def _held_rows(rows: _Rows) -> Iterator[tuple[int, int]]:
    """Each row with the number of the person that holds its report. Read when asked for."""
    before = _numbers_held()
    for row, reference in enumerate(rows.references):
        if (number := before.get(reference)) is not None:
            yield row, number


def _numbers_held() -> dict[str, int]:
    held = Attribution.objects.values_list("report_reference", "person__number")
    return dict(held.iterator(50_000))


def _record_all_people(
    by: Viewer,
    at: datetime,
    run: str,
    found: Identified,
    rows: _Rows,
    *,
    progress: Progress | None,
) -> tuple[int, int]:
    carried = _carry(found, rows)
    changed = new_people = done = 0
    waiting: list[Group] = []
    size = 0
    for group in _groups(found, rows, *carried):
        waiting.append(group)
        size += len(group.reports)
        new_people += group.number is None
        if size >= CHUNK_REPORTS:
            changed += record_people(by=by, at=at, run=run, groups=waiting)
            done += size
            waiting, size = [], 0
            if progress:
                progress(done)
    if waiting:
        changed += record_people(by=by, at=at, run=run, groups=waiting)
        if progress:
            progress(done + size)
    return changed, new_people


def _carry(found: Identified, rows: _Rows) -> tuple[Mapping[int, int], Mapping[int, list[int]]]:
    """For each group of the run (its first row) the number of the person that it keeps, and
    the numbers of the people that end in it.
    """
    before = _numbers_held()
    held: dict[int, Counter[int]] = defaultdict(Counter)
    if before:
        for batch in found.people(50_000):
            ids = batch.column("person_id").to_pylist()
            for row, person_id in zip(batch.column("row").to_pylist(), ids, strict=True):
                if (number := before.get(rows.references[row])) is not None:
                    held[int(person_id[1:])][number] += 1
    carried = carry_references(held)
    joined: dict[int, list[int]] = defaultdict(list)
    for number, group in sorted(carried.joined.items()):
        joined[group].append(number)
    return carried.kept, joined


def _groups(
    found: Identified,
    rows: _Rows,
    kept: Mapping[int, int],
    joined: Mapping[int, Sequence[int]],
) -> Iterator[Group]:
    """The people of the run in the order of their first rows, with reports and search keys."""
    keys = _by_person(_tuples(found.search_keys(), "person_id", "key"))
    next_keys = next(keys, None)
    reports = _tuples(found.cleaned(), "person_id", "row", "victim_id", "certainty", "cleaned")
    for person_id, of_person in _by_person(reports):
        own: list[int] = []
        if next_keys is not None and next_keys[0] == person_id:
            own = [key for _, key in next_keys[1]]
            next_keys = next(keys, None)
        name = int(person_id[1:])
        attributed = [_attributed(rows, *row[1:]) for row in of_person]
        yield Group(kept.get(name), attributed, own, joined.get(name, ()))


def _attributed(
    rows: _Rows, row: int, victim_id: str | None, certainty: float, cleaned: str
) -> Attributed:
    victim = None if victim_id is None else rows.keys[int(victim_id[1:])]
    return Attributed(rows.references[row], rows.keys[row], victim, certainty, cleaned)


def _by_person(tuples: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for person_id, of_person in groupby(tuples, key=itemgetter(0)):
        yield person_id, list(of_person)


def _tuples(batches: Iterable[pa.RecordBatch], *names: str) -> Iterator[tuple[Any, ...]]:
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in names), strict=True)


def _record_all_links(by: Viewer, at: datetime, run: str, found: Identified, rows: _Rows) -> int:
    names = [comparison.name for comparison in found.model.comparisons]
    columns = ["row_l", "row_r", "match_weight", *(f"bits_{name}" for name in names)]
    done = 0
    waiting: list[tuple[int, int, float, str]] = []
    for left, right, weight, *bits in _tuples(found.links(), *columns):
        said = {n: round(b, 2) for n, b in zip(names, bits, strict=True) if b}
        waiting.append((rows.keys[left], rows.keys[right], weight, json.dumps(said)))
        if len(waiting) >= LINKS_A_CHUNK:
            record_links(by=by, at=at, run=run, links=waiting)
            done, waiting = done + len(waiting), []
    if waiting:
        record_links(by=by, at=at, run=run, links=waiting)
    return done + len(waiting)

"""The only readers of reports for other rooms: by look, by count, or in bulk for a named job.

Loads and faults are the sending agency's own. A report's victim is a separate question with
roles of its own, asked inside the same look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.permissions import check_can
from vigil.access.viewer import Viewer
from vigil.incidents.feed.arrow import SCHEMA
from vigil.incidents.feed.columns import COLUMN_NAMES, FORCES, VICTIM_COLUMNS
from vigil.incidents.models import (
    FeedLoad,
    LoadChunk,
    QuarantinedRow,
    Report,
    ReportVictim,
)
from vigil.incidents.permissions import VERBS, check_can_see_load
from vigil.incidents.seals import open_row, open_victim, quarantine_row

# As SCHEMA, with `pk`: the key of the report's current version. `row` counts from 0.
RECORD_SCHEMA = SCHEMA.append(pa.field("pk", pa.int64(), nullable=False))
BATCH_ROWS = 20_000
PAGE_ROWS = 50

_SHOWN = tuple(name for name in COLUMN_NAMES if name not in VICTIM_COLUMNS)


@dataclass(frozen=True, slots=True)
class ReportShown:
    """The current version of a report, without its victim: `cells` by the feed's columns."""

    pk: int
    reference: str
    force: str
    version: int
    reported_on: date
    occurred_on: date | None
    cells: Mapping[str, str]
    pnc_is_valid: bool | None
    cro_is_valid: bool | None
    has_victim: bool


@dataclass(frozen=True, slots=True)
class LoadShown:
    """How far a load is. `state` is waiting, loading, finished or refused."""

    reference: str
    name: str
    state: str
    sent_by: str
    opened_at: datetime
    finished_at: datetime | None
    refusal: str
    size_bytes: int
    done_bytes: int
    rows: int
    new: int
    changed: int
    held: int
    quarantined: int
    held_in_quarantine: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one cell of a row in quarantine; `column` is empty for the whole row."""

    column: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class QuarantineShown:
    """A row in quarantine by its faults, those left once it was mended: never its cells."""

    reference: str
    row: int
    file: str
    line: int
    faults: tuple[RowFault, ...]
    mended_at: datetime | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class QuarantinedCells:
    """What a row in quarantine holds: its cells, the mended ones among them, and its text."""

    reference: str
    cells: Mapping[str, str]
    mended: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is held."""

    reports: int
    versions: int
    in_quarantine: int
    last_reported_on: date | None


def known_forces() -> Mapping[str, str]:
    """Every force code that a feed may hold, with the force's name."""
    return FORCES


def report_reference(force: str, report_id: str) -> str:
    """The one spelling of a report's reference."""
    return f"{force}/{report_id}"


def _of_references(references: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for reference in references:
        force, _, report_id = reference.partition("/")
        wanted |= Q(force=force, report_id=report_id)
    return wanted


def _current() -> QuerySet[Report]:
    later = Report.objects.filter(
        force=OuterRef("force"), report_id=OuterRef("report_id"), version__gt=OuterRef("version")
    )
    return Report.objects.filter(~Exists(later))


# Conditions a query: SQLite's parser ends at a thousand.
_REFERENCES_A_QUERY = 200


def _in_parts(references: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(references), _REFERENCES_A_QUERY):
        yield references[start : start + _REFERENCES_A_QUERY]


def reports(sight: Sight, references: Sequence[str]) -> list[ReportShown]:
    """The current versions of these reports, in the order asked; unknown ones are left out.

    Raises: NotInSightError, NotAllowedError.
    """
    sight.must_hold(*references)
    check_can(sight.viewer, "read a report", VERBS)
    found = {
        shown.reference: shown
        for part in _in_parts(references)
        for shown in map(_report_shown, _current().filter(_of_references(part)))
    }
    return [found[reference] for reference in references if reference in found]


def versions(sight: Sight, reference: str) -> list[ReportShown]:
    """Every version of one report, the first one first.

    Raises: NotInSightError, NotAllowedError.
    """
    sight.must_hold(reference)
    check_can(sight.viewer, "read a report", VERBS)
    rows = Report.objects.filter(_of_references([reference])).order_by("version")
    return [_report_shown(row) for row in rows]


def victims(sight: Sight, references: Sequence[str]) -> dict[str, dict[str, str]]:
    """The victim's cells of the current versions of these reports, by reference.

    Raises: NotInSightError, NotAllowedError, SealBrokenError.
    """
    sight.must_hold(*references)
    check_can(sight.viewer, "read a report's victim", VERBS)
    found = {}
    for part in _in_parts(references):
        rows = list(_current().filter(_of_references(part), has_victim=True))
        sealed = _sealed_of([row.pk for row in rows])
        for row in rows:
            reference = report_reference(row.force, row.report_id)
            found[reference] = open_victim(sealed[row.pk], row.force, row.report_id, row.version)
    return found


def _sealed_of(pks: Sequence[int]) -> dict[int, bytes]:
    rows = ReportVictim.objects.filter(pk__in=pks).values_list("pk", "sealed")
    return {pk: bytes(sealed) for pk, sealed in rows}


def _report_shown(row: Report) -> ReportShown:
    return ReportShown(
        pk=row.pk,
        reference=report_reference(row.force, row.report_id),
        force=row.force,
        version=row.version,
        reported_on=row.reported_on,
        occurred_on=row.occurred_on,
        cells={name: _cell(getattr(row, name)) for name in _SHOWN},
        pnc_is_valid=row.suspect_pnc_is_valid,
        cro_is_valid=row.suspect_cro_is_valid,
        has_victim=row.has_victim,
    )


def _cell(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def report_keys(references: Sequence[str]) -> dict[str, int]:
    """The keys of the current versions of these reports. No personal data."""
    found = {}
    for part in _in_parts(references):
        rows = _current().filter(_of_references(part)).values_list("force", "report_id", "pk")
        found.update({report_reference(force, rid): pk for force, rid, pk in rows})
    return found


def report_references(keys: Sequence[int]) -> dict[int, str]:
    """The references of these versions, by key. No personal data."""
    found = {}
    for start in range(0, len(keys), 10_000):
        rows = Report.objects.filter(pk__in=keys[start : start + 10_000])
        for pk, force, report_id in rows.values_list("pk", "force", "report_id"):
            found[pk] = report_reference(force, report_id)
    return found


def current_reports_for_identification(
    batch_rows: int = BATCH_ROWS,
) -> Iterator[pa.RecordBatch]:
    """The current version of every report as batches of RECORD_SCHEMA, victims opened.

    For a named job only: its caller is an action that writes the ledger entry for the whole
    read. Nothing of it may be shown to anyone. Memory is one batch.
    """
    last, first_row = 0, 0
    fields = ("pk", "version", "has_victim", *_SHOWN)
    while True:
        rows = list(_current().filter(pk__gt=last).order_by("pk").values_list(*fields)[:batch_rows])
        if not rows:
            return
        yield _record_batch(rows, first_row)
        last, first_row = rows[-1][0], first_row + len(rows)


def _record_batch(rows: Sequence[tuple[Any, ...]], first_row: int) -> pa.RecordBatch:
    pks, numbers, has_victim, *shown = zip(*rows, strict=True)
    cells = dict(zip(_SHOWN, shown, strict=True))
    for name in ("reported_on", "occurred_on"):
        cells[name] = tuple(_cell(value) for value in cells[name])
    sealed = _sealed_between(pks[0], pks[-1])
    opened = [
        open_victim(sealed[pk], force, report_id, number) if is_there else {}
        for pk, force, report_id, number, is_there in zip(
            pks, cells["force"], cells["report_id"], numbers, has_victim, strict=True
        )
    ]
    for name in VICTIM_COLUMNS:
        cells[name] = tuple(victim.get(name, "") for victim in opened)
    arrays = [pa.array(range(first_row, first_row + len(rows)), pa.int64())]
    arrays += [pa.array(cells[name], pa.string()) for name in COLUMN_NAMES]
    arrays.append(pa.array(pks, pa.int64()))
    return pa.RecordBatch.from_arrays(arrays, schema=RECORD_SCHEMA)


def _sealed_between(first: int, last: int) -> dict[int, bytes]:
    rows = ReportVictim.objects.filter(pk__gte=first, pk__lte=last).values_list("pk", "sealed")
    return {pk: bytes(sealed) for pk, sealed in rows}


def counts() -> Counts:
    """How many reports are held. No personal data."""
    whole = Report.objects.aggregate(
        reports=Count("pk", filter=Q(version=1)), versions=Count("pk"), last=Max("reported_on")
    )
    waiting = QuarantinedRow.objects.filter(released_at=None).count()
    return Counts(whole["reports"], whole["versions"], waiting, whole["last"])


def _load_of(viewer: Viewer, reference: str) -> FeedLoad:
    found = FeedLoad.objects.filter(reference=reference).first()
    check_can_see_load(viewer, found.agency if found else viewer.agency)
    if found is None:
        raise NotFoundError
    return found


def load(viewer: Viewer, reference: str) -> LoadShown:
    """How far a load of the viewer's agency is.

    Raises: NotAllowedError, NotFoundError.
    """
    return _load_shown(_load_of(viewer, reference))


def loads(viewer: Viewer, count: int = PAGE_ROWS) -> list[LoadShown]:
    """The last loads of the viewer's agency, the newest first. Raises: NotAllowedError."""
    check_can(viewer, "see loads and faults", VERBS)
    rows = FeedLoad.objects.filter(agency=viewer.agency).order_by("-pk")[:count]
    return [_load_shown(row) for row in rows]


def _load_shown(row: FeedLoad) -> LoadShown:
    names = ("new", "changed", "held", "quarantined", "held_in_quarantine")
    found = LoadChunk.objects.filter(load=row).aggregate(
        done=Max("done_bytes"), **{n: Sum(n) for n in names}
    )
    sums = [int(found[name] or 0) for name in names]
    state = "loading" if found["done"] is not None else "waiting"
    if row.refused_at is not None:
        state = "refused"
    elif row.finished_at is not None:
        state = "finished"
    done = row.size_bytes if state == "finished" else int(found["done"] or 0)
    new, changed, held, quarantined, again = sums
    return LoadShown(
        reference=row.reference,
        name=row.name,
        state=state,
        sent_by=row.sent_by,
        opened_at=row.opened_at,
        finished_at=row.finished_at,
        refusal=row.refusal,
        size_bytes=row.size_bytes,
        done_bytes=done,
        rows=sum(sums),
        new=new,
        changed=changed,
        held=held,
        quarantined=quarantined,
        held_in_quarantine=again,
        notes=tuple(row.notes),
    )


def next_waiting_load() -> tuple[str, str] | None:
    """The oldest received load that is not done, as (reference, agency): for the worker."""
    return (
        FeedLoad.objects.filter(is_received=True, finished_at=None, refused_at=None)
        .order_by("pk")
        .values_list("reference", "agency")
        .first()
    )


def quarantine(
    viewer: Viewer, *, load_reference: str = "", after_row: str = "", count: int = PAGE_ROWS
) -> list[QuarantineShown]:
    """Rows of the viewer's agency that wait in quarantine, in order, by their faults only.

    `after_row` is the reference of the last row of the page before.

    Raises: NotAllowedError, NotFoundError (a load that is not there for him).
    """
    check_can(viewer, "see loads and faults", VERBS)
    rows = QuarantinedRow.objects.filter(load__agency=viewer.agency, released_at=None)
    if load_reference:
        rows = rows.filter(load=_load_of(viewer, load_reference))
    if after_row:
        rows = rows.filter(pk__gt=_quarantined(viewer, after_row).pk)
    return [_quarantine_shown(row) for row in rows.select_related("load").order_by("pk")[:count]]


def quarantine_count(viewer: Viewer, *, load_reference: str = "") -> int:
    """How many rows of the viewer's agency wait in quarantine.

    Raises: NotAllowedError, NotFoundError.
    """
    check_can(viewer, "see loads and faults", VERBS)
    rows = QuarantinedRow.objects.filter(load__agency=viewer.agency, released_at=None)
    if load_reference:
        rows = rows.filter(load=_load_of(viewer, load_reference))
    return rows.count()


def _quarantine_shown(row: QuarantinedRow) -> QuarantineShown:
    return QuarantineShown(
        quarantine_row(row.load.reference, row.row),
        row.row,
        # A received feed lies under a name of ours; its sender knows it by his own.
        row.load.name if row.load.is_received else row.file,
        row.line,
        tuple(RowFault(**fault) for fault in _faults_now(row)),
        row.mended_at,
        row.released_at,
    )


def _faults_now(row: QuarantinedRow) -> list[dict[str, str]]:
    faults: list[dict[str, str]] = row.faults if row.faults_left is None else row.faults_left
    return faults


def quarantined_row(viewer: Viewer, reference: str) -> QuarantineShown:
    """One row in quarantine of the viewer's agency, by its faults only; released ones too.

    Raises: NotAllowedError, NotFoundError.
    """
    check_can(viewer, "see loads and faults", VERBS)
    return _quarantine_shown(_quarantined(viewer, reference))


def _quarantined(viewer: Viewer, reference: str) -> QuarantinedRow:
    load_reference, _, number = reference.rpartition("/")
    row = int(number) if number.isdecimal() else -1
    found = (
        QuarantinedRow.objects.select_related("load")
        .filter(load__reference=load_reference, load__agency=viewer.agency, row=row)
        .first()
    )
    if found is None:
        raise NotFoundError
    return found


def quarantined_cells(sight: Sight, reference: str) -> QuarantinedCells:
    """What a row in quarantine of the viewer's agency holds.

    Raises: NotInSightError, NotAllowedError, NotFoundError, SealBrokenError.
    """
    sight.must_hold(reference)
    check_can(sight.viewer, "read a quarantined row", VERBS)
    row = _quarantined(sight.viewer, reference)
    agency = row.load.agency
    came = open_row(row.sealed, "sealed", reference, agency)
    mended = {} if row.mended is None else open_row(row.mended, "mended", reference, agency)
    return QuarantinedCells(reference, {**came["cells"], **mended}, mended, came["text"])

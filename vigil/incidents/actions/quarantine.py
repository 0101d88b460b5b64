"""Mending a row that was at fault, and releasing it as a report.

The row as it came is never changed; a mending is kept beside it, and the last one counts.
The ledger names the columns that were mended and never their content.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.incidents.actions import bulk, storing
from vigil.incidents.errors import AlreadyReleasedError, MappingError, StillFaultyError
from vigil.incidents.feed.checks import Fault
from vigil.incidents.feed.columns import COLUMN_NAMES
from vigil.incidents.feed.reader import check_row
from vigil.incidents.models import QuarantinedRow
from vigil.incidents.permissions import check_can_mend
from vigil.incidents.seals import open_row, seal_row
from vigil.ledger.action import action, record


@action
def mend(*, by: Viewer, at: datetime, row: str, cells: Mapping[str, str]) -> list[Fault]:
    """Put `cells` (column -> text) in place of the row's own; give the faults that remain.

    Raises: NotAllowedError, NotFoundError, AlreadyReleasedError, MappingError for an
    unknown column.
    """
    held = _open_row(by, row)
    unknown = sorted(cells.keys() - set(COLUMN_NAMES))
    if unknown:
        raise MappingError(
            f"expected a column of the feed, found {unknown[0]!r}; the columns are "
            f"{', '.join(COLUMN_NAMES)}"
        )
    mended = {**_mended(held, row), **cells}
    held.mended = seal_row(mended, "mended", row, held.load.agency)
    held.mended_at, held.mended_by = at, by.username
    remaining = _faults(held, row)
    held.faults_left = storing.told(remaining)
    held.save(update_fields=["mended", "mended_at", "mended_by", "faults_left"])
    record(targets=[row], facts={"columns": sorted(cells), "faults_left": len(remaining)})
    return remaining


@action
def release(*, by: Viewer, at: datetime, row: str) -> str:
    """Store a mended row as a report and give the report's reference, `force/report_id`.

    Raises: NotAllowedError, NotFoundError, AlreadyReleasedError, StillFaultyError.
    """
    held = _open_row(by, row)
    remaining = _faults(held, row)
    if remaining:
        raise StillFaultyError(
            f"expected a row without faults, found {len(remaining)}: "
            + "; ".join(f.sentence() for f in remaining)
        )
    bulk.wait_for_other_loads()
    report = storing.keep_mended(held.load, held.row, _cells(held, row), this_year=at.year)
    held.released_at, held.released_by, held.report = at, by.username, report
    held.save(update_fields=["released_at", "released_by", "report"])
    reference = f"{report.force}/{report.report_id}"
    record(targets=[row, reference], facts={"version": report.version})
    return reference


def _open_row(by: Viewer, reference: str) -> QuarantinedRow:
    load, _, number = reference.rpartition("/")
    if not number.isdecimal():
        raise NotFoundError
    rows = QuarantinedRow.objects.select_related("load").select_for_update(of=("self",))
    held = rows.filter(load__reference=load, row=int(number)).first()
    check_can_mend(by, held.load.agency if held else by.agency)
    if held is None:
        raise NotFoundError
    if held.released_at is not None:
        raise AlreadyReleasedError
    return held


def _mended(held: QuarantinedRow, reference: str) -> dict[str, str]:
    if held.mended is None:
        return {}
    return open_row(held.mended, "mended", reference, held.load.agency)


def _cells(held: QuarantinedRow, reference: str) -> dict[str, str]:
    came = open_row(held.sealed, "sealed", reference, held.load.agency)
    return {**came["cells"], **_mended(held, reference)}


def _faults(held: QuarantinedRow, reference: str) -> list[Fault]:
    return check_row(_cells(held, reference), row=held.row, file=held.file, line=held.line)

"""Quarantine: mended by those who may, released when nothing is wrong, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.incidents.conftest import MakeFeed
from tests.incidents.feed.rows import report
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.incidents import queries
from vigil.incidents.actions import load_feed, mend, release
from vigil.incidents.errors import AlreadyReleasedError, MappingError, StillFaultyError
from vigil.incidents.models import QuarantinedRow, Report
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(analyst: Viewer, at: datetime, feed: MakeFeed) -> str:
    """The reference of a row with two faults, in quarantine."""
    row = report(7, suspect_born_on="31/12/1980", force="77", suspect_surname="Quennelby")
    load_feed(by=analyst, at=at, path=feed([report(1), row]))
    (shown,) = queries.quarantine(analyst)
    assert [fault.column for fault in shown.faults] == ["force", "suspect_born_on"]
    return shown.reference


def test_a_row_is_mended_fault_by_fault_and_released_as_a_report(
    held: str, analyst: Viewer, at: datetime
) -> None:
    (left,) = mend(by=analyst, at=at, row=held, cells={"force": "10"})
    assert left.column == "suspect_born_on"
    (told,) = queries.quarantined_row(analyst, held).faults
    assert (told.column, told.found) == ("suspect_born_on", "99/99/9999")
    with pytest.raises(StillFaultyError, match="suspect_born_on: expected a date"):
        release(by=analyst, at=at, row=held)
    assert mend(by=analyst, at=at, row=held, cells={"suspect_born_on": "1980-12-31"}) == []
    assert release(by=analyst, at=at, row=held) == "10/R7"
    with look(viewer=analyst, references=["10/R7"], at=at) as sight:
        (shown,) = queries.reports(sight, ["10/R7"])
        victim = queries.victims(sight, ["10/R7"])["10/R7"]
    assert shown.cells["suspect_born_on"] == "1980-12-31"
    assert victim["victim_forename"] == "Wyn"
    assert queries.quarantine(analyst) == []
    assert queries.quarantined_row(analyst, held).released_at == at


def test_what_was_mended_is_not_in_the_ledger_but_which_columns_are(
    held: str, analyst: Viewer, at: datetime
) -> None:
    mend(by=analyst, at=at, row=held, cells={"suspect_surname": "Ostrelow"})
    leaf = Entry.objects.get(did="incidents.mend").leaf
    assert "suspect_surname" in leaf
    assert "Ostrelow" not in leaf


def test_a_released_row_is_neither_mended_nor_released_again(
    held: str, analyst: Viewer, at: datetime
) -> None:
    mend(by=analyst, at=at, row=held, cells={"force": "10", "suspect_born_on": ""})
    release(by=analyst, at=at, row=held)
    with pytest.raises(AlreadyReleasedError):
        release(by=analyst, at=at, row=held)
    with pytest.raises(AlreadyReleasedError):
        mend(by=analyst, at=at, row=held, cells={"force": "11"})


def test_a_row_that_is_mended_into_a_report_already_held_makes_no_second(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    load_feed(by=analyst, at=at, path=feed([report(1), report(1, force="77")]))
    (shown,) = queries.quarantine(analyst)
    mend(by=analyst, at=at, row=shown.reference, cells={"force": "10"})
    assert release(by=analyst, at=at, row=shown.reference) == "10/R1"
    assert Report.objects.count() == 1
    assert QuarantinedRow.objects.get().report_id == Report.objects.get().pk


def test_a_row_mended_into_a_changed_report_is_its_next_version(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    rows = [report(1), report(1, force="77", suspect_forename="Wyn")]
    load_feed(by=analyst, at=at, path=feed(rows))
    (shown,) = queries.quarantine(analyst)
    mend(by=analyst, at=at, row=shown.reference, cells={"force": "10"})
    release(by=analyst, at=at, row=shown.reference)
    assert sorted(Report.objects.values_list("version", flat=True)) == [1, 2]


def test_a_released_row_that_is_sent_again_is_known(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    path = feed([report(1, force="77")])
    load_feed(by=analyst, at=at, path=path)
    (shown,) = queries.quarantine(analyst)
    mend(by=analyst, at=at, row=shown.reference, cells={"force": "10"})
    release(by=analyst, at=at, row=shown.reference)
    done = load_feed(by=analyst, at=at, path=path)
    assert (done.quarantined, done.held_in_quarantine) == (0, 1)
    assert queries.quarantine(analyst) == []


def test_a_cut_line_keeps_its_text_and_can_be_mended(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    path: Path = feed([report(1), report(2)])
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"Quennelby") + 4])
    load_feed(by=analyst, at=at, path=path)
    (shown,) = queries.quarantine(analyst)
    with look(viewer=analyst, references=[shown.reference], at=at) as sight:
        cells = queries.quarantined_cells(sight, shown.reference)
    assert cells.text == "R2,10,2026-03-02,Quen"
    assert cells.cells == {"report_id": "R2", "force": "10", "reported_on": "2026-03-02"}
    mend(by=analyst, at=at, row=shown.reference, cells={"suspect_surname": "Quennelby"})
    assert release(by=analyst, at=at, row=shown.reference) == "10/R2"


def test_an_unknown_column_is_refused(held: str, analyst: Viewer, at: datetime) -> None:
    with pytest.raises(MappingError, match="found 'surname'"):
        mend(by=analyst, at=at, row=held, cells={"surname": "x"})


@pytest.mark.parametrize("row", ["", "load-none/1", "load-none", "load-none/x"])
def test_a_row_that_is_not_there_is_not_found(row: str, analyst: Viewer, at: datetime) -> None:
    with pytest.raises(NotFoundError):
        mend(by=analyst, at=at, row=row, cells={})


def test_the_cells_are_read_within_a_look_that_names_the_row_only(
    held: str, analyst: Viewer, at: datetime
) -> None:
    other = look(viewer=analyst, references=["10/R1"], at=at)
    with other as sight, pytest.raises(NotInSightError):
        queries.quarantined_cells(sight, held)
    with look(viewer=analyst, references=[held], at=at) as sight:
        assert queries.quarantined_cells(sight, held).cells["force"] == "77"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ANALYST, Role.ADMINISTRATOR}))
def test_only_an_analyst_or_an_administrator_mends(
    role: Role, held: str, viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    charlie = viewer_factory(role, username="charlie")
    with pytest.raises(NotAllowedError):
        mend(by=charlie, at=at, row=held, cells={"force": "10"})
    with pytest.raises(NotAllowedError):
        release(by=charlie, at=at, row=held)
    with look(viewer=charlie, references=[held], at=at) as sight, pytest.raises(NotAllowedError):
        queries.quarantined_cells(sight, held)


def test_an_analyst_of_another_agency_finds_nothing_to_mend(
    held: str, viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    charlie = viewer_factory(Role.ANALYST, username="charlie", agency="11")
    with pytest.raises(NotFoundError):
        mend(by=charlie, at=at, row=held, cells={"force": "10"})
    with look(viewer=charlie, references=[held], at=at) as sight, pytest.raises(NotFoundError):
        queries.quarantined_cells(sight, held)
    with pytest.raises(NotFoundError):
        queries.quarantined_row(charlie, held)
    bob = viewer_factory(Role.ADMINISTRATOR, username="bob")
    assert mend(by=bob, at=at, row=held, cells={"force": "10"})

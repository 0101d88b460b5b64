"""Loading: good rows once, changed rows as versions, bad rows kept, the victim sealed apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.incidents.conftest import MakeFeed
from tests.incidents.feed.rows import report, write_csv
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.incidents import queries
from vigil.incidents.actions import (
    LoadDone,
    finish_load,
    load_feed,
    load_received,
    open_load,
    receive_feed,
    refuse_load,
    store_chunk,
)
from vigil.incidents.errors import FeedError, LoadFinishedError
from vigil.incidents.feed.checks import LONGEST_REFERENCE
from vigil.incidents.feed.mapping import AS_IT_IS
from vigil.incidents.feed.reader import open_feed
from vigil.incidents.models import FeedLoad, LoadChunk, QuarantinedRow, Report, ReportVictim
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db


def numbers(done: LoadDone) -> tuple[int, int, int, int, int]:
    return (done.new, done.changed, done.held, done.quarantined, done.held_in_quarantine)


def current(viewer: Viewer, at: datetime, *references: str) -> list[queries.ReportShown]:
    with look(viewer=viewer, references=references, at=at) as sight:
        return queries.reports(sight, references)


def entries(did: str) -> list[dict[str, Any]]:
    found = Entry.objects.filter(did=did).order_by("pk").values_list("leaf", flat=True)
    return [json.loads(leaf) for leaf in found]


def test_good_rows_are_stored_word_for_word(analyst: Viewer, at: datetime, feed: MakeFeed) -> None:
    row = report(suspect_surname="=1+1", suspect_house='Flat 3, "Mews"\nDorv Lane ', occurred_on="")
    done = load_feed(by=analyst, at=at, path=feed([row]))
    assert numbers(done) == (1, 0, 0, 0, 0)
    (shown,) = current(analyst, at, "10/R1")
    assert shown.cells == {n: v for n, v in row.items() if not n.startswith("victim_")}
    assert (shown.version, shown.has_victim, shown.occurred_on) == (1, True, None)


def test_columns_that_are_not_read_are_kept_with_the_load(
    analyst: Viewer, at: datetime, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1)], [*report(1), "Shoe"])
    done = load_feed(by=analyst, at=at, path=path)
    notes = ("a.csv: columns that are not read: Shoe",)
    assert done.notes == queries.load(analyst, done.reference).notes == notes


def test_a_report_whose_reference_is_as_long_as_may_be_can_be_looked_at(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    longest = "x" * LONGEST_REFERENCE
    load_feed(by=analyst, at=at, path=feed([report(1, report_id=longest)]))
    assert len(current(analyst, at, f"10/{longest}")) == 1


def test_the_same_feed_sent_again_stores_nothing_new(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    path = feed([report(1), report(2), report(3, force="77")])
    assert numbers(load_feed(by=analyst, at=at, path=path)) == (2, 0, 0, 1, 0)
    assert numbers(load_feed(by=analyst, at=at, path=path)) == (0, 0, 2, 0, 1)
    assert (Report.objects.count(), QuarantinedRow.objects.count()) == (2, 1)


def test_a_changed_row_is_a_new_version_and_the_old_one_stays(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    load_feed(by=analyst, at=at, path=feed([report(1)]))
    done = load_feed(by=analyst, at=at, path=feed([report(1, suspect_forename="Tarne")]))
    assert numbers(done) == (0, 1, 0, 0, 0)
    (shown,) = current(analyst, at, "10/R1")
    assert (shown.version, shown.cells["suspect_forename"]) == (2, "Tarne")
    with look(viewer=analyst, references=["10/R1"], at=at) as sight:
        old, _ = queries.versions(sight, "10/R1")
    assert old.cells["suspect_forename"] == "Tarn"


def test_a_change_of_the_victim_alone_is_a_new_version(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    load_feed(by=analyst, at=at, path=feed([report(1)]))
    done = load_feed(by=analyst, at=at, path=feed([report(1, victim_phone="07700 900999")]))
    assert numbers(done) == (0, 1, 0, 0, 0)


def test_a_reference_twice_in_one_feed_is_one_or_versions_in_order(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    a, b = report(1), report(1, suspect_forename="Tarne")
    path = feed([a, a, b, a])
    assert numbers(load_feed(by=analyst, at=at, path=path)) == (1, 1, 2, 0, 0)
    assert numbers(load_feed(by=analyst, at=at, path=path)) == (0, 0, 4, 0, 0)


def test_one_reference_of_two_forces_is_two_reports(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    done = load_feed(by=analyst, at=at, path=feed([report(1), report(1, force="11")]))
    assert numbers(done) == (2, 0, 0, 0, 0)


def test_nothing_of_the_victim_stands_in_clear_outside_its_own_table(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    row = report(1, victim_ref="VREF", victim_postcode="ZZ9 9ZZ", victim_surname="Ostrelow")
    load_feed(by=analyst, at=at, path=feed([row, report(2, force="77", victim_ref="VREF")]))
    for model in (FeedLoad, LoadChunk, Report, ReportVictim, QuarantinedRow, Entry):
        for found in model.objects.values():
            assert not {"Ostrelow", "VREF", "ZZ9 9ZZ"} & set(map(str, found.values()))
            text = repr({k: bytes(v) if isinstance(v, memoryview) else v for k, v in found.items()})
            assert "Ostrelow" not in text
            assert "900123" not in text
    with look(viewer=analyst, references=["10/R1"], at=at) as sight:
        (victim,) = queries.victims(sight, ["10/R1"]).values()
    assert victim == {n: v for n, v in row.items() if n.startswith("victim_") and v}


def test_a_report_without_a_victim_has_no_row_in_the_sealed_table(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    bare = {n: "" for n in report() if n.startswith("victim_")}
    load_feed(by=analyst, at=at, path=feed([report(1, **bare), report(2)]))
    assert ReportVictim.objects.count() == 1
    assert [r.has_victim for r in current(analyst, at, "10/R1", "10/R2")] == [False, True]


def test_an_invalid_identifier_is_kept_as_written_and_marked(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    rows = [
        report(1, suspect_pnc="79/163001B", suspect_cro="SF83/50058B"),
        report(2, suspect_pnc="2001/0171310S"),
        report(3, suspect_cro="000000/00Z"),
    ]
    assert numbers(load_feed(by=analyst, at=at, path=feed(rows)))[0] == 3
    first, second, third = current(analyst, at, "10/R1", "10/R2", "10/R3")
    assert (first.pnc_is_valid, first.cro_is_valid) == (True, False)
    assert (second.pnc_is_valid, second.cro_is_valid) == (False, None)
    assert (second.cells["suspect_pnc"], third.cro_is_valid) == ("2001/0171310S", False)


def test_each_committed_chunk_has_one_entry_that_agrees_with_its_rows(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    rows = [report(n, force="77" if n == 5 else "10") for n in range(25)]
    seen: list[tuple[int, int, int]] = []
    done = load_feed(
        by=analyst, at=at, path=feed(rows), chunk_rows=10, progress=lambda *p: seen.append(p)
    )
    assert [rows for _, _, rows in seen] == [10, 20, 25]
    assert seen[-1][0] == seen[-1][1]
    leaves = entries("incidents.store_chunk")
    chunks = list(LoadChunk.objects.order_by("first_row"))
    assert [leaf["facts"]["first_row"] for leaf in leaves] == [0, 10, 20]
    assert [leaf["facts"]["digest"] for leaf in leaves] == [chunk.digest for chunk in chunks]
    assert sum(leaf["facts"]["new"] for leaf in leaves) == Report.objects.count() == 24
    assert all(leaf["targets"] == [done.reference] for leaf in leaves)
    assert all(leaf["because"] == "weekly feed" for leaf in leaves)
    assert len(entries("incidents.open_load")) == len(entries("incidents.finish_load")) == 1


def test_a_load_that_was_broken_off_is_finished_by_running_it_again(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    path = feed([report(n) for n in range(25)])

    class KilledError(Exception):
        pass

    def kill(_done: int, _total: int, rows: int) -> None:
        if rows >= 10:
            raise KilledError

    with pytest.raises(KilledError):
        load_feed(by=analyst, at=at, path=path, chunk_rows=10, progress=kill)
    assert Report.objects.count() == 10
    (half,) = queries.loads(analyst)
    assert (half.state, half.rows) == ("loading", 10)
    done = load_feed(by=analyst, at=at, path=path)
    assert done.is_resumed
    assert numbers(done) == (25, 0, 0, 0, 0)
    assert FeedLoad.objects.count() == 1
    assert LoadChunk.objects.count() == 3


def test_two_workers_on_one_load_store_each_chunk_once(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    opened = open_feed(feed([report(n) for n in range(20)]))
    load = open_load(
        by=analyst, at=at, name="a", path="a", digest="d", size_bytes=1, mapping=AS_IT_IS
    )
    for chunk in opened.chunks(rows=10):
        assert store_chunk(by=analyst, at=at, load=load, chunk=chunk)
        assert not store_chunk(by=analyst, at=at, load=load, chunk=chunk)
    assert Report.objects.count() == 20
    assert finish_load(by=analyst, at=at, load=load).rows == 20
    with pytest.raises(LoadFinishedError):
        finish_load(by=analyst, at=at, load=load)
    with pytest.raises(LoadFinishedError):
        store_chunk(by=analyst, at=at, load=load, chunk=next(opened.chunks()))


def test_a_load_that_another_worker_ends_first_is_told_as_that_one_left_it(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    path = feed([report(n) for n in range(20)])
    faster: list[LoadDone] = []

    def overtake(_done: int, _total: int, _rows: int) -> None:
        if not faster:
            faster.append(load_feed(by=analyst, at=at, path=path))

    done = load_feed(by=analyst, at=at, path=path, chunk_rows=5, progress=overtake)
    assert faster[0].is_resumed
    assert numbers(done) == numbers(faster[0]) == (20, 0, 0, 0, 0)

    def refuse(_done: int, _total: int, _rows: int) -> None:
        refuse_load(by=analyst, at=at, load=queries.loads(analyst)[0].reference, refusal="Cut.")

    with pytest.raises(FeedError, match="Cut"):
        load_feed(by=analyst, at=at, path=path, chunk_rows=5, progress=refuse)


def test_a_load_with_no_entry_in_the_ledger_changes_nothing(
    analyst: Viewer, at: datetime, feed: MakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed([report(1)])
    opened = open_feed(path)
    load = open_load(
        by=analyst, at=at, name="a", path="a", digest="d", size_bytes=1, mapping=AS_IT_IS
    )

    def full(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("vigil.ledger.action.append", full)
    with pytest.raises(OSError, match="disk full"):
        store_chunk(by=analyst, at=at, load=load, chunk=next(opened.chunks()))
    assert (Report.objects.count(), LoadChunk.objects.count()) == (0, 0)


def test_ten_thousand_bad_rows_are_all_kept(analyst: Viewer, at: datetime, feed: MakeFeed) -> None:
    rows = [report(n, reported_on="31/12/2025") for n in range(10_000)]
    assert numbers(load_feed(by=analyst, at=at, path=feed(rows))) == (0, 0, 0, 10_000, 0)
    assert queries.quarantine_count(analyst) == 10_000
    page = queries.quarantine(analyst)
    assert [row.row for row in page] == list(range(50))
    assert page[0].faults[0].found == "99/99/9999"
    assert queries.quarantine(analyst, after_row=page[-1].reference)[0].row == 50


def test_bytes_that_are_no_text_and_nuls_go_to_quarantine_and_come_back_whole(
    analyst: Viewer, at: datetime, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2, suspect_surname="Zoë\x00")])
    path.write_bytes(path.read_bytes().replace("ë".encode(), b"\xeb"))
    assert numbers(load_feed(by=analyst, at=at, path=path)) == (1, 0, 0, 1, 0)
    (row,) = queries.quarantine(analyst)
    with look(viewer=analyst, references=[row.reference], at=at) as sight:
        cells = queries.quarantined_cells(sight, row.reference).cells
    assert cells["suspect_surname"].encode(errors="surrogateescape") == b"Zo\xeb\x00"


def test_a_feed_that_breaks_half_way_keeps_what_was_stored_and_says_so(
    analyst: Viewer, at: datetime, feed: MakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = feed([report(n) for n in range(20)])
    from vigil.incidents.feed import csv_rows

    whole = csv_rows.CsvFile.blocks

    def cut(self: csv_rows.CsvFile, rows: int) -> Any:
        yield next(whole(self, rows))
        raise FeedError("feed-1.csv: the disk gave out")

    monkeypatch.setattr(csv_rows.CsvFile, "blocks", cut)
    with pytest.raises(FeedError, match="gave out"):
        load_feed(by=analyst, at=at, path=path, chunk_rows=10)
    (shown,) = queries.loads(analyst)
    assert (shown.state, shown.rows) == ("refused", 10)
    assert shown.refusal == "feed-1.csv: the disk gave out"
    assert Report.objects.count() == 10


def test_a_received_feed_is_loaded_by_a_worker_and_its_file_deleted(
    analyst: Viewer, at: datetime, feed: MakeFeed, tmp_path: Path
) -> None:
    content = feed([report(1), report(2)]).read_bytes()
    folder = tmp_path / "feeds"
    parts = [content[:50], content[50:]]
    load = receive_feed(by=analyst, at=at, name="week 9.csv", content=parts, folder=folder)
    assert queries.load(analyst, load).state == "waiting"
    assert queries.next_waiting_load() == (load, "10")
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    done = load_received(by=analyst, at=at, load=load)
    assert numbers(done) == (2, 0, 0, 0, 0)
    shown = queries.load(analyst, load)
    assert (shown.state, shown.name, shown.done_bytes) == ("finished", "week 9.csv", len(content))
    assert list(folder.iterdir()) == []
    assert queries.next_waiting_load() is None


def test_a_received_feed_that_cannot_be_read_is_refused_at_once_and_not_kept(
    analyst: Viewer, at: datetime, tmp_path: Path
) -> None:
    with pytest.raises(FeedError, match=r"week 9\.csv: expected the columns report_id"):
        receive_feed(by=analyst, at=at, name="week 9.csv", content=[b"a,b\n"], folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert FeedLoad.objects.count() == 0


def test_a_received_feed_whose_file_is_gone_is_refused_with_a_sentence(
    analyst: Viewer, at: datetime, feed: MakeFeed, tmp_path: Path
) -> None:
    content = [feed([report()]).read_bytes()]
    folder = tmp_path / "feeds"
    load = receive_feed(by=analyst, at=at, name="a.csv", content=content, folder=folder)
    next(folder.iterdir()).unlink()
    with pytest.raises(FeedError):
        load_received(by=analyst, at=at, load=load)
    assert queries.load(analyst, load).state == "refused"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ANALYST, Role.ADMINISTRATOR}))
def test_only_an_analyst_or_an_administrator_loads(
    role: Role, viewer_factory: Callable[..., Viewer], at: datetime, feed: MakeFeed
) -> None:
    charlie = viewer_factory(role, username="charlie")
    with pytest.raises(NotAllowedError):
        load_feed(by=charlie, at=at, path=feed([report()]))
    with pytest.raises(NotAllowedError):
        receive_feed(by=charlie, at=at, name="a", content=[b"x"], folder=Path("/nowhere"))
    assert Report.objects.count() == 0
    assert Entry.objects.count() == 0


def test_an_administrator_may_load(
    viewer_factory: Callable[..., Viewer], at: datetime, feed: MakeFeed
) -> None:
    bob = viewer_factory(Role.ADMINISTRATOR, username="bob")
    assert numbers(load_feed(by=bob, at=at, path=feed([report()])))[0] == 1


def test_a_load_is_nothing_to_another_agency(
    analyst: Viewer, viewer_factory: Callable[..., Viewer], at: datetime, feed: MakeFeed
) -> None:
    done = load_feed(by=analyst, at=at, path=feed([report(1, force="77")]))
    charlie = viewer_factory(Role.ANALYST, username="charlie", agency="11")
    for ask in (
        lambda: queries.load(charlie, done.reference),
        lambda: queries.load(charlie, "load-none"),
        lambda: queries.quarantine(charlie, load_reference=done.reference),
        lambda: finish_load(by=charlie, at=at, load=done.reference),
    ):
        with pytest.raises(NotFoundError) as refused:
            ask()
        assert str(refused.value) == NotFoundError.__doc__
    assert queries.loads(charlie) == []
    assert queries.quarantine(charlie) == []
    assert queries.quarantine_count(charlie) == 0


def test_an_auditor_sees_loads_and_no_victim(
    analyst: Viewer, viewer_factory: Callable[..., Viewer], at: datetime, feed: MakeFeed
) -> None:
    load_feed(by=analyst, at=at, path=feed([report(1)]))
    auditor = viewer_factory(Role.AUDITOR, username="bob")
    assert len(queries.loads(auditor)) == 1
    with look(viewer=auditor, references=["10/R1"], at=at) as sight:
        with pytest.raises(NotAllowedError):
            queries.victims(sight, ["10/R1"])
        with pytest.raises(NotAllowedError):
            queries.reports(sight, ["10/R1"])


change = st.fixed_dictionaries(
    {},
    optional={
        "force": st.sampled_from(["10", "11", "77"]),
        "suspect_forename": st.sampled_from(["Tarn", "Wyn"]),
        "victim_phone": st.sampled_from(["1", "2"]),
    },
)
tables = st.lists(st.tuples(st.integers(1, 4), change), min_size=1, max_size=10)


def stored() -> list[tuple[Any, ...]]:
    rows = Report.objects.order_by("force", "report_id", "version")
    return [(r.force, r.report_id, r.version, r.suspect_forename, bytes(r.digest)) for r in rows]


def wipe() -> None:
    for model in (QuarantinedRow, ReportVictim, Report, LoadChunk, FeedLoad):
        model.objects.all().delete()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(table=tables, cuts=st.lists(st.integers(0, 10), max_size=3), chunk_rows=st.integers(1, 5))
def test_a_feed_loaded_twice_or_in_any_split_is_the_feed_loaded_once(
    table: list[tuple[int, dict[str, str]]],
    cuts: list[int],
    chunk_rows: int,
    analyst: Viewer,
    at: datetime,
    tmp_path: Path,
) -> None:
    rows = [report(number, **cells) for number, cells in table]
    name = hashlib.sha256(repr((rows, cuts)).encode()).hexdigest()[:12]
    wipe()
    whole = write_csv(tmp_path / f"{name}.csv", rows)
    once = load_feed(by=analyst, at=at, path=whole)
    expected, bad = stored(), QuarantinedRow.objects.count()
    assert once.rows == len(rows)
    twice = load_feed(by=analyst, at=at, path=whole)
    assert (twice.new, twice.changed, twice.quarantined) == (0, 0, 0)
    assert stored() == expected
    wipe()
    edges = sorted({0, len(rows), *(cut for cut in cuts if cut <= len(rows))})
    for first, last in pairwise(edges):
        part = write_csv(tmp_path / f"{name}-{first}.csv", rows[first:last])
        load_feed(by=analyst, at=at, path=part, chunk_rows=chunk_rows)
    assert stored() == expected
    assert QuarantinedRow.objects.count() == bad


def test_the_record_reads_back_for_identification_as_the_feed_does(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    from vigil.incidents.feed.arrow import read_for_identify

    rows = [report(n, victim_ref=f"V{n}") for n in range(7)]
    path = feed(rows)
    load_feed(by=analyst, at=at, path=path)
    load_feed(by=analyst, at=at, path=feed([report(3, victim_ref="V3 now")]))
    batches = list(queries.current_reports_for_identification(batch_rows=3))
    assert [batch.num_rows for batch in batches] == [3, 3, 1]
    read = {row["report_id"]: row for batch in batches for row in batch.to_pylist()}
    assert sorted(row["row"] for row in read.values()) == list(range(7))
    (told,) = read_for_identify(path)
    for row in told.to_pylist():
        kept = read[row["report_id"]]
        if row["report_id"] == "R3":
            assert kept["victim_ref"] == "V3 now"
            continue
        assert {n: v for n, v in kept.items() if n not in {"row", "pk"}} == {
            n: v for n, v in row.items() if n != "row"
        }
    keys = queries.report_keys(["10/R3", "10/none"])
    assert keys == {"10/R3": read["R3"]["pk"]}
    assert queries.report_references(list(keys.values())) == {read["R3"]["pk"]: "10/R3"}


def test_counts_tell_reports_versions_and_quarantine(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    load_feed(by=analyst, at=at, path=feed([report(1), report(2), report(3, force="77")]))
    load_feed(by=analyst, at=at, path=feed([report(1, suspect_forename="Wyn")]))
    counts = queries.counts()
    assert (counts.reports, counts.versions, counts.in_quarantine) == (2, 3, 1)


def test_a_report_version_cannot_be_stored_twice(
    analyst: Viewer, at: datetime, feed: MakeFeed
) -> None:
    from django.db import IntegrityError, transaction

    load_feed(by=analyst, at=at, path=feed([report(1)]))
    twin = Report.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    assert connection.vendor in {"sqlite", "postgresql"}

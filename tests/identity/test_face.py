"""The public face: every feed works with what it has, and the files are whole or not there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.identity.support import HOME, batches, identified, people_of, read, row
from vigil.identity.engine.outputs import FILES
from vigil.identity.errors import OutputError, UnknownEngineError
from vigil.identity.face import identify
from vigil.register.rules import Ranked

ROWS = [
    row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", victim_ref="V1", **HOME),
    row(forename="Terry", surname="Ashgrove", born_on="1984-03-09", victim_ref="V2", **HOME),
    row(forename="Moira", surname="Kettlewell", born_on="1990-04-01"),
]
RANKED = [Ranked("P0", 1.0, 2.0, 3.0, 4.0, 2.5, 1, is_tied=False)]


def test_a_feed_of_no_rows_gives_five_files(tmp_path: Path) -> None:
    with identified([]) as found:
        found.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    assert pq.read_table(tmp_path / "people.parquet").num_rows == 0


def test_a_feed_of_one_row_is_one_person() -> None:
    assert people_of(ROWS[:1]) == ["P0"]


def test_a_feed_of_names_and_birthdays_alone_works_with_what_it_has(tmp_path: Path) -> None:
    table = pa.table(
        {
            "row": pa.array([0, 1, 2], pa.int64()),
            "suspect_surname": ["Ashgrove", "Ashgrove", "Tarrant"],
            "suspect_forename": ["Terence", "Terence", "Moira"],
            "suspect_born_on": ["1984-03-09", "1984-03-09", ""],
        }
    )
    with identify(table.to_batches(), spill=tmp_path, this_year=2026) as found:
        people = read(found.people())
        assert found.series() == []
        assert found.last_on() is None
    assert [one["person_id"] for one in people] == ["P0", "P0", "P2"]
    assert [one["victim_id"] for one in people] == [None, None, None]


def test_a_column_of_nulls_and_rows_of_ten_thousand_bytes_are_taken() -> None:
    long = row(forename="x" * 10_000, surname="Ashgrove " * 1_000, house="1 " * 5_000)
    assert len(people_of([long, *ROWS, row(surname="")])) == 5


def test_many_identical_rows_are_all_kept_and_do_not_square() -> None:
    rows = [row(forename="Terence", surname="Ashgrove", born_on="1984-01-01")] * 1_000
    with identified(rows) as found:
        assert len(read(found.people())) == 1_000
        assert found.counts["pairs_scored"] < 100 * 1_000


def test_the_files_say_what_the_contract_says(tmp_path: Path) -> None:
    with identified(ROWS, is_explained=True) as found:
        found.write(tmp_path, ranking=RANKED)
    people = pq.read_table(tmp_path / "people.parquet")
    assert people.column_names == ["row", "report_id", "person_id", "victim_id", "certainty"]
    links = pq.read_table(tmp_path / "links.parquet")
    assert links.column_names[:4] == ["row_l", "row_r", "match_weight", "match_probability"]
    assert {"bits_surname", "bits_home", "bits_pnc"} <= set(links.column_names)
    (link,) = links.to_pylist()
    odds = 2 ** link["match_weight"]
    assert link["match_probability"] == pytest.approx(odds / (1 + odds))
    (serial,) = pq.read_table(tmp_path / "serial.parquet").to_pylist()
    assert list(serial) == [
        "person_id", "reports", "victims", "forces", "first_on", "last_on", "recency",
        "frequency", "gravity", "victims_part", "score", "rank",
    ]  # fmt: skip
    assert (serial["person_id"], serial["victims"], serial["score"]) == ("P0", 2, 2.5)
    run = json.loads((tmp_path / "run.json").read_text())
    assert {"model", "versions", "thresholds", "counts", "stages"} <= run.keys()
    assert {"name", "seconds", "peak_memory_mb"} == run["stages"][0].keys()


def test_links_are_those_for_review_unless_all_are_asked_for(tmp_path: Path) -> None:
    rows = [*ROWS, row(forename="Darren", surname="Ashgrove", born_on="1984-03-09", **HOME)]
    with identified(rows) as found:
        found.write(tmp_path / "some")
    with identified(rows, keeps_all_pairs=True) as found:
        found.write(tmp_path / "all")
    some = pq.read_table(tmp_path / "some" / "links.parquet")
    every = pq.read_table(tmp_path / "all" / "links.parquet")
    assert some.num_rows < every.num_rows
    assert all(weight.as_py() >= 0 for weight in some["match_weight"])
    assert "bits_surname" not in some.column_names


def test_the_same_feed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        with identified(ROWS * 40, is_explained=True) as found:
            found.write(tmp_path / name, ranking=RANKED)
    for file in FILES[:-1]:
        first, second = (tmp_path / name / file for name in ("first", "second"))
        assert first.read_bytes() == second.read_bytes(), file


def test_another_engine_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownEngineError, match=r"\(duckdb\), found 'spark'"):
        identify([], spill=tmp_path, this_year=2026, engine="spark")


def test_what_is_spilled_is_wiped_when_it_is_closed(tmp_path: Path) -> None:
    with identify(batches(ROWS), spill=tmp_path, this_year=2026) as found:
        assert [path.name[:9] for path in tmp_path.iterdir()] == ["identify-"]
        read(found.people())
    assert list(tmp_path.iterdir()) == []


def test_what_is_spilled_is_wiped_when_the_feed_breaks_off(tmp_path: Path) -> None:
    def broken() -> Iterator[pa.RecordBatch]:
        yield from batches(ROWS)
        raise ValueError("the feed broke off")

    with pytest.raises(ValueError, match="broke off"):
        identify(broken(), spill=tmp_path, this_year=2026)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with identified(ROWS) as found, pytest.raises(OutputError, match="--out"):
        found.write(tmp_path / "file")


def test_a_run_that_is_broken_off_leaves_no_run_json(tmp_path: Path) -> None:
    with identified(ROWS) as found:
        found.write(tmp_path)
        (tmp_path / "serial.parquet").unlink()
        (tmp_path / "serial.parquet").mkdir()
        with pytest.raises(OutputError):
            found.write(tmp_path)
    assert not (tmp_path / "run.json").exists()


def test_each_stage_is_told_as_it_begins() -> None:
    told: list[tuple[str, int, int]] = []
    with identified(ROWS, progress=lambda name, number, of: told.append((name, number, of))):
        pass
    assert [number for _, number, _ in told] == list(range(1, 10))
    assert {of for _, _, of in told} == {9}

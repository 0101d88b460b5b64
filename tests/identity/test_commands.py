"""`vigil identify`, `identify evaluate` and `search`, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from vigil.entrypoints.cli.identify import app

FEED = """report_id,force,reported_on,suspect_surname,suspect_forename,suspect_born_on,victim_ref
a,44,2026-01-05,Ashgrove,Terence,1984-03-09,V1
b,44,2026-02-05,Ashgrove,Terry,1984-03-09,V2
c,99,not a day,Menderwick,Gulzar,1991-12-02,V3
"""


def vigil(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def feed(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "feed.csv"
    path.write_text(FEED, encoding="utf-8")
    return path


def test_a_feed_becomes_five_files_with_a_line_for_each_row(feed: Path, tmp_path: Path) -> None:
    done = vigil(feed, "--out", tmp_path / "found", "--explain")
    assert done.exit_code == 0, done.output
    assert "3 rows: 2 people, 1 of them with two or more victims" in done.output
    people = pq.read_table(tmp_path / "found" / "people.parquet")
    assert people["person_id"].to_pylist() == ["P0", "P0", "P2"]
    (serial,) = pq.read_table(tmp_path / "found" / "serial.parquet").to_pylist()
    assert serial["rank"] == 1
    assert serial["score"] > 0


def test_options_may_stand_before_the_feed(feed: Path, tmp_path: Path) -> None:
    done = vigil("--out", tmp_path / "found", "--json", feed)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout.splitlines()[-1])["counts"]["rows"] == 3


def test_what_was_found_is_measured_against_a_truth(feed: Path, tmp_path: Path) -> None:
    vigil(feed, "--out", tmp_path / "found")
    truth = pa.table(
        {"row": [0, 1, 2], "suspect_truth": ["t", "t", "g"], "victim_truth": ["1", "2", "3"]}
    )
    pq.write_table(truth, tmp_path / "truth.parquet")
    done = vigil("evaluate", tmp_path / "found", "--truth", tmp_path / "truth.parquet")
    assert done.exit_code == 0, done.output
    assert "serial perpetrators: precision 1.0000, recall 1.0000, F1 1.0000" in done.output
    asked = vigil("evaluate", tmp_path / "found", "--truth", tmp_path / "truth.parquet", "--json")
    assert json.loads(asked.stdout)["pairwise"]["f1"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        pytest.param(["nowhere", "--out", "x"], "expected a file", id="no feed there"),
        pytest.param(["{feed}"], "--out DIR", id="no place to write"),
        pytest.param(["{feed}", "--out", "x", "--engine", "spark"], "(duckdb)", id="no engine"),
        pytest.param(["{feed}", "--out", "x", "--model", "m"], "model file", id="no model"),
        pytest.param(["evaluate", "nowhere", "--truth", "t"], "expected a file", id="no results"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_two(
    feed: Path, arguments: list[str], sentence: str
) -> None:
    refused = vigil(*(argument.format(feed=feed) for argument in arguments))
    assert refused.exit_code == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.output
    assert "Ashgrove" not in refused.output


def test_each_command_shows_an_example() -> None:
    for command in (["--help"], ["feed", "--help"], ["evaluate", "--help"]):
        assert "Example" in vigil(*command).output

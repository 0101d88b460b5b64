"""`vigil feed make` as it is typed."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from tests.incidents.invented.reading import rows_of
from vigil.entrypoints.cli.feed_make import app


def _make(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_it_writes_the_feed_and_says_what_is_in_it(tmp_path: Path) -> None:
    made = _make(
        "--reports", "300", "--seed", "7", "--out", str(tmp_path / "feed"),
        "--until", "2026-11-22", "--faults", "3",
    )  # fmt: skip
    assert made.exit_code == 0
    assert "300 reports in 1 file, 3 of them faulty on purpose" in made.stdout
    assert len(rows_of(tmp_path / "feed")) == 300


def test_json_names_the_files_and_the_counts(tmp_path: Path) -> None:
    made = _make("--reports", "50", "--out", str(tmp_path), "--until", "2026-11-22", "--json")
    found = json.loads(made.stdout)
    assert found["rows"] == 50
    assert Path(found["files"][0]).exists()
    assert Path(found["truth"]).exists()


def test_without_a_last_day_it_ends_today(tmp_path: Path) -> None:
    assert _make("--reports", "50", "--out", str(tmp_path)).exit_code == 0
    assert rows_of(tmp_path)


def test_a_last_day_that_is_no_day_is_refused_in_one_sentence(tmp_path: Path) -> None:
    refused = _make("--reports", "50", "--out", str(tmp_path), "--until", "22/11/2026")
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert "expected a day such as" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_holds_a_feed_is_refused_in_one_sentence(tmp_path: Path) -> None:
    _make("--reports", "50", "--out", str(tmp_path))
    refused = _make("--reports", "50", "--out", str(tmp_path))
    assert refused.exit_code == 2
    assert "choose another directory" in refused.stderr

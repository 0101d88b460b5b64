"""`vigil feed` as a user types it: one sentence for each bad input, the right status, no names."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.incidents.feed.rows import report, write_csv, write_parquet
from vigil.access.models import Agency, User
from vigil.entrypoints.cli.feed import app
from vigil.incidents.feed.columns import COLUMN_NAMES
from vigil.incidents.models import Report

WHO = ["--as", "alice", "--because", "weekly feed"]


def vigil(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=text)


@pytest.fixture
def accounts(db: None) -> None:
    agency = Agency.objects.create(code="10", name="Force 10")
    User.objects.create(username="alice", agency=agency, role="analyst")
    User.objects.create(username="charlie", agency=agency, role="custody_sergeant")


def test_check_says_how_many_rows_are_good_and_each_fault(tmp_path: Path) -> None:
    rows = [report(1), report(2, reported_on="31/12/1980", suspect_sex="Male"), report(3)]
    ran = vigil("check", str(write_csv(tmp_path / "a.csv", rows)))
    assert ran.exit_code == 1
    assert "row 1 (a.csv line 3): reported_on: expected a date as YYYY-MM-DD" in ran.stdout
    assert "found 99/99/9999" in ran.stdout
    assert "suspect_sex: expected one of M, F, U, found 'Male'" in ran.stdout
    assert ran.stdout.endswith("2 of 3 rows are good; 1 has faults.\n")


def test_check_of_a_good_feed_ends_with_status_0(tmp_path: Path) -> None:
    ran = vigil("check", str(write_csv(tmp_path / "a.csv", [report(1)])))
    assert (ran.exit_code, ran.stdout) == (0, "1 of 1 rows are good; 0 have faults.\n")


def test_check_prints_json_that_holds_every_fault(tmp_path: Path) -> None:
    rows = [report(n, force="77") for n in range(3)]
    ran = vigil("check", str(write_csv(tmp_path / "a.csv", rows)), "--json")
    found = json.loads(ran.stdout)
    assert (found["rows"], found["good"], found["bad"]) == (3, 0, 3)
    assert found["faults"][2] == {
        "row": 2,
        "file": "a.csv",
        "line": 4,
        "column": "force",
        "expected": "a two-digit force code",
        "found": "'77'",
    }


def test_check_takes_a_mapping_and_says_what_it_does_not_read(tmp_path: Path) -> None:
    columns = [*COLUMN_NAMES, "Shoe"]
    path = write_csv(tmp_path / "a.csv", [report(1)], columns)
    path.write_text(path.read_text().replace("suspect_surname", "Name", 1))
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\nsuspect_surname = "Name"\n')
    ran = vigil("check", str(path), "--mapping", str(mapping))
    assert ran.exit_code == 0
    assert "note: a.csv: columns that are not read: Shoe" in ran.stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "found an empty file"),
        (b"report_id,force\n1,10\n", "expected the columns reported_on, suspect_surname"),
        (b"\xff\xfer\x00", "found UTF-16"),
        (b"PAR1 and then nothing", "expected a whole Parquet file"),
    ],
    ids=["empty", "missing columns", "utf-16", "cut parquet"],
)
@pytest.mark.parametrize("command", ["check", "load"])
def test_what_is_no_feed_is_one_sentence_and_status_2(
    command: str, content: bytes, sentence: str, tmp_path: Path, accounts: None
) -> None:
    path = tmp_path / "a.feed"
    path.write_bytes(content)
    ran = vigil(command, str(path), *(WHO if command == "load" else []))
    assert ran.exit_code == 2
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert Report.objects.count() == 0


def test_a_latin_1_feed_says_what_to_do(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2, suspect_forename="Zoë")])
    path.write_bytes(path.read_text().encode("latin-1"))
    ran = vigil("check", str(path))
    assert ran.exit_code == 1
    assert 'name it in the mapping (encoding = "latin-1")' in ran.stdout
    assert "1 of 2 rows are good" in ran.stdout


def test_no_fault_shows_a_name_or_a_birthday(tmp_path: Path) -> None:
    shifted = dict.fromkeys(COLUMN_NAMES, "Quennelby 31/12/1980")
    rows = [shifted, report(2, suspect_born_on="31-12-1980", category="Quennelby")]
    ran = vigil("check", str(write_csv(tmp_path / "a.csv", rows)))
    assert ran.exit_code == 1
    assert "Quennelby" not in ran.output
    assert "1980" not in ran.output


def test_load_tells_what_it_did_and_is_the_same_again(tmp_path: Path, accounts: None) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2), report(3, force="77")])
    first = vigil("load", str(path), *WHO, "--commits")
    assert first.exit_code == 1, first.output
    assert first.stdout.startswith("committed 3\n")
    assert "3 rows: 2 new, 0 changed, 0 held already, 1 put in quarantine" in first.stdout
    assert "force: expected a two-digit force code, found '77'" in first.stdout
    again = vigil("load", str(path), *WHO, "--json")
    found = json.loads(again.stdout)
    assert (again.exit_code, found["new"], found["held"]) == (1, 0, 2)
    assert found["held_in_quarantine"] == 1


def test_load_of_a_good_parquet_feed_ends_with_status_0(tmp_path: Path, accounts: None) -> None:
    ran = vigil("load", str(write_parquet(tmp_path / "a.parquet", [report(1)])), *WHO)
    assert ran.exit_code == 0, ran.output


def test_load_is_refused_to_who_may_not_and_without_a_reason(
    tmp_path: Path, accounts: None
) -> None:
    path = str(write_csv(tmp_path / "a.csv", [report(1)]))
    stranger = vigil("load", path, "--as", "charlie", "--because", "curious")
    assert stranger.exit_code == 2
    assert "administrator, analyst" in stranger.stderr
    assert vigil("load", path, "--as", "alice").exit_code == 2
    assert vigil("load", path, "--as", "nobody", "--because", "x").exit_code == 2
    assert Report.objects.count() == 0


def test_a_row_is_listed_shown_mended_and_released(
    tmp_path: Path, accounts: None, at: datetime
) -> None:
    path = write_csv(tmp_path / "a.csv", [report(7, force="77", reported_on="2/3/26")])
    vigil("load", str(path), *WHO)
    listed = json.loads(vigil("quarantine", "list", *WHO, "--json").stdout)
    row = listed["rows"][0]["reference"]
    assert listed["waiting"] == 1
    assert "Quennelby" not in vigil("quarantine", "list", *WHO).stdout
    assert "suspect_surname: Quennelby" in vigil("quarantine", "show", row, *WHO).stdout
    half = vigil("quarantine", "mend", row, "--set", "force=10", *WHO)
    assert (half.exit_code, "1 faults are left" in half.stdout) == (1, True)
    early = vigil("quarantine", "release", row, *WHO)
    assert (early.exit_code, early.stdout) == (2, "")
    cells = json.dumps({"reported_on": "2026-03-02"})
    whole = vigil("quarantine", "mend", row, "--cells", "-", *WHO, text=cells)
    assert whole.exit_code == 0, whole.output
    done = vigil("quarantine", "release", row, *WHO)
    assert done.stdout == f"{row}: released as report 10/R7.\n"
    assert Report.objects.get().report_id == "R7"


@pytest.mark.parametrize(
    "arguments",
    [[], ["--set", "force"], ["--cells", "-"]],
    ids=["nothing to put", "no equals sign", "no JSON"],
)
def test_a_mending_that_says_nothing_is_refused(arguments: list[str], accounts: None) -> None:
    ran = vigil("quarantine", "mend", "load-none/1", *arguments, *WHO, text="nonsense")
    assert ran.exit_code == 2
    assert "expected" in ran.stderr


@pytest.mark.parametrize(
    "command",
    [["make"], ["check"], ["load"], ["quarantine", "list"], ["quarantine", "show"]]
    + [["quarantine", "mend"], ["quarantine", "release"]],
    ids=" ".join,
)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    ran = vigil(*command, "--help")
    assert ran.exit_code == 0
    assert "Example: vigil feed" in " ".join(ran.stdout.split())

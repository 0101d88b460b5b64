"""One attack a test: on the database, and on an export of it."""

from __future__ import annotations

import ast
import io
import json
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.conftest import Write
from tests.ledger.test_sealing import by_hand
from vigil.ledger import queries, verify
from vigil.ledger.models import Checkpoint, Entry, Target
from vigil.ledger.queries import lines
from vigil.ledger.sealing import head, seal
from vigil.ledger.tree import GrowingTree, leaf_hash

Lines = list[dict[str, Any]]


def check_record(at: datetime, kept: dict[int, str] | None = None) -> verify.Report:
    return verify.verify(lines(exported_at=at, with_rows=True), kept)


@pytest.fixture
def exported(sealed: list[Entry], at: datetime) -> Lines:
    """The export of ten entries: header, four, checkpoint, four, checkpoint, two, checkpoint."""
    return list(lines(exported_at=at))


def entry_lines(exported: Lines) -> list[int]:
    return [n for n, line in enumerate(exported) if "leaf" in line]


# The record as it stands


def test_a_ledger_that_nobody_touched_is_whole(
    sealed: list[Entry], write: Write, at: datetime
) -> None:
    write(2)
    report = check_record(at)
    assert report.is_whole
    assert (report.entries, report.checkpoints, report.unsealed) == (10, 3, 2)
    newest = head()
    assert newest is not None
    assert report.root == newest.root
    assert verify.in_words(report)[-1] == "The ledger is whole."


def test_an_empty_ledger_is_whole(db: None, at: datetime) -> None:
    assert check_record(at).is_whole


def test_an_altered_entry_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand(
        "UPDATE ledger_entry SET leaf = %s WHERE id = %s",
        sealed[5].leaf.replace("0212", "9999"),
        sealed[5].pk,
    )
    report = check_record(at)
    assert report.faults == [verify.Fault(5, "its text is not what was sealed")]
    assert report.first_bad == 5
    assert verify.in_words(report)[-1].startswith("The ledger is NOT whole.")


def test_an_entry_that_was_altered_together_with_its_hash_is_found(
    sealed: list[Entry], at: datetime
) -> None:
    leaf = sealed[5].leaf.replace("0212", "9999")
    by_hand(
        "UPDATE ledger_entry SET leaf = %s, leaf_hash = %s WHERE id = %s",
        leaf,
        leaf_hash(leaf.encode()).hex(),
        sealed[5].pk,
    )
    [fault] = check_record(at).faults
    assert fault.entry == 4
    assert "one of 4 to 7 was altered" in fault.what  # its hash could not say which


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by", "mallory"),
        ("agency", "99"),
        ("did", "access.nothing"),
        ("entry", "0" * 32),
        ("recorded_at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_column_that_was_altered_beside_the_leaf_is_found(
    sealed: list[Entry], at: datetime, column: str, value: str
) -> None:
    by_hand(f'UPDATE ledger_entry SET "{column}" = %s WHERE id = %s', value, sealed[3].pk)
    [fault] = check_record(at).faults
    assert (fault.entry, fault.what) == (3, f"the row beside it says otherwise: {column}")


def test_a_column_that_was_altered_before_the_sealing_is_found(write: Write, at: datetime) -> None:
    [made] = write(1)
    by_hand("UPDATE ledger_entry SET agency = '99' WHERE id = %s", made.pk)
    [fault] = check_record(at).faults
    assert "agency" in fault.what


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM ledger_target WHERE entry_id = %s",
        "UPDATE ledger_target SET reference = 'P-other' WHERE entry_id = %s",
    ],
    ids=["removed", "altered"],
)
def test_a_look_that_was_hidden_from_its_subject_is_found(
    sealed: list[Entry], at: datetime, attack: str
) -> None:
    by_hand(attack, sealed[3].pk)
    [fault] = check_record(at).faults
    assert (fault.entry, fault.what) == (3, "the row beside it says otherwise: targets")


def test_a_removed_entry_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("DELETE FROM ledger_target WHERE entry_id = %s", sealed[6].pk)
    by_hand("DELETE FROM ledger_entry WHERE id = %s", sealed[6].pk)
    report = check_record(at)
    assert report.faults[0] == verify.Fault(6, "expected entry 6 here, found 7")


def test_a_removed_entry_whose_gap_was_closed_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("DELETE FROM ledger_target WHERE entry_id = %s", sealed[6].pk)
    by_hand("DELETE FROM ledger_entry WHERE id = %s", sealed[6].pk)
    for later in sealed[7:]:
        by_hand("UPDATE ledger_entry SET leaf_index = leaf_index - 1 WHERE id = %s", later.pk)
    report = check_record(at)
    assert report.first_bad == 4
    assert not report.is_whole


def test_two_entries_that_changed_places_are_found(sealed: list[Entry], at: datetime) -> None:
    for place, row in ((99, sealed[1]), (1, sealed[2]), (2, sealed[1])):
        by_hand("UPDATE ledger_entry SET leaf_index = %s WHERE id = %s", place, row.pk)
    report = check_record(at)
    assert report.first_bad == 0
    assert "moved" in report.faults[0].what


def test_an_entry_that_was_put_in_is_found(sealed: list[Entry], write: Write, at: datetime) -> None:
    [made] = write(1)
    by_hand("UPDATE ledger_entry SET leaf_index = leaf_index + 1 WHERE id = %s", sealed[9].pk)
    by_hand(
        "UPDATE ledger_entry SET leaf_index = 9, leaf_hash = %s WHERE id = %s",
        leaf_hash(made.leaf.encode()).hex(),
        made.pk,
    )
    report = check_record(at)
    assert report.first_bad == 8


def test_an_entry_that_was_put_on_the_end_is_found(
    sealed: list[Entry], write: Write, at: datetime
) -> None:
    [made] = write(1)
    by_hand(
        "UPDATE ledger_entry SET leaf_index = 10, leaf_hash = %s WHERE id = %s",
        leaf_hash(made.leaf.encode()).hex(),
        made.pk,
    )
    assert check_record(at).first_bad == 10


def test_an_end_that_was_cut_off_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("DELETE FROM ledger_target WHERE entry_id = %s", sealed[9].pk)
    by_hand("DELETE FROM ledger_entry WHERE id = %s", sealed[9].pk)
    report = check_record(at)
    assert report.first_bad is not None
    assert report.first_bad >= 8


def test_an_end_that_was_cut_off_with_its_checkpoint_is_found_by_one_that_was_kept(
    sealed: list[Entry], at: datetime
) -> None:
    kept = head()
    assert kept is not None
    for row in sealed[8:]:
        by_hand("DELETE FROM ledger_target WHERE entry_id = %s", row.pk)
        by_hand("DELETE FROM ledger_entry WHERE id = %s", row.pk)
    by_hand("DELETE FROM ledger_checkpoint WHERE size = 10")
    assert check_record(at).is_whole, "unseen from inside: the reason for keeping checkpoints"
    report = check_record(at, {kept.size: kept.root})
    assert report.first_bad == 8


def test_a_replayed_entry_is_found(sealed: list[Entry], write: Write, at: datetime) -> None:
    [made] = write(1)
    by_hand("UPDATE ledger_entry SET leaf = %s WHERE id = %s", sealed[2].leaf, made.pk)
    seal(at)
    report = check_record(at)
    assert any("a second time" in f.what and f.entry == 10 for f in report.faults)


def test_a_replaced_checkpoint_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("UPDATE ledger_checkpoint SET root = %s WHERE size = 8", "ab" * 32)
    [fault] = check_record(at).faults
    assert fault.entry == 4
    assert "the checkpoint was replaced" in fault.what


def test_a_removed_checkpoint_at_the_end_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("DELETE FROM ledger_checkpoint WHERE size = 10")
    assert not check_record(at).is_whole


def test_a_back_dated_checkpoint_is_found(sealed: list[Entry], at: datetime) -> None:
    by_hand("UPDATE ledger_checkpoint SET sealed_at = '2020-01-01 00:00:00+00:00' WHERE size = 8")
    [fault] = check_record(at).faults
    assert "dated before" in fault.what


def test_a_history_that_was_written_anew_is_found_by_a_checkpoint_that_was_kept(
    sealed: list[Entry], at: datetime
) -> None:
    kept = head()
    assert kept is not None
    _write_history_anew(sealed)
    assert check_record(at).is_whole, "unseen from inside: the reason for keeping checkpoints"
    [fault] = check_record(at, {kept.size: kept.root}).faults
    assert fault.what == "the checkpoint kept at 10 is not in this history"


def _write_history_anew(sealed: list[Entry]) -> None:
    """Alter one entry and recompute everything above it, as whoever owns the database can."""
    leaf = sealed[0].leaf.replace("0212", "9999")
    by_hand(
        "UPDATE ledger_entry SET leaf = %s, leaf_hash = %s WHERE id = %s",
        leaf,
        leaf_hash(leaf.encode()).hex(),
        sealed[0].pk,
    )
    tree = GrowingTree()
    for row in Entry.objects.order_by("leaf_index"):
        tree.append(leaf_hash(row.leaf.encode()))
        joined = b"".join(tree.peaks).hex()
        by_hand(
            "UPDATE ledger_checkpoint SET root = %s, peaks = %s WHERE size = %s",
            tree.root().hex(),
            joined,
            tree.size,
        )


# The export


def test_an_export_is_whole_and_keeps_its_checkpoints(exported: Lines) -> None:
    report = verify.verify(exported, {4: exported[5]["root"]})
    assert report.is_whole
    assert (report.entries, report.checkpoints) == (10, 3)


def _swap(exported: Lines) -> None:
    first, second = entry_lines(exported)[1:3]
    exported[first], exported[second] = exported[second], exported[first]


def _renumber(exported: Lines) -> None:
    for n, line in enumerate(exported[n] for n in entry_lines(exported)):
        line["n"] = n


def _alter(exported: Lines) -> None:
    line = exported[entry_lines(exported)[2]]
    line["leaf"] = line["leaf"].replace("0212", "9999")


def _remove(exported: Lines) -> None:
    del exported[entry_lines(exported)[2]]


def _remove_and_renumber(exported: Lines) -> None:
    _remove(exported)
    _renumber(exported)
    exported[0]["size"] = 9


def _insert(exported: Lines) -> None:
    where = entry_lines(exported)[2]
    leaf = json.loads(exported[where]["leaf"]) | {"entry": "f" * 32}
    text = json.dumps(leaf)
    new = {"n": 2, "leaf": text, "hash": leaf_hash(text.encode()).hex()}
    exported.insert(where, new)
    _renumber(exported)


def _replay(exported: Lines) -> None:
    exported.insert(entry_lines(exported)[3], dict(exported[entry_lines(exported)[1]]))
    _renumber(exported)


def _truncate(exported: Lines) -> None:
    del exported[-3:]


def _drop_checkpoint(exported: Lines) -> None:
    del exported[-1]


def _replace_checkpoint(exported: Lines) -> None:
    exported[5]["root"] = "cd" * 32


def _move_checkpoint(exported: Lines) -> None:
    exported.insert(4, exported.pop(5))


def _repeat_checkpoint(exported: Lines) -> None:
    exported.insert(6, exported[5])


def _other_format(exported: Lines) -> None:
    exported[0]["vigil_ledger"] = 2


def _unseal(exported: Lines) -> None:
    exported[entry_lines(exported)[-1]]["n"] = None


def _not_an_entry(exported: Lines) -> None:
    line = exported[entry_lines(exported)[2]]
    line["leaf"] = "[" * 100_000
    line["hash"] = leaf_hash(line["leaf"].encode()).hex()


def _second_history(exported: Lines) -> None:
    """Two entries altered with their hashes, in two chunks: the first is told, once."""
    for n in (2, 6):
        line = exported[entry_lines(exported)[n]]
        line["leaf"] = line["leaf"].replace("0212", "9999")
        line["hash"] = leaf_hash(line["leaf"].encode()).hex()


def _foreign_line(exported: Lines) -> None:
    exported.insert(3, {"what": "is this"})


ATTACKS: list[tuple[str, Callable[[Lines], None], int | None]] = [
    ("altered", _alter, 2),
    ("removed", _remove, 2),
    ("removed and renumbered", _remove_and_renumber, 0),
    ("reordered", _swap, 1),
    ("put in", _insert, 0),
    ("replayed", _replay, 3),
    ("truncated", _truncate, 8),
    ("last checkpoint dropped", _drop_checkpoint, 8),
    ("checkpoint replaced", _replace_checkpoint, 0),
    ("checkpoint moved", _move_checkpoint, 0),
    ("checkpoint repeated", _repeat_checkpoint, 4),
    ("another format", _other_format, None),
    ("called unsealed", _unseal, 8),
    ("no entry of ours", _not_an_entry, 2),
    ("a foreign line", _foreign_line, 2),
    ("altered twice with their hashes", _second_history, 0),
]


@pytest.mark.parametrize(
    ("attack", "first_bad"), [(a, f) for _, a, f in ATTACKS], ids=[n for n, _, _ in ATTACKS]
)
def test_an_export_that_was_tampered_with_is_found(
    exported: Lines, attack: Callable[[Lines], None], first_bad: int | None
) -> None:
    attack(exported)
    report = verify.verify(exported)
    assert not report.is_whole
    assert report.first_bad == first_bad


def test_only_so_many_faults_are_listed(exported: Lines) -> None:
    report = verify.verify([exported[0], *({} for _ in range(100))])
    assert len(report.faults) == verify.MOST_FAULTS


def test_an_export_without_a_line_is_not_whole() -> None:
    assert not verify.verify([]).is_whole


# The verifier alone


@pytest.fixture
def export_file(exported: Lines, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in exported))
    return path


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The verifier copied by itself into a folder where nothing of vigil is."""
    folder = tmp_path / "alone"
    folder.mkdir()
    return Path(shutil.copy(verify.__file__, folder / "verify.py"))


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), *arguments],
        cwd=script.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verifier_works_when_it_is_copied_alone(alone: Path, export_file: Path) -> None:
    done = run(alone, str(export_file))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "The ledger is whole.")


def test_the_verifier_runs_as_a_module_without_django() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "vigil.ledger.verify", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "django" not in done.stderr
    assert "EXPORT" in done.stdout or "export" in done.stdout


def test_the_verifier_is_short_and_imports_the_standard_library_only() -> None:
    text = Path(verify.__file__).read_text()
    assert text.count("\n") <= 300
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert imported <= set(sys.stdlib_module_names)


def test_a_tampered_export_ends_with_one_and_says_where(alone: Path, export_file: Path) -> None:
    export_file.write_text(export_file.read_text().replace("0212", "9999", 1))
    done = run(alone, str(export_file), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["first_bad"] == 0
    assert done.stderr == ""


def test_a_checkpoint_that_was_kept_is_looked_for(alone: Path, export_file: Path) -> None:
    done = run(alone, str(export_file), "--kept", f"10:{'ab' * 32}")
    assert done.returncode == 1
    assert "the checkpoint kept at 10 is not in this history" in done.stdout


@pytest.mark.parametrize("kept", ["10", "x:00", "10:zz", "10:abcd", f"x:{'ab' * 32}"])
def test_a_checkpoint_that_is_none_is_refused(alone: Path, export_file: Path, kept: str) -> None:
    done = run(alone, str(export_file), "--kept", kept)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[1, 2]\n", b"{\n", b"{}\n" * 50, b"[" * 200_000, b"null\n"],
    ids=["empty", "not UTF-8", "a list", "cut", "bare", "deep", "null"],
)
def test_what_is_no_export_is_not_whole_and_no_traceback(
    alone: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(content)
    done = run(alone, str(path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_refused(alone: Path) -> None:
    done = run(alone, "no-such-file")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_main_says_the_same_inside(export_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main([str(export_file)]) == 0
    assert verify.main([str(export_file), "--json", "--kept", f"99:{'ab' * 32}"]) == 1
    assert verify.main(["no-such-file"]) == 2
    assert "you kept a checkpoint over 99" in capsys.readouterr().out


def test_the_attacks_had_something_to_attack(exported: Lines) -> None:
    assert len(entry_lines(exported)) == 10
    assert Checkpoint.objects.count() == 3
    assert Target.objects.count() == 20


def test_lines_that_cannot_be_read_come_as_lines_of_no_known_kind() -> None:
    content = b'{"a": 1}\n[1]\n{\n\xff\n' + b"[" * 200_000
    assert list(verify.lines_of(io.BytesIO(content))) == [{"a": 1}, {}, {}, {}, {}]


@pytest.mark.parametrize("kept", ["10", "x:00", "10:abcd"])
def test_a_checkpoint_that_is_none_is_no_checkpoint(kept: str) -> None:
    with pytest.raises(ValueError, match=r"expected|literal|hex"):
        verify.kept_of([kept])


def test_many_unsealed_entries_are_read_in_steps(
    write: Write, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "STEP", 2)
    write(5)
    assert check_record(at).unsealed == 5
    seal(at)
    report = check_record(at)
    assert (report.entries, report.unsealed, report.is_whole) == (5, 0, True)


def test_the_file_is_a_program(export_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["verify", str(export_file)])
    with pytest.raises(SystemExit) as done:
        runpy.run_path(verify.__file__, run_name="__main__")
    assert done.value.code == 0

"""Keys: made once, for their owner only, and never made anew for what is locked already."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vigil.access.errors import KeyMissingError, KeyRingError, UnsafeKeyFileError
from vigil.access.keys import Keys, home, key, keys_named


def test_a_key_is_made_at_the_first_start_and_stays(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "home"
    made = key("sealing.key", folder=folder)
    assert len(made) == 32
    assert key("sealing.key", folder=folder) == made
    assert stat.S_IMODE((folder / "sealing.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [p.name for p in folder.iterdir()] == ["sealing.key"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o666])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    key("sealing.key", folder=tmp_path)
    (tmp_path / "sealing.key").chmod(mode)
    with pytest.raises(UnsafeKeyFileError, match=f"found {mode:04o}"):
        key("sealing.key", folder=tmp_path)


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "not hexadecimal", "\x00"])
def test_half_a_key_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sealing.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UnsafeKeyFileError, match="expected 32 bytes"):
        key("sealing.key", folder=tmp_path)


def test_a_missing_key_beside_its_database_is_refused_and_not_made(tmp_path: Path) -> None:
    database = tmp_path / "vigil.db"
    database.write_bytes(b"locked")
    with pytest.raises(KeyMissingError):
        key("database.key", folder=tmp_path, locks=database)
    assert [p.name for p in tmp_path.iterdir()] == ["vigil.db"]


def test_the_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIL_HOME", "/srv/vigil")
    assert home() == Path("/srv/vigil")
    monkeypatch.delenv("VIGIL_HOME")
    assert home() == Path("var").resolve()


def test_two_first_starts_at_once_end_with_one_key(tmp_path: Path) -> None:
    for attempt in range(30):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        together = threading.Barrier(4)

        def start(folder: Path = folder, together: threading.Barrier = together) -> bytes:
            together.wait()
            return key("sealing.key", folder=folder)

        with ThreadPoolExecutor(4) as pool:
            made = [start.result() for start in [pool.submit(start) for _ in range(4)]]
        assert len(set(made)) == 1
        assert [p.name for p in folder.iterdir()] == ["sealing.key"]


@pytest.mark.skipif("VIGIL_DATABASE_URL" in os.environ, reason="about the embedded database")
def test_a_database_without_its_key_does_not_start_and_is_not_touched(tmp_path: Path) -> None:
    environment = {**os.environ, "VIGIL_HOME": str(tmp_path)}
    script = (
        "import django; from django.db import connection; django.setup();"
        "connection.cursor().execute('CREATE TABLE t (x)')"
    )
    environment["DJANGO_SETTINGS_MODULE"] = "vigil.config.settings"
    command = [sys.executable, "-c", script]
    subprocess.run(command, env=environment, check=True)
    before = (tmp_path / "vigil.db").read_bytes()
    assert before[:15] != b"SQLite format 3"
    (tmp_path / "database.key").unlink()
    again = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert again.returncode != 0
    assert "KeyMissingError" in again.stderr
    assert (tmp_path / "vigil.db").read_bytes() == before
    assert not (tmp_path / "database.key").exists()


def test_a_ring_begins_empty_and_grows_by_one(tmp_path: Path) -> None:
    ring = keys_named("victims", folder=tmp_path / "home")
    assert ring.newest() == 0
    assert ring.add(after=0) == 1
    first = ring.numbered(1)
    assert ring.add(after=1) == ring.newest() == 2
    assert ring.numbered(1) == first != ring.numbered(2)
    assert stat.S_IMODE((tmp_path / "home" / "victims.key").stat().st_mode) == 0o600
    assert [p.name for p in (tmp_path / "home").iterdir()] == ["victims.key"]


def test_who_adds_a_key_after_another_did_gets_that_one(tmp_path: Path) -> None:
    ring = keys_named("victims", folder=tmp_path)
    assert [ring.add(after=0), ring.add(after=0)] == [1, 1]


def test_many_who_add_at_once_end_with_one_new_key(tmp_path: Path) -> None:
    for attempt in range(20):
        ring = keys_named("victims", folder=tmp_path / str(attempt))
        together = threading.Barrier(4)

        def add(ring: Keys = ring, together: threading.Barrier = together) -> tuple[int, bytes]:
            together.wait()
            number = ring.add(after=0)
            return number, ring.numbered(number)

        with ThreadPoolExecutor(4) as pool:
            assert len({one.result() for one in [pool.submit(add) for _ in range(4)]}) == 1


def test_a_key_that_another_process_added_is_seen_at_once(tmp_path: Path) -> None:
    ours, theirs = (keys_named("victims", folder=tmp_path) for _ in range(2))
    for number in range(1, 20):
        assert theirs.add(after=number - 1) == number
        assert ours.newest() == number
        assert ours.numbered(number) == theirs.numbered(number)


def test_a_number_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    ring = keys_named("victims", folder=tmp_path)
    ring.add(after=0)
    for number in (0, 2):
        with pytest.raises(KeyMissingError, match=f"key number {number} in victims.key"):
            ring.numbered(number)
    assert ring.newest() == 1


@pytest.mark.parametrize(
    "text",
    ["", "1\n", f"{'00' * 32}\n", "1 abc\n", f"0 {'00' * 32}\n", f"256 {'00' * 32}\n"]
    + [f"1 {'00' * 32}\n1 {'11' * 32}\n", f"-1 {'00' * 32}\n", "\x00\n"],
)
def test_a_ring_that_is_none_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "victims.key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(UnsafeKeyFileError, match="expected 32 bytes"):
        keys_named("victims", folder=tmp_path).newest()
    with pytest.raises(UnsafeKeyFileError):
        keys_named("victims", folder=tmp_path).add(after=0)
    assert path.read_text() == text


def test_a_ring_that_others_can_read_is_refused_also_once_it_was_read(tmp_path: Path) -> None:
    ring = keys_named("victims", folder=tmp_path)
    ring.add(after=0)
    assert ring.numbered(1)
    (tmp_path / "victims.key").chmod(0o640)
    with pytest.raises(UnsafeKeyFileError, match="found 0640"):
        ring.numbered(1)


def test_the_256th_key_is_refused(tmp_path: Path) -> None:
    ring = keys_named("victims", folder=tmp_path)
    lines = "".join(f"{number} {number:064x}\n" for number in range(1, 256))
    (tmp_path / "victims.key").write_text(lines)
    (tmp_path / "victims.key").chmod(0o600)
    assert ring.newest() == 255
    with pytest.raises(KeyRingError):
        ring.add(after=255)
    assert (tmp_path / "victims.key").read_text() == lines


def test_a_kill_while_a_key_is_added_loses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = keys_named("victims", folder=tmp_path)
    ring.add(after=0)
    first = ring.numbered(1)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        ring.add(after=1)
    monkeypatch.undo()
    assert (ring.newest(), ring.numbered(1)) == (1, first)
    assert ring.add(after=1) == 2

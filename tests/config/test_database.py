"""The two databases: chosen by the environment, opened safely, or not opened at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from sqlcipher3 import dbapi2

from vigil.access.errors import KeyMissingError, UnsafeDatabaseError, UnsafeKeyFileError
from vigil.access.keys import key
from vigil.config.database import database
from vigil.config.sqlcipher.base import check_version

embedded = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="says what the embedded database does"
)


@pytest.mark.parametrize("found", [(3, 40, 1), (3, 51, 2)], ids=["Debian 12's", "one too old"])
def test_sqlite_with_the_wal_reset_fault_is_refused(found: tuple[int, ...]) -> None:
    with pytest.raises(UnsafeDatabaseError, match=r"expected SQLite 3\.51\.3 or later, found 3"):
        check_version(found)


def test_the_sqlite_that_we_pin_is_sound() -> None:
    check_version((3, 51, 3))
    check_version(dbapi2.sqlite_version_info)


def test_a_database_on_an_old_sqlite_is_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIGIL_HOME", str(tmp_path))
    program = (
        "from sqlcipher3 import dbapi2; dbapi2.sqlite_version_info = (3, 40, 1)\n"
        "import django; django.setup()\n"
        "from django.db import connection; connection.ensure_connection()"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "vigil.config.settings"}
    environment.pop("VIGIL_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "expected SQLite 3.51.3 or later, found 3.40.1" in done.stderr
    assert not (tmp_path / "vigil.db").exists()


@embedded
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
    ids=["write-ahead log", "every commit reaches the disk", "deleted is wiped", "keys hold"],
)
def test_the_embedded_database_is_opened_safely(pragma: str, expected: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == expected


@embedded
@pytest.mark.django_db
def test_the_embedded_file_cannot_be_read_without_its_key() -> None:
    path = Path(str(connection.settings_dict["NAME"]))
    connection.ensure_connection()
    assert not path.read_bytes()[:16].startswith(b"SQLite format 3")
    stranger = dbapi2.connect(str(path))
    with pytest.raises(dbapi2.DatabaseError):
        stranger.execute("SELECT count(*) FROM sqlite_master").fetchone()
    stranger.close()


def test_a_key_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    first = key("database.key", folder=tmp_path)
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "database.key").stat().st_mode) == 0o600
    assert key("database.key", folder=tmp_path) == first


def test_a_database_without_its_key_is_not_given_a_new_one(tmp_path: Path) -> None:
    record = tmp_path / "vigil.db"
    record.write_bytes(b"something")
    with pytest.raises(KeyMissingError, match="restore the key"):
        key("database.key", folder=tmp_path, locks=record)
    assert not (tmp_path / "database.key").exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    key("database.key", folder=tmp_path)
    (tmp_path / "database.key").chmod(mode)
    with pytest.raises(UnsafeKeyFileError, match="mode 0600"):
        key("database.key", folder=tmp_path)


def test_a_url_chooses_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "VIGIL_DATABASE_URL", "postgresql://ann:p%40ss@db.example:6543/force?sslmode=verify-full"
    )
    chosen = database()
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert (chosen["USER"], chosen["PASSWORD"], chosen["PORT"]) == ("ann", "p@ss", "6543")
    assert chosen["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.parametrize("url", ["mysql://ann@db/force", "postgresql://db.example", "nonsense"])
def test_another_url_is_refused_without_repeating_its_password(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("VIGIL_DATABASE_URL", url.replace("ann", "ann:secret"))
    with pytest.raises(ImproperlyConfigured, match="expected VIGIL_DATABASE_URL") as refused:
        database()
    assert "secret" not in str(refused.value)


@embedded
def test_a_writer_waits_for_another_and_gives_up_when_its_time_is_over(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    params = {"database": str(path), "key_folder": str(tmp_path), "timeout": 0.2}
    wrapper = connection.copy("waiting")
    first, second = (wrapper.get_new_connection(params) for _ in range(2))
    first.isolation_level = second.isolation_level = None
    first.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(dbapi2.OperationalError, match="locked"):
        second.execute("BEGIN IMMEDIATE")
    assert 0.15 < time.monotonic() - began < 5
    first.execute("COMMIT")
    second.execute("BEGIN IMMEDIATE")
    second.execute("COMMIT")
    first.close()
    second.close()

"""A load that is killed with -9 at twenty random instants, and two loads at once: nothing
lost, nothing doubled.

By the real command line in a process of its own. What the command acknowledged before each
kill must be in the record after it, and the kill must have come while it was loading.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.incidents.feed.rows import report, write_csv

KILLS = 20
ROWS_A_COMMIT = 40
ROWS = 12_000
# Every hundredth row is at fault, every fiftieth changes the report before it.
BAD_EVERY, CHANGED_EVERY = 100, 50

ACCOUNT = """
from vigil.entrypoints.cli.frame import open_record
open_record(None)
from vigil.access.models import Agency, User
agency = Agency.objects.create(code="10", name="Force 10")
User.objects.create(username="alice", agency=agency, role="analyst")
"""


def rows() -> list[dict[str, str]]:
    made = []
    for number in range(ROWS):
        if number % BAD_EVERY == 7:
            made.append(report(number, reported_on="31/12/2025"))
        elif number % CHANGED_EVERY == 9:
            made.append(report(number - 1, suspect_forename="Wyn"))
        else:
            made.append(report(number))
    return made


class Installation:
    """A home or a database of this test's own, and the command line on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url = folder, url
        self._environment = {**os.environ, "VIGIL_HOME": str(folder)}
        self._environment.pop("VIGIL_DATABASE_URL", None)
        if url:
            self._environment["VIGIL_DATABASE_URL"] = url

    def python(self, *arguments: str) -> list[str]:
        return [sys.executable, *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.python(*arguments),
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.python(*arguments),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The record as it lies, past all of our code."""
        if self._url:
            with psycopg.connect(self._url) as connection:
                return connection.execute(sql.encode()).fetchall()
        from sqlcipher3 import dbapi2

        connection = dbapi2.connect(str(self._folder / "vigil.db"))
        try:
            secret = (self._folder / "database.key").read_text().strip()
            connection.execute(f"PRAGMA key = \"x'{secret}'\"")
            found: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
            return found
        finally:
            connection.close()

    def is_whole(self) -> bool:
        """SQLCipher's own check of every page; PostgreSQL's checksums raise by themselves."""
        if self._url:
            return True
        checked = [*self.ask("PRAGMA cipher_integrity_check"), *self.ask("PRAGMA integrity_check")]
        return checked == [("ok",)]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    url = os.environ.get("VIGIL_DATABASE_URL", "")
    if not url:
        yield Installation(tmp_path, "")
        return
    name = f"killed_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        yield Installation(tmp_path, urlunsplit(urlsplit(url)._replace(path=f"/{name}")))
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def load(feed: Path) -> list[str]:
    return [
        *("-m", "vigil.entrypoints.cli.main", "feed", "load", str(feed), "--commits"),
        *("--rows-a-commit", str(ROWS_A_COMMIT), "--as", "alice", "--because", "weekly feed"),
    ]


def kill_while_loading(child: subprocess.Popen[str], chance: random.Random) -> int:
    """Kill after some commits and a moment; give the last row count that was acknowledged."""
    assert child.stdout is not None
    acknowledged = 0
    for _ in range(chance.randint(1, 6)):
        line = child.stdout.readline()
        assert line.startswith("committed "), f"the child never loaded: {line!r}"
        acknowledged = int(line.split()[1])
    time.sleep(chance.uniform(0, 0.03))
    os.killpg(child.pid, signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL, "the load ended before it could be killed"
    for line in child.stdout:
        if line.startswith("committed ") and line.endswith("\n"):
            acknowledged = int(line.split()[1])
    child.stdout.close()
    return acknowledged


@pytest.mark.slow
def test_a_load_killed_at_twenty_random_instants_loses_and_doubles_nothing(
    installation: Installation, tmp_path: Path
) -> None:
    # Given an analyst and a feed with good, changed and faulty rows
    made = installation.run("-c", ACCOUNT)
    assert made.returncode == 0, made.stderr
    sent = rows()
    feed = write_csv(tmp_path / "feed.csv", sent)
    chance = random.Random(20)

    # When the load is killed twenty times, at instants in and between commits
    acknowledged = 0
    for _ in range(KILLS):
        told = kill_while_loading(installation.start(*load(feed)), chance)
        assert told > acknowledged > -1, "a run after a kill got no further"
        acknowledged = told
        # Then what was acknowledged is in the record, and every chunk is whole
        ((position, chunks),) = installation.ask(
            "SELECT max(last_row) + 1, count(*) FROM incidents_loadchunk"
        )
        assert position >= acknowledged > 0
        assert position == chunks * ROWS_A_COMMIT
        assert installation.is_whole()
    assert acknowledged < ROWS

    # And when it is run again it finishes, with a sentence for the rows at fault
    finished = installation.run(*load(feed))
    assert finished.returncode == 1, finished.stderr
    assert "(resumed)" in finished.stdout

    # Then lost: none; doubled: none; the ledger agrees
    holds_each_row_once(installation, sent)
    assert installation.ask("SELECT count(*) FROM incidents_feedload") == [(1,)]
    chunks = ROWS // ROWS_A_COMMIT
    written = "SELECT count(*) FROM ledger_entry WHERE did = 'incidents.store_chunk'"
    assert installation.ask(written) == [(chunks,)]
    assert installation.ask("SELECT count(*) FROM incidents_loadchunk") == [(chunks,)]
    assert installation.is_whole()


@pytest.mark.slow
def test_two_loads_of_one_feed_at_once_store_each_row_once(
    installation: Installation, tmp_path: Path
) -> None:
    # Given an analyst and a feed
    made = installation.run("-c", ACCOUNT)
    assert made.returncode == 0, made.stderr
    sent = rows()
    feed = write_csv(tmp_path / "feed.csv", sent)

    # When it is loaded by two commands at the same time
    both = [installation.start(*load(feed)) for _ in range(2)]
    told = [child.communicate(timeout=300)[0] for child in both]

    # Then both committed, and the record holds each row once
    assert [child.returncode for child in both] == [1, 1]
    assert all(text.count("committed ") > 1 for text in told)
    holds_each_row_once(installation, sent)


def holds_each_row_once(installation: Installation, sent: list[dict[str, str]]) -> None:
    bad = sum(1 for row in sent if row["reported_on"] == "31/12/2025")
    changed = sum(1 for row in sent if row["suspect_forename"] == "Wyn")
    asked = "SELECT count(*), count(DISTINCT report_id) FROM incidents_report"
    assert installation.ask(asked) == [(ROWS - bad, ROWS - bad - changed)]
    assert installation.ask("SELECT count(*) FROM incidents_reportvictim") == [(ROWS - bad,)]
    assert installation.ask("SELECT count(*) FROM incidents_quarantinedrow") == [(bad,)]
    held = {(row["report_id"], row["suspect_forename"]) for row in sent} - {
        (row["report_id"], row["suspect_forename"])
        for row in sent
        if row["reported_on"] == "31/12/2025"
    }
    assert set(installation.ask("SELECT report_id, suspect_forename FROM incidents_report")) == held

"""How long a feed takes to load, beside a bare `executemany` of the same rows.

    python -m benchmarks.load --reports 1000000 [--feed DIR]

Makes an invented feed, then, on SQLCipher and on PostgreSQL, in a process of its own each:
the bare insert (all columns as text, 10,000 rows a batch, a primary key and nothing else;
reading the file is not counted) and `load_feed` (everything: read, check, digest, seal,
versions, ledger, commit). The ratio of the two in one run is the figure; seconds on a shared
machine are not comparable between days. Peak memory is of the loading process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from tests.support.postgres import cluster

BATCH = 10_000


def start() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "vigil.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def rows_of(feed: str) -> Iterator[tuple[str, ...]]:
    from vigil.incidents.feed.reader import open_feed

    for chunk in open_feed(feed).chunks():
        yield from zip(*chunk.values.values(), strict=True)


def bare(feed: str) -> tuple[float, float]:
    """Seconds by the clock and of this process's CPU in executemany and commit."""
    from django.db import connection, transaction

    from vigil.incidents.feed.columns import COLUMN_NAMES

    names = ", ".join(COLUMN_NAMES)
    places = ", ".join(["%s"] * (len(COLUMN_NAMES) + 1))
    with connection.cursor() as cursor:
        typed = ", ".join(f"{name} text" for name in COLUMN_NAMES)
        cursor.execute(f"CREATE TABLE bare (id bigint PRIMARY KEY, {typed})".replace("bigint", KEY))
    rows, seconds, cpu, first = rows_of(feed), 0.0, 0.0, 1
    while batch := list(islice(rows, BATCH)):
        numbered: list[tuple[str | int, ...]] = [
            (first + place, *row) for place, row in enumerate(batch)
        ]
        first += len(batch)
        began, began_cpu = time.perf_counter(), time.process_time()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO bare (id, {names}) VALUES ({places})", numbered)
        seconds += time.perf_counter() - began
        cpu += time.process_time() - began_cpu
    return seconds, cpu


KEY = "bigint" if os.environ.get("VIGIL_DATABASE_URL") else "integer"


def full(feed: str) -> tuple[float, float]:
    """Seconds by the clock and of this process's CPU in load_feed."""
    from vigil.access.viewer import Role, Viewer
    from vigil.incidents.actions import load_feed

    viewer = Viewer("bench", "Bench", "10", Role.ANALYST, "benchmark")
    began, began_cpu = time.perf_counter(), time.process_time()
    done = load_feed(by=viewer, at=datetime.now(UTC), path=feed)
    seconds, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    assert done.new + done.changed + done.held + done.quarantined == done.rows, done
    return seconds, cpu


def measure(what: str, feed: str) -> None:
    start()
    seconds, cpu = bare(feed) if what == "bare" else full(feed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak_mib": peak}))


def in_process(what: str, feed: str, home: str, url: str | None) -> dict[str, Any]:
    environment = {**os.environ, "VIGIL_HOME": home}
    environment.pop("VIGIL_DATABASE_URL", None)
    if url:
        environment["VIGIL_DATABASE_URL"] = url
    command = [sys.executable, "-m", "benchmarks.load", "--measure", what, "--feed", feed]
    ran = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def compare(feed: str, database: str, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        plain = in_process("bare", feed, one, url)
        loaded = in_process("full", feed, two, url)
    print(
        f"{database:<12}"
        f"bare {plain['seconds']:7.1f} s ({plain['cpu']:.1f} of CPU)   "
        f"load {loaded['seconds']:7.1f} s ({loaded['cpu']:.1f} of CPU)   "
        f"{loaded['seconds'] / plain['seconds']:5.2f} times   peak {loaded['peak_mib']:.0f} MiB",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=1_000_000)
    options.add_argument("--feed")
    options.add_argument("--measure", choices=["bare", "full"])
    chosen = options.parse_args()
    if chosen.measure:
        measure(chosen.measure, chosen.feed)
        return
    with tempfile.TemporaryDirectory() as folder:
        feed = chosen.feed
        if not feed:
            from vigil.incidents.invented import make_feed

            feed = folder
            make_feed(
                Path(folder),
                reports=chosen.reports,
                seed=1,
                last_day=date(2026, 11, 22),
                kind="csv",
            )
        compare(feed, "SQLCipher", None)
        with cluster() as url:
            compare(feed, "PostgreSQL", url)


if __name__ == "__main__":
    main()

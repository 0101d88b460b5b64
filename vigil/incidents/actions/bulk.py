"""Many rows at once: look up, number and insert, by the fastest way that each database has.

The only vendor SQL of the room. Called inside an action's transaction and never else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

Key = tuple[str, str]


def wait_for_other_loads() -> None:
    """Make loads that commit at the same time take turns, so that versions count on.

    SQLite's immediate transactions do that already. On PostgreSQL readers are not held up,
    nor are rows that refer to reports.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE incidents_report IN SHARE ROW EXCLUSIVE MODE")


# SQLite's own is 2 MB: past a few thousand reports each page of an index would be read and
# deciphered again for almost every row.
LOADING_CACHE_KIB = 96 * 1024


def widen_cache() -> None:
    """Let this connection hold the indexes that a load walks through; PostgreSQL has its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{LOADING_CACHE_KIB}")


def versions_held(keys: Sequence[Key]) -> list[tuple[int, int, bytes]]:
    """(index into `keys`, version, digest) of every version held of these reports."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The statistics of a table that grows by the second call for a full scan; the
            # index is always right for one chunk's keys.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "SELECT k.place - 1, r.version, r.digest"
                " FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY k(force, report_id, place)"
                " JOIN incidents_report r ON r.force = k.force AND r.report_id = k.report_id",
                [[force for force, _ in keys], [report_id for _, report_id in keys]],
            )
        else:
            cursor.execute(
                "SELECT k.key, r.version, r.digest FROM json_each(%s) k"
                " CROSS JOIN incidents_report r ON r.force = k.value ->> 0"
                " AND r.report_id = k.value ->> 1",
                [json.dumps(keys)],
            )
        return [(int(place), int(version), bytes(digest)) for place, version, digest in cursor]


def digests_held(model: type[Model], digests: Sequence[bytes]) -> set[bytes]:
    """Those of the digests that the model's table holds."""
    found: set[bytes] = set()
    for start in range(0, len(digests), 500):
        part = digests[start : start + 500]
        rows = model._default_manager.filter(digest__in=part).values_list("digest", flat=True)
        found.update(bytes(digest) for digest in rows)
    return found


def next_ids(table: str, count: int) -> Sequence[int]:
    """So many primary keys that nothing has had or will have."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [int(number) for (number,) in cursor]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = int(row[0]) + 1 if row else 1
        return range(first, first + count)


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert the rows: COPY on PostgreSQL, one prepared statement on SQLite."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quoted} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {quoted} ({names}) VALUES ({places})"  # noqa: S608 - our names
            cursor.executemany(statement, list(rows))

"""The five files that identification gives back.

Each is written under a temporary name and renamed when whole; `run.json` comes last, so a
directory that holds one is complete. The same feed and model give the same bytes, `run.json`
apart, which says how long it took.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file, or a quoted path)
from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb
import pyarrow as pa

from vigil.identity.errors import OutputError

FILES: Final = ("people.parquet", "links.parquet", "review.parquet", "serial.parquet", "run.json")

# The strongest link to a row of the same person, and to any other row.
_PEOPLE: Final = """
    WITH ends AS (
        SELECT row_l AS row, row_r AS other, match_weight FROM scored
        UNION ALL SELECT row_r, row_l, match_weight FROM scored
    ), best AS (
        SELECT e.row, max(match_weight) FILTER (a.person = b.person) AS inside,
            max(match_weight) FILTER (a.person <> b.person) AS outside
        FROM ends e JOIN person_of a ON a.row = e.row JOIN person_of b ON b.row = e.other
        GROUP BY e.row
    ), sizes AS (SELECT person, count(*) AS size FROM person_of GROUP BY person)
    SELECT f.row, f.report_id, 'P' || p.person AS person_id, 'V' || v.victim AS victim_id,
        round(CASE
            WHEN s.size > 1 THEN 1 / (1 + pow(2.0, -coalesce(b.inside, $join)))
            ELSE 1 - 1 / (1 + pow(2.0, -greatest(least(coalesce(b.outside, -60), 60), -60)))
        END, 9) AS certainty
    FROM feed f JOIN person_of p USING (row) JOIN victim_of v USING (row)
    JOIN sizes s USING (person) LEFT JOIN best b USING (row)"""


class Ranking(Protocol):
    """What a rank of one person must tell; the register room's `Ranked` does."""

    @property
    def person(self) -> str: ...
    @property
    def recency(self) -> float: ...
    @property
    def frequency(self) -> float: ...
    @property
    def gravity(self) -> float: ...
    @property
    def victims_part(self) -> float: ...
    @property
    def score(self) -> float: ...
    @property
    def rank(self) -> int: ...


_RANKS: Final = pa.schema(
    [
        ("person_id", pa.string()),
        *((name, pa.float64()) for name in ("recency", "frequency", "gravity", "victims_part")),
        ("score", pa.float64()),
        ("rank", pa.int64()),
    ]
)


def make_people(connection: duckdb.DuckDBPyConnection, join: float) -> None:
    """Make the table `people`: row, report_id, person_id, victim_id, certainty."""
    select = _PEOPLE.replace("$join", repr(join))
    connection.execute(f"CREATE OR REPLACE TABLE people AS {select}")


def write_files(
    connection: duckdb.DuckDBPyConnection,
    out: Path,
    *,
    review: float,
    keeps_all_pairs: bool,
    ranking: Iterable[Ranking],
    run: dict[str, Any],
) -> None:
    """Write the five files into `out`.

    Raises:
        OutputError: the directory cannot be written, or the disk is full.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "run.json").unlink(missing_ok=True)
        _copy(connection, out / "people.parquet", "SELECT * FROM people ORDER BY row")
        least = "" if keeps_all_pairs else f"WHERE match_weight >= {review!r}"
        _copy(connection, out / "links.parquet", _links(connection, least))
        _copy(connection, out / "review.parquet", _REVIEW)
        _write_serial(connection, out / "serial.parquet", ranking)
        part = out / ".run.json.part"
        part.write_text(json.dumps(run, indent=1, default=str) + "\n", encoding="utf-8")
        os.replace(part, out / "run.json")
    except (OSError, duckdb.IOException) as error:
        raise OutputError(
            "expected to write the results into the directory given by --out, found that it"
            " cannot be written or is full; make room or give another"
        ) from error


_REVIEW: Final = """
    SELECT kind, row_l, row_r, 'P' || person_l AS person_l, 'P' || person_r AS person_r,
        match_weight, reason
    FROM to_review ORDER BY match_weight DESC NULLS LAST, row_l, row_r"""


def _links(connection: duckdb.DuckDBPyConnection, where: str) -> str:
    names = [name for (name, *_) in connection.execute("DESCRIBE scored").fetchall()]
    bits = "".join(f", {name}" for name in names if name.startswith("bits_"))
    return (
        "SELECT row_l, row_r, match_weight, CASE WHEN match_weight >= 0"
        " THEN 1 / (1 + pow(2.0, -match_weight))"
        " ELSE pow(2.0, match_weight) / (1 + pow(2.0, match_weight)) END AS match_probability"
        f"{bits} FROM scored {where} ORDER BY row_l, row_r"
    )


def _write_serial(
    connection: duckdb.DuckDBPyConnection, path: Path, ranking: Iterable[Ranking]
) -> None:
    ranks = pa.Table.from_pylist(
        [
            {
                "person_id": one.person,
                "recency": one.recency,
                "frequency": one.frequency,
                "gravity": one.gravity,
                "victims_part": one.victims_part,
                "score": one.score,
                "rank": one.rank,
            }
            for one in ranking
        ],
        schema=_RANKS,
    )
    connection.register("ranks", ranks)
    _copy(
        connection,
        path,
        "SELECT r.person_id, s.reports, s.victims, s.forces, s.first_on, s.last_on,"
        " r.recency, r.frequency, r.gravity, r.victims_part, r.score, r.rank"
        " FROM serial s JOIN ranks r ON r.person_id = 'P' || s.person ORDER BY r.rank, s.person",
    )
    connection.unregister("ranks")


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, query: str) -> None:
    part = path.with_name(f".{path.name}.part")
    quoted = str(part).replace("'", "''")
    connection.execute(f"COPY ({query}) TO '{quoted}' (FORMAT parquet, COMPRESSION zstd)")
    os.replace(part, path)

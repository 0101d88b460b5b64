"""The one public face of the linkage engine: rows of a feed in, people out.

It works on what it is given and nothing else: no database, no clock, no network. Everything
that it spills lies in the caller's directory, encrypted, and is wiped when it is closed.
It never drops a row and it never decides that anybody is registered.
"""

from __future__ import annotations

import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa

from vigil.identity.engine import (
    blocking,
    cleaning,
    clustering,
    finding,
    outputs,
    review,
    scoring,
    serial,
    splink_engine,
    victims,
)
from vigil.identity.engine.columns import FEED_SCHEMA, READ, conform
from vigil.identity.engine.model import Model, read_model
from vigil.identity.errors import UnknownEngineError

ENGINES: Final = ("duckdb",)
DEFAULT_ENGINE: Final = "duckdb"

# Told of each stage as it begins: its name, which it is, of how many.
Progress = Callable[[str, int, int], None]

_STAGES: Final = (
    "read", "clean", "block", "score", "cluster", "victims", "review", "serial", "people",
)  # fmt: skip


@dataclass(slots=True)
class Stage:
    """One stage of a run: how long, and the most memory the process had held by its end."""

    name: str
    seconds: float
    peak_memory_mb: int


@dataclass(slots=True)
class Identified:
    """What identification found. Close it (or use it in a `with`) to wipe what it spilled."""

    model: Model
    engine: str
    prior: float
    keeps_all_pairs: bool
    counts: dict[str, int]
    stages: list[Stage]
    _connection: duckdb.DuckDBPyConnection = field(repr=False)
    _spill: Path = field(repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget the tables and wipe the spill."""
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def people(self, rows_a_batch: int = 10_000) -> Iterator[pa.RecordBatch]:
        """`row`, `report_id`, `person_id`, `victim_id`, `certainty` of each row, in order."""
        yield from self._batches("SELECT * FROM people ORDER BY row", rows_a_batch)

    def cleaned(self, rows_a_batch: int = 10_000) -> Iterator[pa.RecordBatch]:
        """`row`, `person_id`, `victim_id`, `certainty` and the cleaned columns as JSON
        (`cleaned`) of each row: person by person, in the order of their first rows.
        """
        yield from self._batches(
            "SELECT p.row, p.person_id, p.victim_id, p.certainty,"  # noqa: S608
            f" {finding.as_json_sql()} AS cleaned FROM people p JOIN cleaned c USING (row)"
            " JOIN person_of o USING (row) ORDER BY o.person, p.row",
            rows_a_batch,
        )

    def search_keys(self, rows_a_batch: int = 50_000) -> Iterator[pa.RecordBatch]:
        """`person_id`, `key`: under which keys each person can be found, each once, in order."""
        yield from self._batches(
            f"SELECT 'P' || person AS person_id, key FROM ({finding.keys_sql()})"  # noqa: S608
            " JOIN person_of USING (row) GROUP BY person, key ORDER BY person, key",
            rows_a_batch,
        )

    def frequencies(self) -> Iterator[tuple[str, str, int]]:
        """Column, value and how many rows hold it, for each value too common to be one man's."""
        for column in self.model.frequency_columns():
            rows = self._connection.execute(
                f"SELECT {column}, count(*) FROM cleaned WHERE {column} IS NOT NULL"  # noqa: S608
                f" GROUP BY {column} HAVING count(*) > {scoring.OWN_REPORTS} ORDER BY {column}"
            ).fetchall()
            yield from ((column, str(value), int(count)) for value, count in rows)

    def links(self, rows_a_batch: int = 10_000) -> Iterator[pa.RecordBatch]:
        """`row_l`, `row_r`, `match_weight` and, where explained, the bits; strongest first."""
        yield from self._batches(
            "SELECT * FROM scored ORDER BY match_weight DESC, row_l, row_r", rows_a_batch
        )

    def series(self) -> list[serial.Series]:
        """Everyone with two or more distinct victims, for the register room to rank."""
        return serial.read_serial(self._connection)

    def last_on(self) -> Any:
        """The last day on which anything was reported, None in a feed without dates."""
        return self._connection.execute(
            "SELECT max(try_cast(reported_on AS DATE)) FROM feed"
        ).fetchall()[0][0]

    def write(self, out: Path, *, ranking: Iterable[outputs.Ranking] = ()) -> dict[str, Any]:
        """Write the five files into `out`, and return what `run.json` says.

        Raises:
            OutputError: the directory cannot be written.
        """
        run = self.run()
        outputs.write_files(
            self._connection,
            out,
            review=self.model.thresholds.review,
            keeps_all_pairs=self.keeps_all_pairs,
            ranking=ranking,
            run=run,
        )
        return run

    def run(self) -> dict[str, Any]:
        """Model, versions, thresholds with their reasons, counts, and what each stage took."""
        return {
            "model": self.model.name,
            "engine": self.engine,
            "versions": {name: version(name) for name in ("splink", "duckdb", "pyarrow")},
            "prior": self.prior,
            "thresholds": self.model.thresholds.stated,
            "counts": self.counts,
            "stages": [
                {
                    "name": stage.name,
                    "seconds": round(stage.seconds, 3),
                    "peak_memory_mb": stage.peak_memory_mb,
                }
                for stage in self.stages
            ],
            "seconds": round(sum(stage.seconds for stage in self.stages), 3),
        }

    def _batches(self, query: str, rows_a_batch: int) -> Iterator[pa.RecordBatch]:
        # A cursor of its own: two of these may be read side by side.
        with self._connection.cursor() as cursor:
            cursor.execute("SET enable_progress_bar = false")
            yield from cursor.sql(query).to_arrow_reader(rows_a_batch)


def check_engine(engine: str) -> None:
    """Raise UnknownEngineError unless that engine is built."""
    if engine not in ENGINES:
        raise UnknownEngineError(
            f"expected an engine that is built ({', '.join(ENGINES)}), found {engine[:20]!r};"
            " leave --engine out or name one of them"
        )


def identify(
    batches: Iterable[pa.RecordBatch],
    *,
    spill: Path,
    this_year: int,
    engine: str = DEFAULT_ENGINE,
    model: Path | None = None,
    is_explained: bool = False,
    keeps_all_pairs: bool = False,
    never: Iterable[tuple[int, int]] = (),
    always: Iterable[tuple[int, int]] = (),
    before: Iterable[tuple[int, int]] = (),
    memory_limit: str = "4GB",
    threads: int = 2,
    progress: Progress | None = None,
) -> Identified:
    """Who is whom among the rows of a feed.

    `batches` hold `row` (0-based position) and any of the feed's columns as strings. `spill`
    is a directory of the caller's in which a private one is made and wiped. `this_year` reads
    two-digit years of identifiers. `never` and `always` are pairs of rows that humans judged
    not the same, and the same; they win over the model. `before` gives rows with the number of
    the person that each was held as, so that people do not flap between two runs.

    Raises:
        UnknownEngineError: that engine is not built.
        ModelError: the model cannot be read.
    """
    check_engine(engine)
    chosen = read_model(model)
    spill.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix="identify-", dir=spill))
    connection = _connect(private, memory_limit, threads)
    clock = _Stages(progress)
    try:
        rows, prior, counts = _run(
            connection,
            batches,
            chosen,
            clock,
            this_year=this_year,
            is_explained=is_explained,
            keeps_all_pairs=keeps_all_pairs,
            never=never,
            always=always,
            before=before,
        )
    except BaseException:
        connection.close()
        shutil.rmtree(private, ignore_errors=True)
        raise
    return Identified(
        chosen, engine, prior, keeps_all_pairs, {"rows": rows, **counts}, clock.stages,
        connection, private,
    )  # fmt: skip


def _run(
    connection: duckdb.DuckDBPyConnection,
    batches: Iterable[pa.RecordBatch],
    model: Model,
    clock: _Stages,
    *,
    this_year: int,
    is_explained: bool,
    keeps_all_pairs: bool,
    never: Iterable[tuple[int, int]],
    always: Iterable[tuple[int, int]],
    before: Iterable[tuple[int, int]],
) -> tuple[int, float, dict[str, int]]:
    thresholds = model.thresholds
    with clock("read"):
        rows = _take_in(connection, batches)
    with clock("clean"):
        cleaning.clean(connection, this_year=this_year)
    with clock("block"):
        pairs = blocking.block(connection)
    prior = thresholds.prior(rows)
    with clock("score"):
        scoring.add_frequencies(connection, model)
        least = None if keeps_all_pairs else thresholds.review
        splink_engine.score(connection, model, prior, threshold=least, is_explained=is_explained)
    with clock("cluster"):
        clustered = clustering.cluster(
            connection, model, prior, never=never, always=always, before=before
        )
    with clock("victims"):
        found_victims = victims.resolve(connection)
    with clock("review"):
        reviewed = review.review(connection, thresholds.review)
    with clock("serial"):
        series = serial.count_serial(connection)
    with clock("people"):
        outputs.make_people(connection, thresholds.join)
    (people,) = connection.execute("SELECT count(DISTINCT person) FROM person_of").fetchall()[0]
    return (
        rows,
        prior,
        {
            "pairs_scored": pairs,
            "people": int(people),
            "victims": found_victims,
            "groups": clustered.groups,
            "groups_cut": clustered.cut,
            "groups_too_large": clustered.too_large,
            "to_review": reviewed,
            "serial": series,
        },
    )


def _connect(private: Path, memory_limit: str, threads: int) -> duckdb.DuckDBPyConnection:
    # In memory, so nothing but the spill ever touches the disk, and that is encrypted with a
    # key that dies with the process.
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory_limit,
            "threads": threads,
            "temp_directory": str(private),
            "temp_file_encryption": True,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    # How far it is is told by `progress`, on whatever the caller has.
    connection.execute("SET enable_progress_bar = false")
    cleaning.prepare(connection)
    return connection


def _take_in(connection: duckdb.DuckDBPyConnection, batches: Iterable[pa.RecordBatch]) -> int:
    # Batch by batch, so that what the reader raises arrives as it is.
    connection.register("empty_feed", FEED_SCHEMA.empty_table())
    connection.sql("SELECT * FROM empty_feed").create("feed")
    connection.unregister("empty_feed")
    cells = ", ".join(f"nullif(trim({name}), '')" for name in READ)
    for batch in batches:
        connection.register("feed_batch", pa.Table.from_batches([conform(batch)]))
        connection.sql(f"SELECT row, {cells} FROM feed_batch").insert_into("feed")  # noqa: S608
        connection.unregister("feed_batch")
    return int(connection.execute("SELECT count(*) FROM feed").fetchall()[0][0])


class _Stages:
    """Counts the seconds and the memory of each stage, and tells who is waiting."""

    def __init__(self, progress: Progress | None) -> None:
        self.stages: list[Stage] = []
        self._progress = progress
        self._name = ""
        self._began = 0.0

    def __call__(self, name: str) -> Self:
        self._name = name
        return self

    def __enter__(self) -> None:
        if self._progress:
            self._progress(self._name, len(self.stages) + 1, len(_STAGES))
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        took = time.perf_counter() - self._began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.stages.append(Stage(self._name, took, peak))

"""A feed as Arrow batches for identification: every row, in order, faulty cells empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from vigil.incidents.feed.columns import COLUMN_NAMES
from vigil.incidents.feed.mapping import FeedMapping
from vigil.incidents.feed.reader import Chunk, open_feed

# `row`: 0-based position in the feed. Every column of the contract as text; absent, empty and
# faulty cells are the empty string, never null.
SCHEMA = pa.schema(
    [pa.field("row", pa.int64(), nullable=False)]
    + [pa.field(name, pa.string(), nullable=False) for name in COLUMN_NAMES]
)
BATCH_ROWS = 20_000
# Identification works with what a feed has; with no surname there is nobody to identify.
NEEDED_COLUMNS = ("suspect_surname",)


def read_for_identify(
    path: str | Path, mapping: FeedMapping | None = None
) -> Iterator[pa.RecordBatch]:
    """Batches of SCHEMA, one line for each row of the feed, bad and cut rows too.

    A value that fails its check is empty; an invalid identifier is no fault and stays. A
    feed without references, forces or dates is read all the same, with those columns empty.

    Raises: FeedError when the feed as a whole cannot be read, or has no surnames.
    """
    feed = open_feed(path, mapping, required=NEEDED_COLUMNS)
    for chunk in feed.chunks(rows=BATCH_ROWS):
        yield _batch(chunk)


def _batch(chunk: Chunk) -> pa.RecordBatch:
    cells = chunk.emptied()
    rows = pa.array(range(chunk.first_row, chunk.first_row + chunk.size), pa.int64())
    return pa.RecordBatch.from_arrays(
        [rows, *(pa.array(cells[name], pa.string()) for name in COLUMN_NAMES)], schema=SCHEMA
    )

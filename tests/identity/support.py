"""Small feeds for the tests of identification: invented people, one row a dictionary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from vigil.identity.engine.columns import FEED_SCHEMA
from vigil.identity.face import Identified, identify

Row = dict[str, str]
_SHORT = {
    "forename", "middle", "surname", "aliases", "born_on", "sex", "house", "postcode", "phone",
    "email", "handles", "vehicle", "pnc", "cro",
}  # fmt: skip


def row(**known: str) -> Row:
    """One row of a feed; `forename`, `born_on` and so on are the suspect's."""
    named = {f"suspect_{k}" if k in _SHORT else k: v for k, v in known.items()}
    return {"report_id": "r", "force": "44", "reported_on": "2026-01-05", **named}


def batches(rows: Sequence[Row]) -> list[pa.RecordBatch]:
    """The rows as the feed's reader would hand them over."""
    numbered: list[dict[str, Any]] = [{"row": i, **one} for i, one in enumerate(rows)]
    made: list[pa.RecordBatch] = pa.Table.from_pylist(numbered, schema=FEED_SCHEMA).to_batches()
    return made


@contextmanager
def identified(rows: Sequence[Row], **options: Any) -> Iterator[Identified]:
    """Identification of the rows, spilling into a folder that goes away."""
    with (
        tempfile.TemporaryDirectory() as spill,
        identify(batches(rows), spill=Path(spill), this_year=2026, **options) as found,
    ):
        yield found


def read(found: Iterator[pa.RecordBatch]) -> list[dict[str, Any]]:
    """Batches as a list of rows."""
    return [one for batch in found for one in batch.to_pylist()]


def people_of(rows: Sequence[Row], **options: Any) -> list[str]:
    """The person of each row, in order."""
    with identified(rows, **options) as found:
        return [str(one["person_id"]) for one in read(found.people())]


def victims_of(rows: Sequence[Row]) -> list[str | None]:
    """The victim of each row, in order."""
    with identified(rows) as found:
        return [one["victim_id"] for one in read(found.people())]


def reasons_of(rows: Sequence[Row]) -> list[str]:
    """The reasons on the review list."""
    with identified(rows) as found, tempfile.TemporaryDirectory() as out:
        found.write(Path(out))
        import pyarrow.parquet as pq

        return [str(r) for r in pq.read_table(Path(out) / "review.parquet")["reason"].to_pylist()]


HOME = {"house": "12 Orchard Row", "postcode": "QX4 7AB"}

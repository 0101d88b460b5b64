"""Rows of a Parquet file. Numbers and dates become the text that a CSV would hold.

Lists and structures are refused by name before anything is read: a cell is one value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from math import isnan
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vigil.incidents.errors import FeedError
from vigil.incidents.feed.source import SourceBlock


class ParquetFile:
    """One Parquet file. `header` is known as soon as it is made.

    Raises: FeedError when it is not a whole Parquet file of single values.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        del encoding  # Parquet text is UTF-8, whatever the mapping says of the other files.
        self._name = path.name
        try:
            self._file = pq.ParquetFile(path, pre_buffer=False)
        except (pa.ArrowException, OSError) as failure:
            raise self._broken() from failure
        schema = self._file.schema_arrow
        self.header = tuple(name.strip() for name in schema.names)
        for name, kind in zip(schema.names, schema.types, strict=True):
            if pa.types.is_nested(kind):
                raise FeedError(
                    f"{self._name}: expected one value a cell, found lists or "
                    f"structures in column {name!r}; write it as text"
                )
            if schema.names.count(name) > 1:
                raise FeedError(
                    f"{self._name}: expected each column once, found {name!r} twice; "
                    "remove or rename one"
                )

    def _broken(self) -> FeedError:
        return FeedError(
            f"{self._name}: expected a whole Parquet file, found one that is cut short or is "
            "something else; ask the sender for it again"
        )

    def blocks(self, rows_per_block: int) -> Iterator[SourceBlock]:
        """The rows, in order, some at a time."""
        first, total = 1, max(1, self._file.metadata.num_rows)
        batches = self._file.iter_batches(batch_size=rows_per_block, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError) as failure:
                raise self._broken() from failure
            if batch is None:
                return
            if not batch.num_rows:
                continue
            columns, odd = {}, False
            for name, array in zip(self.header, batch.columns, strict=True):
                columns[name], is_odd = _texts(array)
                odd = odd or is_odd
            last = first + batch.num_rows
            yield SourceBlock(
                columns=columns,
                lines=range(first, last),
                may_hold_odd_text=odd,
                done=(last - 1) / total,
            )
            first = last


def _texts(array: Any) -> tuple[Sequence[str], bool]:
    """The cells as text, and whether some may hold a NUL or bytes that are no text."""
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or _is_text(kind):
        return _from_bytes(array)
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_date32(kind):
        return pc.fill_null(array.cast(pa.string()), "").to_pylist(), False
    return ["" if value is None else _say(value) for value in array.to_pylist()], False


def _is_text(kind: Any) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or "string" in str(kind)


def _from_bytes(array: Any) -> tuple[list[str], bool]:
    try:
        cells = pc.fill_null(array.cast(pa.large_string()), "")
        odd = pc.any(pc.match_substring(cells, "\x00")).as_py()
        return cells.to_pylist(), bool(odd)
    except (pa.ArrowException, UnicodeDecodeError):
        raw = array.cast(pa.large_binary()).to_pylist()
        return [(cell or b"").decode(errors="surrogateescape") for cell in raw], True


def _say(value: Any) -> str:
    """One value as a CSV would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and isnan(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        # A column of whole numbers with gaps is often kept as floats.
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)

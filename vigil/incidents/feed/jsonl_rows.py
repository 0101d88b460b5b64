"""Rows of a JSON Lines file: one object a line, in UTF-8 or a named encoding.

Numbers are taken as the text that they are written as. A list or an object in a cell, a
column twice in one object, or a line that is no object breaks its row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vigil.incidents.errors import FeedError
from vigil.incidents.feed.source import BrokenRow, Lines, LongLineError, SourceBlock

# A column may be absent from a row; the header is what the first rows name between them.
HEADER_ROWS = 1_000


class _DuplicateColumnError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _DuplicateColumnError
    return found


_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str
).decode


class JsonLinesFile:
    """One JSON Lines file. `header` holds the columns of its first rows.

    Raises: FeedError when none of its first rows can be read.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding, self._size = path, encoding, path.stat().st_size
        self._lines = Lines(path, encoding)
        self.header = self._read_header()
        self._lines = Lines(path, encoding)

    def _read_header(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for count, (_, row) in enumerate(self._rows()):
            if isinstance(row, dict):
                names.update(dict.fromkeys(row))
            if count == HEADER_ROWS:
                break
        if not names:
            raise FeedError(
                f"{self._path.name}: expected a JSON object on each line, found none in the first "
                "lines; check that it is a JSON Lines file"
            )
        return tuple(names)

    def _rows(self) -> Iterator[tuple[int, dict[str, str] | BrokenRow]]:
        lines = self._lines
        while True:
            lines.start_record()
            number = lines.number + 1
            try:
                line = next(lines)
            except StopIteration:
                return
            except LongLineError:
                yield number, lines.break_off()
                continue
            if not line.isspace():
                yield number, _read_row(line)

    def blocks(self, rows_per_block: int) -> Iterator[SourceBlock]:
        """The rows, in order, some at a time; columns that the header lacks come along."""
        rows: list[dict[str, str]] = []
        numbers: list[int] = []
        broken: dict[int, BrokenRow] = {}
        for number, row in self._rows():
            if isinstance(row, BrokenRow):
                broken[len(rows)] = row
            rows.append({} if isinstance(row, BrokenRow) else row)
            numbers.append(number)
            if len(rows) == rows_per_block:
                yield self._block(rows, numbers, broken)
                rows, numbers, broken = [], [], {}
        if rows:
            yield self._block(rows, numbers, broken)

    def _block(
        self, rows: list[dict[str, str]], numbers: list[int], broken: dict[int, BrokenRow]
    ) -> SourceBlock:
        names = dict.fromkeys(self.header)
        for row in rows:
            if not row.keys() <= names.keys():
                names.update(dict.fromkeys(row))
        return SourceBlock(
            columns={name: [row.get(name, "") for row in rows] for name in names},
            lines=numbers,
            broken=broken,
            may_hold_odd_text=self._lines.may_hold_odd_text,
            done=min(1.0, self._lines.bytes_read / self._size),
        )


def _read_row(line: str) -> dict[str, str] | BrokenRow:
    try:
        found = _decode(line)
    except _DuplicateColumnError:
        return BrokenRow("each column once", "one twice in the same object", line)
    except (ValueError, RecursionError):
        cut = "" if line.endswith("\n") else "; the file was cut in the middle of this line"
        return BrokenRow("one JSON object", f"a line that is not one{cut}", line)
    if not isinstance(found, dict):
        return BrokenRow("one JSON object", "a line that holds something else", line)
    for name, value in found.items():
        if type(value) is str:
            continue
        if isinstance(value, list | dict):
            return BrokenRow("text in each column", "a list or an object in one", line)
        found[name] = "" if value is None else "true" if value else "false"
    return found

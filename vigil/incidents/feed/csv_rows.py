"""Rows of a CSV file: UTF-8 or a named encoding, a header row, commas.

Strict about quotes: a quote in the wrong place would join rows or drop a character, so such
a row is broken off, said, and kept as text; reading goes on at the next line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from vigil.incidents.errors import FeedError
from vigil.incidents.feed.source import LONGEST_LINE, BrokenRow, Lines, LongLineError, SourceBlock

# The module's own limit is 128 kB a cell; `Lines` holds the limit that we mean.
csv.field_size_limit(2 * LONGEST_LINE)


class CsvFile:
    """One CSV file. `header` is known as soon as it is made.

    Raises: FeedError when there is no header that can be read.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._name, self._size = path.name, path.stat().st_size
        self._lines = Lines(path, encoding)
        self._reader = csv.reader(self._lines, strict=True)
        self.header = self._read_header()

    def _read_header(self) -> tuple[str, ...]:
        row: list[str] = []
        try:
            while not row:
                self._lines.start_record()
                row = next(self._reader)
        except (csv.Error, LongLineError, StopIteration) as failure:
            raise FeedError(
                f"{self._name}: expected column names separated by commas in the first line, "
                "found none that can be read; check that it is a CSV file"
            ) from failure
        header = tuple(name.strip() for name in row)
        twice = sorted({name for name in header if name and header.count(name) > 1})
        if twice:
            raise FeedError(
                f"{self._name}: expected each column once, found {_printable(twice[0])} twice; "
                "remove or rename one"
            )
        return header

    def blocks(self, rows_per_block: int) -> Iterator[SourceBlock]:
        """The rows, in order, some at a time."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        broken: dict[int, BrokenRow] = {}
        lines, width = self._lines, len(self.header)
        while True:
            lines.start_record()
            first_line = lines.number + 1
            try:
                row = next(self._reader)
            except StopIteration:
                break
            except LongLineError:
                broken[len(rows)] = lines.break_off()
                row = [""] * width
            except csv.Error as failure:
                broken[len(rows)] = BrokenRow(
                    "cells in quotes that open and close as they should",
                    _QUOTE_FAULTS.get(str(failure), "a line that cannot be taken apart"),
                    lines.take_back(),
                )
                row = [""] * width
            else:
                if not row:
                    continue
                if len(row) != width:
                    broken[len(rows)] = self._wrong_width(row, width)
            rows.append(row)
            numbers.append(first_line)
            if len(rows) == rows_per_block:
                yield self._block(rows, numbers, broken)
                rows, numbers, broken = [], [], {}
        if rows:
            yield self._block(rows, numbers, broken)

    def _wrong_width(self, row: list[str], width: int) -> BrokenRow:
        """Say it, and leave in `row` only cells that are surely in their place."""
        found = f"{len(row):,}"
        text = "".join(self._lines.pending)
        if len(row) > width:
            # Which cell was split cannot be told; the reference comes before any free text.
            row[:] = [cell if name == "report_id" else "" for cell, name in self._named(row)]
        else:
            is_cut = not text.endswith("\n")
            if is_cut:
                # The cell at the cut may be half a value, and half a value is a wrong one.
                row[-1] = ""
                found += " and no line end: the file was cut in the middle of this line"
            row.extend([""] * (width - len(row)))
        return BrokenRow(f"{width} cells", found, text)

    def _named(self, row: list[str]) -> Iterator[tuple[str, str]]:
        return zip(row, self.header, strict=False)

    def _block(
        self, rows: list[list[str]], numbers: list[int], broken: dict[int, BrokenRow]
    ) -> SourceBlock:
        return SourceBlock(
            columns=dict(zip(self.header, zip(*rows, strict=True), strict=True)),
            lines=numbers,
            broken=broken,
            may_hold_odd_text=self._lines.may_hold_odd_text,
            done=min(1.0, self._lines.bytes_read / self._size),
        )


_QUOTE_FAULTS = {
    "unexpected end of data": "a quote that opens here and is never closed",
    "',' expected after '\"'": "a character after a closing quote",
}


def _printable(name: str) -> str:
    return repr(name.encode(errors="replace").decode())

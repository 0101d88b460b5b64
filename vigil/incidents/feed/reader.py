"""A feed as chunks of rows in our columns, each with what is wrong with it.

One pass, flat memory: files are opened one after another and a chunk is forgotten when the
next is asked for. It stores nothing and decides nothing: a fault is said, and the caller
chooses between quarantine (load) and an empty cell (identify).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vigil.incidents.feed.checks import Fault, faults_of_values, odd_text
from vigil.incidents.feed.columns import BY_NAME, COLUMNS, REQUIRED_COLUMNS, Kind
from vigil.incidents.feed.csv_rows import CsvFile
from vigil.incidents.feed.files import FeedFile, FeedFiles, Format, digest_of, feed_files
from vigil.incidents.feed.jsonl_rows import JsonLinesFile
from vigil.incidents.feed.mapping import AS_IT_IS, FeedMapping, Layout, settle
from vigil.incidents.feed.parquet_rows import ParquetFile
from vigil.incidents.feed.source import BrokenRow, SourceBlock

# Big enough that a commit's cost is shared, small enough that a kill repeats little work and
# a chunk's cells stay near 10 MB.
CHUNK_ROWS = 5_000

RowReader = CsvFile | JsonLinesFile | ParquetFile

_READERS: dict[Format, Callable[[Path, str], RowReader]] = {
    Format.CSV: CsvFile,
    Format.JSON_LINES: JsonLinesFile,
    Format.PARQUET: ParquetFile,
}


@dataclass(slots=True)
class Chunk:
    """Some consecutive rows of a feed: every column of ours, word for word.

    `first_row` counts from 0 over the whole feed. `faults` maps the index of a row in this
    chunk to what is wrong with it; `broken` holds the text of rows that could not be taken
    apart. Codes and dates are without spaces around them; a date that was read by a format
    of the mapping is in ISO form.
    """

    file: str
    first_row: int
    lines: Sequence[int]
    values: dict[str, Sequence[str]]
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    broken: Mapping[int, BrokenRow] = field(default_factory=dict)
    done_bytes: int = 0

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self.lines)

    @property
    def last_row(self) -> int:
        """The number of its last row."""
        return self.first_row + self.size - 1

    def row(self, index: int) -> dict[str, str]:
        """One row's cells by column."""
        return {name: cells[index] for name, cells in self.values.items()}

    def emptied(self) -> dict[str, Sequence[str]]:
        """The columns with each faulty cell empty, for a reader that must take every row."""
        copies: dict[str, list[str]] = {}
        for index, faults in self.faults.items():
            for fault in faults:
                if fault.column:
                    if fault.column not in copies:
                        copies[fault.column] = list(self.values[fault.column])
                    copies[fault.column][index] = ""
        return {**self.values, **copies}


@dataclass(slots=True)
class Feed:
    """A feed that has been opened: every file has its columns. Read it with `chunks`."""

    source: FeedFiles
    mapping: FeedMapping
    required: Sequence[str] = REQUIRED_COLUMNS
    notes: list[str] = field(default_factory=list)

    @property
    def files(self) -> tuple[FeedFile, ...]:
        """The files in the order in which they are read."""
        return self.source.files

    @property
    def size(self) -> int:
        """Bytes in all files."""
        return self.source.size

    def digest(self) -> str:
        """SHA-256 over the files' content, in order. Reads every file once."""
        return digest_of(self.files)

    def chunks(self, *, rows: int = CHUNK_ROWS, from_row: int = 0) -> Iterator[Chunk]:
        """The rows in order, `rows` at a time; chunks that end before `from_row` are passed over.

        Raises: FeedError when a file turns out to be broken beyond rows (a cut Parquet file).
        """
        first_row = done_bytes = 0
        for file in self.files:
            reader, layout = _open(file, self.mapping, self.required)
            for block in reader.blocks(rows):
                if first_row + block.size > from_row:
                    chunk = _chunk(file, layout, block, first_row)
                    chunk.done_bytes = done_bytes + round(file.size * block.done)
                    self._note_unknown(file, layout, block)
                    yield chunk
                first_row += block.size
            done_bytes += file.size

    def _note_unknown(self, file: FeedFile, layout: Layout, block: SourceBlock) -> None:
        """Columns that only later rows of a JSON Lines file have are said when they come."""
        if file.format is Format.JSON_LINES:
            late = [n for n in block.columns if n not in layout.needed and n not in layout.unknown]
            _say_once(self.notes, _unknown_note(file, [n for n in late if n not in BY_NAME]))


def open_feed(
    path: str | Path,
    mapping: FeedMapping | None = None,
    *,
    required: Sequence[str] = REQUIRED_COLUMNS,
) -> Feed:
    """Open a feed: find its files and settle the columns of each, before a row is read.

    Raises: FeedError (no file, an empty file, a missing column), MappingError.
    """
    source = feed_files(path)
    feed = Feed(source, mapping or AS_IT_IS, required)
    for file in source.files:
        _, layout = _open(file, feed.mapping, required)
        _say_once(feed.notes, _unknown_note(file, layout.unknown))
    if source.left_out:
        feed.notes.append(f"left out, since it is no feed file: {', '.join(source.left_out)}")
    return feed


def _say_once(notes: list[str], note: str) -> None:
    if note and note not in notes:
        notes.append(note)


def _unknown_note(file: FeedFile, unknown: Sequence[str]) -> str:
    if not unknown:
        return ""
    names = ", ".join(name.encode(errors="replace").decode() for name in unknown)
    return f"{file.name}: columns that are not read: {names}"


def _open(
    file: FeedFile, mapping: FeedMapping, required: Sequence[str]
) -> tuple[RowReader, Layout]:
    reader = _READERS[file.format](file.path, mapping.encoding)
    return reader, settle(mapping, reader.header, file.name, required=required)


def _chunk(file: FeedFile, layout: Layout, block: SourceBlock, first_row: int) -> Chunk:
    values, misfits = layout.ours(block.columns, block.size)
    chunk = Chunk(file.name, first_row, block.lines, values, broken=block.broken)
    for index, broken in block.broken.items():
        _fault(chunk, index, "", broken.expected, broken.found)
    for name, unfit in misfits.items():
        for index, pattern in unfit.items():
            _fault(chunk, index, name, f"a date as {pattern}", "another form or no such day")
    for column in COLUMNS:
        cells = values[column.name]
        if block.may_hold_odd_text:
            for index, (expected, found) in odd_text(cells).items():
                _fault(chunk, index, column.name, expected, found)
        if column.kind is Kind.TEXT or not layout.has(column.name):
            continue
        distinct = set(cells)
        if column.kind is not Kind.REFERENCE:
            distinct, cells = _trimmed(values, column.name, distinct)
        bad = faults_of_values(column, distinct)
        if bad:
            _fault_cells(chunk, column.name, cells, bad, misfits.get(column.name, {}))
    return chunk


def _trimmed(
    values: dict[str, Sequence[str]], name: str, distinct: set[str]
) -> tuple[set[str], Sequence[str]]:
    """Codes and dates without the spaces around them, which carry no meaning."""
    padded = {value: value.strip() for value in distinct if value != value.strip()}
    if padded:
        values[name] = [padded.get(value, value) for value in values[name]]
        distinct = {padded.get(value, value) for value in distinct}
    return distinct, values[name]


def _fault_cells(
    chunk: Chunk,
    name: str,
    cells: Sequence[str],
    bad: Mapping[str, tuple[str, str]],
    said_already: Mapping[int, str],
) -> None:
    for index, value in enumerate(cells):
        if value not in bad or index in said_already:
            continue
        if index in chunk.broken and not value:
            continue  # the row is broken as a whole; that its cells are empty says nothing new
        if any(fault.column == name for fault in chunk.faults.get(index, ())):
            continue
        _fault(chunk, index, name, *bad[value])


def _fault(chunk: Chunk, index: int, column: str, expected: str, found: str) -> None:
    fault = Fault(chunk.first_row + index, chunk.file, chunk.lines[index], column, expected, found)
    chunk.faults.setdefault(index, []).append(fault)


def check_row(values: Mapping[str, str], *, row: int, file: str, line: int) -> list[Fault]:
    """What is wrong with one row in our columns, when a human has mended it."""
    cells = {column.name: [values.get(column.name, "")] for column in COLUMNS}
    block = SourceBlock(cells, [line], may_hold_odd_text=True)
    layout = settle(AS_IT_IS, tuple(cells), file)
    chunk = _chunk(FeedFile(Path(file), file, Format.CSV, 0), layout, block, row)
    return chunk.faults.get(0, [])

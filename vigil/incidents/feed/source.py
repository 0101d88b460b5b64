"""A stretch of a file as its own columns, whatever the format: what every format reader gives.

Lines are taken in blocks of a megabyte, so memory stays flat whatever the size of the file
or of a line.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vigil.incidents.errors import FeedError

BLOCK_BYTES = 1 << 20
# No report is a megabyte long; a line that is has lost its line ends or is not a feed.
LONGEST_LINE = 1 << 20
# Of such a line, as much is kept in quarantine as shows what it is.
KEPT_OF_LONG_LINE = 1 << 16

_WIDE_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that could not be taken apart into cells: why, and its text as it stands."""

    expected: str
    found: str
    text: str


@dataclass(slots=True)
class SourceBlock:
    """Some rows of one file: column of theirs -> cells. Cells that are missing are empty.

    `may_hold_odd_text`: some cell may hold a NUL or a byte that is not UTF-8.
    """

    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    broken: Mapping[int, BrokenRow] = field(default_factory=dict)
    may_hold_odd_text: bool = False
    done: float = 0.0  # share of the file that has been read, 0 to 1

    @property
    def size(self) -> int:
        """How many rows."""
        return len(self.lines)


class LongLineError(Exception):
    """Inside the readers: the record being read has passed LONGEST_LINE."""


class Lines:
    """The lines of a text file, one by one, with a way back.

    `pending` holds the lines of the record being read; `take_back` returns all but the first
    of them, so that a broken record costs only its first line.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.pending: list[str] = []
        self.number = 0
        self.may_hold_odd_text = False
        self.ends_without_newline = False
        self.bytes_read = 0
        self._length = 0
        self._back: list[str] = []
        self._blocks = _text_blocks(path, encoding, self)
        self._ready: Iterator[str] = iter(())

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else self._take()
        self.number += 1
        self.pending.append(line)
        self._length += len(line)
        if self._length > LONGEST_LINE:
            raise LongLineError
        return line

    def _take(self) -> str:
        line = next(self._ready, None)
        while line is None:
            self._ready = iter(io.StringIO(next(self._blocks), newline="\n"))
            line = next(self._ready, None)
        return line

    def start_record(self) -> None:
        """Forget the record before."""
        self.pending.clear()
        self._length = 0

    def take_back(self) -> str:
        """Give back all lines of this record but the first; return the first."""
        first, *rest = self.pending
        self._back.extend(reversed(rest))
        self.number -= len(rest)
        self.start_record()
        return first

    def break_off(self) -> BrokenRow:
        """The record that grew too long, as a broken row; reading goes on after its first line."""
        first = self.take_back()
        length = len(first)
        if length <= LONGEST_LINE:
            return BrokenRow(
                "a quoted cell to be closed",
                f"none closed within {LONGEST_LINE:,} characters",
                first,
            )
        kept, last = first[:KEPT_OF_LONG_LINE], first
        while not last.endswith("\n"):
            try:
                last = self._back.pop() if self._back else self._take()
            except StopIteration:
                break
            length += len(last)
        return BrokenRow(
            f"a line of at most {LONGEST_LINE:,} characters",
            f"one of {length:,}, of which the first {len(kept):,} are kept",
            kept,
        )


def _text_blocks(path: Path, encoding: str, state: Lines) -> Iterator[str]:
    """Text in blocks that end at a line's end; a byte that is no text becomes a lone surrogate."""
    carried = b""
    for block in _utf8_blocks(path, encoding):
        whole, newline, rest = (carried + block).rpartition(b"\n")
        if newline:
            yield _decoded(whole + newline, state)
        carried = rest
        if len(carried) > LONGEST_LINE:
            # Hand the long line out in pieces: the first passes LONGEST_LINE, and `break_off`
            # drops the others until the line ends.
            yield _decoded(carried, state)
            carried = b""
    if carried:
        state.ends_without_newline = True
        yield _decoded(carried, state)


def _decoded(block: bytes, state: Lines) -> str:
    state.bytes_read += len(block)
    try:
        text = block.decode()
    except UnicodeDecodeError:
        state.may_hold_odd_text = True
        return block.decode(errors="surrogateescape")
    if "\x00" in text or "\\u" in text:
        state.may_hold_odd_text = True
    return text


def _utf8_blocks(path: Path, encoding: str) -> Iterator[bytes]:
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if encoding in {"utf-8", "utf-8-sig"}:
            if start[:2] in _WIDE_BOMS:
                raise FeedError(
                    f"{path.name}: expected UTF-8, found UTF-16; name it in the mapping "
                    '(encoding = "utf-16") or export the file again as UTF-8'
                )
            if start.startswith(codecs.BOM_UTF8):
                file.seek(len(codecs.BOM_UTF8))
            while block := file.read(BLOCK_BYTES):
                yield block
            return
        yield from _transcoded(file, encoding, path.name)


def _transcoded(file: io.BufferedReader, encoding: str, name: str) -> Iterator[bytes]:
    try:
        decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        while block := file.read(BLOCK_BYTES):
            yield decoder.decode(block).encode(errors="surrogateescape")
        yield decoder.decode(b"", final=True).encode(errors="surrogateescape")
    except (UnicodeError, LookupError, TypeError) as failure:
        raise FeedError(
            f"{name}: expected text in {encoding}, as the mapping says, found bytes that are "
            "not; correct `encoding` in the mapping"
        ) from failure

"""Writes a made feed in the three formats of the contract, and the truth beside it.

One class for each format, all with `write(rows)` and `close()`. Parquet and JSON Lines
write an empty cell as null; CSV as nothing between two commas.
"""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from vigil.incidents.feed.columns import COLUMN_NAMES, TRUTH_FILE_NAME

Row = tuple[str, ...]


class FeedFile(Protocol):
    """One open file of a feed."""

    def write(self, rows: Sequence[Row]) -> None: ...

    def close(self) -> None: ...


class CsvFile:
    """CSV in UTF-8 with a header row."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\n")
        self._writer.writerow(COLUMN_NAMES)

    def write(self, rows: Sequence[Row]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        self._stream.close()


class JsonLinesFile:
    """One JSON object a line, every column in every line."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def write(self, rows: Sequence[Row]) -> None:
        encode = self._encode
        for row in rows:
            cells = {name: cell or None for name, cell in zip(COLUMN_NAMES, row, strict=True)}
            self._stream.write(encode(cells) + "\n")

    def close(self) -> None:
        self._stream.close()


class ParquetFile:
    """Parquet with every column as text, because a bad value has to fit as well."""

    def __init__(self, path: Path) -> None:
        self._schema = pa.schema([(name, pa.string()) for name in COLUMN_NAMES])
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        columns = [
            pa.array([cell or None for cell in column], pa.string())
            for column in zip(*rows, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


FORMATS: dict[str, type[CsvFile] | type[JsonLinesFile] | type[ParquetFile]] = {
    "csv": CsvFile,
    "jsonl": JsonLinesFile,
    "parquet": ParquetFile,
}


class FeedFiles:
    """The files of one feed, `reports-00` and so on, each of at most `rows_a_file` rows.

    Their names are wide enough to be in order when sorted, because that is the order in
    which a feed is read.
    """

    def __init__(self, directory: Path, *, kind: str, rows: int, rows_a_file: int) -> None:
        self._directory = directory
        self._kind = kind
        self._rows_a_file = rows_a_file
        self._width = max(2, len(str(max(0, rows - 1) // rows_a_file)))
        self._open: FeedFile | None = None
        self._written = 0
        self.paths: list[Path] = []

    def write(self, rows: Sequence[Row]) -> None:
        start = 0
        while start < len(rows):
            space = self._rows_a_file - self._written % self._rows_a_file
            if self._open is None or (space == self._rows_a_file and self._written):
                self._open_next()
            assert self._open is not None
            part = rows[start : start + space]
            self._open.write(part)
            self._written += len(part)
            start += len(part)

    def _open_next(self) -> None:
        self.close()
        name = f"reports-{len(self.paths):0{self._width}d}.{self._kind}"
        self.paths.append(self._directory / name)
        self._open = FORMATS[self._kind](self.paths[-1])

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class TruthFile:
    """`truth.parquet`: `row` (0-based, in the order of the feed), `suspect_truth`, `victim_truth`.

    Suspects and victims are numbered as one population: who is accused of something in one
    row and hurt in another has one number.
    """

    _SCHEMA = pa.schema(
        [("row", pa.int64()), ("suspect_truth", pa.int64()), ("victim_truth", pa.int64())]
    )

    def __init__(self, directory: Path) -> None:
        self.path = directory / TRUTH_FILE_NAME
        self._writer = pq.ParquetWriter(self.path, self._SCHEMA, compression="zstd")
        self._row = 0

    def write(self, suspects: Sequence[int], victims: Sequence[int]) -> None:
        rows = pa.array(range(self._row, self._row + len(suspects)), pa.int64())
        columns = [rows, pa.array(suspects, pa.int64()), pa.array(victims, pa.int64())]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._SCHEMA))
        self._row += len(suspects)

    def close(self) -> None:
        self._writer.close()

"""Reads a made feed back as plain rows, without the project's own readers."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq

from vigil.incidents.feed.checks import faults_of_values
from vigil.incidents.feed.columns import COLUMNS

Row = dict[str, str]


def rows_of(directory: Path) -> list[Row]:
    """Every row of the CSV files of a directory, in the order of a feed."""
    rows: list[Row] = []
    for path in sorted(directory.glob("reports-*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows.extend(csv.DictReader(stream))
    return rows


def json_rows_of(directory: Path) -> list[Row]:
    lines = [
        line
        for path in sorted(directory.glob("reports-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [{name: cell or "" for name, cell in json.loads(line).items()} for line in lines]


def parquet_rows_of(directory: Path) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(directory.glob("reports-*.parquet")):
        rows.extend(
            {name: cell or "" for name, cell in row.items()}
            for row in pq.read_table(path).to_pylist()
        )
    return rows


def truth_of(directory: Path) -> dict[str, list[int]]:
    truth: dict[str, list[int]] = pq.read_table(directory / "truth.parquet").to_pydict()
    return truth


def faulty_rows(rows: list[Row]) -> dict[int, str]:
    """Row number -> the column that breaks the contract, by the feed's own checks."""
    found: dict[int, str] = {}
    for column in COLUMNS:
        bad = faults_of_values(column, {row[column.name] for row in rows})
        found |= {number: column.name for number, row in enumerate(rows) if row[column.name] in bad}
    return found

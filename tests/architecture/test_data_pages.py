"""The pages about the feed and about the files of identification say what the code does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow.parquet as pq

from tests.architecture.source import ROOT
from tests.support.tutorial import type_all
from vigil.entrypoints.web.doors.routes import all_routes
from vigil.incidents.feed.columns import COLUMNS, FILLED_COLUMNS, REQUIRED_COLUMNS, Kind

REFERENCE = ROOT / "docs" / "reference"


def cells(page: str) -> list[list[str]]:
    """The rows of a page's tables whose first cell is a name in code."""
    rows = re.findall(r"^\| (`\w+` \|.*) \|$", page, re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows]


def section(page: str, title: str) -> str:
    return page.split(f"## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_the_feeds_page_has_every_column_in_order_with_its_meaning() -> None:
    found = cells(section((REFERENCE / "feed.md").read_text(), "Columns"))
    assert [(row[0], row[1], row[3]) for row in found] == [
        (f"`{c.name}`", c.about.value, c.meaning) for c in COLUMNS
    ]
    for row, column in zip(found, COLUMNS, strict=True):
        if column.kind is Kind.CODE:
            assert row[2] == ", ".join(f"`{value}`" for value in column.values), row[0]


def test_the_feeds_page_says_which_columns_must_be_there_and_filled() -> None:
    said = section((REFERENCE / "feed.md").read_text(), "Columns").split(" must be there")[0]
    assert tuple(re.findall(r"`(\w+)`", said)) == REQUIRED_COLUMNS
    assert REQUIRED_COLUMNS[:3] == FILLED_COLUMNS


def test_the_page_of_identification_has_every_file_and_column(tmp_path: Path) -> None:
    (done,) = type_all(
        [
            "cd ~; printf 'report_id,force,reported_on,suspect_surname,suspect_born_on\\n"
            "1,10,2026-01-02,Fennimore,1988-05-14\\n2,10,2026-01-03,Fennimore,1988-05-14\\n'"
            " > feed.csv; vigil identify feed.csv --out found --explain"
        ],
        tmp_path,
    )
    assert done.status == 0, done.printed
    page = (REFERENCE / "files-of-identification.md").read_text()
    files = sorted(path.name for path in (tmp_path / "found").iterdir())
    assert sorted(re.findall(r"^## (\S+)$", page, re.MULTILINE)) == files
    for name in files:
        said = [row[0].strip("`") for row in cells(section(page, name))]
        path = tmp_path / "found" / name
        is_table = path.suffix == ".parquet"
        assert said == (
            pq.read_schema(path).names if is_table else list(json.loads(path.read_text()))
        ), name


def test_the_apis_page_has_every_operation() -> None:
    page = (REFERENCE / "api.md").read_text()
    said = set(re.findall(r"^## `(\w+) /(\S+)`$", page, re.MULTILINE))
    built = {
        (route.method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.address).rstrip("/"))
        for route in all_routes()
        if route.address.startswith("api/v1/") and route.name not in {"api-root", "openapi-json"}
    }
    assert said == built


def test_every_page_stands_in_the_index() -> None:
    docs = ROOT / "docs"
    linked = set(re.findall(r"\]\(([^)#]+)", (docs / "README.md").read_text()))
    # The law has an index of its own, written from the data: a page for each order.
    index = "reference/law/index.md"
    assert index in linked
    found = re.findall(r"\]\(([^)#]+)", (docs / index).read_text())
    linked |= {f"reference/law/{target}" for target in found}
    pages = {str(page.relative_to(docs)) for page in docs.rglob("*.md")} - {"README.md"}
    assert pages - linked == set()


def test_every_picture_is_shown_and_small() -> None:
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.name in (ROOT / "README.md").read_text()
        assert picture.stat().st_size < 150_000

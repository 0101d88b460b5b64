"""The reference pages are the data: a page that differs from it is stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigil.law.ask import KINDS, answer
from vigil.law.loading import law
from vigil.law.tables import pages, write

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"
BY_HAND = ("asking.md", "format.md")
HOW = "stale: run `python -m vigil.law.tables docs/reference/law`"


@pytest.mark.parametrize("name", pages())
def test_the_page_is_what_the_data_says(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], HOW


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == {*pages(), *BY_HAND}, HOW


def test_the_examples_of_the_page_are_what_the_law_answers() -> None:
    text = (FOLDER / "asking.md").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("    {")]

    assert len(lines) >= 6
    for question, said in zip(lines[::2], lines[1::2], strict=True):
        assert answer(question) == said


def test_the_page_names_every_kind() -> None:
    text = (FOLDER / "asking.md").read_text(encoding="utf-8")

    assert [kind for kind in KINDS if f"| `{kind}` |" not in text] == []


def test_every_subject_of_the_data_has_a_table() -> None:
    told = "".join(pages().values())

    assert [subject for subject in law().subjects if f"(`{subject}`)" not in told] == []


def test_the_proposed_page_says_that_it_is_not_law() -> None:
    assert "Nothing on this page is in force" in pages()["proposals.md"]


def test_the_pages_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "law")

    assert {path.name for path in (tmp_path / "law").iterdir()} == set(pages())

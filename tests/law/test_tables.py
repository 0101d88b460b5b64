"""The reference pages are the data: a page that differs from it is stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vigil.law.ask import KINDS, answer
from vigil.law.facts import Regime
from vigil.law.loading import law
from vigil.law.tables import TOPICS, pages, write
from vigil.law.vocabulary import INSTRUMENTS, PROPOSED_INSTRUMENTS, TERMS

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "law"
BY_HAND = ("asking.md", "format.md")
HOW = "stale: run `python -m vigil.law.tables docs/reference/law`"


@pytest.mark.parametrize("name", pages())
def test_the_page_is_what_the_data_says(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], HOW


def test_no_page_is_left_over() -> None:
    held = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.md")}
    assert held == {*pages(), *BY_HAND}, HOW


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
    assert "Nothing under this heading is in force" in pages()["proposals.md"]


@pytest.mark.parametrize("code", [*INSTRUMENTS, *PROPOSED_INSTRUMENTS])
def test_every_order_has_a_page_and_what_is_proposed_stands_apart(code: str) -> None:
    page = pages()[f"instruments/{code}.md"]
    today, _, proposed = page.partition("## Proposed, not law")

    assert f"(`{code}`)" in page
    assert "PROPOSED:" not in today
    assert ("PROPOSED:" in proposed) == any(
        fact.of == code and fact.proposal for fact in law(Regime.PALADIN).facts
    )


def test_a_term_stands_under_its_question() -> None:
    page = pages()["instruments/DVPO.md"]
    how_long = page[page.index("## How long") : page.index("## What it may and must contain")]

    assert "Longest duration: 28 days" in how_long
    assert "a breach is" not in how_long


def test_no_page_is_longer_than_a_reader_bears() -> None:
    longest = {name: text.count("\n| ") for name, text in pages().items() if "/" in name}

    assert max(longest.values()) < 250, longest


def test_every_term_has_a_heading() -> None:
    assert {what for _, terms in TOPICS for what in terms if not what.endswith("_")} <= set(TERMS)


def test_the_pages_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    left_over = tmp_path / "law" / "instruments" / "GONE.md"
    left_over.parent.mkdir(parents=True)
    left_over.write_text("an order that the data no longer has")

    write(tmp_path / "law")

    folder = tmp_path / "law"
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.md")} == set(pages())

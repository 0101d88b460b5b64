"""The glossary and the explanation of the ranking say what the code does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from vigil.register.rules import SerialFacts, rank
from vigil.register.weights import invented_weights

DOCS = Path(__file__).parents[2] / "docs"


def entries() -> list[tuple[str, list[str]]]:
    text = (DOCS / "reference/glossary.md").read_text()
    found = re.findall(r"^\*\*(.+)\*\*\n((?:(?::|  ).+\n)+)", text, re.MULTILINE)
    return [(term, re.split(r"^: ", body, flags=re.MULTILINE)[1:]) for term, body in found]


def test_each_word_is_explained_once() -> None:
    words = [word for word, _ in entries()]
    assert len(words) > 60
    assert len(words) == len(set(words))


def test_each_entry_says_what_the_word_means_and_what_it_does_not() -> None:
    for word, (meaning, *others) in entries():
        assert meaning.strip(), word
        assert [one.startswith("*Not* ") for one in others] == [True], word


def test_no_entry_is_lost_for_its_layout() -> None:
    text = (DOCS / "reference/glossary.md").read_text()
    assert len(re.findall(r"^\*\*.+\*\*$", text, re.MULTILINE)) == len(entries())


def test_the_score_by_hand_is_the_score_that_is_calculated() -> None:
    facts = SerialFacts("P-1", 4, 2, 1, None, date(2026, 10, 24), {"assault": 3, "threats": 1})
    (one,) = rank([facts], weights=invented_weights(), on=date(2026, 11, 23))
    text = (DOCS / "explanation/ranking.md").read_text()
    assert f"= **{one.score}**" in text
    for name, points in [
        ("recency | 30 days", one.recency),
        ("frequency | 4 reports", one.frequency),
        ("gravity | threats", one.gravity),
        ("victims | 2", one.victims_part),
    ]:
        assert f"| {name} | {points:g} |" in text

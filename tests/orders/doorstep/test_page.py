"""The page of the doorstep says what the code does: its examples, its words, its orders."""

from __future__ import annotations

import json
import re
from pathlib import Path

from vigil.orders.doorstep.ask import answer
from vigil.orders.doorstep.words import ACTS, CHANGES, MEANS, RULES, Missing, Verdict

PAGE = (Path(__file__).parents[3] / "docs/reference/doorstep.md").read_text()
CODES = set(re.findall(r"`([a-z_]+)`", PAGE))


def test_the_examples_of_the_page_are_answered_as_it_says() -> None:
    lines = [json.loads(line) for line in PAGE.splitlines() if line.startswith('    {"id"')]
    asked, said = lines[::2], lines[1::2]

    assert len(asked) == len(said) >= 4
    assert [answer(each) for each in asked] == said


def test_every_word_of_question_and_answer_is_on_the_page() -> None:
    words = {*ACTS, *MEANS, *RULES, *CHANGES, *(m.value for m in Missing), *(v for v in Verdict)}

    assert words - CODES == set()


def test_what_is_missing_is_listed_in_the_order_in_which_it_is_told() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `missing`"))
    told = re.findall(r"`([a-z_]+)`", row.split(":", 1)[1])

    assert told == [each.value for each in Missing]

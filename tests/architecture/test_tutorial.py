"""The first hour stays true: its commands are typed and end, and print, as the page says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.tutorial import ROOT, Ended, stable, steps, type_all

PAGE = ROOT / "docs" / "tutorials" / "first-hour.md"
STEPS = steps(PAGE.read_text())

pytestmark = pytest.mark.skipif(
    "VIGIL_DATABASE_URL" in os.environ, reason="the first hour is on the embedded database"
)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> list[Ended]:
    return type_all([step.typed for step in STEPS], Path(tmp_path_factory.mktemp("home")))


def test_every_command_ends_as_the_page_says(ended: list[Ended]) -> None:
    assert len(STEPS) > 15
    wrong = [
        f"{step.typed}ended {done.status}, expected {step.status}:\n{done.printed}"
        for step, done in zip(STEPS, ended, strict=True)
        if step.status != done.status
    ]
    assert wrong == []


def test_every_answer_on_the_page_is_what_is_printed(ended: list[Ended]) -> None:
    for step, done in zip(STEPS, ended, strict=True):
        if step.printed is not None:
            said = stable(step.printed, is_figures=step.is_figures)
            assert stable(done.printed, is_figures=step.is_figures) == said, step.typed

"""The first hour stays true: its commands are typed and end, and print, as the page says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.tutorial import ROOT, Ended, Step, stable, steps, type_all

PAGE = ROOT / "docs" / "tutorials" / "first-hour.md"
STEPS = steps(PAGE.read_text())

pytestmark = pytest.mark.skipif(
    "VIGIL_DATABASE_URL" in os.environ, reason="the first hour is on the embedded database"
)


def test_every_command_ends_and_prints_as_the_page_says(tmp_path: Path) -> None:
    # One test, because the page is typed once: two would be given to two workers.
    assert len(STEPS) > 15
    wrong = [fault for step, done in _typed(tmp_path) if (fault := _fault(step, done))]
    assert wrong == []


def _typed(home: Path) -> Iterable[tuple[Step, Ended]]:
    return zip(STEPS, type_all([step.typed for step in STEPS], home), strict=True)


def _fault(step: Step, done: Ended) -> str:
    if done.status != step.status:
        return f"{step.typed}ended {done.status}, expected {step.status}:\n{done.printed}"
    said, found = (
        stable(text or "", is_figures=step.is_figures) for text in (step.printed, done.printed)
    )
    is_as_said = step.printed is None or said == found
    return "" if is_as_said else f"{step.typed}printed {found}, expected {said}"

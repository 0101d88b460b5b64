"""Nothing is undocumented: commands, routes and settings stand in docs/reference, fresh."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import ROOT, modules
from tools.reference import PAGES, REFERENCE, SETTINGS


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_generated_page_is_fresh(page: str) -> None:
    assert (REFERENCE / page).read_text() == PAGES[page](), "run make docs"


def test_every_setting_that_the_code_reads_is_described() -> None:
    read = {
        name
        for path in modules()
        for name in re.findall(r"environ(?:\.get\(|\[)\"(VIGIL_\w+)\"", path.read_text())
    }
    assert read == set(SETTINGS)


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_every_decision_has_its_five_parts() -> None:
    parts = ["Context", "Options", "Decision", "Consequences", "Revisit when"]
    for page in sorted((ROOT / "docs/adr").glob("*.md")):
        text = page.read_text()
        assert re.match(r"# \d{4}: ", text), page.name
        found = [p for p in parts if re.search(rf"^## {p}", text, re.MULTILINE)]
        assert found == parts, page.name
        assert "efused" in text, f"{page.name} names no refused option"

"""The locks and the lists of dependencies say the same."""

from __future__ import annotations

import re
import tomllib

from tests.architecture.source import ROOT


def _ranges(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"}


def _name(requirement: str) -> str:
    return re.split(r"[\[~>=<]", requirement)[0].lower()


def test_pyproject_and_the_list_of_requirements_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert set(project["dependencies"]) == _ranges((ROOT / "requirements.in").read_text())


def test_every_direct_dependency_is_argued_for() -> None:
    page = (ROOT / "docs/reference/dependencies.md").read_text().lower()
    rows = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("|"))
    named = set(re.findall(r"[a-z0-9_-]+", rows))
    wanted = {
        _name(line)
        for file in ("requirements.in", "requirements-dev.in")
        for line in _ranges((ROOT / file).read_text())
    }
    assert wanted - named == set()
    assert named - wanted - {"package", "---"} == set()


def test_every_pin_has_a_hash_and_no_lock_names_a_host() -> None:
    for file in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / file).read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9._-]+==\S+.*$", text, re.MULTILINE)
        assert len(pins) > 20
        assert all(pin.endswith("\\") for pin in pins), "a pin without a hash"
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()

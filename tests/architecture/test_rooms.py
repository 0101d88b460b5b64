"""The house: which rooms there are, how files are named, how long they may grow."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import (
    PACKAGE,
    ROOMS,
    ROOT,
    calls,
    modules,
    name_of,
    tracked_files,
    tree,
)

REFUSED_NAMES = {"utils", "helpers", "services", "common", "misc"}
MOST_LINES = 500
# Rooms whose question is put but not yet answered.
EMPTY_ROOMS = {"custody", "cases", "exchange", "insight"}


def test_the_fifteen_rooms_are_there_and_no_other() -> None:
    found = {p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_which_question_it_answers(room: str) -> None:
    docstring = ast.get_docstring(tree(PACKAGE / room / "__init__.py"))
    assert docstring
    assert "?" in docstring


@pytest.mark.parametrize("room", sorted(EMPTY_ROOMS))
def test_a_room_that_is_not_needed_yet_holds_its_question_and_nothing_else(room: str) -> None:
    assert [p.name for p in (PACKAGE / room).rglob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_begins_with_what_it_is_for_and_stays_short(path: Path) -> None:
    text = path.read_text()
    assert ast.get_docstring(tree(path)) or not text.strip(), "no docstring"
    assert text.count("\n") <= MOST_LINES, "split it by noun"
    assert path.stem not in REFUSED_NAMES, "name it for what it holds"


def test_nothing_below_the_entry_points_reads_a_clock() -> None:
    clocks = {"now", "today", "utcnow", "time", "time_ns", "localtime"}
    owners = {"datetime", "date", "time", "timezone"}
    found = []
    for path in modules():
        name = name_of(path)
        if name.startswith("vigil.entrypoints"):
            continue
        for call in calls(path):
            function = call.func
            if (
                isinstance(function, ast.Attribute)
                and function.attr in clocks
                and isinstance(function.value, ast.Name)
                and function.value.id in owners
            ):
                found.append(f"{name}:{call.lineno}")
    assert found == []


def test_in_the_entry_points_only_the_clock_reads_the_time() -> None:
    pattern = re.compile(r"datetime\.now\(|date\.today\(|timezone\.now\(|\btime\.time\(")
    entrypoints = [p for p in modules() if name_of(p).startswith("vigil.entrypoints")]
    found = [name_of(p) for p in entrypoints if pattern.search(p.read_text())]
    assert found == ["vigil.entrypoints.clock"]


def test_no_file_names_a_path_of_a_machine_or_the_host_of_a_registry() -> None:
    hosts = [
        "py" + "pi.org",
        "python" + "hosted",
        "npm" + "js.",
        "deb." + "debian",
        "registry." + "npm",
    ]
    places = ["/" + "work/", "/" + "root/"]
    found = []
    for path in tracked_files():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {s}" for s in hosts + places if s in text]
    assert found == []


def test_a_suppressed_warning_names_what_it_suppresses() -> None:
    bare = re.compile(r"# type: ignore(?!\[)|# noqa(?!:)")
    assert [name_of(p) for p in modules() if bare.search(p.read_text())] == []

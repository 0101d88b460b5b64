"""`vigil doorstep`: lines in, lines out, exit status, and a start without Django."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

import pytest

from tests.orders.doorstep.cases import AT, act, order

COMMAND = [sys.executable, "-m", "vigil.entrypoints.cli.main", "doorstep"]


def line(identifier: str, **changed: Any) -> str:
    asked = {
        "id": identifier,
        "at": AT,
        "act": act(towards="V-1", means="phone"),
        "orders": [order(rules=["no_contact_any"])],
    }
    return json.dumps(asked | changed)


def run(*lines: str) -> tuple[list[Any], int]:
    asked = "\n".join(lines)
    done = subprocess.run(COMMAND, input=asked, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [json.loads(each) for each in done.stdout.splitlines()], done.returncode


@pytest.mark.parametrize(
    ("lines", "ids", "status"),
    [
        ([], [], 0),
        (["", "  "], [], 0),
        ([line("1"), "", line("2")], ["1", "2"], 0),
        ([line("1", at="never"), line("2")], ["1", "2"], 1),
        (["nonsense", line("2")], [None, "2"], 1),
        (["nonsense", "[1]"], [None, None], 2),
    ],
    ids=["nothing", "blanks", "two questions", "a bad question", "a line of nonsense", "no object"],
)
def test_lines_in_lines_out_and_the_exit_status(
    lines: list[str], ids: list[str | None], status: int
) -> None:
    answers, found = run(*lines)

    assert [each["id"] for each in answers] == ids
    assert found == status


def test_it_answers_without_django_and_without_a_home() -> None:
    program = (
        "import sys; from vigil.entrypoints.cli import doorstep; "
        "sys.exit(any(name.split('.')[0] in ('django', 'shapely', 'numpy', 'duckdb') "
        "for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PATH": "/usr/bin"})


def test_it_starts_fast() -> None:
    started = time.perf_counter()
    run(line("1"))

    # 0.3 s is the aim; the test allows for a machine that is shared.
    assert time.perf_counter() - started < 5


def test_the_help_shows_an_example() -> None:
    done = subprocess.run([*COMMAND, "--help"], capture_output=True, text=True, check=True)

    assert "Example" in done.stdout
    assert "Exit status" in done.stdout

"""The command itself: one sentence for whatever goes wrong, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def vigil(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if k != "VIGIL_DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", *words],
        env={**inherited, "VIGIL_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://x/y", "expected VIGIL_DATABASE_URL as postgresql://"),
        ("postgresql://vigil:secret@127.0.0.1:1/vigil", "expected a database that answers"),
    ],
    ids=["another database", "one that is not there"],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, url: str, words: str
) -> None:
    ran = vigil("ledger", "verify", home=tmp_path, VIGIL_DATABASE_URL=url)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"vigil: {words}")
    assert ran.stderr.count("\n") == 1
    assert "secret" not in ran.stderr


FAILING = """
import sys
from vigil.entrypoints.cli import main
def fail(*_: object, **__: object) -> None:
    raise RuntimeError("Quillfeather, Tarn")
main.app = fail
main.main()
"""


def failing(home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", FAILING],
        env={**os.environ, "VIGIL_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_nobody_foresaw_is_one_sentence_without_its_words(tmp_path: Path) -> None:
    ran = failing(tmp_path)
    assert ran.returncode == 2
    assert "not foreseen (RuntimeError)" in ran.stderr
    assert "Quillfeather" not in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_developer_may_ask_for_the_whole_of_it(tmp_path: Path) -> None:
    ran = failing(tmp_path, VIGIL_TRACEBACK="1")
    assert "Traceback" in ran.stderr


def test_a_command_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ran = vigil("nonsense", home=tmp_path)
    assert ran.returncode == 2
    assert "No such command" in ran.stderr


def test_asking_the_law_loads_no_django(tmp_path: Path) -> None:
    program = (
        "import sys; from vigil.entrypoints.cli.main import Topics, app; import typer\n"
        "typer.main.get_command(app).get_command(None, 'law')\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0

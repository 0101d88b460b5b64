"""Does a test notice when a clock, a period or a calendar of the law is wrong?

Run: make mutants-law (half an hour). mutmut changes one thing at a time in the four modules and
runs the tests that reach it, in a copy of the law room without Django or a database. It prints the
score and each mutant that no test noticed; law-mutants.md beside it holds what it printed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTEST = '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = ["--import-mode=importlib"]\n\n'
AIM = 85


def copied(folder: Path) -> None:
    """The law room, its tests and mutmut's own settings, with nothing of Django's."""
    for part in ("vigil/law", "tests/law"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("vigil/__init__.py", "tests/__init__.py"):
        shutil.copy(ROOT / part, folder / part)
    settings = (ROOT / "pyproject.toml").read_text()
    own = settings[settings.index("[tool.mutmut]") :]
    rest = own.find("\n[", 1)
    (folder / "pyproject.toml").write_text(PYTEST + (own if rest < 0 else own[: rest + 1]))
    tomllib.loads((folder / "pyproject.toml").read_text())


def mutmut(folder: Path, *words: str) -> str:
    """What mutmut prints, run there."""
    return subprocess.run(
        [sys.executable, "-m", "mutmut", *words],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    ).stdout


def changed_lines(shown: str) -> str:
    """The line as it was and as it became."""
    return "\n".join(line for line in shown.splitlines() if line[:2] in ("- ", "+ "))


def main() -> int:
    """Mutate, count, show; 1 where the score is under the aim."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        mutmut(folder, "run", "--max-children", "2")
        lines = [line.split(": ") for line in mutmut(folder, "results", "--all", "1").splitlines()]
        said = {line[0].strip(): line[1].strip() for line in lines if len(line) == 2}
        survived = [mutant for mutant, how in said.items() if how == "survived"]
        for mutant in survived:
            print(mutant, changed_lines(mutmut(folder, "show", mutant)), sep="\n")
        killed = sum(1 for how in said.values() if how in ("killed", "timeout"))
        score = 100 * killed / len(said) if said else 0.0
        print(f"{killed} of {len(said)} noticed: {score:.1f} % (aim: at least {AIM})")
        return 0 if score >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())

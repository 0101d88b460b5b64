"""Types a page's shell blocks in order, in one bash, and reads what each printed.

A block is ```` ```sh ````, with `status=N` behind it where its last command ends so (0 is
not said). The ```` ```text ```` block after it is what it printed. ```` ```console ```` is
not run. `python -m tests.support.tutorial PAGE` fills the text blocks in anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r"```sh(?: status=(?P<status>\d))?\n(?P<typed>.*?)```\n"
    r"(?:\n```text(?P<figures> figures)?\n(?P<printed>.*?)```\n)?",
    re.DOTALL,
)
# A bar on a terminal; a line now and then where there is none.
PROGRESS = re.compile(r"^[a-z][a-z ,]+: [\d,]+ of [\d,]+\n", re.MULTILINE)
# What is another each time: drawn at random, or today.
CHANGING = [
    (re.compile(r"\b[0-9a-f]{64}\b"), "ROOT"),
    (re.compile(r"\bload-[0-9a-f]{12}\b"), "LOAD"),
    (re.compile(r"\b(?:P-[0-9A-Z]{6}|V-[0-9A-Z]{10})\b"), "REFERENCE"),
    (re.compile(r"\b(?:SPO-)\d{4}\b"), "SPO-YEAR"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?:T[\d:]+\+00:00)?"), "DAY"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ 2\d{3}\b"), "DAY"),
    (re.compile(r"\b\d{1,2}:\d\d[ap]m\b"), "TIME"),
]
NUMBER = re.compile(r"[-+]?\d[\d,.]*")


@dataclass(frozen=True)
class Step:
    """One block of a page: what is typed, how it should end, what it should print."""

    typed: str
    status: int
    printed: str | None
    is_figures: bool


@dataclass(frozen=True)
class Ended:
    """How a block ended, and what it printed."""

    status: int
    printed: str


def steps(page: str) -> list[Step]:
    """The blocks of a page, in order."""
    return [
        Step(m["typed"], int(m["status"] or 0), m["printed"], bool(m["figures"]))
        for m in BLOCK.finditer(page)
    ]


def type_all(typed: list[str], home: Path) -> list[Ended]:
    """Type every block into one bash, with `home` as the user's own folder."""
    marker = "@@ended "
    script = "".join(f"{text}\nprintf '\\n{marker}%s\\n' $?\n" for text in typed)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("VIGIL_", "DJANGO_"))}
    environment |= {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["/bin/bash", "-c", script],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    parts = re.split(rf"\n{marker}(\d+)\n", done.stdout)
    clean = [PROGRESS.sub("", part).replace(str(home), "/home/you") for part in parts[0::2]]
    return [Ended(int(s), text) for s, text in zip(parts[1::2], clean, strict=False)]


def stable(text: str, *, is_figures: bool) -> list[str]:
    """The lines of a text without what is another each time; without figures where asked."""
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    if is_figures:
        text = NUMBER.sub("N", text)
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def fill(path: Path) -> None:
    """Write what the blocks printed into the page."""
    page = path.read_text()
    with tempfile.TemporaryDirectory() as home:
        ended = iter(type_all([s.typed for s in steps(page)], Path(home)))

    def filled(m: re.Match[str]) -> str:
        printed = next(ended).printed
        if m["printed"] is None:
            return m[0]
        return f"{m[0][: m.start('printed') - m.start()]}{printed.strip()}\n```\n"

    path.write_text(BLOCK.sub(filled, page))


if __name__ == "__main__":
    fill(Path(sys.argv[1]))

"""The code as text and as trees, for the tests about the code."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "vigil"
ROOMS = [
    "config",
    "entrypoints",
    "insight",
    "exchange",
    "cases",
    "monitoring",
    "custody",
    "orders",
    "register",
    "victims",
    "identity",
    "incidents",
    "access",
    "ledger",
    "law",
]


@cache
def modules() -> tuple[Path, ...]:
    """Every module of vigil but the migrations."""
    return tuple(p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node


def tracked_files() -> list[Path]:
    """What git holds, as it stands in the work tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]

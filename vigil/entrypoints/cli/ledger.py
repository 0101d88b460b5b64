"""`vigil ledger`: is the record whole? Verify it, export it, keep a checkpoint."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from vigil.entrypoints.cli.frame import (
    FAULTS,
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    progress,
    refuse,
    viewer_of,
)
from vigil.ledger import verify as verifier

app = typer.Typer(no_args_is_help=True, help="Is the record whole?")
Line = TypeVar("Line")

Kept = Annotated[
    list[str] | None,
    typer.Option("--kept", help="A checkpoint that you kept, as SIZE:ROOT. May be given again."),
]
Export = Annotated[
    Path | None, typer.Option("--export", help="Verify this export instead of the record.")
]


@app.command()
def verify(
    home: Home = None, export: Export = None, kept: Kept = None, as_json: AsJson = False
) -> None:
    """Recompute the whole ledger; tell the first entry that is wrong. Shows no entry.

    Example: vigil ledger verify --kept 5000:6e34...a01d
    """
    try:
        held = verifier.kept_of(kept or [])
    except ValueError:
        refuse("expected --kept as SIZE:ROOT with a root of 64 hex digits, found another")
    report = _of_export(export, held) if export else _of_record(home, held)
    typer.echo(
        json.dumps(verifier.as_json(report)) if as_json else "\n".join(verifier.in_words(report))
    )
    if not report.is_whole:
        raise typer.Exit(FAULTS)


@app.command("export")
def export_to(
    file: Annotated[Path, typer.Argument(help="Where to write it; must not exist yet.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Write every sealed entry and every checkpoint as JSON lines. The ledger notes who did.

    Example: vigil ledger export ledger.jsonl --as ada --because "audit 2027"
    """
    with app_errors():
        open_record(home)
        from vigil.entrypoints.clock import now
        from vigil.ledger.actions import take_out
        from vigil.ledger.queries import lines

        size = take_out(by=viewer_of(as_user, because, demo="auditor"), at=now())
        with progress("entries", size) as tell:
            _write(file, _counted(lines(exported_at=now()), tell))
    typer.echo(f"{size} entries written to {file}; they name who did what: keep it safe")


@app.command()
def checkpoint(home: Home = None, as_json: AsJson = False) -> None:
    """Seal what is not sealed yet, and print the checkpoint to keep in other hands.

    Example: vigil ledger checkpoint >> kept-by-the-auditor.txt
    """
    with app_errors():
        open_record(home)
        from vigil.entrypoints.clock import now
        from vigil.ledger.sealing import seal

        head = seal(now())
    if head is None:
        refuse("expected entries to seal, found an empty ledger; nothing was done yet")
    elif as_json:
        typer.echo(json.dumps({"size": head.size, "root": head.root}))
    else:
        typer.echo(f"{head.size}:{head.root}")


def _of_export(path: Path, kept: dict[int, str]) -> verifier.Report:
    try:
        with path.open("rb") as file, progress("lines") as tell:
            return verifier.verify(_counted(verifier.lines_of(file), tell), kept)
    except OSError as missing:
        reason = missing.strerror
    refuse(f"expected an export that can be read, found none: {reason}; check the path")
    raise AssertionError


def _of_record(home: Path | None, kept: dict[int, str]) -> verifier.Report:
    with app_errors():
        open_record(home)
        from vigil.entrypoints.clock import now
        from vigil.ledger.queries import lines

        with progress("lines") as tell:
            return verifier.verify(_counted(lines(exported_at=now(), with_rows=True), tell), kept)
    raise AssertionError


def _counted(lines: Iterable[Line], tell: Any) -> Iterator[Line]:
    for done, line in enumerate(lines, start=1):
        yield line
        if done % 1000 == 0:
            tell(done)


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """For the owner's eyes only, and never over another file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as taken:
        refuse(f"expected a new file to write to, found that it cannot be made: {taken.strerror}")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())
    sys.stdout.flush()

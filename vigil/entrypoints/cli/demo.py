"""`vigil demo`: an invented force with a year behind it, and a page to use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import Home, app_errors, open_record, refuse, use_home
from vigil.entrypoints.cli.serve import check_port, collect_static, run
from vigil.entrypoints.clock import today as this_day

app = typer.Typer()

DAY = ["%Y-%m-%d"]
LEFT_BY_A_DEMO = (
    "demo-feed",
    "demo-feed-before",
    "demo-feed-within",
    "feeds",
    "spill",
    "demo-work",
)


@app.command()
def demo(
    reports: Annotated[int, typer.Option(help="How many reports the feed has.", min=1)] = 100_000,
    seed: Annotated[int, typer.Option(help="Another seed is another world.")] = 1,
    today: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The last day of the demo's year.")
    ] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve at the end.")] = True,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port on 127.0.0.1.")] = 8000,
    home: Home = None,
) -> None:
    """Play a year in an invented force through the doors that a user has, then serve it.

    A demo of before in the same home is cleared away first; a record that is no demo is never
    touched.
    Example: vigil demo --reports 20000 --seed 7 --today 2026-11-23 --no-serve
    """
    began = monotonic()
    with app_errors():
        folder = use_home(home)
        if serve:
            check_port(port)
        _clear(folder)
        open_record(home)
        _check_empty()
        from vigil.entrypoints.demo.play import play

        played = play(
            home=folder,
            reports=reports,
            seed=seed,
            today=today.date() if today else this_day(),
            say=lambda words: _say(words, began),
        )
    _say("done", began)
    _tell(folder, played.first, played.candidates, played.late, port)
    if serve:
        collect_static()
        run(port, str(folder), with_worker=True)


def _say(words: str, began: float) -> None:
    sys.stderr.write(f"[{monotonic() - began:6.1f} s] {words}\n")
    sys.stderr.flush()


def _clear(folder: Path) -> None:
    """Take an earlier demo's files away, so that the same seed is the same world."""
    import shutil

    record = folder / "vigil.db"
    accounts = folder / "demo-accounts.json"
    begun = folder / "demo-begun"
    if record.exists() and not (accounts.exists() or begun.exists()):
        refuse(
            "expected an empty home or one of a demo, found a record; choose another with --home"
        )
    for name in LEFT_BY_A_DEMO:
        path = folder / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    for path in (record, Path(f"{record}-wal"), Path(f"{record}-shm"), accounts):
        path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    begun.touch()


def _check_empty() -> None:
    """On PostgreSQL the record is elsewhere, and is never cleared by a demo."""
    from vigil.access.queries import agencies

    if agencies():
        refuse("expected an empty database for the demo, found one that is in use; name another")


def _tell(folder: Path, first: Sequence[str], candidates: int, late: int, port: int) -> None:
    typer.echo(f"\nThe first {len(first)} of {candidates} serial perpetrators, as candidates:")
    for line in first:
        typer.echo(line)
    typer.echo(f"\nDuties that are late on the offender manager's list: {late}")
    accounts = f"{folder.name}/demo-accounts.json"
    typer.echo(f"Sign in at http://127.0.0.1:{port}/ with an account of {accounts}:")
    typer.echo("a user name and a password for each of ten roles in two forces.")

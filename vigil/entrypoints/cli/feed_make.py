"""`vigil feed make`: an invented feed, with its truth beside it.

Refuses to write into a directory that already holds a feed. Touches no record and starts
no Django.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import AsJson, app_errors, progress, refuse
from vigil.entrypoints.clock import today
from vigil.incidents.invented import Made, make_feed

app = typer.Typer()


@app.command("make")
def make(
    *,
    reports: Annotated[int, typer.Option("--reports", help="How many rows.")],
    out: Annotated[Path, typer.Option("--out", help="Directory to write into.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same feed.")] = 1,
    last_day: Annotated[
        str | None,
        typer.Option("--until", help="Last day that is reported on, YYYY-MM-DD; default today."),
    ] = None,
    kind: Annotated[str, typer.Option("--format", help="csv, jsonl or parquet.")] = "csv",
    faulty: Annotated[
        int, typer.Option("--faults", help="How many rows break the contract on purpose.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Make an invented feed, with the truth of who is who beside it.

    Nobody in it exists. Example: vigil feed make --reports 100000 --seed 7 --out var/feed
    """
    on = _day(last_day) if last_day else today()
    with app_errors(), progress("making the feed", reports) as tell:
        made = make_feed(
            out, reports=reports, seed=seed, last_day=on, kind=kind, faulty=faulty, progress=tell
        )
    _report(made, as_json=as_json)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        refuse("--until: expected a day such as 2026-11-22, found something else; mend it.")
        raise


def _report(made: Made, *, as_json: bool) -> None:
    if as_json:
        found = asdict(made) | {
            "files": [str(path) for path in made.files], "truth": str(made.truth),
        }  # fmt: skip
        typer.echo(json.dumps(found))
        return
    files = "1 file" if len(made.files) == 1 else f"{len(made.files)} files"
    typer.echo(
        f"{made.rows:,} reports in {files}, {made.faulty_rows:,} of them faulty "
        f"on purpose: {made.suspects:,} suspects, {made.serial_suspects:,} of them with two or "
        f"more victims. Truth: {made.truth}"
    )

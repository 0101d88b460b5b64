"""`vigil worker`: received feeds, jobs, due dates, alerts, the ledger's seal."""

from __future__ import annotations

import json
import threading
from datetime import datetime
from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import FAULTS, AsJson, Home, app_errors, open_record
from vigil.entrypoints.clock import now

app = typer.Typer()


@app.command()
def worker(
    home: Home = None,
    once: Annotated[bool, typer.Option("--once", help="Do what waits now, and end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Do background work until it is told to stop (SIGTERM, Ctrl-C), or once.

    Prints a line whenever it did something. Exit status 1 with --once when a part failed.
    Example: vigil worker --once
    """
    with app_errors():
        open_record(home)
        from vigil.entrypoints.worker.due import run_due
        from vigil.entrypoints.worker.loop import holder_name, run, stop_on_signals

        stop = threading.Event()
        stop_on_signals(stop)
        if not once:
            typer.echo(f"{now().isoformat(timespec='seconds')} looking for work", err=as_json)
            run(stop=stop, tell=lambda at, counts: _say(at, counts, as_json=as_json))
            return
        at = now()
        counts = run_due(at, should_stop=stop.is_set, holder=holder_name())
    _say(at, counts, as_json=as_json)
    if any(key.endswith("failed") for key in counts):
        raise typer.Exit(FAULTS)


def _say(at: datetime, counts: dict[str, int], *, as_json: bool) -> None:
    stamp = at.isoformat(timespec="seconds")
    if as_json:
        typer.echo(json.dumps({"at": stamp, **counts}))
        return
    words = ", ".join(f"{key.replace('_', ' ')} {count:,}" for key, count in counts.items())
    typer.echo(f"{stamp} {words or 'nothing to do'}")

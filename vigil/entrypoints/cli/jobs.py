"""`vigil jobs`: ask the worker to identify, or to put candidates up."""

from __future__ import annotations

from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import (
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    refuse,
    viewer_of,
)
from vigil.entrypoints.clock import now

app = typer.Typer(no_args_is_help=True, help="Ask the worker for something.")


@app.callback()
def jobs() -> None:
    """Ask the worker for something."""


@app.command()
def ask(
    kind: Annotated[str, typer.Argument(help="identify, or put_up.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Ask the worker for a job. Asked twice while it waits, it is done once.

    Example: vigil jobs ask identify --as analyst --because "weekly feed"
    """
    with app_errors():
        open_record(home)
        from vigil.entrypoints.worker.due import HANDLERS
        from vigil.monitoring.actions.jobs import enqueue

        if kind not in HANDLERS:
            refuse(f"expected one of {', '.join(HANDLERS)}, found another job; choose one")
        by = viewer_of(as_user, because, demo="analyst")
        job = enqueue(by=by, at=now(), kind=kind, target=by.agency)
    typer.echo(f"job {job} waits for the worker")

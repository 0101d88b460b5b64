"""`vigil check`: which settings are unsafe, and why."""

from __future__ import annotations

import json
from importlib import import_module

import typer

from vigil.entrypoints.cli.frame import REFUSED, AsJson, Home, app_errors, open_record

app = typer.Typer()


@app.command()
def check(home: Home = None, as_json: AsJson = False) -> None:
    """Refuse unsafe settings: say which and why.

    Example: vigil check --home /srv/vigil
    """
    with app_errors():
        open_record(home, migrate=False)
        # The settings live in `config`, above the entry points: asked for by name, as Django does.
        found: list[str] = import_module("vigil.config.safety").unsafe_settings()
    if as_json:
        typer.echo(json.dumps({"unsafe": found}))
    elif not found:
        typer.echo("No unsafe setting found.")
    for sentence in [] if as_json else found:
        typer.echo(f"unsafe: {sentence}", err=True)
    if found:
        raise typer.Exit(REFUSED)

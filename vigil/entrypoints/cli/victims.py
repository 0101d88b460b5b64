"""`vigil victims`: record a protected person. Her name never stands on a command line."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

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

app = typer.Typer(no_args_is_help=True, help="Record a protected person, sealed.")

FIELDS = ("name", "born_on", "address", "safe_contact", "advocate")


@app.callback()
def victims() -> None:
    """Record a protected person, sealed."""


@app.command()
def protect(
    about: Annotated[
        Path, typer.Argument(metavar="FILE", help="A JSON file about her; - for standard input.")
    ],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record a protected person, everything about her sealed. Prints her reference.

    FILE holds name, and where there is any born_on, address, safe_contact, advocate.
    Example: vigil victims protect - --as olive --because "application 44" < her.json
    """
    with app_errors():
        given = _read(about)
        open_record(home)
        from vigil.victims.actions import protect as protect_person

        typer.echo(
            protect_person(
                by=viewer_of(as_user, because, demo="offender_manager"), at=now(), **given
            )
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        given = {str(name): str(value) for name, value in json.loads(text).items() if value}
        born_on = date.fromisoformat(given["born_on"]) if "born_on" in given else None
    except (OSError, ValueError, AttributeError):
        refuse("expected a JSON file about one person, found none that can be read; see --help")
        raise AssertionError from None
    unknown = sorted(given.keys() - set(FIELDS))
    if unknown:
        refuse(f"expected only {', '.join(FIELDS)}, found another field; see --help")
    return {**given, "name": given.get("name", ""), "born_on": born_on}

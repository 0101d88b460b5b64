"""`vigil agency`: what an agency has chosen: definition of serial, weights, questions at doors."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
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

app = typer.Typer(no_args_is_help=True, help="What an agency has chosen.")


@app.command()
def definition(
    name: Annotated[str, typer.Argument(help="northumbria_matac, acpo_2009, richards ...")],
    regime: Annotated[str, typer.Option("--regime", help="in_force, or a proposal.")] = "in_force",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Choose your agency's definition of a serial perpetrator, and its regime.

    Example: vigil agency definition acpo_2009 --as ada --because "policy of May 2026"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import set_definition

        by = viewer_of(as_user, because, demo="administrator")
        set_definition(by=by, at=now(), agency=by.agency, definition=name, regime=regime)
    typer.echo(f"agency {by.agency}: {name}, {regime}")


@app.command()
def weights(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A TOML file of the weights.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Replace your agency's table of weights. A table that cannot rank is refused.

    Example: vigil agency weights weights.toml --as ada --because "policy of May 2026"
    """
    with app_errors():
        given = _read(table)
        open_record(home)
        from vigil.access.actions import set_weights
        from vigil.register.weights import weights_from

        by = viewer_of(as_user, because, demo="administrator")
        name = weights_from(given).name
        set_weights(by=by, at=now(), agency=by.agency, weights=given)
    typer.echo(f"agency {by.agency}: {name}")


@app.command()
def questions(
    most_an_hour: Annotated[int, typer.Argument(metavar="HOUR", help="The most in an hour.")],
    most_a_day: Annotated[int, typer.Argument(metavar="DAY", help="The most in a day.")],
    why: Annotated[str, typer.Option("--why", help="Why so many and no more.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Choose how often one user may ask the doorstep about one place. Each answer says inside or
    outside: enough of them would find a home.

    Example: vigil agency questions 6 12 --why "two doors a shift" --as ada --because "policy"
    """
    with app_errors():
        open_record(home)
        from vigil.monitoring.actions.questions import limit_questions

        by = viewer_of(as_user, because, demo="administrator")
        limit_questions(by=by, at=now(), most_an_hour=most_an_hour, most_a_day=most_a_day, why=why)
    typer.echo(f"agency {by.agency}: {most_an_hour} an hour, {most_a_day} a day")


def _read(path: Path) -> dict[str, object]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        # The record keeps JSON; a day is kept as it is written.
        return dict(json.loads(json.dumps(told, default=str)))
    except (OSError, ValueError):
        refuse("expected a TOML file of weights, found none that can be read; see docs/explanation")
        raise AssertionError from None

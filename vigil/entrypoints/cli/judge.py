"""`vigil judge`: a human's word on two reports, and taking it back."""

from __future__ import annotations

from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import AsUser, Because, Home, app_errors, open_record, viewer_of
from vigil.entrypoints.clock import now

app = typer.Typer(
    no_args_is_help=True, help="Say of two reports whether their suspect is the same."
)

Why = Annotated[str, typer.Option("--why", help="Your reason, without names.")]


@app.command()
def pair(
    left: Annotated[str, typer.Argument(help="A report, as 10/ABC.")],
    right: Annotated[str, typer.Argument(help="The other report.")],
    verdict: Annotated[str, typer.Option("--verdict", help="same, not_same or unsure.")],
    why: Why,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Say of two reports whether their suspect is the same. It wins over the model.

    Example: vigil judge pair 10/A1 44/B7 --verdict not_same --why "brothers" --as analyst
    --because "review list"
    """
    with app_errors():
        open_record(home)
        from vigil.identity.actions import judge

        by = viewer_of(as_user, because, demo="analyst")
        typer.echo(judge(by=by, at=now(), left=left, right=right, verdict=verdict, why=why))


@app.command()
def withdraw(
    judgement: Annotated[str, typer.Argument(help="The judgement's reference, as J-000001.")],
    why: Why,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Take a judgement back. It stays on the record, with who withdrew it and why.

    Example: vigil judge withdraw J-000001 --why "wrong pair" --as analyst --because "review list"
    """
    with app_errors():
        open_record(home)
        from vigil.identity.actions import withdraw_judgement

        by = viewer_of(as_user, because, demo="analyst")
        withdraw_judgement(by=by, at=now(), judgement=judgement, why=why)
    typer.echo(f"{judgement} was withdrawn")

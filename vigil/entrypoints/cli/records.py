"""`vigil records`: seal a record to named people, and lift the seal."""

from __future__ import annotations

from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import AsUser, Because, Home, app_errors, open_record, viewer_of
from vigil.entrypoints.clock import now

app = typer.Typer(no_args_is_help=True, help="Seal a record to named people, and lift the seal.")

Reference = Annotated[str, typer.Argument(help="A person's reference, as P-7K3M9Q.")]


@app.command()
def seal(
    reference: Reference,
    named: Annotated[
        list[str], typer.Option("--to", help="Who may see it besides you; his owner too; several.")
    ],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Seal a record: to everybody who is not named it does not exist.

    Example: vigil records seal P-7K3M9Q --to olive --as supt --because "he is an officer"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import seal_record

        seal_record(
            by=viewer_of(as_user, because, demo="authorising_officer"),
            at=now(),
            reference=reference,
            named=named,
        )
    typer.echo(f"{reference} is sealed to {len({*named})} besides you")


@app.command()
def lift(
    reference: Reference, home: Home = None, as_user: AsUser = None, because: Because = None
) -> None:
    """Lift the seal of a record. Only who is named by it may.

    Example: vigil records lift P-7K3M9Q --as supt --because "the inquiry has ended"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import lift_seal

        lift_seal(
            by=viewer_of(as_user, because, demo="authorising_officer"),
            at=now(),
            reference=reference,
        )
    typer.echo(f"the seal of {reference} was lifted")

"""`vigil accounts`: agencies, accounts and tokens.

A password is typed at the prompt or piped in, never given on the command line, where the
machine's other users and its history would see it.
"""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from vigil.access.viewer import INSTALLER, Role
from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    viewer_of,
)
from vigil.entrypoints.clock import now

app = typer.Typer(no_args_is_help=True, help="Agencies, users and tokens.")

Username = Annotated[str, typer.Argument(help="The user name.")]
AgencyCode = Annotated[str, typer.Option("--agency", help="The agency's code.")]
FullName = Annotated[str, typer.Option("--name", help="The person's name, as colleagues say it.")]


@app.command()
def first(
    username: Username,
    agency: AgencyCode,
    agency_name: Annotated[str, typer.Option("--agency-name", help="The agency's name.")],
    name: FullName = "",
    home: Home = None,
) -> None:
    """Make the first agency and its first administrator. Works once, on an empty record.

    Example: vigil accounts first ada --agency 10 --agency-name "Invented Force"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import found_installation

        found_installation(
            by=INSTALLER,
            at=now(),
            code=agency,
            name=agency_name,
            username=username,
            password=_password(),
            full_name=name,
        )
    typer.echo(f"{username} is the administrator of agency {agency}")


@app.command("agency")
def add_agency(
    code: Annotated[str, typer.Argument(help="The force's two digits, or a word.")],
    name: Annotated[str, typer.Option("--name", help="The agency's name.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Add an agency. Open its first administrator next.

    Example: vigil accounts agency 44 --name "Other Force" --as ada --because "joined in May"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import found_agency

        found_agency(
            by=viewer_of(as_user, because, demo="administrator"), at=now(), code=code, name=name
        )
    typer.echo(f"agency {code} was added")


@app.command("open")
def open_one(
    username: Username,
    role: Annotated[Role, typer.Option("--role", help="One of the ten roles.")],
    agency: AgencyCode,
    name: FullName = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Open an account with one role.

    Example: vigil accounts open bob --role offender_manager --agency 10 --as ada --because "new"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import open_account

        open_account(
            by=viewer_of(as_user, because, demo="administrator"),
            at=now(),
            agency=agency,
            username=username,
            password=_password(),
            role=role,
            full_name=name,
        )
    typer.echo(f"the account {username} was opened")


@app.command()
def close(
    username: Username, home: Home = None, as_user: AsUser = None, because: Because = None
) -> None:
    """Close an account and revoke its tokens, from its next request on. Its name stays taken.

    Example: vigil accounts close bob --as ada --because "left the force"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import close_account

        close_account(
            by=viewer_of(as_user, because, demo="administrator"), at=now(), username=username
        )
    typer.echo(f"the account {username} was closed")


@app.command()
def password(
    username: Username, home: Home = None, as_user: AsUser = None, because: Because = None
) -> None:
    """Give an account a new password; its sessions end.

    Example: vigil accounts password bob --as ada --because "forgotten"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import set_password

        by = viewer_of(as_user, because, demo="administrator")
        set_password(by=by, at=now(), username=username, password=_password())
    typer.echo(f"the account {username} has a new password")


@app.command()
def token(
    username: Username,
    revoke: Annotated[bool, typer.Option("--revoke", help="Revoke all instead.")] = False,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Make a token for the API and print it, this once; or revoke every one of the account.

    Example: vigil accounts token bob --as ada --because "hand-held device"
    """
    with app_errors():
        open_record(home)
        from vigil.access.actions import make_token, revoke_token

        by = viewer_of(as_user, because, demo="administrator")
        if revoke:
            revoked = revoke_token(by=by, at=now(), username=username)
            typer.echo(f"{revoked} tokens were revoked")
        else:
            typer.echo(make_token(by=by, at=now(), username=username))


@app.command("list")
def list_all(
    home: Home = None, as_user: AsUser = None, because: Because = None, as_json: AsJson = False
) -> None:
    """The accounts of your agency: role, open or closed, live tokens.

    Example: vigil accounts list --as ada --because "yearly review" --json
    """
    with app_errors():
        open_record(home)
        from vigil.access.queries import accounts

        found = accounts(viewer_of(as_user, because, demo="administrator"))
    if as_json:
        rows = [
            {
                "username": a.username,
                "role": a.role.value,
                "is_open": a.is_open,
                "tokens": a.tokens,
            }
            for a in found
        ]
        typer.echo(json.dumps(rows))
        return
    for account in found:
        state = "open" if account.is_open else "closed"
        typer.echo(f"{account.username}  {account.role}  {state}  {account.tokens} tokens")


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")

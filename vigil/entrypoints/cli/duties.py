"""`vigil duties`: my caseload, what he has told us, and my alerts."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    refuse,
    viewer_of,
)
from vigil.entrypoints.clock import LONDON, now

app = typer.Typer(no_args_is_help=True, help="My caseload, due first; notifications; alerts.")


@app.command()
def mine(
    home: Home = None, as_user: AsUser = None, because: Because = None, as_json: AsJson = False
) -> None:
    """What is late, due today and due later for the people whom you own. References only.

    Example: vigil duties mine --as olive --because "morning"
    """
    with app_errors():
        open_record(home)
        from vigil.monitoring.queries import caseload

        found = caseload(viewer_of(as_user, because, demo="offender_manager"), at=now())
    if as_json:
        typer.echo(json.dumps({"cases": [asdict(c) for c in found.cases]}, default=str))
        return
    typer.echo(", ".join(f"{n} {str(u).replace('_', ' ')}" for u, n in found.counts.items()))
    for case in found.cases:
        offence = f", offence {case.offence}" if case.offence and case.late_since else ""
        typer.echo(
            f"{str(case.urgency).replace('_', ' '):<10} {case.duty}  {case.person}  {case.kind}  "
            f"last day {case.due_on}{offence}"
        )


@app.command()
def notify(
    duty: Annotated[str, typer.Argument(help="The duty's reference.")],
    told_at: Annotated[
        str, typer.Option("--at", help="When, as 2026-03-02T16:10; London unless it says.")
    ],
    items: Annotated[
        list[str], typer.Option("--item", help="What he told, as name, home_address; several.")
    ],
    proof: Annotated[str, typer.Option("--proof", help="The record that he was given.")] = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record that the subject told what he owes, himself, at a police station.

    Example: vigil duties notify D-7 --at 2026-03-04T10:00 --item name --item home_address
    --as olive --because "front desk"
    """
    with app_errors():
        try:
            typed = datetime.fromisoformat(told_at)
        except ValueError:
            refuse("expected a time as 2026-03-02T16:10, found another; correct it")
            raise AssertionError from None
        open_record(home)
        from vigil.monitoring.actions.duties import notify as notify_duty

        status = notify_duty(
            by=viewer_of(as_user, because, demo="offender_manager"),
            at=now(),
            duty=duty,
            told_at=typed if typed.tzinfo else typed.replace(tzinfo=LONDON),
            items=items,
            proof=proof,
        )
    typer.echo(f"{duty}: {str(status).replace('_', ' ')}")


@app.command()
def alerts(
    home: Home = None, as_user: AsUser = None, because: Because = None, as_json: AsJson = False
) -> None:
    """The alerts sent to you, unread first.

    Example: vigil duties alerts --as olive --because "morning"
    """
    with app_errors():
        open_record(home)
        from vigil.monitoring.queries import alerts_for

        found = alerts_for(viewer_of(as_user, because, demo="offender_manager"))
    if as_json:
        typer.echo(json.dumps({"alerts": [asdict(a) for a in found]}, default=str))
        return
    for one in found:
        state = "read" if one.read_at else "unread"
        typer.echo(f"{one.alert}  {state}  {one.cause}  {one.duty}  {one.person}")


@app.command()
def read(
    alert: Annotated[int, typer.Argument(help="The alert's number.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Say that you have read an alert.

    Example: vigil duties read 7 --as olive --because "morning"
    """
    with app_errors():
        open_record(home)
        from vigil.monitoring.actions.alerts import read_alert

        read_alert(by=viewer_of(as_user, because, demo="offender_manager"), at=now(), alert=alert)
    typer.echo(f"alert {alert} was read")

"""`vigil orders`, whole: the commands of an order's life, and what can be read of it.

Prints references, dates, clauses word for word and the law with its provisions.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil.entrypoints.cli import orders_changes, orders_steps
from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    viewer_of,
)
from vigil.entrypoints.cli.orders import DAY, Order, app, say
from vigil.entrypoints.cli.orders_frame import Area
from vigil.entrypoints.clock import now, today
from vigil.orders.rules import say_at, say_day

if TYPE_CHECKING:
    from vigil.orders.guiding import Guide
    from vigil.orders.versions import Version

# Whose commands this topic has besides its own: named here, so that they are there.
WITH = (orders_steps, orders_changes)


@app.command()
def versions(
    *,
    order: Order,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Show the lists of clauses that an order has had: what was added, removed, changed.

    Example: vigil orders versions SPO-2026-0001 --as bob --because "incident 0212"
    """
    with app_errors():
        open_record(home)
        from vigil.access.look import look
        from vigil.orders import queries

        viewer = viewer_of(as_user, because, demo="response_officer")
        with look(viewer=viewer, references=[order], at=now()) as sight:
            found = queries.versions_of(sight, order)
    lines = [line for one in found for line in _version_lines(one)]
    say(
        {"order": order, "versions": [_version(one) for one in found]},
        as_json=as_json,
        words="\n".join(lines) or f"{order} has no terms yet.",
    )


def _version(one: Version) -> dict[str, Any]:
    return {
        "number": one.number,
        "by": one.kind,
        "since": one.since.isoformat(),
        "last_day": one.last_day.isoformat() if one.last_day else None,
        "changes": [
            {
                "clause": change.clause,
                "mark": change.mark,
                "before": change.before.text if change.before else None,
                "after": change.after.text if change.after else None,
            }
            for change in one.changes
        ],
    }


def _version_lines(one: Version) -> list[str]:
    last = f"until {say_day(one.last_day)}" if one.last_day else "until further order"
    lines = [f"{one.number}. {one.kind} at {say_at(one.since)}, {last}"]
    for change in one.changes:
        shown = change.after or change.before
        assert shown is not None
        lines.append(f"   {change.mark} {change.clause}. {shown.text}")
        if change.before and change.after and change.before.text != change.after.text:
            lines.append(f"      before: {change.before.text}")
    return lines


@app.command()
def guide(
    *,
    instrument: Annotated[str, typer.Argument(help="The instrument's code, as STALK_PO.")],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=DAY, help="On this day; today if left out.")
    ] = None,
    respondent: Annotated[
        str | None, typer.Option("--respondent", help="A person: his reports are listed.")
    ] = None,
    rank: Annotated[
        str | None, typer.Option("--rank", help="The rank that would issue it.")
    ] = None,
    age: Annotated[int | None, typer.Option("--age", help="How old the respondent is.")] = None,
    area: Area = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Say whether an order may be asked for here, on which test, and with which terms.

    Exits 1 where it may not, with each reason and its provision.
    Example: vigil orders guide DAPO --area Croydon --as olive --because "application 44"
    """
    with app_errors():
        open_record(home)
        from vigil.orders import queries

        found, reports = queries.guide_for(
            viewer_of(as_user, because, demo="offender_manager"),
            instrument.upper(),
            on=on.date() if on else today(),
            respondent=respondent,
            issuer_rank=rank,
            subject_age=age,
            area=area,
        )
    say(_guided(found, reports), as_json=as_json, words="\n".join(_guide_lines(found, reports)))
    if not found.may:
        raise typer.Exit(1)


def _guided(found: Guide, reports: tuple[str, ...]) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "instrument": found.instrument,
        "on": found.on.isoformat(),
        "may": found.may,
        "refusals": [
            {"code": one.code, "message": one.message, "provisions": one.provisions}
            for one in found.refusals
        ],
        "told": {
            one.what: {"text": one.text, "provision": one.provision, "confidence": one.confidence}
            for one in found.told
        },
        "may_hold": sorted(found.content.kinds) if found.content else None,
        "must_hold": sorted(found.content.must_hold) if found.content else None,
        "needs_supervisor": found.content.needs_supervisor if found.content else None,
        "interim": found.interim,
        "leads_to": found.leads_to,
        "reports": list(reports),
    }
    return {**answer, "proposed": True} if found.is_proposed else answer


def _guide_lines(found: Guide, reports: tuple[str, ...]) -> list[str]:
    proposed = " PROPOSED: not law." if found.is_proposed else ""
    asked = "may be asked for" if found.may else "may not be asked for"
    lines = [f"{found.kind.title} on {say_day(found.on)}: {asked}.{proposed}"]
    lines += [f"- {one.message} ({one.provisions})" for one in found.refusals]
    lines += [
        f"{one.what.replace('_', ' ').capitalize()}: {one.text} ({one.provision})"
        for one in found.told
    ]
    if found.content:
        lines.append(f"Terms: {found.content.text}")
    if reports:
        lines.append(f"Reports: {', '.join(reports)}")
    return lines


@app.command()
def pending(
    *,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """List your agency's drafts and applications that are still open, oldest first.

    Example: vigil orders pending --as olive --because "the morning's list"
    """
    with app_errors():
        open_record(home)
        from vigil.orders import queries

        found = queries.pending(viewer_of(as_user, because, demo="offender_manager"))
    say({"orders": found}, as_json=as_json, words="\n".join(found) or "Nothing is pending.")

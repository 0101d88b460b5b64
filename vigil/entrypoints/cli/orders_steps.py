"""`vigil orders`: the steps to an order that begins as a draft, up to its making or its failure.

Each command is one action. Holds no rule: the actions refuse with the same sentence as
everywhere.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
)
from vigil.entrypoints.cli.orders import TERMS, Order, app, instant, read_terms, say
from vigil.entrypoints.cli.orders_frame import Area, Court, File, Rank, When, act_on, done

if TYPE_CHECKING:
    from vigil.access.viewer import Viewer


DRAFT: dict[str, Any] = {
    **{
        name: TERMS[name]
        for name in (
            *("instrument", "protected", "clauses", "last_day", "applicant", "subject_age"),
            *("area", "jurisdiction", "without_notice", "evidence"),
        )
    },
    "respondents": lambda given: [str(one) for one in given],
}


@app.command()
def draft(
    *,
    terms: File,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Begin an order or a notice, one draft for each respondent. Prints the references.

    TERMS holds instrument, respondents (persons' references), protected (references), clauses
    (a list of clause, text, rule); and where there are any last_day, applicant, subject_age,
    area, jurisdiction, without_notice, evidence.
    Example: vigil orders draft terms.json --as olive --because "application 44"
    """
    with app_errors():
        asked = read_terms(terms, DRAFT, ("instrument", "respondents", "protected", "clauses"))

        def act(by: Viewer, at: datetime) -> tuple[str, ...]:
            from vigil.orders.actions import draft as begin

            return begin(by=by, at=at, **asked)

        found = act_on(home, as_user, because, act)
    say({"orders": list(found)}, as_json=as_json, words="\n".join(found))


@app.command()
def authorise(
    *,
    order: Order,
    authorised_at: When,
    rank: Rank,
    area: Area = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that an officer of that rank authorised a draft; the law says which rank it takes.

    Example: vigil orders authorise DVPN-2026-0001 --at 2026-03-02T16:10 --rank superintendent
    """
    with app_errors():
        at_ = instant(authorised_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import authorise as record_it

            return record_it(by=by, at=at, order=order, authorised_at=at_, rank=rank, area=area)

        counted = act_on(home, as_user, because, act, demo="authorising_officer")
    done(order, "authorised", counted, as_json=as_json)


@app.command()
def apply(
    *,
    order: Order,
    applied_at: When,
    court: Court,
    applicant: Annotated[
        str | None, typer.Option("--applicant", help="Who asks: police, victim, prosecution.")
    ] = None,
    area: Area = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a court was asked for a drafted order.

    Example: vigil orders apply SPO-2026-0001 --at 2026-03-02T16:10 --court "Exmere"
    """
    with app_errors():
        at_ = instant(applied_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import apply_for

            return apply_for(
                by=by,
                at=at,
                order=order,
                applied_at=at_,
                court=court,
                applicant=applicant,
                area=area,
            )

        counted = act_on(home, as_user, because, act)
    done(order, "applied", counted, as_json=as_json)


@app.command()
def issue(
    *,
    order: Order,
    issued_at: When,
    area: Area = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Issue a notice that was drafted and authorised. It binds from its service.

    Example: vigil orders issue DVPN-2026-0001 --at 2026-03-02T16:20 --as sam --because "job 7"
    """
    with app_errors():
        at_ = instant(issued_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import issue_notice

            return issue_notice(by=by, at=at, order=order, issued_at=at_, area=area)

        counted = act_on(home, as_user, because, act, demo="authorising_officer")
    done(order, "issued", counted, as_json=as_json)


@app.command(name="list")
def list_hearing(
    *,
    order: Order,
    hearing_at: Annotated[str, typer.Option("--hearing", help="When it will be heard.")],
    listed_at: When,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record the hearing of an application, or of the one that follows a notice.

    Example: vigil orders list SPO-2026-0001 --hearing 2026-03-09T10:00 --at 2026-03-02T16:30
    """
    with app_errors():
        at_, heard = instant(listed_at), instant(hearing_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.list_hearing(
                by=by, at=at, order=order, listed_at=at_, hearing_at=heard, court=court
            )

        counted = act_on(home, as_user, because, act)
    done(order, "hearing", counted, as_json=as_json)


@app.command()
def adjourn(
    *,
    order: Order,
    adjourned_at: When,
    hearing_at: Annotated[
        str | None, typer.Option("--to", help="When it will be heard, where that was said.")
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a hearing was put off.

    Example: vigil orders adjourn SPO-2026-0001 --at 2026-03-09T10:20 --to 2026-03-16T10:00
    """
    with app_errors():
        at_, to = instant(adjourned_at), instant(hearing_at) if hearing_at else None

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import adjourn as record_it

            return record_it(by=by, at=at, order=order, adjourned_at=at_, hearing_at=to)

        counted = act_on(home, as_user, because, act)
    done(order, "adjourned", counted, as_json=as_json)


@app.command()
def made(
    *,
    order: Order,
    made_at: When,
    court: Court,
    terms: Annotated[
        Path | None,
        typer.Option("--terms", help="A JSON file with clauses or last_day, where they differ."),
    ] = None,
    area: Area = None,
    replaces: Annotated[
        str | None, typer.Option("--replaces", help="The order that ends with it.")
    ] = None,
    follows: Annotated[str | None, typer.Option("--follows", help="The notice before it.")] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a court made an order that was drafted here, as asked or with other terms.

    TERMS may hold clauses, last_day, until_further_order, subject_age, without_notice.
    Example: vigil orders made SPO-2026-0001 --at 2026-03-09T11:00 --court "Exmere"
    """
    with app_errors():
        at_ = instant(made_at)
        asked = read_terms(terms, MADE, ()) if terms else {}

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import make_drafted
            from vigil.orders.rules import london_day

            return make_drafted(
                by=by,
                at=at,
                order=order,
                made_on=london_day(at_),
                made_at=at_,
                court=court,
                area=area,
                replaces=replaces,
                follows=follows,
                **asked,
            )

        counted = act_on(home, as_user, because, act)
    done(order, "made", counted, as_json=as_json)


MADE = {name: TERMS[name] for name in ("clauses", "last_day", "subject_age", "without_notice")}
MADE["until_further_order"] = bool


@app.command(name="refuse")
def refuse_it(
    *,
    order: Order,
    refused_at: When,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that the court refused an application.

    Example: vigil orders refuse SPO-2026-0001 --at 2026-03-09T11:00 --as olive --because "list"
    """
    with app_errors():
        at_ = instant(refused_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.refuse(by=by, at=at, order=order, refused_at=at_, court=court)

        counted = act_on(home, as_user, because, act)
    done(order, "refused", counted, as_json=as_json)


@app.command()
def withdraw(
    *,
    order: Order,
    withdrawn_at: When,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a draft or an application was given up.

    Example: vigil orders withdraw SPO-2026-0001 --at 2026-03-05T09:00 --because "no evidence"
    """
    with app_errors():
        at_ = instant(withdrawn_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.withdraw(by=by, at=at, order=order, withdrawn_at=at_)

        counted = act_on(home, as_user, because, act)
    done(order, "withdrawn", counted, as_json=as_json)

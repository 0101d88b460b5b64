"""`vigil orders`: what comes after the making: knowledge, variation, suspension, appeal, links.

Each command is one action. Holds no rule: the actions refuse with the same sentence as
everywhere.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
)
from vigil.entrypoints.cli.orders import TERMS, Order, app, instant, read_terms, say
from vigil.entrypoints.cli.orders_frame import Court, File, LastDay, When, act_on, done
from vigil.orders.kinds import Knowledge, LinkKind, Proof

if TYPE_CHECKING:
    from vigil.access.viewer import Viewer


@app.command()
def know(
    *,
    order: Order,
    known_at: When,
    how: Annotated[Knowledge, typer.Option("--how", help="How he came to know.")],
    proof: Annotated[Proof, typer.Option("--proof", help="What proves it.")] = Proof.STATEMENT,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record proof that the respondent knew of an order that was not served on him.

    Example: vigil orders know NMO-2026-0001 --at 2026-03-03T14:00 --how told_by_an_officer
    """
    with app_errors():
        at_ = instant(known_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders.actions import record_knowledge

            return record_knowledge(by=by, at=at, order=order, known_at=at_, how=how, proof=proof)

        counted = act_on(home, as_user, because, act, demo="response_officer")
    done(order, "known", counted, as_json=as_json)


@app.command()
def vary(
    *,
    order: Order,
    terms: File,
    varied_at: When,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a court varied an order: the whole list of clauses, the last day, or both.

    TERMS holds clauses, last_day or until_further_order.
    Example: vigil orders vary SPO-2026-0001 terms.json --at 2026-06-01T11:00 --because "list"
    """
    with app_errors():
        at_ = instant(varied_at)
        asked = read_terms(terms, VARY, ())

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.vary(by=by, at=at, order=order, varied_at=at_, court=court, **asked)

        counted = act_on(home, as_user, because, act)
    done(order, "varied", counted, as_json=as_json)


VARY = {"clauses": TERMS["clauses"], "last_day": TERMS["last_day"], "until_further_order": bool}


@app.command()
def extend(
    *,
    order: Order,
    extended_at: When,
    last_day: LastDay,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a court gave an order a later last day.

    Example: vigil orders extend NMO-2026-0001 --at 2026-06-01T11:00 --last-day 2027-06-01
    """
    with app_errors():
        at_ = instant(extended_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.extend(
                by=by, at=at, order=order, extended_at=at_, last_day=last_day.date(), court=court
            )

        counted = act_on(home, as_user, because, act)
    done(order, "extended", counted, as_json=as_json, last_day=last_day.date().isoformat())


@app.command()
def renew(
    *,
    order: Order,
    renewed_at: When,
    last_day: LastDay,
    terms: Annotated[
        Path | None, typer.Option("--terms", help="A JSON file with clauses, where they differ.")
    ] = None,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a court renewed an order for another term.

    Example: vigil orders renew SPO-2026-0001 --at 2028-02-01T11:00 --last-day 2030-02-01
    """
    with app_errors():
        at_ = instant(renewed_at)
        asked = read_terms(terms, {"clauses": TERMS["clauses"]}, ()) if terms else {}

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.renew(
                by=by,
                at=at,
                order=order,
                renewed_at=at_,
                last_day=last_day.date(),
                court=court,
                **asked,
            )

        counted = act_on(home, as_user, because, act)
    done(order, "renewed", counted, as_json=as_json, last_day=last_day.date().isoformat())


@app.command()
def suspend(
    *,
    order: Order,
    suspended_at: When,
    until_at: Annotated[
        str | None, typer.Option("--until", help="When it binds again, where that was said.")
    ] = None,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that an order was suspended: it binds nobody until then, or until it is resumed.

    Example: vigil orders suspend SPO-2026-0001 --at 2026-06-01T11:00 --until 2026-06-15T00:00
    """
    with app_errors():
        at_, until = instant(suspended_at), instant(until_at) if until_at else None

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.suspend(
                by=by, at=at, order=order, suspended_at=at_, until_at=until, court=court
            )

        counted = act_on(home, as_user, because, act)
    done(order, "suspended", counted, as_json=as_json)


@app.command()
def resume(
    *,
    order: Order,
    resumed_at: When,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that a suspended order binds again.

    Example: vigil orders resume SPO-2026-0001 --at 2026-06-08T11:00 --because "list of 8 June"
    """
    with app_errors():
        at_ = instant(resumed_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.resume(by=by, at=at, order=order, resumed_at=at_, court=court)

        counted = act_on(home, as_user, because, act)
    done(order, "resumed", counted, as_json=as_json)


@app.command()
def quash(
    *,
    order: Order,
    quashed_at: When,
    court: Court = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that an order was quashed on appeal.

    Example: vigil orders quash SPO-2026-0001 --at 2026-09-01T11:00 --court "Exmere Crown Court"
    """
    with app_errors():
        at_ = instant(quashed_at)

        def act(by: Viewer, at: datetime) -> datetime:
            from vigil.orders import actions

            return actions.quash(by=by, at=at, order=order, quashed_at=at_, court=court)

        counted = act_on(home, as_user, because, act)
    done(order, "quashed", counted, as_json=as_json)


@app.command()
def link(
    *,
    order: Order,
    kind: Annotated[LinkKind, typer.Argument(help="What the first is to the second.")],
    other: Annotated[str, typer.Argument(help="The other order's reference.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Link two orders: the interim of it, follows it, one application, made for its breach.

    Example: vigil orders link RO-2026-0001 breach_of SPO-2026-0001 --as olive --because "list"
    """
    with app_errors():

        def act(by: Viewer, at: datetime) -> str:
            from vigil.orders import actions

            return actions.link(by=by, at=at, order=order, kind=kind, other=other)

        act_on(home, as_user, because, act)
    words = f"{order} {kind.replace('_', ' ')} {other}"
    say({"order": order, "kind": kind, "other": other}, as_json=as_json, words=words)

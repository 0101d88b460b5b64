"""`vigil orders`: make, serve, discharge and show orders. The other steps are in orders_life.

Prints references, dates and the clauses word for word; of a protected person her number. It
holds no rule: the actions refuse with the same sentence as everywhere.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from vigil.orders.kinds import Ending, How, Proof, Where
from vigil.orders.rules import Clause, say_at, say_day

if TYPE_CHECKING:
    from vigil.orders.queries import OrderView

app = typer.Typer(no_args_is_help=True, help="Draft, make, serve, change, end and show orders.")

Order = Annotated[str, typer.Argument(help="The order's reference, as SPO-2026-0001.")]
DAY = ["%Y-%m-%d"]


@app.callback()
def orders() -> None:
    """Draft, make, serve, change, end and show orders."""


@app.command()
def make(
    *,
    terms: Annotated[
        Path,
        typer.Argument(metavar="TERMS", help="A JSON file of the order's terms; - for stdin."),
    ],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record an order that a court made, or issue a notice. Prints its reference.

    TERMS holds instrument, respondent (a person's reference), made_on, clauses (a list of
    clause, text, rule), protected (references), court or issuer_rank; and where there are any
    made_at, last_day, applicant, subject_age, area, jurisdiction, without_notice, evidence,
    replaces, follows.
    Example: vigil orders make terms.json --as olive --because "application 44"
    """
    with app_errors():
        asked = read_terms(terms, TERMS, REQUIRED)
        open_record(home)
        from vigil.orders.actions import make as make_order

        reference = make_order(
            by=viewer_of(as_user, because, demo="offender_manager"), at=now(), **asked
        )
    say({"order": reference}, as_json=as_json, words=reference)


@app.command()
def serve(
    *,
    order: Order,
    served_at: Annotated[
        str, typer.Option("--at", help="When, as 2026-03-02T16:10; London unless it says.")
    ],
    how: Annotated[How, typer.Option("--how", help="How it was served.")] = How.PERSONAL,
    where: Annotated[Where, typer.Option("--where", help="At which kind of place.")] = Where.HOME,
    proof: Annotated[Proof, typer.Option("--proof", help="What proves it.")] = Proof.STATEMENT,
    served_by: Annotated[
        str | None, typer.Option("--by", help="Who served it, where that was not you.")
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that an order was served. Begins the duty that service gives by law.

    Example: vigil orders serve SPO-2026-0001 --at 2026-03-02T16:10 --as bob --because "job 7"
    """
    with app_errors():
        when = instant(served_at)
        open_record(home)
        from vigil.monitoring.sweep import begin_now
        from vigil.orders.actions import serve as serve_order

        at = now()
        counted = serve_order(
            by=viewer_of(as_user, because, demo="response_officer"),
            at=at,
            order=order,
            served_at=when,
            how=how,
            where=where,
            proof=proof,
            served_by=served_by,
        )
        duty = begin_now(order, at=at)
    say(
        {"order": order, "served_at": counted.isoformat(), "duty": duty},
        as_json=as_json,
        words=f"{order} served at {say_at(counted)}" + (f"; {duty} began" if duty else ""),
    )


@app.command()
def discharge(
    *,
    order: Order,
    discharged_at: Annotated[
        str, typer.Option("--at", help="When, as 2026-03-02T16:10; London unless it says.")
    ],
    how: Annotated[Ending, typer.Option("--how", help="How it ended.")] = Ending.COURT_ORDER,
    consents: Annotated[
        list[str] | None,
        typer.Option("--consent", help="Who consented: respondent, police; several times."),
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record that an order came to an end before its last day.

    Example: vigil orders discharge DVPN-2026-0001 --at 2026-03-04T10:00
    --how application_determined --as olive --because "hearing of 4 March"
    """
    with app_errors():
        when = instant(discharged_at)
        open_record(home)
        from vigil.orders.actions import discharge as discharge_order

        ended_at = discharge_order(
            by=viewer_of(as_user, because, demo="offender_manager"),
            at=now(),
            order=order,
            discharged_at=when,
            how=how,
            consents=frozenset(consents or ()),
        )
    say(
        {"order": order, "discharged_at": ended_at.isoformat()},
        as_json=as_json,
        words=f"{order} ended at {say_at(ended_at)}",
    )


@app.command()
def show(
    *,
    order: Order,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=DAY, help="As it stood at the end of this day."),
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Show one order as it stands, or as it stood at the end of a day; its clauses word for word.

    Example: vigil orders show SPO-2026-0001 --on 2026-03-03 --as bob --because "incident 0212"
    """
    with app_errors():
        open_record(home)
        from vigil.access.look import look
        from vigil.orders import queries
        from vigil.orders.rules import last_instant

        read_at = now()
        at = last_instant(on.date()) if on else read_at
        viewer = viewer_of(as_user, because, demo="response_officer")
        with look(viewer=viewer, references=[order], at=read_at) as sight:
            found = queries.order(sight, order, at=at)
    say(_shown(found, at), as_json=as_json, words="\n".join(_lines(found, at)))


def read_terms(path: Path, words: dict[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    """The terms of a file, with their days and instants read. `words` says how each is."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        terms = json.loads(text)
        given = {name: kind(terms[name]) for name, kind in words.items() if name in terms}
        missing = [name for name in required if name not in given]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        refuse("expected a JSON file of an order's terms, found none that can be read; see --help")
        raise AssertionError from None
    unknown = sorted(set(terms) - set(words))
    if missing or unknown:
        found = f"found no {', '.join(missing)}" if missing else f"found {', '.join(unknown)}"
        refuse(f"expected the terms that --help lists, {found}")
    return given


def instant(text: str) -> datetime:
    """An instant as it was typed; London's clock unless it has an offset."""
    try:
        typed = datetime.fromisoformat(text)
    except ValueError:
        refuse("expected a time as 2026-03-02T16:10, found another; correct it")
        raise AssertionError from None
    return typed if typed.tzinfo else typed.replace(tzinfo=LONDON)


def _maybe(kind: Any) -> Any:
    return lambda value: None if value is None else kind(value)


def _clauses(given: list[dict[str, Any]]) -> tuple[Clause, ...]:
    return tuple(Clause(str(c["clause"]), str(c["text"]), dict(c["rule"])) for c in given)


REQUIRED = ("instrument", "respondent", "made_on", "clauses", "protected")
TERMS: dict[str, Any] = {
    "instrument": str,
    "respondent": str,
    "made_on": date.fromisoformat,
    "clauses": _clauses,
    "protected": lambda given: [str(one) for one in given],
    "court": str,
    "issuer_rank": _maybe(str),
    "made_at": _maybe(instant),
    "last_day": _maybe(date.fromisoformat),
    "applicant": _maybe(str),
    "subject_age": _maybe(int),
    "area": _maybe(str),
    "jurisdiction": str,
    "without_notice": _maybe(bool),
    "evidence": lambda given: [str(one) for one in given],
    "replaces": _maybe(str),
    "follows": _maybe(str),
}


def _shown(found: OrderView, at: datetime) -> dict[str, Any]:
    standing = found.standing
    shown = {
        "order": found.reference,
        "instrument": found.instrument,
        "respondent": found.respondent,
        "at": at.isoformat(),
        "status": standing.status,
        "is_served": standing.is_served,
        "served_at": standing.served_at.isoformat() if standing.served_at else None,
        "made_on": found.made_on.isoformat() if found.made_on else None,
        "last_day": standing.last_day.isoformat() if standing.last_day else None,
        "ground": standing.ground,
        "act": standing.act,
        "provision": standing.provision,
        "protected": [one.number for one in found.protected],
        "clauses": [{"clause": c.clause, "text": c.text} for c in found.clauses],
        "replaces": found.replaces,
        "links": [
            {"kind": one.kind, "other": one.other, "is_from_here": one.is_from_here}
            for one in found.links
        ],
    }
    return {**shown, "proposed": True} if found.is_proposed else shown


def _lines(found: OrderView, at: datetime) -> list[str]:
    standing = found.standing
    if standing.since is None or found.made_on is None:
        return [f"{found.title} {found.reference}: not yet made at {say_at(at)}. {standing.ground}"]
    status = standing.status.replace("_", " ")
    last = f"until {say_day(standing.last_day)}" if standing.last_day else "until further order"
    return [
        f"{found.title} {found.reference} against {found.respondent}"
        + (". PROPOSED: not law." if found.is_proposed else ""),
        f"At {say_at(at)}: {status}. {standing.ground} ({standing.act} {standing.provision})",
        f"Made on {say_day(found.made_on)}, {last}.",
        f"Protects {len(found.protected)}: "
        + ", ".join(f"protected person {one.number}" for one in found.protected),
        *(f"{clause.clause}. {clause.text}" for clause in found.clauses),
    ]


def say(result: dict[str, Any], *, as_json: bool, words: str) -> None:
    typer.echo(json.dumps(result, ensure_ascii=False) if as_json else words)

"""`vigil register`: put candidates up, see them, decide, show whom the register holds.

Prints references, never a name. It holds no rule: the register's actions and queries answer,
and refuse with the same sentence as everywhere.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    progress,
    viewer_of,
)
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.kit.formats import count

if TYPE_CHECKING:
    from vigil.register.actions import Decided
    from vigil.register.queries import CandidateShown, SelectionShown, Standing

app = typer.Typer(no_args_is_help=True, help="Candidates and decisions.")

Person = Annotated[str, typer.Argument(help="The person's reference.")]
Day = Annotated[
    datetime | None,
    typer.Option("--review-on", formats=["%Y-%m-%d"], help="Looked at again on this day."),
]
REGISTERS_NOBODY = (
    "This list puts nobody on the register: a named officer decides, and gives reasons."
)
COLUMNS = (
    f"{'rank':>6}  {'person':<12} {'score':>6} {'R':>6} {'F':>6} {'G':>6} {'V':>6} "
    f"{'victims':>8} {'reports':>8} {'forces':>7}  {'last report':<11}  decision"
)


@app.callback()
def register() -> None:
    """Candidates and decisions."""


@app.command("put-up")
def put_up(
    home: Home = None, as_user: AsUser = None, because: Because = None, as_json: AsJson = False
) -> None:
    """Rank everyone whom the agency's definition finds serial. It registers nobody.

    Example: vigil register put-up --as analyst --because "monthly selection"
    """
    with app_errors():
        open_record(home)
        from vigil.register.actions import put_up_candidates

        viewer = viewer_of(as_user, because, demo="analyst")
        with progress("candidates") as tell:
            done = put_up_candidates(by=viewer, at=now(), progress=tell)
    if as_json:
        _say_json(asdict(done))
        return
    typer.echo(
        f"{count(done.candidates, 'candidate')} by {done.definition}, counted from {done.on}. "
        + REGISTERS_NOBODY
    )


@app.command()
def candidates(
    *,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
    most: Annotated[int, typer.Option("--most", min=1, help="How many lines at most.")] = 50,
    waiting: Annotated[
        bool, typer.Option("--waiting", help="Only those who wait for a decision.")
    ] = False,
) -> None:
    """The candidates of your agency, highest first, with the parts of their scores.

    Example: vigil register candidates --waiting --as analyst --because "monthly selection"
    """
    with app_errors():
        open_record(home)
        from vigil.register import queries

        viewer = viewer_of(as_user, because, demo="authorising_officer")
        selection = queries.selection(viewer)
        shown = queries.candidates(viewer, now(), waiting_only=waiting, most=most)
    if as_json:
        _say_json(
            {
                "selection": asdict(selection) if selection else None,
                "candidates": [asdict(one) for one in shown],
            }
        )
        return
    _say_selection(selection)
    if shown:
        typer.echo(COLUMNS)
    for one in shown:
        typer.echo(_line(one))


@app.command()
def decide(
    *,
    person: Person,
    outcome: Annotated[str, typer.Option("--outcome", help="register, decline or defer.")],
    reasons: Annotated[str, typer.Option("--reasons", help="Why, in your words.")],
    evidence: Annotated[
        list[str], typer.Option("--evidence", help="A report on him, as 10/ABC; several times.")
    ],
    necessity: Annotated[
        str, typer.Option("--necessity", help="To register: why it is necessary.")
    ] = "",
    proportionality: Annotated[
        str, typer.Option("--proportionality", help="To register: why it is not too much.")
    ] = "",
    review_on: Day = None,
    owner: Annotated[
        str, typer.Option("--owner", help="To register: the offender manager who answers for him.")
    ] = "",
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Record what you, a named authorising officer, decide about a candidate.

    Example: vigil register decide P-1 --outcome decline --reasons "One victim, twice."
    --evidence 10/ABC --as officer --because "monthly selection"
    """
    with app_errors():
        open_record(home)
        from vigil.register import actions

        decided = actions.decide(
            by=viewer_of(as_user, because, demo="authorising_officer"),
            at=now(),
            person=person,
            outcome=outcome,
            reasons=reasons,
            evidence=evidence,
            necessity=necessity,
            proportionality=proportionality,
            review_on=review_on.date() if review_on else None,
            owner=owner,
        )
    if as_json:
        _say_json(asdict(decided))
        return
    typer.echo(_decided(decided))


@app.command()
def owner(
    person: Person,
    user: Annotated[str, typer.Argument(help="An offender manager of your agency.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Give a registered person another owner of the same agency.

    Example: vigil register owner P-1 olwen --as officer --because "rota"
    """
    with app_errors():
        open_record(home)
        from vigil.register.actions import assign_owner

        assign_owner(
            by=viewer_of(as_user, because, demo="authorising_officer"),
            at=now(),
            person=person,
            owner=user,
        )
    typer.echo(f"{person}: owner {user}")


@app.command()
def end(
    person: Person,
    reasons: Annotated[str, typer.Option("--reasons", help="Why, in your words.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Take a person off the register. Everything that was recorded stays.

    Example: vigil register end P-1 --reasons "Died in May." --as officer --because "review"
    """
    with app_errors():
        open_record(home)
        from vigil.register.actions import end_registration

        ended = end_registration(
            by=viewer_of(as_user, because, demo="authorising_officer"),
            at=now(),
            person=person,
            reasons=reasons,
        )
    if as_json:
        _say_json(asdict(ended))
        return
    typer.echo(_decided(ended))


@app.command()
def show(
    person: Person,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Whether a person is on the register, every decision about him, his reports. This is a look.

    Example: vigil register show P-1 --as officer --because "incident 0212"
    """
    with app_errors():
        open_record(home)
        from vigil.access.look import look
        from vigil.identity import permissions
        from vigil.identity.queries import reports_of
        from vigil.register import queries

        viewer = viewer_of(as_user, because, demo="authorising_officer")
        with look(viewer=viewer, references=[person], at=now()) as sight:
            standing = queries.standing(sight, person)
            decisions = queries.decisions(sight, person)
            reports = reports_of(viewer, person) if permissions.can_see(viewer) else []
    if as_json:
        said = {"decisions": [asdict(one) for one in decisions], "reports": reports}
        _say_json({**asdict(standing), **said})
        return
    typer.echo(_standing(standing))
    if reports:
        typer.echo(f"reports on him, latest first: {', '.join(reports)}")
    for one in decisions:
        typer.echo(
            f"{one.decided_at:%Y-%m-%d} {one.outcome} by {one.decided_by_name} "
            f"(agency {one.agency}): {one.reasons}"
        )


def _say_json(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, default=str))


def _say_selection(selection: SelectionShown | None) -> None:
    if selection is None:
        typer.echo("No list of candidates yet: vigil register put-up makes one.")
        return
    typer.echo(
        f"{count(selection.candidates, 'candidate')} by {selection.definition}, counted from "
        f"{selection.on}. Weights: {selection.weights_name}. {selection.weights_statement}"
    )
    typer.echo(REGISTERS_NOBODY)


def _line(one: CandidateShown) -> str:
    state = "registered" if one.is_registered else one.outcome or "none yet"
    return (
        f"{one.place:>6}  {one.person:<12} {one.score:>6.2f} {one.recency:>6.2f} "
        f"{one.frequency:>6.2f} {one.gravity:>6.2f} {one.victims_part:>6.2f} {one.victims:>8} "
        f"{one.reports:>8} {one.forces:>7}  {one.last_on or 'no date'!s:<11}  {state}"
    )


def _decided(decided: Decided) -> str:
    review = f", looked at again by {decided.review_on}" if decided.review_on else ""
    proposed = " PROPOSED regime: not law on any day." if decided.is_proposed else ""
    return f"{decided.person}: {decided.outcome}{review}.{proposed}"


def _standing(one: Standing) -> str:
    if not one.is_registered:
        return f"{one.person}: not on the register. This is not proof that there is no risk."
    late = " (late)" if one.is_review_late else ""
    proposed = " PROPOSED regime: not law on any day." if one.is_proposed else ""
    duties = "duties" if one.carries_duties else "a police record without duties"
    return (
        f"{one.person}: on the register since {one.since_at:%Y-%m-%d}, by {one.decided_by_name} "
        f"(agency {one.agency}); {duties}; owner {one.owner}; review by {one.review_on}{late}."
        + proposed
    )

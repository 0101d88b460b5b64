"""`vigil search`: who is it? The likeliest people first, each with the evidence for him.

The candidates come as references; their names are read inside one look that names them all.
"No match" is never said as "no risk".
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

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
from vigil.entrypoints.clock import now, today

app = typer.Typer(add_completion=False, rich_markup_mode=None)

NO_MATCH = (
    "No match. That is not the same as no risk: he may not have been reported, or under"
    " another name."
)

Text = Annotated[str, typer.Option()]


@app.command("search")
def search(
    *,
    forename: Text = "",
    middle: Text = "",
    surname: Text = "",
    alias: Text = "",
    born_on: Annotated[str, typer.Option(help="YYYY-MM-DD, YYYY-MM or YYYY.")] = "",
    sex: Annotated[str, typer.Option(help="M, F or U.")] = "",
    house: Annotated[str, typer.Option(help="Number or name, and street.")] = "",
    postcode: Text = "",
    phone: Text = "",
    email: Text = "",
    handle: Text = "",
    vehicle: Text = "",
    pnc: Text = "",
    cro: Text = "",
    most: Annotated[int, typer.Option("--most", min=1, max=100, help="How many.")] = 10,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Say who it may be: ranked people with the evidence for each.

    Example: vigil search --forename Terry --surname Ashgrove --born-on 1984-03-09 --because
    "incident 0212"
    """
    with app_errors():
        open_record(home)
        from vigil.identity.queries import SearchTerms

        terms = SearchTerms(
            forename=forename, middle=middle, surname=surname, aliases=alias, born_on=born_on,
            sex=sex.upper(), house=house, postcode=postcode, phone=phone, email=email,
            handles=handle, vehicle=vehicle, pnc=pnc, cro=cro,
        )  # fmt: skip
        if not terms.columns():
            refuse("expected at least one term, found none; for example: vigil search --surname X")
        found = _found(terms, viewer_of(as_user, because, demo="response_officer"), most)
    if as_json:
        typer.echo(json.dumps({"candidates": found}, default=str))
        return
    if not found:
        typer.echo(NO_MATCH)
    for one in found:
        typer.echo(_lines(one))


def _found(terms: Any, viewer: Any, most: int) -> list[dict[str, Any]]:
    from vigil.access.look import look
    from vigil.identity import queries

    candidates = queries.search(viewer, terms, on=today(), most=most)
    if not candidates:
        return []
    with look(viewer=viewer, references=[one.person for one in candidates], at=now()) as sight:
        return [asdict(one) | _shown(queries.person(sight, one.person)) for one in candidates]


def _shown(person: Any) -> dict[str, Any]:
    return {
        "names": [one.value for one in person.names[:3]],
        "born_on": [one.value for one in person.birthdays[:3]],
        "addresses": [one.value for one in person.addresses[:2]],
        "reports": len(person.reports),
        "victims": person.victims,
    }


def _lines(one: dict[str, Any]) -> str:
    evidence = ", ".join(
        f"{name} {bits:+.1f}"
        for name, bits in sorted(one["bits"].items(), key=lambda item: item[1])
    )
    names = " / ".join(one["names"]) or "(no name)"
    born = " / ".join(one["born_on"]) or "not known"
    return (
        f"{one['person']}  {_odds(one['weight'])}  {names}, born {born};"
        f" {one['reports']} reports, {one['victims']} victims\n"
        f"    bits, weakest first: {evidence}"
    )


def _odds(weight: float) -> str:
    """A weight as people say it: very likely at 64 to 1, possible down to evens."""
    if weight >= 6:
        return f"very likely, about {2 ** min(weight, 40):,.0f} to 1"
    if weight >= 0:
        return f"possible, about {2**weight:.0f} to 1"
    return f"unlikely, about 1 to {2**-weight:,.0f}"

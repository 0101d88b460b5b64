"""`vigil victims`: protected persons, their places, how and when they are reached.

What is said of her is read from a file or standard input: a name or an address never stands
on a command line, where others on the machine can read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

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
from vigil.entrypoints.cli.victims_files import day_in, day_of, fields, read
from vigil.entrypoints.clock import now

app = typer.Typer(no_args_is_help=True, help="Protected persons and their places, sealed.")

MANAGER = "offender_manager"
CHUNK = 200
PROTECT = ("name", "born_on", "address", "safe_contact", "advocate", "known_as", "is_child")
PLACE = ("kind", "address", "lat", "lon", "polygon", "since_on")
CONTACT = ("who", "how", "what", "never")

Her = Annotated[str, typer.Argument(metavar="REFERENCE", help="Her reference, as V-7K3M9QXXXX.")]
About = Annotated[
    Path, typer.Argument(metavar="FILE", help="A JSON file about her; - for standard input.")
]


@app.callback()
def victims() -> None:
    """Protected persons and their places, sealed."""


@app.command()
def protect(
    about: About, home: Home = None, as_user: AsUser = None, because: Because = None
) -> None:
    """Record a protected person, everything about her sealed. Prints her reference.

    FILE holds name, and where there is any born_on, address, safe_contact, advocate, known_as
    (a list of names), is_child (true or false).
    Example: vigil victims protect - --as olive --because "application 44" < her.json
    """
    with app_errors():
        given = day_in(fields(read(about, dict), PROTECT), "born_on")
        open_record(home)
        from vigil.victims.actions import protect as protect_person

        by = viewer_of(as_user, because, demo=MANAGER)
        typer.echo(protect_person(by=by, at=now(), **{"name": "", **given}))


@app.command()
def mine(
    home: Home = None, as_user: AsUser = None, because: Because = None, as_json: AsJson = False
) -> None:
    """The references of those whom you may read, newest first. Names nobody.

    Example: vigil victims mine --as adah --because "my clients"
    """
    with app_errors():
        open_record(home)
        from vigil.victims import queries

        found = queries.mine(viewer_of(as_user, because, demo=MANAGER))
    typer.echo(json.dumps({"protected": found}) if as_json else "\n".join(found) or "Nobody.")


@app.command()
def show(
    reference: Her,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Who she is, her places, and whether she may be contacted now. One look, written down.

    Example: vigil victims show V-7K3M9QXXXX --as olive --because "application 44"
    """
    with app_errors():
        open_record(home)
        from vigil.access.look import look
        from vigil.entrypoints.cli.victims_words import as_object, lines_of
        from vigil.victims import queries

        by, at = viewer_of(as_user, because, demo=MANAGER), now()
        with look(viewer=by, references=[reference], at=at) as sight:
            her = queries.protected_person(sight, reference)
            places = queries.places_of(sight, reference)
            safe = queries.safe_now(sight, reference)
        if as_json:
            typer.echo(json.dumps(as_object(her, places, safe, at), ensure_ascii=False))
        else:
            typer.echo("\n".join(lines_of(her, places, safe)))


@app.command("add-place")
def add_place(
    reference: Her,
    about: About,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record a place of hers, sealed. Prints its reference, by which an order names it.

    FILE holds kind (home, work, school, refuge, other), and address, or lat and lon in degrees,
    or polygon (GeoJSON, longitude first), and since_on where it is known.
    Example: vigil victims add-place V-7K3M9QXXXX - --as olive --because "task 7" < place.json
    """
    with app_errors():
        given = day_in(fields(read(about, dict), PLACE), "since_on")
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        typer.echo(actions.add_place(by=by, at=now(), person=reference, **{"kind": "", **given}))


@app.command("end-place")
def end_place(
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Its reference, as L-7K3M9QXXXX.")],
    last_day: Annotated[str, typer.Option("--last-day", help="The last day on which it was hers.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record the last day on which a place was hers. An order that names it still holds there.

    Example: vigil victims end-place L-7K3M9QXXXX --last-day 2026-11-22 --because "task 7"
    """
    with app_errors():
        day = day_of(last_day)
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        actions.end_place(by=by, at=now(), place=place, last_day=day)
    typer.echo(f"{place} was hers until {day.isoformat()}")


@app.command("safe-contact")
def safe_contact(
    reference: Her,
    about: About,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record how she is reached safely. What counted until now stays as a version.

    FILE holds any of who (to ask for), how, what (to use or say), never (what not to do).
    Example: vigil victims safe-contact V-7K3M9QXXXX - --as adah --because "she rang" < how.json
    """
    with app_errors():
        given = fields(read(about, dict), CONTACT)
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        version = actions.set_safe_contact(by=by, at=now(), person=reference, **given)
    typer.echo(f"safe contact of {reference}: version {version}")


@app.command("safe-times")
def safe_times(
    reference: Her,
    about: About,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record when she may be contacted, by London's clock. What counted until now stays.

    FILE holds a list; each entry has days (mon ... sun), from_time and to_time, HH:MM; where
    to_time is not later it is on the next day. An empty list: never.
    Example: vigil victims safe-times V-7K3M9QXXXX - --as adah --because "she rang" < when.json
    """
    with app_errors():
        given = read(about, list)
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        version = actions.set_safe_times(by=by, at=now(), person=reference, times=given)
    typer.echo(f"safe times of {reference}: version {version}")


@app.command()
def hand(
    reference: Her,
    advocate: Annotated[
        str | None, typer.Option("--to", help="The user name of her new advocate; left out: none.")
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Hand her to another advocate, or to none. Who was hers reads nothing of her from now on.

    Example: vigil victims hand V-7K3M9QXXXX --to beth --as adah --because "I leave on Friday"
    """
    with app_errors():
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        actions.hand_to_advocate(by=by, at=now(), person=reference, advocate=advocate or "")
    typer.echo(f"{reference} has {'a new advocate' if advocate else 'no advocate'}")


@app.command()
def child(
    reference: Her,
    parent: Annotated[str, typer.Option("--of", help="The reference of her parent.")],
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Record that one protected person is the child of another.

    Example: vigil victims child V-2B8D4FXXXX --of V-7K3M9QXXXX --as olive --because "task 7"
    """
    with app_errors():
        open_record(home)
        from vigil.victims import actions

        by = viewer_of(as_user, because, demo=MANAGER)
        actions.mark_child_of(by=by, at=now(), child=reference, parent=parent)
    typer.echo(f"{reference} is the child of {parent}")


@app.command()
def reseal(
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Add a newer key first, and seal under that.")
    ] = False,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
) -> None:
    """Seal every protected person anew under the newest key of the victims' own.

    Also moves what the first release sealed under the other key. It may be stopped and run
    again: it goes on with what is left.
    Example: vigil victims reseal --as ada --because "the yearly new key"
    """
    with app_errors():
        open_record(home)
        from vigil.victims import actions, queries

        by = viewer_of(as_user, because, demo="administrator")
        rows = queries.to_reseal(by)
        if new_key:
            actions.add_key(by=by, at=now())
            rows = queries.to_reseal(by)
        done = 0
        with progress("sealed anew", len(rows)) as tell:
            for begin in range(0, len(rows), CHUNK):
                done += actions.reseal(by=by, at=now(), rows=rows[begin : begin + CHUNK])
                tell(done)
        left = len(queries.to_reseal(by))
    typer.echo(f"{done} sealed anew, {left} left under an older key")

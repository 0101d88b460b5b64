"""How long a doorstep answer takes over a register of 1,000,000 people and 300,000 live orders.

    python -m benchmarks.doorstep [--people N] [--orders N] [--requests N] [--home DIR]

Builds the record straight into the tables (invented, sealed with real seals; a home that is kept
with --home, or VIGIL_DATABASE_URL, is filled once and used again), serves it with `vigil serve`,
and asks POST /api/v1/doorstep over loopback, one question a request, by so many programs at once.
Half of the questions have a place. Every answer is a look, a question and two ledger entries.
SQLCipher first, then PostgreSQL in a cluster of its own. The client runs on the same machine.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from tests.support.postgres import cluster
from tests.support.server import Installation

BATCH = 5_000
MADE = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ASKED = "2026-11-20T22:15:00+00:00"
AGENCIES = [f"{n:02}" for n in range(1, 44)]
PROGRAMS = 20
LAT, LON = 54.5, 1.5  # in the sea
AT_ONCE = (5, 20)


def person_reference(number: int) -> str:
    return f"P-{number:06X}"


def respondent(order: int, people: int) -> int:
    """Every tenth man has two orders."""
    return ((order - 1 if order % 10 == 1 else order) * 3) % people


# -- the record ---------------------------------------------------------------------------------


def build(people: int, orders: int) -> None:
    """Fill the record, from where it was left."""
    start()
    from vigil.access.models import Agency

    for code in AGENCIES:
        Agency.objects.get_or_create(code=code, defaults={"name": f"Invented Force {code}"})
    fill_people(people)
    fill_orders(people, orders)
    with_statistics()


def start() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "vigil.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def fill_people(people: int) -> None:
    from vigil.identity.models import Person

    done = Person.objects.count()
    rows = (
        Person(reference=person_reference(n), number=n + 1, made_at=MADE)
        for n in range(done, people)
    )
    for chunk in chunks(rows):
        Person.objects.bulk_create(chunk)


def fill_orders(people: int, orders: int) -> None:
    from django.db import transaction

    from vigil.orders.models import Order

    done = Order.objects.count()
    while done < orders:
        last = min(done + BATCH, orders)
        with transaction.atomic():
            fill_some(range(done, last), people)
        done = last


def fill_some(numbers: range, people: int) -> None:
    """Orders with their protected persons, places, events and clauses, in one transaction."""
    from vigil.identity.models import Person
    from vigil.orders.models import Condition, Order, OrderEvent, Protected
    from vigil.victims.geometry import Form
    from vigil.victims.models import Place, ProtectedPerson
    from vigil.victims.seals import ABOUT, GEOMETRY, IDENTITY, shut

    agency = {n: AGENCIES[n % len(AGENCIES)] for n in numbers}
    hers = ProtectedPerson.objects.bulk_create(
        ProtectedPerson(
            reference=f"V-{n:010}",
            agency_id=agency[n],
            identity_sealed=shut(
                {"name": "Invented", "born_on": None}, IDENTITY, row=f"V-{n:010}", agency=agency[n]
            ),
            protected_at=MADE,
            protected_by="bench",
        )
        for n in numbers
    )
    Place.objects.bulk_create(
        Place(
            reference=f"L-{n:010}",
            person=her,
            about_sealed=shut({"kind": "home"}, ABOUT, row=f"L-{n:010}", agency=agency[n]),
            form=Form.POINT,
            geometry_sealed=shut(
                {"lat": LAT + n / 1e6, "lon": LON}, GEOMETRY, row=f"L-{n:010}", agency=agency[n]
            ),
            added_at=MADE,
            added_by="bench",
        )
        for n, her in zip(numbers, hers, strict=True)
    )
    wanted = {person_reference(respondent(n, people)) for n in numbers}
    keys = dict(Person.objects.filter(reference__in=wanted).values_list("reference", "pk"))
    made = Order.objects.bulk_create(
        Order(
            reference=f"SPO-2026-{n:06}",
            agency_id=agency[n],
            instrument="STALK_PO",
            jurisdiction="EW",
            respondent_id=keys[person_reference(respondent(n, people))],
            made_on=MADE.date(),
            court="Invented Magistrates’ Court",
            sameness=hashlib.sha256(str(n).encode()).hexdigest(),
            recorded_at=MADE,
            recorded_by="bench",
        )
        for n in numbers
    )
    Protected.objects.bulk_create(
        Protected(order=order, person=her, number=1) for order, her in zip(made, hers, strict=True)
    )
    first = OrderEvent.objects.bulk_create(event(order, "made") for order in made)
    OrderEvent.objects.bulk_create(event(order, "served") for order in made)
    Condition.objects.bulk_create(
        Condition(event=one, position=position, clause=str(position), text=text, rule=rule)
        for one, n in zip(first, numbers, strict=True)
        for position, (text, rule) in enumerate(rules(n), start=1)
    )


def event(order: Any, kind: str) -> Any:
    from vigil.orders.models import OrderEvent

    is_making = kind == "made"
    at = MADE if is_making else MADE + timedelta(days=1)
    service = (
        {}
        if is_making
        else {
            "served_by": "bench",
            "place_kind": "home",
            "how": "personal",
            "proof": "court_record",
        }
    )
    return OrderEvent(
        order=order,
        kind=kind,
        happened_at=at,
        recorded_at=at,
        by="bench",
        sets_clauses=is_making,
        sets_last_day=is_making,
        last_day=date(2029, 3, 1) if is_making else None,
        **service,
    )


def rules(number: int) -> list[tuple[str, dict[str, Any]]]:
    her, place = f"V-{number:010}", f"L-{number:010}"
    return [
        (
            "Not to contact protected person 1 by any means.",
            {"kind": "no_contact", "persons": [her], "means": "any", "except": []},
        ),
        (
            "Not to go within 100 metres of protected place 1.",
            {"kind": "stay_away", "place": {"address_ref": place}, "radius_metres": 100},
        ),
        (
            "Not to use or threaten violence against protected person 1.",
            {"kind": "no_violence", "persons": [her]},
        ),
    ]


def chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(rows, BATCH)):
        yield chunk


def with_statistics() -> None:
    """What autovacuum, or a night, would have done."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tokens() -> list[str]:
    """A token for each program: officers of one force."""
    start()
    from vigil.access import actions
    from vigil.access.models import User
    from vigil.access.viewer import Role, Viewer

    by = Viewer("bench-admin", "Bench", AGENCIES[0], Role.ADMINISTRATOR, "benchmark")
    now, made = datetime.now(UTC), []
    for number in range(PROGRAMS):
        name = f"bench-{number}"
        if not User.objects.filter(username=name).exists():
            actions.open_account(
                by=by,
                at=now,
                agency=AGENCIES[0],
                username=name,
                password=f"invented for a benchmark {number}",
                role=Role.RESPONSE_OFFICER,
            )
        made.append(actions.make_token(by=by, at=now, username=name))
    return made


# -- the questions --------------------------------------------------------------------------------


def question(chance: random.Random, people: int, orders: int) -> dict[str, Any]:
    """Four in five about somebody under an order; half with a place, in or near her street."""
    order = chance.randrange(orders)
    whom = person_reference(respondent(order, people))
    if chance.random() < 0.2:
        whom = person_reference(chance.randrange(people))
    act: dict[str, Any] = {"by": whom, "kind": "contact", "towards": f"V-{order:010}"}
    act |= {"means": "phone"}
    if chance.random() < 0.5:
        near = chance.choice([0, 0.0005, 0.0009, 0.01])
        place = {"lat": LAT + order / 1e6 + near, "lon": LON, "accuracy_metres": 10}
        act |= {"kind": "presence", "place": place}
    return {"id": "q", "at": ASKED, "act": act}


def ask(port: int, token: str, asked: Sequence[dict[str, Any]], took: list[float]) -> None:
    """One program: one question after the other on one connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Bearer {token}",
        "Vigil-Because": "benchmark",
        "Content-Type": "application/json",
    }
    for one in asked:
        began = time.perf_counter()
        line.request("POST", "/api/v1/doorstep", json.dumps([one]), headers)
        answer = line.getresponse()
        (told,) = json.loads(answer.read())
        took.append(time.perf_counter() - began)
        assert answer.status == 200, answer.status
        assert "verdict" in told, told


def measure(port: int, programs: Sequence[str], at_once: int, requests: int, size: Any) -> str:
    chance = random.Random(at_once)
    asked = [question(chance, *size) for _ in range(requests)]
    took: list[float] = []
    workers = [
        threading.Thread(target=ask, args=(port, programs[n], asked[n::at_once], took))
        for n in range(at_once)
    ]
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - began
    assert len(took) == requests, f"{requests - len(took)} requests failed"
    at = statistics.quantiles(took, n=100)
    return (
        f"{at_once:>3} at once   p50 {at[49] * 1000:5.0f}   p95 {at[94] * 1000:5.0f}   "
        f"p99 {at[98] * 1000:5.0f} ms   {requests / seconds:5.0f} a second"
    )


# -- running it -----------------------------------------------------------------------------------


def in_process(what: str, chosen: argparse.Namespace, environment: dict[str, str]) -> str:
    size = ("--people", str(chosen.people), "--orders", str(chosen.orders))
    command = [sys.executable, "-m", "benchmarks.doorstep", "--step", what, *size]
    ran = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout


def compare(database: str, chosen: argparse.Namespace, home: Path, url: str) -> None:
    environment = {**os.environ, "VIGIL_HOME": str(home)}
    environment.pop("VIGIL_DATABASE_URL", None)
    if url:
        environment["VIGIL_DATABASE_URL"] = url
    began = time.perf_counter()
    in_process("build", chosen, environment)
    print(f"{database}: built in {time.perf_counter() - began:.0f} s", flush=True)
    programs = json.loads(in_process("tokens", chosen, environment))
    size = (chosen.people, chosen.orders)
    with Installation(home, environment).served() as address:
        port = int(address.rpartition(":")[2])
        measure(port, programs, 2, 40, size)
        for at_once in AT_ONCE:
            load = os.getloadavg()[0]
            said = measure(port, programs, at_once, chosen.requests, size)
            print(f"{database:<12}{said}   (load before {load:.1f})", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--orders", type=int, default=300_000)
    options.add_argument("--requests", type=int, default=1_500)
    options.add_argument("--home", type=Path)
    options.add_argument("--only", choices=["sqlcipher", "postgresql"])
    options.add_argument("--step", choices=["build", "tokens"])
    chosen = options.parse_args()
    if chosen.step == "build":
        build(chosen.people, chosen.orders)
        return
    if chosen.step == "tokens":
        print(json.dumps(tokens()))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder)
        if chosen.only != "postgresql":
            compare("SQLCipher", chosen, home / "sqlcipher", "")
        if chosen.only != "sqlcipher":
            given = os.environ.get("VIGIL_DATABASE_URL", "")
            if given:
                compare("PostgreSQL", chosen, home / "postgresql", given)
            else:
                with cluster() as url:
                    compare("PostgreSQL", chosen, home / "postgresql", url)


if __name__ == "__main__":
    main()

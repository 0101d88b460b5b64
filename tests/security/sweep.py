"""Looks for canaries everywhere that something may fly out: pages, the API, the command line,
what is logged, the ledger, the database. Each answers with what it found, and where.
"""

from __future__ import annotations

import itertools
import json
import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
from django.db import connection
from django.test import Client

from tests.entrypoints.cli.typed import vigil
from tests.entrypoints.web.people.record import VICTIMS_WORDS
from tests.security.world import CANARIES, HER_ADVOCATE, NAME, READERS, World, username
from vigil.access.viewer import Role
from vigil.entrypoints.cli.main import TOPICS, app
from vigil.entrypoints.web.doors.routes import Route, all_routes

PART = re.compile(r"<(?:\w+:)?\w+>")
# Those who must tell the victims of reports apart, or keep them safe.
MAY_READ_VICTIMS = READERS | {Role.ANALYST}
# They end the session that the sweep goes on with.
ENDS = {"sign-out", "leave"}


def canaries_in(text: str) -> list[str]:
    """Which of them stand in it."""
    return [canary for canary in CANARIES if canary in text]


def addresses(route: Route, world: World) -> Iterator[str]:
    """The address with every reference that fits, each part on its own and her pair."""
    parts = len(PART.findall(route.address))
    kinds = [type(c).__name__ for c in route.converters.values()]
    each = [[*world.references, "V-NOBODY"]] * parts
    if any(kind == "IntConverter" for kind in kinds):
        each = [["1"] if kind == "IntConverter" else each[0] for kind in kinds] or each
    # Of three parts only the telling ones: their product is long and says no more.
    wanted: Iterable[tuple[str, ...]] = itertools.product(*each) if parts < 3 else [("1",) * parts]
    for values in wanted:
        given = iter(values)
        yield "/" + PART.sub(lambda _: next(given), route.address)  # noqa: B023 - used at once


def flown_from(text: str, role: Role, *, is_hers: bool) -> list[str]:
    """What this role should not have been shown: her canaries, and the victims of reports."""
    hers = [] if is_hers else canaries_in(text)
    theirs = [] if role in MAY_READ_VICTIMS else [w for w in VICTIMS_WORDS if w in text]
    return hers + theirs


def may_read(world: World, role: Role, agency: str, address: str) -> bool:
    """Whether this is her own page, opened by somebody who may read it."""
    if agency != "10" or not address.startswith("/protected/V-"):
        return False
    if role is Role.ADVOCATE:
        return address.split("/")[2] == world.her and username(role, agency) == HER_ADVOCATE
    return role in READERS


def said(answer: Any) -> str:
    """All that came over the wire."""
    body = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.status_code} {dict(answer.items())} {bytes(body).decode(errors='replace')}"


def pages(
    world: World, who: Iterable[tuple[Role, str]], *, only: str = ""
) -> tuple[list[str], int, set[str]]:
    """Every GET route with every reference, for each of these: what leaked, how many pages
    were opened, and which routes never showed one."""
    routes = [
        route
        for route in all_routes()
        if route.method == "GET"
        and route.name not in ENDS
        and not route.address.startswith("api/")
        and only in route.address
    ]
    found, seen = [], 0
    answered: set[str] = set()
    for role, agency in who:
        client = world.browser(role, agency)
        for pattern, address in ((r.address, a) for r in routes for a in addresses(r, world)):
            seen += 1
            answer = client.get(address)
            is_hers = may_read(world, role, agency, address)
            answered |= {pattern} if answer.status_code == 200 else set()
            flown = flown_from(said(answer), role, is_hers=is_hers)
            if flown:
                found.append(f"{role} of {agency} at {address}: {flown}")
    return found, seen, {r.address for r in routes} - answered


def forms(world: World, who: Iterable[tuple[Role, str]], *, only: str = "") -> list[str]:
    """Every form sent empty, and with a reference where a reference may be typed."""
    routes = [
        route
        for route in all_routes()
        if route.method == "POST"
        and route.name not in {*ENDS, "sign-in", "reason"}
        and not route.address.startswith("api/")
        and only in route.address
    ]
    found = []
    for role, agency in who:
        client = world.browser(role, agency)
        for address in itertools.chain.from_iterable(addresses(r, world) for r in routes):
            for sent in ({}, {"query": world.her, "reference": world.her, "parent": world.her}):
                is_hers = may_read(world, role, agency, address)
                flown = flown_from(said(client.post(address, sent)), role, is_hers=is_hers)
                if flown:
                    found.append(f"{role} posted to {address}: {flown}")
    return found


# What each operation of the API is usually sent; one that is not here is sent references.
def bodies(world: World) -> dict[str, list[Any]]:
    act = {"by": world.him, "kind": "presence", "towards": world.her, "consented": False}
    near = {"lat": 53.42, "lon": -1.59, "accuracy_metres": 10}
    at = world.at.isoformat()
    return {
        "api/v1/law/ask": [[{"id": "1", "kind": "validity"}]],
        "api/v1/people/check": [
            {"phone": "01632 960447"},
            {"surname": NAME.split()[1], "forename": NAME.split()[0]},
            {"phone": "07700900417"},
        ],
        "api/v1/doorstep": [
            [{"id": "1", "at": at, "act": {**act, "place": near}}],
            [{"id": "1", "at": at, "act": {**act, "place": {"address_ref": world.home}}}],
            [{"id": "1", "at": at, "act": {**act, "place": None}}],
        ],
        "api/v1/feeds": [None],
    }


def operations(world: World, roles: Iterable[Role]) -> tuple[list[str], set[str]]:
    """Every operation of the API with its usual arguments: what leaked, and what answered."""
    routes = [r for r in all_routes() if r.address.startswith("api/v1/")]
    usual = bodies(world)
    reference: list[Any] = [{"reference": one, "person": one} for one in world.references]
    found: list[str] = []
    answered: set[str] = set()
    for role in roles:
        token = world.tokens[role, "10"]
        headers = {"authorization": f"Bearer {token}", "vigil-because": "incident 0212"}
        client = Client(headers=headers, raise_request_exception=False)
        for route in routes:
            sent = usual.get(route.address, reference) if route.method != "GET" else [None]
            for address, body in itertools.product(addresses(route, world), sent):
                text = json.dumps(body) if body is not None else ""
                answer = client.generic(route.method, address, text, "application/json")
                # What somebody typed himself is no leak: it came from him.
                answered |= {route.address} if answer.status_code == 200 else set()
                found_in = flown_from(said(answer), role, is_hers=False)
                flown = [word for word in found_in if word not in text]
                if flown:
                    found.append(f"{role}: {route.method} {address}: {flown}")
    return found, answered


# Every command that shows something of the register, with its usual words.
def commands(world: World, folder: Path) -> dict[str, list[list[str]]]:
    him, her, order = world.him, world.her, world.order
    return {
        "feed quarantine": [["feed", "quarantine", "list"]],
        "search": [["search", "--phone", "01632960447"], ["search", "--phone", "07700900417"]],
        "register candidates": [["register", "candidates"]],
        "register show": [["register", "show", him], ["register", "show", her]],
        "victims mine": [["victims", "mine"], ["victims", "mine", "--json"]],
        "victims show": [["victims", "show", her], ["victims", "show", world.child, "--json"]],
        "victims reseal": [["victims", "reseal"]],
        "orders show": [["orders", "show", order], ["orders", "show", order, "--json"]],
        "duties mine": [["duties", "mine"]],
        "duties alerts": [["duties", "alerts"]],
        "ledger export": [["ledger", "export", str(folder / "ledger-{who}.jsonl")]],
        "accounts list": [["accounts", "list"]],
        "jobs ask": [["jobs", "ask", "put_up"]],
    }


# Who tries the commands that have no usual words: one who reads her, one who acts, one who keeps.
TRY_OTHERS = {Role.OFFENDER_MANAGER, Role.RESPONSE_OFFICER, Role.ADMINISTRATOR}
# They run until they are stopped, make a whole record, or need a terminal: not typed here.
NOT_TYPED = {"demo", "serve", "worker", "accounts first"}


def all_commands(world: World, folder: Path) -> dict[str, list[list[str]]]:
    """Every command there is. One without usual words is given references, one after another:
    a new command is swept from its first day."""
    usual = commands(world, folder)
    root = typer.main.get_command(app)
    for topic in TOPICS:
        command: Any = root.get_command(None, topic)  # type: ignore[attr-defined]
        for name in [f"{topic} {verb}" for verb in getattr(command, "commands", None) or [""]]:
            words = name.split()
            if name.strip() not in usual.keys() | NOT_TYPED:
                tries = [words, *([*words, one] for one in world.references)]
                usual[name.strip()] = tries
    return usual


def typed(
    world: World, who: Iterable[tuple[Role, str]], folder: Path
) -> tuple[list[str], set[str]]:
    """Every command that prints, for each of these, and the files that it wrote: what leaked,
    and which command nobody of them could run."""
    found: list[str] = []
    usual, others = commands(world, folder), all_commands(world, folder)
    ran_well: set[str] = set()
    for role, agency in who:
        name = username(role, agency)
        each = others if role in TRY_OTHERS and agency == "10" else usual
        for command, words in ((c, w) for c, tries in each.items() for w in tries):
            ran = vigil(*(word.replace("{who}", name) for word in words), who=name, at=world.at)
            ran_well |= {command} if ran.exit_code == 0 else set()
            reads_her = agency == "10" and (role in READERS or name == HER_ADVOCATE)
            is_hers = command == "victims show" and reads_her
            flown = flown_from(ran.output + ran.stderr, role, is_hers=is_hers)
            if flown:
                found.append(f"{name}: vigil {' '.join(words)}: {flown}")
    return found + files(folder), usual.keys() - ran_well


def files(folder: Path) -> list[str]:
    """Every file of the home, byte for byte; keys and databases too."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            flown = canaries_in(path.read_bytes().decode("latin-1"))
            found += [f"{path.name}: {flown}"] if flown else []
    return found


def tables() -> list[str]:
    """Every row of every table, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = " ".join(_text(value) for value in row)
                flown = canaries_in(text)
                found += [f"{table}: {flown}"] if flown else []
    return found


def _text(value: Any) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("latin-1")
    return str(value)


def records(logged: Iterable[logging.LogRecord]) -> list[str]:
    """Every line of every log, with its traceback as a log file has it."""
    formatter = logging.Formatter("%(name)s %(message)s")
    found = []
    for record in logged:
        flown = canaries_in(formatter.format(record) + repr(record.args))
        found += [f"{record.name}: {flown}"] if flown else []
    return found

"""The second half of the story: orders, the duties that follow, and the year that runs."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.entrypoints.demo.doors import Browser, DemoError, asked, command
from vigil.entrypoints.demo.story import Demo

ITEMS = ("--item", "name", "--item", "home_address")
# In which order the people of the story are used, and what happens to each.
TELLS, TELLS_NOT, TELLS_LATE, ENDS_FIRST = "tells", "tells not", "tells late", "ends first"
COURSES = (TELLS, TELLS_NOT, TELLS_LATE, ENDS_FIRST, TELLS, TELLS_NOT)
# DVPNs, each with the DVPO that follows it.
NOTICES = 3


def make_orders(demo: Demo) -> None:
    """Stalking protection orders for some, one with an interim order before it; notices with
    their orders for others; all served."""
    _interim_and_full(demo, demo.registered[-1])
    with demo.at(10, 15):
        for number, course in enumerate(COURSES):
            person = demo.registered[number % len(demo.registered)]
            her = _protect(demo, f"Demo Protected {number + 1}")
            made_on = demo.began_on + timedelta(days=10)
            last_day = _years_later(made_on, 2 + number % 2)
            order = _stalking_order(demo, person, her, days=10, last_day=last_day)
            demo.orders[order] = course
    for order, course in demo.orders.items():
        with demo.at(11, 17):
            if not _serve(demo, order, 11, 16)["duty"]:
                raise DemoError(f"expected a duty to begin when an order is served ({course})")
    for number in range(NOTICES):
        place = (len(COURSES) + number) % len(demo.registered)
        _notice_and_order(demo, demo.registered[place], 14 + 40 * number)


def _terms(demo: Demo, name: str, terms: dict[str, Any]) -> Path:
    path = demo.work / f"{name}.json"
    path.write_text(json.dumps(terms))
    return path


def _protect(demo: Demo, name: str) -> str:
    her = json.dumps({"name": name, "safe_contact": "through her advocate, mornings"})
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    return command("victims", "protect", "-", *manager, typed=her).strip()


def _interim_and_full(demo: Demo, person: str) -> None:
    """An interim order, whose service starts the duty; the full one replaces it and starts none."""
    her = _protect(demo, "Demo Protected in the interim")
    with demo.at(5, 15):
        interim = _stalking_order(
            demo, person, her, days=5, last_day=demo.began_on + timedelta(days=33), interim=True
        )
        if not _serve(demo, interim, 5, 14)["duty"]:
            raise DemoError("expected a duty to begin when an interim order is served")
    with demo.at(6, 10):
        _tell(demo, interim, f"{demo.instant(6, 9, 30):%Y-%m-%dT%H:%M}")
    with demo.at(9, 15):
        last_day = _years_later(demo.began_on + timedelta(days=9), 2)
        full = _stalking_order(demo, person, her, days=9, last_day=last_day, replaces=interim)
        if _serve(demo, full, 9, 14)["duty"]:
            raise DemoError("expected no second duty under the order that replaces the interim one")


def _serve(demo: Demo, order: str, days: int, hour: int) -> Any:
    when = f"{demo.instant(days, hour, 10):%Y-%m-%dT%H:%M}"
    return asked("orders", "serve", order, "--at", when, *demo.as_role(Role.RESPONSE_OFFICER))


def _stalking_order(
    demo: Demo,
    person: str,
    her: str,
    *,
    days: int,
    last_day: date,
    interim: bool = False,
    replaces: str | None = None,
) -> str:
    clauses = [
        ("1", "Not to contact protected person 1 by any means.", _no_contact(her)),
        ("2", "Not to use or threaten violence against protected person 1.", _no_violence(her)),
        ("3", "To surrender any device by which he has tracked her.", {"kind": "other"}),
    ]
    terms = {
        "instrument": "STALK_PO_I" if interim else "STALK_PO",
        "respondent": person,
        "made_on": (demo.began_on + timedelta(days=days)).isoformat(),
        "made_at": f"{demo.instant(days, 11):%Y-%m-%dT%H:%M}",
        "last_day": last_day.isoformat(),
        "replaces": replaces,
        "court": "Invented Magistrates' Court",
        "applicant": "police",
        "protected": [her],
        "clauses": [{"clause": n, "text": text, "rule": rule} for n, text, rule in clauses],
    }
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    return str(asked("orders", "make", str(_terms(demo, "terms", terms)), *manager)["order"])


def _no_contact(her: str) -> dict[str, Any]:
    return {"kind": "no_contact", "persons": [her], "means": "any", "except": []}


def _no_violence(her: str) -> dict[str, Any]:
    return {"kind": "no_violence", "persons": [her]}


def _years_later(day: date, years: int) -> date:
    # A 29 February has no fellow in most years; the day before is never too late a last day.
    safe = day - timedelta(days=1) if (day.month, day.day) == (2, 29) else day
    return safe.replace(year=safe.year + years)


def _notice_and_order(demo: Demo, person: str, days: int) -> None:
    """A notice by a superintendent, its order two days later, and the notice's end with it."""
    her = _protect(demo, f"Demo Protected by notice {days}")
    clause = {"clause": "1", "text": "Not to molest protected person 1.", "rule": _no_violence(her)}
    officer = demo.as_role(Role.AUTHORISING_OFFICER)
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    given_on = demo.began_on + timedelta(days=days)
    common = {"respondent": person, "protected": [her], "clauses": [clause]}
    with demo.at(days, 21):
        notice = {
            "instrument": "DVPN",
            "made_on": given_on.isoformat(),
            "made_at": f"{demo.instant(days, 20):%Y-%m-%dT%H:%M}",
            "issuer_rank": "superintendent",
            **common,
        }
        made = asked("orders", "make", str(_terms(demo, "notice", notice)), *officer)["order"]
        served_at = f"{demo.instant(days, 20, 30):%Y-%m-%dT%H:%M}"
        pc = demo.as_role(Role.RESPONSE_OFFICER)
        command("orders", "serve", made, "--at", served_at, "--where", "custody", *pc)
    with demo.at(days + 1, 16):
        heard_on = given_on + timedelta(days=1)
        order = {
            "instrument": "DVPO",
            "made_on": heard_on.isoformat(),
            "made_at": f"{demo.instant(days + 1, 11):%Y-%m-%dT%H:%M}",
            "last_day": (heard_on + timedelta(days=27)).isoformat(),
            "court": "Invented Magistrates' Court",
            **common,
        }
        followed = asked("orders", "make", str(_terms(demo, "order", order)), *manager)["order"]
        at = f"{demo.instant(days + 1, 11):%Y-%m-%dT%H:%M}"
        how = ("--how", "application_determined")
        command("orders", "discharge", made, "--at", at, *how, *manager)
        in_court = f"{demo.instant(days + 1, 11, 5):%Y-%m-%dT%H:%M}"
        command("orders", "serve", followed, "--at", in_court, "--where", "court", *pc)


def let_the_year_run(demo: Demo, within: Path) -> None:
    """Who tells, who tells late, whose order ends first; the worker at every day on which
    anything may fall due, and the reports of the year as they come."""
    with demo.at(12, 10):
        for order, course in demo.orders.items():
            if course == TELLS:
                _tell(demo, order, f"{demo.instant(12, 9, 40):%Y-%m-%dT%H:%M}")
            if course == ENDS_FIRST:
                _discharge(demo, order, f"{demo.instant(12, 9):%Y-%m-%dT%H:%M}")
    for days in (12, 13, 14):
        with demo.at(days, 18):
            command("worker", "--once")
    with demo.at(16, 11):
        for order, course in demo.orders.items():
            if course == TELLS_LATE:
                _tell(demo, order, f"{demo.instant(16, 10, 50):%Y-%m-%dT%H:%M}")
        _read_alerts(demo)
    for days in range(30, 360, 30):
        with demo.at(days, 6):
            command("worker", "--once")
    _load_the_year(demo, within)


def _duty_of(demo: Demo, order: str) -> str:
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    cases = asked("duties", "mine", *manager)["cases"]
    found = [case["duty"] for case in cases if case["order"] == order]
    if not found:
        raise DemoError("expected a duty of that order on the caseload, found none")
    return str(found[0])


def _tell(demo: Demo, order: str, at: str) -> None:
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    command("duties", "notify", _duty_of(demo, order), "--at", at, *ITEMS, *manager)


def _discharge(demo: Demo, order: str, at: str) -> None:
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    consents = ("--consent", "respondent", "--consent", "police")
    command("orders", "discharge", order, "--at", at, *consents, *manager)


def _read_alerts(demo: Demo) -> None:
    manager = demo.as_role(Role.OFFENDER_MANAGER)
    alerts = asked("duties", "alerts", *manager)["alerts"]
    lapsed = sum(course in {TELLS_NOT, TELLS_LATE} for course in demo.orders.values())
    if len(alerts) != lapsed:
        raise DemoError(f"expected {lapsed} alerts to the owner, found {len(alerts)}")
    command("duties", "read", str(alerts[0]["alert"]), *manager)


def _load_the_year(demo: Demo, within: Path) -> None:
    """The reports of the year, sent by the page and loaded by the worker; then all anew."""
    analyst = demo.as_role(Role.ANALYST)
    with demo.at(365, 8):
        browser: Browser = demo.browser(Role.ANALYST)
        for path in sorted(within.glob("*.csv")):
            browser.fill("/feeds/", {}, files=[path])
        command("worker", "--once")
    with demo.at(365, 8, 30):
        command("jobs", "ask", "identify", *analyst)
        command("worker", "--once")
        command("jobs", "ask", "put_up", *analyst)
        command("worker", "--once")
        command("ledger", "checkpoint")


def check_the_ledger(demo: Demo) -> None:
    """The whole of it, in the record and in an export that the verifier reads alone."""
    with standing_at(demo.instant(365, 9)):
        export = demo.home / "demo-ledger.jsonl"
        export.unlink(missing_ok=True)
        command("ledger", "export", str(export), *demo.as_role(Role.AUDITOR))
        command("ledger", "verify")
        command("ledger", "verify", "--export", str(export))

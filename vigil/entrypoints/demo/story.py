"""The story of the demo: a year in an invented force, one scene after the other.

Each scene is what somebody of that role would do, at an instant of the year. The order of
the scenes is the order of the mission: identify, register, order, monitor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from vigil.access.demo import demo_username, open_demo_accounts
from vigil.access.viewer import Role
from vigil.entrypoints.clock import LONDON, standing_at
from vigil.entrypoints.demo.doors import Browser, DemoError, asked, call, command, try_password
from vigil.entrypoints.demo.parts import split
from vigil.incidents.queries import known_forces

HOME_FORCE, OTHER_FORCE = "10", "44"
YEAR = timedelta(days=365)
FAULTY_ROWS = 12
BECAUSE = "the demo"
WORK = "demo-work"
EVIDENCE = re.compile(r'name="evidence"[^>]*value="([^"]+)"')
Say = Callable[[str], None]


@dataclass
class Demo:
    """What the scenes hand on: where, when, who, and the people whom they are about."""

    home: Path
    reports: int
    seed: int
    today: date
    say: Say
    accounts: dict[str, dict[str, str]] = field(default_factory=dict)
    candidates: list[str] = field(default_factory=list)
    registered: list[str] = field(default_factory=list)
    orders: dict[str, str] = field(default_factory=dict)

    @property
    def work(self) -> Path:
        """Where the scenes put the papers that they hand in; gone when the demo has ended."""
        folder = self.home / WORK
        folder.mkdir(exist_ok=True)
        return folder

    @property
    def began_on(self) -> date:
        """The first day of the demo's year."""
        return self.today - YEAR

    def instant(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """An instant of the year, by London's clock."""
        day = self.began_on + timedelta(days=days)
        return datetime.combine(day, time(hour, minute), LONDON)

    @contextmanager
    def at(self, days: int, hour: int = 9, minute: int = 0) -> Iterator[None]:
        """Let the clock stand at that instant of the year."""
        with standing_at(self.instant(days, hour, minute)):
            yield

    def as_role(self, role: Role) -> tuple[str, str, str, str]:
        """The options by which a command acts as that role of the home force."""
        return ("--as", demo_username(role, HOME_FORCE), "--because", BECAUSE)

    def browser(self, role: Role, *, because: tuple[str, str] | None = None) -> Browser:
        """That role, signed in by the page."""
        account = self.accounts[role.value]
        return Browser(account["username"], account["password"], because=because)


def open_the_force(demo: Demo) -> None:
    """Two agencies, ten roles each, and what the home force has chosen."""
    names = {code: known_forces()[code] for code in (HOME_FORCE, OTHER_FORCE)}
    path = open_demo_accounts(at=demo.instant(0), home=demo.home, agencies=names)
    accounts = json.loads(path.read_text())["accounts"]
    demo.accounts = {a["role"]: a for a in accounts if a["agency"] == HOME_FORCE}
    head = demo.as_role(Role.ADMINISTRATOR)
    command("agency", "definition", "northumbria_matac", *head)
    table = resources.files("vigil.register") / "invented_weights.toml"
    with resources.as_file(table) as file:
        command("agency", "weights", str(file), *head)


def let_somebody_leave(demo: Demo) -> None:
    """An account that is opened, renewed, given a token, and closed; a password guessed at."""
    head = demo.as_role(Role.ADMINISTRATOR)
    leaver, secret = f"leaver-{HOME_FORCE}", "an invented password, long"
    command(
        *("accounts", "open", leaver, "--role", Role.CONTROL_ROOM.value, "--agency", HOME_FORCE),
        *head,
        typed=secret,
    )
    command("accounts", "password", leaver, *head, typed=f"{secret}er")
    token = command("accounts", "token", leaver, *head).strip()
    call(token, "POST", "/law/ask", [])
    command("accounts", "token", leaver, "--revoke", *head)
    _refused(token, "a revoked token")
    browser = Browser(leaver, f"{secret}er", because=None)
    browser.fill("/sign-out/", {})
    try_password(leaver, "not the password", expect=400)
    command("accounts", "close", leaver, *head)
    try_password(leaver, f"{secret}er", expect=400)


def _refused(token: str, what: str) -> None:
    try:
        call(token, "POST", "/law/ask", [])
    except DemoError:
        return
    raise DemoError(f"expected {what} to be refused, found it let in")


def make_the_feed(demo: Demo) -> tuple[Path, Path]:
    """An invented feed that ends today, in two parts: before the year, and within it."""
    whole = demo.home / "demo-feed"
    command(
        *("feed", "make", "--reports", str(demo.reports), "--seed", str(demo.seed)),
        *("--until", demo.today.isoformat(), "--faults", str(FAULTY_ROWS), "--out", str(whole)),
    )
    before, within = demo.home / "demo-feed-before", demo.home / "demo-feed-within"
    split(whole, last_day=demo.began_on, before=before, within=within)
    return before, within


def load_the_past(demo: Demo, before: Path) -> None:
    """The first load, checked before; one faulty row mended by the page and released."""
    analyst = demo.as_role(Role.ANALYST)
    command("feed", "check", str(before), expect=1)
    loaded = asked("feed", "load", str(before), *analyst, expect=1)
    if loaded["new"] < 1 or not loaded["faults"]:
        raise DemoError("expected good rows and faulty ones in the feed, found none")
    browser = demo.browser(Role.ANALYST, because=("duty", "the yearly feed"))
    _mend_one(browser, loaded)
    page = browser.fill("/feeds/", {}, files=[_broken(demo)])
    command("worker", "--once", is_quiet=True)
    if "Refused" not in browser.read(page):
        raise DemoError("expected the spoilt feed to be refused, found it taken")


def _mend_one(browser: Browser, loaded: Mapping[str, Any]) -> None:
    for row in loaded["faults"]:
        columns = {fault["column"] for fault in row["faults"]}
        if columns == {"reported_on"}:
            place = row["reference"].rpartition("/")
            browser.fill(f"/feeds/{place[0]}/{place[2]}/", {"reported_on": "2024-03-04"})
            return
    raise DemoError("expected a row whose only fault is its day, found none")


def _broken(demo: Demo) -> Path:
    """A Parquet file whose pages were spoilt on the way: refused by the worker, and said so."""
    path = demo.work / "broken.parquet"
    row = {
        "report_id": "X1",
        "force": HOME_FORCE,
        "reported_on": "2024-03-04",
        "suspect_surname": "Quillfeather",
    }
    parquet.write_table(pyarrow.Table.from_pylist([row] * 1_000), path)
    sent = bytearray(path.read_bytes())
    sent[40:200] = bytes(160)
    path.write_bytes(sent)
    return path


def _work(expect: int = 0) -> str:
    return command("worker", "--once", expect=expect)


def identify_everybody(demo: Demo) -> None:
    """Asked of the worker; the first try finds no room to work in, and is tried again."""
    analyst = demo.as_role(Role.ANALYST)
    spill = demo.home / "spill"
    with demo.at(1):
        spill.write_text("in the way")
        command("jobs", "ask", "identify", *analyst)
        _work(expect=1)
        spill.unlink()
    with demo.at(1, 15):
        _work()
        command("jobs", "ask", "put_up", *analyst)
        _work()
        found = asked("register", "candidates", *demo.as_role(Role.AUTHORISING_OFFICER))
    demo.candidates = [one["person"] for one in found["candidates"]]
    if len(demo.candidates) < FEWEST_PEOPLE:
        raise DemoError(
            f"expected {FEWEST_PEOPLE} candidates for the story, found {len(demo.candidates)}; "
            "ask for more reports, 10,000 or so"
        )


# Whom the scenes decide about, and the fewest with whom the story can be told: one whose
# registration is ended, one declined, one deferred, one who stays.
DECIDED, FEWEST_PEOPLE = 16, 4
OUTCOMES = ("decline", "defer")


def decide(demo: Demo) -> None:
    """A named officer decides about each, on the page, with reasons and evidence."""
    owner = demo_username(Role.OFFENDER_MANAGER, HOME_FORCE)
    with demo.at(3):
        officer = demo.browser(Role.AUTHORISING_OFFICER, because=("duty", "monthly selection"))
        people = demo.candidates[:DECIDED]
        demo.registered = people[: -len(OUTCOMES)]
        for person in demo.registered:
            _decide(demo, officer, person, "register", owner)
        for person, outcome in zip(people[-len(OUTCOMES) :], OUTCOMES, strict=True):
            _decide(demo, officer, person, outcome, owner)


def _decide(demo: Demo, officer: Browser, person: str, outcome: str, owner: str) -> None:
    page = f"/candidates/{person}/decide/"
    evidence = EVIDENCE.findall(officer.read(page))[:4]
    review = demo.began_on + timedelta(days=3 + 364)
    fields: dict[str, Any] = {
        "outcome": outcome,
        "evidence": evidence,
        "reasons": "Different victims within three years, and no order in place.",
        "review_on-day": review.day,
        "review_on-month": review.month,
        "review_on-year": review.year,
    }
    if outcome == "register":
        fields |= {
            "necessity": "The next victim is not warned otherwise.",
            "proportionality": "A police record with a review date, and no duty of its own.",
            "owner": owner,
        }
    officer.fill(page, {**fields, "step": "check"}, expect=200)
    officer.fill(page, {**fields, "step": "record"})


def change_our_minds(demo: Demo) -> None:
    """A judgement taken back, a registration ended with reasons, another owner and back."""
    with demo.at(4):
        analyst = demo.as_role(Role.ANALYST)
        officer = demo.browser(Role.AUTHORISING_OFFICER, because=("duty", "monthly selection"))
        reports = EVIDENCE.findall(officer.read(f"/candidates/{demo.candidates[0]}/decide/"))
        said = command(
            *("judge", "pair", reports[0], reports[1], "--verdict", "unsure"),
            *("--why", "the dates of birth differ", *analyst),
        ).strip()
        command("judge", "withdraw", said, "--why", "the file settles it", *analyst)
        second = demo.as_role(Role.AUTHORISING_OFFICER)
        last = demo.registered.pop()
        relief = f"relief-{HOME_FORCE}"
        command(
            *("accounts", "open", relief, "--role", Role.OFFENDER_MANAGER.value),
            *("--agency", HOME_FORCE, *demo.as_role(Role.ADMINISTRATOR)),
            typed="an invented password, long",
        )
        command("register", "owner", last, relief, *second)
        command("records", "seal", last, "--to", relief, *second)
        command("register", "show", last, *demo.as_role(Role.COORDINATOR), expect=2)
        command("records", "lift", last, *second)
        command("register", "end", last, "--reasons", "Entered by mistake of name.", *second)

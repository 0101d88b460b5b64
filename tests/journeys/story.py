"""What the journey begins with: an invented feed, an installation with its accounts, and how
somebody comes in. The story hands on from step to step what the next one needs.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet

from tests.journeys.conftest import ADMINISTRATOR, HEAD, Site
from tests.support.browser import Desk
from tests.support.server import PASSWORD

LONDON = ZoneInfo("Europe/London")
REPORTS, FAULTY_ROWS = 3000, 10
ACCOUNTS = {
    "ana": "analyst",
    "aubrey": "authorising_officer",
    "omar": "offender_manager",
    "rosa": "response_officer",
    "audra": "auditor",
}


@dataclass
class Story:
    """What one step hands on to the next."""

    site: Site
    feed: Path
    force: str
    names: set[str]
    served_on: date
    desks: dict[str, Desk] = field(default_factory=dict)
    person: str = ""
    name: str = ""
    born: str = ""
    order: str = ""

    def worker(self) -> dict[str, Any]:
        """The real worker, once."""
        counts: dict[str, Any] = self.site.at.asked("worker", "--once")
        return counts


def given_a_feed_of_invented_people(site: Site, folder: Path) -> Story:
    out = folder / "feed"
    words = ("feed", "make", "--reports", str(REPORTS), "--faults", str(FAULTY_ROWS))
    made = json.loads(site.at.run(*words, "--out", str(out), "--json"))
    (feed,) = made["files"]
    with Path(feed).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    named = ("suspect_surname", "suspect_forename", "victim_surname", "victim_forename")
    # An initial is no name: every page that says "a" would hold one.
    names = {row[column].casefold() for row in rows for column in named if len(row[column]) > 2}
    served_on = datetime.now(LONDON).date() - timedelta(days=10)
    return Story(site, Path(feed), _force_with_most(rows, made["truth"]), names, served_on)


def _force_with_most(rows: list[dict[str, str]], truth: str) -> str:
    """The force that knows most people with two victims or more."""
    victims: dict[int, set[int]] = defaultdict(set)
    forces: dict[int, set[str]] = defaultdict(set)
    for one in pyarrow.parquet.read_table(truth).to_pylist():
        victims[one["suspect_truth"]].add(one["victim_truth"])
        forces[one["suspect_truth"]].add(rows[one["row"]]["force"])
    known: Counter[str] = Counter(
        force for who, held in victims.items() if len(held) > 1 for force in forces[who]
    )
    ((force, _),) = known.most_common(1)
    return force


def given_an_administrator_who_opened_accounts(story: Story) -> None:
    at, force = story.site.at, story.force
    at.run(
        *("accounts", "first", ADMINISTRATOR, "--agency", force, "--agency-name", "Invented Force"),
        typed=PASSWORD,
    )
    for username, role in ACCOUNTS.items():
        story.site.open_account(username, role, agency=force)
    at.run("agency", "definition", "northumbria_matac", *HEAD)
    weights = resources.files("vigil.register") / "invented_weights.toml"
    with resources.as_file(weights) as table:
        at.run("agency", "weights", str(table), *HEAD)


def signed_in(story: Story, username: str, reference: str) -> Desk:
    """Signed in at the door that every page leads to; says why where it is asked."""
    if username not in story.desks:
        story.desks[username] = desk = story.site.journey.desk(username)
        desk.open("/")
        assert desk.path == "/sign-in/"
        desk.write("User name", username)
        desk.write("Password", PASSWORD)
        desk.press("Sign in")
        if desk.path == "/reason/":
            desk.choose("A duty that is due")
            desk.write("Its reference", reference)
            desk.press("Continue")
    return story.desks[username]


def error_summary_is_on_top_and_linked(desk: Desk) -> None:
    first = desk.main().locator("h1, h2, p, .govuk-error-summary").first
    assert "govuk-error-summary" in str(first.get_attribute("class"))
    links = first.get_by_role("link")
    assert links.count() > 0
    for link in links.all():
        assert desk.page.locator(f"[id='{str(link.get_attribute('href'))[1:]}']").count() == 1

"""A stalking protection order lived through: made, served, varied, suspended, resumed, ended.

In a real browser without scripts; axe looks at every page in every look. The making is at the
command line, all that comes after it by form.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.conftest import Site
from tests.support.browser import Desk, faults_of
from tests.support.server import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONDON = ZoneInfo("Europe/London")
TODAY = datetime.now(LONDON).date()
ADMINISTRATOR, AGENCY = "ada", "10"
HEAD = ("--as", "olive", "--because", "application 44")
KNOWN = (
    "from vigil.entrypoints.cli.frame import open_record; open_record(None); "
    "from tests.support.orders import person; print(person())"
)
DAYS_AGO = {
    "slip": 8,
    "made": 6,
    "served": 5,
    "varied": 4,
    "suspended": 3,
    "resumed": 2,
    "ended": 1,
}


def test_an_order_is_varied_suspended_resumed_and_discharged(site: Site, tmp_path: Path) -> None:
    given_the_accounts(site)
    order = given_an_order(site, tmp_path)
    response, officer = signed_in(site, "rosa"), signed_in(site, "olive")
    when_it_is_served(response, order)
    when_it_is_varied_and_a_slip_is_refused(officer, order)
    then_both_versions_are_seen(officer, order)
    when_it_is_suspended_and_binds_again(officer, order)
    when_it_ends_with_both_consents(officer, order)
    then_it_is_seen_as_it_stood(officer, order)
    assert "Quillcanary" not in "".join(one.body + one.url for one in site.journey.seen)
    assert faults_of(site.journey) == []


def given_the_accounts(site: Site) -> None:
    words = ("accounts", "first", ADMINISTRATOR, "--agency", AGENCY)
    site.at.run(*words, "--agency-name", "Invented Force", typed=PASSWORD)
    site.open_account("olive", "offender_manager", agency=AGENCY)
    site.open_account("rosa", "response_officer", agency=AGENCY)


def given_an_order(site: Site, folder: Path) -> str:
    """Made at the command line, against a man of whom nothing else is held."""
    him = site.at.python("-c", KNOWN).strip()
    her = site.at.run("victims", "protect", "-", *HEAD, typed='{"name": "Wenna Quillcanary"}')
    her = her.strip()
    made_on = TODAY - timedelta(days=DAYS_AGO["made"])
    terms = {
        "instrument": "STALK_PO",
        "respondent": him,
        "made_on": made_on.isoformat(),
        "last_day": (made_on + timedelta(days=1100)).isoformat(),
        "court": "Exmere Magistrates' Court",
        "clauses": [
            {
                "clause": "1",
                "text": "You must not contact protected person 1 by any means.",
                "rule": {"kind": "no_contact", "persons": [her], "means": "any", "except": []},
            },
            {"clause": "2", "text": "You must keep the peace.", "rule": {"kind": "other"}},
        ],
        "protected": [her],
    }
    file = folder / "terms.json"
    file.write_text(json.dumps(terms), encoding="utf-8")
    return site.at.run("orders", "make", str(file), *HEAD).strip()


def signed_in(site: Site, username: str) -> Desk:
    desk = site.journey.desk(username)
    desk.open("/orders/")
    desk.write("User name", username)
    desk.write("Password", PASSWORD)
    desk.press("Sign in")
    if desk.path == "/reason/":
        desk.choose("An incident")
        desk.write("Its reference", "task 12")
        desk.press("Continue")
    return desk


def on_the_day(desk: Desk, name: str, what: str) -> None:
    """Day and time of a step, in the four boxes."""
    day = TODAY - timedelta(days=DAYS_AGO[what])
    desk.moment(name, str(day.day), str(day.month), str(day.year), "10:00")


def when_it_is_served(desk: Desk, order: str) -> None:
    desk.open(f"/orders/{order}/")
    assert "In force, no proof of service" in desk.words
    assert "Vary it" not in desk.words
    desk.press("Serve it")
    on_the_day(desk, "served_at", "served")
    desk.choose("On him in person")
    desk.choose("At his home")
    desk.choose("Body-worn video")
    desk.press("Record the service")
    assert "In force and served" in desk.words


def when_it_is_varied_and_a_slip_is_refused(desk: Desk, order: str) -> None:
    desk.open(f"/orders/{order}/")
    desk.press("Vary it")
    on_the_day(desk, "happened_at", "slip")
    desk.choose("It stays as it is")
    second = desk.main().get_by_label("Its words").nth(1)
    second.fill("You must not go to any place where protected person 1 works.")
    desk.press("Add another condition")
    desk.main().get_by_label("Clause number").nth(2).fill("3")
    desk.main().get_by_label("Its words").nth(2).fill("You must not threaten protected person 1.")
    desk.main().get_by_label("What kind of rule is it?").nth(2).select_option("no_threats")
    assert desk.press("Check your answers") == 200
    desk.press("Check your answers")
    assert "Nothing is recorded yet." in desk.words
    assert desk.press("Record it") == 400
    assert "There is a problem" in desk.words
    assert second.input_value().startswith("You must not go to any place")
    on_the_day(desk, "happened_at", "varied")
    desk.press("Check your answers")
    desk.press("Record it")
    assert "The variation is recorded." in desk.words


def then_both_versions_are_seen(desk: Desk, order: str) -> None:
    assert desk.path == f"/orders/{order}/"
    versions = desk.words.split("Versions side by side")[1]
    assert "You must keep the peace." in versions
    assert "You must not go to any place where protected person 1 works." in versions
    assert "Clause 1: as before." in versions


def when_it_is_suspended_and_binds_again(desk: Desk, order: str) -> None:
    desk.press("Suspend it")
    on_the_day(desk, "suspended_at", "suspended")
    desk.press("Check your answers")
    desk.press("Record it")
    assert "It does not bind him until a court says so." in desk.words
    desk.press("Let it bind again")
    on_the_day(desk, "resumed_at", "resumed")
    desk.press("Check your answers")
    desk.press("Record it")
    assert "In force and served" in desk.words


def when_it_ends_with_both_consents(desk: Desk, order: str) -> None:
    desk.press("Record its end")
    on_the_day(desk, "discharged_at", "ended")
    desk.choose("A court discharged it")
    desk.choose("The police")
    desk.press("Check your answers")
    assert desk.press("Record it") == 400
    assert "Stalking Protection Act 2019 s. 4" in desk.words
    desk.choose("The respondent")
    desk.press("Check your answers")
    desk.press("Record it")
    assert desk.path == f"/orders/{order}/"
    assert "Ended: discharged" in desk.words


def then_it_is_seen_as_it_stood(desk: Desk, order: str) -> None:
    day = TODAY - timedelta(days=DAYS_AGO["suspended"])
    desk.open(f"/orders/{order}/?on={day.isoformat()}")
    assert "As it stood at the end of" in desk.words
    assert "It does not bind him until a court says so." in desk.words
    assert desk.open(f"/orders/{order}/?on=never") == 400
    desk.open("/orders/")
    assert "Nothing waits to be served." in desk.words

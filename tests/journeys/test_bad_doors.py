"""Bad input at a browser's door: one clear sentence, the right status, and nothing lost."""

from __future__ import annotations

import re

import pytest

from tests.journeys.conftest import ADMINISTRATOR, HEAD, Site
from tests.support.browser import Desk, faults_of
from tests.support.server import PASSWORD

AGENCY = "10"
TRIES = 10
NOBODY = ("P-ZZZZZZ", "P-22222222222222222222", "nobody", "..%2f..%2fetc", "P-ZZZZZZ%00", "0")


@pytest.mark.browser
@pytest.mark.slow
def test_who_does_not_belong_here_is_told_so_in_one_sentence(site: Site) -> None:
    given_two_analysts(site)
    then_a_tenth_wrong_password_shuts_the_door_for_a_while(site)
    desk = when_an_analyst_signs_in(site)
    then_a_person_who_does_not_exist_has_the_same_page_as_a_malformed_one(site, desk)
    when_her_account_is_closed(site)
    then_her_next_click_leads_to_the_door(desk)
    assert faults_of(site.journey) == []


def given_two_analysts(site: Site) -> None:
    words = ("accounts", "first", ADMINISTRATOR, "--agency", AGENCY)
    site.at.run(*words, "--agency-name", "Invented Force", typed=PASSWORD)
    for username in ("ana", "bea"):
        site.open_account(username, "analyst", agency=AGENCY)


def _tries(desk: Desk, username: str, password: str) -> int:
    """Sign in; the status of the answer."""
    desk.open("/sign-in/")
    desk.write("User name", username)
    desk.write("Password", password)
    return desk.press("Sign in")


def then_a_tenth_wrong_password_shuts_the_door_for_a_while(site: Site) -> None:
    desk = site.journey.desk("a stranger")
    for turn in range(TRIES):
        assert _tries(desk, "bea", f"a guess, number {turn}") == 400
        assert desk.words.count("The user name and the password do not go together.") == 1
    assert _tries(desk, "bea", PASSWORD) == 429
    assert re.search(r"15 minutes", desk.main().inner_text())


def when_an_analyst_signs_in(site: Site) -> Desk:
    desk = site.journey.desk("ana")
    assert _tries(desk, "ana", PASSWORD) == 200
    desk.choose("An incident")
    desk.write("Its reference", "incident 0212")
    desk.press("Continue")
    return desk


def then_a_person_who_does_not_exist_has_the_same_page_as_a_malformed_one(
    site: Site, desk: Desk
) -> None:
    for reference in NOBODY:
        assert desk.open(f"/people/{reference}/") == 404, reference
        assert "There is nothing here, or nothing that you may see." in desk.words
    answers = [one for one in site.journey.seen if "/people/" in one.url]
    assert len(answers) == len(NOBODY)
    assert len({one.body for one in answers}) == 1


def when_her_account_is_closed(site: Site) -> None:
    site.at.run("accounts", "close", "ana", *HEAD)


def then_her_next_click_leads_to_the_door(desk: Desk) -> None:
    desk.open("/reason/")
    assert desk.path == "/sign-in/"
    assert _tries(desk, "ana", PASSWORD) == 400
    desk.open("/feeds/")
    assert desk.path == "/sign-in/"

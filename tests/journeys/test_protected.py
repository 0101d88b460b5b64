"""Her officer records her, her advocate keeps how she is reached, and one tap leads away.

In a real browser without scripts; axe looks at every page. Then every file of the home is read
byte for byte: the database with its journal, the keys, the log.
"""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Site
from tests.support.browser import Desk, faults_of
from tests.support.server import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADMINISTRATOR, AGENCY = "ada", "10"
SECRETS = ("Quillcanary", "Canary Steps", "Canarysister", "53.417293", "1.593847")
BOW_TIE = '{"type":"Polygon","coordinates":[[[-1.5,53],[-1.4,53.1],[-1.4,53],[-1.5,53.1]]]}'


def test_her_record_is_kept_by_her_own_side_and_lies_in_clear_nowhere(site: Site) -> None:
    given_an_officer_and_an_advocate(site)
    officer, advocate = signed_in(site, "olive"), signed_in(site, "adah")
    her = when_the_officer_records_her(officer)
    then_an_area_that_crosses_itself_is_refused_and_a_point_is_taken(officer)
    when_she_is_handed_to_the_advocate(officer)
    then_the_advocate_finds_her_by_reference_and_says_when(advocate, her)
    then_one_tap_ends_the_session(advocate, her)
    # Chromium tells that it forgot what it held, as it was asked to.
    assert [one for one in faults_of(site.journey) if "Clear-Site-Data" not in one] == []
    then_no_file_of_the_home_holds_her(site)


def given_an_officer_and_an_advocate(site: Site) -> None:
    words = ("accounts", "first", ADMINISTRATOR, "--agency", AGENCY)
    site.at.run(*words, "--agency-name", "Invented Force", typed=PASSWORD)
    site.open_account("olive", "offender_manager", agency=AGENCY)
    site.open_account("adah", "advocate", agency=AGENCY)


def signed_in(site: Site, username: str) -> Desk:
    desk = site.journey.desk(username)
    desk.open("/protected/")
    desk.write("User name", username)
    desk.write("Password", PASSWORD)
    desk.press("Sign in")
    desk.choose("A duty that is due")
    desk.write("Its reference", "task 12")
    desk.press("Continue")
    assert desk.path == "/protected/"
    return desk


def when_the_officer_records_her(desk: Desk) -> str:
    desk.press("Add a record")
    assert desk.press("Record her") == 400
    desk.write("Her name", "Wenna Quillcanary")
    desk.write("Where she lives", "17 Canary Steps, Exmere")
    desk.press("Record her")
    assert "Wenna Quillcanary" in desk.words
    assert "Quillcanary" not in desk.page.title() + desk.page.url
    return desk.path.split("/")[2]


def then_an_area_that_crosses_itself_is_refused_and_a_point_is_taken(desk: Desk) -> None:
    desk.press("Add a place")
    desk.choose("Work")
    desk.write("Or an area, as GeoJSON", BOW_TIE)
    assert desk.press("Record the place") == 400
    assert "does not cross itself" in desk.words
    desk.write("Or an area, as GeoJSON", "")
    desk.write("Latitude", "53.417293")
    desk.write("Longitude", "-1.593847")
    desk.press("Record the place")
    assert "53.417293, -1.593847" in desk.words


def when_she_is_handed_to_the_advocate(desk: Desk) -> None:
    desk.press("Hand her on")
    desk.write("The user name of her new advocate", "adah")
    desk.press("Hand her on")
    assert "adah" in desk.words


def then_the_advocate_finds_her_by_reference_and_says_when(desk: Desk, her: str) -> None:
    desk.open("/protected/")
    desk.follow(her)
    assert "Do not contact her: nobody recorded when it is safe." in desk.words
    desk.press("Change how")
    desk.write("Whom to ask for", "Canarysister")
    desk.press("Record it")
    desk.press("Change when")
    desk.choose("She may never be contacted")
    desk.press("Record them")
    assert "Do not contact her now." in desk.words
    assert "Ask for Canarysister" in desk.words


def then_one_tap_ends_the_session(desk: Desk, her: str) -> None:
    # The other site is not to be reached from here: that the way leads there is enough.
    with desk.page.expect_request(lambda asked: asked.url.startswith("https://")) as led:
        desk.page.get_by_role("button", name="Exit this page").click()
    assert "referer" not in led.value.headers
    assert her not in led.value.url
    desk.page.wait_for_url("chrome-error://**")
    desk.open(f"/protected/{her}/")
    assert desk.path == "/sign-in/"


def then_no_file_of_the_home_holds_her(site: Site) -> None:
    read = [path for path in site.at.home.rglob("*") if path.is_file()]
    assert "victims.key" in {path.name for path in read}
    for path in read:
        held = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in held], path.name

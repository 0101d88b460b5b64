"""Somebody asks what the law was: a day, a place, a nation, and what is only proposed."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import ADMINISTRATOR, Site
from tests.support.browser import Desk, faults_of
from tests.support.server import PASSWORD

AGENCY = "10"


@pytest.mark.browser
@pytest.mark.slow
def test_the_law_of_a_day_is_found_without_a_reason_and_the_proposed_is_told_apart(
    site: Site,
) -> None:
    desk = given_a_response_officer_who_has_signed_in(site)
    when_she_opens_the_law_from_the_navigation(desk)
    then_the_day_before_the_pilot_there_was_no_such_order(desk)
    then_on_its_first_day_it_could_be_made_in_croydon_and_not_in_leeds(desk)
    then_todays_breach_of_a_notice_stands_beside_the_proposed_crime(desk)
    then_a_proposed_order_is_law_on_no_day(desk)
    then_another_nation_is_told_on_the_same_day(desk)
    then_bad_addresses_are_answered_in_words(desk)
    assert faults_of(site.journey) == []


def given_a_response_officer_who_has_signed_in(site: Site) -> Desk:
    words = ("accounts", "first", ADMINISTRATOR, "--agency", AGENCY)
    site.at.run(*words, "--agency-name", "Invented Force", typed=PASSWORD)
    site.open_account("rae", "response_officer", agency=AGENCY)
    desk = site.journey.desk("rae")
    desk.open("/sign-in/")
    desk.write("User name", "rae")
    desk.write("Password", PASSWORD)
    desk.press("Sign in")
    return desk


def when_she_opens_the_law_from_the_navigation(desk: Desk) -> None:
    desk.open("/law/")
    assert desk.follow("Law") == 200
    assert desk.path == "/law/"
    assert "The law of orders" in desk.words


def then_the_day_before_the_pilot_there_was_no_such_order(desk: Desk) -> None:
    desk.write("The law as it stood on", "2024-11-26")
    desk.press("Show")
    assert "Orders and notices on 26 November 2024" in desk.words
    desk.follow("Domestic abuse protection order")
    assert "NOT IN FORCE in England and Wales on 26 November 2024." in desk.words
    assert "began on 27 November 2024" in desk.words


def then_on_its_first_day_it_could_be_made_in_croydon_and_not_in_leeds(desk: Desk) -> None:
    desk.write("The law as it stood on", "2024-11-27")
    desk.press("Show")
    assert "In force in pilot areas only: England and Wales, 27 November 2024." in desk.words
    for area, could in (("Croydon", "could"), ("Leeds", "could not")):
        desk.write("A council or force (if you like)", area)
        desk.press("Show")
        assert f"It {could} be made in {area} on 27 November 2024." in desk.words
    assert "SI 2024/1191" in desk.words


def then_todays_breach_of_a_notice_stands_beside_the_proposed_crime(desk: Desk) -> None:
    desk.open("/law/DVPN/?on=2026-11-23")
    row = desk.page.get_by_role("row", name="What is a breach?")
    today, proposed = row.get_by_role("cell").all()
    assert today.inner_text().startswith("Not a crime")
    assert "PROPOSED: Recommendation 1." in proposed.inner_text()
    assert "A crime." in proposed.inner_text()
    heading = desk.page.get_by_role("columnheader", name="PROPOSED: Recommendation 1")
    assert "Not law on any day." in heading.inner_text()


def then_a_proposed_order_is_law_on_no_day(desk: Desk) -> None:
    desk.open("/law/")
    desk.follow("Serial perpetrator order (proposed)")
    assert "PROPOSED: not law on any day" in desk.words
    assert desk.page.get_by_role("columnheader").all_inner_texts()[1].startswith("PROPOSED")
    assert len(desk.page.get_by_role("columnheader").all()) == 2


def then_another_nation_is_told_on_the_same_day(desk: Desk) -> None:
    desk.open("/law/STALK_PO/?on=2026-03-02")
    desk.follow("Scotland")
    assert "Made elsewhere, but binds here: Scotland, 2 March 2026." in desk.words
    desk.open("/law/S_DAPO/")
    assert "NOT IN FORCE in Scotland" in desk.words


def then_bad_addresses_are_answered_in_words(desk: Desk) -> None:
    assert desk.open("/law/DVPN/?on=2026-02-30") == 400
    assert "The day must be a real date" in desk.words
    assert "What is a breach?" in desk.words
    assert desk.open("/law/NOPE/") == 404
    assert "knows no order, notice or framework by that code" in desk.words
    assert desk.open("/law/DVPN/?on=2028-03-01") == 200
    assert "this clock cannot be counted" in desk.words
    assert desk.open("/law/MAPPA/") == 200

"""A stalking protection order from its draft to its service, and a proposed order that says on
every page that it is proposed.

In a real browser without scripts, by those whose office each step is; axe looks at every page.
"""

from __future__ import annotations

import csv
import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.conftest import HEAD, Site
from tests.journeys.story import (
    LONDON,
    Story,
    given_a_feed_of_invented_people,
    given_an_administrator_who_opened_accounts,
    signed_in,
)
from tests.support.browser import Desk, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HER = "Wenna Quillcanary"
COURT = "Exmere Magistrates’ Court"
WORDS = "The Respondent must not contact Protected person 1 by any means."
TASK = "task 12"
DRAFT = "Not yet: begin a draft, to be authorised and asked for"
SERIAL = "PROPOSED, not law: Serial perpetrator order"


@dataclass
class Life:
    """What one step hands on to the next."""

    story: Story
    order: str = ""

    def desk(self, who: str) -> Desk:
        return signed_in(self.story, who, TASK)

    @property
    def draft(self) -> str:
        return f"/orders/drafts/{self.order}/"


def test_an_order_from_its_draft_to_its_service_and_one_that_is_proposed(
    site: Site, tmp_path: Path
) -> None:
    life = Life(given_a_feed_of_invented_people(site, tmp_path))
    given_an_administrator_who_opened_accounts(life.story)
    given_a_man_who_was_reported(life)
    when_a_term_is_too_short_it_is_refused_and_nothing_is_lost(life)
    when_it_is_long_enough_the_draft_is_kept(life)
    then_it_waits_for_an_authorising_officer_who_authorises_it(life)
    when_the_court_is_asked_and_hears_it(life)
    then_it_is_made_and_served_by_the_page(life)
    given_an_agency_that_tries_the_proposals(life)
    then_every_page_of_a_serial_perpetrator_order_says_proposed(life)
    then_her_name_is_on_no_page_but_the_one_that_asked_it(life)
    assert faults_of(site.journey) == []


def given_a_man_who_was_reported(life: Life) -> None:
    at, analyst = life.story.site.at, ("--as", "ana", "--because", TASK)
    at.run("feed", "load", str(life.story.feed), *analyst, expect=1)
    at.run("jobs", "ask", "identify", *analyst)
    life.story.worker()
    with life.story.feed.open(encoding="utf-8", newline="") as lines:
        phones = [row["suspect_phone"].replace(" ", "") for row in csv.DictReader(lines)]
    phone = next(p for p in phones if re.fullmatch(r"07\d{9}", p) and phones.count(p) == 1)
    found = at.asked("search", "--phone", phone, "--as", "omar", "--because", TASK)
    life.story.person = found["candidates"][0]["person"]


def begins(life: Life, title: str) -> Desk:
    """The way from his page to the terms of a draft of that order."""
    desk = life.desk("omar")
    desk.open(f"/people/{life.story.person}/orders/new/")
    desk.choose(title)
    desk.choose(DRAFT)
    desk.press("Continue")
    return desk


def writes_clause(desk: Desk, kind: str, words: str) -> None:
    desk.page.locator("[name=c1-clause]").fill("1")
    desk.page.locator("[name=c1-text]").fill(words)
    desk.page.locator("[name=c1-kind]").select_option(kind)


def when_a_term_is_too_short_it_is_refused_and_nothing_is_lost(life: Life) -> None:
    desk = begins(life, "Stalking protection order")
    soon = datetime.now(LONDON).date() + timedelta(days=30)
    desk.choose("Until a last day")
    desk.moment("last_day", str(soon.day), str(soon.month), str(soon.year))
    desk.write("Her name", HER)
    writes_clause(desk, "no_contact", WORDS)
    desk.press("Check your answers")
    assert desk.press("Check your answers") == 400
    assert "Stalking Protection Act 2019, s. 3(2)" in desk.words
    assert desk.page.get_by_label("Her name", exact=True).input_value() == HER
    assert desk.page.locator("[name=c1-text]").input_value() == WORDS


def when_it_is_long_enough_the_draft_is_kept(life: Life) -> None:
    desk = life.desk("omar")
    desk.choose("Until further order")
    desk.moment("last_day", "", "", "")
    desk.press("Check your answers")
    assert "A draft: nothing binds him yet" in desk.words
    desk.press("Keep the draft")
    assert "The draft is kept. It binds nobody." in desk.words
    life.order = desk.path.split("/")[3]


def then_it_waits_for_an_authorising_officer_who_authorises_it(life: Life) -> None:
    assert "An authorising officer authorises it next." in life.desk("omar").words
    desk = life.desk("aubrey")
    desk.open(life.draft)
    desk.press("Authorise it")
    assert desk.press("Authorise it") == 400
    desk.page.locator("[name=rank]").select_option("superintendent")
    desk.press("Authorise it")
    assert "The authorisation is recorded." in desk.words


def when_the_court_is_asked_and_hears_it(life: Life) -> None:
    desk = life.desk("omar")
    desk.open(life.draft)
    desk.press("Record the application")
    desk.write("Which court?", COURT)
    desk.press("Record the application")
    desk.press("List its hearing")
    day = datetime.now(LONDON).date() + timedelta(days=1)
    desk.moment("hearing_at", str(day.day), str(day.month), str(day.year), "10:00")
    desk.press("List its hearing")
    assert "Its hearing is listed." in desk.words


def then_it_is_made_and_served_by_the_page(life: Life) -> None:
    desk = life.desk("omar")
    desk.press("Record that the court made it")
    assert desk.page.locator("[name=c1-text]").input_value() == WORDS
    desk.write("Which court?", COURT)
    desk.press("Record that the court made it")
    assert desk.path == f"/orders/{life.order}/"
    # A service is typed to the minute, and must not lie before the making.
    time.sleep(61 - datetime.now(LONDON).second)
    at, desk = datetime.now(LONDON), life.desk("rosa")
    desk.open(f"/orders/{life.order}/serve/")
    desk.moment("served_at", str(at.day), str(at.month), str(at.year), f"{at:%H:%M}")
    for label in ("On him in person", "At court", "Statement of service"):
        desk.choose(label)
    desk.press("Record the service")
    assert "In force and served" in desk.words


def given_an_agency_that_tries_the_proposals(life: Life) -> None:
    desk = life.desk("omar")
    desk.open(f"/people/{life.story.person}/orders/new/")
    assert desk.page.get_by_label(SERIAL, exact=True).count() == 0
    assert "only an agency that runs the proposals may try it" in desk.words
    words = ("agency", "definition", "northumbria_matac", "--regime", "paladin")
    life.story.site.at.run(*words, *HEAD)


def then_every_page_of_a_serial_perpetrator_order_says_proposed(life: Life) -> None:
    first = len(life.story.site.journey.seen)
    desk = begins(life, SERIAL)
    desk.choose("Until further order")
    desk.write("Her name", HER)
    writes_clause(desk, "attend", "The Respondent must attend the programme.")
    desk.press("Check your answers")
    desk.write("Which programme?", "Change programme")
    desk.write("Who supervises it?", "Exmere probation service")
    day = datetime.now(LONDON).date() + timedelta(days=7)
    desk.moment("c1-at", str(day.day), str(day.month), str(day.year), "10:00")
    desk.press("Check your answers")
    desk.press("Keep the draft")
    life.order = desk.path.split("/")[3]
    desk.follow("Record that the court made it")
    desk.write("Which court?", COURT)
    desk.press("Record that the court made it")
    assert desk.path == f"/orders/{life.order}/"
    pages = life.story.site.journey.seen[first:]
    assert len(pages) >= 6
    assert [one.kind for one in pages if "PROPOSED" not in one.body] == []


def then_her_name_is_on_no_page_but_the_one_that_asked_it(life: Life) -> None:
    for one in life.story.site.journey.seen:
        assert HER not in one.title + one.url
        if "/orders/new/" not in one.url:
            assert HER not in one.body, one.kind

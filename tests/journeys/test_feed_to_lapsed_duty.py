"""The main job, end to end, in Chromium with scripts switched off: from an uploaded feed to a
served order and a duty that lapsed. Every page on the way is then held to what all pages owe.

Time passes honestly: the order was made and served ten days ago, and the real worker finds
what became late since, at the instant at which it did.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Site
from tests.journeys.story import (
    FAULTY_ROWS,
    LONDON,
    REPORTS,
    Story,
    error_summary_is_on_top_and_linked,
    given_a_feed_of_invented_people,
    given_an_administrator_who_opened_accounts,
    signed_in,
)
from tests.support.browser import Desk, faults_of

PROTECTED = "Wenna Quillbrook"
COURT = "Exmere Magistrates’ Court"


@pytest.mark.browser
@pytest.mark.slow
def test_from_an_uploaded_feed_to_a_lapsed_duty(site: Site, tmp_path: Path) -> None:
    story = given_a_feed_of_invented_people(site, tmp_path)
    given_an_administrator_who_opened_accounts(story)
    when_the_analyst_sends_the_feed(story)
    then_she_mends_a_row_that_waits_in_quarantine(story)
    when_the_worker_identifies_people_and_puts_candidates_up(story)
    then_the_authorising_officer_reads_who_they_are(story)
    when_he_decides_with_a_mistake_first(story)
    when_the_offender_manager_makes_an_order(story)
    when_the_response_officer_serves_it(story)
    when_the_worker_looks_what_became_late(story)
    then_the_caseload_shows_what_is_late_since_when_and_which_offence(story)
    then_a_check_at_the_door_gives_the_answer_first(story)
    then_a_check_of_nobody_says_that_no_match_is_no_proof(story)
    then_the_auditor_sees_a_whole_ledger_and_who_looked(story)
    then_the_pages_of_the_owners_other_work_are_there(story)
    when_his_record_is_sealed_to_his_owner(story)
    then_he_is_nobody_to_everyone_else(story)
    then_no_page_showed_whom_the_order_protects_to_who_need_not_know(story)
    then_every_page_keeps_its_promises(story)
    assert faults_of(site.journey) == []


# -- from a feed to a candidate --------------------------------------------------------------


def when_the_analyst_sends_the_feed(story: Story) -> None:
    desk = signed_in(story, "ana", "weekly feed 47")
    assert "No list has been made for your agency yet." in desk.words
    desk.follow("Feeds")
    desk.page.get_by_label("The feed", exact=True).set_input_files(story.feed)
    desk.press("Send the feed")
    assert "Waiting for the worker" in desk.words
    assert story.worker()["rows_loaded"] == REPORTS
    desk.press("See how far it is now")
    assert f"{REPORTS:,} rows were read. {FAULTY_ROWS} wait in quarantine" in desk.words


def then_she_mends_a_row_that_waits_in_quarantine(story: Story) -> None:
    desk = story.desks["ana"]
    wrong_day = re.compile(r"reported_on: expected")
    rows = desk.page.locator("tbody tr")
    assert rows.count() == FAULTY_ROWS
    desk.click(rows.filter(has_text=wrong_day).first.get_by_role("link"))
    desk.write("Reported on", "soon")
    desk.press("Mend and release")
    error_summary_is_on_top_and_linked(desk)
    desk.write("Reported on", story.served_on.isoformat())
    desk.press("Mend and release")
    assert desk.page.locator("tbody tr").count() == FAULTY_ROWS - 1


def when_the_worker_identifies_people_and_puts_candidates_up(story: Story) -> None:
    for job in ("identify", "put_up"):
        story.site.at.run("jobs", "ask", job, "--as", "ana", "--because", "weekly feed 47")
        assert story.worker()["jobs_done"] == 1


def then_the_authorising_officer_reads_who_they_are(story: Story) -> None:
    desk = signed_in(story, "aubrey", "monthly selection")
    assert re.search(r"[1-9]\d* people wait for a decision", desk.words)
    assert "This list puts nobody on the register" in desk.words
    full = re.compile(r", \w{3,}.*Born \d+ \w+ \d{4}", re.DOTALL)
    row = desk.page.locator("tbody tr").filter(has_text=full).first
    link = row.locator("a.v-name")
    story.name = link.inner_text()
    story.person = str(link.get_attribute("href")).strip("/").split("/")[-1]
    story.born = re.findall(r"Born (\d+ \w+ \d{4})", row.inner_text())[0]
    desk.click(link)
    assert desk.path == f"/people/{story.person}/"
    assert "Why we think these reports are one person" in desk.words
    desk.press("Decide")


def when_he_decides_with_a_mistake_first(story: Story) -> None:
    desk = story.desks["aubrey"]
    desk.choose("Put on the register")
    desk.press("Check your answers")
    error_summary_is_on_top_and_linked(desk)
    for box in desk.page.locator("[name=evidence]").all():
        box.check()
    desk.write("Reasons", "Different victims within three years, and no order in place.")
    desk.write("Why is it necessary?", "The next victim is not warned otherwise.")
    desk.write("Why is it proportionate?", "A police record with a review date, and no duty.")
    desk.write("Who will be the owner?", "omar")
    desk.press("Check your answers")
    desk.press("Change it")
    assert desk.page.get_by_label("Who will be the owner?").input_value() == "omar"
    desk.press("Check your answers")
    assert "It is recorded in your name." in desk.words
    desk.press("Record the decision")
    assert desk.path == f"/people/{story.person}/"
    assert "On the register" in desk.words


# -- from an order to a lapsed duty ----------------------------------------------------------


def when_the_offender_manager_makes_an_order(story: Story) -> None:
    desk, day = signed_in(story, "omar", "allocation 12"), story.served_on
    assert "No duty of your people is open." in desk.words
    desk.follow(story.name)
    desk.press("Make an order")
    desk.choose("Stalking protection order")
    desk.press("Continue")
    desk.write("Which court made it?", COURT)
    desk.moment("made_on", "1", "6", "2019")
    desk.choose("Until a last day")
    desk.moment("last_day", "1", str(day.month), str(day.year + 3))
    desk.page.locator("[name=p1-name]").fill(PROTECTED)
    _clause(desk, 1, "You must not contact protected person 1 by any means.", "No contact")
    _clause(desk, 2, "You must not be violent to protected person 1.", "No violence")
    desk.press("Check your answers")
    desk.press("Check your answers")
    assert "began on 20 January 2020" in desk.page.locator(".govuk-error-summary").inner_text()
    desk.moment("made_on", str(day.day), str(day.month), str(day.year))
    desk.press("Check your answers")
    assert "Nothing is recorded yet." in desk.words
    desk.press("Record the order")
    assert "Until it is served, no breach can be proved." in desk.words
    story.order = desk.path.strip("/").split("/")[-1]


def _clause(desk: Desk, number: int, text: str, kind: str) -> None:
    desk.page.locator(f"[name=c{number}-clause]").fill(str(number))
    desk.page.locator(f"[name=c{number}-text]").fill(text)
    desk.page.locator(f"[name=c{number}-kind]").select_option(label=kind)


def when_the_response_officer_serves_it(story: Story) -> None:
    desk, day = signed_in(story, "rosa", "incident 0212"), story.served_on
    _check_him(story, desk)
    desk.follow("Stalking protection order")
    desk.press("Serve it")
    before = day - timedelta(days=1)
    _service(desk, before)
    assert "service" in desk.page.locator(".govuk-error-summary").inner_text().lower()
    _service(desk, day)
    assert "The service is recorded." in desk.words


def _service(desk: Desk, day: date) -> None:
    desk.moment("served_at", str(day.day), str(day.month), str(day.year), "4:10pm")
    for answer in ("On him in person", "At his home", "Body-worn video"):
        desk.choose(answer)
    desk.press("Record the service")


def _check_him(story: Story, desk: Desk) -> None:
    """Ask at the door for his name and birthday, and open his page."""
    desk.open("/check/")
    born = datetime.strptime(story.born, "%d %B %Y")  # noqa: DTZ007 - a day
    desk.write("Who is it?", f"{story.name} {born:%d/%m/%Y}")
    desk.press("Check")
    desk.click(desk.page.locator(f".v-pick a[href='/people/{story.person}/']"))


def when_the_worker_looks_what_became_late(story: Story) -> None:
    counts = story.worker()
    assert (counts["lapsed"], counts["alerted"]) == (1, 1)


def then_the_caseload_shows_what_is_late_since_when_and_which_offence(story: Story) -> None:
    # Three days, beginning with the day of service: Stalking Act 2019, section 9.
    last = story.served_on + timedelta(days=2)
    desk = story.desks["omar"]
    desk.follow("My caseload")
    late = desk.page.locator(".v-group--late").inner_text()
    assert "Late: 1" in late
    assert story.name in late
    assert f"Late since the end of {last.day} {last:%B %Y}" in late
    assert re.search(r"Offence: \S+", late)
    assert "He did not tell the police in time." in desk.words
    (case,) = story.site.at.asked("duties", "mine", "--as", "omar", "--because", "caseload")[
        "cases"
    ]
    midnight = datetime.combine(last + timedelta(days=1), time(), LONDON).astimezone(UTC)
    assert datetime.fromisoformat(case["late_since"]) == midnight
    desk.click(desk.page.get_by_role("button", name="I have read it"))
    assert "The alert is marked as read." in desk.words


def then_the_pages_of_the_owners_other_work_are_there(story: Story) -> None:
    desk = story.desks["omar"]
    assert desk.open("/today/") == 200
    assert desk.open("/caseload/") == 200
    desk.click(desk.page.get_by_role("button", name=re.compile("^Record what he told")).first)
    assert "police station" in desk.words
    assert desk.open(f"/orders/{story.order}/discharge/") == 200
    assert desk.open("/orders/") == 200
    assert desk.open(f"/people/{story.person}/judge/") == 200


def then_a_check_at_the_door_gives_the_answer_first(story: Story) -> None:
    desk = story.desks["rosa"]
    _check_him(story, desk)
    assert "1 duty is late." in desk.words
    assert "In force" in desk.words


def then_a_check_of_nobody_says_that_no_match_is_no_proof(story: Story) -> None:
    desk = story.desks["rosa"]
    desk.open("/check/")
    desk.write("Who is it?", "Xyzzyqua Wqvort 01/01/1931")
    desk.press("Check")
    assert "No match in this register as of" in desk.words
    assert "This is not proof there is no order." in desk.words
    assert "no risk" not in desk.words.lower()


# -- what must hold of all of it -------------------------------------------------------------


def then_the_auditor_sees_a_whole_ledger_and_who_looked(story: Story) -> None:
    desk = signed_in(story, "audra", "audit 2026")
    desk.press("Check the whole ledger now")
    assert "The ledger is whole." in desk.words
    desk.write("Only entries about this reference", story.person)
    desk.press("Show them")
    # The newest come first, and his owner looked often: the officer's looks may be a page back.
    rows = desk.page.locator("tbody tr").filter(has_text="Looked")
    looked = " ".join(rows.all_inner_texts())
    while desk.page.get_by_role("button", name="Older entries").count():
        desk.press("Older entries")
        looked += " ".join(rows.all_inner_texts())
    for who in ("rosa, response officer", "omar, offender manager", "aubrey, authorising officer"):
        assert who in " ".join(looked.split()), who
    assert story.site.at.asked("ledger", "verify")["whole"] is True


def when_his_record_is_sealed_to_his_owner(story: Story) -> None:
    because = ("--as", "aubrey", "--because", "an officer's own case")
    story.site.at.run("records", "seal", story.person, "--to", "omar", *because)


def then_he_is_nobody_to_everyone_else(story: Story) -> None:
    owner, other = story.desks["omar"], story.desks["rosa"]
    assert owner.open(f"/people/{story.person}/") == 200
    for path in ("/people/{}/", "/orders/{}/"):
        sealed = story.person if "people" in path else story.order
        assert other.open(path.format(sealed)) == 404, path
        assert other.open(path.format("P-ZZZZZZ")) == 404, path
        assert other.seen[-1].body == other.seen[-2].body, path


def then_no_page_showed_whom_the_order_protects_to_who_need_not_know(story: Story) -> None:
    told = [one for one in story.site.journey.seen if PROTECTED in one.body]
    assert {one.who for one in told} == {"omar"}
    assert {urlsplit(one.url).path.split("/")[-2] for one in told} == {"new"}


def then_every_page_keeps_its_promises(story: Story) -> None:
    seen = story.site.journey.seen
    assert len(seen) > 30
    for one in seen:
        assert "no-store" in one.headers["cache-control"], one.kind
        assert "unsafe" not in one.headers["content-security-policy"], one.kind
        words = set(re.findall(r"\w+", f"{one.url} {one.title}".casefold()))
        assert not words & story.names, one.kind

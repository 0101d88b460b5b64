"""A caseload: what is late first with its offence, alerts, what a subject told; and Today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.ledger.queries import entries
from vigil.monitoring.queries import duties_of
from vigil.monitoring.rules import DutyStatus
from vigil.monitoring.sweep import sweep

pytestmark = pytest.mark.django_db
OWNER = "test-offender-manager"
SERVED = support.london(2026, 11, 20, 16, 10)
# Served on 20 November: the last day is the 22nd, and the 23rd is late.
DUTY = "{order}/initial/2026-11-20"
TOLD = {
    "told_at-day": "22",
    "told_at-month": "11",
    "told_at-year": "2026",
    "told_at-time": "4:10pm",
    "items": ["name", "home_address"],
    "how": "in_person_at_police_station",
    "who": "himself",
    "proof": "form 12",
}


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


@pytest.fixture
def order(him: str, at: datetime) -> str:
    """An order that the offender manager at the desk recorded, served on 20 November."""
    made = support.made(support.london(2026, 11, 20, 9), by=support.officer(username=OWNER))
    support.served(made, SERVED)
    sweep(at=at)
    return made


def status(him: str, at: datetime) -> DutyStatus:
    with look(viewer=support.officer(), references=[him], at=at) as sight:
        (duty,) = duties_of(sight, him, at=at)
    return duty.status


def test_what_is_late_says_since_when_and_which_offence(
    desk: Callable[..., Client], order: str
) -> None:
    page = words(desk().get("/caseload/"))
    assert "Monday 23 November 2026, 12pm" in page
    assert "1 person is late." in page
    assert "Late by 1 day." in page
    assert "Was due until 11:59pm on 22 November 2026" in page
    assert "Offence: ST19002." in page
    assert "Stalking Protection Act 2019 s. 9" in page
    assert order in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-2, "Tomorrow, until 11:59pm on 22 November 2026"),
        (-1, "Due today,"),
        (0, "Late by 1 day."),
    ],
    ids=["two days before", "on the last day", "the day after"],
)
def test_a_duty_moves_up_as_its_day_comes(
    desk: Callable[..., Client], him: str, at: datetime, days: int, said: str
) -> None:
    made = support.made(support.london(2026, 11, 20, 9), by=support.officer(username=OWNER))
    support.served(made, support.london(2026, 11, 20, 9, 30))
    client, then = desk(), at + timedelta(days=days)
    with standing_at(then):
        sweep(at=then)
        client.cookies.clear()
        client = _again(client)
        page = words(client.get("/caseload/"))
    assert said in page, him


def _again(client: Client) -> Client:
    """Sign in once more: the clock of the test has moved under the session."""
    client.post("/sign-in/", {"login": OWNER, "password": "a long invented password"})
    client.post("/reason/", {"kind": "duty", "reference": "task 12"})
    return client


def test_an_alert_is_shown_until_it_is_read(desk: Callable[..., Client], order: str) -> None:
    client = desk()
    page = words(client.get("/caseload/"))
    assert "He did not tell the police in time." in page, order
    address = page.split('action="/caseload/alerts/')[1].split('"')[0]
    answer = client.post(f"/caseload/alerts/{address}")
    assert answer["Location"] == "/caseload/?done=read"
    assert "He did not tell the police in time." not in words(client.get("/caseload/"))


def test_an_alert_is_read_by_whom_it_is_for(desk: Callable[..., Client], order: str) -> None:
    page = words(desk().get("/caseload/"))
    address = page.split('action="/caseload/alerts/')[1].split('"')[0]
    other = desk(Role.AUTHORISING_OFFICER)
    assert other.post(f"/caseload/alerts/{address}").status_code == 404, order
    assert other.post(f"/caseload/alerts/{10**25}/read/").status_code == 404
    assert other.get(f"/caseload/alerts/{address}").status_code == 405


def test_told_in_time_meets_the_duty_though_it_was_written_as_late(
    desk: Callable[..., Client], order: str, him: str, at: datetime
) -> None:
    client = desk()
    answer = client.post(f"/caseload/told/{DUTY.format(order=order)}/", TOLD)
    assert answer["Location"] == "/caseload/?done=told"
    assert status(him, at) is DutyStatus.MET
    assert "Nobody is late." in words(client.get("/caseload/"))


def test_told_late_stays_late(
    desk: Callable[..., Client], order: str, him: str, at: datetime
) -> None:
    client = desk(Role.RESPONSE_OFFICER)
    late = {**TOLD, "told_at-day": "23", "told_at-time": "00:00"}
    answer = client.post(f"/caseload/told/{DUTY.format(order=order)}/", late)
    assert answer["Location"] == f"/orders/{order}/?done=told"
    assert status(him, at) is DutyStatus.TOLD_LATE
    assert "Told late" in words(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"who": "another"}, "expected the subject to notify himself"),
        ({"how": "phone"}, "expected the subject in person at a police station"),
        ({"items": ["name"]}, "found no home address"),
        ({"items": []}, "tick what he told"),
        ({"items": ["travel"]}, "tick only what he owes"),
        ({"told_at-day": "24"}, "expected a time that has passed"),
        ({"told_at-day": "19"}, "when the duty began"),
        ({"told_at-time": "25:00"}, "must have a time"),
        ({"how": ""}, "choose how he told"),
        ({"who": ""}, "choose who told"),
    ],
    ids=[
        "somebody else",
        "by phone",
        "not all of it",
        "nothing",
        "what he does not owe",
        "in the future",
        "before it began",
        "no real time",
        "no way",
        "nobody",
    ],
)
def test_what_does_not_count_is_said_in_one_sentence(
    desk: Callable[..., Client],
    order: str,
    him: str,
    at: datetime,
    changed: Mapping[str, object],
    sentence: str,
) -> None:
    answer = desk().post(f"/caseload/told/{DUTY.format(order=order)}/", {**TOLD, **changed})
    page = words(answer)
    assert answer.status_code == 400
    assert sentence in page.lower()
    assert 'value="form 12"' in page
    assert status(him, at) is DutyStatus.LAPSED


def test_a_duty_is_met_once(desk: Callable[..., Client], order: str) -> None:
    client = desk()
    client.post(f"/caseload/told/{DUTY.format(order=order)}/", TOLD)
    again = client.post(f"/caseload/told/{DUTY.format(order=order)}/", TOLD)
    assert again.status_code == 400
    assert "expected an open or a late duty" in words(again).lower()


def test_no_such_duty_and_no_reference_are_one_page(
    desk: Callable[..., Client], order: str
) -> None:
    client = desk()
    names = (f"{order}/initial/2026-11-21", "SPO-2026-9999/initial/2026-11-20", "a.b/%00/-")
    pages = [client.get(f"/caseload/told/{name}/") for name in names]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_a_duty_of_another_agency_is_not_settled_here(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    other = support.officer(agency="11", username="zoe")
    made = support.made(support.london(2026, 11, 20, 9), by=other)
    bob = support.officer(Role.RESPONSE_OFFICER, username="bob", agency="11")
    support.served(made, SERVED, by=bob)
    sweep(at=at)
    answer = desk().post(f"/caseload/told/{DUTY.format(order=made)}/", TOLD)
    assert answer.status_code == 403
    assert status(him, at) is DutyStatus.LAPSED


@pytest.mark.parametrize(
    "role", [Role.RESPONSE_OFFICER, Role.ANALYST, Role.ADVOCATE, Role.AUDITOR], ids=str
)
def test_a_caseload_is_for_those_who_have_one(desk: Callable[..., Client], role: Role) -> None:
    assert desk(role).get("/caseload/").status_code == 403


def test_a_colleague_sees_none_of_it(desk: Callable[..., Client], order: str) -> None:
    page = words(desk(Role.COORDINATOR).get("/caseload/"))
    assert "Nobody is late." in page
    assert order not in page


def test_a_caseload_is_a_look_at_everybody_in_it(
    desk: Callable[..., Client],
    order: str,
    him: str,
    viewer_factory: Callable[..., Viewer],
) -> None:
    client = desk()
    for address in ("/caseload/", f"/caseload/told/{DUTY.format(order=order)}/"):
        client.get(address)
        (newest, *_) = entries(viewer_factory(Role.AUDITOR))
        assert newest.did == "access.look"
        assert him in newest.targets


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_today_is_for_everybody_and_looks_at_nobody(
    browser: Callable[..., Client], role: Role, viewer_factory: Callable[..., Viewer]
) -> None:
    client = browser(role)
    before = entries(viewer_factory(Role.AUDITOR))
    page = words(client.get("/today/"))
    assert "What you can do next" in page
    assert "Monday 23 November 2026, 12pm" in page
    assert entries(viewer_factory(Role.AUDITOR)) == before
    # He is sent only where he may go.
    addresses = {part.split('"')[0] for part in page.split('task-list__link" href="')[1:]}
    for address in addresses:
        assert client.get(address).status_code in (200, 302), address


def test_today_counts_what_is_late(browser: Callable[..., Client], order: str) -> None:
    page = words(browser().get("/today/"))
    assert "1 person is late." in page
    assert "1 alert not read" in page
    assert order not in page


def test_today_asks_a_stranger_to_sign_in(db: None) -> None:
    assert Client().get("/today/")["Location"].startswith("/sign-in/")

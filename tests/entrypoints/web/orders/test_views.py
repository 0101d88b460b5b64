"""The orders of an agency, one order word for word, its service and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.ledger.queries import entries
from vigil.monitoring.queries import duties_of
from vigil.orders.kinds import Ending
from vigil.orders.queries import order as order_view

pytestmark = pytest.mark.django_db
YESTERDAY = support.london(2026, 11, 22, 9, 0)
SERVICE = {
    "served_at-day": "23",
    "served_at-month": "11",
    "served_at-year": "2026",
    "served_at-time": "11:30am",
    "how": "personal",
    "where": "police_station",
    "proof": "statement_of_service",
    "served_by": "4471",
}
END = {
    "discharged_at-day": "23",
    "discharged_at-month": "11",
    "discharged_at-year": "2026",
    "discharged_at-time": "11:00",
    "how": "court_order",
    "consents": ["respondent", "police"],
    "act": "record",
}


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


@pytest.fixture
def made(him: str, at: datetime) -> str:
    """A stalking protection order of yesterday, not served."""
    return support.made(YESTERDAY)


def test_an_order_says_first_how_it_stands(desk: Callable[..., Client], made: str) -> None:
    page = words(desk().get(f"/orders/{made}/"))
    assert page.index("In force, no proof of service") < page.index("Clause 1")
    assert "It binds him until a court ends it, but no proof is held that he was told." in page
    assert "You must not contact <span" in page
    assert "Quillbrook" not in page
    assert "A crime. Offence ST19001." in page
    assert "Stalking Protection Act 2019 s. 8" in page
    assert "Serve it" in page
    assert "Record its end" in page


def test_a_notice_that_is_not_served_does_not_bind(
    desk: Callable[..., Client],
    him: str,
) -> None:
    notice = support.made(YESTERDAY, instrument="DVPN")
    page = words(desk().get(f"/orders/{notice}/"))
    assert "It does not bind him until it is served on him in person." in page
    assert "Not yet: what follows from a breach once it is served" in page
    assert "If he breaks it today" not in page
    assert "PROPOSED: Recommendation 1" in page
    assert "Until the court has decided on the application for an order." in page


def test_a_notice_that_was_served_says_by_when_a_court_hears_it(
    desk: Callable[..., Client],
    him: str,
) -> None:
    notice = support.made(support.london(2026, 11, 20, 14), instrument="DVPN")
    support.served(notice, support.london(2026, 11, 20, 15))
    page = words(desk().get(f"/orders/{notice}/"))
    # Friday 3pm: Sunday does not count, so 48 hours are full on Monday at 3pm.
    assert "Before 3pm on 23 November 2026" in page
    assert "Crime and Security Act 2010 s. 27(3)-(4)" in page


def test_a_service_starts_his_duty_at_once(
    desk: Callable[..., Client], made: str, him: str, at: datetime
) -> None:
    client = desk(Role.RESPONSE_OFFICER)
    answer = client.post(f"/orders/{made}/serve/", SERVICE)
    assert answer["Location"] == f"/orders/{made}/?done=served"
    page = words(client.get(answer["Location"]))
    assert "In force and served" in page
    assert "11:30am on 23 November 2026 by 4471. At a police station. Statement of service." in page
    assert "until 11:59pm on 25 November 2026" in page
    assert "ST19002" in page
    with look(viewer=support.officer(), references=[him], at=at) as sight:
        (duty,) = duties_of(sight, him, at=at)
    assert duty.order == made


def test_the_service_of_an_order_without_a_duty_starts_none(
    desk: Callable[..., Client],
    him: str,
) -> None:
    order = support.made(YESTERDAY, instrument="DVPO", last_day=support.london(2026, 12, 6).date())
    client = desk()
    client.post(f"/orders/{order}/serve/", SERVICE)
    assert "No duty is held that began with this order." in words(client.get(f"/orders/{order}/"))


def test_the_full_order_that_took_the_place_of_an_interim_one_starts_no_duty(
    desk: Callable[..., Client],
    him: str,
    at: datetime,
) -> None:
    her = support.protected_person(at)
    day = support.london(2027, 3, 1).date()
    interim = support.made(YESTERDAY, instrument="STALK_PO_I", protected=[her], last_day=day)
    support.served(interim, support.london(2026, 11, 22, 10))
    full = support.made(at, protected=[her], replaces=interim, made_at=support.london(2026, 11, 23))
    client = desk()
    client.post(f"/orders/{full}/serve/", SERVICE)
    assert "No duty is held that began with this order." in words(client.get(f"/orders/{full}/"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"served_at-day": "21"}, "expected a service after the making"),
        ({"served_at-day": "24"}, "expected a service that has happened"),
        ({"served_at-day": "32"}, "must be a real date"),
        ({"served_at-time": ""}, "must include a time"),
        ({"served_at-time": "noon"}, "must have a time"),
        ({"how": ""}, "Choose how it was served"),
        ({"how": "by raven"}, "from the list"),
        ({"proof": ""}, "Choose what proves it"),
    ],
    ids=[
        "served before it was made",
        "served in the future",
        "no real day",
        "no time",
        "no real time",
        "no way of service",
        "another way of service",
        "no proof",
    ],
)
def test_a_bad_service_is_said_in_one_sentence(
    desk: Callable[..., Client],
    made: str,
    at: datetime,
    changed: Mapping[str, str],
    sentence: str,
) -> None:
    answer = desk().post(f"/orders/{made}/serve/", {**SERVICE, **changed})
    page = words(answer)
    assert answer.status_code == 400
    assert sentence.lower() in page.lower()
    assert 'value="4471"' in page
    with look(viewer=support.officer(), references=[made], at=at) as sight:
        assert not order_view(sight, made, at=at).standing.is_served


def test_a_notice_is_served_in_person_or_not_at_all(
    desk: Callable[..., Client],
    him: str,
) -> None:
    notice = support.made(YESTERDAY, instrument="DVPN")
    answer = desk().post(f"/orders/{notice}/serve/", {**SERVICE, "how": "post"})
    assert answer.status_code == 400
    assert "Crime and Security Act 2010 s. 25" in words(answer)


def test_an_order_is_served_once(desk: Callable[..., Client], made: str) -> None:
    client = desk()
    client.post(f"/orders/{made}/serve/", SERVICE)
    again = client.post(f"/orders/{made}/serve/", SERVICE)
    assert again.status_code == 400
    assert "the first service counts" in words(again)
    assert "Serve it" not in words(client.get(f"/orders/{made}/"))


def test_an_order_ends_and_says_so(desk: Callable[..., Client], made: str) -> None:
    client = desk()
    answer = client.post(f"/orders/{made}/discharge/", END)
    page = words(client.get(answer["Location"]))
    assert "Ended: discharged" in page
    assert "It binds him no more." in page
    assert "If he breaks it today" not in page
    assert "Record its end" not in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"consents": ["police"]}, "Stalking Protection Act 2019 s. 4"),
        ({"discharged_at-day": "21"}, "expected an end after the making"),
        ({"discharged_at-day": "24"}, "found one in the future"),
        ({"how": "application_withdrawn"}, "from the list"),
    ],
    ids=["without his consent", "before its making", "in the future", "not an end of this kind"],
)
def test_a_bad_end_is_said_in_one_sentence(
    desk: Callable[..., Client], made: str, changed: Mapping[str, object], sentence: str
) -> None:
    client = desk()
    answer = client.post(f"/orders/{made}/discharge/", {**END, **changed})
    assert answer.status_code == 400
    assert sentence.lower() in words(answer).lower()
    assert "Record its end" in words(client.get(f"/orders/{made}/"))


def test_the_list_has_first_what_is_not_served_and_no_name(
    desk: Callable[..., Client], made: str
) -> None:
    client = desk()
    page = words(client.get("/orders/"))
    assert "1 order is not served." in page
    assert made in page
    assert "Quillbrook" not in page
    client.post(f"/orders/{made}/serve/", SERVICE)
    after = words(client.get("/orders/"))
    assert "Nothing waits to be served." in after


def test_an_order_is_opened_by_its_reference(desk: Callable[..., Client], made: str) -> None:
    client = desk()
    assert client.post("/orders/", {"reference": made.lower()})["Location"] == f"/orders/{made}/"
    assert client.post("/orders/", {"reference": "SPO-2026-9999"}).status_code == 404
    assert client.post("/orders/", {"reference": "%"}).status_code == 400
    assert client.post("/orders/", {"reference": ""}).status_code == 400


def test_nobodys_order_and_no_reference_are_one_page(desk: Callable[..., Client]) -> None:
    client = desk()
    names = ("SPO-2026-9999", "x" * 300, "%00", "a.b", "-")
    pages = [
        client.get(f"/orders/{name}/{act}")
        for name in names
        for act in ("", "serve/", "discharge/")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_an_order_of_another_agency_is_read_and_not_changed(
    desk: Callable[..., Client],
    him: str,
) -> None:
    other = support.officer(agency="11", username="zoe")
    theirs = support.made(YESTERDAY, by=other)
    client = desk()
    page = words(client.get(f"/orders/{theirs}/"))
    assert "Serve it" not in page
    assert "Record its end" not in page
    assert client.post(f"/orders/{theirs}/serve/", SERVICE).status_code == 403
    assert client.post(f"/orders/{theirs}/discharge/", END).status_code == 403


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADVOCATE, Role.AUDITOR], ids=str)
def test_a_stranger_reads_no_order(desk: Callable[..., Client], made: str, role: Role) -> None:
    client = desk(role)
    for address in ("/orders/", f"/orders/{made}/", f"/orders/{made}/serve/"):
        assert client.get(address).status_code == 403


def test_a_reason_is_asked_for_first(browser: Callable[..., Client], made: str) -> None:
    assert browser().get(f"/orders/{made}/")["Location"].startswith("/reason/")


@pytest.mark.parametrize("address", ["", "serve/", "discharge/"])
def test_each_page_of_an_order_is_a_look_at_him(
    desk: Callable[..., Client],
    made: str,
    him: str,
    address: str,
    viewer_factory: Callable[..., Viewer],
) -> None:
    desk().get(f"/orders/{made}/{address}")
    (newest, *_) = entries(viewer_factory(Role.AUDITOR), about=him)
    assert (newest.did, set(newest.targets)) == ("access.look", {him, made})


def test_the_list_is_a_look_at_the_orders(
    desk: Callable[..., Client], made: str, viewer_factory: Callable[..., Viewer]
) -> None:
    desk().get("/orders/")
    (newest, *_) = entries(viewer_factory(Role.AUDITOR), about=made)
    assert newest.did == "access.look"


def test_every_way_to_end_has_its_words() -> None:
    from vigil.entrypoints.web.orders.presenters import words as said
    from vigil.orders import conditions, kinds

    assert set(said.ENDING) == set(Ending)
    assert set(said.HOW) == set(kinds.How)
    assert set(said.WHERE) == set(kinds.Where)
    assert set(said.PROOF) == set(kinds.Proof)
    assert set(said.RULE) == set(conditions.SHAPES)
    assert set(said.MEANS) == set(conditions.MEANS)
    assert set(said.DAYS) == set(conditions.DAYS)
    assert set(said.CHANGES) == set(conditions.NOTIFIED)

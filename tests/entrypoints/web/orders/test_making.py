"""Making an order by the page: step by step, without scripts, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.access.look import look
from vigil.access.viewer import Role
from vigil.ledger.queries import entries
from vigil.orders import queries
from vigil.victims import queries as victims

pytestmark = pytest.mark.django_db
TERMS = {
    "instrument": "STALK_PO",
    "people": "1",
    "clauses": "2",
    "court": "Exmere Magistrates' Court",
    "made_on-day": "20",
    "made_on-month": "11",
    "made_on-year": "2026",
    "lasts": "further_order",
    "p1-name": "Wenna Quillbrook",
    "p1-safe_contact": "Ring 07700 900123 before noon",
    "c1-clause": "1",
    "c1-text": "The Respondent must not contact Protected person 1 by any means.",
    "c1-kind": "no_contact",
    "c1-drawn": "no_contact",
}


def address(him: str) -> str:
    return f"/people/{him}/orders/new/"


def send(client: Client, him: str, act: str, **changed: object) -> Any:
    return client.post(address(him), {**TERMS, **changed, "act": act})


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def made(him: str, at: datetime) -> list[queries.OrderView]:
    with look(viewer=support.officer(), references=[him], at=at) as sight:
        return queries.orders_of(sight, him, at=at)


def test_the_kind_is_asked_first_and_then_the_law_is_told(
    desk: Callable[..., Client], him: str
) -> None:
    client = desk()
    first = words(client.get(address(him)))
    assert "Which order is it?" in first
    assert "Choose which order it is" not in first
    page = words(client.post(address(him), {"instrument": "DVPO", "act": "kind"}))
    assert "14 to 28 days, the day of making counted." in page
    assert "Crime and Security Act 2010 s. 28(10)" in page
    assert "PROPOSED: Recommendation 1" in page
    assert "There is a problem" not in page


def test_a_notice_is_issued_by_an_authorising_officer_and_drafted_by_others(
    desk: Callable[..., Client], him: str
) -> None:
    asked = {"instrument": "DVPN", "act": "kind"}
    manager = desk()
    refused = manager.post(address(him), {**asked, "way": "made"})
    assert refused.status_code == 400
    assert "A notice is issued by an authorising officer" in words(refused)
    assert "Draft: Domestic violence" in words(
        manager.post(address(him), {**asked, "way": "draft"})
    )
    issued = desk(Role.AUTHORISING_OFFICER).post(address(him), {**asked, "way": "made"})
    assert "Rank of the officer who issues it" in words(issued)


def test_the_answers_are_checked_and_nothing_is_written_yet(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    page = words(send(desk(), him, "check"))
    assert "Check your answers" in page
    assert "Friday 20 November 2026" in page
    her = '<span class="v-mask">Protected person 1</span>'
    assert f"Read as: no contact: {her}, by any means." in page
    assert made(him, at) == []
    assert victims.mine(support.officer()) == []


def test_an_order_is_made_and_she_is_sealed(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    answer = send(desk(), him, "make")
    (order,) = made(him, at)
    assert answer["Location"] == f"/orders/{order.reference}/?done=made"
    (her,) = victims.mine(support.officer())
    assert [one.reference for one in order.protected] == [her]
    assert order.clauses[0].rule == {
        "kind": "no_contact",
        "persons": [her],
        "means": "any",
        "except": [],
    }


def test_a_known_protected_person_is_chosen_by_number_and_never_by_name(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    her = support.protected_person(at)
    first = support.made(at, protected=[her])
    page = words(client.post(address(him), {"instrument": "STALK_PO", "act": "kind"}))
    assert f"Protected person 1 of {first} ({her})" in page
    assert "Quillbrook" not in page
    send(client, him, "make", **{"protected": her, "p1-name": "", "p1-safe_contact": ""})
    assert [one.reference for one in made(him, at)[0].protected] == [her]
    assert victims.mine(support.officer()) == [her]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"made_on-year": "2019"}, "could not be made in England and Wales on 20 November 2019"),
        ({"lasts": "day", "last_day-day": "19", "last_day-month": "11", "last_day-year": "2026"},
         "expected a last day on or after the day of making"),
        ({"lasts": "day", "last_day-day": "20", "last_day-month": "11", "last_day-year": "2027"},
         "(Stalking Protection Act 2019, s. 3(2))"),
        ({"c1-clause": "", "c1-text": "", "c1-kind": ""}, "expected at least one condition"),
        ({"c1-clause": ""}, "Enter the number of the clause"),
        ({"c1-text": ""}, "Enter the words of the clause"),
        ({"c1-kind": ""}, "Choose what kind of rule it is"),
        ({"c1-persons": "2"}, "Enter the protected persons by number"),
        ({"p1-name": "", "p1-safe_contact": ""}, "at least one protected person"),
        ({"p1-name": ""}, "Enter her name, or empty the other boxes about her"),
        ({"made_on-year": "2027"}, "a day of making that is not in the future"),
        ({"made_on-day": "31"}, "must be a real date"),
        ({"court": ""}, "Enter the court that made it"),
        ({"lasts": "day"}, "Enter the last day"),
        ({"last_day-day": "1", "last_day-month": "1", "last_day-year": "2029"},
         "Leave the last day empty"),
        ({"lasts": "day", "last_day-day": "1", "last_day-month": "1", "last_day-year": "9999"},
         "The last day must be in 2199 or before"),
    ],
    ids=[
        "dated before its Act", "the last day is before the making", "too short by law",
        "no clause", "a clause without a number", "a clause without words", "no kind of rule",
        "a protected person who is not there", "nobody is protected", "she has no name",
        "made in the future", "no real day", "no court", "no last day", "two answers",
        "a slip of the hand",
    ],
)  # fmt: skip
@pytest.mark.parametrize("act", ["check", "make"])
def test_bad_input_is_said_in_one_sentence_and_loses_nothing(
    desk: Callable[..., Client],
    him: str,
    at: datetime,
    changed: Mapping[str, object],
    sentence: str,
    act: str,
) -> None:
    answer = send(desk(), him, act, **changed)
    page = words(answer)
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert sentence.lower() in page.lower()
    for name, typed in {**TERMS, **changed}.items():
        assert str(typed) in page, name
    assert made(him, at) == []
    assert victims.mine(support.officer()) == []


@pytest.mark.parametrize(
    ("last_day", "is_made"),
    [("2", False), ("3", True), ("17", True), ("18", False)],
    ids=["13 days", "14 days", "28 days", "29 days"],
)
def test_the_bounds_of_a_dvpo_are_the_laws(
    desk: Callable[..., Client], him: str, at: datetime, last_day: str, *, is_made: bool
) -> None:
    answer = send(
        desk(),
        him,
        "make",
        instrument="DVPO",
        lasts="day",
        **{"last_day-day": last_day, "last_day-month": "12", "last_day-year": "2026"},
    )
    assert (answer.status_code == 302) is is_made
    assert bool(made(him, at)) is is_made
    if not is_made:
        assert answer.status_code == 400
        assert "Crime and Security Act 2010, s. 28(10)" in words(answer)


def test_another_condition_is_drawn_without_finding_fault(
    desk: Callable[..., Client], him: str
) -> None:
    answer = send(desk(), him, "add_clauses", court="")
    page = words(answer)
    assert answer.status_code == 200
    assert 'name="c3-text"' in page
    assert "There is a problem" not in page
    assert TERMS["c1-text"] in page


def test_another_protected_person_is_drawn(desk: Callable[..., Client], him: str) -> None:
    assert 'name="p2-name"' in words(send(desk(), him, "add_people"))


def test_a_kind_of_rule_asks_for_its_own_fields_before_the_check(
    desk: Callable[..., Client], him: str
) -> None:
    client = desk()
    drawn = send(client, him, "check", **{"c1-kind": "curfew", "c1-drawn": ""})
    assert drawn.status_code == 200
    assert 'name="c1-from_time"' in words(drawn)
    bad = send(client, him, "check", **{"c1-kind": "curfew", "c1-drawn": "curfew"})
    assert bad.status_code == 400
    good = send(
        client,
        him,
        "check",
        **{
            "c1-kind": "curfew",
            "c1-drawn": "curfew",
            "c1-from_time": "7.00",
            "c1-to_time": "19:30",
            "c1-address_ref": "L-1",
        },
    )
    assert "07:00 to 19:30" in words(good)


def test_an_answer_can_be_changed_after_the_check(desk: Callable[..., Client], him: str) -> None:
    page = words(send(desk(), him, "change"))
    assert TERMS["p1-name"] in page
    assert "Check your answers" in page


def test_the_same_order_twice_is_refused_with_the_first_ones_reference(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    send(client, him, "make")
    (first,) = made(him, at)
    her = first.protected[0].reference
    again = {"protected": her, "p1-name": "", "p1-safe_contact": ""}
    answer = send(client, him, "make", **again)
    assert answer.status_code == 400
    assert first.reference in words(answer)
    assert len(made(him, at)) == 1


def test_the_name_of_nobody_is_in_a_title_or_an_address(
    desk: Callable[..., Client], him: str
) -> None:
    page = words(send(desk(), him, "check"))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Quillbrook" not in title
    assert 'action="' not in page or "Quillbrook" not in page.split('action="')[1][:200]


def test_every_page_is_a_look_at_him(
    desk: Callable[..., Client], him: str, viewer_factory: Callable[..., object]
) -> None:
    client = desk()
    client.get(address(him))
    auditor = viewer_factory(Role.AUDITOR)
    (newest, *_) = entries(auditor, about=him)  # type: ignore[arg-type]
    assert newest.did == "access.look"
    assert newest.because == "allocation task 12"


@pytest.mark.parametrize(
    "role", [Role.RESPONSE_OFFICER, Role.ANALYST, Role.ADVOCATE, Role.AUDITOR], ids=str
)
def test_who_may_not_make_an_order_is_refused(
    desk: Callable[..., Client], him: str, role: Role
) -> None:
    client = desk(role)
    assert client.get(address(him)).status_code == 403
    assert send(client, him, "make").status_code == 403


def test_an_order_of_a_kind_that_is_not_his_to_issue_is_not_read(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    answer = send(desk(), him, "make", instrument="DVPN", issuer_rank="superintendent")
    assert answer.status_code == 400
    assert made(him, at) == []


def test_nobody_and_no_reference_are_one_page(desk: Callable[..., Client], him: str) -> None:
    client = desk()
    pages = [client.get(address(name)) for name in ("P-2026-9999", "x" * 300, "%00", "a.b", "-")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1


def test_she_is_made_known_once_though_the_order_is_refused_after_it(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    day = support.london(2027, 3, 1).date()
    interim = support.made(at, instrument="STALK_PO_I", last_day=day)
    client = desk()
    refused = send(client, him, "make", replaces=interim)
    page = words(refused)
    assert refused.status_code == 400
    assert "to be made after the one that it replaces" in page
    assert "Wenna" not in page
    newest, *_ = known = victims.mine(support.officer())
    assert f"Made known just now ({newest})" in page
    again = {"p1-name": "", "p1-safe_contact": "", "protected": newest, "made_on-day": "23"}
    assert f'value="{newest}" checked' in page
    assert len(known) == 2
    answer = send(client, him, "make", replaces=interim, **again)
    assert answer.status_code == 302
    assert victims.mine(support.officer()) == known
    assert made(him, at)[0].protected[0].reference == newest
    assert made(him, at)[0].replaces == interim


@pytest.mark.parametrize("forged", ["V-0000000000", "V-1\x00", "x" * 200, "theirs"], ids=repr)
def test_a_protected_person_who_is_not_ours_is_not_chosen(
    desk: Callable[..., Client], him: str, at: datetime, forged: str
) -> None:
    theirs = support.protected_person(at, "11")
    ours = support.made(support.london(2026, 11, 22, 9))
    answer = send(desk(), him, "make", protected=theirs if forged == "theirs" else forged)
    assert answer.status_code == 400
    assert "Choose protected persons from the list" in words(answer)
    assert [order.reference for order in made(him, at)] == [ours]

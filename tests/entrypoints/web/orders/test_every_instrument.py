"""Every instrument by the page: made at once and from a draft where it can be, and refused with
the law's sentence where it never could.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.viewer import Role
from vigil.entrypoints.clock import standing_at
from vigil.entrypoints.web.orders.presenters.guide import NATIONS, nation_of, offer
from vigil.orders import queries
from vigil.orders.guiding import guide
from vigil.orders.kinds import KINDS, Status, home_of
from vigil.victims import queries as victims
from vigil.victims.actions import add_place, mark_child_of, protect

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
ROSHO_DAY = date(2014, 3, 3)
NEVER = sorted(
    code
    for code in KINDS
    if not guide(code, on=TODAY, regime="paladin").content and code != "ROSHO"
)
MADE = [code for code in KINDS if code not in NEVER]
DRAFTED = [code for code in MADE if code != "ROSHO"]
RULES: dict[str, dict[str, str]] = {
    "no_contact": {},
    "do_not_enter": {"place": "L-1"},
    "attend": {
        "programme": "Change programme",
        "supervisor": "Exmere probation",
        "at-day": "1",
        "at-month": "12",
        "at-year": "2026",
        "at-time": "10:00",
    },
}


def address(him: str) -> str:
    return f"/people/{him}/orders/new/"


def boxes(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def rule_of(instrument: str, on: date) -> str:
    found = guide(instrument, on=on, regime="paladin").content
    assert found is not None
    if "attend" in found.must_hold:
        return "attend"
    return "no_contact" if "no_contact" in found.kinds else "do_not_enter"


def lasting(instrument: str, on: date) -> dict[str, str]:
    """A duration that the law allows: by the guide, not by a table of this test's own."""
    if KINDS[instrument].is_notice:
        return {}
    for days in (None, 21, 200, 365 * 3, 365 * 6):
        last_day = None if days is None else on + timedelta(days=days)
        asked = guide(instrument, on=on, regime="paladin", last_day=last_day, applicant="court")
        if not {"too_long", "too_short", "needs_last_day"} & {one.code for one in asked.refusals}:
            if last_day is None:
                return {"lasts": "further_order"}
            return {"lasts": "day", **boxes("last_day", last_day)}
    raise AssertionError(instrument)


def terms(instrument: str, on: date, way: str) -> dict[str, str]:
    kind = rule_of(instrument, on)
    rule = {f"c1-{name}": value for name, value in RULES[kind].items()}
    made = boxes("made_on", on) | (
        {"issuer_rank": "chief_superintendent"}
        if KINDS[instrument].is_notice
        else {"court": support.COURT}
    )
    return {
        "instrument": instrument,
        "way": way,
        "nation": home_of(instrument),
        "people": "1",
        "clauses": "2",
        "p1-name": "Wenna Quillbrook",
        "c1-clause": "1",
        "c1-text": "The words of the court about Protected person 1.",
        "c1-kind": kind,
        "c1-drawn": kind,
        **rule,
        **boxes("on", on),
        **lasting(instrument, on),
        **(made if way == "made" else {}),
    }


def page(answer: Any) -> str:
    return unescape(answer.content.decode())


def proposals(code: str) -> None:
    if KINDS[code].is_proposed:
        Agency.objects.filter(code="10").update(regime="paladin")


def orders_of(him: str, at: datetime) -> list[queries.OrderView]:
    with look(viewer=support.officer(), references=[him], at=at) as sight:
        return [*queries.orders_of(sight, him, at=at), *queries.pending_of(sight, him, at=at)]


@pytest.mark.parametrize("instrument", MADE)
def test_it_is_chosen_and_made_by_the_page(
    desk: Callable[..., Client], him: str, at: datetime, instrument: str
) -> None:
    proposals(instrument)
    on = ROSHO_DAY if instrument == "ROSHO" else TODAY
    client, sent = desk(Role.AUTHORISING_OFFICER), terms(instrument, on, "made")
    place = {"nation": sent["nation"], **boxes("on", on)}
    offered = page(client.post(address(him), {**place, "act": "place"}))
    assert f'value="{instrument}"' in offered
    chosen = client.post(
        address(him), {**place, "instrument": instrument, "way": "made", "act": "kind"}
    )
    assert chosen.status_code == 200
    checked = client.post(address(him), {**sent, "act": "check"})
    assert "Check your answers" in page(checked), page(checked)
    made = client.post(address(him), {**sent, "act": "make"})
    assert made.status_code == 302, page(made)
    (order,) = orders_of(him, at)
    assert made["Location"] == f"/orders/{order.reference}/?done=made"
    assert (order.instrument, order.made_on) == (instrument, on)
    assert order.clauses[0].rule["kind"] == rule_of(instrument, on)
    for answer in (chosen, checked):
        assert ("PROPOSED" in page(answer).split("<h2")[0]) is KINDS[instrument].is_proposed


def step(client: Client, order: str, name: str, field: str, at: datetime, **more: str) -> Any:
    when = {**boxes(field, at.date()), f"{field}-time": f"{at:%H:%M}"}
    return client.post(f"/orders/drafts/{order}/{name}/", {**when, **more})


@pytest.mark.parametrize("instrument", DRAFTED)
def test_it_is_drafted_and_led_to_its_making_by_the_pages(
    desk: Callable[..., Client], him: str, at: datetime, instrument: str
) -> None:
    proposals(instrument)
    day = at.astimezone(support.LONDON).date()
    client = desk(Role.AUTHORISING_OFFICER)
    sent = terms(instrument, day, "draft")
    begun = client.post(address(him), {**sent, "act": "make"})
    assert begun.status_code == 302, page(begun)
    (order,) = orders_of(him, at)
    drafted = f"/orders/drafts/{order.reference}/"
    assert begun["Location"] == f"{drafted}?done=drafted"
    rank = {"rank": "chief_superintendent"}
    seen = [page(client.get(drafted))]
    assert (
        step(client, order.reference, "authorise", "authorised_at", at, **rank).status_code == 302
    )
    seen.append(page(client.get(drafted)))
    if KINDS[instrument].is_notice:
        last = step(client, order.reference, "issue", "issued_at", at)
    else:
        court = {"court": support.COURT}
        step(client, order.reference, "apply", "applied_at", at, **court)
        later = {**boxes("hearing_at", day + timedelta(days=1)), "hearing_at-time": "10:00"}
        step(client, order.reference, "hearing", "listed_at", at, **later, **court)
        seen.append(page(client.get(drafted)))
        assert "Its hearing is listed" in seen[-1]
        last = step(client, order.reference, "made", "made_at", at, lasts="asked", **court)
    assert last.status_code == 302, page(last)
    (order,) = orders_of(him, at)
    assert order.made_on == day
    assert client.get(drafted)["Location"] == f"/orders/{order.reference}/"
    for one in seen:
        assert ("PROPOSED" in one.split("<h2")[0]) is KINDS[instrument].is_proposed


@pytest.mark.parametrize("instrument", NEVER)
@pytest.mark.parametrize("way", ["made", "draft"])
def test_what_was_never_in_force_is_told_of_and_refused_with_the_laws_sentence(
    desk: Callable[..., Client], him: str, at: datetime, instrument: str, way: str
) -> None:
    client = desk(Role.AUTHORISING_OFFICER)
    nation = home_of(instrument)
    listed = page(client.post(address(him), {"nation": nation, "act": "place"}))
    assert "it has never been in force" in listed
    assert f'value="{instrument}"' not in listed
    sent = {"instrument": instrument, "way": way, "nation": nation, "act": "make"}
    answer = client.post(address(him), sent)
    assert answer.status_code == 400
    assert "There is a problem" in page(answer)
    assert "it has never been in force" in page(answer).split("<h1")[0]
    assert orders_of(him, at) == []


@pytest.mark.parametrize("instrument", ["SERIAL_PO", "RISK_OF_HARM_O"])
def test_what_is_proposed_is_refused_where_the_law_in_force_is_run(
    desk: Callable[..., Client], him: str, at: datetime, instrument: str
) -> None:
    client = desk()
    assert f'value="{instrument}"' not in page(client.get(address(him)))
    answer = client.post(address(him), {"instrument": instrument, "act": "kind"})
    assert answer.status_code == 400
    assert "It is proposed and not law" in page(answer)
    assert orders_of(him, at) == []


def test_a_historic_order_is_refused_on_a_day_after_its_end(
    desk: Callable[..., Client], him: str
) -> None:
    answer = desk().post(address(him), {"instrument": "ROSHO", "act": "kind"})
    assert answer.status_code == 400
    assert "ended on 7 March 2015" in page(answer)


@pytest.mark.parametrize(
    ("force", "nation", "its"),
    [("10", "England and Wales", "STALK_PO"), ("98", "Northern Ireland", "NI_STALK_PO"),
     ("74", "Scotland", "S_NHO_CIV")],
)  # fmt: skip
def test_the_nation_begins_as_the_forces_own(force: str, nation: str, its: str) -> None:
    assert NATIONS[nation_of(force)] == nation
    assert its in {one.code for one in offer("in_force", TODAY, nation_of(force)).choices}


def test_an_area_outside_the_pilot_takes_the_order_from_the_list_with_its_reason(
    desk: Callable[..., Client], him: str
) -> None:
    client = desk()
    inside = page(client.post(address(him), {"nation": "EW", "area": "Croydon", "act": "place"}))
    outside = page(client.post(address(him), {"nation": "EW", "area": "Devon", "act": "place"}))
    assert 'value="DAPO"' in inside
    assert 'value="DAPO"' not in outside
    assert "this area was not one of them" in outside


def test_a_term_that_the_order_may_not_hold_is_refused_and_all_is_kept(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    sent = terms("DVPO", TODAY, "made") | {"c1-kind": "wear_tag", "c1-drawn": "wear_tag"}
    answer = desk().post(address(him), {**sent, "act": "make"})
    assert answer.status_code == 400
    assert "found wear tag in clause 1 (Crime and Security Act 2010" in page(answer)
    assert "Wear a tag (not in this order)" in page(answer)
    assert sent["c1-text"] in page(answer)
    assert orders_of(him, at) == []
    assert victims.mine(support.officer()) == []


def test_one_application_against_two_is_two_drafts_that_are_linked(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    other = support.person("P-2026-0002")
    client, sent = desk(), terms("STALK_PO", TODAY, "draft")
    unknown = client.post(address(him), {**sent, "also": "P-2026-0404", "act": "make"})
    assert unknown.status_code == 400
    assert "Enter references of persons who are known" in page(unknown)
    begun = client.post(address(him), {**sent, "also": "p-2026-0002", "act": "make"})
    (mine,), (his,) = orders_of(him, at), orders_of(other, at)
    assert his.reference in page(client.get(begun["Location"]))
    assert [link.other for link in mine.links] == [his.reference]


def test_a_place_of_hers_is_chosen_by_number_and_her_address_is_on_no_page(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    by = support.officer()
    her = protect(by=by, at=at, name="Wenna Quillbrook")
    child = protect(by=by, at=at, name="Perran Quillbrook")
    mark_child_of(by=by, at=at, child=child, parent=her)
    where = add_place(
        by=by, at=at, person=her, kind="home", address="17 Canary Steps", lat=53.4, lon=-1.6
    )
    sent = terms("STALK_PO", TODAY, "made") | {
        "p1-name": "",
        "others": her,
        "c1-kind": "stay_away",
        "c1-drawn": "stay_away",
    }
    client = desk()
    drawn = page(client.post(address(him), {**sent, "act": "draw"}))
    assert f"Place 1 (home) of protected person 1 ({where})" in drawn
    assert f"Child of protected person 1 ({child})" in drawn
    assert "Canary" not in drawn
    assert "Quillbrook" not in drawn
    sent |= {"protected": child, "c1-place": where, "c1-radius_metres": "200"}
    made = client.post(address(him), {**sent, "act": "make"})
    assert made.status_code == 302, page(made)
    (order,) = orders_of(him, at)
    assert {one.reference for one in order.protected} == {her, child}
    assert order.clauses[0].rule == {
        "kind": "stay_away",
        "place": {"address_ref": where},
        "radius_metres": 200,
    }


def test_a_draft_waits_for_whoever_may_take_the_next_step(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    begun = client.post(address(him), {**terms("DVPN", TODAY, "draft"), "act": "make"})
    shown = page(client.get(begun["Location"]))
    assert "An authorising officer authorises it next." in shown
    (order,) = orders_of(him, at)
    refused = step(client, order.reference, "authorise", "authorised_at", at, rank="inspector")
    assert refused.status_code == 403
    assert order.reference in page(client.get(address(him)))
    withdrawn = step(client, order.reference, "withdraw", "withdrawn_at", at)
    assert withdrawn.status_code == 302
    assert orders_of(him, at)[0].standing.status is Status.WITHDRAWN
    assert "It was withdrawn. It binds nobody." in page(client.get(withdrawn["Location"]))


def test_a_rank_that_is_too_low_is_refused_with_the_provision(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk(Role.AUTHORISING_OFFICER)
    client.post(address(him), {**terms("DVPN", TODAY, "draft"), "act": "make"})
    (order,) = orders_of(him, at)
    answer = step(client, order.reference, "authorise", "authorised_at", at, rank="sergeant")
    assert answer.status_code == 400
    assert "superintendent or above" in page(answer)
    assert "Crime and Security Act 2010" in page(answer)
    assert 'value="sergeant" selected' in page(answer)


def test_a_hearing_is_put_off_and_the_court_refuses(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    client.post(address(him), {**terms("STALK_PO", TODAY, "draft"), "act": "make"})
    (order,) = orders_of(him, at)
    early = step(
        client,
        order.reference,
        "hearing",
        "listed_at",
        at,
        **{**boxes("hearing_at", at.date() + timedelta(days=3)), "hearing_at-time": "10:00"},
    )
    assert early.status_code == 400
    assert "expected an application that was made" in page(early).lower()
    step(client, order.reference, "apply", "applied_at", at, court=support.COURT)
    step(
        client,
        order.reference,
        "hearing",
        "listed_at",
        at,
        **{**boxes("hearing_at", at.date() + timedelta(days=3)), "hearing_at-time": "10:00"},
    )
    assert step(client, order.reference, "adjourn", "adjourned_at", at).status_code == 302
    refused = step(client, order.reference, "refused", "refused_at", at)
    assert refused.status_code == 302
    assert orders_of(him, at)[0].standing.status is Status.REFUSED


@pytest.mark.parametrize("path", ["/orders/drafts/SPO-2026-9999/", "/orders/drafts/x/apply/"])
def test_a_draft_that_is_not_there_is_not_found(
    desk: Callable[..., Client], him: str, path: str
) -> None:
    assert desk().get(path).status_code == 404


def test_a_step_that_there_is_not_is_not_found(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    client.post(address(him), {**terms("STALK_PO", TODAY, "draft"), "act": "make"})
    (order,) = orders_of(him, at)
    assert client.get(f"/orders/drafts/{order.reference}/unheard/").status_code == 404


def test_a_made_order_names_the_applicant_the_notice_and_the_time(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    with standing_at(at):
        sent = terms("STALK_PO", TODAY, "made") | {
            "applicant": "police",
            "without_notice": "yes",
            "subject_age": "34",
            "made_time": "14.30",
        }
        answer = desk().post(address(him), {**sent, "act": "make"})
    assert answer.status_code == 302, page(answer)
    (order,) = orders_of(him, at)
    assert (order.applicant, order.without_notice) == ("police", True)
    assert order.events[0].happened_at == support.london(2026, 11, 20, 14, 30)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"subject_age": "9"}, "must be 10 or over"),
     ({"subject_age": "old"}, "His age must be a whole number"),
     ({"applicant": "victim"}, "may ask for it"),
     ({"made_time": "half past"}, "must be a time such as 19:00"),
     ({"others": "V-NOBODY"}, "one of these is not")],
    ids=["too young", "no age", "not hers to ask", "no time", "unknown protected person"],
)  # fmt: skip
def test_what_the_law_asks_of_the_making_is_refused_and_kept(
    desk: Callable[..., Client], him: str, at: datetime, changed: dict[str, str], sentence: str
) -> None:
    answer = desk().post(
        address(him), {**terms("STALK_PO", TODAY, "made"), **changed, "act": "make"}
    )
    assert answer.status_code == 400
    assert sentence in page(answer)
    assert all(value in page(answer) for value in changed.values())
    assert orders_of(him, at) == []


def test_the_court_makes_it_in_other_words_than_were_asked_for(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    client = desk()
    client.post(address(him), {**terms("STALK_PO", TODAY, "draft"), "act": "make"})
    (order,) = orders_of(him, at)
    form = page(client.get(f"/orders/drafts/{order.reference}/made/"))
    assert 'name="c1-text"' in form
    words = {
        "clauses": "1",
        "c1-clause": "1",
        "c1-text": "The court's own words.",
        "c1-kind": "no_threats",
        "c1-drawn": "no_threats",
    }
    made = {"lasts": "asked", "court": support.COURT}
    bad = step(
        client, order.reference, "made", "made_at", at, **made, **words, **{"c1-persons": "7"}
    )
    assert bad.status_code == 400
    assert "The court's own words." in page(bad)
    answer = step(client, order.reference, "made", "made_at", at, **made, **words)
    assert answer.status_code == 302, page(answer)
    (order,) = orders_of(him, at)
    assert [(one.text, one.rule["kind"]) for one in order.clauses] == [
        ("The court's own words.", "no_threats")
    ]
    assert order.asked is not None
    assert order.asked.clauses[0].rule["kind"] == "no_contact"

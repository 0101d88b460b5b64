"""Orders over the API: who may, what is refused and with which sentence, what is told to whom."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.entrypoints.api.desk import DAY, HOUR, Desk, desk, draft, issue, make
from tests.entrypoints.api.test_api import problem
from tests.support.orders import COURT, HIS, person
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry
from vigil.monitoring.models import Duty
from vigil.orders.models import OrderEvent

pytestmark = pytest.mark.django_db
SERVED = {"how": "personal", "where": "home", "proof": "body_worn_video"}
MANAGERS = {Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR}
READERS = MANAGERS | {Role.RESPONSE_OFFICER, Role.CUSTODY_SERGEANT, Role.CONTROL_ROOM}
NEW_TERMS = {"last_day": "2029-11-23"}


@pytest.fixture
def force(administrator: Viewer, at: Any) -> Desk:
    return desk(administrator, at)


def event(force: Desk, kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "at": force.now.isoformat(), **more}


def refused(answer: Any, status: int, sentence: str) -> None:
    told = problem(answer, status)
    assert sentence in told["detail"], told["detail"]
    assert "Traceback" not in told["detail"]
    assert "Quillbrook" not in told["detail"]


@pytest.mark.parametrize("role", Role)
def test_who_may_begin_read_and_act(force: Desk, role: Role) -> None:
    force.begin(make(force, **NEW_TERMS))
    if role in MANAGERS:
        assert force.post("/orders", draft(force), role=role).status_code == 201
    else:
        problem(force.post("/orders", draft(force), role=role), 403)
    for address in (f"/orders/{force.order}", "/orders", f"/people/{HIS}/orders"):
        expected = 200 if role in READERS else 403
        assert force.get(address, role=role).status_code == expected
    asked = force.post("/orders/guide", {"instrument": "STALK_PO"}, role=role)
    assert asked.status_code == (200 if role in READERS else 403)
    constables = READERS - {Role.COORDINATOR, Role.CONTROL_ROOM}
    served = force.post(
        f"/orders/{force.order}/events", event(force, "served", **SERVED), role=role
    )
    assert served.status_code == (201 if role in constables else 403)


def test_only_an_authorising_officer_issues_a_notice(force: Desk) -> None:
    problem(force.post("/orders", issue(force)), 403)
    force.begin(issue(force), role=Role.AUTHORISING_OFFICER)
    assert force.order == "DVPN-2026-0001"


@pytest.mark.parametrize("kind", ["served", "discharged", "quashed", "suspended"])
def test_a_stranger_of_another_agency_reads_and_changes_nothing(force: Desk, kind: str) -> None:
    force.begin(make(force, **NEW_TERMS))
    stranger: dict[str, Any] = {"role": Role.OFFENDER_MANAGER, "agency": "11"}
    more = SERVED if kind == "served" else {}
    before = OrderEvent.objects.count()
    answer = force.post(f"/orders/{force.order}/events", event(force, kind, **more), **stranger)
    problem(answer, 403)
    assert OrderEvent.objects.count() == before
    told = force.shown(**stranger)
    assert told["status"] == "in_force"
    assert told["protected"] == [{"number": 1, "reference": None}]
    assert {one["rule"] for one in told["clauses"]} == {None}
    assert told["evidence"] is None
    assert force.her not in json.dumps(told)
    ours = force.shown()
    assert ours["protected"] == [{"number": 1, "reference": force.her}]
    assert ours["clauses"][1]["rule"]["persons"] == [force.her]


def test_without_a_reason_nothing_is_told_and_nothing_done(force: Desk) -> None:
    force.begin(make(force, **NEW_TERMS))
    entries = Entry.objects.count()
    refused(force.get(f"/orders/{force.order}", because=""), 400, "Vigil-Because")
    refused(force.post("/orders", draft(force), because=""), 400, "Vigil-Because")
    body = event(force, "served", **SERVED)
    refused(force.post(f"/orders/{force.order}/events", body, because=""), 400, "Vigil-Because")
    # The token of the program without a reason, and the account that it is of.
    assert Entry.objects.count() == entries + 2


def test_a_service_begins_the_duty_and_a_second_is_refused(force: Desk) -> None:
    force.begin(make(force, **NEW_TERMS))
    told = force.happens("served", role=Role.RESPONSE_OFFICER, **SERVED)
    assert told["duty"] == Duty.objects.get().reference
    assert told["proposed"] is False
    again = force.post(f"/orders/{force.order}/events", event(force, "served", **SERVED))
    refused(again, 400, "the first service counts")


def test_an_order_is_told_as_it_stood_and_as_it_was_known(force: Desk) -> None:
    force.begin(draft(force, **NEW_TERMS))
    began = force.now.date()
    force.now += 2 * DAY
    force.happens("applied", court=COURT)
    force.happens("made", court=COURT)
    then = {"on": (began + DAY).isoformat()}
    assert force.shown(then)["status"] == "drafted"
    assert force.shown(then)["made_on"] is None
    assert [one["kind"] for one in force.shown(then)["events"]] == ["drafted"]
    assert force.shown(then)["versions"] == []
    today = force.now.date().isoformat()
    assert force.shown({"on": today})["made_on"] == today
    known = {"on": today, "known_on": (began + DAY).isoformat()}
    assert (force.shown(known)["status"], force.shown(known)["made_on"]) == ("drafted", None)


def test_a_persons_orders_and_drafts_and_what_waits(force: Desk) -> None:
    force.begin(make(force, **NEW_TERMS))
    force.begin(draft(force, "STALK_PO_I", last_day="2026-12-12"))
    told = force.get(f"/people/{HIS}/orders").json()
    assert [one["order"] for one in told["orders"]] == ["SPO-2026-0001"]
    assert [one["order"] for one in told["pending"]] == ["SPOI-2026-0001"]
    assert force.get("/orders").json() == {
        "not_served": ["SPO-2026-0001"],
        "pending": ["SPOI-2026-0001"],
    }


def test_one_application_against_two_and_a_link(force: Desk) -> None:
    both = [HIS, person("P-2026-0002")]
    told = force.post("/orders", draft(force, respondents=both)).json()
    assert told == {"orders": ["SPO-2026-0001", "SPO-2026-0002"], "proposed": False}
    link = {"kind": "breach_of", "other": "SPO-2026-0002"}
    refused(force.post("/orders/SPO-2026-0001/links", link), 400, "found two persons")
    force.begin(draft(force, "RO_CONV", applicant="prosecution"))
    link = {"kind": "breach_of", "other": "SPO-2026-0001"}
    assert force.post(f"/orders/{force.order}/links", link).json() == {
        "order": force.order,
        **link,
        "proposed": False,
    }


def test_the_guide_says_why_not_with_the_provision_and_what_is_proposed(force: Desk) -> None:
    asked = {"instrument": "DVPN", "rank": "chief_inspector", "respondent": HIS}
    told = force.post("/orders/guide", asked).json()
    assert (told["may"], told["proposed"], told["reports"]) == (False, False, [])
    assert [one["code"] for one in told["refusals"]] == ["rank_too_low"]
    assert told["refusals"][0]["provisions"]
    told = force.post("/orders/guide", {"instrument": "SERIAL_PO"}).json()
    assert (told["may"], told["proposed"]) == (False, True)
    force.runs("paladin")
    told = force.post("/orders/guide", {"instrument": "SERIAL_PO"}).json()
    assert (told["may"], told["proposed"]) == (True, True)
    told = force.post("/orders/guide", {"instrument": "DVPO", "last_day": None}).json()
    assert told["may"] is False
    refused(force.post("/orders/guide", {"instrument": "ASBO"}), 400, "expected one of")
    duke = {"instrument": "DVPN", "rank": "duke"}
    refused(force.post("/orders/guide", duke), 400, "rank to be one of")


BEGINNINGS: list[tuple[str, dict[str, Any], int, str]] = [
    ("another step", {"step": "Quillbrook"}, 422, "step should be one of draft, make, issue"),
    ("no clause", {"clauses": []}, 400, "at least one condition"),
    ("half a clause", {"clauses": [{"clause": "1"}]}, 422, "Field required"),
    ("nobody", {"respondents": []}, 400, "at least one respondent"),
    ("a stranger", {"respondents": ["P-NOBODY"]}, 404, "nothing here"),
    ("an unknown kind", {"instrument": "ASBO"}, 400, "expected one of"),
    ("a day in words", {"last_day": "Quillbrook"}, 422, "as 2026-03-02"),
    ("a day as a number", {"last_day": 20281123}, 422, "as 2026-03-02"),
    ("a year that no clock knows", {"last_day": "9999-12-31"}, 422, "a year from 1900"),
    ("ends too soon", {"last_day": "2028-11-01"}, 400, "2019"),
    ("not for a victim", {"applicant": "victim"}, 400, "2019"),
    ("an unknown applicant", {"applicant": "duke"}, 400, "applicant to be one of"),
    ("an unknown field", {"colour": "Quillbrook"}, 422, "colour"),
    ("a null character", {"area": "Ex\x00mere"}, 422, "without a null character"),
    ("too young to be", {"subject_age": -1}, 422, "greater than or equal to 0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "status", "sentence"), [c[1:] for c in BEGINNINGS], ids=[c[0] for c in BEGINNINGS]
)
def test_a_bad_beginning_is_refused_in_one_sentence(
    force: Desk, changed: dict[str, Any], status: int, sentence: str
) -> None:
    refused(force.post("/orders", draft(force, **changed)), status, sentence)
    assert not OrderEvent.objects.exists()


RULES: list[tuple[str, dict[str, Any], int, str]] = [
    ("coordinates", {"kind": "stay_away", "place": {"lat": 54.5, "lon": 1.5}, "radius_metres": 9},
     400, "found coordinates"),
    ("another kind", {"kind": "tea"}, 400, "kind of rule to be one of"),
    ("a null character", {"kind": "other", "supervisor": "a\x00b"}, 422, "null character"),
    ("half a letter", {"kind": "other", "supervisor": "\ud800"}, 422, "null character"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "status", "sentence"), [c[1:] for c in RULES], ids=[c[0] for c in RULES]
)
def test_a_bad_rule_is_refused_in_one_sentence(
    force: Desk, rule: dict[str, Any], status: int, sentence: str
) -> None:
    body = draft(force, clauses=[{"clause": "1", "text": "Words.", "rule": rule}])
    refused(force.post("/orders", body), status, sentence)


EVENTS: list[tuple[str, dict[str, Any], int, str]] = [
    ("another kind", {"kind": "Quillbrook"}, 422, "kind should be one of authorised"),
    ("no kind", {"kind": None}, 422, "kind should be one of authorised"),
    ("without an offset", {"kind": "withdrawn", "at": "2026-11-23T12:00:00"}, 422, "timezone"),
    ("no instant", {"kind": "withdrawn", "at": None}, 422, "as 2026-03-02"),
    ("in the future", {"kind": "applied", "court": COURT, "at": "2026-11-24T12:00:00Z"}, 400,
     "in the future"),
    ("no court", {"kind": "applied"}, 422, "court"),
    ("a blank court", {"kind": "applied", "court": " "}, 400, "name it"),
    ("before it was applied for", {"kind": "refused"}, 400, "found one that is drafted"),
    ("before the making", {"kind": "served", **SERVED}, 400, "after the making"),
    ("an unknown way", {"kind": "served", **SERVED, "how": "pigeon"}, 422, "'personal'"),
    ("a notice's step", {"kind": "notice_issued"}, 400, "record its making"),
    ("an unknown field", {"kind": "withdrawn", "why": "Quillbrook"}, 422, "why"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "status", "sentence"), [c[1:] for c in EVENTS], ids=[c[0] for c in EVENTS]
)
def test_a_bad_event_is_refused_in_one_sentence(
    force: Desk, changed: dict[str, Any], status: int, sentence: str
) -> None:
    force.begin(draft(force))
    body = {"at": force.now.isoformat(), **changed}
    refused(force.post(f"/orders/{force.order}/events", body), status, sentence)
    assert force.status() == "drafted"
    assert OrderEvent.objects.count() == 1


@pytest.mark.parametrize("body", ["", "{", "7", "[]", '"made"'])
def test_a_body_that_is_no_object_is_refused(force: Desk, body: str) -> None:
    for address in ("/orders", "/orders/SPO-2026-0001/events", "/orders/guide"):
        assert force.post(address, body).status_code in {400, 422}


@pytest.mark.parametrize("reference", ["SPO-2026-9999", "a" * 99, "%00", "spo'--", "P-NOBODY"])
def test_what_is_not_there_is_one_answer(force: Desk, reference: str) -> None:
    problem(force.get(f"/orders/{reference}"), 404)
    body = event(force, "withdrawn")
    problem(force.post(f"/orders/{reference}/events", body), 404)


def test_a_day_that_is_none_is_refused(force: Desk) -> None:
    force.begin(draft(force))
    for day in ("2026-02-30", "tomorrow", "0001-01-01", "9999-12-31"):
        problem(force.get(f"/orders/{force.order}", {"on": day}), 422)


def test_a_suspension_ends_by_itself(force: Desk) -> None:
    force.begin(make(force, **NEW_TERMS))
    force.happens("suspended", until_at=(force.now + 3 * HOUR).isoformat())
    assert force.status() == "suspended"
    force.now += timedelta(hours=4)
    assert force.status() == "in_force"

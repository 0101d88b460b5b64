"""Every instrument that can be made, lived from its draft to each of its ends over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import pytest

from tests.entrypoints.api.desk import DAY, Desk, desk, draft, issue, make
from tests.support.orders import COURT, london
from vigil.access.viewer import Role, Viewer
from vigil.orders.kinds import KINDS, EventKind

pytestmark = pytest.mark.django_db
SUPER = Role.AUTHORISING_OFFICER
PC = Role.RESPONSE_OFFICER
SERVED = {"how": "personal", "where": "custody", "proof": "body_worn_video"}
BOTH = ["respondent", "police"]


class Fit(NamedTuple):
    """A day, an applicant and a number of days with which the law allows the order."""

    days: int
    applicant: str | None = None
    at: datetime = london(2026, 11, 23, 9)


ORDERS: dict[str, Fit] = {
    "STALK_PO": Fit(800),
    "STALK_PO_I": Fit(20),
    "DVPO": Fit(20),
    "DAPO": Fit(40),
    "RO_CONV": Fit(200, "prosecution"),
    "RO_ACQ": Fit(200, "prosecution"),
    "NMO": Fit(200, "victim"),
    "OCC_O": Fit(100, "victim"),
    "SHPO": Fit(2000),
    "SHPO_I": Fit(20),
    "SRO": Fit(800),
    "SRO_I": Fit(20),
    "VOO": Fit(800),
    "VOO_I": Fit(20),
    "CBO": Fit(800, "prosecution"),
    "CBO_I": Fit(20, "prosecution"),
    "NI_STALK_PO": Fit(800),
    "S_NHO_CRIM": Fit(200, "prosecution"),
    "S_NHO_CIV": Fit(200, "victim"),
    # Repealed since: its last years.
    "ROSHO": Fit(800, at=london(2012, 6, 4, 9)),
    "SERIAL_PO": Fit(2000),
    "RISK_OF_HARM_O": Fit(800),
}
NOTICES: dict[str, Fit] = {"DVPN": Fit(0), "DAPN": Fit(0)}
NEVER_IN_FORCE = {"NI_DVPN", "NI_DVPO", "NI_DAPN", "NI_DAPO", "S_DAPN", "S_DAPO"}


def test_no_instrument_is_left_out() -> None:
    assert {*ORDERS, *NOTICES} | NEVER_IN_FORCE == set(KINDS)


@pytest.fixture
def force(administrator: Viewer, at: datetime) -> Desk:
    return desk(administrator, at)


def began(force: Desk, instrument: str) -> date:
    """A draft on the fitting day; its last day."""
    fit = (ORDERS | NOTICES)[instrument]
    force.now = fit.at
    if KINDS[instrument].is_proposed:
        force.runs("paladin")
    last_day = (fit.at + fit.days * DAY).date()
    is_notice = KINDS[instrument].is_notice
    asked = {} if is_notice else {"last_day": last_day.isoformat()}
    force.begin(draft(force, instrument, applicant=fit.applicant, **asked))
    assert says_what_it_is(force, instrument)["status"] == "drafted"
    return last_day


def says_what_it_is(force: Desk, instrument: str, on: date | None = None) -> Any:
    """The order as it is told, which says in every answer whether it is law."""
    told = force.shown({"on": on.isoformat()} if on else None)
    assert told["proposed"] is KINDS[instrument].is_proposed
    assert told["regime"] == ("paladin" if told["proposed"] else "in_force")
    return told


def made(force: Desk, instrument: str) -> None:
    """Authorised, applied for, listed, adjourned, made."""
    happened = [
        force.happens("authorised", role=SUPER, rank="superintendent"),
        force.happens("applied", court=COURT),
        force.happens("hearing_listed", hearing_at=(force.now + 3 * DAY).isoformat()),
        force.happens("adjourned", hearing_at=(force.now + 4 * DAY).isoformat()),
        force.happens("made", court=COURT),
    ]
    assert [one["proposed"] for one in happened] == [KINDS[instrument].is_proposed] * 5


def served(force: Desk) -> Any:
    return force.happens("served", role=PC, **SERVED)


@pytest.mark.parametrize("instrument", ORDERS)
def test_an_order_is_refused_by_the_court(force: Desk, instrument: str) -> None:
    began(force, instrument)
    force.happens("applied", court=COURT)
    force.happens("hearing_listed", hearing_at=(force.now + DAY).isoformat())
    force.happens("refused", court=COURT)
    told = says_what_it_is(force, instrument)
    assert (told["status"], told["made_on"], told["clauses"]) == ("refused", None, [])


@pytest.mark.parametrize("instrument", ORDERS)
def test_an_order_is_made_served_changed_and_discharged(force: Desk, instrument: str) -> None:
    last_day = began(force, instrument)
    made(force, instrument)
    force.happens("known", role=PC, how="told_in_court", proof="court_record")
    served(force)
    told = says_what_it_is(force, instrument)
    assert told["status"] == "in_force"
    assert told["last_day"] == last_day.isoformat()
    assert [one["number"] for one in told["protected"]] == [1]
    changes = KINDS[instrument].changes
    force.happens("suspended", until_at=(force.now + 9 * DAY).isoformat())
    assert force.status() == "suspended"
    force.happens("resumed")
    varied = changed_terms(force, changes)
    assert [one["by"] for one in force.shown()["versions"]] == ["made", *varied]
    assert force.status() == "in_force"
    end = "application_determined" if instrument.endswith("_I") else "court_order"
    force.happens("discharged", how=end, consents=BOTH)
    assert says_what_it_is(force, instrument)["status"] == "discharged"


def changed_terms(force: Desk, changes: frozenset[EventKind]) -> list[str]:
    """Whatever of varied, extended, renewed the law knows for it; the rest is refused."""
    done: list[str] = []
    for kind in ("varied", "extended", "renewed"):
        if kind in changes:
            force.happens(kind, court=COURT, **other_terms(force, kind))
            done.append(kind)
        else:
            body = {"kind": kind, "at": force.now.isoformat(), **other_terms(force, kind)}
            answer = force.post(f"/orders/{force.order}/events", body)
            assert answer.status_code == 400, (kind, answer.content)
    return done


def other_terms(force: Desk, kind: str) -> dict[str, Any]:
    """Other words of the first clause, or a day more, for which no order here is too long."""
    told = force.shown()
    if kind != "varied":
        day = date.fromisoformat(told["last_day"]) + DAY
        return {"last_day": day.isoformat()}
    words = {"clause": "1", "text": "You must keep the peace, always.", "rule": {"kind": "other"}}
    kept = [{n: one[n] for n in ("clause", "text", "rule")} for one in told["clauses"][1:]]
    return {"clauses": [words, *kept]}


@pytest.mark.parametrize("instrument", ORDERS)
def test_an_order_is_made_and_quashed_on_appeal(force: Desk, instrument: str) -> None:
    began(force, instrument)
    made(force, instrument)
    day_before = force.now.date()
    served(force)
    force.now += DAY
    force.happens("quashed", court="Exmere Crown Court")
    assert says_what_it_is(force, instrument)["status"] == "quashed"
    assert says_what_it_is(force, instrument, day_before)["status"] == "in_force"


@pytest.mark.parametrize("instrument", ORDERS)
def test_an_order_expires_when_its_last_day_is_over(force: Desk, instrument: str) -> None:
    last_day = began(force, instrument)
    made(force, instrument)
    served(force)
    assert says_what_it_is(force, instrument, last_day)["status"] == "in_force"
    after = says_what_it_is(force, instrument, last_day + DAY)
    assert after["status"] == "expired"
    assert after["ground"].startswith("Its last day was ")


@pytest.mark.parametrize("instrument", ORDERS)
def test_an_order_of_a_court_is_recorded_at_once(force: Desk, instrument: str) -> None:
    fit = ORDERS[instrument]
    force.now = fit.at
    if KINDS[instrument].is_proposed:
        force.runs("paladin")
    last_day = (fit.at + fit.days * DAY).date().isoformat()
    force.begin(make(force, instrument, applicant=fit.applicant, last_day=last_day))
    served(force)
    assert says_what_it_is(force, instrument)["status"] == "in_force"


@pytest.mark.parametrize("instrument", NOTICES)
@pytest.mark.parametrize("end", ["application_determined", "application_withdrawn", "quashed"])
def test_a_notice_is_drafted_issued_served_and_ends(force: Desk, instrument: str, end: str) -> None:
    began(force, instrument)
    force.happens("authorised", role=SUPER, rank="superintendent")
    force.happens("notice_issued", role=SUPER)
    assert force.status() == "not_served"
    served(force)
    force.happens("hearing_listed", hearing_at=(force.now + DAY).isoformat())
    force.happens("adjourned", hearing_at=(force.now + 2 * DAY).isoformat())
    assert force.status() == "in_force"
    if end == "quashed":
        force.happens("quashed", court=COURT)
    else:
        force.happens("discharged", how=end)
    assert force.status() == ("quashed" if end == "quashed" else "discharged")


@pytest.mark.parametrize("instrument", NOTICES)
def test_a_notice_is_given_up_before_it_is_issued(force: Desk, instrument: str) -> None:
    began(force, instrument)
    force.happens("withdrawn")
    assert force.status() == "withdrawn"


@pytest.mark.parametrize("instrument", NOTICES)
def test_a_notice_is_issued_at_once(force: Desk, instrument: str) -> None:
    force.now = NOTICES[instrument].at
    force.begin(issue(force, instrument), role=SUPER)
    told = says_what_it_is(force, instrument)
    assert (told["status"], told["issuer_rank"]) == ("not_served", "superintendent")


@pytest.mark.parametrize("instrument", sorted(NEVER_IN_FORCE))
def test_what_was_never_in_force_is_refused_with_its_act(force: Desk, instrument: str) -> None:
    body = draft(force, instrument)
    answer = force.post("/orders", body)
    assert answer.status_code == 400
    assert "never been in force" in answer.json()["detail"]


@pytest.mark.parametrize("instrument", sorted(k for k in KINDS if KINDS[k].is_proposed))
@pytest.mark.parametrize("step", [draft, make])
def test_a_proposed_order_is_refused_where_the_law_in_force_is_run(
    force: Desk, instrument: str, step: Any
) -> None:
    answer = force.post("/orders", step(force, instrument, last_day="2031-12-31"))
    assert answer.status_code == 400
    assert "it is proposed, not law" in answer.json()["detail"]
    assert force.get("/orders").json() == {"not_served": [], "pending": []}

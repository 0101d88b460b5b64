"""What the doorstep asks of the record: whom an order binds, who may know, what stays inside."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.orders.doorstep.cases import act as usual_act
from tests.orders.doorstep.cases import order as usual_order
from tests.orders.doorstep.played import ASKED, MANAGER, OFFICER, Played, play
from tests.support.orders import agencies, officer
from vigil.access import actions as access
from vigil.access.errors import NoReasonError, NotFoundError, NotInSightError
from vigil.access.look import Sight, look
from vigil.access.models import Agency, User
from vigil.access.viewer import Role, Viewer
from vigil.identity.models import Person
from vigil.law.errors import BadQuestionError
from vigil.ledger.models import Entry
from vigil.monitoring.doorstep import Answered, ask
from vigil.monitoring.errors import TooManyQuestionsError
from vigil.orders import actions
from vigil.orders.doorstep import live
from vigil.orders.doorstep.ask import say
from vigil.orders.doorstep.facts import Act, Place
from vigil.orders.doorstep.judge import NO_ORDER
from vigil.orders.doorstep.words import Verdict
from vigil.orders.models import Condition
from vigil.orders.rules import Clause

pytestmark = pytest.mark.django_db
AT = "2026-11-20T22:15:00+00:00"
HOME = {"lat": 54.5, "lon": 1.5}
AT_HOME = Place(54.5, 1.5, 5.0)


def question(*rules: str, **changed: Any) -> dict[str, Any]:
    """A case's question with one usual order."""
    order = usual_order(1, rules=list(rules), **changed)
    return {"id": "1", "at": AT, "act": usual_act(towards="V-1", means="phone"), "orders": [order]}


def asked(played: Played, *, by: Viewer = OFFICER, at: datetime = ASKED, **act: Any) -> Answered:
    given: dict[str, Any] = {"by": "P-1", "kind": "contact", "means": "phone"}
    given |= {"towards": played.real.get("V-1")} | act
    return ask(by, at=at, happened_at=datetime.fromisoformat(AT), act=Act(**given))


def verdict(played: Played, **changed: Any) -> Verdict:
    return asked(played, **changed).found.answer.verdict


def entries(did: str) -> list[Mapping[str, Any]]:
    return [json.loads(e.leaf) for e in Entry.objects.filter(did=did).order_by("pk")]


# -- whom it binds ----------------------------------------------------------------------------


def test_an_order_against_one_who_became_him_binds_him_under_either_reference() -> None:
    played = play(question("no_contact_any"))
    now = Person.objects.create(reference="P-2", number=2, made_at=ASKED)
    Person.objects.filter(reference="P-1").update(points_to=now)
    told: dict[str, Any] = {"kind": "contact", "towards": played.real["V-1"], "means": "phone"}
    for reference in ("P-1", "P-2"):
        act = Act(by=reference, **told)
        found = ask(OFFICER, at=ASKED, happened_at=datetime.fromisoformat(AT), act=act)
        assert found.found.answer.verdict is Verdict.BREACH
        assert found.person == "P-2"


def test_an_order_of_another_force_binds_him_here_with_its_sealed_place() -> None:
    played = play(question("stay_from_circle"))
    visitor = officer(Role.RESPONSE_OFFICER, username="vera", agency="11")
    assert verdict(played, by=visitor, kind="presence", place=AT_HOME) is Verdict.BREACH


def test_a_draft_and_an_application_bind_nobody() -> None:
    played = play(question("no_contact_any"))
    her = played.real["V-1"]
    actions.draft(
        by=MANAGER,
        at=played.at(),
        instrument="STALK_PO",
        respondents=[played.person("P-3")],
        protected=[her],
        clauses=[Clause("1", "Keep the peace.", {"kind": "other"})],
    )
    found = asked(played)
    assert [order.ref for order in found.found.orders] == [played.real["O-1"]]
    other = ask(OFFICER, at=ASKED, happened_at=ASKED, act=Act(by="P-3", kind="damage"))
    assert other.found.answer.because == (NO_ORDER,)


def test_what_was_recorded_later_was_not_known_then() -> None:
    played = play(question("no_contact_any"))
    actions.quash(
        by=MANAGER,
        at=ASKED + timedelta(days=1),
        order=played.real["O-1"],
        quashed_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
    assert verdict(played) is Verdict.BREACH
    assert verdict(played, at=ASKED + timedelta(days=2)) is Verdict.NOT_BREACH


def test_a_suspension_ends_when_the_court_resumed_it() -> None:
    played = play(question("no_contact_any"))
    order, before = played.real["O-1"], datetime.fromisoformat(AT) - timedelta(days=2)
    actions.suspend(by=MANAGER, at=played.at(), order=order, suspended_at=before)
    assert verdict(played) is Verdict.NOT_BREACH
    resumed = before + timedelta(days=1)
    actions.resume(by=MANAGER, at=played.at(), order=order, resumed_at=resumed)
    assert verdict(played) is Verdict.BREACH


def test_one_of_his_orders_is_replaced_by_another_from_its_making() -> None:
    interim = usual_order(1, instrument="STALK_PO_I", made_on="2026-11-02", served_at=None)
    played = play(question("no_contact_any") | {"orders": []})
    interim |= {"conditions": question("no_contact_any")["orders"][0]["conditions"]}
    played.order(interim | {"last_day": "2026-11-30"})
    her = played.real["V-1"]
    actions.make(
        by=MANAGER,
        at=played.at(),
        instrument="STALK_PO",
        respondent="P-1",
        protected=[her, played.real["V-2"]],
        made_on=date(2026, 11, 16),
        court="Exmere Magistrates’ Court",
        clauses=[Clause("1", "Not to be violent.", {"kind": "no_violence", "persons": [her]})],
        replaces=played.real["O-1"],
    )
    assert verdict(played) is Verdict.NOT_BREACH


# -- who does not exist -------------------------------------------------------------------------


def sealed(reference: str) -> Viewer:
    """Seal him to the one who is returned."""
    aubrey = officer(Role.AUTHORISING_OFFICER, username="aubrey")
    User.objects.create(
        username="aubrey", agency_id="10", role=Role.AUTHORISING_OFFICER, date_joined=ASKED
    )
    access.seal_record(by=aubrey, at=ASKED, reference=reference, named=[])
    return aubrey


@pytest.mark.parametrize("place", [None, AT_HOME], ids=["without a place", "with a place"])
def test_unknown_sealed_and_under_no_order_are_one_answer_by_the_same_way(
    place: Place | None,
) -> None:
    played = play(question("stay_from_circle"))
    named = sealed("P-1")
    Person.objects.create(reference="P-8", number=8, made_at=ASKED)
    told, asked_for = [], []
    for person in ("P-1", "P-8", "P-9"):
        act = Act(by=person, kind="presence", towards=None, place=place)
        with CaptureQueriesContext(connection) as queries:
            found = ask(OFFICER, at=ASKED, happened_at=ASKED, act=act)
        told.append(say(found.found.answer))
        asked_for.append([_shape_of(q["sql"]) for q in queries.captured_queries])
        assert (found.found.orders, found.person) == ((), person)
    assert told[0] == told[1] == told[2]
    assert asked_for[0] == asked_for[1] == asked_for[2]
    assert told[0]["verdict"] == "not_breach"
    assert told[0]["because"] == [NO_ORDER]
    mine = ask(named, at=ASKED, happened_at=ASKED, act=Act("P-1", "presence", place=AT_HOME))
    assert mine.found.answer.verdict is Verdict.BREACH
    assert played.real["O-1"] == mine.found.orders[0].ref


def _shape_of(sql: str) -> str:
    """A statement without its values: verb and table."""
    verb, _, rest = sql.partition(" ")
    named = re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)
    return f"{verb} {named[0] if named else rest[:4]}"


def test_a_place_that_is_sealed_to_others_is_reckoned_for_nobody_else() -> None:
    played = play(question("stay_from_circle"))
    sealed(played.real["V-1"])
    found = asked(played, kind="presence", place=AT_HOME).found.answer
    assert found.verdict is Verdict.CANNOT_TELL
    assert [m.value for m in found.missing] == ["position"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_role_that_may_not_read_orders_is_told_of_nobody(role: Role) -> None:
    played = play(question("no_contact_any"))
    with pytest.raises(NotFoundError):
        asked(played, by=officer(role))
    with pytest.raises(NotFoundError):
        live.whom(officer(role), "P-1")
    assert entries("monitoring.ask_doorstep") == []


def test_without_a_reason_nothing_is_answered() -> None:
    played = play(question("no_contact_any"))
    with pytest.raises(NoReasonError):
        asked(played, by=OFFICER.with_reason(""))


@pytest.mark.parametrize("name", ["Tarn Quillfeather", "P-", "1 Invented Row", "p-1", ""])
def test_what_is_no_reference_is_refused_and_never_written_down(name: str) -> None:
    agencies()
    with pytest.raises(BadQuestionError, match="reference of a person"):
        ask(OFFICER, at=ASKED, happened_at=ASKED, act=Act(by=name, kind="contact"))
    assert not Entry.objects.filter(leaf__contains="Quillfeather").exists()


# -- the look and the entry ---------------------------------------------------------------------


def test_one_look_names_him_and_his_orders_and_the_question_has_its_verdict() -> None:
    played = play(question("stay_from_circle"))
    seen: list[Sight] = []
    found = ask(
        OFFICER,
        at=ASKED,
        happened_at=ASKED,
        act=Act("P-1", "presence", place=AT_HOME),
        also=["10/R1"],
        beside=seen.append,
    )
    order = played.real["O-1"]
    (looked,) = entries("access.look")
    assert looked["targets"] == sorted(["10/R1", "P-1", order])
    (written,) = entries("monitoring.ask_doorstep")
    assert written["targets"] == ["P-1", order]
    assert written["facts"] == {"act": "presence", "verdict": "breach", "place": True}
    assert written["entry"] == found.question
    assert not seen[0].is_open


@pytest.mark.parametrize(
    "rule", ["stay_from_circle", "keep_out_of_square", "stay_from_square", "keep_out_of_home"]
)
def test_no_place_leaves_the_judge(rule: str) -> None:
    played = play(question(rule))
    for place in (AT_HOME, Place(54.6, 1.6, 5.0), None):
        found = asked(played, kind="presence", place=place)
        said = repr(found) + json.dumps(say(found.found.answer))
        assert "54.5" not in said
        assert "Polygon" not in said
    assert not Entry.objects.filter(leaf__contains="54.").exists()


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[1.49, 54.49], [1.51, 54.49], [1.51, 54.51], [1.49, 54.51], [1.49, 54.49]]],
}


def order_about(played: Played, rule: dict[str, Any]) -> str:
    """One order more, with one clause of that rule."""
    return actions.make(
        by=MANAGER,
        at=played.at(),
        instrument="STALK_PO",
        respondent="P-1",
        protected=[played.protected("V-1")],
        made_on=date(2026, 5, 4),
        court="Exmere Crown Court",
        clauses=[Clause("1", "To stay away from protected place 1.", rule)],
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (AT_HOME, Verdict.BREACH),
        (Place(54.6, 1.5, 5.0), Verdict.CANNOT_TELL),
    ],
    ids=["inside the area", "outside it, but within how many metres of it nobody reckons"],
)
def test_so_many_metres_from_an_area_are_certain_inside_and_judged_outside(
    place: Place, expected: Verdict
) -> None:
    played = play(question() | {"orders": []})
    played.protected("V-1")
    area = played.place(played.real["V-1"], {"polygon": SQUARE})
    order_about(played, {"kind": "stay_away", "place": {"address_ref": area}, "radius_metres": 100})
    assert verdict(played, kind="presence", place=place) is expected


@pytest.mark.parametrize("shape", [HOME, {}], ids=["a point", "an address alone"])
def test_an_area_that_is_held_as_less_is_never_said_to_be_kept_away_from(
    shape: dict[str, float],
) -> None:
    played = play(question() | {"orders": []})
    played.protected("V-1")
    place = played.place(played.real["V-1"], shape)
    order_about(played, {"kind": "stay_away", "area_ref": place})
    for where in (AT_HOME, Place(54.5009, 1.5, 5.0), Place(54.6, 1.5, 5.0)):
        assert verdict(played, kind="presence", place=where) is Verdict.CANNOT_TELL


def test_a_place_matters_to_no_order_that_names_none() -> None:
    played = play(question("no_threats"))
    found = asked(played, kind="presence", place=AT_HOME).found
    assert found.answer.verdict is Verdict.NOT_BREACH
    assert found.about == {"P-1"}


def test_an_order_is_read_inside_a_look_that_names_it() -> None:
    play(question("no_contact_any"))
    found = live.whom(OFFICER, "P-1")
    with (
        look(viewer=OFFICER, references=["P-1"], at=ASKED) as sight,
        pytest.raises(NotInSightError),
    ):
        live.bound_orders(sight, found, as_known_at=ASKED)


# -- too many, unread, proposed -------------------------------------------------------------------


def test_from_the_seventh_place_in_an_hour_nothing_is_told_and_a_call_is_still_answered() -> None:
    played = play(question("stay_from_circle", "no_contact_any"))
    for metres in range(6):
        asked(played, kind="presence", place=Place(54.5 + metres / 1000, 1.5, 5.0))
    with pytest.raises(TooManyQuestionsError, match="Too many questions"):
        asked(played, kind="presence", place=AT_HOME)
    assert verdict(played) is Verdict.BREACH
    assert entries("monitoring.ask_doorstep")[-2]["facts"]["verdict"] == "refused"
    other = officer(Role.RESPONSE_OFFICER, username="otto")
    assert verdict(played, by=other, kind="presence", place=AT_HOME) is Verdict.BREACH


def test_nobody_is_asked_about_too_often_in_the_same_words() -> None:
    agencies()
    act = Act(by="P-9", kind="presence", place=AT_HOME)
    for _ in range(6):
        ask(OFFICER, at=ASKED, happened_at=ASKED, act=act)
    with pytest.raises(TooManyQuestionsError, match="Too many questions"):
        ask(OFFICER, at=ASKED, happened_at=ASKED, act=act)


def test_an_order_that_cannot_be_read_is_named_and_never_counts_as_kept() -> None:
    played = play(question("no_threats"))
    order = played.real["O-1"]
    assert verdict(played) is Verdict.NOT_BREACH
    Condition.objects.filter(event__order__reference=order).update(rule={"kind": "no_threats"})
    found = asked(played).found
    assert found.answer.verdict is Verdict.CANNOT_TELL
    assert [m.value for m in found.answer.missing] == ["officer_judgement"]
    assert found.unread == (order,)


def test_an_unread_order_does_not_hide_the_breach_of_another() -> None:
    broken = usual_order(2, rules=["no_threats"], made_on="2026-04-01", served_at=None)
    played = play(
        question("no_contact_any") | {"orders": [*question("no_contact_any")["orders"], broken]}
    )
    bad = played.real["O-2"]
    Condition.objects.filter(event__order__reference=bad).update(rule={"kind": "no_threats"})
    found = asked(played).found
    assert found.answer.verdict is Verdict.BREACH
    assert found.unread == (bad,)


def test_a_proposed_order_counts_only_where_the_agency_tries_the_proposal() -> None:
    played = play(question("no_contact_any") | {"orders": []})
    her = played.protected("V-1")
    Agency.objects.filter(code="10").update(regime="paladin")
    order = actions.make(
        by=MANAGER,
        at=played.at(),
        instrument="SERIAL_PO",
        respondent="P-1",
        protected=[her],
        made_on=date(2026, 11, 2),
        last_day=date(2031, 11, 1),
        court="Exmere Crown Court",
        clauses=[
            Clause(
                "1",
                "Not to contact protected person 1.",
                {"kind": "no_contact", "persons": [her], "means": "any"},
            ),
            Clause(
                "2",
                "To attend the course.",
                {
                    "kind": "attend",
                    "programme": "a course",
                    "at": ["2026-12-07T18:00:00+00:00"],
                    "supervisor": "Exmere Probation",
                },
            ),
        ],
    )
    tried = asked(played)
    assert tried.found.answer.verdict is Verdict.BREACH
    assert say(tried.found.answer)["proposed"] is True
    Agency.objects.filter(code="10").update(regime="in_force")
    found = asked(played).found
    assert found.answer.verdict is Verdict.NOT_BREACH
    assert (found.left_out, found.orders) == ((order,), ())

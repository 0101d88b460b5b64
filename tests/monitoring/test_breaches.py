"""A breach that an officer logs: once, with its clauses, its reason and what to secure."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.support.orders import HIS, agencies, london, made, officer, person, protected_person
from vigil.access import actions as access
from vigil.access.errors import NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.models import User
from vigil.access.viewer import Role, Viewer
from vigil.identity.models import Person
from vigil.ledger.models import Entry
from vigil.monitoring import breaches
from vigil.monitoring.actions.breaches import log_breach, secure_evidence
from vigil.monitoring.errors import BadBreachError
from vigil.monitoring.evidence import BY_ACT, WORDS, to_secure
from vigil.monitoring.models import Breach, BreachedClause
from vigil.orders.conditions import MEANS

pytestmark = pytest.mark.django_db
NOW = london(2026, 11, 23, 3)  # a Monday
MINUTE = timedelta(minutes=1)
BOB = officer(Role.RESPONSE_OFFICER, username="bob")
ACTS = sorted(BY_ACT)


@pytest.fixture(autouse=True)
def world() -> None:
    agencies()
    person()


@pytest.fixture
def order() -> str:
    return made(NOW - timedelta(days=3), protected=[protected_person(NOW)])


def logged(order: str, **changed: Any) -> str:
    given: dict[str, Any] = {
        "by": BOB,
        "at": NOW,
        "person": HIS,
        "question": "q1",
        "act": "contact",
        "means": "text",
        "verdict": "breach",
        "offence": "ST19001",
        "happened_at": NOW - MINUTE,
        "clauses": [(order, "1")],
    }
    return log_breach(**(given | changed))


def read(reference: str, by: Viewer = BOB) -> breaches.BreachView:
    with look(viewer=by, references=[reference], at=NOW) as sight:
        return breaches.breach(sight, reference)


def test_a_breach_is_logged_with_its_reason_its_clauses_and_what_to_secure(order: str) -> None:
    reference = logged(order)
    found = read(reference)
    assert (found.person, found.act, found.means) == (HIS, "contact", "text")
    assert (found.happened_at, found.logged_at) == (NOW - MINUTE, NOW)
    assert (found.logged_by, found.because, found.agency) == ("bob", "incident 0212", "10")
    assert found.clauses == ((order, "1"),)
    assert [e.what for e in found.evidence] == list(to_secure("contact", "text"))
    assert not any(e.at for e in found.evidence)
    leaf = json.loads(Entry.objects.filter(did="monitoring.log_breach").latest("pk").leaf)
    assert leaf["targets"] == [reference, HIS, order]
    assert leaf["facts"] == {"act": "contact", "verdict": "breach", "clauses": 1, "again": False}


def test_pressed_twice_it_is_logged_once(order: str) -> None:
    first, second = logged(order), logged(order, at=NOW + MINUTE)
    assert first == second
    assert (Breach.objects.count(), BreachedClause.objects.count()) == (1, 1)
    assert logged(order, question="q2") != first


def test_an_officer_of_another_force_logs_it_too(order: str) -> None:
    visitor = officer(Role.RESPONSE_OFFICER, username="vera", agency="11")
    assert read(logged(order, by=visitor)).agency == "11"


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.AUDITOR, Role.ANALYST, Role.ADMINISTRATOR])
def test_a_role_that_may_not_read_orders_logs_nothing(order: str, role: Role) -> None:
    with pytest.raises(NotFoundError):
        logged(order, by=officer(role))
    assert not Breach.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"verdict": "not_breach"}, id="what was no breach"),
        pytest.param({"clauses": []}, id="no clause"),
        pytest.param({"happened_at": NOW + MINUTE}, id="in the future"),
        pytest.param({"act": "tea"}, id="an act that is none"),
        pytest.param({"clauses": [("SPO-2026-0001", "9")]}, id="a clause that it has not"),
        pytest.param({"clauses": [("SPO-2020-0001", "1")]}, id="an order that is none"),
        pytest.param({"by": Viewer("bob", "Bob", "10", Role.RESPONSE_OFFICER, "")}, id="no reason"),
    ],
)
def test_what_is_no_breach_of_his_is_refused_whole(order: str, changed: dict[str, Any]) -> None:
    with pytest.raises(BadBreachError, match="expected"):
        logged(order, **changed)
    assert not Breach.objects.exists()
    assert not Entry.objects.filter(did="monitoring.log_breach").exists()


def test_an_order_against_somebody_else_is_not_broken_by_him(order: str) -> None:
    other = person("P-2026-0002")
    with pytest.raises(BadBreachError):
        logged(order, person=other)


def test_an_order_against_whom_he_became_is_broken_by_him(order: str) -> None:
    now = person("P-2026-0002")
    Person.objects.filter(reference=HIS).update(points_to=Person.objects.get(reference=now))
    reference = logged(order, person=now)
    with look(viewer=BOB, references=[now], at=NOW) as sight:
        assert [b.reference for b in breaches.breaches_of(sight, now)] == [reference]


def test_somebody_who_is_not_held_has_no_breach(order: str) -> None:
    with pytest.raises(NotFoundError):
        logged(order, person="P-2026-9999")


def test_a_sealed_person_is_nobody_here_too(order: str) -> None:
    reference = logged(order)
    User.objects.create(
        username="aubrey", agency_id="10", role=Role.AUTHORISING_OFFICER, date_joined=NOW
    )
    aubrey = officer(Role.AUTHORISING_OFFICER, username="aubrey")
    access.seal_record(by=aubrey, at=NOW, reference=HIS, named=[])
    for attempt in (
        lambda: logged(order, question="q2"),
        lambda: read(reference),
        lambda: breaches.person_of_breach(BOB, reference),
        lambda: secure_evidence(by=BOB, at=NOW, breach=reference, what=["messages"]),
        lambda: _of_him(BOB),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    assert breaches.person_of_breach(aubrey, reference) == HIS


def _of_him(by: Viewer) -> list[breaches.BreachView]:
    with look(viewer=by, references=[HIS], at=NOW) as sight:
        return breaches.breaches_of(sight, HIS)


def test_what_was_secured_is_ticked_once_by_who_was_first(order: str) -> None:
    reference = logged(order)
    left = secure_evidence(by=BOB, at=NOW, breach=reference, what=["messages", "reply"])
    assert left == ["account", "arrest", "order"]
    rosa = officer(Role.RESPONSE_OFFICER, username="rosa")
    assert "reply" not in secure_evidence(
        by=rosa, at=NOW + MINUTE, breach=reference, what=["reply"]
    )
    held = {e.what: e.by for e in read(reference).evidence if e.at}
    assert held == {"messages": "bob", "reply": "bob"}


def test_what_is_not_on_the_list_is_not_ticked(order: str) -> None:
    reference = logged(order)
    with pytest.raises(BadBreachError, match="on the list"):
        secure_evidence(by=BOB, at=NOW, breach=reference, what=["tag"])
    with pytest.raises(NotFoundError):
        secure_evidence(by=BOB, at=NOW, breach="B-00000000", what=[])


def test_a_breach_is_read_inside_a_look_that_names_it(order: str) -> None:
    reference = logged(order)
    with look(viewer=BOB, references=[], at=NOW) as sight, pytest.raises(NotInSightError):
        breaches.breach(sight, reference)
    with pytest.raises(NotFoundError):
        read("B-00000000")
    with pytest.raises(NotFoundError):
        read(reference, officer(Role.ADVOCATE))
    with pytest.raises(NotFoundError):
        breaches.person_of_breach(BOB, "B-00000000")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("means", [None, *MEANS])
def test_every_act_has_a_list_of_what_to_secure_in_words(act: str, means: str | None) -> None:
    codes = to_secure(act, means)
    assert len(codes) == len(set(codes)) >= 3
    assert codes[-2:] == ("arrest", "order")
    assert set(codes) <= set(WORDS)

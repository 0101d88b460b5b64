"""A named authorising officer decides, with reasons and evidence; nobody else, and no computer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.register.people import put_person
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.models import Agency, User
from vigil.access.viewer import Role, Viewer, worker_for
from vigil.ledger.models import Entry
from vigil.register.actions import (
    assign_owner,
    decide,
    deciding,
    end_registration,
    put_up_candidates,
)
from vigil.register.errors import DecisionError, OwnerError
from vigil.register.models import Candidate, Decision, Ownership, Registration
from vigil.register.queries import owner_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "candidates")]
Make = Callable[..., Viewer]


@pytest.fixture
def candidates(agencies: None, analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {}, {"basis": "caution"})
    put_person("P-2", {}, {})
    put_person("P-3", {})
    put_up_candidates(by=analyst, at=at)


def nothing_follows() -> bool:
    return not (
        Decision.objects.exists() or Registration.objects.exists() or Ownership.objects.exists()
    )


def test_an_officer_registers_a_candidate_and_he_has_an_owner_and_a_review(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decided = decide(by=officer, at=at, **good)
    assert (decided.outcome, decided.basis, decided.review_on) == (
        "register",
        "caution",
        date(2027, 11, 23),
    )
    assert owner_of("P-1") == "olwen"
    row = Registration.objects.get()
    assert (row.began_at, row.review_on, row.ended_at) == (at, date(2027, 11, 23), None)


def test_under_the_law_in_force_a_registration_carries_no_duties(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decided = decide(by=officer, at=at, **good)
    assert (decided.regime, decided.is_proposed, decided.carries_duties) == (
        "in_force",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("evidence", "duties"),
    [(["10/P-1-2"], True), (["10/P-1-1"], False)],
    ids=["caution", "suspect"],
)
def test_the_proposed_regime_is_marked_and_suspicion_carries_no_duty_even_there(
    officer: Viewer, at: datetime, good: dict[str, Any], evidence: list[str], duties: bool
) -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    decided = decide(by=officer, at=at, **{**good, "evidence": evidence})
    assert (decided.regime, decided.is_proposed, decided.carries_duties) == (
        "paladin",
        True,
        duties,
    )


def test_the_ledger_holds_the_decision_and_no_word_of_its_reasons(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    leaf = Entry.objects.get(did="register.decide").leaf
    assert json.loads(leaf)["targets"] == ["P-1", "10/P-1-1", "10/P-1-2"]
    assert json.loads(leaf)["facts"]["outcome"] == "register"
    assert "hurt" not in leaf


def test_alice_may_decide(officer: Viewer, at: datetime, good: dict[str, Any]) -> None:
    alice = replace(officer, username="alice", name="Alice")
    assert decide(by=alice, at=at, **good).outcome == "register"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.AUTHORISING_OFFICER])
def test_charlie_may_not_decide_in_any_other_role(
    viewer_factory: Make, at: datetime, good: dict[str, Any], role: Role
) -> None:
    with pytest.raises(NotAllowedError, match="authorising officer"):
        decide(by=viewer_factory(role, username="charlie"), at=at, **good)
    assert nothing_follows()


def test_an_officer_of_another_agency_finds_no_such_candidate(
    viewer_factory: Make, at: datetime, good: dict[str, Any]
) -> None:
    bob = viewer_factory(Role.AUTHORISING_OFFICER, username="bob", agency="11")
    with pytest.raises(NotFoundError):
        decide(by=bob, at=at, **good)
    assert nothing_follows()


@pytest.mark.parametrize(
    "computer",
    [
        worker_for("10"),
        replace(worker_for("10"), role=Role.AUTHORISING_OFFICER),
        Viewer("nobody", " ", "10", Role.AUTHORISING_OFFICER, "a task"),
    ],
    ids=["the worker", "the worker in an officer's role", "an officer without a name"],
)
def test_nobody_is_registered_by_a_computer(
    computer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    with pytest.raises(NotAllowedError, match="by a computer"):
        decide(by=computer, at=at, **good)
    assert nothing_follows()


def test_the_officer_who_nominated_may_not_decide(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    Candidate.objects.update(nominated_by=officer.username)
    with pytest.raises(NotAllowedError, match="did not nominate"):
        decide(by=officer, at=at, **good)
    assert decide(by=replace(officer, username="agatha"), at=at, **good).outcome == "register"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reasons": ""}, "reasons"),
        ({"evidence": []}, "at least one report"),
        ({"evidence": ["10/P-2-1"]}, "this person's own reports"),
        ({"owner": ""}, "owner"),
        ({"necessity": ""}, "necessary"),
        ({"outcome": "end"}, "register, decline or defer"),
    ],
    ids=["no reasons", "no evidence", "another's report", "no owner", "not necessary", "end"],
)
def test_a_decision_that_lacks_something_changes_nothing(
    officer: Viewer, at: datetime, good: dict[str, Any], changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(DecisionError, match=sentence):
        decide(by=officer, at=at, **{**good, **changes})
    assert nothing_follows()


@pytest.mark.parametrize("person", ["P-3", "P-99"], ids=["no candidate", "nobody"])
def test_only_a_candidate_can_be_decided_about(
    officer: Viewer, at: datetime, good: dict[str, Any], person: str
) -> None:
    with pytest.raises(NotFoundError):
        decide(by=officer, at=at, **{**good, "person": person})


@pytest.mark.parametrize("owner", ["annis", "ottilie", "nemo", "aldous"])
def test_an_owner_is_an_offender_manager_of_the_agency(
    officer: Viewer, at: datetime, good: dict[str, Any], owner: str
) -> None:
    with pytest.raises(OwnerError):
        decide(by=officer, at=at, **{**good, "owner": owner})
    assert nothing_follows()


def test_an_owner_who_has_left_is_refused(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    User.objects.filter(username="olwen").update(is_active=False, closed_at=at)
    with pytest.raises(OwnerError):
        decide(by=officer, at=at, **good)


def test_nobody_is_registered_twice(officer: Viewer, at: datetime, good: dict[str, Any]) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(DecisionError, match="not on the register"):
        decide(by=officer, at=at, **good)
    assert Decision.objects.count() == 1


def test_of_two_officers_at_once_one_is_told_that_the_other_was_first(
    officer: Viewer, at: datetime, good: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(by=officer, at=at, **good)
    monkeypatch.setattr(deciding, "_check_not_registered", lambda _: None)
    with pytest.raises(DecisionError, match="another officer"):
        decide(by=officer, at=at, **good)
    assert Decision.objects.count() == 1


def test_a_candidate_who_was_declined_may_be_registered_later(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    declined = {**good, "outcome": "decline", "owner": ""}
    assert decide(by=officer, at=at, **declined).carries_duties is False
    assert owner_of("P-1") is None
    assert decide(by=officer, at=at + timedelta(days=1), **good).outcome == "register"


def test_a_coordinator_names_another_owner_and_the_former_time_is_kept(
    officer: Viewer, viewer_factory: Make, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    later = at + timedelta(days=3)
    coordinator = viewer_factory(Role.COORDINATOR, username="cyneburg")
    assign_owner(by=coordinator, at=later, person="P-1", owner="osric")
    assert owner_of("P-1") == "osric"
    times = Ownership.objects.order_by("pk").values_list("owner", "since_at", "closed_at")
    assert list(times) == [("olwen", at, later), ("osric", later, None)]


@pytest.mark.parametrize(
    ("role", "agency"),
    [(Role.OFFENDER_MANAGER, "10"), (Role.ANALYST, "10"), (Role.COORDINATOR, "11")],
    ids=["offender manager", "analyst", "a coordinator of another agency"],
)
def test_a_stranger_names_no_owner(
    officer: Viewer,
    viewer_factory: Make,
    at: datetime,
    good: dict[str, Any],
    role: Role,
    agency: str,
) -> None:
    decide(by=officer, at=at, **good)
    charlie = viewer_factory(role, username="charlie", agency=agency)
    with pytest.raises(NotAllowedError):
        assign_owner(by=charlie, at=at, person="P-1", owner="osric")
    assert owner_of("P-1") == "olwen"


@pytest.mark.parametrize("owner", ["olwen", "ottilie", ""], ids=["the same", "elsewhere", "none"])
def test_an_owner_changes_to_another_of_the_agency_or_not_at_all(
    officer: Viewer, at: datetime, good: dict[str, Any], owner: str
) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(OwnerError):
        assign_owner(by=officer, at=at, person="P-1", owner=owner)
    assert owner_of("P-1") == "olwen"


def test_somebody_who_is_not_on_the_register_gets_no_owner(officer: Viewer, at: datetime) -> None:
    with pytest.raises(NotFoundError):
        assign_owner(by=officer, at=at, person="P-1", owner="olwen")


def test_an_officer_takes_him_off_with_reasons_and_everything_stays(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    later = at + timedelta(days=90)
    ended = end_registration(by=officer, at=later, person="P-1", reasons=" The wrong man. ")
    assert (ended.outcome, ended.review_on, ended.carries_duties) == ("end", None, False)
    assert owner_of("P-1") is None
    assert Registration.objects.get().ended_at == later
    assert decide(by=officer, at=later, **good).outcome == "register"


def test_taking_him_off_needs_reasons(officer: Viewer, at: datetime, good: dict[str, Any]) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(DecisionError, match="reasons"):
        end_registration(by=officer, at=at, person="P-1", reasons=" ")
    assert Registration.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("role", "agency"),
    [(Role.OFFENDER_MANAGER, "10"), (Role.AUTHORISING_OFFICER, "11")],
    ids=["another role", "another agency"],
)
def test_a_stranger_takes_nobody_off(
    officer: Viewer,
    viewer_factory: Make,
    at: datetime,
    good: dict[str, Any],
    role: Role,
    agency: str,
) -> None:
    decide(by=officer, at=at, **good)
    charlie = viewer_factory(role, username="charlie", agency=agency)
    with pytest.raises(NotAllowedError):
        end_registration(by=charlie, at=at, person="P-1", reasons="A friend of mine.")
    assert owner_of("P-1") == "olwen"


def test_the_worker_takes_nobody_off(officer: Viewer, at: datetime, good: dict[str, Any]) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(NotAllowedError):
        end_registration(by=worker_for("10"), at=at, person="P-1", reasons="It was due.")


def test_the_database_holds_one_owner_a_person(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    row = Ownership.objects.get()
    row.pk, row.owner = None, "osric"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_the_database_holds_that_a_registered_person_has_an_owner(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(ownership=None)


def test_the_database_holds_that_a_registration_ends_by_a_decision(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.update(ended_at=at)


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "maybe"},
        {"reasons": ""},
        {"decided_by": ""},
        {"review_on": None},
        {"outcome": "decline"},
        {"necessity": ""},
        {"basis": "rumour"},
        {"candidate": None},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_database_refuses_a_decision_that_lacks_something(
    officer: Viewer, at: datetime, good: dict[str, Any], changes: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(**changes)

"""Lists say nothing that names anybody; what officers wrote is read inside a look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.register.people import join, put_person
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer
from vigil.register import queries
from vigil.register.actions import decide, end_registration, put_up_candidates
from vigil.register.errors import DecisionError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies", "candidates")]
Make = Callable[..., Viewer]


@pytest.fixture
def candidates(agencies: None, analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {}, {"basis": "conviction"}, {})
    put_person("P-2", {}, {})
    put_up_candidates(by=analyst, at=at)


def waiting(viewer: Viewer, at: datetime) -> list[str]:
    return [one.person for one in queries.candidates(viewer, at, waiting_only=True)]


@pytest.mark.parametrize(
    "role", [Role.ANALYST, Role.COORDINATOR, Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER]
)
def test_alice_and_bob_may_see_the_candidates_of_their_agency(
    viewer_factory: Make, at: datetime, role: Role
) -> None:
    assert len(queries.candidates(viewer_factory(role), at)) == 2
    assert queries.candidates(viewer_factory(role, agency="11"), at) == []


@pytest.mark.parametrize(
    "role", [Role.ADVOCATE, Role.RESPONSE_OFFICER, Role.AUDITOR, Role.CUSTODY_SERGEANT]
)
def test_charlie_may_not_see_candidates(viewer_factory: Make, at: datetime, role: Role) -> None:
    charlie = viewer_factory(role, username="charlie")
    with pytest.raises(NotAllowedError):
        queries.candidates(charlie, at)
    with pytest.raises(NotAllowedError):
        queries.selection(charlie)
    with (
        look(viewer=charlie, references=["P-1"], at=at) as sight,
        pytest.raises(NotAllowedError),
    ):
        queries.candidate(sight, "P-1")


def test_the_list_can_be_cut(analyst: Viewer, at: datetime) -> None:
    assert [one.person for one in queries.candidates(analyst, at, most=1)] == ["P-1"]


def test_a_candidate_is_read_inside_a_look_only(analyst: Viewer, at: datetime) -> None:
    with look(viewer=analyst, references=["P-1"], at=at) as sight:
        assert queries.candidate(sight, "P-1").reports == 3
        with pytest.raises(NotInSightError):
            queries.candidate(sight, "P-2")
    with pytest.raises(NotInSightError):
        queries.candidate(sight, "P-1")


def test_of_another_agency_he_is_no_candidate(viewer_factory: Make, at: datetime) -> None:
    bob = viewer_factory(Role.ANALYST, username="bob", agency="11")
    with look(viewer=bob, references=["P-1"], at=at) as sight, pytest.raises(NotFoundError):
        queries.candidate(sight, "P-1")


def test_who_is_registered_waits_no_longer(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    assert waiting(officer, at) == ["P-2"]
    one = queries.candidates(officer, at)[0]
    assert (one.person, one.outcome, one.is_registered) == ("P-1", "register", True)


@pytest.mark.parametrize(
    ("day", "is_waiting"),
    [(date(2026, 12, 6), False), (date(2026, 12, 7), True), (date(2026, 12, 8), True)],
    ids=["the Sunday before", "the Monday of the review", "the Tuesday after"],
)
def test_who_was_deferred_waits_again_on_the_day(
    officer: Viewer, at: datetime, good: dict[str, Any], day: date, is_waiting: bool
) -> None:
    review = {"outcome": "defer", "owner": "", "review_on": date(2026, 12, 7)}
    decide(by=officer, at=at, **{**good, **review})
    assert ("P-1" in waiting(officer, at.replace(month=12, day=day.day))) is is_waiting


def test_who_was_declined_waits_again_when_there_is_another_report(
    officer: Viewer, analyst: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **{**good, "outcome": "decline", "owner": ""})
    assert waiting(officer, at) == ["P-2"]
    put_up_candidates(by=analyst, at=at)
    assert waiting(officer, at) == ["P-2"]
    put_person("P-1", {"reference": "10/NEW"})
    put_up_candidates(by=analyst, at=at)
    assert waiting(officer, at) == ["P-1", "P-2"]


def test_who_was_taken_off_waits_again(officer: Viewer, at: datetime, good: dict[str, Any]) -> None:
    decide(by=officer, at=at, **good)
    end_registration(by=officer, at=at + timedelta(days=1), person="P-1", reasons="An error.")
    assert waiting(officer, at) == ["P-1", "P-2"]


def test_standing_says_since_when_by_whom_and_until_which_review(
    officer: Viewer, viewer_factory: Make, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    with look(viewer=viewer_factory(Role.RESPONSE_OFFICER), references=["P-1"], at=at) as sight:
        one = queries.standing(sight, "P-1")
    assert (one.is_registered, one.since_at, one.decided_by, one.owner) == (
        True,
        at,
        "aldous",
        "olwen",
    )
    assert (one.basis, one.review_on, one.is_review_late) == (
        "conviction",
        date(2027, 11, 23),
        False,
    )
    assert (one.kind, one.is_proposed, one.carries_duties) == ("police_record", False, False)
    assert one.authority


def test_the_proposed_regime_is_marked_wherever_a_standing_is_seen(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    decide(by=officer, at=at, **good)
    with look(viewer=officer, references=["P-1"], at=at) as sight:
        one = queries.standing(sight, "P-1")
    assert (one.kind, one.is_proposed, one.carries_duties) == ("duties", True, True)


@pytest.mark.parametrize(
    ("day", "late"), [(22, False), (23, False), (24, True)], ids=["before", "on the day", "after"]
)
def test_a_review_is_late_from_the_day_after(
    officer: Viewer, viewer_factory: Make, at: datetime, good: dict[str, Any], day: int, late: bool
) -> None:
    decide(by=officer, at=at, **good)
    then = at.replace(year=2027, day=day)
    with look(viewer=officer, references=["P-1"], at=then) as sight:
        assert queries.standing(sight, "P-1").is_review_late is late
    olwen = viewer_factory(Role.OFFENDER_MANAGER, username="olwen")
    assert [one.is_review_late for one in queries.caseload(olwen, then)] == [late]


def test_who_is_not_on_the_register_has_that_standing_and_no_more(
    officer: Viewer, at: datetime
) -> None:
    with look(viewer=officer, references=["P-2"], at=at) as sight:
        assert queries.standing(sight, "P-2") == queries.Standing("P-2", is_registered=False)
        assert queries.decisions(sight, "P-2") == []


def test_the_words_of_a_decision_are_read_inside_a_look_newest_first(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **{**good, "outcome": "decline", "owner": ""})
    decide(by=officer, at=at + timedelta(days=1), **good)
    with look(viewer=officer, references=["P-1"], at=at) as sight:
        found = queries.decisions(sight, "P-1")
    assert [one.outcome for one in found] == ["register", "decline"]
    assert found[0].reasons == good["reasons"]
    assert found[0].evidence == ("10/P-1-1", "10/P-1-2")


@pytest.mark.parametrize("ask", [queries.standing, queries.decisions])
def test_standing_and_decisions_refuse_whom_the_look_does_not_name_and_the_stranger(
    officer: Viewer, viewer_factory: Make, at: datetime, ask: Callable[..., Any]
) -> None:
    with look(viewer=officer, references=["P-2"], at=at) as sight, pytest.raises(NotInSightError):
        ask(sight, "P-1")
    advocate = viewer_factory(Role.ADVOCATE, username="charlie")
    with look(viewer=advocate, references=["P-1"], at=at) as sight, pytest.raises(NotAllowedError):
        ask(sight, "P-1")


@pytest.mark.parametrize("ask", [queries.standing, queries.decisions, queries.candidate])
def test_nobody_is_nobody(officer: Viewer, at: datetime, ask: Callable[..., Any]) -> None:
    with look(viewer=officer, references=["P-99"], at=at) as sight, pytest.raises(NotFoundError):
        ask(sight, "P-99")


def test_a_caseload_is_the_owners_own_earliest_review_first(
    officer: Viewer, viewer_factory: Make, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    sooner = {"person": "P-2", "evidence": ["10/P-2-1"], "review_on": date(2027, 1, 4)}
    decide(by=officer, at=at, **{**good, **sooner})
    olwen = viewer_factory(Role.OFFENDER_MANAGER, username="olwen")
    assert [one.person for one in queries.caseload(olwen, at)] == ["P-2", "P-1"]
    osric = viewer_factory(Role.OFFENDER_MANAGER, username="osric")
    assert queries.caseload(osric, at) == []


def test_the_registered_are_counted_by_agency(
    officer: Viewer, viewer_factory: Make, at: datetime, good: dict[str, Any]
) -> None:
    assert queries.registered_count(officer) == 0
    decide(by=officer, at=at, **good)
    assert queries.registered_count(officer) == 1
    assert queries.registered_count(viewer_factory(agency="11")) == 0


def test_what_was_decided_about_one_holds_for_whom_he_became(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    join("P-1", into="P-2")
    with look(viewer=officer, references=["P-2"], at=at) as sight:
        assert queries.standing(sight, "P-2").is_registered
        assert [one.outcome for one in queries.decisions(sight, "P-2")] == ["register"]
    assert queries.owner_of("P-2") == "olwen"
    assert waiting(officer, at) == []
    with look(viewer=officer, references=["P-2"], at=at) as sight:
        assert queries.candidate(sight, "P-2").outcome == "register"
    register_again = {**good, "person": "P-2", "evidence": ["10/P-2-1"]}
    with pytest.raises(DecisionError, match="not on the register"):
        decide(by=officer, at=at, **register_again)
    end_registration(by=officer, at=at, person="P-2", reasons="An error.")
    assert queries.owner_of("P-1") is None


def test_two_who_became_one_through_a_third_are_followed_to_the_end(
    officer: Viewer, at: datetime, good: dict[str, Any]
) -> None:
    decide(by=officer, at=at, **good)
    put_person("P-3", {})
    join("P-1", into="P-3")
    join("P-3", into="P-2")
    assert queries.owner_of("P-2") == "olwen"

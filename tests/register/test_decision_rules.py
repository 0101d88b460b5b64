"""What a decision must hold before anybody records it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vigil.register.errors import DecisionError
from vigil.register.rules import DraftDecision, carries_duties, checked, day_of, strongest

MONDAY = date(2026, 11, 23)
HELD = frozenset({"10/A", "10/B"})


def draft(**changes: Any) -> DraftDecision:
    return replace(
        DraftDecision(
            outcome="register",
            reasons=" two victims, the second hurt worse ",
            evidence=["10/A", " 10/B ", "10/A", ""],
            necessity="he is on to a third",
            proportionality="seen by the owner only",
            owner="olwen",
        ),
        **changes,
    )


def declined(**changes: Any) -> DraftDecision:
    return draft(**{"outcome": "decline", "owner": "", **changes})


def test_texts_are_trimmed_and_evidence_is_named_once() -> None:
    decision = checked(draft(), held=HELD, on=MONDAY)
    assert decision.reasons == "two victims, the second hurt worse"
    assert decision.evidence == ("10/A", "10/B")


def test_a_registration_is_reviewed_within_a_year_unless_the_officer_says_sooner() -> None:
    assert checked(draft(), held=HELD, on=MONDAY).review_on == date(2027, 11, 23)


@pytest.mark.parametrize(
    ("review_on", "is_good"),
    [
        pytest.param(date(2026, 11, 22), False, id="the day before"),
        pytest.param(date(2026, 11, 23), False, id="the day itself"),
        pytest.param(date(2026, 11, 24), True, id="the day after"),
        pytest.param(date(2027, 11, 23), True, id="the last day"),
        pytest.param(date(2027, 11, 24), False, id="the day after the last day"),
    ],
)
@pytest.mark.parametrize("outcome", ["register", "defer"])
def test_a_review_date_lies_after_the_decision_and_within_a_year(
    outcome: str, review_on: date, is_good: bool
) -> None:
    owner = "olwen" if outcome == "register" else ""
    one = draft(outcome=outcome, review_on=review_on, owner=owner)
    if is_good:
        assert checked(one, held=HELD, on=MONDAY).review_on == review_on
    else:
        with pytest.raises(DecisionError, match="review date"):
            checked(one, held=HELD, on=MONDAY)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        pytest.param(draft(outcome="end"), "register, decline or defer", id="no such outcome"),
        pytest.param(draft(reasons=" \n"), "reasons", id="no reasons"),
        pytest.param(draft(evidence=[]), "at least one report", id="no evidence"),
        pytest.param(draft(evidence=[" "]), "at least one report", id="blank evidence"),
        pytest.param(draft(evidence=["10/A", "10/Z"]), "found 1 of 2", id="another man's report"),
        pytest.param(draft(necessity=""), "necessary", id="necessity not said"),
        pytest.param(draft(proportionality=" "), "proportionate", id="proportion not said"),
        pytest.param(draft(owner=" "), "owner", id="no owner"),
        pytest.param(draft(outcome="defer", owner=""), "review date", id="deferred for ever"),
        pytest.param(declined(owner="olwen"), "only to register", id="an owner to decline"),
        pytest.param(declined(review_on=MONDAY), "no review date", id="a review to decline"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(one: DraftDecision, sentence: str) -> None:
    with pytest.raises(DecisionError, match=sentence):
        checked(one, held=HELD, on=MONDAY)


def test_to_decline_needs_reasons_and_evidence_and_nothing_else() -> None:
    decision = checked(declined(necessity="", proportionality=""), held=HELD, on=MONDAY)
    assert (decision.review_on, decision.owner) == (None, "")


@pytest.mark.parametrize(
    ("bases", "basis"),
    [
        (["suspect", "conviction", "caution"], "conviction"),
        (["order", "caution"], "caution"),
        (["suspect", "order"], "order"),
        (["", "suspect"], "suspect"),
        ([], "suspect"),
    ],
)
def test_the_basis_is_the_strongest_of_the_evidence(bases: list[str], basis: str) -> None:
    assert strongest(bases) == basis


@pytest.mark.parametrize(
    ("framework", "basis", "duties"),
    [
        (True, "conviction", True),
        (True, "order", True),
        (True, "suspect", False),
        (False, "conviction", False),
    ],
)
def test_suspicion_never_carries_duties(framework: bool, basis: str, duties: bool) -> None:
    assert carries_duties(framework, basis) is duties


@pytest.mark.parametrize(
    ("at", "day"),
    [
        pytest.param(datetime(2026, 11, 23, 23, 59, tzinfo=UTC), MONDAY, id="winter, 11:59pm"),
        pytest.param(
            datetime(2026, 6, 1, 23, 0, tzinfo=UTC), date(2026, 6, 2), id="summer: the next day"
        ),
    ],
)
def test_a_day_is_a_day_in_london(at: datetime, day: date) -> None:
    assert day_of(at) == day


def test_a_year_from_29_february_ends_on_28_february() -> None:
    decision = checked(draft(), held=HELD, on=date(2028, 2, 29))
    assert decision.review_on == date(2029, 2, 28)

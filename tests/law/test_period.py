"""How long the requirements last: what the tables of cases do not ask."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.law.errors import BadQuestionError
from vigil.law.period import Term, notification_period

TODAY = date(2026, 11, 23)


def test_a_term_of_neither_days_nor_months_has_no_last_day() -> None:
    with pytest.raises(
        BadQuestionError, match=r"^expected days or months for this disposal, found neither$"
    ):
        Term().last_day(TODAY)


def test_a_term_that_the_disposal_does_not_need_is_not_looked_at() -> None:
    plain = notification_period("caution", TODAY, age=30)

    assert notification_period("caution", TODAY, age=30, term=Term(months=99)) == plain


def test_an_unknown_disposal_is_refused_with_the_list() -> None:
    with pytest.raises(BadQuestionError, match="be one of life, indeterminate, imprisonment, "):
        notification_period("pillory", TODAY, age=30)


def test_whether_a_period_is_indefinite_is_a_claim_and_never_unknown() -> None:
    discharge = notification_period("conditional_discharge", TODAY, age=30, term=Term(months=12))

    assert notification_period("caution", TODAY, age=30).is_indefinite is False
    assert discharge.is_indefinite is False
    assert notification_period("life", TODAY, age=30).is_indefinite is True


def test_the_halving_is_cited_where_it_halves_and_nowhere_else() -> None:
    def cited(age: int) -> set[str]:
        ground = notification_period("caution", TODAY, age=age).ground
        return {provision.cite for provision in ground.authority}

    assert cited(17) - cited(18) == {"s. 82(2)"}


@pytest.mark.parametrize(
    ("relevant_on", "notified_on", "jurisdiction", "is_in_doubt"),
    [
        (date(2012, 1, 10), date(2012, 1, 10), "S", False),
        (date(2012, 1, 10), date(2012, 3, 1), "S", True),
        (date(2012, 1, 10), date(2012, 3, 1), "EW", False),
    ],
)
def test_where_scotland_counts_a_review_from_another_day_the_answer_is_in_doubt(
    relevant_on: date, notified_on: date, jurisdiction: str, is_in_doubt: bool
) -> None:
    """Sexual Offences Act 2003 s. 88B counts from the relevant date; we from the notification."""
    found = notification_period(
        "life", relevant_on, age=30, notified_on=notified_on, jurisdiction=jurisdiction
    )
    doubts = [fact for fact in found.ground.facts if fact.of == "PERIOD_REVIEW_COUNT"]
    assert bool(doubts) is is_in_doubt

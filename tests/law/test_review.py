"""Reviews of an indefinite period: on his application, or in Scotland unasked."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.law.ask import answer
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.review import next_review, review_steps


@pytest.mark.parametrize(
    ("continued_on", "years", "jurisdiction", "first_day", "is_automatic"),
    [
        # The day after the end of the eight years that begin with the decision.
        (date(2020, 3, 2), None, "EW", date(2028, 3, 2), False),
        (date(2020, 2, 29), None, "EW", date(2028, 2, 29), False),
        (date(2020, 3, 2), 15, "EW", date(2035, 3, 2), False),
        (date(2012, 7, 30), None, "EW", date(2020, 7, 30), False),
        (date(2020, 3, 2), 5, "S", date(2025, 3, 2), True),
        (date(2020, 3, 2), 15, "S", date(2035, 3, 2), True),
    ],
)
def test_the_next_review_comes_after_the_years_that_were_set(
    continued_on: date, years: int | None, jurisdiction: str, first_day: date, is_automatic: bool
) -> None:
    found = next_review(continued_on, years, jurisdiction=jurisdiction)

    assert found.review_from_on == first_day
    assert found.is_automatic is is_automatic


def test_the_usual_eight_years_were_read_and_the_longer_time_was_not() -> None:
    assert next_review(date(2020, 3, 2)).ground.confidence.value == "verified"
    assert next_review(date(2020, 3, 2), 9).ground.confidence.value == "known"


@pytest.mark.parametrize(
    ("years", "jurisdiction"), [(7, "EW"), (16, "EW"), (16, "S"), (0, "S"), (None, "S")]
)
def test_no_other_time_may_be_set(years: int | None, jurisdiction: str) -> None:
    with pytest.raises(BadQuestionError):
        next_review(date(2020, 3, 2), years, jurisdiction=jurisdiction)


@pytest.mark.parametrize(
    ("continued_on", "jurisdiction"),
    [(date(2012, 7, 29), "EW"), (date(2010, 10, 24), "S"), (date(2020, 1, 1), "NI")],
)
def test_where_there_was_no_review_there_is_no_next_one(
    continued_on: date, jurisdiction: str
) -> None:
    with pytest.raises(NotInForceError):
        next_review(continued_on, 10, jurisdiction=jurisdiction)


def test_the_steps_of_an_application() -> None:
    found = review_steps(date(2026, 3, 2), told_on=date(2026, 5, 26))

    # Mon 2 March: 14 days to the 16th, 28 more to 13 April, six weeks more to 25 May;
    # 21 days beginning with 26 May end with 15 June.
    assert found.acknowledge_by_on == date(2026, 3, 16)
    assert found.reply_by_on == date(2026, 4, 13)
    assert found.determine_by_on == date(2026, 5, 25)
    assert found.appeal_by_on == date(2026, 6, 15)
    assert found.ground.confidence.value == "known"


def test_no_appeal_is_counted_before_the_decision_was_told() -> None:
    assert review_steps(date(2026, 3, 2)).appeal_by_on is None


@pytest.mark.parametrize(
    ("on", "jurisdiction"), [(date(2012, 7, 29), "EW"), (date(2026, 3, 2), "S")]
)
def test_no_application_is_made_where_none_can_be(on: date, jurisdiction: str) -> None:
    with pytest.raises(NotInForceError):
        review_steps(on, jurisdiction=jurisdiction)


@pytest.mark.parametrize(
    ("jurisdiction", "relevant_on", "review_from_on"),
    [
        # Whoever had notified long before waits for the day on which reviews began.
        ("EW", "1995-01-01", None),
        ("EW", "2004-05-01", "2019-05-01"),
        ("S", "2004-05-01", "2019-05-01"),
    ],
)
def test_the_first_review_of_each_nation(
    jurisdiction: str, relevant_on: str, review_from_on: str | None
) -> None:
    asked = {"id": "1", "ask": "period", "disposal": "life", "age": 30}
    found = answer({**asked, "relevant_on": relevant_on, "jurisdiction": jurisdiction})

    assert found.get("review_from_on") == review_from_on


def test_in_scotland_a_later_notification_is_a_doubt_and_says_so() -> None:
    asked = {"id": "1", "ask": "period", "disposal": "life", "age": 30, "jurisdiction": "S"}
    same = answer({**asked, "relevant_on": "2015-06-01"})
    later = answer({**asked, "relevant_on": "2015-06-01", "notified_on": "2016-06-01"})

    assert (same["review_from_on"], same["confidence"]) == ("2030-06-01", "verified")
    assert (later["review_from_on"], later["confidence"]) == ("2031-06-01", "unsettled")

"""Terms that run one after the other, and terms that run partly together (s. 82(3)-(4))."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.period import Term, notification_period
from vigil.law.sentences import CombinedTerm, consecutive, partly_concurrent

ON = date(2026, 1, 31)


def months_of(found: CombinedTerm) -> int | None:
    """The period that follows, in months; None: indefinite."""
    return notification_period("imprisonment", ON, age=30, term=found.term).months


@pytest.mark.parametrize(
    ("terms", "joined", "period"),
    [
        pytest.param([Term(3), Term(3)], Term(6), 84, id="three and three: six, the short row"),
        pytest.param([Term(4), Term(3)], Term(7), 120, id="four and three: over six"),
        pytest.param([Term(18), Term(11)], Term(29), 120, id="eighteen and eleven: under thirty"),
        pytest.param([Term(18), Term(12)], Term(30), None, id="exactly thirty: indefinite"),
        pytest.param([Term(10), Term(10), Term(10)], Term(30), None, id="three terms"),
        # 31 Jan 2026 + 5 months ends 30 June; 30 days from 1 July end 30 July: 181 days in all,
        # and six months from 31 Jan end 30 July.
        pytest.param([Term(5), Term(days=30)], Term(days=181), 84, id="months and days"),
        pytest.param([Term(5), Term(days=31)], Term(days=182), 120, id="and one day more"),
    ],
)
def test_consecutive_terms_are_added_up(
    terms: list[Term], joined: Term, period: int | None
) -> None:
    found = consecutive(terms, ON)

    assert found.term == joined
    assert months_of(found) == period
    assert [place.cite for place in found.ground.authority] == ["s. 82(3)-(4)"]


@pytest.mark.parametrize(
    ("first", "second", "overlap", "joined"),
    [
        (Term(18), Term(12), Term(6), Term(24)),
        (Term(24), Term(12), Term(6), Term(30)),
        # 1 month from 31 Jan ends 28 Feb: 29 days. Joined with 60 days less 10: 79.
        (Term(1), Term(days=60), Term(days=10), Term(days=79)),
        # 6 and 6 months from 31 Jan end 30 Jan 2027: 365 days, less 30.
        (Term(6), Term(6), Term(days=30), Term(days=335)),
        (Term(days=100), Term(days=100), Term(1), Term(days=171)),
    ],
)
def test_partly_concurrent_terms_make_the_sum_less_the_overlap(
    first: Term, second: Term, overlap: Term, joined: Term
) -> None:
    assert partly_concurrent(first, second, overlap, ON).term == joined
    assert partly_concurrent(second, first, overlap, ON, jurisdiction="S").term.months == (
        joined.months
    )


@pytest.mark.parametrize("overlap", [Term(12), Term(13)])
def test_wholly_concurrent_terms_are_not_joined(overlap: Term) -> None:
    with pytest.raises(BadQuestionError):
        partly_concurrent(Term(18), Term(12), overlap, ON)


@pytest.mark.parametrize("terms", [[], [Term(6)], [Term(6), Term()]])
def test_a_sum_needs_two_terms_that_have_a_length(terms: list[Term]) -> None:
    with pytest.raises(BadQuestionError):
        consecutive(terms, ON)


def test_before_the_framework_nothing_is_joined() -> None:
    with pytest.raises(NotInForceError):
        consecutive([Term(6), Term(6)], date(2004, 4, 30))

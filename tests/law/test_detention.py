"""The custody clock against a count minute by minute, and what must be true of every detention."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.law.detention import Detention, Extension, Hold, detention_clock
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Regime

ARRIVED = datetime(2026, 10, 23, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOURS = st.integers(0, 60)
PAUSES = st.lists(st.tuples(st.integers(-300, 3000), st.integers(0, 900)), max_size=4)
Pauses = list[tuple[int, int]]


def spans(pauses: Pauses) -> list[tuple[datetime, datetime]]:
    return [
        (ARRIVED + start * MINUTE, ARRIVED + (start + length) * MINUTE) for start, length in pauses
    ]


def detained(pauses: Pauses, now: datetime = ARRIVED) -> Detention:
    return Detention(ARRIVED, ARRIVED, now, is_indictable=True, pauses=spans(pauses))


def is_paused(at: datetime, pauses: Pauses) -> bool:
    return any(from_at <= at < to_at for from_at, to_at in spans(pauses))


@settings(deadline=None)  # the time is that of a shared machine
@given(PAUSES)
def test_counting_minute_by_minute_gives_the_same_limit(pauses: Pauses) -> None:
    at, left = ARRIVED, 24 * 60
    while left:
        left -= not is_paused(at, pauses)
        at += MINUTE

    assert detention_clock(detained(pauses)).detain_until_at == at


@settings(deadline=None)  # the time is that of a shared machine
@given(PAUSES, st.integers(0, 3000))
def test_counting_minute_by_minute_gives_the_same_time_elapsed(
    pauses: Pauses, minutes: int
) -> None:
    counted = sum(not is_paused(ARRIVED + n * MINUTE, pauses) for n in range(minutes))
    found = detention_clock(detained(pauses, ARRIVED + minutes * MINUTE))

    assert found.elapsed_minutes == counted


@settings(deadline=None)  # the time is that of a shared machine
@given(
    st.lists(
        st.builds(
            Extension,
            st.sampled_from(["superintendent", "warrant", "warrant_extension"]),
            st.integers(0, 110).map(lambda hours: ARRIVED + timedelta(hours=hours)),
            st.integers(1, 40),
        ),
        max_size=4,
    )
)
def test_nobody_is_held_past_96_hours_whatever_is_asked(
    extensions: list[Extension],
) -> None:
    detention = Detention(ARRIVED, ARRIVED, ARRIVED, is_indictable=True, extensions=extensions)
    found = detention_clock(detention)

    assert ARRIVED + timedelta(hours=24) <= found.detain_until_at
    assert found.detain_until_at <= ARRIVED + timedelta(hours=96)
    assert all(due <= found.detain_until_at for due in found.reviews_due_at)
    gaps = pairwise(found.reviews_due_at)
    assert all(after - before == timedelta(hours=9) for before, after in gaps)


@settings(deadline=None)  # the time is that of a shared machine
@given(st.lists(HOURS, max_size=3).map(sorted))
def test_a_review_is_never_due_more_than_nine_hours_after_the_one_before(
    done: list[int],
) -> None:
    reviews = [ARRIVED + timedelta(hours=hours) for hours in done]
    found = detention_clock(
        Detention(ARRIVED, ARRIVED, ARRIVED, is_indictable=True, reviews_done_at=reviews)
    )

    dues = [ARRIVED, *found.reviews_due_at]
    assert found.reviews_due_at[0] == ARRIVED + timedelta(hours=6)
    assert all(b - a <= timedelta(hours=9) for a, b in pairwise(dues))


@pytest.mark.parametrize("field", ["relevant_at", "authorised_at", "now"])
def test_an_instant_on_no_clock_is_refused(field: str) -> None:
    detention = Detention(ARRIVED, ARRIVED, ARRIVED, is_indictable=True)
    on_no_clock: Any = {field: ARRIVED.replace(tzinfo=None)}

    with pytest.raises(BadQuestionError):
        detention_clock(replace(detention, **on_no_clock))


# Fri 23 Oct 2026, 10:00 UTC: 11:00 in London. 24 hours end on Saturday at 11:00 BST.
SERVED = ARRIVED + timedelta(hours=20)


def held(rank: str) -> Detention:
    return Detention(ARRIVED, ARRIVED, ARRIVED, is_indictable=True, hold=Hold(SERVED, rank))


def test_the_proposed_hold_runs_to_the_end_of_the_hearing_clock_and_is_reviewed() -> None:
    found = detention_clock(held("superintendent"), Regime.PALADIN)

    # Served Sat 24 Oct 07:00 BST: 17 hours of Saturday; Sunday stands; Monday 24 hours (41);
    # seven more on Tuesday: 07:00 GMT.
    assert found.detain_until_at == datetime(2026, 10, 27, 7, tzinfo=UTC)
    assert found.reviews_due_at[-1] + timedelta(hours=9) > found.detain_until_at
    assert not found.problems
    assert found.ground.proposal is not None
    assert found.ground.proposal.recommendation == 2


def test_the_proposed_hold_needs_a_superintendent() -> None:
    found = detention_clock(held("chief_inspector"), Regime.PALADIN)

    assert found.detain_until_at == ARRIVED + timedelta(hours=24)
    assert [problem.code for problem in found.problems] == ["rank_too_low"]


def test_the_law_in_force_knows_no_hold() -> None:
    found = detention_clock(held("superintendent"))

    assert found.detain_until_at == ARRIVED + timedelta(hours=24)
    assert found.ground.proposal is None


def test_there_is_no_clock_of_detention_in_the_data_of_another_nation() -> None:
    with pytest.raises(NotInForceError):
        detention_clock(held("superintendent"), jurisdiction="S")

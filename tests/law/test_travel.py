"""Journeys abroad: seven days before, twelve hours before, and three days after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.travel import travel_change, travel_notice, travel_return

# Fri 20 Nov 2026, 15:00 in London.
DEPARTS = datetime(2026, 11, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known_days_before", "last_day"),
    [(30, date(2026, 11, 13)), (8, date(2026, 11, 13)), (7, None), (6, None), (0, None)],
)
def test_what_is_known_more_than_seven_days_ahead_is_told_seven_days_before(
    known_days_before: int, last_day: date | None
) -> None:
    found = travel_notice(DEPARTS, DEPARTS - timedelta(days=known_days_before))

    assert found.last_day == last_day
    if last_day is None:
        assert found.due_at == DEPARTS - timedelta(hours=12)
        assert found.with_excuse_by_at is None
    else:
        assert found.due_at is None
        assert found.with_excuse_by_at == DEPARTS - timedelta(hours=24)


def test_hours_before_a_departure_are_real_hours_in_the_night_the_clocks_change() -> None:
    # Sun 25 Oct 2026, 08:00 GMT: twelve hours before is 21:00 BST on the 24th, 20:00 UTC.
    departs_at = datetime(2026, 10, 25, 8, tzinfo=UTC)

    assert travel_notice(departs_at, departs_at).due_at == datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert travel_change(departs_at).due_at == datetime(2026, 10, 24, 20, tzinfo=UTC)


def test_the_day_of_the_departure_is_that_of_london() -> None:
    # 23:30 UTC on 12 July is 00:30 on the 13th in London: seven days before is the 6th.
    departs_at = datetime(2026, 7, 12, 23, 30, tzinfo=UTC)

    assert travel_notice(departs_at, departs_at - timedelta(days=20)).last_day == date(2026, 7, 6)


def test_the_return_is_told_within_three_days_beginning_with_it() -> None:
    # Mon 2 March: the 2nd, the 3rd and the 4th.
    assert travel_return(date(2026, 3, 2), was_notified_before=False).last_day == date(2026, 3, 4)
    assert travel_return(date(2026, 3, 2), was_notified_before=True).last_day is None


def test_every_answer_says_on_what_it_rests() -> None:
    assert travel_notice(DEPARTS, DEPARTS).ground.confidence.value == "verified"
    assert [place.cite for place in travel_change(DEPARTS).ground.authority] == ["reg. 7"]


@pytest.mark.parametrize(
    ("departs_at", "known_at"),
    [
        (DEPARTS, DEPARTS + timedelta(minutes=1)),
        (DEPARTS.replace(tzinfo=None), DEPARTS),
        (DEPARTS, DEPARTS.replace(tzinfo=None)),
    ],
)
def test_instants_must_make_sense(departs_at: datetime, known_at: datetime) -> None:
    with pytest.raises(BadQuestionError):
        travel_notice(departs_at, known_at)


@pytest.mark.parametrize(
    ("on", "jurisdiction"), [(date(2012, 8, 12), "EW"), (date(2026, 3, 2), "S")]
)
def test_a_duty_that_the_data_does_not_hold_is_refused(on: date, jurisdiction: str) -> None:
    with pytest.raises(NotInForceError):
        travel_return(on, was_notified_before=False, jurisdiction=jurisdiction)
    assert travel_return(date(2012, 8, 13), was_notified_before=False).last_day

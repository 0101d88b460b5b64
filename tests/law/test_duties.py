"""Duties of Part 2: stays of seven days, changes told before, absences, a child, a warrant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.law.duties import (
    Foretold,
    child_household,
    entry_warrant,
    foretold_change,
    periodic_after_absence,
    qualifying_stay,
)
from vigil.law.errors import BadQuestionError, NotInForceError

MARCH_2 = date(2026, 3, 2)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("stays", "completed_on"),
    [
        pytest.param([], None, id="no stay"),
        pytest.param([("2026-03-02", "2026-03-07")], None, id="six days"),
        pytest.param([("2026-03-02", "2026-03-08")], "2026-03-08", id="seven days"),
        pytest.param([("2026-03-02", "2026-03-20")], "2026-03-08", id="more: the seventh counts"),
        pytest.param(
            [("2026-03-02", "2026-03-05"), ("2026-06-01", "2026-06-03")],
            "2026-06-03",
            id="four and three",
        ),
        pytest.param(
            [("2026-06-01", "2026-06-03"), ("2026-03-02", "2026-03-05")],
            "2026-06-03",
            id="told in another order",
        ),
        pytest.param(
            [("2026-03-02", "2026-03-05"), ("2026-03-04", "2026-03-07")],
            None,
            id="a day that is told twice counts once",
        ),
        pytest.param(
            [("2025-03-02", "2025-03-02"), ("2026-02-24", "2026-03-01")],
            "2026-03-01",
            id="the last day of twelve months",
        ),
        pytest.param(
            [("2025-03-01", "2025-03-01"), ("2026-02-24", "2026-03-01")],
            None,
            id="a day more than twelve months",
        ),
    ],
)
def test_seven_days_in_any_twelve_months_must_be_notified(
    stays: list[tuple[str, str]], completed_on: str | None
) -> None:
    found = qualifying_stay([(day(first), day(last)) for first, last in stays])

    if completed_on is None:
        assert found is None
        return
    assert found is not None
    assert found.began_on == day(completed_on)
    # Three days beginning with the day that completes them.
    assert found.last_day == day(completed_on) + timedelta(days=2)
    assert "s. 84(6)" in [place.cite for place in found.ground.authority]


@given(st.sets(st.integers(0, 800), max_size=40))
def test_it_is_the_first_day_that_has_seven_in_its_own_twelve_months(offsets: set[int]) -> None:
    first = date(2024, 1, 1)
    days = sorted(first + timedelta(days=offset) for offset in offsets)

    def is_complete(on: date) -> bool:
        eve = date(on.year - 1, on.month, min(on.day, 28) if on.month == 2 else on.day)
        return sum(eve < each <= on for each in days) >= 7

    expected = next((each for each in days if is_complete(each)), None)
    found = qualifying_stay([(each, each) for each in days])

    assert (found.began_on if found else None) == expected


def test_a_stay_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadQuestionError):
        qualifying_stay([(MARCH_2, MARCH_2 - timedelta(days=1))])


@pytest.mark.parametrize(
    ("today", "happened_on", "status", "last_day"),
    [
        # Stated: Tue 10 March. Two days before stands, three days before does not.
        ("2026-03-10", "2026-03-07", Foretold.NOTIFY_AGAIN, "2026-03-09"),
        ("2026-03-10", "2026-03-08", Foretold.KEPT, None),
        ("2026-03-10", "2026-03-10", Foretold.KEPT, None),
        ("2026-03-12", "2026-03-12", Foretold.KEPT, None),
        ("2026-03-13", "2026-03-13", Foretold.NOTIFY_AGAIN, "2026-03-15"),
        ("2026-03-01", None, Foretold.WAITING, None),
        ("2026-03-12", None, Foretold.WAITING, None),
        # Not within the 10th, 11th and 12th: to be said by the 15th, the sixth day.
        ("2026-03-13", None, Foretold.SAY_NOT_HAPPENED, "2026-03-15"),
        ("2026-03-30", None, Foretold.SAY_NOT_HAPPENED, "2026-03-15"),
    ],
)
def test_a_change_that_was_told_before(
    today: str, happened_on: str | None, status: Foretold, last_day: str | None
) -> None:
    happened = None if happened_on is None else day(happened_on)
    found = foretold_change(date(2026, 3, 10), day(today), happened)

    assert found.status is status
    assert found.last_day == (None if last_day is None else day(last_day))
    assert [place.cite for place in found.ground.authority] == ["s. 84(2)-(4)"]


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        ("2026-03-01", "2026-03-01"),  # due before he went
        ("2026-03-02", "2026-06-03"),  # due on the day he went
        ("2026-04-15", "2026-06-03"),
        ("2026-06-01", "2026-06-03"),  # due on the day it ceased
        ("2026-06-02", "2026-06-02"),  # due after it
    ],
)
def test_a_yearly_notice_that_would_end_while_he_is_away_waits_for_his_return(
    last_day: str, due: str
) -> None:
    found = periodic_after_absence(day(last_day), MARCH_2, date(2026, 6, 1))

    assert found.last_day == day(due)


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadQuestionError):
        periodic_after_absence(MARCH_2, MARCH_2, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("minutes", "is_due"), [(0, False), (12 * 60 - 1, False), (12 * 60, True), (3000, True)]
)
def test_twelve_hours_where_a_child_lives_must_be_notified(minutes: int, is_due: bool) -> None:
    # Mon 2 March 2026, 20:00: twelve hours are full on the 3rd at 08:00; the 3rd, 4th and 5th.
    from_at = datetime(2026, 3, 2, 20, tzinfo=UTC)
    found = child_household(from_at, from_at + timedelta(minutes=minutes))

    assert (found is not None) is is_due
    if found is not None:
        assert (found.began_on, found.last_day) == (date(2026, 3, 3), date(2026, 3, 5))


def test_a_stay_of_twelve_hours_by_the_clock_on_the_wall_may_be_eleven() -> None:
    # Sun 29 March 2026: 20:00 GMT to 08:00 BST are eleven hours.
    from_at = datetime(2026, 3, 28, 20, tzinfo=UTC)

    assert child_household(from_at, datetime(2026, 3, 29, 7, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("from_at", "to_at"),
    [
        (datetime(2026, 3, 2, 20, tzinfo=UTC), datetime(2026, 3, 2, 19, tzinfo=UTC)),
        (datetime(2026, 3, 2, 20), datetime(2026, 3, 3, 20, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2026, 3, 2, 20, tzinfo=UTC), datetime(2026, 3, 3, 20)),  # noqa: DTZ001
    ],
)
def test_a_stay_needs_two_instants_in_order(from_at: datetime, to_at: datetime) -> None:
    with pytest.raises(BadQuestionError):
        child_household(from_at, to_at)


def test_the_duty_about_a_child_began_in_2012_and_is_not_in_the_data_of_scotland() -> None:
    stay = timedelta(hours=20)
    early, late = datetime(2012, 8, 12, tzinfo=UTC), datetime(2012, 8, 13, tzinfo=UTC)

    with pytest.raises(NotInForceError):
        child_household(early - timedelta(hours=2), early + stay)
    assert child_household(late, late + stay)
    with pytest.raises(NotInForceError):
        child_household(late, late + stay, jurisdiction="S")


@pytest.mark.parametrize(
    ("attempts", "is_his_address", "is_away", "missing"),
    [
        (2, True, False, ()),
        (1, True, False, ("attempts",)),
        (2, False, False, ("his_address",)),
        (5, True, True, ("not_away",)),
        (0, False, True, ("his_address", "not_away", "attempts")),
    ],
)
def test_a_warrant_of_entry_needs_two_attempts_at_his_own_address(
    attempts: int, is_his_address: bool, is_away: bool, missing: tuple[str, ...]
) -> None:
    found = entry_warrant(attempts, MARCH_2, is_his_address=is_his_address, is_away=is_away)

    assert found.missing == missing
    assert found.may_be_applied_for is (not missing)
    assert found.ground.confidence.value == "known"


@pytest.mark.parametrize(("on", "jurisdiction"), [(date(2007, 5, 30), "EW"), (MARCH_2, "S")])
def test_no_such_warrant_there_or_then(on: date, jurisdiction: str) -> None:
    with pytest.raises(NotInForceError):
        entry_warrant(2, on, is_his_address=True, is_away=False, jurisdiction=jurisdiction)
    with pytest.raises(BadQuestionError):
        entry_warrant(-1, on, is_his_address=True, is_away=False, jurisdiction=jurisdiction)

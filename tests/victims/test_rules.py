"""When she may be contacted, whether she is a child, which days a place counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.victims import rules
from vigil.victims.errors import BadBirthdayError, BadDaysError, BadTimesError
from vigil.victims.rules import DAYS, LONDON, may_contact_at, read_times, written_times


def times(*rows: tuple[str, str, str]) -> tuple[rules.SafeTime, ...]:
    return read_times([{"days": d.split(), "from_time": f, "to_time": t} for d, f, t in rows])


def london(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)


OFFICE = times(("mon wed", "09:00", "17:00"))
NIGHT = times(("fri", "22:00", "02:00"))
ALL_DAY = times(("sun", "00:00", "23:59"))
CASES = [
    pytest.param(OFFICE, "2026-11-23T08:59:59", False, id="Monday, a second before"),
    pytest.param(OFFICE, "2026-11-23T09:00:00", True, id="Monday, the first instant"),
    pytest.param(OFFICE, "2026-11-23T16:59:59", True, id="Monday, the last second"),
    pytest.param(OFFICE, "2026-11-23T17:00:00", False, id="Monday, the end does not count"),
    pytest.param(OFFICE, "2026-11-24T12:00:00", False, id="Tuesday is not among the days"),
    pytest.param(OFFICE, "2026-07-06T08:30:00", False, id="a Monday in summer, London's clock"),
    pytest.param(OFFICE, "2026-07-06T09:30:00", True, id="a Monday in summer, an hour on"),
    pytest.param(NIGHT, "2026-11-27T21:59:59", False, id="Friday, a second before"),
    pytest.param(NIGHT, "2026-11-27T22:00:00", True, id="Friday night"),
    pytest.param(NIGHT, "2026-11-27T23:59:59", True, id="Friday, up to midnight"),
    pytest.param(NIGHT, "2026-11-28T00:00:00", True, id="Saturday at midnight, still Friday's"),
    pytest.param(NIGHT, "2026-11-28T01:59:59", True, id="Saturday, the last second"),
    pytest.param(NIGHT, "2026-11-28T02:00:00", False, id="Saturday at two"),
    pytest.param(NIGHT, "2026-11-28T22:30:00", False, id="Saturday night is not Friday's"),
    pytest.param(NIGHT, "2026-11-27T01:00:00", False, id="early on Friday is Thursday's night"),
    pytest.param(ALL_DAY, "2026-11-29T00:00:00", True, id="Sunday, the first instant"),
    pytest.param(ALL_DAY, "2026-11-30T00:00:00", False, id="Monday at midnight"),
    pytest.param((), "2026-11-23T12:00:00", False, id="no times: never"),
]


@pytest.mark.parametrize(("safe", "at", "expected"), CASES)
def test_when_she_may_be_contacted(
    safe: tuple[rules.SafeTime, ...], at: str, expected: bool
) -> None:
    assert may_contact_at(safe, london(at)) is expected


# 25 October 2026 is a Sunday: from 02:00 the clocks go back to 01:00.
# 29 March 2026 is a Sunday: at 01:00 the clocks go forward to 02:00.
CHANGES = [
    pytest.param("2026-10-25T00:15:00+00:00", True, id="01:15 the first time"),
    pytest.param("2026-10-25T01:15:00+00:00", True, id="01:15 the second time"),
    pytest.param("2026-10-25T01:59:59+00:00", True, id="01:59:59 the second time"),
    pytest.param("2026-10-25T02:00:00+00:00", False, id="02:00, over"),
    pytest.param("2026-03-29T00:59:59+00:00", False, id="the instant before one becomes two"),
    pytest.param("2026-03-29T01:00:00+00:00", False, id="the hour that is missing has no time"),
]


@pytest.mark.parametrize(("at", "expected"), CHANGES)
def test_the_hour_that_is_there_twice_and_the_hour_that_is_missing(at: str, expected: bool) -> None:
    safe = times(("sun", "01:00", "02:00"))
    assert may_contact_at(safe, datetime.fromisoformat(at)) is expected


@pytest.mark.parametrize("at", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"])
def test_a_night_that_began_before_the_clocks_went_back_lasts_to_its_end(at: str) -> None:
    safe = times(("sat", "23:00", "01:45"))
    assert may_contact_at(safe, datetime.fromisoformat(at))


@pytest.mark.parametrize(
    ("at", "expected"), [("2026-03-29T01:30:00+00:00", True), ("2026-03-29T02:00:00+00:00", False)]
)
def test_a_night_over_the_missing_hour_ends_by_the_clock_on_her_wall(
    at: str, expected: bool
) -> None:
    safe = times(("sat", "22:00", "03:00"))
    assert may_contact_at(safe, datetime.fromisoformat(at)) is expected


MINUTE = timedelta(minutes=1)
minutes = st.integers(0, 24 * 60 - 1)
some_days = st.sets(st.sampled_from(DAYS), min_size=1)
# Three weeks around each change of the clocks, by the minute.
instants = st.one_of(
    st.integers(0, 21 * 24 * 60).map(lambda m: datetime(2026, 3, 18, tzinfo=UTC) + m * MINUTE),
    st.integers(0, 21 * 24 * 60).map(lambda m: datetime(2026, 10, 14, tzinfo=UTC) + m * MINUTE),
)


@given(days=some_days, begins=minutes, ends=minutes, at=instants)
def test_it_agrees_with_walking_minute_by_minute_on_the_wall(
    days: set[str], begins: int, ends: int, at: datetime
) -> None:
    if begins == ends:
        return
    safe = times((" ".join(days), _clock(begins), _clock(ends)))
    local = at.astimezone(LONDON)
    # Every minute of the wall that the time covers, as (weekday, minute of the day).
    length = (ends - begins) % (24 * 60)
    covered = {
        ((DAYS.index(day) + (begins + m) // (24 * 60)) % 7, (begins + m) % (24 * 60))
        for day in days
        for m in range(length)
    }
    expected = (local.weekday(), local.hour * 60 + local.minute) in covered
    assert may_contact_at(safe, at) is expected


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


BAD_TIMES: list[Any] = [
    pytest.param("mon", id="a word"),
    pytest.param([["mon"]], id="a list for a time"),
    pytest.param([{"days": ["mon"], "from_time": "09:00"}], id="no end"),
    pytest.param(
        [{"days": ["mon"], "from_time": "09:00", "to_time": "10:00", "x": 1}], id="another field"
    ),
    pytest.param([{"days": [], "from_time": "09:00", "to_time": "10:00"}], id="no day"),
    pytest.param([{"days": "mon", "from_time": "09:00", "to_time": "10:00"}], id="days as a word"),
    pytest.param([{"days": ["Monday"], "from_time": "09:00", "to_time": "10:00"}], id="spelled"),
    pytest.param([{"days": ["mon"], "from_time": "9:00", "to_time": "10:00"}], id="one digit"),
    pytest.param([{"days": ["mon"], "from_time": "09:00", "to_time": "24:00"}], id="24:00"),
    pytest.param(
        [{"days": ["mon"], "from_time": "09:00", "to_time": "09:00"}], id="no time at all"
    ),
    pytest.param([{"days": ["mon"], "from_time": 9, "to_time": "10:00"}], id="a number"),
    pytest.param([{"days": ["mon"], "from_time": "09:00", "to_time": "10:00"}] * 51, id="too many"),
]


@pytest.mark.parametrize("given", BAD_TIMES)
def test_times_that_are_none_are_refused(given: Any) -> None:
    with pytest.raises(BadTimesError):
        read_times(given)


def test_what_is_written_is_read_again() -> None:
    safe = times(("sun mon", "22:00", "06:30"))
    written = written_times(safe)
    assert written == [{"days": ["mon", "sun"], "from_time": "22:00", "to_time": "06:30"}]
    assert read_times(written) == safe


CHILDREN = [
    pytest.param(date(2008, 11, 24), None, True, id="the day before she is 18"),
    pytest.param(date(2008, 11, 23), None, False, id="the day on which she is 18"),
    pytest.param(date(2008, 11, 22), True, False, id="the birthday counts, not what was said"),
    pytest.param(None, True, True, id="no birthday, said to be a child"),
    pytest.param(None, False, False, id="no birthday, said to be an adult"),
    pytest.param(None, None, None, id="not known"),
]


@pytest.mark.parametrize(("born_on", "said", "expected"), CHILDREN)
def test_who_is_a_child_on_23_november_2026(
    born_on: date | None, said: bool | None, expected: bool | None
) -> None:
    assert rules.is_child(born_on, said, date(2026, 11, 23)) is expected


@pytest.mark.parametrize(("on", "expected"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_born_on_29_february_she_is_18_on_1_march(on: date, expected: bool) -> None:
    assert rules.is_child(date(2008, 2, 29), None, on) is expected


@pytest.mark.parametrize("born_on", [date(2026, 11, 24), date(1899, 12, 31)])
def test_a_birthday_that_cannot_be_is_refused(born_on: date) -> None:
    with pytest.raises(BadBirthdayError):
        rules.check_birthday(born_on, on=date(2026, 11, 23))


@pytest.mark.parametrize("born_on", [date(2026, 11, 23), date(1900, 1, 1), None])
def test_a_birthday_that_can_be_is_taken(born_on: date | None) -> None:
    rules.check_birthday(born_on, on=date(2026, 11, 23))


DAY = date(2026, 3, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("since_on", "last_day", "expected"),
    [
        pytest.param(None, None, True, id="always"),
        pytest.param(DAY, None, True, id="from its first day"),
        pytest.param(AFTER, None, False, id="not the day before"),
        pytest.param(None, DAY, True, id="to its last day"),
        pytest.param(None, BEFORE, False, id="not the day after"),
        pytest.param(DAY, DAY, True, id="one day"),
    ],
)
def test_a_place_is_hers_from_its_first_to_its_last_day(
    since_on: date | None, last_day: date | None, expected: bool
) -> None:
    assert rules.is_hers_on(since_on, last_day, DAY) is expected


@pytest.mark.parametrize(
    ("since_on", "last_day"), [(DAY, BEFORE), (date(1899, 1, 1), None), (None, date(1899, 1, 1))]
)
def test_days_out_of_order_are_refused(since_on: date | None, last_day: date | None) -> None:
    with pytest.raises(BadDaysError):
        rules.check_days(since_on, last_day)


@pytest.mark.parametrize(("since_on", "last_day"), [(DAY, DAY), (None, DAY), (DAY, None)])
def test_days_in_order_are_taken(since_on: date | None, last_day: date | None) -> None:
    rules.check_days(since_on, last_day)

"""Curfews against an oracle that walks whole weeks by the minute, both clock changes included."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest

from vigil.law.errors import BadQuestionError
from vigil.orders.doorstep.duties import Curfew, read_curfew
from vigil.orders.doorstep.words import DAYS
from vigil.orders.rules import LONDON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Name -> Monday of the week.
WEEKS = {
    "in which the clocks go forward (Sunday 29 March)": date(2026, 3, 23),
    "in which the clocks go back (Sunday 25 October)": date(2026, 10, 19),
    "in November": date(2026, 11, 16),
    "over the new year": date(2026, 12, 28),
}
CHANGES = ("01:00", "01:30", "02:00", "00:59", "02:01")


def times_on_the_wall(monday: date, days: list[str], begin: str, end: str) -> set[datetime]:
    """Every minute that London's clock shows while the curfew runs, listed one by one."""
    from_time, to_time = time.fromisoformat(begin), time.fromisoformat(end)
    shown = set()
    for back in range(-1, 8):
        day = monday + back * DAY
        if DAYS[day.weekday()] not in days:
            continue
        minute = datetime.combine(day, from_time)
        last = datetime.combine(day if from_time < to_time else day + DAY, to_time)
        while minute < last:
            shown.add(minute)
            minute += MINUTE
    return shown


def curfews(count: int) -> list[tuple[list[str], str, str]]:
    chance = random.Random(20261123)
    listed = [(list(DAYS), "19:00", "07:00"), (["sat"], "22:00", "06:00")]
    listed += [(["sun"], begin, end) for begin in CHANGES for end in CHANGES[:3]]
    while len(listed) < count:
        days = sorted(chance.sample(DAYS, chance.randint(1, 7)), key=DAYS.index)
        begin, end = (f"{chance.randrange(24):02}:{chance.randrange(60):02}" for _ in range(2))
        listed.append((days, begin, end))
    return listed


@pytest.mark.parametrize("week", WEEKS)
def test_every_minute_of_a_week(week: str) -> None:
    monday = WEEKS[week]
    first = datetime.combine(monday, time.min, LONDON).astimezone(UTC)
    stop = datetime.combine(monday + 7 * DAY, time.min, LONDON).astimezone(UTC)
    instants = [first + n * MINUTE for n in range(int((stop - first) / MINUTE))]
    shown = [at.astimezone(LONDON).replace(tzinfo=None) for at in instants]
    for days, begin, end in curfews(28):
        curfew = read_curfew(
            {"days": days, "from_time": begin, "to_time": end, "address_ref": "L-HIS"}
        )
        inside = times_on_the_wall(monday, days, begin, end)
        found = [at for at, wall in zip(instants, shown, strict=True) if curfew.holds(at)]
        wanted = [at for at, wall in zip(instants, shown, strict=True) if wall in inside]
        assert found == wanted, (days, begin, end)


def test_a_week_in_which_the_clocks_change_has_an_hour_less_or_more() -> None:
    nightly = Curfew(frozenset(range(7)), time(19), time(7))

    def hours(night: datetime) -> int:
        return sum(nightly.holds(night + n * MINUTE) for n in range(14 * 60)) // 60

    assert hours(datetime(2026, 3, 28, 18, 30, tzinfo=UTC)) == 11
    assert hours(datetime(2026, 10, 24, 17, 30, tzinfo=UTC)) == 13
    assert hours(datetime(2026, 11, 20, 18, 30, tzinfo=UTC)) == 12


def test_the_last_microsecond_before_the_end_is_in_the_curfew() -> None:
    nightly = Curfew(frozenset(range(7)), time(19), time(7))
    end = datetime(2026, 11, 21, 7, tzinfo=UTC)

    assert nightly.holds(end - timedelta(microseconds=1))
    assert not nightly.holds(end)


@pytest.mark.parametrize("wrong", ["7pm", "24:00", "7:00", "07:60", "07:00:00", "", "٠٧:٠٠"])
def test_a_time_that_is_no_time_of_day_is_refused(wrong: str) -> None:
    rule = {"days": ["mon"], "from_time": wrong, "to_time": "07:00", "address_ref": "L-HIS"}
    with pytest.raises(BadQuestionError, match="from_time"):
        read_curfew(rule)

"""Every clock against two other calculators that share no code with it: there is no difference.

One counts minute by minute, the other looks the answer up in a table of every minute. The instants
are the same in every run; a third of them lie where a clock goes wrong if it goes wrong.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests.law import minute_table, minutes
from tests.law.custody_minutes import Custody
from vigil.law.clocks import ClockAnswer, clock
from vigil.law.detention import Detention, Extension, detention_clock
from vigil.law.vocabulary import CLOCKS, EXTENSIONS

BY_MINUTES, BY_TABLE = 1_000, 20_000
FIRST = {
    "dapn_hearing": datetime(2024, 11, 27, tzinfo=UTC),
    "dapn_breach_court": datetime(2024, 11, 27, tzinfo=UTC),
}
# The longest clock over the longest row of days that stand still ends within the calendar.
LAST = datetime(2027, 12, 21, tzinfo=UTC)


def hard_days(first: datetime) -> list[datetime]:
    """The days before Easter, Christmas and both changes of the clocks, and one-off holidays."""
    days = [
        datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
        for day in [*minutes.ONE_OFF, *minutes.MOVED, *minutes.MOVED.values()]
    ]
    for year in range(first.year, LAST.year + 1):
        days += [
            datetime(year, *minutes.EASTER[year], tzinfo=UTC) - timedelta(days=5),
            datetime(year, 12, 20, tzinfo=UTC),
            datetime(year, 12, 28, tzinfo=UTC),
            datetime(year, 3, 27, tzinfo=UTC),
            datetime(year, 10, 23, tzinfo=UTC),
        ]
    return days


def instants(name: str, count: int) -> list[datetime]:
    first = FIRST.get(name, datetime(2011, 6, 30, tzinfo=UTC))
    chosen = random.Random(f"{name} {count}")
    span = (LAST - first) // timedelta(minutes=1)
    hard = hard_days(first)
    found: list[datetime] = []
    while len(found) < count:
        if len(found) % 3:
            at = first + timedelta(minutes=chosen.randrange(span))
        else:
            at = chosen.choice(hard) + timedelta(minutes=chosen.randrange(9 * 1440))
        if first <= at < LAST:
            found.append(at)
    return found


def late(answer: ClockAnswer) -> datetime:
    return answer.due_at_if_excluded or answer.due_at


@pytest.mark.parametrize("name", CLOCKS)
def test_counting_minute_by_minute_gives_the_same_instant(name: str) -> None:
    for from_at in instants(name, BY_MINUTES):
        found = clock(name, from_at)

        assert found.due_at == minutes.due_by_minutes(name, from_at, doubtful_stands=False)
        assert late(found) == minutes.due_by_minutes(name, from_at, doubtful_stands=True)


@pytest.mark.parametrize("name", CLOCKS)
def test_a_table_of_every_minute_gives_the_same_instant(name: str) -> None:
    hours = minutes.HOURS[name]
    early_table = minute_table.table(name, doubtful_stands=False)
    late_table = minute_table.table(name, doubtful_stands=True)
    for from_at in instants(name, BY_TABLE):
        found = clock(name, from_at)

        assert found.due_at == early_table.due(from_at, hours), from_at
        assert late(found) == late_table.due(from_at, hours), from_at


def pauses(chosen: random.Random, relevant: int) -> list[tuple[int, int]]:
    """Up to three pauses, which may overlap, touch, be empty or begin before he arrived."""
    found = []
    for _ in range(chosen.randrange(4)):
        from_at = relevant + chosen.randrange(-120, 50 * 60)
        found.append((from_at, from_at + chosen.choice([0, 1, 30, 90, 300, 1440])))
    return found


def relevant_minute(chosen: random.Random) -> int:
    """A minute from 2016 to 2027; every third just before a night when the clocks change."""
    if chosen.randrange(3):
        return minutes.minute_of(datetime(2016, 1, 1, tzinfo=UTC)) + chosen.randrange(6_000_000)
    changes = minutes.last_sunday(chosen.randrange(2016, 2028), chosen.choice([3, 10]))
    return minutes.london_midnight(changes) - chosen.randrange(1440)


def custody(chosen: random.Random) -> tuple[Custody, list[tuple[str, int, int]]]:
    relevant = relevant_minute(chosen)
    authorised = relevant + chosen.choice([0, 1, 15, 20, 59])
    done, at = [], authorised
    for _ in range(chosen.randrange(4)):
        at += chosen.choice([300, 359, 360, 361, 400, 539, 540, 541, 600])
        done.append(at)
    asked = []
    at = relevant
    for _ in range(chosen.randrange(5)):
        at += chosen.choice([60, 500, 860, 900, 960, 1300, 1440, 1441])
        kind = chosen.choice(list(EXTENSIONS))
        asked.append((kind, at, chosen.choice([1, 12, 24, 25, 30, 35, 36, 37])))
    counted = Custody(relevant, authorised, chosen.random() < 0.8, done, pauses(chosen, relevant))
    return counted, asked


def asked_of(counted: Custody, asked: list[tuple[str, int, int]], now: int) -> Detention:
    at = minutes.instant_of
    return Detention(
        relevant_at=at(counted.relevant),
        authorised_at=at(counted.authorised),
        now=at(now),
        is_indictable=counted.is_indictable,
        reviews_done_at=[at(done) for done in counted.reviews_done],
        pauses=[(at(from_at), at(to_at)) for from_at, to_at in counted.pauses],
        extensions=[Extension(kind, at(given), hours) for kind, given, hours in asked],
    )


def test_counting_custody_minute_by_minute_gives_the_same_clock() -> None:
    chosen = random.Random("custody")
    applied = 0
    for _ in range(BY_MINUTES):
        counted, asked = custody(chosen)
        now = counted.relevant + chosen.randrange(97 * 60)
        found = detention_clock(asked_of(counted, asked, now))
        for kind, given, hours in asked:
            getattr(counted, kind)(given, hours)
        applied += bool(asked) and not counted.problems

        assert found.detain_until_at == minutes.instant_of(counted.until)
        assert [problem.code for problem in found.problems] == counted.problems
        assert list(found.reviews_due_at) == [minutes.instant_of(due) for due in counted.reviews()]
        assert found.elapsed_minutes == counted.elapsed(now)
    assert applied > BY_MINUTES / 50  # the random extensions are not all refused


def test_a_row_of_marks_gives_the_same_limit_of_custody() -> None:
    chosen = random.Random("custody by marks")
    at = minutes.instant_of
    for _ in range(BY_TABLE):
        relevant = relevant_minute(chosen)
        stands = pauses(chosen, relevant)
        found = detention_clock(
            Detention(
                at(relevant),
                at(relevant),
                at(relevant),
                is_indictable=False,
                pauses=[(at(from_at), at(to_at)) for from_at, to_at in stands],
            )
        )

        assert found.detain_until_at == at(minute_table.detained_until(relevant, 24, stands))

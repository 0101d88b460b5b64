"""When a duty is late, how it stands, what meets it: the boundaries, with their weekdays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.orders import LONDON, london
from vigil.monitoring import rules
from vigil.monitoring.errors import DoesNotCountError
from vigil.monitoring.owed import owed_at_service
from vigil.monitoring.rules import DutyEvent, DutyEventKind, DutyStatus, Told, Urgency

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

# Served -> the last day, and the first instant at which it is late.
SERVICES = [
    pytest.param(
        london(2026, 3, 29, 0, 30),
        date(2026, 3, 31),
        datetime(2026, 3, 31, 23, 0, tzinfo=UTC),
        id="Sunday 29 March 2026 before the clocks go forward: due Tuesday, late at 00:00 BST",
    ),
    pytest.param(
        london(2026, 3, 28, 23, 59),
        date(2026, 3, 30),
        datetime(2026, 3, 30, 23, 0, tzinfo=UTC),
        id="Saturday 28 March 2026 at 11:59pm: due Monday, across the Sunday of 23 hours",
    ),
    pytest.param(
        london(2026, 10, 25, 0, 30),
        date(2026, 10, 27),
        datetime(2026, 10, 28, 0, 0, tzinfo=UTC),
        id="Sunday 25 October 2026 before the clocks go back: due Tuesday, late at 00:00 GMT",
    ),
    pytest.param(
        london(2026, 10, 23, 12, 0),
        date(2026, 10, 25),
        datetime(2026, 10, 26, 0, 0, tzinfo=UTC),
        id="Friday 23 October 2026: due on the Sunday of 25 hours",
    ),
    pytest.param(
        london(2026, 7, 6, 23, 59),
        date(2026, 7, 8),
        datetime(2026, 7, 8, 23, 0, tzinfo=UTC),
        id="Monday 6 July 2026 at 11:59pm: that day is day 1, due Wednesday",
    ),
    pytest.param(
        london(2026, 7, 7, 0, 0),
        date(2026, 7, 9),
        datetime(2026, 7, 9, 23, 0, tzinfo=UTC),
        id="Tuesday 7 July 2026 at midnight, still Monday in UTC: due Thursday",
    ),
    pytest.param(
        london(2028, 2, 27, 9, 0),
        date(2028, 2, 29),
        datetime(2028, 3, 1, 0, 0, tzinfo=UTC),
        id="Sunday 27 February 2028: due Tuesday 29 February",
    ),
    pytest.param(
        london(2028, 2, 29, 9, 0),
        date(2028, 3, 2),
        datetime(2028, 3, 3, 0, 0, tzinfo=UTC),
        id="Tuesday 29 February 2028: due Thursday 2 March",
    ),
    pytest.param(
        london(2026, 12, 24, 17, 0),
        date(2026, 12, 26),
        datetime(2026, 12, 27, 0, 0, tzinfo=UTC),
        id="Thursday Christmas Eve 2026: no day is left out, due Saturday",
    ),
]


@pytest.mark.parametrize(("served_at", "due_on", "lapses_at"), SERVICES)
def test_three_days_begin_with_the_day_of_service(
    served_at: datetime, due_on: date, lapses_at: datetime
) -> None:
    served_on = served_at.astimezone(LONDON).date()
    owed = owed_at_service("STALK_PO", served_on)
    assert owed is not None
    assert (owed.last_day, rules.lapse_instant(owed.last_day)) == (due_on, lapses_at)
    assert rules.is_in_time(lapses_at - timedelta(microseconds=1), lapses_at=lapses_at)
    assert not rules.is_in_time(lapses_at, lapses_at=lapses_at)


def test_what_is_owed_says_the_offence_and_the_provision() -> None:
    owed = owed_at_service("STALK_PO", date(2026, 3, 2))
    assert owed is not None
    assert (set(owed.items), owed.offence) == ({"name", "home_address"}, "ST19002")
    assert "Stalking Protection Act 2019" in {a["act"] for a in owed.authority}


@pytest.mark.parametrize("instrument", ["DVPN", "DVPO"])
def test_a_domestic_order_gives_no_duty_to_notify(instrument: str) -> None:
    assert owed_at_service(instrument, date(2026, 3, 2)) is None


def test_before_the_act_there_is_no_duty() -> None:
    assert owed_at_service("STALK_PO", date(2020, 1, 19)) is None
    assert owed_at_service("STALK_PO", date(2020, 1, 20)) is not None


# -- status ------------------------------------------------------------------------------

START = london(2026, 3, 2, 16, 10)  # a Monday
LATE = london(2026, 3, 5)


def event(kind: DutyEventKind, at: datetime, recorded_at: datetime | None = None) -> DutyEvent:
    return DutyEvent(kind, at, recorded_at or at)


STARTED = event(DutyEventKind.STARTED, START)
LAPSED = event(DutyEventKind.LAPSED, LATE, LATE + 3 * DAY)


@pytest.mark.parametrize(
    ("events", "at", "status"),
    [
        pytest.param([], START, DutyStatus.NOT_BEGUN, id="nothing happened"),
        pytest.param([STARTED], START - MINUTE, DutyStatus.NOT_BEGUN, id="not yet begun"),
        pytest.param([STARTED], START, DutyStatus.OPEN, id="begun"),
        pytest.param([STARTED, LAPSED], LATE - MINUTE, DutyStatus.OPEN, id="a minute before"),
        pytest.param([STARTED, LAPSED], LATE, DutyStatus.LAPSED, id="late at midnight"),
        pytest.param(
            [STARTED, LAPSED, event(DutyEventKind.TOLD_LATE, LATE + MINUTE)],
            LATE + DAY,
            DutyStatus.TOLD_LATE,
            id="told a minute late",
        ),
        pytest.param(
            [
                STARTED,
                LAPSED,
                event(DutyEventKind.LAPSE_WITHDRAWN, LATE + DAY),
                event(DutyEventKind.MET, LATE - MINUTE, LATE + DAY),
            ],
            LATE + 2 * DAY,
            DutyStatus.MET,
            id="told in time, written down after the lapse",
        ),
        pytest.param(
            [STARTED, event(DutyEventKind.ENDED, START + DAY)],
            LATE,
            DutyStatus.ENDED,
            id="the order ended first",
        ),
    ],
)
def test_how_a_duty_stands(events: list[DutyEvent], at: datetime, status: DutyStatus) -> None:
    assert rules.duty_status(events, at=at) is status


def test_before_the_worker_came_back_the_lapse_was_not_known() -> None:
    events = [STARTED, LAPSED]
    assert rules.duty_status(events, at=LATE, as_known_at=LATE + DAY) is DutyStatus.OPEN
    assert rules.duty_status(events, at=LATE, as_known_at=LATE + 3 * DAY) is DutyStatus.LAPSED


@pytest.mark.parametrize(
    ("due_on", "is_late", "urgency"),
    [
        pytest.param(date(2026, 3, 4), True, Urgency.LATE, id="late"),
        pytest.param(date(2026, 3, 4), False, Urgency.DUE_TODAY, id="Wednesday, today"),
        pytest.param(date(2026, 3, 5), False, Urgency.LATER, id="Thursday, tomorrow"),
        pytest.param(None, False, Urgency.LATER, id="not known"),
    ],
)
def test_where_a_duty_stands_in_a_list(
    due_on: date | None, is_late: bool, urgency: Urgency
) -> None:
    at = london(2026, 3, 4, 23, 59)
    assert rules.urgency(due_on=due_on, is_late=is_late, at=at) is urgency


# -- what counts -------------------------------------------------------------------------


def counts(**changed: Any) -> None:
    said: dict[str, Any] = {
        "told_at": START + DAY,
        "told_by_subject": True,
        "how": Told.IN_PERSON_AT_STATION,
        "items": ["home_address", "name"],
        "owed": ["name", "home_address"],
        "began_on": date(2026, 3, 2),
        "at": LATE,
    }
    rules.check_counts(**(said | changed))


def test_he_himself_in_person_with_all_that_he_owes_counts() -> None:
    counts()
    counts(items=["name", "home_address", "date_of_birth"])
    # From the beginning of the day of service on, even before the hour of service.
    counts(told_at=london(2026, 3, 2))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({"told_by_subject": False}, "found somebody else", id="somebody else"),
        pytest.param({"how": Told.PHONE}, "in person at a police station", id="by phone"),
        pytest.param({"told_at": LATE + MINUTE}, "a time that has passed", id="in the future"),
        pytest.param(
            {"told_at": london(2026, 3, 2) - MINUTE}, "on or after 2 March", id="before it began"
        ),
        pytest.param({"items": ["name"]}, "found no home address", id="half of it"),
    ],
)
def test_what_does_not_count_is_refused(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DoesNotCountError, match=sentence):
        counts(**changed)


# -- jobs --------------------------------------------------------------------------------


def test_a_failed_job_waits_twice_as_long_each_time_and_then_for_a_human() -> None:
    waits = [rules.retry_at(START, attempt) for attempt in range(1, rules.MOST_ATTEMPTS + 1)]
    assert waits[:3] == [START + rules.RETRY_AFTER * n for n in (1, 2, 4)]
    assert waits[-1] is None


# -- properties --------------------------------------------------------------------------

minutes = st.integers(0, 20 * 24 * 60).map(lambda passed: START - DAY + passed * MINUTE)
events_of_a_duty = st.lists(
    st.builds(
        lambda kind, at, wait: DutyEvent(kind, at, at + wait * MINUTE),
        st.sampled_from(list(DutyEventKind)),
        minutes,
        st.integers(0, 9999),
    ),
    max_size=6,
)


@given(events_of_a_duty, minutes, minutes, st.randoms())
def test_the_order_of_recording_changes_nothing_but_what_is_known(
    events: list[DutyEvent], at: datetime, known_at: datetime, random: Any
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert rules.duty_status(shuffled, at=at) is rules.duty_status(events, at=at)
    known = [e for e in events if e.recorded_at <= known_at]
    assert rules.duty_status(events, at=at, as_known_at=known_at) is rules.duty_status(known, at=at)


@given(st.dates(date(2020, 1, 20), date(2040, 1, 1)), st.integers(0, 24 * 60 - 1))
def test_from_any_minute_of_service_he_has_three_calendar_days(day: date, minute: int) -> None:
    at = datetime.combine(day, datetime.min.time(), LONDON) + minute * MINUTE
    owed = owed_at_service("STALK_PO", at.astimezone(UTC).astimezone(LONDON).date())
    assert owed is not None
    lapses_at = rules.lapse_instant(owed.last_day)
    local = lapses_at.astimezone(LONDON)
    assert (local.hour, local.minute) == (0, 0)
    assert local.date() == day + 3 * DAY

"""From when detention is counted: each variant of s. 41, and the hours of s. 47(6A)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vigil.law.detention import Detention, detention_clock
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.relevant_time import (
    Arrest,
    ArrestKind,
    relevant_time,
    uncounted_after_bail_arrest,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("arrest", "hours", "cite"),
    [
        pytest.param(
            Arrest(ArrestKind.ORDINARY, first_station_at=NOON + HOUR), 1, "s. 41(2)(d)", id="d"
        ),
        pytest.param(Arrest(ArrestKind.VOLUNTARY, arrested_at=NOON), 0, "s. 41(2)(c)", id="c"),
        pytest.param(
            Arrest(ArrestKind.STREET_BAIL, arrested_at=NOON, first_station_at=NOON + 50 * HOUR),
            50,
            "s. 41(2)(ca)",
            id="ca: when he comes to the station",
        ),
        pytest.param(
            Arrest(ArrestKind.OTHER_AREA, arrested_at=NOON, area_station_at=NOON + 23 * HOUR),
            23,
            "s. 41(2)(a), (3)",
            id="a: there before 24 hours",
        ),
        pytest.param(
            Arrest(ArrestKind.OTHER_AREA, arrested_at=NOON, area_station_at=NOON + 25 * HOUR),
            24,
            "s. 41(2)(a), (3)",
            id="a: there after 24 hours",
        ),
        pytest.param(
            Arrest(ArrestKind.OTHER_AREA, arrested_at=NOON),
            24,
            "s. 41(2)(a), (3)",
            id="a: not there yet",
        ),
        pytest.param(
            Arrest(
                ArrestKind.OTHER_AREA,
                arrested_at=NOON,
                first_station_at=NOON + HOUR,
                area_station_at=NOON + 9 * HOUR,
                was_questioned=True,
            ),
            1,
            "s. 41(2)(d)",
            id="a: questioned where he was arrested",
        ),
        pytest.param(
            Arrest(ArrestKind.OUTSIDE, entered_at=NOON, area_station_at=NOON + 3 * HOUR),
            3,
            "s. 41(2)(b)",
            id="b: there before 24 hours",
        ),
        pytest.param(
            Arrest(ArrestKind.OUTSIDE, entered_at=NOON, area_station_at=NOON + 30 * HOUR),
            24,
            "s. 41(2)(b)",
            id="b: 24 hours after the entry",
        ),
        pytest.param(
            Arrest(
                ArrestKind.SECOND_AREA, left_first_place_at=NOON, area_station_at=NOON + 2 * HOUR
            ),
            2,
            "s. 41(5)",
            id="5: there before 24 hours",
        ),
        pytest.param(
            Arrest(
                ArrestKind.SECOND_AREA, left_first_place_at=NOON, area_station_at=NOON + 26 * HOUR
            ),
            24,
            "s. 41(5)",
            id="5: 24 hours after he left",
        ),
        pytest.param(
            Arrest(
                ArrestKind.SECOND_AREA,
                first_station_at=NOON - 4 * HOUR,
                left_first_place_at=NOON,
                area_station_at=NOON + 2 * HOUR,
                was_questioned=True,
            ),
            -4,
            "s. 41(2)(d)",
            id="5: questioned before he left",
        ),
    ],
)
def test_each_kind_of_arrest_has_its_own_relevant_time(
    arrest: Arrest, hours: int, cite: str
) -> None:
    found = relevant_time(arrest)

    assert found.at == NOON + hours * HOUR
    assert [place.cite for place in found.ground.authority] == [cite]


def test_the_24_hours_are_real_hours_in_the_night_the_clocks_change() -> None:
    # Sat 24 Oct 2026, 12:00 BST is 11:00 UTC; 24 hours later is Sunday 11:00 GMT.
    entered_at = datetime.fromisoformat("2026-10-24T12:00:00+01:00")
    found = relevant_time(Arrest(ArrestKind.OUTSIDE, entered_at=entered_at))

    assert found.at == datetime(2026, 10, 25, 11, tzinfo=UTC)


@pytest.mark.parametrize("kind", ArrestKind)
def test_an_instant_that_the_kind_needs_must_be_told(kind: ArrestKind) -> None:
    with pytest.raises(BadQuestionError):
        relevant_time(Arrest(kind))
    naive = NOON.replace(tzinfo=None)
    on_no_clock = Arrest(
        kind,
        arrested_at=naive,
        first_station_at=naive,
        entered_at=naive,
        left_first_place_at=naive,
    )
    with pytest.raises(BadQuestionError):
        relevant_time(on_no_clock)


@pytest.mark.parametrize(
    ("at", "jurisdiction"), [(datetime(2005, 12, 31, tzinfo=UTC), "EW"), (NOON, "S")]
)
def test_no_relevant_time_before_the_data_or_in_another_nation(
    at: datetime, jurisdiction: str
) -> None:
    with pytest.raises(NotInForceError):
        relevant_time(Arrest(ArrestKind.VOLUNTARY, arrested_at=at), jurisdiction=jurisdiction)
    with pytest.raises(NotInForceError):
        uncounted_after_bail_arrest(at, is_excepted=False, jurisdiction=jurisdiction)


@pytest.mark.parametrize(
    ("day", "is_excepted", "hours"),
    [(27, False, 0), (28, False, 3), (28, True, 0), (27, True, 0)],
)
def test_three_hours_after_an_arrest_for_a_breach_of_bail_do_not_count(
    day: int, is_excepted: bool, hours: int
) -> None:
    arrived_at = datetime(2022, 10, day, 10, tzinfo=UTC)
    found = uncounted_after_bail_arrest(arrived_at, is_excepted=is_excepted)

    assert found.span == ((arrived_at, arrived_at + hours * HOUR) if hours else None)
    assert found.ground.confidence.value == "verified"


def test_the_hours_that_do_not_count_are_a_pause_of_the_detention_clock() -> None:
    pause = uncounted_after_bail_arrest(NOON, is_excepted=False).span
    assert pause is not None
    held = Detention(NOON, NOON, NOON, is_indictable=True, pauses=[pause])

    assert detention_clock(held).detain_until_at == NOON + 27 * HOUR


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(BadQuestionError):
        uncounted_after_bail_arrest(NOON.replace(tzinfo=None), is_excepted=False)

"""Days, hours, names and numbers are written as the house writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vigil.entrypoints.web.kit import formats

WINTER = datetime(2026, 11, 21, 2, 58, tzinfo=UTC)
SUMMER = datetime(2026, 7, 21, 15, 10, tzinfo=UTC)


def test_a_day_is_written_in_full_without_a_leading_nought() -> None:
    assert formats.day(date(2027, 3, 3)) == "3 March 2027"


def test_a_day_of_an_instant_is_the_day_in_london() -> None:
    late_in_summer = datetime(2026, 7, 20, 23, 30, tzinfo=UTC)
    assert formats.day(late_in_summer) == "21 July 2026"


def test_a_weekday_comes_with_its_date() -> None:
    assert formats.weekday(date(2026, 11, 23)) == "Monday 23 November 2026"


def test_a_month_is_written_with_its_year() -> None:
    assert formats.month(date(2026, 11, 23)) == "November 2026"


def test_a_last_day_counts_whole() -> None:
    assert formats.last_moment(date(2027, 3, 3)) == "until 11:59pm on 3 March 2027"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        pytest.param(SUMMER, "4:10pm", id="summer time is an hour ahead"),
        pytest.param(
            datetime(2026, 11, 21, 18, tzinfo=UTC), "6pm", id="a full hour has no minutes"
        ),
        pytest.param(datetime(2026, 11, 21, 0, 30, tzinfo=UTC), "12:30am", id="after midnight"),
        pytest.param(datetime(2026, 11, 21, 12, 5, tzinfo=UTC), "12:05pm", id="after noon"),
    ],
)
def test_deadlines_and_service_use_the_12_hour_clock(at: datetime, said: str) -> None:
    assert formats.hour(at) == said


def test_a_moment_of_service_has_hour_and_day() -> None:
    assert formats.moment(SUMMER) == "4:10pm on 21 July 2026"


def test_stamps_use_the_24_hour_clock() -> None:
    assert (formats.clock(WINTER), formats.stamp(WINTER)) == ("02:58", "02:58 on 21 November 2026")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(formats.NaiveInstantError):
        formats.clock(datetime(2026, 11, 21, 2, 58))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("surname", "forenames", "said"),
    [
        ("crandlemere", "TOBIAS JAMES", "CRANDLEMERE, Tobias James"),
        ("Brambleby-Nye", "conrad", "BRAMBLEBY-NYE, Conrad"),
        ("McQuendle", "DeShawn", "MCQUENDLE, DeShawn"),
        ("Crandlemere", "", "CRANDLEMERE"),
        ("", "tobias", "Surname not known, Tobias"),
        (" ", "", "Name not known"),
    ],
)
def test_a_name_is_surname_then_forename(surname: str, forenames: str, said: str) -> None:
    assert formats.name(surname, forenames) == said


@pytest.mark.parametrize(
    ("born_on", "on", "years"),
    [
        pytest.param(date(1987, 6, 14), date(2026, 6, 13), 38, id="the day before the birthday"),
        pytest.param(date(1987, 6, 14), date(2026, 6, 14), 39, id="the birthday"),
        pytest.param(date(1987, 6, 14), date(2026, 6, 15), 39, id="the day after the birthday"),
        pytest.param(date(2004, 2, 29), date(2026, 2, 28), 21, id="29 February, the day before"),
        pytest.param(date(2004, 2, 29), date(2026, 3, 1), 22, id="29 February, the day after"),
    ],
)
def test_age_is_whole_years(born_on: date, on: date, years: int) -> None:
    assert formats.age(born_on, on) == years


def test_birth_is_said_with_the_age() -> None:
    assert formats.born(date(1987, 6, 14), date(2026, 11, 23)) == "Born 14 June 1987 (39)"


def test_an_unknown_birthday_is_said_to_be_unknown() -> None:
    assert formats.born(None, date(2026, 11, 23)) == "Date of birth not known"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=3, minutes=10), "3 h 10 min"),
        (timedelta(minutes=45, seconds=59), "45 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=-3, minutes=-10), "3 h 10 min"),
        (timedelta(0), "0 min"),
        (timedelta(days=2), "48 h"),
    ],
)
def test_a_span_is_hours_and_minutes(length: timedelta, said: str) -> None:
    assert formats.span(length) == said


def test_numbers_have_commas_and_say_what_they_count() -> None:
    assert formats.commas(1204118) == "1,204,118"
    assert formats.count(1, "order") == "1 order"
    assert formats.count(2, "order") == "2 orders"
    assert formats.count(1000, "person", "people") == "1,000 people"
    assert formats.share(42100, 120000, "rows") == "42,100 of 120,000 rows"


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], said: str) -> None:
    assert formats.listed(words) == said


@pytest.mark.parametrize(
    ("on", "said", "state"),
    [
        pytest.param(date(2026, 11, 23), "Late by 3 days", "late", id="three days after"),
        pytest.param(date(2026, 11, 21), "Late by 1 day", "late", id="the day after"),
        pytest.param(date(2026, 11, 20), "Due today", "today", id="the last day itself"),
        pytest.param(date(2026, 11, 19), "Tomorrow", "later", id="the day before"),
        pytest.param(date(2026, 11, 11), "In 9 days", "later", id="nine days before"),
    ],
)
def test_a_last_day_is_told_from_today(on: date, said: str, state: str) -> None:
    last_day = date(2026, 11, 20)
    assert (formats.due(last_day, on), formats.due_state(last_day, on)) == (said, state)


@pytest.mark.parametrize(
    ("value", "said"), [(17.32, "+17.3"), (-5.1, "−5.1"), (0.04, "0"), (-0.04, "0")]
)
def test_bits_are_signed(value: float, said: str) -> None:
    assert formats.bits(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (17.3, "about 160,000 to 1"),
        (-3.2, "about 9 to 1 against"),
        (0.1, "about even"),
        (22.6, "about 6,400,000 to 1"),
    ],
)
def test_odds_are_rounded_to_two_figures(value: float, said: str) -> None:
    assert formats.odds(value) == said

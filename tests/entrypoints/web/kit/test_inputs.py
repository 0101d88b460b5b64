"""A day and a moment are typed in boxes; what is wrong is said in the user's words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms

from vigil.entrypoints.web.kit.inputs import DayField, DayWidget, MomentField, MomentWidget


class Served(forms.Form):
    """One day and one moment, with the names that a page would give them."""

    made_on = DayField(what="the date of making")
    served_at = MomentField(what="the moment of service", required=False)


def form(day: str = "2 3 2026", moment: str = "") -> Served:
    """The form as sent, each box from one word."""
    boxes = dict(zip(("day", "month", "year"), day.split(), strict=False))
    data = {f"made_on-{box}": typed for box, typed in boxes.items()}
    words = moment.split(maxsplit=3)
    data |= {
        f"served_at-{box}": typed
        for box, typed in zip(("day", "month", "year", "time"), words, strict=False)
    }
    return Served(data)


@pytest.mark.parametrize("typed", ["2 3 2026", "02 03 2026", "2 mar 2026", "2 March 2026"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    sent = form(typed)
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["made_on"] == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param("", "Enter the date of making", id="nothing typed"),
        pytest.param("2 3", "The date of making must include a year", id="no year"),
        pytest.param("2", "The date of making must include a month and a year", id="only a day"),
        pytest.param(
            "29 2 2026",
            "The date of making must be a real date, such as 27 3 2026",
            id="no 29 February in 2026",
        ),
        pytest.param(
            "2 3 26", "The date of making must be a real date, such as 27 3 2026", id="short year"
        ),
        pytest.param(
            "x y 2026", "The date of making must be a real date, such as 27 3 2026", id="letters"
        ),
    ],
)
def test_a_wrong_day_is_said_in_words(typed: str, fault: str) -> None:
    assert form(typed).errors["made_on"] == [fault]


def test_29_february_is_read_in_a_leap_year() -> None:
    sent = form("29 2 2028")
    assert sent.is_valid()
    assert sent.cleaned_data["made_on"] == date(2028, 2, 29)


def test_a_moment_that_nobody_asked_for_may_be_left_out() -> None:
    sent = form()
    assert sent.is_valid()
    assert sent.cleaned_data["served_at"] is None


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        pytest.param("2 3 2026 16:10", datetime(2026, 3, 2, 16, 10, tzinfo=UTC), id="winter"),
        pytest.param("2 3 2026 4:10pm", datetime(2026, 3, 2, 16, 10, tzinfo=UTC), id="12-hour"),
        pytest.param("2 3 2026 4.10 PM", datetime(2026, 3, 2, 16, 10, tzinfo=UTC), id="a dot"),
        pytest.param("2 3 2026 1610", datetime(2026, 3, 2, 16, 10, tzinfo=UTC), id="no colon"),
        pytest.param("2 3 2026 12am", datetime(2026, 3, 2, 0, 0, tzinfo=UTC), id="12am"),
        pytest.param("2 3 2026 12pm", datetime(2026, 3, 2, 12, 0, tzinfo=UTC), id="12pm"),
        pytest.param("2 7 2026 16:10", datetime(2026, 7, 2, 15, 10, tzinfo=UTC), id="summer"),
        pytest.param(
            "25 10 2026 1:30am BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="the first 1:30"
        ),
        pytest.param(
            "25 10 2026 01:30 GMT", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), id="the second 1:30"
        ),
    ],
)
def test_a_moment_is_read_on_the_clock_of_london(typed: str, at: datetime) -> None:
    sent = form(moment=typed)
    assert sent.is_valid(), sent.errors
    assert sent.cleaned_data["served_at"] == at


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        pytest.param("2 3 2026", "must include a time", id="no time"),
        pytest.param("2 3 2026 25:00", "must have a time, such as 16:10", id="25 o'clock"),
        pytest.param("2 3 2026 13pm", "must have a time, such as 16:10", id="13pm"),
        pytest.param("2 3 2026 4", "must have a time, such as 16:10", id="4 of which half"),
        pytest.param("2 3 2026 soon", "must have a time, such as 16:10", id="a word"),
        pytest.param("29 3 2026 1:30am", "that the clocks skip", id="the hour skipped in March"),
        pytest.param("25 10 2026 1:30am", "came twice that night", id="the hour twice in October"),
        pytest.param("2 3 2026 4pm BST", "that the clocks skip", id="summer time in winter"),
    ],
)
def test_a_wrong_moment_is_said_in_words(typed: str, fault: str) -> None:
    (said,) = form(moment=typed).errors["served_at"]
    assert str(said).startswith("The moment of service")
    assert fault in str(said)


def test_what_was_typed_comes_back_word_for_word() -> None:
    widget = MomentWidget()
    typed = {"day": "31", "month": "febuary", "year": "", "time": "noonish"}
    assert widget.typed(typed) == typed


def test_a_first_value_fills_the_boxes_with_london_time() -> None:
    widget = MomentWidget()
    assert widget.typed(datetime(2026, 7, 2, 15, 10, tzinfo=UTC)) == {
        "day": "2",
        "month": "7",
        "year": "2026",
        "time": "16:10",
    }
    assert widget.typed(date(2026, 7, 2))["time"] == ""


def test_a_box_that_was_not_sent_is_an_omitted_field() -> None:
    widget = DayWidget()
    assert widget.value_omitted_from_data({}, {}, "made_on")
    assert not widget.value_omitted_from_data({"made_on-day": ""}, {}, "made_on")

"""The list of an agency's orders: to be served, ending soon, asked for. By reference, no name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.orders import actions
from vigil.orders.soon import ending_between

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def section(page: str, title: str) -> str:
    """What stands under one heading of the list."""
    return page.split(f">{title}</h2>")[1].split("<h2", maxsplit=1)[0]


def ending(in_days: int, **changed: Any) -> str:
    made_at = support.london(2024, 1, 8, 9) + timedelta(days=in_days)
    return support.made(made_at, last_day=TODAY + timedelta(days=in_days), **changed)


@pytest.mark.parametrize(
    ("in_days", "title"),
    [
        (-1, None),
        (0, "Ends within 7 days"),
        (7, "Ends within 7 days"),
        (8, "Ends within 28 days"),
        (28, "Ends within 28 days"),
        (29, None),
    ],
    ids=[
        "yesterday, Sunday",
        "today, Monday",
        "in 7 days",
        "in 8 days",
        "in 28 days",
        "in 29 days",
    ],
)
def test_an_order_that_ends_soon_stands_under_its_days(
    desk: Callable[..., Client], him: str, in_days: int, title: str | None
) -> None:
    order = ending(in_days)
    page = words(desk().get("/orders/"))
    for heading in ("Ends within 7 days", "Ends within 28 days"):
        assert (order in section(page, heading)) is (heading == title)
    assert "Quillbrook" not in page


def test_what_was_extended_or_ended_does_not_end_soon(him: str, at: datetime) -> None:
    extended, ended, kept = ending(1), ending(2), ending(3)
    by = support.officer()
    actions.extend(
        by=by, at=at, order=extended, extended_at=at, last_day=TODAY + timedelta(days=900)
    )
    actions.quash(by=by, at=at, order=ended, quashed_at=at)
    assert ending_between(by, TODAY, TODAY + timedelta(days=28), at=at) == [kept]


def test_another_agencys_orders_are_not_counted(him: str, at: datetime) -> None:
    order = ending(3)
    stranger = support.officer(agency="11", username="zoe")
    last = TODAY + timedelta(days=28)
    assert ending_between(support.officer(), TODAY, last, at=at) == [order]
    assert ending_between(stranger, TODAY, last, at=at) == []


def test_drafts_and_applications_have_a_section(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    her = support.protected_person(at)
    (order,) = actions.draft(
        by=support.officer(),
        at=at,
        instrument="STALK_PO",
        respondents=[him],
        protected=[her],
        clauses=support.clauses([her]),
        last_day=TODAY + timedelta(days=800),
        applicant="police",
    )
    page = words(desk().get("/orders/"))
    assert order in section(page, "Drafts and applications")
    assert "A draft" in section(page, "Drafts and applications")
    assert order not in section(page, "To be served")

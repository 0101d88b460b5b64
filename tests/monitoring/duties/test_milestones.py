"""What becomes so of an order or a registration by itself, to the minute."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.monitoring.duties.people import FAR, MON, facts, order, registered, told
from tests.support.orders import london
from vigil.monitoring.duties.facts import LastDay, Milestone
from vigil.monitoring.duties.lines import next_change
from vigil.monitoring.duties.lines import said as said_at
from vigil.monitoring.duties.milestones import milestones
from vigil.orders.kinds import KINDS, home_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def said(*some: object, at: datetime = FAR) -> list[tuple[str, datetime, int | None]]:
    return [(str(m.kind), m.at, m.days_left) for m in said_at(facts(*some), at=at)]


def test_an_order_is_in_force_at_its_making_and_warns_twice_before_its_last_day() -> None:
    assert said(order(last_day=date(2026, 6, 1), served_at=None)) == [
        ("order_in_force", MON, None),
        ("order_expiring", london(2026, 5, 4), 28),
        ("order_expiring", london(2026, 5, 25), 7),
        ("order_expired", london(2026, 6, 2), None),
    ]


@pytest.mark.parametrize(
    ("last_day", "over"),
    [(date(2026, 3, 28), london(2026, 3, 29)), (date(2026, 10, 25), london(2026, 10, 26))],
    ids=["the clocks go forward", "the clocks go back"],
)
def test_the_last_day_counts_whole_when_the_clocks_change(last_day: date, over: datetime) -> None:
    one = order(last_day=last_day)
    assert said(one)[-1] == ("order_expired", over, None)
    assert ("order_expired", over, None) not in said(one, at=over - MINUTE)


def test_an_order_until_further_order_only_begins() -> None:
    assert said(order()) == [("order_in_force", MON, None)]


def test_one_discharged_or_replaced_before_does_not_expire_and_does_not_warn() -> None:
    one = order(last_day=date(2026, 6, 1), ended_at=london(2026, 5, 10))
    assert [kind for kind, *_ in said(one)] == ["order_in_force", "order_expiring"]
    at_once = order(last_day=date(2026, 6, 1), ended_at=london(2026, 5, 25))
    assert said(at_once)[-1] == ("order_expiring", london(2026, 5, 4), 28)
    last = order(last_day=date(2026, 6, 1), ended_at=london(2026, 6, 1, 23, 59))
    assert said(last)[-1][0] == "order_expiring"


def extended(at: datetime, last_day: date | None = date(2026, 9, 1)) -> Any:
    days = (LastDay(MON, date(2026, 6, 1)), LastDay(at, last_day))
    return order(last_days=days)


def test_extended_before_it_warns_of_the_new_last_day_only() -> None:
    assert [at for _, at, _ in said(extended(london(2026, 5, 4)))] == [
        MON,
        london(2026, 8, 4),
        london(2026, 8, 25),
        london(2026, 9, 2),
    ]


def test_extended_after_the_first_warning_it_had_been_given() -> None:
    found = said(extended(london(2026, 5, 4, 0, 1)))
    assert found[1] == ("order_expiring", london(2026, 5, 4), 28)
    assert [days for *_, days in found] == [None, 28, 28, 7, None]


def test_shortened_it_warns_only_of_what_lay_ahead() -> None:
    assert [at for _, at, _ in said(extended(london(2026, 3, 10), date(2026, 3, 20)))] == [
        MON,
        london(2026, 3, 13),
        london(2026, 3, 21),
    ]


def test_varied_to_until_further_order_it_no_longer_expires() -> None:
    assert len(said(extended(london(2026, 3, 10), None))) == 1


def test_a_change_after_it_expired_does_not_bring_it_back() -> None:
    assert said(extended(london(2026, 6, 2)))[-1] == ("order_expired", london(2026, 6, 2), None)


def test_an_order_of_28_days_was_not_in_force_28_days_before_its_last() -> None:
    one = order("DVPO-1", "DVPO", last_day=date(2026, 3, 29))
    assert [days for *_, days in said(one)] == [None, 7, None]
    at_midnight = order("O", "NMO", made_at=london(2026, 3, 2), last_day=date(2026, 3, 30))
    assert [days for *_, days in said(at_midnight)] == [None, 28, 7, None]


def test_a_registration_begins_and_ends_when_its_period_is_over() -> None:
    assert said(registered(), at=london(2041, 1, 1)) == [
        ("registration_began", MON, None),
        ("registration_ended", london(2036, 3, 2), None),
    ]


def test_a_registration_that_was_ended_before_is_over_then() -> None:
    assert said(registered(ended_at=MON + DAY))[-1] == ("registration_ended", MON + DAY, None)


@pytest.mark.parametrize(("age", "years"), [(40, 15), (17, 8)], ids=["adult", "under 18"])
def test_an_indefinite_one_is_reviewed_the_day_after_so_many_years(age: int, years: int) -> None:
    one = registered(disposal="imprisonment", months=36, age=age)
    late = told("initial", london(2026, 3, 9, 9))
    found = said(one, late, told("initial", london(2026, 4, 9, 9)), at=london(2045, 1, 1))
    assert found[1:] == [("review_due", london(2026 + years, 3, 9), None)]


def test_who_never_notified_has_no_review_and_who_was_taken_off_neither() -> None:
    one = registered(months=36)
    far = london(2060, 1, 1)
    assert len(said(one, at=far)) == 1
    before = told("initial", MON - 9 * DAY)
    assert len(said(one, before, at=far)) == 1
    off = registered(months=36, ended_at=london(2030, 1, 1))
    assert [k for k, *_ in said(off, told("initial", MON), at=far)] == [
        "registration_began",
        "registration_ended",
    ]


def test_without_its_length_no_end_and_no_review_is_known() -> None:
    one = registered(months=None)
    assert len(said(one, told("initial", MON), at=london(2060, 1, 1))) == 1


def test_nothing_is_said_without_its_authority() -> None:
    every = [
        order(f"O-{code}", code, last_day=date(2026, 6, 1), jurisdiction=home_of(code))
        for code in KINDS
    ]
    proposed = registered(framework="REGISTER", ref="R-2")
    found = milestones(facts(*every, registered(), proposed, registered(ref="R-3", months=None)))
    assert all(isinstance(one, Milestone) and one.authority for one in found)
    assert all(one.authority[0]["act"] for one in found)


def test_the_next_change_is_the_next_milestone() -> None:
    known = facts(order("N", "NMO", last_day=date(2026, 6, 1)))
    assert next_change(known, at=MON) == london(2026, 5, 4)
    assert next_change(known, at=london(2026, 6, 2)) is None

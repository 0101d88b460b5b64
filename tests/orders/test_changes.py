"""What may happen to an order as it stands: each refusal in one sentence, each boundary by name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from vigil.orders import changes, rules
from vigil.orders.errors import (
    AlreadyServedError,
    BadDischargeError,
    BadServiceError,
    BadTermsError,
)
from vigil.orders.kinds import Ending, EventKind, How, Status
from vigil.orders.rules import Clause, Event

CLAUSES = (Clause("1", "Not to contact protected person 1.", {"kind": "other"}),)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday, winter time
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def made(at: datetime = NOON, last_day: date | None = date(2028, 3, 1)) -> Event:
    return Event(EventKind.MADE, at, at, CLAUSES, last_day, sets_last_day=True)


def event(kind: EventKind, at: datetime, recorded_at: datetime | None = None) -> Event:
    return Event(kind, at, recorded_at or at)


def status(events: list[Event], at: datetime, instrument: str = "STALK_PO") -> Status:
    return rules.standing(events, instrument=instrument, at=at).status


# -- service -----------------------------------------------------------------------------


def serve(events: list[Event], served_at: datetime, **changed: object) -> None:
    said: dict[str, object] = {
        "instrument": "STALK_PO",
        "how": How.PERSONAL,
        "at": NOON + 4000 * DAY,
    }
    changes.check_service(events, served_at=served_at, **(said | changed))  # type: ignore[arg-type]


def test_a_service_at_the_instant_of_the_making_is_the_earliest() -> None:
    serve([made()], NOON)
    with pytest.raises(BadServiceError, match="after the making, found a making at 12:00pm"):
        serve([made()], NOON - MINUTE)


def test_an_order_that_was_not_made_cannot_be_served() -> None:
    with pytest.raises(BadServiceError, match="after the making; check"):
        serve([], NOON)


def test_a_second_service_is_refused_and_told_of_the_first() -> None:
    with pytest.raises(AlreadyServedError, match="served at 12:01pm on 2 March 2026"):
        serve([made(), event(EventKind.SERVED, NOON + MINUTE)], NOON + DAY)


def test_a_service_in_the_future_is_refused() -> None:
    with pytest.raises(BadServiceError, match="in the future"):
        serve([made()], NOON + DAY, at=NOON)


def test_a_service_on_the_last_day_counts_and_a_minute_after_it_does_not() -> None:
    over_at = datetime(2026, 3, 16, 0, 0, tzinfo=UTC)
    events = [made(last_day=date(2026, 3, 15))]
    serve(events, over_at - MINUTE, instrument="DVPO")
    with pytest.raises(BadServiceError, match="ended at 12:00am on 16 March 2026"):
        serve(events, over_at, instrument="DVPO")


def test_a_notice_is_served_in_person_and_an_order_may_go_by_post() -> None:
    serve([made()], NOON + MINUTE, how=How.POST)
    with pytest.raises(BadServiceError, match=r"expected personal service.*2010 s\. 25"):
        serve([made(last_day=None)], NOON + MINUTE, instrument="DVPN", how=How.POST)


# -- the end -----------------------------------------------------------------------------

BOTH = frozenset({"respondent", "police"})


def discharge(events: list[Event], ended_on: datetime, **changed: object) -> None:
    said: dict[str, object] = {
        "instrument": "STALK_PO",
        "how": Ending.COURT_ORDER,
        "consents": BOTH,
        "at": NOON + 4000 * DAY,
    }
    changes.check_discharge(events, ended_on=ended_on, **(said | changed))  # type: ignore[arg-type]


# Made on Monday 2 March 2026: two years beginning with that day end on Wednesday 1 March 2028.
def test_within_two_years_a_stalking_order_ends_only_if_he_and_the_police_agree() -> None:
    last = datetime(2028, 3, 1, 23, 59, tzinfo=UTC)
    forever = [made(last_day=None)]
    discharge(forever, last)
    discharge(forever, last + MINUTE, consents=frozenset())
    for consents in (frozenset[str](), frozenset({"police"}), frozenset({"respondent"})):
        with pytest.raises(BadDischargeError, match=r"up to 1 March 2028 .*2019 s\. 4"):
            discharge(forever, last, consents=consents)


# From Thursday 29 February 2024 two years end with Saturday 28 February 2026.
def test_two_years_from_29_february_end_with_february() -> None:
    leap = [made(datetime(2024, 2, 29, 12, 0, tzinfo=UTC), None)]
    discharge(leap, datetime(2026, 3, 1, 0, 0, tzinfo=UTC), consents=frozenset())
    with pytest.raises(BadDischargeError, match="up to 28 February 2026"):
        discharge(leap, datetime(2026, 2, 28, 23, 59, tzinfo=UTC), consents=frozenset())


def test_a_domestic_order_needs_no_consent_to_end() -> None:
    discharge([made()], NOON + DAY, instrument="DVPO", consents=frozenset())


@pytest.mark.parametrize(
    ("events", "changed", "sentence"),
    [
        pytest.param([made()], {"how": Ending.APPLICATION_WITHDRAWN}, "court_order", id="how"),
        pytest.param([made()], {"at": NOON}, "in the future", id="future"),
        pytest.param([], {}, "after the making", id="not made"),
        pytest.param([made(NOON + 9 * DAY)], {}, "after the making", id="before the making"),
        pytest.param(
            [made(), event(EventKind.DISCHARGED, NOON)], {}, "ended at 12:00pm", id="twice"
        ),
        pytest.param([made(last_day=date(2026, 3, 2))], {}, "ended at 12:00am", id="expired"),
    ],
)
def test_an_end_that_cannot_be_is_refused(
    events: list[Event], changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadDischargeError, match=sentence):
        discharge(events, NOON + DAY, **changed)


def test_an_order_takes_the_place_of_one_that_was_made_before_and_still_lasts() -> None:
    changes.check_replacement([made()], replaced_at=NOON)
    with pytest.raises(BadTermsError, match="give the instant"):
        changes.check_replacement([made()], replaced_at=NOON - MINUTE)
    gone = [made(), event(EventKind.REPLACED, NOON + DAY)]
    assert status(gone, NOON + DAY) is Status.REPLACED
    with pytest.raises(BadTermsError, match="ended at 12:00pm on 3 March 2026"):
        changes.check_replacement(gone, replaced_at=NOON + 2 * DAY)

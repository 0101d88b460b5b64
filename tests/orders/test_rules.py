"""Where an order stands on any day, worked out from its events alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.orders import rules
from vigil.orders.errors import (
    AlreadyServedError,
    BadDischargeError,
    BadServiceError,
    BadTermsError,
    UnknownOrderKindError,
)
from vigil.orders.kinds import KINDS, Ending, EventKind, How, Status
from vigil.orders.rules import Clause, Event, Terms

CLAUSES = (Clause("1", "Not to contact protected person 1.", {"kind": "other"}),)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday, winter time
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PASSED = list(Status)


def made(at: datetime = NOON, last_day: date | None = date(2028, 3, 1)) -> Event:
    return Event(EventKind.MADE, at, at, Terms(last_day, CLAUSES))


def event(kind: EventKind, at: datetime, recorded_at: datetime | None = None) -> Event:
    return Event(kind, at, recorded_at or at)


def status(events: list[Event], at: datetime, instrument: str = "STALK_PO") -> Status:
    return rules.standing(events, instrument=instrument, at=at).status


def test_an_order_is_drafted_until_it_is_made() -> None:
    assert status([made()], NOON - MINUTE) is Status.DRAFTED
    assert status([made()], NOON) is Status.IN_FORCE
    assert status([], NOON) is Status.DRAFTED


def test_a_court_order_binds_from_its_making_and_says_that_it_is_unserved() -> None:
    found = rules.standing([made()], instrument="STALK_PO", at=NOON)
    assert (found.status, found.is_served, found.since) == (Status.IN_FORCE, False, NOON)
    assert "No service is known" in found.ground
    assert (found.act, found.provision) == ("Stalking Protection Act 2019", "s. 3")


def test_a_notice_binds_from_service_and_not_before() -> None:
    served = event(EventKind.SERVED, NOON + 3 * MINUTE)
    events = [made(last_day=None), served]
    assert status(events, served.happened_at - MINUTE, "DVPN") is Status.NOT_SERVED
    found = rules.standing(events, instrument="DVPN", at=served.happened_at)
    assert (found.status, found.since) == (Status.IN_FORCE, served.happened_at)
    assert found.ground == "Served at 12:03pm on 2 March 2026."


# The day in London is whole: the order ends at midnight there, summer or winter.
LAST_DAYS = [
    pytest.param(
        date(2026, 3, 28), datetime(2026, 3, 29, 0, 0, tzinfo=UTC), id="Saturday before the change"
    ),
    pytest.param(
        date(2026, 3, 29), datetime(2026, 3, 29, 23, 0, tzinfo=UTC), id="Sunday of 23 hours"
    ),
    pytest.param(
        date(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC), id="Sunday of 25 hours"
    ),
    pytest.param(
        date(2028, 2, 29), datetime(2028, 3, 1, 0, 0, tzinfo=UTC), id="Tuesday 29 February"
    ),
    pytest.param(
        date(2026, 7, 31), datetime(2026, 7, 31, 23, 0, tzinfo=UTC), id="Friday in summer"
    ),
]


@pytest.mark.parametrize(("last_day", "over_at"), LAST_DAYS)
def test_the_last_day_counts_whole(last_day: date, over_at: datetime) -> None:
    events = [made(last_day=last_day), event(EventKind.SERVED, NOON + MINUTE)]
    assert status(events, over_at - timedelta(microseconds=1)) is Status.IN_FORCE
    found = rules.standing(events, instrument="STALK_PO", at=over_at)
    assert (found.status, found.since, found.ends_at) == (Status.EXPIRED, over_at, over_at)
    assert rules.say_day(last_day) in found.ground
    assert rules.last_instant(last_day) == over_at - timedelta(microseconds=1)
    assert rules.ended_at(events, instrument="STALK_PO", at=over_at) == over_at
    assert rules.ended_at(events, instrument="STALK_PO", at=over_at - MINUTE) is None


def test_an_order_until_further_order_never_expires() -> None:
    assert status([made(last_day=None)], NOON + 40_000 * DAY) is Status.IN_FORCE


def test_a_discharged_order_stays_discharged_past_its_last_day() -> None:
    ended = NOON + 3 * DAY
    events = [made(), event(EventKind.DISCHARGED, ended)]
    assert status(events, ended - MINUTE) is Status.IN_FORCE
    assert status(events, ended) is Status.DISCHARGED
    assert status(events, NOON + 4000 * DAY) is Status.DISCHARGED


def test_a_discharge_recorded_after_the_last_day_does_not_undo_the_expiry() -> None:
    late = event(EventKind.DISCHARGED, NOON + 4000 * DAY)
    assert status([made(), late], NOON + 5000 * DAY) is Status.EXPIRED


def test_what_bound_him_as_it_was_known_on_a_day() -> None:
    served_at, told_at = NOON + DAY, NOON + 5 * DAY
    events = [made(), event(EventKind.SERVED, served_at, told_at)]
    as_known = rules.standing(
        events, instrument="STALK_PO", at=served_at, as_known_at=told_at - MINUTE
    )
    assert not as_known.is_served
    assert rules.standing(
        events, instrument="STALK_PO", at=served_at, as_known_at=told_at
    ).is_served


def test_the_terms_are_those_of_the_last_event_that_set_any() -> None:
    assert rules.terms_at([made()], at=NOON - MINUTE) is None
    terms = rules.terms_at([made(), event(EventKind.SERVED, NOON + MINUTE)], at=NOON + DAY)
    assert terms is not None
    assert terms.clauses == CLAUSES


def test_an_order_without_known_terms_has_no_last_day() -> None:
    found = rules.standing([event(EventKind.MADE, NOON)], instrument="DVPO", at=NOON)
    assert (found.status, found.last_day, found.ends_at) == (Status.IN_FORCE, None, None)


def test_an_order_of_a_kind_that_no_rule_knows_is_refused() -> None:
    with pytest.raises(UnknownOrderKindError, match="expected one of STALK_PO"):
        status([made()], NOON, "NMO")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "12:05am on 2 March 2026"),
        (12, "12:05pm on 2 March 2026"),
        (15, "3:05pm on 2 March 2026"),
    ],
)
def test_an_instant_is_said_in_words(hour: int, words: str) -> None:
    assert rules.say_at(NOON.replace(hour=hour, minute=5)) == words


def test_an_instant_is_said_in_london_time() -> None:
    assert rules.say_at(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "12:30am on 1 July 2026"


# -- terms -------------------------------------------------------------------------------


def terms_of(**changed: object) -> None:
    given_terms: dict[str, object] = {
        "made_on": date(2026, 3, 2),
        "made_at": None,
        "last_day": date(2028, 3, 1),
        "clauses": CLAUSES,
    }
    rules.check_terms(**(given_terms | changed))  # type: ignore[arg-type]


def test_terms_that_are_whole_pass() -> None:
    terms_of()
    terms_of(last_day=None, made_at=NOON)
    terms_of(last_day=date(2026, 3, 2))
    terms_of(last_day=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({"clauses": ()}, "at least one condition", id="no clause"),
        pytest.param({"clauses": (Clause(" ", "x", {}),)}, "clause number", id="no number"),
        pytest.param({"clauses": (Clause("1", " ", {}),)}, "clause number", id="no words"),
        pytest.param({"clauses": CLAUSES * 2}, "found one twice", id="one number twice"),
        pytest.param({"last_day": date(2026, 3, 1)}, "found 1 March 2026", id="ends before it"),
        pytest.param({"last_day": date(2200, 1, 1)}, "until further order", id="ends too late"),
        pytest.param(
            {"made_at": datetime(2026, 3, 3, 0, 0, tzinfo=UTC)}, "lie on 2 March", id="another day"
        ),
    ],
)
def test_terms_that_contradict_each_other_are_refused(
    changed: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadTermsError, match=sentence):
        terms_of(**changed)


def test_an_order_of_tomorrow_is_refused_and_one_of_today_is_not() -> None:
    rules.check_making_is_past(made_on=date(2026, 3, 2), made_at=None, at=NOON)
    for made_on, made_at in ((date(2026, 3, 3), None), (date(2026, 3, 2), NOON + MINUTE)):
        with pytest.raises(BadTermsError, match="not in the future"):
            rules.check_making_is_past(made_on=made_on, made_at=made_at, at=NOON)


# -- service -----------------------------------------------------------------------------


def serve(events: list[Event], served_at: datetime, **changed: object) -> None:
    said: dict[str, object] = {
        "instrument": "STALK_PO",
        "how": How.PERSONAL,
        "at": NOON + 4000 * DAY,
    }
    rules.check_service(events, served_at=served_at, **(said | changed))  # type: ignore[arg-type]


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
    rules.check_discharge(events, ended_on=ended_on, **(said | changed))  # type: ignore[arg-type]


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
    rules.check_replacement([made()], instrument="STALK_PO_I", replaced_at=NOON)
    with pytest.raises(BadTermsError, match="give the instant"):
        rules.check_replacement([made()], instrument="STALK_PO_I", replaced_at=NOON - MINUTE)
    gone = [made(), event(EventKind.REPLACED, NOON + DAY)]
    assert status(gone, NOON + DAY) is Status.REPLACED
    with pytest.raises(BadTermsError, match="ended at 12:00pm on 3 March 2026"):
        rules.check_replacement(gone, instrument="STALK_PO_I", replaced_at=NOON + 2 * DAY)


# -- properties --------------------------------------------------------------------------

YEAR = timedelta(days=365)
instants = st.timedeltas(timedelta(0), YEAR).map(lambda passed: NOON - 60 * DAY + passed)


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Any events at all, possible or not, recorded at any time after they happened."""
    events: list[Event] = []
    for kind in draw(st.lists(st.sampled_from(list(EventKind)), max_size=6)):
        at = draw(instants)
        known = at + timedelta(hours=draw(st.integers(0, 500)))
        last = draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)))
        # Terms only at the first making: what varies an order later is not built yet.
        first = kind is EventKind.MADE and not any(e.terms for e in events)
        events.append(Event(kind, at, known, Terms(last, CLAUSES) if first else None))
    return [e for e in events if e.kind is not EventKind.MADE or e.terms]


@given(lives(), st.sampled_from(sorted(KINDS)), st.lists(instants, min_size=2, max_size=8))
def test_as_time_goes_on_a_status_never_jumps_back(
    events: list[Event], instrument: str, at: list[datetime]
) -> None:
    passed = [PASSED.index(status(events, instant, instrument)) for instant in sorted(at)]
    over = [min(place, PASSED.index(Status.EXPIRED)) for place in passed]
    assert over == sorted(over)
    ended = [place for place in passed if place >= PASSED.index(Status.EXPIRED)]
    assert len(set(ended)) <= 1


@given(lives(), st.sampled_from(sorted(KINDS)), instants, st.randoms())
def test_the_order_of_recording_changes_nothing(
    events: list[Event], instrument: str, at: datetime, random: object
) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.standing(shuffled, instrument=instrument, at=at) == rules.standing(
        events, instrument=instrument, at=at
    )


@given(lives(), st.sampled_from(sorted(KINDS)), instants, instants)
def test_what_is_recorded_later_changes_nothing_that_was_known(
    events: list[Event], instrument: str, at: datetime, known_at: datetime
) -> None:
    then = [e for e in events if e.recorded_at <= known_at]
    assert rules.standing(
        events, instrument=instrument, at=at, as_known_at=known_at
    ) == rules.standing(then, instrument=instrument, at=at)

"""Where an order stands on any day, worked out from its events alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.orders import rules
from vigil.orders.errors import BadTermsError, UnknownOrderKindError
from vigil.orders.kinds import (
    KINDS,
    MAKINGS,
    OVER,
    PENDING,
    TERM_CHANGES,
    EventKind,
    Status,
)
from vigil.orders.rules import Clause, Event

CLAUSES = (Clause("1", "Not to contact protected person 1.", {"kind": "other"}),)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday, winter time
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAILED = {Status.REFUSED, Status.WITHDRAWN}


def made(at: datetime = NOON, last_day: date | None = date(2028, 3, 1)) -> Event:
    return Event(EventKind.MADE, at, at, CLAUSES, last_day, sets_last_day=True)


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


def test_the_first_service_and_the_first_knowledge_count() -> None:
    later = [event(EventKind.SERVED, NOON + DAY), event(EventKind.KNOWN, NOON + DAY)]
    earlier = [event(EventKind.SERVED, NOON), event(EventKind.KNOWN, NOON + MINUTE)]
    assert rules.first_service([*later, *earlier]) == NOON
    assert rules.first_knowledge([*later, *earlier]) == NOON + MINUTE
    assert (rules.first_service([]), rules.first_knowledge([])) == (None, None)


@pytest.mark.parametrize(
    ("instrument", "without_notice", "events", "expected"),
    [
        pytest.param("NMO", None, [], Status.NOT_SERVED, id="nobody knows whether on notice"),
        pytest.param("NMO", True, [], Status.NOT_SERVED, id="without notice"),
        pytest.param("NMO", False, [], Status.IN_FORCE, id="on notice"),
        pytest.param("DAPO", None, [EventKind.KNOWN], Status.IN_FORCE, id="he knew of it"),
        pytest.param("DAPO", True, [EventKind.SERVED], Status.IN_FORCE, id="served"),
        pytest.param("DAPO", False, [EventKind.SERVED], Status.IN_FORCE, id="on notice, served"),
        pytest.param("DVPN", None, [EventKind.KNOWN], Status.NOT_SERVED, id="a notice known of"),
        pytest.param("STALK_PO", True, [], Status.IN_FORCE, id="it binds from its making"),
    ],
)
def test_from_when_an_order_binds_is_the_law_s_to_say(
    instrument: str, without_notice: bool | None, events: list[EventKind], expected: Status
) -> None:
    happened = [made(last_day=None), *(event(kind, NOON + MINUTE) for kind in events)]
    found = rules.standing(
        happened, instrument=instrument, at=NOON + DAY, without_notice=without_notice
    )
    assert found.status is expected
    assert found.ground
    assert found.provision


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
        status([made()], NOON, "ASBO")


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


# -- properties --------------------------------------------------------------------------

YEAR = timedelta(days=365)
instants = st.timedeltas(timedelta(0), YEAR).map(lambda passed: NOON - 60 * DAY + passed)


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Any events at all, possible or not, recorded at any time after they happened."""
    events: list[Event] = []
    for kind in draw(st.lists(st.sampled_from(list(EventKind)), max_size=9)):
        at = draw(instants)
        known = at + timedelta(hours=draw(st.integers(0, 500)))
        last = draw(st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)))
        sets = kind in MAKINGS | TERM_CHANGES
        until = at + timedelta(days=3) if draw(st.booleans()) else None
        events.append(
            Event(
                kind,
                at,
                known,
                CLAUSES if kind in MAKINGS or (sets and draw(st.booleans())) else None,
                last if sets else None,
                sets_last_day=sets,
                until_at=until if kind is EventKind.SUSPENDED else None,
            )
        )
    return events


FINAL = OVER | FAILED


@given(lives(), st.sampled_from(sorted(KINDS)), st.lists(instants, min_size=2, max_size=8))
def test_what_has_ended_stays_as_it_ended(
    events: list[Event], instrument: str, at: list[datetime]
) -> None:
    passed = [rules.standing(events, instrument=instrument, at=instant) for instant in sorted(at)]
    ended = [found for found in passed if found.status in FINAL]
    assert passed[len(passed) - len(ended) :] == ended
    assert len({(found.status, found.since, found.last_day) for found in ended}) <= 1


@given(lives(), st.sampled_from(sorted(KINDS)), st.lists(instants, min_size=2, max_size=8))
def test_what_was_made_is_never_a_draft_again(
    events: list[Event], instrument: str, at: list[datetime]
) -> None:
    made_already = False
    for instant in sorted(at):
        found = status(events, instant, instrument)
        is_pending = found in PENDING
        assert not (made_already and is_pending)
        made_already = made_already or not (is_pending or found in FAILED)


@given(lives(), st.sampled_from(sorted(KINDS)), instants)
def test_terms_hold_only_from_a_making(events: list[Event], instrument: str, at: datetime) -> None:
    terms = rules.terms_at(events, at=at)
    found = rules.standing(events, instrument=instrument, at=at)
    unmade = found.status in PENDING | FAILED
    assert unmade is (terms is None)
    assert found.last_day == (terms.last_day if terms else None)


@given(lives(), st.sampled_from(sorted(KINDS)), instants, st.randoms())
def test_the_order_of_recording_changes_nothing(
    events: list[Event], instrument: str, at: datetime, random: object
) -> None:
    once = {(e.kind, e.happened_at, e.recorded_at): e for e in events}
    listed = list(once.values())
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.standing(shuffled, instrument=instrument, at=at) == rules.standing(
        listed, instrument=instrument, at=at
    )


@given(lives(), st.sampled_from(sorted(KINDS)), instants, instants)
def test_what_is_recorded_later_changes_nothing_that_was_known(
    events: list[Event], instrument: str, at: datetime, known_at: datetime
) -> None:
    then = [e for e in events if e.recorded_at <= known_at]
    assert rules.standing(
        events, instrument=instrument, at=at, as_known_at=known_at
    ) == rules.standing(then, instrument=instrument, at=at)

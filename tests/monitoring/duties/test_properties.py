"""What holds of every life that chance can make up, in any order and at any instant."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.monitoring.duties.people import FAR, facts, found, order, registered, stay, told
from tests.support.orders import london
from vigil.monitoring.duties.facts import SETTLED, Facts, Finding, LastDay, Telling
from vigil.monitoring.duties.lines import next_change, said, timeline
from vigil.monitoring.rules import DutyEventKind
from vigil.orders.rules import instant_after, london_day

START = london(2026, 3, 1)
# Hours over 400 days: both changes of the clocks, and instants that often meet.
instants = st.integers(0, 400 * 4).map(lambda n: START + timedelta(hours=6 * n))
days = st.integers(0, 400).map(lambda n: date(2026, 3, 1) + timedelta(days=n))
CODES = ["STALK_PO", "STALK_PO_I", "DAPO", "NMO", "SRO", "SHPO"]
CHANGES = ["name", "address", "home_lost"]


@st.composite
def orders(draw: st.DrawFn, number: int) -> Any:
    made_at = draw(instants)
    last_day = draw(st.none() | days)
    after = made_at + timedelta(hours=6 * draw(st.integers(0, 200)))
    return order(
        f"O-{number}",
        draw(st.sampled_from(CODES)),
        made_at=made_at,
        served_at=draw(st.none() | st.just(after)),
        last_days=(LastDay(made_at, max(last_day, london_day(made_at)) if last_day else None),),
        ended_at=draw(st.none() | st.just(after + timedelta(days=draw(st.integers(0, 200))))),
        replaces=draw(st.none() | st.just(f"O-{number - 1}")),
    )


@st.composite
def lives(draw: st.DrawFn) -> Facts:
    some: list[Any] = [draw(orders(number)) for number in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        began_at = draw(instants)
        some.append(registered(began_at, relevant_on=london_day(began_at)))
    at = draw(instants)
    for _ in range(draw(st.integers(0, 3))):
        out_at = at + timedelta(hours=6 * draw(st.integers(0, 60)))
        held = draw(st.sampled_from(["police", "remand", "sentence", "hospital"]))
        some.append(stay(at, out_at, held))
        at = out_at + timedelta(hours=6 * draw(st.integers(0, 60)))
    for _ in range(draw(st.integers(0, 6))):
        what = draw(st.sampled_from(["initial", "periodic", "release", "travel", *CHANGES]))
        on = draw(days) if what in CHANGES else None
        nfa = draw(st.none() | st.booleans())
        some.append(told(what, draw(instants), on, no_fixed_abode=nfa))
    for _ in range(draw(st.integers(0, 2))):
        some.append(found(draw(st.sampled_from(CHANGES)), draw(instants), draw(days)))
    return facts(*some)


quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(lives())
def test_a_duty_begins_once_and_is_settled_at_most_once(life: Facts) -> None:
    lines = timeline(life, at=FAR)
    assert all(count == 1 for count in Counter(line.key for line in lines).values())
    for line in lines:
        kinds = [event.kind for event in line.events]
        assert kinds[0] is DutyEventKind.STARTED
        assert kinds.count(DutyEventKind.STARTED) == 1
        assert len([k for k in kinds if k in SETTLED]) <= 1
        assert kinds.count(DutyEventKind.SUSPENDED) - kinds.count(DutyEventKind.RESUMED) in {0, 1}


@quick
@given(lives())
def test_each_is_met_by_its_last_day_or_late_at_the_midnight_after_it(life: Facts) -> None:
    for line in timeline(life, at=FAR):
        for event in line.events:
            if event.kind is DutyEventKind.LAPSED:
                assert event.due_on is not None
                assert event.at == instant_after(event.due_on)
            if event.kind is DutyEventKind.MET and event.due_on:
                assert event.at < instant_after(event.due_on)
            if event.kind is DutyEventKind.SUSPENDED:
                assert event.due_on is None


@quick
@given(lives(), st.integers(0, 1000))
def test_the_order_in_which_facts_are_listed_decides_nothing(life: Facts, seed: int) -> None:
    chance = Random(seed)

    def mixed(some: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(chance.sample(some, len(some)))

    other = Facts(
        mixed(life.orders),
        mixed(life.registrations),
        mixed(life.stays),
        mixed(life.tellings),
        mixed(life.findings),
    )
    assert timeline(other, at=FAR) == timeline(life, at=FAR)
    assert said(other, at=FAR) == said(life, at=FAR)


def _events(life: Facts, at: datetime) -> set[tuple[Any, ...]]:
    lines = timeline(life, at=at)
    found = {(line.key, e.kind, e.at) for line in lines for e in line.events}
    return found | {(m.source, m.kind, m.at) for m in said(life, at=at)}


@quick
@given(lives(), instants, instants)
def test_what_was_so_at_an_instant_is_so_later_with_the_same_instant(
    life: Facts, one: datetime, other: datetime
) -> None:
    """Unless it was learnt since: a change found, or told, when its day was over."""
    early, late = sorted((one, other))
    told_then = life.until(early)
    learnt: list[Telling | Finding] = [*life.tellings, *life.findings]
    learnt_since = [one for one in learnt if one.at > early and one.changed_on is not None]
    before, after = _events(told_then, early), _events(life, late)
    gone = before - after
    assert not gone or learnt_since or early == late


@quick
@given(lives(), instants)
def test_nothing_becomes_so_before_the_next_change_unless_it_is_learnt(
    life: Facts, at: datetime
) -> None:
    known = life.until(at)
    before = _events(known, at)
    following = next_change(known, at=at)
    until = following - timedelta(microseconds=1) if following else FAR
    assert _events(known, until) == before
    if following:
        assert _events(known, following) > before


@quick
@given(lives())
def test_while_part_2_holds_him_no_order_beneath_it_begins_a_duty(life: Facts) -> None:
    for one in life.registrations:
        for line in timeline(life, at=FAR):
            beneath = any(
                o.ref == line.source and o.instrument in {"STALK_PO", "STALK_PO_I", "DAPO"}
                for o in life.orders
            )
            if beneath:
                assert line.events[0].at < one.began_at

"""Whatever may be tried on an order, in any order, and what must then be true of it.

The oracle below is a few lines of plain Python over the accepted events. It shares no code with
the rules: it counts, compares instants, and knows three lists of words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from vigil.orders.kinds import EventKind as Kind
from vigil.orders.rules import Clause, Event, Standing, Terms

LONDON = ZoneInfo("Europe/London")
# Saturday evening: the clocks go forward in the night.
BEGINNING = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
INSTRUMENTS = ("STALK_PO", "STALK_PO_I", "NMO", "DVPN", "DVPO", "DAPO", "SHPO", "RO_CONV")
NOTICES = {"DVPN"}
UNCHANGED = {"DVPN", "DVPO"}
BY_SERVICE = {"DVPN"}
BY_SERVICE_OR_KNOWLEDGE = {"NMO", "DAPO"}
MAKINGS = {"made", "notice_issued"}
STEPS = {
    "drafted": "drafted",
    "authorised": "authorised",
    "applied": "applied",
    "hearing_listed": "listed",
    "adjourned": "listed",
    "refused": "refused",
    "withdrawn": "withdrawn",
}
CHANGES = {"varied", "extended", "renewed", "suspended", "resumed"}
ENDS = {"discharged", "quashed"}
FAILED = {"refused", "withdrawn"}


def midnight_after(day: date) -> datetime:
    local = datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON)
    return local.astimezone(UTC)


def check_possible(instrument: str, events: Sequence[Event]) -> None:
    """The accepted events are those of an order that can be, whatever was tried."""
    kinds = [str(e.kind) for e in events]
    at = {str(e.kind): e.happened_at for e in events}
    makings = [e for e in events if e.kind in MAKINGS]
    assert len(makings) <= 1
    assert kinds.count("served") <= 1
    assert sum(kinds.count(k) for k in ENDS | FAILED) <= 1
    assert not (FAILED & set(kinds) and makings), "refused, and made all the same"
    after_making = [e for e in events if e.kind in CHANGES | ENDS | {"served", "known"}]
    assert makings or not after_making, "something happened to what was never made"
    for event in after_making:
        assert event.happened_at >= makings[0].happened_at, event.kind
    changes = [e.happened_at for e in events if e.kind in CHANGES]
    assert changes == sorted(set(changes)), "two changes overlap"
    renewed = {"varied", "extended", "renewed"} & set(kinds)
    assert not (instrument in UNCHANGED and renewed)
    pauses = [e for e in events if e.kind in {"suspended", "resumed"}]
    for first, second in pairwise(pauses):
        runs_on = first.until_at is None or second.happened_at < first.until_at
        was_suspended = first.kind == "suspended" and runs_on
        assert was_suspended is (second.kind == "resumed"), "suspended twice, or resumed twice"
    for end in ENDS & set(kinds):
        assert all(changed <= at[end] for changed in changes), "changed after its end"
    if instrument in NOTICES and makings:
        assert str(makings[0].kind) == "notice_issued"
        assert "authorised" in kinds, "a notice that nobody of rank authorised"


def expected(
    instrument: str, events: Sequence[Event], at: datetime, without_notice: bool | None
) -> tuple[str, date | None]:
    """The status and the last day at an instant, by plain counting."""
    past = sorted((e for e in events if e.happened_at <= at), key=lambda e: e.happened_at)
    made = next((e for e in past if e.kind in MAKINGS), None)
    if made is None:
        steps = [e for e in past if str(e.kind) in STEPS]
        return (STEPS[str(steps[-1].kind)] if steps else "drafted"), None
    last_day = made.last_day
    for event in past:
        if event.kind in CHANGES and event.sets_last_day:
            last_day = event.last_day
    end = next((e for e in past if e.kind in ENDS), None)
    if end is not None:
        return str(end.kind), last_day
    if last_day is not None and midnight_after(last_day) <= at:
        return "expired", last_day
    proofs = [str(e.kind) for e in past]
    bound = "served" in proofs or instrument not in BY_SERVICE | BY_SERVICE_OR_KNOWLEDGE
    if instrument in BY_SERVICE_OR_KNOWLEDGE:
        bound = bound or "known" in proofs or without_notice is False
    if not bound:
        return "not_served", last_day
    pauses = [e for e in past if e.kind in {"suspended", "resumed"}]
    if pauses and pauses[-1].kind == "suspended":
        until = pauses[-1].until_at
        if until is None or at < until:
            return "suspended", last_day
    return "in_force", last_day


class Life(RuleBasedStateMachine):
    """One order. The clock only goes forward; everything else may come at any time.

    A subclass says how a thing is tried, and how the order is read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGINNING
        self.instrument = ""
        self.without_notice: bool | None = None
        self.events: list[Event] = []
        self.seen: list[tuple[datetime, datetime, Standing]] = []

    def attempt(self, event: Event) -> bool:
        raise NotImplementedError

    def begin(self) -> None:
        raise NotImplementedError

    def read(self, at: datetime, known: datetime | None) -> tuple[Standing, Terms | None]:
        raise NotImplementedError

    @initialize(
        instrument=st.sampled_from(INSTRUMENTS),
        without_notice=st.sampled_from([None, True, False]),
        steps=st.integers(0, 5),
    )
    def a_draft(self, instrument: str, without_notice: bool | None, steps: int) -> None:
        """Some begin further on: most runs would end before anything could happen otherwise."""
        self.instrument, self.without_notice = instrument, without_notice
        clauses = (Clause("1", "Keep the peace.", {"kind": "other"}),)
        is_notice = instrument in NOTICES
        days = {"DVPO": 20, "STALK_PO_I": 9, "STALK_PO": 800, "SHPO": 2000}.get(instrument, 40)
        last_day = None if is_notice else self.now.date() + timedelta(days=days)
        event = Event(
            Kind.DRAFTED, self.now, self.now, clauses, last_day, sets_last_day=not is_notice
        )
        self.events.append(event)
        self.begin()
        making = Kind.NOTICE_ISSUED if is_notice else Kind.MADE
        way = [Kind.AUTHORISED, Kind.APPLIED, Kind.HEARING_LISTED, making, Kind.SERVED]
        for kind in way[:steps]:
            self.now += HOUR
            makes = kind in MAKINGS
            heard = self.now + DAY if kind is Kind.HEARING_LISTED else None
            self.accept(
                Event(
                    kind,
                    self.now,
                    self.now,
                    clauses if makes else None,
                    last_day if makes else None,
                    sets_last_day=makes,
                    hearing_at=heard,
                )
            )

    def near(self, data: st.DataObject) -> datetime:
        """Now, a little before or after, or an instant at which something turns."""
        turning = [e.happened_at for e in self.events]
        turning += [e.until_at for e in self.events if e.until_at]
        turning += [midnight_after(e.last_day) for e in self.events if e.last_day]
        near = [t + by for t in turning for by in (-MINUTE, 0 * MINUTE, MINUTE)]
        if data.draw(st.integers(0, 2)):
            return self.now
        return data.draw(st.sampled_from([self.now - HOUR, self.now + HOUR, *near]))

    def accept(self, event: Event) -> None:
        if self.attempt(event):
            self.events.append(event)

    @rule(hours=st.sampled_from([0, 1, 1, 3, 3, 26, 24 * 5, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(
        kind=st.sampled_from(
            [Kind.AUTHORISED, Kind.APPLIED, Kind.REFUSED, Kind.WITHDRAWN, Kind.ADJOURNED]
        ),
        data=st.data(),
    )
    def a_step(self, kind: Kind, data: st.DataObject) -> None:
        if kind in {Kind.REFUSED, Kind.WITHDRAWN} and data.draw(st.integers(0, 5)):
            return
        self.accept(Event(kind, self.near(data), self.now))

    @rule(data=st.data())
    def a_hearing(self, data: st.DataObject) -> None:
        at = self.near(data)
        self.accept(Event(Kind.HEARING_LISTED, at, self.now, hearing_at=at + DAY))

    @rule(kind=st.sampled_from([Kind.MADE, Kind.NOTICE_ISSUED]), data=st.data())
    def a_making(self, kind: Kind, data: st.DataObject) -> None:
        draft = self.events[0]
        self.accept(
            Event(
                kind,
                self.near(data),
                self.now,
                draft.clauses,
                draft.last_day,
                sets_last_day=True,
            )
        )

    @rule(kind=st.sampled_from([Kind.SERVED, Kind.KNOWN]), data=st.data())
    def it_reaches_him(self, kind: Kind, data: st.DataObject) -> None:
        self.accept(Event(kind, self.near(data), self.now))

    @rule(
        kind=st.sampled_from([Kind.VARIED, Kind.EXTENDED, Kind.RENEWED]),
        days=st.sampled_from([-1, 0, 1, 45, 400, 900, 2500]),
        words=st.booleans(),
        data=st.data(),
    )
    def new_terms(self, kind: Kind, days: int, words: bool, data: st.DataObject) -> None:
        at = self.near(data)
        sets = kind is not Kind.VARIED or not words or data.draw(st.booleans())
        clauses = (Clause("2", f"As varied at {at}.", {"kind": "other"}),)
        self.accept(
            Event(
                kind,
                at,
                self.now,
                clauses if words and kind is not Kind.EXTENDED else None,
                at.date() + timedelta(days=days) if sets else None,
                sets_last_day=sets,
            )
        )

    @rule(hours=st.sampled_from([None, 0, 5, 50]), data=st.data())
    def a_suspension(self, hours: int | None, data: st.DataObject) -> None:
        at = self.near(data)
        until = None if hours is None else at + hours * HOUR
        self.accept(Event(Kind.SUSPENDED, at, self.now, until_at=until))

    @rule(data=st.data())
    def a_resumption(self, data: st.DataObject) -> None:
        self.accept(Event(Kind.RESUMED, self.near(data), self.now))

    @rule(kind=st.sampled_from([Kind.DISCHARGED, Kind.QUASHED]), data=st.data())
    def an_end(self, kind: Kind, data: st.DataObject) -> None:
        if data.draw(st.integers(0, 3)) == 0:
            self.accept(Event(kind, self.near(data), self.now))

    @rule(data=st.data())
    def somebody_looks(self, data: st.DataObject) -> None:
        """What is known now of an instant is kept, to be asked again at the end."""
        at = self.near(data)
        self.seen.append((at, self.now, self.read(at, self.now)[0]))
        # What is recorded within one instant of the clock is known together.
        self.now += MINUTE

    @invariant()
    def the_order_is_possible(self) -> None:
        if self.events:
            check_possible(self.instrument, self.events)

    @invariant()
    def it_stands_where_its_events_put_it(self) -> None:
        if not self.events:
            return
        for at in (self.now, self.now - DAY):
            found, terms = self.read(at, None)
            status, last_day = expected(self.instrument, self.events, at, self.without_notice)
            assert (str(found.status), found.last_day) == (status, last_day)
            is_made = any(e.kind in MAKINGS and e.happened_at <= at for e in self.events)
            assert (terms is not None) is is_made
            assert terms is None or terms.clauses
            assert found.served_at is None or is_made

    @invariant()
    def what_was_known_stays_what_was_known(self) -> None:
        for at, known, then in self.seen[-3:]:
            assert self.read(at, known)[0] == then

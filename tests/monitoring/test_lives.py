"""No sequence of events leads to an impossible order or a duty that lapsed unseen.

A state machine makes, serves, discharges, tells and sweeps through the real actions, and
holds what the record says against a few lines of plain Python that share no code with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.support.orders import HIS, agencies, made, officer, person, protected_person, served
from vigil.access.look import look
from vigil.law.errors import VigilError
from vigil.ledger.models import Entry
from vigil.monitoring import queries as duties
from vigil.monitoring.actions.duties import notify
from vigil.monitoring.models import Alert, Duty, DutyEvent
from vigil.monitoring.sweep import sweep
from vigil.orders import queries as orders
from vigil.orders.actions import discharge
from vigil.orders.kinds import Ending

LONDON = ZoneInfo("Europe/London")
# Saturday evening: the clocks go forward in the night.
BEGINNING = datetime(2026, 3, 28, 22, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
DAYS = {"STALK_PO": None, "STALK_PO_I": 5, "DVPN": None, "DVPO": 14}
BOTH = frozenset({"respondent", "police"})


def midnight_after(day: date, days: int) -> datetime:
    local = datetime.combine(day + timedelta(days=days), datetime.min.time(), LONDON)
    return local.astimezone(UTC)


@dataclass
class Expected:
    """One order as the plain Python sees it."""

    instrument: str
    made_at: datetime
    ends_at: datetime | None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None

    def over_at(self) -> datetime | None:
        return min((t for t in (self.ended_at, self.ends_at) if t), default=None)

    def status(self, at: datetime) -> str:
        if at < self.made_at:
            return "drafted"
        over = self.over_at()
        if over is not None and over <= at:
            return "expired" if over == self.ends_at else "discharged"
        bound_by_service = self.instrument == "DVPN"
        if bound_by_service and (self.served_at is None or at < self.served_at):
            return "not_served"
        return "in_force"

    def late_at(self) -> datetime | None:
        if self.served_at is None or not self.instrument.startswith("STALK"):
            return None
        return midnight_after(self.served_at.astimezone(LONDON).date(), 3)

    def duty(self, at: datetime) -> str | None:
        late_at, over = self.late_at(), self.over_at()
        if late_at is None or self.served_at is None or at < self.served_at:
            return None
        if self.told_at is not None and self.told_at < late_at:
            return "met"
        if over is not None and over < late_at and over <= at:
            return "ended"
        if self.told_at is not None:
            return "told_late"
        return "lapsed" if late_at <= at else "open"


class Lives(RuleBasedStateMachine):
    """The clock only goes forward; everything else may come in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        # Rolled back after each run, and outermost to the actions, as a test case's is.
        self.block._from_testcase = True  # type: ignore[attr-defined]
        self.block.__enter__()
        self.now = BEGINNING
        self.known: dict[str, Expected] = {}
        self.passed: dict[str, list[str]] = {}
        agencies()
        person()
        self.her = protected_person(self.now)
        self.entries = Entry.objects.count()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def attempt(self, act: Any) -> bool:
        """Whether it was allowed; a refusal writes nothing."""
        before = Entry.objects.count()
        try:
            act()
        except VigilError:
            assert Entry.objects.count() == before
            return False
        self.entries += 1
        return True

    @initialize(instrument=st.sampled_from(["STALK_PO", "STALK_PO_I"]))
    def a_served_order(self, instrument: str) -> None:
        """Without one most runs would end before anything could fall due."""
        self.make(instrument, 0)
        (order,) = self.known
        assert self.attempt(lambda: served(order, self.now))
        self.known[order].served_at = self.now
        self.the_worker_looks()

    @rule(days=st.integers(0, 4))
    def midnight_comes(self, days: int) -> None:
        """To the instant at which things fall due, and a minute to either side of it."""
        midnight = midnight_after(self.now.astimezone(LONDON).date(), 1 + days)
        for at in (midnight - MINUTE, midnight, midnight + MINUTE):
            self.now = at
            self.the_worker_looks()

    @rule(hours=st.integers(1, 12))
    def hours_pass(self, hours: int) -> None:
        self.now += hours * HOUR

    @rule(instrument=st.sampled_from(sorted(DAYS)), hours=st.sampled_from([0, 0, 6, 30]))
    def make(self, instrument: str, hours: int) -> None:
        made_at, days = self.now - hours * HOUR, DAYS[instrument]
        made_on = made_at.astimezone(LONDON).date()
        last_day = made_on + timedelta(days=days - 1) if days else None
        twin = any(
            one.instrument == instrument and one.made_at.astimezone(LONDON).date() == made_on
            for one in self.known.values()
        )
        found: list[str] = []
        done = self.attempt(
            lambda: found.append(
                made(
                    self.now,
                    instrument=instrument,
                    made_on=made_on,
                    made_at=made_at,
                    last_day=last_day,
                    protected=[self.her],
                )
            )
        )
        assert done is not twin
        if done:
            ends_at = midnight_after(made_on, days) if days else None
            self.known[found[0]] = Expected(instrument, made_at, ends_at)

    def pick(self, data: st.DataObject) -> tuple[str, datetime]:
        """An order, and an instant: now, an hour from now, or one at which something turns."""
        order = data.draw(st.sampled_from(sorted(self.known)))
        one = self.known[order]
        turning = [one.made_at, one.ends_at, one.served_at, one.late_at()]
        near = [t + by for t in turning if t is not None for by in (-MINUTE, 0 * MINUTE)]
        return order, data.draw(st.sampled_from([self.now, self.now + HOUR, *near]))

    @rule(data=st.data())
    def serve(self, data: st.DataObject) -> None:
        order, at = self.pick(data)
        one = self.known[order]
        over = one.over_at()
        may = (
            one.served_at is None and one.made_at <= at <= self.now and (over is None or at < over)
        )
        assert self.attempt(lambda: served(order, at, at=self.now)) is may
        if may:
            one.served_at = at

    @rule(data=st.data(), consents=st.sampled_from([True, True, False]))
    def discharge(self, data: st.DataObject, consents: bool) -> None:
        order, at = self.pick(data)
        one = self.known[order]
        needs_consent = one.instrument == "STALK_PO"
        may = (
            one.ended_at is None
            and one.made_at <= at <= self.now
            and (one.ends_at is None or at < one.ends_at)
            # A service that is on record came first: an order is not served after its end.
            and (consents or not needs_consent)
        )
        ending = Ending.APPLICATION_DETERMINED if one.instrument == "DVPN" else Ending.COURT_ORDER
        done = self.attempt(
            lambda: discharge(
                by=officer(),
                at=self.now,
                order=order,
                discharged_at=at,
                how=ending,
                consents=BOTH if consents else frozenset(),
            )
        )
        assert done is may
        if done:
            one.ended_at = at

    @rule(data=st.data())
    def tell(self, data: st.DataObject) -> None:
        order, at = self.pick(data)
        duty = Duty.objects.filter(order__reference=order).values_list("reference", flat=True)
        if not duty:
            return
        one = self.known[order]
        assert one.served_at is not None
        kinds = set(
            DutyEvent.objects.filter(duty__reference=duty[0]).values_list("kind", flat=True)
        )
        began = midnight_after(one.served_at.astimezone(LONDON).date(), 0)
        may = began <= at <= self.now and not kinds & {"met", "told_late", "ended"}
        done = self.attempt(
            lambda: notify(
                by=officer(),
                at=self.now,
                duty=duty[0],
                told_at=at,
                items=["name", "home_address"],
            )
        )
        assert done is may
        if done:
            one.told_at = at

    @rule()
    def the_worker_looks(self) -> None:
        counts = sweep(at=self.now)
        assert counts.get("failed", 0) == counts.get("raced", 0) == 0
        self.entries += sum(counts.values())
        assert sweep(at=self.now) == {}
        self.passed_by_now_is_written()

    def passed_by_now_is_written(self) -> None:
        with look(viewer=officer(), references=[HIS], at=self.now) as sight:
            found = {d.order: d for d in duties.duties_of(sight, HIS, at=self.now)}
        self.entries += 1
        for order, one in self.known.items():
            expected = one.duty(self.now)
            assert (found[order].status if order in found else None) == expected, order
            lapses = DutyEvent.objects.filter(duty__order__reference=order, kind="lapsed")
            assert [e.at for e in lapses] in ([], [one.late_at()])
            if expected == "lapsed":
                assert found[order].late_since == one.late_at()
                assert Alert.objects.filter(duty__order__reference=order).count() == 1

    @invariant()
    def every_order_stands_where_its_events_put_it(self) -> None:
        with look(viewer=officer(), references=[HIS], at=self.now) as sight:
            found = {o.reference: o for o in orders.orders_of(sight, HIS, at=self.now)}
        self.entries += 1
        assert set(found) == set(self.known)
        for order, one in self.known.items():
            assert found[order].standing.status == one.status(self.now), order

    @invariant()
    def every_change_and_every_look_has_its_one_entry(self) -> None:
        assert Entry.objects.count() == self.entries


@pytest.mark.django_db
def test_no_sequence_of_events_leads_to_an_impossible_order_or_an_unseen_lapse() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

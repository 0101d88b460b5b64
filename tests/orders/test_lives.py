"""No sequence of events leads to an impossible order: on the rules alone, and on the record.

The machine and its oracle are in `machine`. What was known on a day is asked again after every
step: nothing that is recorded later changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.orders.machine import NOTICES, Life
from tests.support.orders import COURT, HIS, agencies, officer, person, protected_person
from vigil.access.look import look
from vigil.access.viewer import Role
from vigil.law.errors import VigilError
from vigil.ledger.models import Entry
from vigil.orders import actions, changes, queries, rules
from vigil.orders.kinds import Ending, How, Knowledge, Proof, Where
from vigil.orders.kinds import EventKind as Kind
from vigil.orders.rules import Event, Standing, Terms

BOTH = frozenset({"respondent", "police"})


def ending_of(instrument: str) -> Ending:
    return Ending.APPLICATION_DETERMINED if instrument in NOTICES else Ending.COURT_ORDER


class OnTheRules(Life):
    """The checks and the rules, without a record."""

    def begin(self) -> None:
        pass

    def attempt(self, event: Event) -> bool:
        try:
            self.check(event)
        except VigilError:
            return False
        return True

    def check(self, event: Event) -> None:
        kind, at, events = event.kind, event.happened_at, self.events
        now, instrument = event.recorded_at, self.instrument
        if kind is Kind.SERVED:
            changes.check_service(
                events, instrument=instrument, served_at=at, how=How.PERSONAL, at=now
            )
        elif kind is Kind.KNOWN:
            changes.check_knowledge(events, instrument=instrument, known_at=at, at=now)
        elif kind is Kind.QUASHED:
            changes.check_end(events, ended_on=at, at=now)
        elif kind is Kind.DISCHARGED:
            changes.check_discharge(
                events,
                instrument=instrument,
                ended_on=at,
                how=ending_of(instrument),
                consents=BOTH,
                at=now,
            )
        elif kind in {Kind.VARIED, Kind.EXTENDED, Kind.RENEWED, Kind.SUSPENDED, Kind.RESUMED}:
            self.check_change(event)
        else:
            if kind is Kind.MADE and instrument not in NOTICES:
                day = rules.london_day(at)
                assert event.clauses is not None
                rules.check_terms(
                    made_on=day, made_at=at, last_day=event.last_day, clauses=event.clauses
                )
            changes.check_step(events, kind, instrument=instrument, happened_at=at, at=now)

    def check_change(self, event: Event) -> None:
        changes.check_change(
            self.events,
            event.kind,
            instrument=self.instrument,
            happened_at=event.happened_at,
            at=event.recorded_at,
        )
        if event.kind is Kind.SUSPENDED:
            changes.check_suspension(event.until_at, suspended_at=event.happened_at)
        elif event.kind is not Kind.RESUMED:
            changes.check_new_terms(
                rules.terms_at(self.events, at=event.happened_at),
                event.kind,
                happened_at=event.happened_at,
                clauses=event.clauses,
                last_day=event.last_day,
                sets_last_day=event.sets_last_day,
            )

    def read(self, at: datetime, known: datetime | None) -> tuple[Standing, Terms | None]:
        found = rules.standing(
            self.events,
            instrument=self.instrument,
            at=at,
            as_known_at=known,
            without_notice=self.without_notice,
        )
        return found, rules.terms_at(self.events, at=at, as_known_at=known)


class OnTheRecord(Life):
    """The real actions and queries, on whichever database the tests run."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        # Rolled back after each run, and outermost to the actions, as a test case's is.
        self.block._from_testcase = True  # type: ignore[attr-defined]
        self.block.__enter__()
        agencies()
        person()
        self.order = ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def begin(self) -> None:
        draft = self.events[0]
        assert draft.clauses is not None
        (self.order,) = actions.draft(
            by=officer(),
            at=self.now,
            instrument=self.instrument,
            respondents=[HIS],
            protected=[protected_person(self.now)],
            clauses=draft.clauses,
            last_day=draft.last_day,
            without_notice=self.without_notice,
        )

    def attempt(self, event: Event) -> bool:
        before = Entry.objects.count()
        try:
            self.act(event)
        except VigilError:
            assert Entry.objects.count() == before
            return False
        assert Entry.objects.count() == before + 1
        return True

    def act(self, event: Event) -> None:
        is_superintendent = event.kind in {Kind.AUTHORISED, Kind.NOTICE_ISSUED}
        role = Role.AUTHORISING_OFFICER if is_superintendent else Role.OFFENDER_MANAGER
        common: dict[str, Any] = {"by": officer(role), "at": event.recorded_at, "order": self.order}
        at, last_day = event.happened_at, event.last_day
        acts: dict[Kind, Callable[[], object]] = {
            Kind.AUTHORISED: lambda: actions.authorise(
                **common, authorised_at=at, rank="superintendent"
            ),
            Kind.APPLIED: lambda: actions.apply_for(**common, applied_at=at, court=COURT),
            Kind.HEARING_LISTED: lambda: actions.list_hearing(
                **common, listed_at=at, hearing_at=event.hearing_at or at
            ),
            Kind.ADJOURNED: lambda: actions.adjourn(**common, adjourned_at=at),
            Kind.REFUSED: lambda: actions.refuse(**common, refused_at=at),
            Kind.WITHDRAWN: lambda: actions.withdraw(**common, withdrawn_at=at),
            Kind.MADE: lambda: actions.make_drafted(
                **common, made_on=rules.london_day(at), made_at=at, court=COURT
            ),
            Kind.NOTICE_ISSUED: lambda: actions.issue_notice(**common, issued_at=at),
            Kind.SERVED: lambda: actions.serve(
                **common, served_at=at, how=How.PERSONAL, where=Where.HOME, proof=Proof.VIDEO
            ),
            Kind.KNOWN: lambda: actions.record_knowledge(
                **common, known_at=at, how=Knowledge.IN_COURT, proof=Proof.VIDEO
            ),
            Kind.VARIED: lambda: actions.vary(
                **common, varied_at=at, clauses=event.clauses, last_day=last_day
            ),
            Kind.EXTENDED: lambda: actions.extend(
                **common, extended_at=at, last_day=last_day or at.date()
            ),
            Kind.RENEWED: lambda: actions.renew(
                **common, renewed_at=at, last_day=last_day or at.date(), clauses=event.clauses
            ),
            Kind.SUSPENDED: lambda: actions.suspend(
                **common, suspended_at=at, until_at=event.until_at
            ),
            Kind.RESUMED: lambda: actions.resume(**common, resumed_at=at),
            Kind.DISCHARGED: lambda: actions.discharge(
                **common, discharged_at=at, how=ending_of(self.instrument), consents=BOTH
            ),
            Kind.QUASHED: lambda: actions.quash(**common, quashed_at=at),
        }
        acts[event.kind]()

    def read(self, at: datetime, known: datetime | None) -> tuple[Standing, Terms | None]:
        with look(viewer=officer(), references=[self.order], at=self.now) as sight:
            found = queries.order(sight, self.order, at=at, as_known_at=known)
        terms = Terms(found.standing.last_day, found.clauses) if found.clauses else None
        return found.standing, terms


def lived(machine: type[Life], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_no_sequence_of_events_leads_to_an_impossible_order() -> None:
    lived(OnTheRules, examples=200, steps=50)


@pytest.mark.django_db
def test_no_sequence_of_actions_leads_to_an_impossible_order() -> None:
    lived(OnTheRecord, examples=20, steps=30)

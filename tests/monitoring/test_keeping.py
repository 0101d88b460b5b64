"""What is told, found and decided comes to the record at once, with its true instants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.support.orders import HIS, agencies, london, made, officer, person, served
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.viewer import Role, worker_for
from vigil.custody.actions import let_out, take_in
from vigil.custody.rules import Held
from vigil.identity.models import Person
from vigil.ledger.models import Entry
from vigil.monitoring import permissions, queries, watching
from vigil.monitoring.actions.duties import notify
from vigil.monitoring.actions.telling import Lacks, begin_period, end_period, find, tell
from vigil.monitoring.duties.facts import What
from vigil.monitoring.errors import BadPeriodError, DoesNotCountError
from vigil.monitoring.models import (
    Duty,
    DutyEvent,
    Finding,
    Milestone,
    Notification,
    NotificationPeriod,
    Watch,
)
from vigil.monitoring.rules import DutyStatus, Told
from vigil.monitoring.sweep import bring_up_to_date, next_due, sweep
from vigil.orders.actions import discharge

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
AT = london(2026, 3, 2, 10)  # a Monday
LATE = london(2026, 3, 5)
BOSS = officer(Role.AUTHORISING_OFFICER, username="beth")


@pytest.fixture(autouse=True)
def world() -> None:
    agencies()
    person()


def period(at: datetime = AT, **changed: Any) -> str:
    given: dict[str, Any] = {
        "by": BOSS,
        "person": HIS,
        "framework": "SOA_PART_2",
        "basis": "conviction",
        "disposal": "imprisonment",
        "months": 12,
        "relevant_on": date(at.year, at.month, at.day),
        "age": 40,
    }
    return begin_period(at=at, **(given | changed))


def told(what: str, told_at: datetime, changed_on: date | None = None, **changed: Any) -> Any:
    given: dict[str, Any] = {"by": officer(), "at": told_at, "person": HIS, "told_at": told_at}
    return tell(what=What(what), changed_on=changed_on, **(given | changed))


def events(kind: str = "") -> list[tuple[str, str, datetime, datetime]]:
    rows = DutyEvent.objects.order_by("id")
    if kind:
        rows = rows.filter(duty__kind=kind)
    return list(rows.values_list("duty__kind", "kind", "at", "recorded_at"))


def kinds(kind: str) -> list[str]:
    return [one for _, one, *_ in events(kind)]


def refused(
    error: type[Exception], attempt: Callable[[], object], match: str | None = None
) -> None:
    models = (DutyEvent, Notification, Finding, NotificationPeriod, Entry)
    before = [model.objects.count() for model in models]
    with pytest.raises(error, match=match):
        attempt()
    assert [model.objects.count() for model in models] == before


# -- periods ----------------------------------------------------------------------------------


def test_a_period_begins_its_duty_and_its_watch_in_one_entry() -> None:
    reference = period()
    row = Duty.objects.get()
    assert row.reference == f"{reference}/initial/2026-03-02"
    assert (row.order_id, row.period.reference) == (None, reference)  # type: ignore[union-attr]
    assert (row.due_on, row.offence) == (date(2026, 3, 4), "")
    watch = Watch.objects.get()
    assert (watch.next_change_at, watch.looked_at) == (LATE, AT)
    assert next_due() == LATE
    assert Entry.objects.filter(did__startswith="monitoring.").count() == 1
    said = Milestone.objects.get()
    assert (said.kind, said.at) == ("registration_began", AT)
    assert said.authority


def test_a_suspicion_an_unknown_framework_or_no_length_is_refused() -> None:
    for changed in (
        {"basis": "suspect"},
        {"framework": "STALK_PO"},
        {"framework": "REGISTER"},
        {"disposal": "arrest"},
        {"months": None},
        {"days": 3},
        {"began_at": AT + DAY},
    ):
        refused(BadPeriodError, lambda c=changed: period(**c))  # type: ignore[misc]
    refused(NotFoundError, lambda: period(person="P-2026-0009"))
    period()
    refused(BadPeriodError, period, "found it there")


def test_the_register_lays_duties_only_where_the_proposal_is_asked() -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    period(framework="REGISTER")
    assert Duty.objects.get().confidence == "unsettled"


def test_a_period_that_is_ended_takes_its_open_duty_with_it_once() -> None:
    reference = period()
    refused(BadPeriodError, lambda: end(reference, AT - DAY), "after the beginning")
    end(reference, AT + DAY)
    assert kinds("initial") == ["started", "ended"]
    assert Milestone.objects.filter(kind="registration_ended", at=AT + DAY).exists()
    refused(BadPeriodError, lambda: end(reference, AT + DAY), "ended before")
    refused(NotFoundError, lambda: end("N-0", AT + DAY))


def end(reference: str, ended_at: datetime) -> None:
    end_period(by=BOSS, at=AT + DAY, period=reference, ended_at=ended_at)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_put_a_period_on_the_record(role: Role) -> None:
    viewer = officer(role)
    if role is Role.AUTHORISING_OFFICER:
        assert permissions.can_begin_period(viewer)
        period(by=viewer)
        return
    assert not permissions.can_begin_period(viewer)
    refused(NotAllowedError, lambda: period(by=viewer))


# -- told -------------------------------------------------------------------------------------


def test_told_it_is_met_and_the_year_begins_in_the_same_request() -> None:
    period()
    at = AT + DAY
    taken = told("initial", at, proof="form 7", items=["name", "home_address"])
    assert (taken.lacks, taken.counts) == (None, {"met": 1, "begun": 1})
    assert kinds("initial") == ["started", "met"]
    row = Duty.objects.get(kind="periodic")
    assert row.due_on == date(2027, 3, 3)
    assert Watch.objects.get().next_change_at == london(2027, 3, 4)
    met = DutyEvent.objects.get(kind="met")
    assert (met.proof, met.how, met.due_on) == (
        "form 7",
        "in_person_at_police_station",
        row.began_on + DAY,
    )
    kept = Notification.objects.get()
    assert (kept.taken_by, kept.accepted_by, kept.items) == (
        "alice",
        "alice",
        ["home_address", "name"],
    )


def test_told_by_somebody_else_or_by_phone_it_is_kept_and_marked_and_meets_nothing() -> None:
    period()
    one = told("initial", AT + DAY, told_by_subject=False)
    other = told("initial", AT + DAY, how=Told.PHONE)
    assert (one.lacks, other.lacks) == (Lacks.NOT_HIMSELF, Lacks.NOT_IN_PERSON)
    assert kinds("initial") == ["started"]
    assert Notification.objects.filter(accepted_by="").count() == 2
    assert sweep(at=LATE)["lapsed"] == 1


def test_told_in_the_future_or_a_change_without_its_day_is_refused() -> None:
    period()
    refused(DoesNotCountError, lambda: told("initial", AT + DAY, at=AT), "has passed")
    refused(DoesNotCountError, lambda: told("name", AT), "day of the change")
    refused(DoesNotCountError, lambda: told("initial", AT, date(2026, 3, 2)), "day of the change")
    refused(NotFoundError, lambda: told("initial", AT, person="P-2026-0009"))


def test_a_change_that_was_found_is_written_at_its_true_instant() -> None:
    period()
    told("initial", AT)
    found_at = AT + 30 * DAY
    counts = find(
        by=officer(),
        at=found_at,
        person=HIS,
        what=What.ADDRESS,
        changed_on=date(2026, 3, 10),
        found_at=found_at,
    )
    assert counts == {"begun": 1, "lapsed": 1}
    assert events("address") == [
        ("address", "started", london(2026, 3, 10), found_at),
        ("address", "lapsed", london(2026, 3, 13), found_at),
    ]
    assert sweep(at=found_at) == {"alerted": 1}
    assert sweep(at=found_at) == {}


def test_a_finding_of_what_is_no_change_or_in_the_future_is_refused() -> None:
    def found(**changed: Any) -> None:
        given: dict[str, Any] = {"by": officer(), "at": AT, "person": HIS, "found_at": AT}
        given |= {"what": What.NAME, "changed_on": date(2026, 3, 1)}
        find(**(given | changed))

    refused(DoesNotCountError, lambda: found(what=What.INITIAL))
    refused(DoesNotCountError, lambda: found(found_at=AT + DAY))
    found()
    assert not Duty.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_who_takes_what_he_told(role: Role) -> None:
    viewer = officer(role)
    if role in permissions.VERBS[permissions.ACCEPT]:
        told("initial", AT, by=viewer)
        return
    refused(NotAllowedError, lambda: told("initial", AT, by=viewer))


def test_the_page_of_one_duty_meets_a_weekly_one_and_one_that_was_revived() -> None:
    reference = period()
    told("initial", AT, no_fixed_abode=True)
    weekly = Duty.objects.get(kind="periodic_weekly")
    items = weekly.items
    status = notify(by=officer(), at=AT + DAY, duty=weekly.reference, told_at=AT + DAY, items=items)
    assert status is DutyStatus.MET
    order = made(AT + DAY, instrument="DAPO", made_at=AT + DAY)
    bring_up_to_date(HIS, at=AT + DAY)
    assert not Duty.objects.filter(order__reference=order).exists()
    end_period(by=BOSS, at=AT + 2 * DAY, period=reference, ended_at=AT + 2 * DAY)
    revived = Duty.objects.get(kind="revived")
    told_at = AT + 3 * DAY
    status = notify(
        by=officer(), at=told_at, duty=revived.reference, told_at=told_at, items=revived.items
    )
    assert status is DutyStatus.MET


# -- custody ----------------------------------------------------------------------------------


def hold(held: Held, taken_at: datetime) -> None:
    take_in(by=BOSS, at=taken_at, person=HIS, held=held, taken_at=taken_at)
    bring_up_to_date(HIS, at=taken_at)


def test_in_prison_the_clock_stands_and_goes_on_when_he_is_out() -> None:
    period()
    in_at, out_at = AT + DAY, AT + 30 * DAY
    hold(Held.SENTENCE, in_at)
    row = Duty.objects.get()
    assert (row.due_on, row.lapses_at, row.is_open) == (None, None, True)
    with look(viewer=officer(), references=[HIS], at=in_at) as sight:
        (seen,) = queries.duties_of(sight, HIS, at=in_at)
    assert seen.status is DutyStatus.SUSPENDED
    assert sweep(at=LATE) == {}
    let_out(by=BOSS, at=out_at, person=HIS, let_out_at=out_at)
    assert bring_up_to_date(HIS, at=out_at) == {"resumed": 1}
    assert Duty.objects.get().due_on == date(2026, 4, 2)
    assert sweep(at=london(2026, 4, 3)) == {"lapsed": 1, "alerted": 1}


def test_custody_that_is_learnt_after_the_lapse_takes_the_lapse_back() -> None:
    period()
    sweep(at=LATE)
    known_at = LATE + DAY
    take_in(by=BOSS, at=known_at, person=HIS, held=Held.REMAND, taken_at=AT + DAY)
    assert bring_up_to_date(HIS, at=known_at) == {"withdrawn": 1, "suspended": 1}
    assert events("initial")[1:] == [
        ("initial", "lapsed", LATE, LATE),
        ("initial", "suspended", AT + DAY, known_at),
        ("initial", "lapse_withdrawn", known_at, known_at),
    ]
    with look(viewer=officer(), references=[HIS], at=known_at) as sight:
        (now,) = queries.duties_of(sight, HIS, at=known_at)
        (then,) = queries.duties_of(sight, HIS, at=known_at, as_known_at=LATE)
    assert (now.status, then.status) == (DutyStatus.SUSPENDED, DutyStatus.LAPSED)


def test_police_custody_changes_nothing() -> None:
    period()
    hold(Held.POLICE, AT + DAY)
    assert sweep(at=LATE)["lapsed"] == 1


# -- orders -----------------------------------------------------------------------------------


def test_an_order_is_in_force_warned_of_and_expired_on_the_record() -> None:
    order = made(AT, instrument="NMO", made_at=AT, last_day=date(2026, 6, 1))
    served(order, AT)
    bring_up_to_date(HIS, at=AT)
    for at in (london(2026, 5, 4), london(2026, 5, 25), london(2026, 6, 2)):
        assert next_due() == at
        sweep(at=at, whole=False)
    rows = Milestone.objects.order_by("id").values_list("kind", "at", "recorded_at", "days_left")
    assert list(rows) == [
        ("order_in_force", AT, AT, None),
        ("order_expiring", london(2026, 5, 4), london(2026, 5, 4), 28),
        ("order_expiring", london(2026, 5, 25), london(2026, 5, 25), 7),
        ("order_expired", london(2026, 6, 2), london(2026, 6, 2), None),
    ]
    assert next_due() is None


def test_a_worker_that_was_down_writes_each_at_its_own_instant() -> None:
    made(AT, instrument="NMO", made_at=AT, last_day=date(2026, 6, 1))
    period()
    back = london(2026, 8, 1)
    assert sweep(at=back)["lapsed"] == 1
    instants = set(Milestone.objects.values_list("at", "recorded_at"))
    assert (london(2026, 5, 4), back) in instants
    assert events("initial")[-1] == ("initial", "lapsed", LATE, back)


def test_what_puts_an_open_duty_off_ends_it_and_what_is_no_longer_so_is_taken_back() -> None:
    served(made(AT, made_at=AT), AT)
    bring_up_to_date(HIS, at=AT)
    period(AT + DAY)
    ended = [one for one in events() if one[1] == "ended"]
    assert ended == [("initial", "ended", AT + DAY, AT + DAY)]


def test_a_registration_that_was_earlier_than_we_knew_takes_back_what_was_begun() -> None:
    served(made(AT + DAY, made_at=AT + DAY), AT + DAY)
    bring_up_to_date(HIS, at=AT + DAY)
    known_at = AT + 2 * DAY
    period(known_at, began_at=AT, relevant_on=date(2026, 3, 2))
    row = Duty.objects.get(order__isnull=False)
    assert list(
        DutyEvent.objects.filter(duty=row).order_by("id").values_list("kind", flat=True)
    ) == ["started", "withdrawn"]
    assert not row.is_open
    assert sweep(at=known_at) == {}
    with look(viewer=officer(), references=[HIS], at=known_at) as sight:
        found = {d.reference: d.status for d in queries.duties_of(sight, HIS, at=known_at)}
    assert found[row.reference] is DutyStatus.NOT_BEGUN
    assert row.reference not in {c.duty for c in queries.caseload(officer(), at=known_at).cases}


# -- clocks and workers -----------------------------------------------------------------------


def test_a_clock_set_back_by_an_hour_loses_nothing_and_takes_nothing_back() -> None:
    order = made(AT, made_at=AT)
    served(order, AT)
    bring_up_to_date(HIS, at=AT)
    back = AT - timedelta(hours=1)
    assert bring_up_to_date(HIS, at=back) == {}
    discharge(
        by=officer(),
        at=AT + MINUTE,
        order=order,
        discharged_at=AT + MINUTE,
        consents=frozenset({"police", "respondent"}),
    )
    assert sweep(at=back) == {}
    assert sweep(at=AT + MINUTE) == {"ended": 1}
    assert kinds("initial") == ["started", "ended"]


def test_the_worker_finds_whom_nobody_brought_up_to_date() -> None:
    worker = worker_for("")
    assert watching.unlooked(worker, at=AT) == []
    period()
    assert watching.unlooked(worker, at=AT) == []
    take_in(by=BOSS, at=AT, person=HIS, held=Held.REMAND, taken_at=AT)
    key = Person.objects.get(reference=HIS).pk
    assert watching.unlooked(worker, at=AT) == [(key, "10")]
    assert sweep(at=AT, whole=False) == {}
    assert sweep(at=AT) == {"suspended": 1}
    assert watching.unlooked(worker, at=AT) == []


def test_nobody_of_whom_the_law_asks_anything_is_brought_up_to_date_to_nothing() -> None:
    assert bring_up_to_date(HIS, at=AT) == {}
    told("initial", AT)
    assert not Duty.objects.exists()
    assert sweep(at=AT) == {}


def test_when_two_turn_out_to_be_one_their_duties_are_reckoned_together() -> None:
    other = person("P-2026-0002")
    period(person=other)
    served(made(AT, made_at=AT), AT)
    bring_up_to_date(HIS, at=AT)
    assert Duty.objects.count() == 2
    Person.objects.filter(reference=HIS).update(points_to=Person.objects.get(reference=other))
    assert bring_up_to_date(HIS, at=AT + MINUTE) == {"withdrawn": 1}
    assert sweep(at=LATE) == {"lapsed": 1, "alerted": 1}
    assert Watch.objects.filter(next_change_at__isnull=False).count() <= 1


def test_what_happened_is_once_in_the_database() -> None:
    period()
    for row in (DutyEvent.objects.get(), Milestone.objects.get()):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

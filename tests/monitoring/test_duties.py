"""From a served order to a duty that was met, missed or ended: true instants, whoever is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.support.orders import HIS, agencies, london, made, officer, person, served
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer, worker_for
from vigil.identity.models import Person
from vigil.ledger.models import Entry, Target
from vigil.monitoring import permissions, queries
from vigil.monitoring import sweep as module
from vigil.monitoring.actions import duties as duty_actions
from vigil.monitoring.actions.alerts import alert, read_alert
from vigil.monitoring.actions.duties import begin_duty, end_duty, lapse, notify
from vigil.monitoring.errors import DoesNotCountError, NoDutyError, NotOpenError
from vigil.monitoring.models import Alert, Duty, DutyEvent
from vigil.monitoring.owed import Owed
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import DutyEventKind, DutyStatus, Told, Urgency
from vigil.monitoring.sweep import begin_now, sweep
from vigil.orders.actions import discharge
from vigil.orders.kinds import Ending
from vigil.register.queries import Owned

pytestmark = pytest.mark.django_db

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MADE = london(2026, 3, 2, 10, 0)  # a Monday
SERVED = london(2026, 3, 2, 16, 10)
LATE = london(2026, 3, 5)  # Thursday 00:00
WORKER = worker_for("10")
ITEMS = ("name", "home_address")


@pytest.fixture(autouse=True)
def world() -> None:
    agencies()
    person()


@pytest.fixture
def order() -> str:
    return served(made(MADE, made_at=MADE), SERVED)


@pytest.fixture
def duty(order: str) -> str:
    assert sweep(at=SERVED) == {"begun": 1}
    return f"{order}/initial/2026-03-02"


def tell(duty: str, told_at: datetime, **changed: Any) -> DutyStatus:
    said: dict[str, Any] = {
        "by": officer(Role.RESPONSE_OFFICER, username="bob"),
        "at": told_at,
        "items": ITEMS,
        "proof": "receipt 0101",
    }
    return notify(duty=duty, told_at=told_at, **(said | changed))


def seen(at: datetime, **changed: Any) -> DutyView:
    with look(viewer=officer(), references=[HIS], at=at) as sight:
        (found,) = queries.duties_of(sight, HIS, at=at, **changed)
    return found


def events() -> list[tuple[str, datetime, datetime]]:
    return list(DutyEvent.objects.order_by("id").values_list("kind", "at", "recorded_at"))


def refused(
    error: type[Exception], attempt: Callable[[], object], match: str | None = None
) -> None:
    before = (events(), Entry.objects.count(), Alert.objects.count())
    with pytest.raises(error, match=match):
        attempt()
    assert (events(), Entry.objects.count(), Alert.objects.count()) == before


# -- begun -------------------------------------------------------------------------------


def test_service_begins_the_duty_with_its_last_day_offence_and_provision(duty: str) -> None:
    found = seen(SERVED)
    assert (found.reference, found.kind, found.status) == (duty, "initial", DutyStatus.OPEN)
    assert (found.began_on, found.due_on) == (date(2026, 3, 2), date(2026, 3, 4))
    assert found.lapses_at == LATE
    assert (found.offence, set(found.items)) == ("ST19002", set(ITEMS))
    assert found.authority
    assert [e.kind for e in found.events] == ["started"]
    entry = Entry.objects.filter(did="monitoring.begin_duty").get()
    assert set(Target.objects.filter(entry=entry).values_list("reference", flat=True)) == {
        duty,
        duty.partition("/")[0],
        HIS,
    }


def test_a_duty_is_begun_once_however_often_the_worker_looks(duty: str, order: str) -> None:
    assert sweep(at=SERVED + MINUTE) == {}
    refused(IntegrityError, lambda: begin_duty(by=WORKER, at=SERVED, order=order))
    assert Duty.objects.count() == 1


def test_an_unserved_order_begins_nothing() -> None:
    order = made(MADE)
    assert sweep(at=MADE + 30 * DAY) == {}
    refused(NoDutyError, lambda: begin_duty(by=WORKER, at=MADE, order=order), "was served")


@pytest.mark.parametrize(("instrument", "last_day"), [("DVPO", date(2026, 3, 20)), ("DVPN", None)])
def test_an_order_without_a_duty_by_law_begins_none(instrument: str, last_day: date | None) -> None:
    order = served(made(MADE, instrument=instrument, last_day=last_day, made_at=MADE), SERVED)
    assert sweep(at=SERVED) == {}
    refused(NoDutyError, lambda: begin_duty(by=WORKER, at=SERVED, order=order))


def test_an_interim_order_begins_one_and_the_full_order_after_it_none() -> None:
    interim = made(MADE, instrument="STALK_PO_I", last_day=date(2026, 4, 30), made_at=MADE)
    served(interim, SERVED)
    assert sweep(at=SERVED) == {"begun": 1}
    tell(f"{interim}/initial/2026-03-02", SERVED + DAY)
    full = made(MADE + 9 * DAY, replaces=interim, made_at=MADE + 9 * DAY)
    served(full, SERVED + 9 * DAY)
    assert sweep(at=SERVED + 30 * DAY) == {}
    refused(NoDutyError, lambda: begin_duty(by=WORKER, at=SERVED + 9 * DAY, order=full), "interim")
    assert Duty.objects.count() == 1


def test_a_service_that_was_recorded_late_begins_and_lapses_at_its_true_instants() -> None:
    known_at = SERVED + 10 * DAY
    served(made(MADE, made_at=MADE), SERVED, at=known_at)
    assert sweep(at=known_at) == {"begun": 1, "lapsed": 1, "alerted": 1}
    assert events() == [("started", SERVED, known_at), ("lapsed", LATE, known_at)]


def test_the_edge_begins_a_duty_at_once_and_only_where_there_is_one(order: str) -> None:
    assert begin_now(order, at=SERVED) == f"{order}/initial/2026-03-02"
    assert begin_now(order, at=SERVED) is None
    assert begin_now("SPO-2026-0009", at=SERVED) is None
    notice = served(made(MADE, instrument="DVPN", made_at=MADE), SERVED)
    assert begin_now(notice, at=SERVED) is None


def test_the_edge_that_is_second_leaves_the_duty_to_the_first(
    order: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_now(order, at=SERVED)
    monkeypatch.setattr(queries, "orders_without_duty", lambda _, at, order: [(order, "10")])
    assert begin_now(order, at=SERVED) is None
    assert Duty.objects.count() == 1


# -- met, or late ------------------------------------------------------------------------


def test_told_in_the_last_minute_it_is_met(duty: str) -> None:
    assert tell(duty, LATE - MINUTE) is DutyStatus.MET
    assert sweep(at=LATE + DAY) == {}
    found = seen(LATE + DAY)
    assert (found.status, found.late_since) == (DutyStatus.MET, None)


def test_told_one_minute_late_it_lapsed_at_midnight(duty: str) -> None:
    assert sweep(at=LATE) == {"lapsed": 1, "alerted": 1}
    assert tell(duty, LATE + MINUTE) is DutyStatus.TOLD_LATE
    found = seen(LATE + MINUTE)
    assert (found.status, found.late_since) == (DutyStatus.TOLD_LATE, LATE)
    lapsed = DutyEvent.objects.get(kind=DutyEventKind.LAPSED)
    assert (lapsed.at, lapsed.recorded_at, lapsed.offence) == (LATE, LATE, "ST19002")


def test_told_late_before_the_worker_noticed_the_lapse_is_written_too(duty: str) -> None:
    assert tell(duty, LATE + MINUTE) is DutyStatus.TOLD_LATE
    assert [e[:2] for e in events()] == [
        ("started", SERVED),
        ("lapsed", LATE),
        ("told_late", LATE + MINUTE),
    ]
    assert sweep(at=LATE + DAY) == {"alerted": 1}


def test_a_minute_before_midnight_nothing_lapses(duty: str) -> None:
    assert sweep(at=LATE - MINUTE) == {}
    assert sweep(at=LATE) == {"lapsed": 1, "alerted": 1}
    assert sweep(at=LATE) == {}


def test_a_worker_that_was_down_writes_when_it_became_late_and_when_it_noticed(duty: str) -> None:
    back_at = LATE + 9 * DAY
    assert sweep(at=back_at) == {"lapsed": 1, "alerted": 1}
    lapsed = DutyEvent.objects.get(kind=DutyEventKind.LAPSED)
    assert (lapsed.at, lapsed.recorded_at) == (LATE, back_at)
    assert seen(back_at, as_known_at=back_at - MINUTE).status is DutyStatus.OPEN
    assert seen(back_at).status is DutyStatus.LAPSED
    assert [e.kind for e in seen(back_at, as_known_at=back_at - MINUTE).events] == ["started"]


def test_told_in_time_and_typed_in_after_the_lapse_it_is_met(duty: str) -> None:
    sweep(at=LATE)
    assert tell(duty, LATE - MINUTE, at=LATE + DAY) is DutyStatus.MET
    found = seen(LATE + DAY)
    assert (found.status, found.late_since) == (DutyStatus.MET, None)
    assert [e.kind for e in found.events] == ["started", "met", "lapsed", "lapse_withdrawn"]


def test_what_does_not_count_changes_nothing(duty: str) -> None:
    for changed in (
        {"told_by_subject": False},
        {"how": Told.PHONE},
        {"items": ("name",)},
        {"at": SERVED},
    ):
        refused(DoesNotCountError, lambda c=changed: tell(duty, SERVED + DAY, **c))  # type: ignore[misc]
    assert Duty.objects.get().is_open


def test_a_duty_that_is_met_is_not_met_again(duty: str) -> None:
    tell(duty, SERVED + DAY)
    refused(NotOpenError, lambda: tell(duty, SERVED + 2 * DAY), "found one that is met")


def test_a_duty_that_nobody_has_is_not_found() -> None:
    for attempt in (
        lambda: tell("SPO-1/initial/2026-03-02", SERVED),
        lambda: lapse(by=WORKER, at=LATE, duty="SPO-1/initial"),
        lambda: begin_duty(by=WORKER, at=LATE, order="SPO-1"),
        lambda: alert(by=WORKER, at=LATE, duty="SPO-1/initial"),
        lambda: read_alert(by=officer(), at=LATE, alert=1),
    ):
        refused(NotFoundError, attempt)


# -- the order ended first ---------------------------------------------------------------


def end(order: str, ended_at: datetime, *, at: datetime | None = None) -> None:
    discharge(
        by=officer(),
        at=at or ended_at,
        order=order,
        discharged_at=ended_at,
        consents=frozenset({"police", "respondent"}),
    )


def test_a_duty_whose_order_ended_first_neither_lapses_nor_is_met(order: str, duty: str) -> None:
    end(order, SERVED + DAY)
    assert sweep(at=SERVED + DAY) == {"ended": 1}
    assert seen(LATE).status is DutyStatus.ENDED
    assert sweep(at=LATE) == {}


def test_an_order_that_ended_at_the_same_midnight_did_not_end_first(order: str, duty: str) -> None:
    end(order, LATE)
    assert sweep(at=LATE) == {"lapsed": 1, "alerted": 1}


def test_an_end_that_was_learnt_after_the_lapse_takes_it_back(order: str, duty: str) -> None:
    sweep(at=LATE)
    end(order, SERVED + DAY, at=LATE + DAY)
    assert sweep(at=LATE + DAY) == {"ended": 1}
    found = seen(LATE + DAY)
    assert found.status is DutyStatus.ENDED
    assert [e.kind for e in found.events] == ["started", "ended", "lapsed", "lapse_withdrawn"]


# An interim order made on Monday for one day more: over at 00:00 on Wednesday, before Thursday.
def test_an_interim_order_that_expires_first_takes_its_duty_with_it() -> None:
    order = made(MADE, instrument="STALK_PO_I", last_day=date(2026, 3, 3), made_at=MADE)
    served(order, SERVED)
    assert sweep(at=LATE) == {"begun": 1, "ended": 1}
    assert events()[-1] == ("ended", london(2026, 3, 4), LATE)


def test_an_interim_order_whose_last_day_is_the_last_day_of_the_duty_lets_it_lapse() -> None:
    order = made(MADE, instrument="STALK_PO_I", last_day=date(2026, 3, 4), made_at=MADE)
    served(order, SERVED)
    assert sweep(at=LATE) == {"begun": 1, "lapsed": 1, "alerted": 1}


def test_a_withdrawn_interim_application_ends_the_duty() -> None:
    order = made(MADE, instrument="STALK_PO_I", last_day=date(2026, 4, 3), made_at=MADE)
    served(order, SERVED)
    discharge(
        by=officer(),
        at=SERVED + MINUTE,
        order=order,
        discharged_at=SERVED + MINUTE,
        how=Ending.APPLICATION_WITHDRAWN,
    )
    assert sweep(at=SERVED + MINUTE) == {"begun": 1, "ended": 1}


def test_a_duty_that_still_runs_cannot_be_ended(duty: str) -> None:
    refused(NotOpenError, lambda: end_duty(by=WORKER, at=SERVED, duty=duty))


# -- recomputed before it is written -----------------------------------------------------


def test_the_law_is_asked_again_before_a_lapse_is_written(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def corrected(instrument: str, served_on: date) -> Owed:
        return Owed(served_on + 6 * DAY, ITEMS, "ST19002", (), "verified")

    monkeypatch.setattr(duty_actions, "owed_at_service", corrected)
    assert sweep(at=LATE) == {"put_right": 1}
    row = Duty.objects.get()
    assert (row.due_on, row.lapses_at, row.is_open) == (date(2026, 3, 8), london(2026, 3, 9), True)
    assert sweep(at=london(2026, 3, 9)) == {"lapsed": 1, "alerted": 1}


def test_only_the_worker_that_finds_it_open_closes_it(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lapse(by=WORKER, at=LATE, duty=duty)
    refused(NotOpenError, lambda: lapse(by=WORKER, at=LATE, duty=duty))
    stale = Duty.objects.select_related("person", "order").get()
    stale.is_open = True  # as another worker read it before the first one wrote
    monkeypatch.setattr(duty_actions, "_locked", lambda _: stale)
    refused(NotOpenError, lambda: lapse(by=WORKER, at=LATE, duty=duty))


def test_the_database_itself_holds_one_lapse(duty: str) -> None:
    sweep(at=LATE)
    first = DutyEvent.objects.get(kind=DutyEventKind.LAPSED)
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyEvent.objects.create(
            duty=first.duty, kind=first.kind, at=LATE, recorded_at=LATE, by="x"
        )


def test_one_bad_row_does_not_stop_the_rest(
    duty: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other = served(made(MADE, respondent=person("P-2026-0002"), made_at=MADE), SERVED)
    sweep(at=SERVED)

    def fail_at_the_first(*, by: Viewer, at: datetime, duty: str) -> str:
        if duty.startswith("SPO-2026-0001"):
            raise OSError("Wenna Quillbrook, 4 Canary Steps")
        return lapse(by=by, at=at, duty=duty)

    monkeypatch.setattr(module, "lapse", fail_at_the_first)
    assert sweep(at=LATE) == {"failed": 1, "lapsed": 1, "alerted": 1}
    assert Duty.objects.get(is_open=False).reference == f"{other}/initial/2026-03-02"
    assert "OSError" in caplog.text
    assert "Canary" not in caplog.text


def test_two_workers_in_the_same_moment_are_seen_and_change_nothing(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "orders_without_duty", lambda _, at, order="": [(duty[:13], "10")])
    assert sweep(at=SERVED) == {"raced": 1}
    assert Duty.objects.count() == 1


# -- told --------------------------------------------------------------------------------


def test_the_officer_who_recorded_the_order_is_told_once_with_a_time_to_act(duty: str) -> None:
    sweep(at=LATE)
    sweep(at=LATE + DAY)
    (found,) = queries.alerts_for(officer())
    assert (found.cause, found.duty, found.person) == ("duty_lapsed", duty, HIS)
    assert (found.sent_at, found.act_by, found.read_at) == (LATE, LATE + DAY, None)
    assert queries.alerts_for(officer(username="charlie")) == []
    assert queries.alerts_for(officer(agency="11")) == []


def test_the_owner_on_the_register_is_told_before_anybody_else(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigil.monitoring.actions.alerts.owner_of", lambda _: "beth")
    sweep(at=LATE)
    assert [a.duty for a in queries.alerts_for(officer(username="beth"))] == [duty]
    assert queries.alerts_for(officer()) == []


def test_an_alert_is_read_by_whom_it_is_for_and_the_first_reading_stays(duty: str) -> None:
    sweep(at=LATE)
    number = Alert.objects.get().pk
    for stranger in (officer(username="charlie"), officer(agency="11")):
        refused(NotFoundError, lambda s=stranger: read_alert(by=s, at=LATE, alert=number))  # type: ignore[misc]
    assert read_alert(by=officer(), at=LATE + MINUTE, alert=number) == LATE + MINUTE
    assert read_alert(by=officer(), at=LATE + DAY, alert=number) == LATE + MINUTE
    assert queries.alerts_for(officer())[0].read_at == LATE + MINUTE


def test_an_alert_to_the_desk_is_for_those_who_manage(duty: str) -> None:
    sweep(at=LATE)
    Alert.objects.update(to=permissions.DESK)
    number = Alert.objects.get().pk
    assert queries.alerts_for(officer(username="charlie"))
    assert not queries.alerts_for(officer(Role.RESPONSE_OFFICER, username="charlie"))
    beth = officer(Role.COORDINATOR, username="beth")
    assert read_alert(by=beth, at=LATE, alert=number) == LATE


def test_no_alert_is_sent_about_a_duty_that_runs_or_was_taken_back(order: str, duty: str) -> None:
    refused(NotOpenError, lambda: alert(by=WORKER, at=SERVED, duty=duty))
    lapse(by=WORKER, at=LATE, duty=duty)
    tell(duty, LATE - MINUTE, at=LATE + MINUTE)
    assert sweep(at=LATE + DAY) == {}


# -- work lists --------------------------------------------------------------------------


def test_a_caseload_puts_late_before_due_today_before_later() -> None:
    at = london(2026, 3, 5, 9)  # a Thursday
    expected = []
    for number, (day, urgency) in enumerate(
        [(5, Urgency.LATER), (2, Urgency.LATE), (3, Urgency.DUE_TODAY), (1, Urgency.LATE)], start=1
    ):
        him = person(f"P-2026-000{number}")
        served_at = london(2026, 3, day, 8)
        made_at = served_at - MINUTE
        served(made(made_at, respondent=him, made_at=made_at), served_at)
        expected.append((urgency, date(2026, 3, day + 2), him))
    sweep(at=at)
    found = queries.caseload(officer(), at=at)
    assert [(c.urgency, c.due_on, c.person) for c in found.cases] == [
        expected[3],
        expected[1],
        expected[2],
        expected[0],
    ]
    assert found.counts == {Urgency.LATE: 2, Urgency.DUE_TODAY: 1, Urgency.LATER: 1}
    late = found.cases[0]
    assert (late.late_since, late.offence) == (london(2026, 3, 4), "ST19002")
    assert queries.caseload(officer(username="charlie"), at=at).cases == ()


def test_what_is_settled_leaves_the_caseload(duty: str) -> None:
    assert len(queries.caseload(officer(), at=SERVED).cases) == 1
    tell(duty, SERVED + MINUTE)
    assert queries.caseload(officer(), at=LATE).cases == ()


def test_the_owner_on_the_register_has_the_case_and_the_recorder_has_it_no_more(
    duty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def owned_by_beth(viewer: Viewer, at: datetime) -> list[Owned]:
        review_on = date(2027, 3, 1)
        return [Owned(HIS, at, at, review_on, False)] if viewer.username == "beth" else []

    monkeypatch.setattr("vigil.register.queries.owner_of", {HIS: "beth"}.get)
    monkeypatch.setattr("vigil.register.queries.caseload", owned_by_beth)
    assert [c.duty for c in queries.caseload(officer(username="beth"), at=SERVED).cases] == [duty]
    assert queries.caseload(officer(), at=SERVED).cases == ()


def test_when_two_people_turn_out_to_be_one_his_duties_are_found_under_both(duty: str) -> None:
    person("P-2026-0002")
    Person.objects.filter(reference=HIS).update(
        points_to=Person.objects.get(reference="P-2026-0002")
    )
    with look(viewer=officer(), references=["P-2026-0002"], at=SERVED) as sight:
        found = queries.duties_of(sight, "P-2026-0002", at=SERVED)
    assert [d.reference for d in found] == [duty]


# -- who may -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_who_accepts_a_notification(role: Role, duty: str) -> None:
    viewer = officer(role)
    told_at = SERVED + DAY
    if role in permissions.VERBS[permissions.ACCEPT]:
        assert permissions.can_accept(viewer, agency="10")
        assert tell(duty, told_at, by=viewer) is DutyStatus.MET
        return
    assert not permissions.can_accept(viewer, agency="10")
    with pytest.raises((NotAllowedError, NotFoundError)):
        tell(duty, told_at, by=viewer)
    assert Duty.objects.get().is_open


def test_another_agency_reads_a_duty_and_accepts_nothing_for_it(duty: str) -> None:
    charlie = officer(Role.RESPONSE_OFFICER, username="charlie", agency="11")
    with look(viewer=charlie, references=[HIS], at=SERVED) as sight:
        assert queries.duties_of(sight, HIS, at=SERVED)[0].reference == duty
    refused(NotAllowedError, lambda: tell(duty, SERVED + DAY, by=charlie), "of agency 10")


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_not_read_duties_is_told_that_there_is_nothing(role: Role, duty: str) -> None:
    viewer = officer(role)
    with (
        pytest.raises(NotFoundError),
        look(viewer=viewer, references=[HIS], at=SERVED) as sight,
    ):
        queries.duties_of(sight, HIS, at=SERVED)
    with pytest.raises(NotFoundError):
        queries.caseload(viewer, at=SERVED)


def test_duties_are_read_only_within_a_look_at_the_person(duty: str) -> None:
    with (
        look(viewer=officer(), references=["P-2026-0002"], at=SERVED) as sight,
        pytest.raises(NotInSightError),
    ):
        queries.duties_of(sight, HIS, at=SERVED)


@pytest.mark.parametrize("role", list(Role))
def test_no_officer_of_any_role_writes_what_falls_due(role: Role, duty: str) -> None:
    viewer = officer(role)
    order = duty.partition("/")[0]
    for attempt in (
        lambda: begin_duty(by=viewer, at=SERVED, order=order),
        lambda: lapse(by=viewer, at=LATE, duty=duty),
        lambda: end_duty(by=viewer, at=LATE, duty=duty),
        lambda: alert(by=viewer, at=LATE, duty=duty),
        lambda: queries.orders_without_duty(viewer, at=SERVED),
        lambda: queries.duties_due(viewer, at=SERVED),
        lambda: queries.duties_of_ended_orders(viewer, at=SERVED),
        lambda: queries.lapses_without_alert(viewer),
        lambda: queries.agencies_with_jobs(viewer, at=SERVED),
    ):
        refused(NotAllowedError, attempt, "worker only")

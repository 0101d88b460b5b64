"""Taken in, moved, let out: what can be, who may say so, and who may read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.support.orders import HIS, agencies, london, officer, person
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.viewer import Role
from vigil.custody import permissions, queries
from vigil.custody.actions import let_out, take_in
from vigil.custody.errors import BadStayError
from vigil.custody.models import CustodyEvent
from vigil.custody.rules import CustodyEvent as Event
from vigil.custody.rules import CustodyEventKind, Held, Stay, stay_at, stays
from vigil.identity.models import Person
from vigil.ledger.models import Entry

AT = london(2026, 3, 2, 10)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN, OUT = CustodyEventKind.TAKEN_IN, CustodyEventKind.LET_OUT


# -- rules ------------------------------------------------------------------------------------


def test_events_make_times_in_custody_whatever_their_order() -> None:
    events = [Event(OUT, AT + DAY), Event(IN, AT, Held.POLICE), Event(IN, AT + HOUR, Held.REMAND)]
    expected = (Stay(Held.POLICE, AT, AT + HOUR), Stay(Held.REMAND, AT + HOUR, AT + DAY))
    assert stays(events) == stays(events[::-1]) == expected


def test_let_out_and_taken_in_at_one_instant_he_is_in() -> None:
    events = [Event(IN, AT, Held.REMAND), Event(IN, AT + DAY, Held.POLICE), Event(OUT, AT + DAY)]
    assert stays(events)[-1] == Stay(Held.POLICE, AT + DAY, None)


def test_in_at_the_instant_of_taking_in_and_free_at_the_instant_of_release() -> None:
    events = [Event(IN, AT, Held.SENTENCE), Event(OUT, AT + DAY)]
    minute = timedelta(minutes=1)
    assert stay_at(events, AT - minute) is None
    assert stay_at(events, AT) is not None
    assert stay_at(events, AT + DAY - minute) is not None
    assert stay_at(events, AT + DAY) is None
    assert stay_at(events[:1], AT + 99 * DAY) == Stay(Held.SENTENCE, AT, None)
    assert stays([]) == ()


# -- the record -------------------------------------------------------------------------------


@pytest.fixture
def world(db: None) -> None:
    agencies()
    person()


def taken(
    held: Held = Held.POLICE, taken_at: datetime = AT, at: datetime | None = None, **changed: object
) -> None:
    by = officer(Role.CUSTODY_SERGEANT, username="cass")
    given: dict[str, object] = {"by": by, "person": HIS, "held": held, "taken_at": taken_at}
    take_in(at=at or taken_at, **(given | changed))  # type: ignore[arg-type]


def freed(let_out_at: datetime, at: datetime | None = None, **changed: object) -> None:
    by = officer(Role.CUSTODY_SERGEANT, username="cass")
    given: dict[str, object] = {"by": by, "person": HIS, "let_out_at": let_out_at}
    let_out(at=at or let_out_at, **(given | changed))  # type: ignore[arg-type]


def seen(at: datetime, role: Role = Role.OFFENDER_MANAGER, **changed: datetime) -> tuple[Stay, ...]:
    with look(viewer=officer(role), references=[HIS], at=at) as sight:
        return queries.stays_of(sight, HIS, at=at, **changed)


def refused(
    error: type[Exception], attempt: Callable[[], object], match: str | None = None
) -> None:
    before = (CustodyEvent.objects.count(), Entry.objects.count())
    with pytest.raises(error, match=match):
        attempt()
    assert (CustodyEvent.objects.count(), Entry.objects.count()) == before


def test_taken_in_moved_and_let_out_each_with_one_entry(world: None) -> None:
    taken()
    taken(Held.REMAND, AT + HOUR)
    freed(AT + DAY)
    assert seen(AT + DAY) == (
        Stay(Held.POLICE, AT, AT + HOUR),
        Stay(Held.REMAND, AT + HOUR, AT + DAY),
    )
    did = list(Entry.objects.filter(did__startswith="custody.").values_list("did", flat=True))
    assert did == ["custody.take_in", "custody.take_in", "custody.let_out"]


def test_learnt_late_it_stands_at_its_own_instant_and_as_known_it_was_not_known(
    world: None,
) -> None:
    taken(Held.SENTENCE, AT, AT + 9 * DAY)
    assert seen(AT + 9 * DAY) == (Stay(Held.SENTENCE, AT, None),)
    assert seen(AT + 9 * DAY, as_known_at=AT + 8 * DAY) == ()


def test_what_cannot_be_is_refused(world: None) -> None:
    refused(BadStayError, lambda: taken(Held.POLICE, AT + HOUR, AT), "in the future")
    refused(BadStayError, lambda: freed(AT), "was free")
    taken()
    refused(BadStayError, lambda: taken(Held.POLICE, AT + HOUR), "is not in police")
    refused(BadStayError, lambda: freed(AT + HOUR, AT), "in the future")
    refused(BadStayError, lambda: freed(AT), "was free")
    freed(AT + DAY)
    refused(BadStayError, lambda: freed(AT + 2 * DAY), "was free")
    refused(NotFoundError, lambda: taken(person="P-2026-0009"))


def test_the_same_thing_twice_is_said_and_is_once_in_the_database(world: None) -> None:
    taken(Held.POLICE)
    freed(AT + DAY)
    refused(BadStayError, lambda: freed(AT + DAY))
    row = CustodyEvent.objects.first()
    assert row is not None
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_of_two_people_who_are_one_both_stays_are_his(world: None) -> None:
    other = person("P-2026-0002")
    taken(Held.REMAND, person=other)
    Person.objects.filter(reference=other).update(points_to=Person.objects.get(reference=HIS))
    assert seen(AT) == (Stay(Held.REMAND, AT, None),)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_record_custody_and_who_may_read_it(role: Role, world: None) -> None:
    viewer = officer(role)
    if role in permissions.VERBS[permissions.HOLD]:
        assert permissions.can_hold(viewer)
        taken(by=viewer)
    else:
        assert not permissions.can_hold(viewer)
        refused((NotAllowedError, NotFoundError), lambda: taken(by=viewer))  # type: ignore[arg-type]
        refused((NotAllowedError, NotFoundError), lambda: freed(AT, by=viewer))  # type: ignore[arg-type]
    if role in permissions.VERBS[permissions.READ]:
        seen(AT, role)
    else:
        with pytest.raises(NotFoundError):
            seen(AT, role)


def test_times_in_custody_are_read_only_within_a_look_at_the_person(world: None) -> None:
    person("P-2026-0002")
    with (
        look(viewer=officer(), references=["P-2026-0002"], at=AT) as sight,
        pytest.raises(NotInSightError),
    ):
        queries.stays_of(sight, HIS, at=AT)

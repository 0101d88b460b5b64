"""How and when she is reached, who speaks for her, whose child she is: versions, not rewrites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import PASSWORD
from vigil.access import actions as access
from vigil.access.errors import NotFoundError
from vigil.access.look import look
from vigil.access.models import Agency, SealedRecord
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry
from vigil.victims import queries
from vigil.victims.actions import (
    hand_to_advocate,
    mark_child_of,
    protect,
    set_safe_contact,
    set_safe_times,
)
from vigil.victims.errors import (
    BadBirthdayError,
    BadTimesError,
    EmptyContactError,
    NotAnAdvocateError,
    SamePersonError,
)
from vigil.victims.models import Advocacy, ChildOf, ProtectedPerson, SafeContact, SafeTimes

pytestmark = pytest.mark.django_db

Viewers = Callable[..., Viewer]
MONDAYS = [{"days": ["mon"], "from_time": "11:00", "to_time": "13:00"}]


@pytest.fixture(autouse=True)
def agencies(administrator: Viewer, at: datetime) -> None:
    Agency.objects.create(code="11", name="Invented")
    for username, role in (("beth", Role.ADVOCATE), ("carl", Role.ANALYST)):
        access.open_account(
            by=administrator, at=at, agency="10", username=username, password=PASSWORD, role=role
        )


@pytest.fixture
def her(viewer_factory: Viewers, at: datetime) -> str:
    return protect(by=viewer_factory(), at=at, name="Wenna Quillbrook", advocate="adah")


def safe_now(viewer: Viewer, at: datetime, her: str) -> queries.SafeNow:
    with look(viewer=viewer, references=[her], at=at) as sight:
        return queries.safe_now(sight, her)


def person(viewer: Viewer, at: datetime, her: str) -> queries.Protected:
    with look(viewer=viewer, references=[her], at=at) as sight:
        return queries.protected_person(sight, her)


def test_where_nobody_recorded_when_the_answer_is_no(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    assert safe_now(viewer_factory(), at, her) == queries.SafeNow(False, False, (), None)


def test_her_safe_times_decide_at_the_instant_of_the_look(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    assert set_safe_times(by=by, at=at, person=her, times=MONDAYS) == 1
    now, later = safe_now(by, at, her), safe_now(by, at + timedelta(hours=1), her)
    assert (now.may_contact, now.is_known) == (True, True)
    assert (later.may_contact, later.is_known) == (False, True)
    assert set_safe_times(by=by, at=at, person=her, times=[]) == 2
    never = safe_now(by, at, her)
    assert (never.may_contact, never.is_known, never.times) == (False, True, ())
    assert SafeTimes.objects.count() == 2


def test_the_last_safe_contact_counts_and_the_one_before_stays(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    set_safe_contact(by=by, at=at, person=her, who="her sister", what="01632 960001")
    before = bytes(SafeContact.objects.get().contact_sealed)
    later = at + timedelta(days=1)
    set_safe_contact(by=by, at=later, person=her, how=" by text ", never="Do not leave a message")
    reach = safe_now(by, later, her).reach
    assert reach == queries.Reach(2, "", "by text", "", "Do not leave a message", later, "alice")
    assert bytes(SafeContact.objects.get(number=1).contact_sealed) == before
    assert person(by, later, her).safe_contact == "by text"


@pytest.mark.parametrize(
    ("change", "given", "error"),
    [
        pytest.param(set_safe_contact, {"who": " ", "never": ""}, EmptyContactError, id="nothing"),
        pytest.param(set_safe_times, {"times": [{"days": ["mon"]}]}, BadTimesError, id="no hours"),
    ],
)
def test_what_says_nothing_is_refused_and_writes_nothing(
    viewer_factory: Viewers,
    at: datetime,
    her: str,
    change: Callable[..., int],
    given: dict[str, Any],
    error: type[Exception],
) -> None:
    entries = Entry.objects.count()
    with pytest.raises(error):
        change(by=viewer_factory(), at=at, person=her, **given)
    assert Entry.objects.count() == entries
    assert not SafeContact.objects.exists()
    assert not SafeTimes.objects.exists()


STRANGERS = [
    pytest.param(Role.OFFENDER_MANAGER, "charlie", "11", id="another agency"),
    pytest.param(Role.ADVOCATE, "charlie", "10", id="another woman's advocate"),
    pytest.param(Role.RESPONSE_OFFICER, "charlie", "10", id="a response officer"),
    pytest.param(Role.ADMINISTRATOR, "ada", "10", id="an administrator"),
    pytest.param(Role.AUDITOR, "charlie", "10", id="an auditor"),
]


@pytest.mark.parametrize(("role", "username", "agency"), STRANGERS)
def test_a_stranger_changes_and_reads_nothing_of_her(
    viewer_factory: Viewers, at: datetime, her: str, role: Role, username: str, agency: str
) -> None:
    stranger = viewer_factory(role, username=username, agency=agency)
    entries = Entry.objects.exclude(did="access.look").count()
    said = set()
    tries: list[Callable[[str], Any]] = [
        lambda one: set_safe_contact(by=stranger, at=at, person=one, who="x"),
        lambda one: set_safe_times(by=stranger, at=at, person=one, times=MONDAYS),
        lambda one: hand_to_advocate(by=stranger, at=at, person=one, advocate="beth"),
        lambda one: mark_child_of(by=stranger, at=at, child=one, parent="V-OTHER"),
        lambda one: safe_now(stranger, at, one),
    ]
    for one in (her, "V-NOBODY"):
        for attempt in tries:
            with pytest.raises(NotFoundError) as refused:
                attempt(one)
            said.add(str(refused.value))
    assert len(said) == 1
    assert Entry.objects.exclude(did="access.look").count() == entries


def test_an_advocate_who_handed_her_on_reads_nothing_from_that_instant(
    viewer_factory: Viewers, at: datetime
) -> None:
    beth = viewer_factory(Role.ADVOCATE, username="beth")
    carla = viewer_factory(Role.ADVOCATE, username="carla")
    her = protect(by=carla, at=at, name="Wenna Quillbrook")
    assert person(carla, at, her).name
    hand_to_advocate(by=carla, at=at, person=her, advocate="beth")
    with pytest.raises(NotFoundError):
        person(carla, at, her)
    with pytest.raises(NotFoundError):
        hand_to_advocate(by=carla, at=at, person=her, advocate="carla")
    assert (queries.mine(carla), queries.mine(beth)) == ([], [her])
    with look(viewer=beth, references=[her], at=at) as sight:
        handed = queries.advocates_of(sight, her)
    assert [one.advocate for one in handed] == ["beth", "carla"]


@pytest.mark.parametrize("advocate", ["nobody-here", "carl", "ada"])
def test_she_is_handed_to_an_advocate_of_the_agency_or_to_none(
    viewer_factory: Viewers, at: datetime, her: str, advocate: str
) -> None:
    by = viewer_factory()
    with pytest.raises(NotAnAdvocateError):
        hand_to_advocate(by=by, at=at, person=her, advocate=advocate)
    hand_to_advocate(by=by, at=at, person=her, advocate="")
    assert person(by, at, her).advocate == ""
    # Nobody's client is not the client of an advocate without a name.
    nameless = viewer_factory(Role.ADVOCATE, username="")
    assert queries.mine(nameless) == []
    with pytest.raises(NotFoundError):
        person(nameless, at, her)


def test_an_advocate_of_another_agency_is_not_told_apart_from_nobody(
    viewer_factory: Viewers, administrator: Viewer, at: datetime, her: str
) -> None:
    from vigil.access.models import User

    User.objects.filter(username="beth").update(agency_id="11")
    with pytest.raises(NotAnAdvocateError) as elsewhere:
        hand_to_advocate(by=viewer_factory(), at=at, person=her, advocate="beth")
    with pytest.raises(NotAnAdvocateError) as nobody:
        hand_to_advocate(by=viewer_factory(), at=at, person=her, advocate="nobody-here")
    assert str(elsewhere.value) == str(nobody.value)
    assert Advocacy.objects.count() == 1


def test_a_child_is_named_by_reference_on_both_sides(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    child = protect(by=by, at=at, name="Merrin Quillbrook", born_on=date(2015, 2, 1))
    mark_child_of(by=by, at=at, child=child, parent=her)
    assert (person(by, at, child).child_of, person(by, at, child).is_child) == ((her,), True)
    assert person(by, at, her).children == (child,)


@pytest.mark.parametrize("case", ["herself", "twice", "the other way round"])
def test_nobody_is_her_own_child_nor_her_childs(
    viewer_factory: Viewers, at: datetime, her: str, case: str
) -> None:
    by = viewer_factory()
    child = protect(by=by, at=at, name="Merrin Quillbrook")
    mark_child_of(by=by, at=at, child=child, parent=her)
    pair = {
        "herself": (her, her),
        "twice": (child, her),
        "the other way round": (her, child),
    }[case]
    with pytest.raises(SamePersonError):
        mark_child_of(by=by, at=at, child=pair[0], parent=pair[1])
    assert ChildOf.objects.count() == 1


def test_the_database_itself_refuses_her_own_child(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    row = ProtectedPerson.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildOf.objects.create(child=row, parent=row, marked_at=at, marked_by="alice")


def test_a_sealed_relative_is_not_named_to_who_is_not_named(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    by = viewer_factory()
    child = protect(by=by, at=at, name="Merrin Quillbrook")
    mark_child_of(by=by, at=at, child=child, parent=her)
    SealedRecord.objects.create(
        reference=child, agency_id="10", named=["alice"], sealed_at=at, sealed_by="alice"
    )
    bob = viewer_factory(username="bob")
    assert person(by, at, her).children == (child,)
    assert person(bob, at, her).children == ()
    assert child not in queries.mine(bob)
    assert queries.known(bob, [child, her]).keys() == {her}
    with pytest.raises(NotFoundError):
        person(bob, at, child)
    with pytest.raises(NotFoundError):
        set_safe_contact(by=bob, at=at, person=child, who="x")


def test_the_names_she_goes_by_and_what_is_not_known(viewer_factory: Viewers, at: datetime) -> None:
    by = viewer_factory()
    her = protect(by=by, at=at, name="A", known_as=[" Wen  Q ", ""], is_child=True)
    found = person(by, at, her)
    assert (found.known_as, found.is_child) == (("Wen Q",), True)
    assert (found.protected_at, found.protected_by) == (at, "alice")
    with pytest.raises(BadBirthdayError):
        protect(by=by, at=at, name="A", born_on=at.date() + timedelta(days=1))

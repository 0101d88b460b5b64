"""A protected person: sealed, named by a random reference, read by her own side only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from vigil.access.errors import (
    NotAllowedError,
    NotFoundError,
    NotInSightError,
    SealBrokenError,
)
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry, Target
from vigil.victims import permissions, queries
from vigil.victims.actions import protect
from vigil.victims.errors import NoNameError
from vigil.victims.models import ProtectedPerson

pytestmark = pytest.mark.django_db

Viewers = Callable[..., Viewer]
NAME, ADDRESS, CONTACT = "Wenna Quillbrook", "4 Canary Steps, Exmere", "her sister, after 6pm"


@pytest.fixture(autouse=True)
def agencies() -> None:
    Agency.objects.bulk_create([Agency(code=code, name="Invented") for code in ("10", "11")])


@pytest.fixture
def her(viewer_factory: Viewers, at: datetime) -> str:
    return protect(
        by=viewer_factory(),
        at=at,
        name=f"  {NAME} ",
        born_on=date(1990, 2, 28),
        address=ADDRESS,
        safe_contact=CONTACT,
        advocate="adah",
    )


def test_her_own_side_reads_who_she_is_within_a_look(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    with look(viewer=viewer_factory(), references=[her], at=at) as sight:
        found = queries.protected_person(sight, her)
    assert (found.name, found.address, found.safe_contact) == (NAME, ADDRESS, CONTACT)
    assert (found.born_on, found.advocate) == (date(1990, 2, 28), "adah")


def test_nothing_of_her_is_in_clear_in_any_row_or_entry(her: str) -> None:
    text = ""
    with connection.cursor() as cursor:
        for table in ("victims_protectedperson", "ledger_entry", "ledger_target"):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                text += "".join(
                    bytes(v).decode("latin-1") if isinstance(v, (bytes, memoryview)) else str(v)
                    for v in row
                )
    assert her in text
    for secret in ("Quillbrook", "Canary", "sister", "1990"):
        assert secret not in text
    assert Target.objects.get(entry=Entry.objects.get()).reference == her


def test_a_reference_tells_nothing_and_is_never_given_twice(
    viewer_factory: Viewers, at: datetime
) -> None:
    given = [protect(by=viewer_factory(), at=at, name="A") for _ in range(30)]
    assert len(set(given)) == 30
    assert all(re.fullmatch(r"V-[0-9A-HJKMNP-TV-Z]{10}", reference) for reference in given)


def test_without_a_name_nothing_is_recorded(viewer_factory: Viewers, at: datetime) -> None:
    with pytest.raises(NoNameError):
        protect(by=viewer_factory(), at=at, name=" ")
    assert not ProtectedPerson.objects.exists()
    assert not Entry.objects.exists()


def test_what_is_unknown_about_her_stays_unknown(viewer_factory: Viewers, at: datetime) -> None:
    reference = protect(by=viewer_factory(), at=at, name="A")
    with look(viewer=viewer_factory(), references=[reference], at=at) as sight:
        found = queries.protected_person(sight, reference)
    assert (found.born_on, found.address, found.safe_contact) == (None, "", "")


@pytest.mark.parametrize("role", list(Role))
def test_who_may_record_a_protected_person(
    viewer_factory: Viewers, at: datetime, role: Role
) -> None:
    viewer = viewer_factory(role)
    assert permissions.can_protect(viewer) is (role in permissions.MAY_PROTECT)
    if permissions.can_protect(viewer):
        assert protect(by=viewer, at=at, name="A")
        return
    with pytest.raises(NotAllowedError):
        protect(by=viewer, at=at, name="A")
    assert not ProtectedPerson.objects.exists()


STRANGERS = [
    pytest.param(Role.OFFENDER_MANAGER, "charlie", "11", id="another agency"),
    pytest.param(Role.ADVOCATE, "charlie", "10", id="another woman's advocate"),
    pytest.param(Role.ADVOCATE, "adah", "11", id="an advocate of the same name elsewhere"),
    pytest.param(Role.RESPONSE_OFFICER, "charlie", "10", id="a response officer"),
    pytest.param(Role.CONTROL_ROOM, "charlie", "10", id="the control room"),
    pytest.param(Role.ANALYST, "charlie", "10", id="an analyst"),
    pytest.param(Role.AUDITOR, "charlie", "10", id="an auditor"),
    pytest.param(Role.ADMINISTRATOR, "charlie", "10", id="an administrator"),
]


@pytest.mark.parametrize(("role", "username", "agency"), STRANGERS)
def test_a_stranger_is_told_what_anyone_is_told_about_nobody(
    viewer_factory: Viewers, at: datetime, her: str, role: Role, username: str, agency: str
) -> None:
    stranger = viewer_factory(role, username=username, agency=agency)
    said = []
    for reference in (her, "V-NOBODY"):
        with (
            pytest.raises(NotFoundError) as refused,
            look(viewer=stranger, references=[reference], at=at) as sight,
        ):
            queries.protected_person(sight, reference)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert her not in queries.mine(stranger)


def test_her_advocate_and_her_officers_find_her_in_their_list(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    other = protect(by=viewer_factory(Role.ADVOCATE, username="beth"), at=at, name="B")
    adah = viewer_factory(Role.ADVOCATE, username="adah")
    assert queries.mine(adah) == [her]
    assert queries.mine(viewer_factory(Role.ADVOCATE, username="beth")) == [other]
    assert queries.mine(viewer_factory(Role.COORDINATOR)) == [other, her]
    with look(viewer=adah, references=[her], at=at) as sight:
        assert queries.protected_person(sight, her).name == NAME


def test_without_a_look_at_her_she_is_not_read(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    with (
        look(viewer=viewer_factory(), references=["V-OTHER"], at=at) as sight,
        pytest.raises(NotInSightError),
    ):
        queries.protected_person(sight, her)


def test_a_sealed_value_that_was_moved_to_another_row_does_not_open(
    viewer_factory: Viewers, at: datetime, her: str
) -> None:
    other = protect(by=viewer_factory(), at=at, name="B")
    stolen = ProtectedPerson.objects.get(reference=her).identity_sealed
    ProtectedPerson.objects.filter(reference=other).update(identity_sealed=stolen)
    with (
        look(viewer=viewer_factory(), references=[other], at=at) as sight,
        pytest.raises(SealBrokenError),
    ):
        queries.protected_person(sight, other)


def test_only_references_of_the_own_agency_are_known(viewer_factory: Viewers, her: str) -> None:
    assert set(queries.known(viewer_factory(), [her, "V-OTHER"])) == {her}
    assert queries.known(viewer_factory(agency="11"), [her]) == {}


def test_a_row_with_nothing_sealed_is_refused(at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProtectedPerson.objects.create(
            reference="V-1",
            agency_id="10",
            identity_sealed=b"",
            safe_contact_sealed=b"x",
            protected_at=at,
            protected_by="alice",
        )

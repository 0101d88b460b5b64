"""A sealed record exists for the named and for nobody else, under every reference of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.entrypoints.web.people import record
from vigil.access import actions
from vigil.access.errors import AccountError, NotAllowedError, NotFoundError
from vigil.access.look import look
from vigil.access.queries import sealed_from
from vigil.access.viewer import Role, Viewer
from vigil.identity import queries as identity
from vigil.identity.models import Person
from vigil.ledger.models import Entry
from vigil.monitoring import queries as monitoring
from vigil.orders import queries as orders

pytestmark = pytest.mark.django_db
TERMS = identity.SearchTerms(surname="Quillfeather", forename="Tarn", born_on="1987-06-14")
SUPT, OM, PC = "test-authorising-officer", "test-offender-manager", "test-response-officer"


@pytest.fixture
def people(
    account: Callable[[Role], str],
    tmp_path: Path,
    settings: Settings,
    at: datetime,
) -> str:
    """Three accounts, a record of two men; the reference of the one with three reports."""
    settings.VIGIL_HOME = tmp_path
    for role in (Role.AUTHORISING_OFFICER, Role.OFFENDER_MANAGER, Role.RESPONSE_OFFICER):
        account(role)
    record.fill(tmp_path, at)
    return record.him(at)


def viewer(role: Role, username: str) -> Viewer:
    return Viewer(username, username, "10", role, "incident 0212")


def supt() -> Viewer:
    return viewer(Role.AUTHORISING_OFFICER, SUPT)


def seal(person: str, at: datetime) -> None:
    actions.seal_record(by=supt(), at=at, reference=person, named=[OM])


def found(by: Viewer, at: datetime) -> list[str]:
    return [hit.person for hit in identity.search(by, TERMS, on=at.date())]


def test_the_named_find_him_and_nobody_else_does(people: str, at: datetime) -> None:
    assert people in found(viewer(Role.RESPONSE_OFFICER, PC), at)
    seal(people, at)
    assert people not in found(viewer(Role.RESPONSE_OFFICER, PC), at)
    assert people in found(viewer(Role.OFFENDER_MANAGER, OM), at)
    assert people in found(supt(), at)


def test_his_reference_in_hand_shows_the_unnamed_nothing(people: str, at: datetime) -> None:
    seal(people, at)
    stranger = viewer(Role.RESPONSE_OFFICER, PC)
    with look(viewer=stranger, references=[people], at=at) as sight, pytest.raises(NotFoundError):
        identity.person(sight, people)
    with pytest.raises(NotFoundError):
        identity.reports_of(stranger, people)
    with look(viewer=stranger, references=[people], at=at) as sight, pytest.raises(NotFoundError):
        orders.orders_of(sight, people, at=at)
    with look(viewer=stranger, references=[people], at=at) as sight, pytest.raises(NotFoundError):
        monitoring.duties_of(sight, people, at=at)


def test_his_page_is_the_same_bytes_as_nobodys(
    people: str,
    at: datetime,
    browser: Callable[..., Client],
) -> None:
    client = browser(Role.CONTROL_ROOM)
    client.post("/reason/", {"kind": "incident", "reference": "0212"})
    assert client.get(f"/people/{people}/").status_code == 200
    seal(people, at)
    sealed, nobody = client.get(f"/people/{people}/"), client.get("/people/P-000000/")
    assert sealed.status_code == nobody.status_code == 404
    assert sealed.content == nobody.content


def test_the_seal_follows_him_when_he_becomes_another(people: str, at: datetime) -> None:
    seal(people, at)
    other = Person.objects.exclude(reference=people).get()
    Person.objects.filter(reference=people).update(points_to=other)
    assert other.reference in identity.hidden_from(viewer(Role.RESPONSE_OFFICER, PC))
    assert identity.hidden_from(supt()) == frozenset()


def test_a_lifted_seal_opens_him_again(people: str, at: datetime) -> None:
    seal(people, at)
    actions.lift_seal(by=supt(), at=at, reference=people)
    assert people in found(viewer(Role.RESPONSE_OFFICER, PC), at)
    seal(people, at)
    assert sealed_from(viewer(Role.RESPONSE_OFFICER, PC)) == {people}


def test_only_one_who_is_named_lifts_it(people: str, at: datetime) -> None:
    seal(people, at)
    with pytest.raises(NotFoundError):
        actions.lift_seal(by=viewer(Role.AUTHORISING_OFFICER, "another"), at=at, reference=people)
    with pytest.raises(NotFoundError):
        actions.lift_seal(by=supt(), at=at, reference="P-000000")


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_sealing_is_for_the_authorising_officer(people: str, at: datetime, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        actions.seal_record(by=viewer(role, OM), at=at, reference=people, named=[])
    assert not Entry.objects.filter(did="access.seal_record").exists()


def test_a_second_seal_and_an_unknown_name_are_refused(people: str, at: datetime) -> None:
    with pytest.raises(AccountError):
        actions.seal_record(by=supt(), at=at, reference=people, named=["nobody-here"])
    seal(people, at)
    with pytest.raises(AccountError, match="sealed already"):
        seal(people, at)

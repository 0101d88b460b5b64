"""One attack a row: somebody or something that goes for her secrets, and the one control that
stops it. Each is played twice: as it stands, and with that control taken away. An attack that
fails either way would show nothing about its control.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import LazySettings

from tests.security.sweep import canaries_in
from tests.security.world import HER_ADVOCATE, OFFICER, World, make, username
from vigil.access.actions import seal_record
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.law.errors import VigilError
from vigil.victims import permissions, queries
from vigil.victims.actions import add_place, hand_to_advocate, protect
from vigil.victims.models import Place, ProtectedPerson, SafeContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(
    administrator: Viewer, at: datetime, tmp_path: Path, settings: LazySettings
) -> Iterator[World]:
    settings.VIGIL_HOME = tmp_path
    with standing_at(at):
        yield make(administrator, at, tmp_path)


def viewer(role: Role, agency: str = "10", because: str = "curious") -> Viewer:
    name = username(role, agency)
    return Viewer(name, name, agency, role, because)


def read_all(by: Viewer, her: str, at: datetime) -> str:
    """Everything that this viewer can get of her by asking; refusals are not caught here."""
    with look(viewer=by, references=[her], at=at) as sight:
        found = (
            queries.protected_person(sight, her),
            [(place, vars(place.shape)) for place in queries.places_of(sight, her)],
            queries.safe_now(sight, her),
        )
    return str(found)


# --- the attacks: each answers with what it got -------------------------------------------


def officer_of_another_agency(world: World) -> str:
    return read_all(viewer(Role.OFFENDER_MANAGER, "11"), world.her, world.at)


def advocate_of_another_woman(world: World) -> str:
    other = Viewer("another-advocate", "A", "10", Role.ADVOCATE, "curious")
    return read_all(other, world.her, world.at)


def former_advocate(world: World) -> str:
    hand_to_advocate(by=OFFICER, at=world.at, person=world.her, advocate="")
    return read_all(viewer(Role.ADVOCATE), world.her, world.at)


def response_officer(world: World) -> str:
    return read_all(viewer(Role.RESPONSE_OFFICER), world.her, world.at)


def administrator_reads(world: World) -> str:
    return read_all(viewer(Role.ADMINISTRATOR), world.her, world.at)


def auditor_reads(world: World) -> str:
    return read_all(viewer(Role.AUDITOR), world.her, world.at)


def colleague_not_named_by_the_seal(world: World) -> str:
    seal_record(
        by=viewer(Role.AUTHORISING_OFFICER), at=world.at, reference=world.her, named=[HER_ADVOCATE]
    )
    return read_all(viewer(Role.COORDINATOR), world.her, world.at)


def reckoning_by_a_place_that_is_sealed(world: World) -> str:
    seal_record(
        by=viewer(Role.AUTHORISING_OFFICER), at=world.at, reference=world.home, named=[HER_ADVOCATE]
    )
    shapes = queries.shapes(viewer(Role.RESPONSE_OFFICER), [world.home])
    return str([vars(shape) for shape in shapes.values()])


def shapes_for_another_agency_with_the_order_in_hand(world: World) -> str:
    # An order binds across forces, and so does its reference to the place. The place does not.
    shapes = queries.shapes(viewer(Role.RESPONSE_OFFICER, "11"), [world.home, world.area])
    return str([vars(shape) for shape in shapes.values()])


def shapes_for_the_analyst(world: World) -> str:
    shapes = queries.shapes(viewer(Role.ANALYST), [world.home])
    return str([vars(shape) for shape in shapes.values()])


def reading_without_a_look(world: World) -> str:
    with look(viewer=OFFICER, references=[world.him], at=world.at) as sight:
        return str(queries.protected_person(sight, world.her))


def reading_after_the_look(world: World) -> str:
    with look(viewer=OFFICER, references=[world.her], at=world.at) as sight:
        pass
    return str(queries.protected_person(sight, world.her))


def value_moved_to_a_row_of_the_thief(world: World) -> str:
    """Whoever writes to the database copies her sealed name into a record that he may open."""
    thief = viewer(Role.ADVOCATE, "10")
    mine = protect(by=thief, at=world.at, name="Nobody")
    stolen = ProtectedPerson.objects.get(reference=world.her).identity_sealed
    ProtectedPerson.objects.filter(reference=mine).update(identity_sealed=stolen)
    return read_all(thief, mine, world.at)


def geometry_moved_to_a_place_of_the_thief(world: World) -> str:
    thief = viewer(Role.ADVOCATE, "10")
    mine = protect(by=thief, at=world.at, name="Nobody")
    place = add_place(by=thief, at=world.at, person=mine, kind="home", lat=1.5, lon=1.5)
    stolen = Place.objects.get(reference=world.home).geometry_sealed
    Place.objects.filter(reference=place).update(geometry_sealed=stolen)
    return read_all(thief, mine, world.at)


def row_given_to_another_agency(world: World) -> str:
    ProtectedPerson.objects.filter(reference=world.her).update(agency_id="11")
    return read_all(viewer(Role.OFFENDER_MANAGER, "11"), world.her, world.at)


def version_of_before_put_over_the_newest(world: World) -> str:
    first, last = SafeContact.objects.filter(person__reference=world.her).order_by("number")
    SafeContact.objects.filter(pk=last.pk).update(contact_sealed=first.contact_sealed)
    return read_all(OFFICER, world.her, world.at)


def one_bit_flipped(world: World) -> str:
    """Somebody who writes to the database makes her name another."""
    row = ProtectedPerson.objects.get(reference=world.her)
    sealed = bytearray(bytes(row.identity_sealed))
    # A letter of her name, behind two bytes of head, the nonce, and what stands before it.
    sealed[2 + 12 + len('{"name":"')] ^= 1
    ProtectedPerson.objects.filter(pk=row.pk).update(identity_sealed=bytes(sealed))
    return read_all(OFFICER, world.her, world.at)


def unchecked(*_: Any, **__: Any) -> bool:
    return True


class Careless:
    """A cipher that does not check its tag: it decrypts whatever it is given."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def encrypt(self, nonce: bytes, plain: bytes, place: bytes) -> bytes:
        return AESGCM(self._key).encrypt(nonce, plain, place)

    def decrypt(self, nonce: bytes, sealed: bytes, place: bytes) -> bytes:
        # AES-GCM is counter mode from the nonce and 2, with a tag behind.
        counter = nonce + (2).to_bytes(4, "big")
        read = Cipher(algorithms.AES(self._key), modes.CTR(counter)).decryptor()
        return read.update(sealed[:-16]) + read.finalize()


@dataclass(frozen=True)
class Attack:
    """What somebody tries, and the control that stops him: where it is, and what stands there
    once it is taken away."""

    tries: Callable[[World], str]
    control: str
    without: Any


ROLES_READ = {*permissions.MAY_READ, *Role} - {Role.ADVOCATE}
RECKON_ALL = {**permissions.VERBS, permissions.RECKON: frozenset(Role)}
ATTACKS = [
    Attack(officer_of_another_agency, "vigil.victims.permissions.can_read", unchecked),
    Attack(advocate_of_another_woman, "vigil.victims.permissions.can_read", unchecked),
    Attack(former_advocate, "vigil.victims.permissions.can_read", unchecked),
    Attack(response_officer, "vigil.victims.permissions.MAY_READ", ROLES_READ),
    Attack(administrator_reads, "vigil.victims.permissions.MAY_READ", ROLES_READ),
    Attack(auditor_reads, "vigil.victims.permissions.MAY_READ", ROLES_READ),
    Attack(
        colleague_not_named_by_the_seal,
        "vigil.victims.queries.sealed_from",
        lambda _: frozenset(),
    ),
    Attack(
        reckoning_by_a_place_that_is_sealed,
        "vigil.victims.queries.sealed_from",
        lambda _: frozenset(),
    ),
    Attack(
        shapes_for_another_agency_with_the_order_in_hand,
        "vigil.victims.queries._known_places",
        lambda _, references: Place.objects.filter(reference__in=list(references)),
    ),
    Attack(shapes_for_the_analyst, "vigil.victims.permissions.VERBS", RECKON_ALL),
    Attack(reading_without_a_look, "vigil.access.look.Sight.must_hold", unchecked),
    Attack(reading_after_the_look, "vigil.access.look.Sight.must_hold", unchecked),
    Attack(value_moved_to_a_row_of_the_thief, "vigil.access.sealing._cipher_of", Careless),
    Attack(geometry_moved_to_a_place_of_the_thief, "vigil.access.sealing._cipher_of", Careless),
    Attack(row_given_to_another_agency, "vigil.access.sealing._cipher_of", Careless),
    Attack(version_of_before_put_over_the_newest, "vigil.access.sealing._cipher_of", Careless),
    Attack(one_bit_flipped, "vigil.access.sealing._cipher_of", Careless),
]
EACH = pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: a.tries.__name__.replace("_", " "))


@EACH
def test_the_attack_gets_nothing_not_even_from_the_refusal(world: World, attack: Attack) -> None:
    try:
        got = attack.tries(world)
    except VigilError as refused:
        got = str(refused)
    assert canaries_in(got) == []


@EACH
def test_without_its_control_the_attack_succeeds(
    world: World, attack: Attack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attack.control, attack.without)
    assert canaries_in(attack.tries(world)) != []

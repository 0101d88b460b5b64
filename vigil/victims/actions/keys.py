"""The key that protected persons are sealed under: a newer one, and everything sealed anew.

Older keys stay, so that what is sealed under them opens until it is sealed anew. What the
first release sealed under the installation's one key is moved to where it belongs now: her
address to a place of hers, her safe contact to its first version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.victims import permissions
from vigil.victims.models import Advocacy, Place, ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.pending import Pending, is_pending, newest_key
from vigil.victims.rules import PlaceKind
from vigil.victims.seals import (
    ABOUT,
    CONTACT,
    FIRST_CONTACT,
    GEOMETRY,
    IDENTITY,
    TIMES,
    Cell,
    Stored,
    opened,
    shut,
    version_row,
    victims_keys,
)
from vigil.victims.writing import contact_row, place_row, where

KEYS = "keys/victims"


@action
def add_key(*, by: Viewer, at: datetime) -> int:  # noqa: ARG001
    """Add a newer key for protected persons; the answer is its number. From now on everything
    is sealed under it; `reseal` moves what was sealed before.

    Raises: NotAllowedError, KeyRingError, UnsafeKeyFileError.
    """
    permissions.check_can_keep_keys(by)
    keys = victims_keys()
    number = keys.add(after=keys.newest())
    record(targets=[KEYS], facts={"number": number})
    return number


@action
def reseal(*, by: Viewer, at: datetime, rows: Iterable[Pending]) -> int:  # noqa: ARG001
    """Seal these rows anew under the newest key; the answer is how many were not yet.

    A row that somebody else sealed anew meanwhile is left. Stopped at any instant it has done
    all of these rows or none; `queries.to_reseal` says what is left.

    Raises: NotAllowedError; SealBrokenError, KeyMissingError when a value does not open.
    """
    permissions.check_can_keep_keys(by)
    done = sum(_RESEAL[row.kind](row.pk) for row in rows)
    record(targets=[KEYS], facts={"number": newest_key(), "rows": done})
    return done


def _person(pk: int) -> bool:
    row = ProtectedPerson.objects.select_for_update().get(pk=pk)
    if not is_pending(row):
        return False
    identity = opened(row.identity_sealed, IDENTITY, row=row.reference, agency=row.agency_id)
    home = str(identity.pop("address", ""))
    if home.strip():
        _add_first_home(row, home)
    if bytes(row.safe_contact_sealed):
        _add_first_contact(row)
    if not Advocacy.objects.filter(person=row).exists():
        Advocacy.objects.create(
            person=row,
            advocate=row.advocate,
            handed_at=row.protected_at,
            handed_by=row.protected_by,
        )
    row.identity_sealed = shut(identity, IDENTITY, row=row.reference, agency=row.agency_id)
    row.safe_contact_sealed = b""
    row.save(update_fields=["identity_sealed", "safe_contact_sealed"])
    return True


def _add_first_home(row: ProtectedPerson, address: str) -> None:
    """As it was recorded: then, and by whom."""
    recorder = Viewer(row.protected_by, "", row.agency_id, permissions.KEEPER)
    place_row(
        row,
        kind=PlaceKind.HOME,
        found=where(address=address),
        since_on=None,
        by=recorder,
        at=row.protected_at,
    ).save()


def _add_first_contact(row: ProtectedPerson) -> None:
    """Version 0: before any that was set since."""
    said = opened(row.safe_contact_sealed, FIRST_CONTACT, row=row.reference, agency=row.agency_id)
    if str(said["what"]).strip():
        recorder = Viewer(row.protected_by, "", row.agency_id, permissions.KEEPER)
        contact_row(row, 0, said, by=recorder, at=row.protected_at).save()


def _place(pk: int) -> bool:
    row = Place.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if not is_pending(row):
        return False
    agency = row.person.agency_id
    row.about_sealed = _anew(row.about_sealed, ABOUT, row.reference, agency)
    if row.form:
        row.geometry_sealed = _anew(row.geometry_sealed, GEOMETRY, row.reference, agency)
    row.save(update_fields=["about_sealed", "geometry_sealed"])
    return True


def _contact(pk: int) -> bool:
    row = SafeContact.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if not is_pending(row):
        return False
    bound = version_row(row.person.reference, row.number)
    row.contact_sealed = _anew(row.contact_sealed, CONTACT, bound, row.person.agency_id)
    row.save(update_fields=["contact_sealed"])
    return True


def _times(pk: int) -> bool:
    row = SafeTimes.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    if not is_pending(row):
        return False
    bound = version_row(row.person.reference, row.number)
    row.times_sealed = _anew(row.times_sealed, TIMES, bound, row.person.agency_id)
    row.save(update_fields=["times_sealed"])
    return True


def _anew(sealed: Stored, cell: Cell, row: str, agency: str) -> bytes:
    return shut(opened(sealed, cell, row=row, agency=agency), cell, row=row, agency=agency)


_RESEAL: dict[str, Callable[[int], bool]] = {
    "person": _person,
    "place": _place,
    "contact": _contact,
    "times": _times,
}

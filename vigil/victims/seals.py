"""The places of this room's sealed values, and the key that is hers alone.

Everything about a protected person is sealed under keys of the victims' own: whoever has the
installation's other key, which opens reports, opens nothing here. Each value is bound to its
table, column, row and agency. Refuses to begin a new ring of keys where values under a lost
one are kept: they would be mixed up and never open again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from vigil.access.errors import KeyMissingError
from vigil.access.keys import Keys, keys_named
from vigil.access.sealing import key_number, seal, unseal
from vigil.victims.models import Place, ProtectedPerson, SafeContact, SafeTimes

NAME: Final = "victims"
# What a driver gives for a binary column.
Stored = bytes | memoryview


@dataclass(frozen=True)
class Cell:
    """Which value: the table and the column that its seal is bound to."""

    table: str
    column: str


IDENTITY = Cell("victims_protectedperson", "identity_sealed")
# Of release 1 only: one text, before safe contact had versions.
FIRST_CONTACT = Cell("victims_protectedperson", "safe_contact_sealed")
ABOUT = Cell("victims_place", "about_sealed")
GEOMETRY = Cell("victims_place", "geometry_sealed")
CONTACT = Cell("victims_safecontact", "contact_sealed")
TIMES = Cell("victims_safetimes", "times_sealed")
CELLS = (IDENTITY, FIRST_CONTACT, ABOUT, GEOMETRY, CONTACT, TIMES)


def victims_keys() -> Keys:
    """The keys of the victims' own."""
    return keys_named(NAME, folder=settings.VIGIL_HOME)


def shut(content: Mapping[str, Any], cell: Cell, *, row: str, agency: str) -> bytes:
    """The content, sealed for that cell of that row. Raises: KeyMissingError."""
    keys = victims_keys()
    if not keys.newest():
        _check_none_is_lost()
        keys.add(after=0)
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(plain, table=cell.table, column=cell.column, row=row, agency=agency, keys=keys)


def opened(sealed: Stored, cell: Cell, *, row: str, agency: str) -> dict[str, Any]:
    """What was sealed for that cell of that row, by this release or the first.

    Raises: SealBrokenError, KeyMissingError.
    """
    keys = victims_keys()
    plain = unseal(
        bytes(sealed), table=cell.table, column=cell.column, row=row, agency=agency, keys=keys
    )
    return {"what": plain.decode()} if cell == FIRST_CONTACT else dict(json.loads(plain))


def version_row(reference: str, number: int) -> str:
    """The row of a version, as its seal is bound to it."""
    return f"{reference}/{number}"


def _check_none_is_lost() -> None:
    kept = (
        ProtectedPerson.objects.values_list("identity_sealed", flat=True),
        Place.objects.values_list("about_sealed", flat=True),
        SafeContact.objects.values_list("contact_sealed", flat=True),
        SafeTimes.objects.values_list("times_sealed", flat=True),
    )
    if any(key_number(value) for values in kept for value in values.iterator()):
        raise KeyMissingError(
            f"expected the file {NAME}.key, under which protected persons are sealed, found none; "
            "restore it from where your agency keeps it"
        )

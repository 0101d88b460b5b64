"""Which rows are not sealed under the newest key of the victims' own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vigil.access.sealing import key_number
from vigil.victims.models import Place, ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.seals import victims_keys

Sealed = ProtectedPerson | Place | SafeContact | SafeTimes
MODELS: Final[dict[str, type[Sealed]]] = {
    "person": ProtectedPerson,
    "place": Place,
    "contact": SafeContact,
    "times": SafeTimes,
}


@dataclass(frozen=True)
class Pending:
    """A row to be sealed anew: of which table, and its number there."""

    kind: str
    pk: int


def newest_key() -> int:
    """The number of the key that everything should be under: the first, before there is any."""
    return max(victims_keys().newest(), 1)


def is_pending(row: Sealed) -> bool:
    """Whether anything of this row is under an older key, or still where release 1 put it."""
    newest = newest_key()
    if isinstance(row, ProtectedPerson):
        return key_number(row.identity_sealed) != newest or bool(bytes(row.safe_contact_sealed))
    if isinstance(row, Place):
        sealed = [row.about_sealed, row.geometry_sealed] if row.form else [row.about_sealed]
        return any(key_number(value) != newest for value in sealed)
    value = row.contact_sealed if isinstance(row, SafeContact) else row.times_sealed
    return key_number(value) != newest


def pending() -> Iterator[Pending]:
    """Every row that is to be sealed anew, of all agencies."""
    for kind, model in MODELS.items():
        for row in model.objects.order_by("pk").iterator():
            if is_pending(row):
                yield Pending(kind, row.pk)

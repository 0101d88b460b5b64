"""What others may ask about protected persons. Who she is: only within a look."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.sealing import unseal
from vigil.access.viewer import Role, Viewer
from vigil.victims import permissions
from vigil.victims.actions import TABLE
from vigil.victims.models import ProtectedPerson


@dataclass(frozen=True)
class Protected:
    """Who she is and how she may be reached safely. Never on anything that faces the subject."""

    reference: str
    name: str
    born_on: date | None
    address: str
    safe_contact: str
    advocate: str


def protected_person(sight: Sight, reference: str) -> Protected:
    """Who she is. Raises: NotInSightError, NotFoundError."""
    sight.must_hold(reference)
    row = ProtectedPerson.objects.filter(reference=reference).first()
    if row is None:
        raise NotFoundError
    permissions.check_can_read(sight.viewer, agency=row.agency_id, advocate=row.advocate)

    def opened(column: str) -> str:
        return unseal(
            getattr(row, column), table=TABLE, column=column, row=reference, agency=row.agency_id
        ).decode()

    identity = json.loads(opened("identity_sealed"))
    born_on = identity["born_on"]
    return Protected(
        reference,
        identity["name"],
        date.fromisoformat(born_on) if born_on else None,
        identity["address"],
        opened("safe_contact_sealed"),
        row.advocate,
    )


def mine(viewer: Viewer) -> list[str]:
    """References of the protected persons whom this viewer may read, newest first."""
    rows = ProtectedPerson.objects.filter(agency_id=viewer.agency).order_by("-protected_at", "-id")
    if viewer.role is Role.ADVOCATE:
        rows = rows.filter(advocate=viewer.username)
    elif viewer.role not in permissions.MAY_READ:
        return []
    return list(rows.values_list("reference", flat=True))


def known(viewer: Viewer, references: Iterable[str]) -> dict[str, int]:
    """Row numbers of those references that are of this viewer's agency; others are left out."""
    found = ProtectedPerson.objects.filter(
        reference__in=list(references), agency_id=viewer.agency
    ).values_list("reference", "id")
    return dict(found)

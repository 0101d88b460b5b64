"""What changes the record of protected persons."""

from __future__ import annotations

import json
import secrets
from datetime import date, datetime

from vigil.access.sealing import seal
from vigil.access.viewer import Role, Viewer
from vigil.ledger.action import action, record
from vigil.victims import permissions
from vigil.victims.errors import NoNameError
from vigil.victims.models import ProtectedPerson

# Without I, L, O and U: a reference is read out over a radio.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TABLE = "victims_protectedperson"


@action
def protect(
    *,
    by: Viewer,
    at: datetime,
    name: str,
    born_on: date | None = None,
    address: str = "",
    safe_contact: str = "",
    advocate: str = "",
) -> str:
    """Record a protected person; the answer is her reference, by which orders name her.

    Everything about her is sealed before it is written. An advocate who records a client
    becomes her advocate.

    Raises: NotAllowedError, NoNameError.
    """
    permissions.check_can_protect(by)
    if not name.strip():
        raise NoNameError
    if by.role is Role.ADVOCATE:
        advocate = advocate or by.username
    reference = "V-" + "".join(secrets.choice(_LETTERS) for _ in range(10))
    identity = {
        "name": " ".join(name.split()),
        "born_on": born_on.isoformat() if born_on else None,
        "address": " ".join(address.split()),
    }

    def sealed(column: str, plain: str) -> bytes:
        return seal(plain.encode(), table=TABLE, column=column, row=reference, agency=by.agency)

    ProtectedPerson.objects.create(
        reference=reference,
        agency_id=by.agency,
        identity_sealed=sealed("identity_sealed", json.dumps(identity, ensure_ascii=False)),
        safe_contact_sealed=sealed("safe_contact_sealed", safe_contact.strip()),
        advocate=advocate,
        protected_at=at,
        protected_by=by.username,
    )
    record(targets=[reference], facts={"has_advocate": bool(advocate)})
    return reference

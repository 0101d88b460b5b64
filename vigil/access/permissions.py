"""Which role may do what, as data; and the pair `check_can` / `can` that reads it.

Every room keeps a table of its own verbs in its permissions.py and hands it to the same
pair. What is not in a table is refused. Refuses to know about single records: that a
record is of another agency, or sealed, is for the room that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping

from vigil.access.errors import NotAllowedError
from vigil.access.viewer import Outsider, Role, Viewer

Verbs = Mapping[str, frozenset[Role]]

EVERY_ROLE = frozenset(Role)
NO_ROLE: frozenset[Role] = frozenset()
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

VERBS: Verbs = {
    "found an agency": ADMINISTRATOR,
    "open an account": ADMINISTRATOR,
    "close an account": ADMINISTRATOR,
    "set a password": ADMINISTRATOR,
    "list accounts": frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
    "make a token": ADMINISTRATOR,
    "revoke a token": ADMINISTRATOR,
    "set an agency's definition and weights": ADMINISTRATOR,
    "seal a record to named people": frozenset({Role.AUTHORISING_OFFICER}),
    "read the ledger": frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
}


def can(viewer: Viewer | Outsider, verb: str, verbs: Verbs = VERBS) -> bool:
    """Whether this viewer's role may do that."""
    return viewer.role in verbs.get(verb, NO_ROLE)


def check_can(viewer: Viewer | Outsider, verb: str, verbs: Verbs = VERBS) -> None:
    """Raises NotAllowedError, saying which roles may, unless this viewer's role may do that."""
    if can(viewer, verb, verbs):
        return
    may = ", ".join(sorted(in_words(role) for role in verbs.get(verb, NO_ROLE))) or "nobody"
    raise NotAllowedError(
        f"expected one of these roles to {verb}: {may}; found {in_words(viewer.role)}; "
        "ask somebody who has it, or an administrator of your agency"
    )


def can_in_agency(viewer: Viewer, verb: str, agency: str, verbs: Verbs = VERBS) -> bool:
    """Whether he may do that in this agency: his role, and his own agency."""
    return can(viewer, verb, verbs) and viewer.agency == agency


def check_can_in_agency(viewer: Viewer, verb: str, agency: str, verbs: Verbs = VERBS) -> None:
    """Raises NotAllowedError unless he may do that in this agency."""
    check_can(viewer, verb, verbs)
    if viewer.agency != agency:
        raise NotAllowedError(
            f"expected somebody of agency {agency} to {verb} there, found somebody of agency "
            f"{viewer.agency}; ask an administrator of that agency"
        )


def in_words(role: str) -> str:
    """A role as people say it."""
    return str(role).replace("_", " ")

"""Who may make a protected person known, who may read who she is, who may reckon by her places.

Her own agency only. Response officers and the control room act on "protected person 1": they
may have it reckoned whether somebody is too near a place of hers, and never read where that
is. Nobody of another agency, no analyst, no auditor, no administrator reads any of it.
"""

from __future__ import annotations

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.permissions import Verbs, can, check_can
from vigil.access.viewer import Role, Viewer

MAY_PROTECT = {
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
    Role.COORDINATOR,
    Role.ADVOCATE,
}
MAY_READ = {Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR}
RECKON = "reckon by a protected place"
KEEP_KEYS = "change the key of protected persons"
KEEPER = Role.ADMINISTRATOR
VERBS: Verbs = {
    # Whoever stands at the door, or speaks to him who does.
    RECKON: frozenset(
        {
            Role.RESPONSE_OFFICER,
            Role.CONTROL_ROOM,
            Role.CUSTODY_SERGEANT,
            Role.OFFENDER_MANAGER,
            Role.AUTHORISING_OFFICER,
            Role.COORDINATOR,
        }
    ),
    KEEP_KEYS: frozenset({KEEPER}),
}


def check_can_protect(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    if viewer.role not in MAY_PROTECT:
        raise NotAllowedError(
            "A protected person is recorded by an offender manager, an authorising officer, "
            "a coordinator or her advocate."
        )


def can_protect(viewer: Viewer) -> bool:
    """Whether he may make a protected person known."""
    return viewer.role in MAY_PROTECT


def check_can_read(viewer: Viewer, *, agency: str, advocate: str) -> None:
    """Raises NotFoundError: who may not read her is told what anyone is told about nobody."""
    if not can_read(viewer, agency=agency, advocate=advocate):
        raise NotFoundError


def can_read(viewer: Viewer, *, agency: str, advocate: str) -> bool:
    """Whether he may read, and change, what is kept of a protected person of that agency, whose
    advocate is that user."""
    if viewer.agency != agency:
        return False
    if viewer.role is Role.ADVOCATE:
        return bool(advocate) and advocate == viewer.username
    return viewer.role in MAY_READ


def can_reckon(viewer: Viewer) -> bool:
    """Whether he may have reckoned by the shapes of protected places of his own agency."""
    return can(viewer, RECKON, VERBS)


def check_can_reckon(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    check_can(viewer, RECKON, VERBS)


def can_keep_keys(viewer: Viewer) -> bool:
    """Whether he may add a key and have everything sealed anew. He reads nothing by it."""
    return can(viewer, KEEP_KEYS, VERBS)


def check_can_keep_keys(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    check_can(viewer, KEEP_KEYS, VERBS)

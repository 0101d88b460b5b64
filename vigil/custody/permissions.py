"""Who may record that somebody was taken in or let out, and who may read it."""

from __future__ import annotations

from vigil.access.errors import NotFoundError
from vigil.access.permissions import Verbs, can, check_can
from vigil.access.viewer import WORKER_USERNAME, Role, Viewer

HOLD = "record custody and release"
READ = "read times in custody"
_HOLDERS = frozenset(
    {
        Role.CUSTODY_SERGEANT,
        Role.OFFENDER_MANAGER,
        Role.AUTHORISING_OFFICER,
        Role.RESPONSE_OFFICER,
    }
)
VERBS: Verbs = {HOLD: _HOLDERS, READ: _HOLDERS | {Role.COORDINATOR, Role.CONTROL_ROOM}}


def can_hold(viewer: Viewer) -> bool:
    """Whether he may record custody: of anybody, for a man is held where he is found."""
    return can(viewer, HOLD, VERBS)


def check_can_hold(viewer: Viewer) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can(viewer, HOLD, VERBS)


def can_read(viewer: Viewer) -> bool:
    """Whether he may read times in custody; the worker reckons with them."""
    return viewer.username == WORKER_USERNAME or can(viewer, READ, VERBS)


def check_can_read(viewer: Viewer) -> None:
    """Raises NotFoundError: whoever may not read them is not told which there are."""
    if not can_read(viewer):
        raise NotFoundError

"""Who may accept a notification, read duties and alerts, and ask for background work.

What falls due is written by the worker and by nobody else: no officer decides that a duty
began or lapsed.
"""

from __future__ import annotations

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.permissions import Verbs, can, can_in_agency, check_can, check_can_in_agency
from vigil.access.viewer import WORKER_USERNAME, Role, Viewer

ACCEPT = "accept a notification"
READ = "read duties"
WATCH = "read the alerts of the duty desk"
ASK = "ask for background work"
DOOR = "ask the doorstep, and log a breach"
LIMIT = "set how often somebody may ask about one place"
OVERSEE = "see who asked about one place too often"
# To whom an alert goes that nobody owns.
DESK = "desk"

# Whoever may sit behind the counter of a police station when he comes to notify.
_COUNTER = frozenset(
    {
        Role.RESPONSE_OFFICER,
        Role.OFFENDER_MANAGER,
        Role.AUTHORISING_OFFICER,
        Role.CUSTODY_SERGEANT,
    }
)
_MANAGE = frozenset({Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR})
VERBS: Verbs = {
    ACCEPT: _COUNTER,
    READ: _COUNTER | _MANAGE | {Role.CONTROL_ROOM},
    WATCH: _MANAGE,
    # Whoever may read orders: an order binds across forces, and so does its breach.
    DOOR: _COUNTER | _MANAGE | {Role.CONTROL_ROOM},
    LIMIT: frozenset({Role.ADMINISTRATOR}),
    OVERSEE: frozenset({Role.AUDITOR}),
    ASK: frozenset({Role.ANALYST, Role.OFFENDER_MANAGER, Role.COORDINATOR, Role.ADMINISTRATOR}),
}


def is_worker(viewer: Viewer) -> bool:
    """Whether this is the background worker."""
    return viewer.username == WORKER_USERNAME


def check_is_worker(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    if not is_worker(viewer):
        raise NotAllowedError("What falls due is recorded by the background worker only.")


def can_accept(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may accept what a subject of that agency tells."""
    return can_in_agency(viewer, ACCEPT, agency, VERBS)


def check_can_accept(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, ACCEPT, agency, VERBS)


def can_read(viewer: Viewer) -> bool:
    """Whether he may read duties, of any agency."""
    return can(viewer, READ, VERBS)


def check_can_read(viewer: Viewer) -> None:
    """Raises NotFoundError: whoever may not read duties is not told which there are."""
    if not can_read(viewer):
        raise NotFoundError


def check_can_ask(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he, or the worker, may ask for background work."""
    if not is_worker(viewer):
        check_can(viewer, ASK, VERBS)


def can_read_alert(viewer: Viewer, *, agency: str, to: str) -> bool:
    """Whether the alert is for him: by name, or because he sits at the duty desk."""
    if viewer.agency != agency:
        return False
    return to == viewer.username or (to == DESK and can(viewer, WATCH, VERBS))


def check_can_read_alert(viewer: Viewer, *, agency: str, to: str) -> None:
    """Raises NotFoundError."""
    if not can_read_alert(viewer, agency=agency, to=to):
        raise NotFoundError


def can_ask_at_the_door(viewer: Viewer) -> bool:
    """Whether he may ask the doorstep and log what it answered, of any agency's orders."""
    return can(viewer, DOOR, VERBS)


def check_can_ask_at_the_door(viewer: Viewer) -> None:
    """Raises NotFoundError: whoever may not ask is not told whom there are orders against."""
    if not can_ask_at_the_door(viewer):
        raise NotFoundError


def can_limit(viewer: Viewer) -> bool:
    """Whether he may set how often somebody of his agency may ask about one place."""
    return can(viewer, LIMIT, VERBS)


def check_can_limit(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    check_can(viewer, LIMIT, VERBS)


def can_oversee(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may see who of that agency asked too often."""
    return can_in_agency(viewer, OVERSEE, agency, VERBS)


def check_can_oversee(viewer: Viewer, *, agency: str) -> None:
    """Raises NotFoundError."""
    if not can_oversee(viewer, agency=agency):
        raise NotFoundError

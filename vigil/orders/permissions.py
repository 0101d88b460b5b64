"""Who may make, serve, end and read an order.

An order binds across forces, so any officer with a reason may read it; to change it is for
the agency that made it. A notice is issued by the authorising officer and nobody else.
"""

from __future__ import annotations

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.viewer import Role, Viewer
from vigil.orders.kinds import Kind

MAY_ISSUE_NOTICE = {Role.AUTHORISING_OFFICER}
MAY_RECORD_ORDER = {Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR}
# Anyone who holds the office of constable.
MAY_SERVE = {
    Role.RESPONSE_OFFICER,
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
    Role.CUSTODY_SERGEANT,
}
MAY_DISCHARGE = {Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR}
MAY_READ = MAY_SERVE | {Role.CONTROL_ROOM, Role.COORDINATOR}


def can_make(viewer: Viewer, kind: Kind) -> bool:
    return viewer.role in (MAY_ISSUE_NOTICE if kind.is_notice else MAY_RECORD_ORDER)


def check_can_make(viewer: Viewer, kind: Kind) -> None:
    """Raises NotAllowedError."""
    if can_make(viewer, kind):
        return
    if kind.is_notice:
        raise NotAllowedError(
            "A notice is issued by an authorising officer. Ask the duty superintendent."
        )
    raise NotAllowedError(
        "An order of a court is recorded by an offender manager, a coordinator or an "
        "authorising officer."
    )


def can_serve(viewer: Viewer, *, agency: str) -> bool:
    return viewer.role in MAY_SERVE and viewer.agency == agency


def check_can_serve(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    if viewer.role not in MAY_SERVE:
        raise NotAllowedError("An order is served by a constable. Ask an officer to serve it.")
    _check_own(viewer, agency)


def can_discharge(viewer: Viewer, *, agency: str) -> bool:
    return viewer.role in MAY_DISCHARGE and viewer.agency == agency


def check_can_discharge(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    if viewer.role not in MAY_DISCHARGE:
        raise NotAllowedError(
            "The end of an order is recorded by an offender manager, a coordinator or an "
            "authorising officer."
        )
    _check_own(viewer, agency)


def can_read(viewer: Viewer) -> bool:
    return viewer.role in MAY_READ


def check_can_read(viewer: Viewer) -> None:
    """Raises NotFoundError: whoever may not read orders is not told which there are."""
    if not can_read(viewer):
        raise NotFoundError


def _check_own(viewer: Viewer, agency: str) -> None:
    if viewer.agency != agency:
        raise NotAllowedError(
            "Only the agency that made this order records what happens to it. Send it the proof."
        )

"""Who may make a protected person known, and who may read who she is.

Her own agency only. Response officers act on "protected person 1"; they do not need her name
from here. Nobody of another agency, no analyst, no auditor, no administrator reads it.
"""

from __future__ import annotations

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.viewer import Role, Viewer

MAY_PROTECT = {
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
    Role.COORDINATOR,
    Role.ADVOCATE,
}
MAY_READ = {Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR}


def check_can_protect(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    if viewer.role not in MAY_PROTECT:
        raise NotAllowedError(
            "A protected person is recorded by an offender manager, an authorising officer, "
            "a coordinator or her advocate."
        )


def can_protect(viewer: Viewer) -> bool:
    return viewer.role in MAY_PROTECT


def check_can_read(viewer: Viewer, *, agency: str, advocate: str) -> None:
    """Raises NotFoundError: who may not read her is told what anyone is told about nobody."""
    if not can_read(viewer, agency=agency, advocate=advocate):
        raise NotFoundError


def can_read(viewer: Viewer, *, agency: str, advocate: str) -> bool:
    if viewer.agency != agency:
        return False
    if viewer.role is Role.ADVOCATE:
        return advocate == viewer.username
    return viewer.role in MAY_READ

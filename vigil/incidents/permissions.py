"""Who may send a feed, and who may see and mend what was wrong with it.

A load and its quarantine belong to the agency that sent them; to everyone else there is
nothing there.
"""

from __future__ import annotations

from typing import Final

from vigil.access.errors import NotFoundError
from vigil.access.permissions import Verbs, check_can
from vigil.access.viewer import Role, Viewer

_SENDERS = frozenset({Role.ANALYST, Role.ADMINISTRATOR})

VERBS: Final[Verbs] = {
    "load a feed": _SENDERS,
    "mend a quarantined row": _SENDERS,
    "see loads and faults": _SENDERS | {Role.AUDITOR},
    "read a quarantined row": _SENDERS,
    "read a report": frozenset(Role) - {Role.AUDITOR},
    # A victim's particulars: those who must tell victims apart or keep them safe.
    "read a report's victim": frozenset(
        {
            Role.ANALYST,
            Role.OFFENDER_MANAGER,
            Role.AUTHORISING_OFFICER,
            Role.COORDINATOR,
        }
    ),
}


def check_can_load(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may send a feed."""
    check_can(viewer, "load a feed", VERBS)


def check_can_mend(viewer: Viewer, agency: str) -> None:
    """Raises NotAllowedError for his role, NotFoundError for another agency's row."""
    check_can(viewer, "mend a quarantined row", VERBS)
    if viewer.agency != agency:
        raise NotFoundError


def check_can_see_load(viewer: Viewer, agency: str) -> None:
    """Raises NotAllowedError for his role, NotFoundError for another agency's load."""
    check_can(viewer, "see loads and faults", VERBS)
    if viewer.agency != agency:
        raise NotFoundError

"""Who may search, see who is who, judge, and run identification over the record."""

from __future__ import annotations

from typing import Final

from vigil.access.permissions import Verbs, can, check_can
from vigil.access.viewer import Role, Viewer

# Everyone who meets a suspect or works on one. Not the advocate, who sees her own clients and
# nobody else; not the auditor, who reads the ledger; not the administrator, who runs the site.
_SEEKERS = frozenset(Role) - {Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR}

VERBS: Final[Verbs] = {
    "search for a person": _SEEKERS,
    "see a person": _SEEKERS,
    "judge whether two reports are of one person": frozenset(
        {Role.ANALYST, Role.OFFENDER_MANAGER, Role.COORDINATOR}
    ),
    "identify the reports of the record": frozenset({Role.ANALYST, Role.ADMINISTRATOR}),
    "list serial people": frozenset(
        {
            Role.ANALYST,
            Role.OFFENDER_MANAGER,
            Role.AUTHORISING_OFFICER,
            Role.COORDINATOR,
            Role.ADMINISTRATOR,
        }
    ),
}


def check_can_search(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may search for a person."""
    check_can(viewer, "search for a person", VERBS)


def can_search(viewer: Viewer) -> bool:
    """Whether he may search for a person."""
    return can(viewer, "search for a person", VERBS)


def check_can_see(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may see a person."""
    check_can(viewer, "see a person", VERBS)


def can_see(viewer: Viewer) -> bool:
    """Whether he may see a person."""
    return can(viewer, "see a person", VERBS)


def check_can_judge(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may judge."""
    check_can(viewer, "judge whether two reports are of one person", VERBS)


def can_judge(viewer: Viewer) -> bool:
    """Whether he may judge."""
    return can(viewer, "judge whether two reports are of one person", VERBS)


def check_can_identify(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may identify the reports of the record."""
    check_can(viewer, "identify the reports of the record", VERBS)


def can_identify(viewer: Viewer) -> bool:
    """Whether he may identify the reports of the record."""
    return can(viewer, "identify the reports of the record", VERBS)


def check_can_list_serial(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may list serial people."""
    check_can(viewer, "list serial people", VERBS)


def can_list_serial(viewer: Viewer) -> bool:
    """Whether he may list serial people."""
    return can(viewer, "list serial people", VERBS)

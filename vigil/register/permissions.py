"""Who may put candidates up, see them, decide, and name owners.

Refuses the background worker every decision, whatever role it is given: nobody is
registered by a computer.
"""

from __future__ import annotations

from vigil.access.errors import NotAllowedError
from vigil.access.permissions import Verbs, can, check_can
from vigil.access.viewer import WORKER_USERNAME, Role, Viewer

PUT_UP = "put candidates up"
SEE = "see candidates"
DECIDE = "decide about a candidate"
ASSIGN = "name the owner of a registered person"
STANDING = "see whether somebody is on the register"

VERBS: Verbs = {
    # The administrator too, who runs batches and as whom the worker acts: a list registers nobody.
    PUT_UP: frozenset({Role.ANALYST, Role.COORDINATOR, Role.ADMINISTRATOR}),
    SEE: frozenset(
        {
            Role.ANALYST,
            Role.COORDINATOR,
            Role.OFFENDER_MANAGER,
            Role.AUTHORISING_OFFICER,
            Role.ADMINISTRATOR,
        }
    ),
    DECIDE: frozenset({Role.AUTHORISING_OFFICER}),
    ASSIGN: frozenset({Role.AUTHORISING_OFFICER, Role.COORDINATOR}),
    # Whoever may see a person: not the advocate, who sees no police intelligence, and not the
    # auditor, who reads the ledger.
    STANDING: frozenset(Role) - {Role.ADVOCATE, Role.AUDITOR},
}


def can_put_up(by: Viewer) -> bool:
    """Whether he may put candidates up."""
    return can(by, PUT_UP, VERBS)


def check_can_put_up(by: Viewer) -> None:
    """Raises NotAllowedError unless he may put candidates up."""
    check_can(by, PUT_UP, VERBS)


def can_decide(by: Viewer) -> bool:
    """Whether he is a named authorising officer."""
    return by.username != WORKER_USERNAME and bool(by.name.strip()) and can(by, DECIDE, VERBS)


def check_can_decide(by: Viewer, *, nominated_by: str = "") -> None:
    """Raises NotAllowedError unless he is a named authorising officer who did not nominate."""
    if by.username == WORKER_USERNAME or not by.name.strip():
        raise NotAllowedError(
            "expected a named authorising officer to decide, found nobody with a name; "
            "nobody is registered by a computer"
        )
    check_can(by, DECIDE, VERBS)
    if by.username == nominated_by:
        raise NotAllowedError(
            "expected an officer who did not nominate this person, found the one who did; "
            "ask another authorising officer"
        )


def can_assign_owner(by: Viewer, agency: str) -> bool:
    """Whether he may name the owner of a person whom that agency owns."""
    return by.username != WORKER_USERNAME and can(by, ASSIGN, VERBS) and by.agency == agency


def check_can_assign_owner(by: Viewer, agency: str) -> None:
    """Raises NotAllowedError unless he may name the owner of a person of that agency."""
    check_can(by, ASSIGN, VERBS)
    if not can_assign_owner(by, agency):
        raise NotAllowedError(
            "expected somebody of the agency that owns this person to name his owner, found "
            "another; ask that agency"
        )


def can_see_candidates(viewer: Viewer) -> bool:
    """Whether he may see his agency's candidates."""
    return can(viewer, SEE, VERBS)


def check_can_see_candidates(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may see his agency's candidates."""
    check_can(viewer, SEE, VERBS)


def can_see_standing(viewer: Viewer) -> bool:
    """Whether he may see whether somebody is on the register."""
    return can(viewer, STANDING, VERBS)


def check_can_see_standing(viewer: Viewer) -> None:
    """Raises NotAllowedError unless he may see whether somebody is on the register."""
    check_can(viewer, STANDING, VERBS)

"""Who is asking: the one value that every action and every query is given.

A viewer is made at the edge from a signed-in user; below that nobody asks the session.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """The ten roles. A user has exactly one; a person with two jobs has two accounts."""

    RESPONSE_OFFICER = "response_officer"
    CONTROL_ROOM = "control_room"
    ANALYST = "analyst"
    OFFENDER_MANAGER = "offender_manager"
    AUTHORISING_OFFICER = "authorising_officer"
    CUSTODY_SERGEANT = "custody_sergeant"
    COORDINATOR = "coordinator"
    ADVOCATE = "advocate"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Viewer:
    """A signed-in user, or the worker, and the reason of the moment (empty: none given)."""

    username: str
    name: str
    agency: str
    role: Role
    because: str = ""

    def with_reason(self, because: str) -> Viewer:
        """The same viewer, looking for that reason."""
        return replace(self, because=because)


@dataclass(frozen=True)
class Outsider:
    """Somebody who acts without an account. He has no role, so no permission ever matches him."""

    username: str
    because: str
    agency: str = "none"
    role: str = "none"


# Whoever types into the sign-in page, and whoever sets the installation up at its machine.
ANONYMOUS = Outsider("anonymous", "signing in")
INSTALLER = Outsider("installer", "setting up this installation")

WORKER_USERNAME = "worker"


def worker_for(agency: str) -> Viewer:
    """The background worker, acting for an agency: it may do what falls due and nothing else."""
    return Viewer(WORKER_USERNAME, "Background worker", agency, Role.ADMINISTRATOR, "what fell due")

"""Who may draft, authorise, make, serve, change, end and read an order.

An order binds across forces, so any officer with a reason may read it; to change it is for
the agency that made it. A notice is issued by an authorising officer and nobody else.
"""

from __future__ import annotations

from vigil.access.errors import NotFoundError
from vigil.access.permissions import Verbs, can, can_in_agency, check_can, check_can_in_agency
from vigil.access.viewer import Role, Viewer
from vigil.orders.kinds import Kind

DRAFT = "draft an order"
AUTHORISE = "authorise an order"
APPLY = "apply for an order"
ISSUE = "issue a notice"
MAKE = "record an order of a court"
SERVE = "serve an order"
CHANGE = "record a change of an order"
END = "record the end of an order"
READ = "read orders"

_MANAGE = frozenset({Role.OFFENDER_MANAGER, Role.AUTHORISING_OFFICER, Role.COORDINATOR})
# Anyone who holds the office of constable.
_CONSTABLES = frozenset(
    {
        Role.RESPONSE_OFFICER,
        Role.OFFENDER_MANAGER,
        Role.AUTHORISING_OFFICER,
        Role.CUSTODY_SERGEANT,
    }
)
VERBS: Verbs = {
    DRAFT: _MANAGE,
    AUTHORISE: frozenset({Role.AUTHORISING_OFFICER}),
    APPLY: _MANAGE,
    ISSUE: frozenset({Role.AUTHORISING_OFFICER}),
    MAKE: _MANAGE,
    SERVE: _CONSTABLES,
    CHANGE: _MANAGE,
    END: _MANAGE,
    READ: _CONSTABLES | _MANAGE | {Role.CONTROL_ROOM},
}


def can_make(viewer: Viewer, kind: Kind) -> bool:
    """Whether he may issue that notice, or record that order of a court."""
    return can(viewer, ISSUE if kind.is_notice else MAKE, VERBS)


def check_can_make(viewer: Viewer, kind: Kind) -> None:
    """Raises NotAllowedError."""
    check_can(viewer, ISSUE if kind.is_notice else MAKE, VERBS)


def can_make_in(viewer: Viewer, kind: Kind, *, agency: str) -> bool:
    """Whether he may issue that notice, or record that order, for that agency's draft."""
    return can_in_agency(viewer, ISSUE if kind.is_notice else MAKE, agency, VERBS)


def check_can_make_in(viewer: Viewer, kind: Kind, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, ISSUE if kind.is_notice else MAKE, agency, VERBS)


def can_draft(viewer: Viewer) -> bool:
    """Whether he may begin an order of his agency."""
    return can(viewer, DRAFT, VERBS)


def check_can_draft(viewer: Viewer) -> None:
    """Raises NotAllowedError."""
    check_can(viewer, DRAFT, VERBS)


def can_authorise(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may authorise a draft of that agency."""
    return can_in_agency(viewer, AUTHORISE, agency, VERBS)


def check_can_authorise(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, AUTHORISE, agency, VERBS)


def can_apply(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may record an application of that agency, its hearings and its failure."""
    return can_in_agency(viewer, APPLY, agency, VERBS)


def check_can_apply(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, APPLY, agency, VERBS)


def can_change(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may record a variation, an extension or a suspension of that agency's order."""
    return can_in_agency(viewer, CHANGE, agency, VERBS)


def check_can_change(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, CHANGE, agency, VERBS)


def can_serve(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may record the service of an order of that agency."""
    return can_in_agency(viewer, SERVE, agency, VERBS)


def check_can_serve(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, SERVE, agency, VERBS)


def can_end(viewer: Viewer, *, agency: str) -> bool:
    """Whether he may record the end of an order of that agency."""
    return can_in_agency(viewer, END, agency, VERBS)


def check_can_end(viewer: Viewer, *, agency: str) -> None:
    """Raises NotAllowedError; NotFoundError for one who may not even read it."""
    check_can_read(viewer)
    check_can_in_agency(viewer, END, agency, VERBS)


def can_read(viewer: Viewer) -> bool:
    """Whether he may read orders, of any agency."""
    return can(viewer, READ, VERBS)


def check_can_read(viewer: Viewer) -> None:
    """Raises NotFoundError: whoever may not read orders is not told which there are."""
    if not can_read(viewer):
        raise NotFoundError

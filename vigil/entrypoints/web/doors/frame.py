"""The header of every page: who is signed in, where he may go, why he is looking.

A place is shown to the roles that its route admits, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from vigil.access.queries import DEMO_ACCOUNTS
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.web.doors.routes import class_of
from vigil.entrypoints.web.kit.frame import Frame, Place

# Key, label and route name of each place of the main navigation, in order.
PLACES = (
    ("today", "Today", "today"),
    ("doorstep", "At the door", "doorstep"),
    ("check", "Check a person", "check"),
    ("candidates", "Candidates", "candidates"),
    ("caseload", "My caseload", "caseload"),
    ("orders", "Orders", "orders"),
    ("protected", "Protected people", "protected"),
    ("feeds", "Feeds", "feeds"),
    ("ledger", "Ledger", "ledger"),
    ("alerts", "Questions at doors", "question-alerts"),
    ("law", "Law", "law"),
)
SESSION_AGENCY = "agency_name"
# Where each role's day begins; a role that is not named begins at its first place.
BEGINS: Mapping[Role, str] = {
    Role.RESPONSE_OFFICER: "doorstep",
    Role.CONTROL_ROOM: "check",
    Role.CUSTODY_SERGEANT: "check",
    Role.ANALYST: "candidates",
    Role.OFFENDER_MANAGER: "caseload",
    Role.AUTHORISING_OFFICER: "candidates",
    Role.COORDINATOR: "candidates",
    Role.AUDITOR: "ledger",
    Role.ADMINISTRATOR: "ledger",
}


def frame_for(request: HttpRequest, viewer: Viewer | None) -> Frame:
    """The frame that the layouts draw."""
    is_demo = (settings.VIGIL_HOME / DEMO_ACCOUNTS).exists()
    if viewer is None:
        return Frame(sign_in_href=reverse("sign-in"), is_demo=is_demo)
    return Frame(
        user_name=viewer.name,
        agency=str(request.session.get(SESSION_AGENCY, viewer.agency)),
        account_href=reverse("sign-out"),
        is_demo=is_demo,
        places=places_for(viewer.role),
        because=viewer.because,
        change_because_href=reverse("reason"),
    )


def places_for(role: Role) -> tuple[Place, ...]:
    """The places that this role may go to, of those that are built."""
    found = []
    for key, label, name in PLACES:
        try:
            href = reverse(name)
        except NoReverseMatch:
            continue
        given = class_of(resolve(href).func, "GET", name)
        if given is not None and role in given.roles:
            found.append(Place(key, label, href))
    return tuple(found)


def first_place(role: Role) -> Place:
    """Where this role's day begins. Today is every role's."""
    places = places_for(role)
    chosen = [place for place in places if place.key == BEGINS.get(role)]
    return [*chosen, *places][0]

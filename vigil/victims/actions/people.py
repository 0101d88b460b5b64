"""A protected person made known, handed to an advocate, and marked as somebody's child."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from vigil.access.errors import NotAllowedError
from vigil.access.queries import viewer_named
from vigil.access.viewer import Role, Viewer
from vigil.ledger.action import action, record
from vigil.victims import permissions
from vigil.victims.errors import NoNameError, NotAnAdvocateError, SamePersonError
from vigil.victims.models import Advocacy, ChildOf, ProtectedPerson
from vigil.victims.rules import LONDON, PlaceKind, check_birthday
from vigil.victims.seals import IDENTITY, shut
from vigil.victims.writing import contact_row, hers, new_reference, one_line, place_row, where


@action
def protect(
    *,
    by: Viewer,
    at: datetime,
    name: str,
    born_on: date | None = None,
    address: str = "",
    safe_contact: str = "",
    advocate: str = "",
    known_as: Sequence[str] = (),
    is_child: bool | None = None,
) -> str:
    """Record a protected person; the answer is her reference, by which orders name her.

    Everything about her is sealed before it is written. An advocate who records a client
    becomes her advocate. `address` is her home, a place of its own; `known_as` are the other
    names that she goes by; `is_child` counts where her birthday is not known.

    Raises: NotAllowedError, NoNameError, BadBirthdayError.
    """
    permissions.check_can_protect(by)
    if not name.strip():
        raise NoNameError
    check_birthday(born_on, on=at.astimezone(LONDON).date())
    if by.role is Role.ADVOCATE:
        advocate = advocate or by.username
    reference = new_reference("V")
    identity = {
        "name": one_line(name),
        "known_as": [one_line(other) for other in known_as if other.strip()],
        "born_on": born_on.isoformat() if born_on else None,
        "is_child": is_child,
    }
    person = ProtectedPerson.objects.create(
        reference=reference,
        agency_id=by.agency,
        identity_sealed=shut(identity, IDENTITY, row=reference, agency=by.agency),
        advocate=advocate,
        protected_at=at,
        protected_by=by.username,
    )
    Advocacy.objects.create(person=person, advocate=advocate, handed_at=at, handed_by=by.username)
    if address.strip():
        home = where(address=address)
        place_row(person, kind=PlaceKind.HOME, found=home, since_on=None, by=by, at=at).save()
    if safe_contact.strip():
        contact_row(person, 1, {"what": safe_contact}, by=by, at=at).save()
    record(targets=[reference], facts={"has_advocate": bool(advocate)})
    return reference


@action
def hand_to_advocate(*, by: Viewer, at: datetime, person: str, advocate: str) -> None:
    """Hand her to another advocate of the same agency, or to none (empty). Who was her
    advocate until now reads nothing of her from this instant.

    Raises: NotFoundError, also for who may not; NotAnAdvocateError.
    """
    row = hers(by, person)
    if advocate:
        _check_is_advocate(advocate, agency=row.agency_id)
    Advocacy.objects.create(person=row, advocate=advocate, handed_at=at, handed_by=by.username)
    row.advocate = advocate
    row.save(update_fields=["advocate"])
    record(targets=[person], facts={"has_advocate": bool(advocate)})


@action
def mark_child_of(*, by: Viewer, at: datetime, child: str, parent: str) -> None:
    """Record that one protected person is the child of another, both by reference.

    Raises: NotFoundError, also for who may not read both; SamePersonError.
    """
    # Always in one order, so that two who mark at once do not wait for each other.
    rows = {reference: hers(by, reference) for reference in sorted({child, parent})}
    is_known = ChildOf.objects.filter(
        child__reference__in=(child, parent), parent__reference__in=(child, parent)
    ).exists()
    if child == parent or is_known:
        raise SamePersonError
    ChildOf.objects.create(
        child=rows[child], parent=rows[parent], marked_at=at, marked_by=by.username
    )
    record(targets=[child, parent])


def _check_is_advocate(username: str, *, agency: str) -> None:
    """One sentence for all: that an account exists elsewhere is nobody's business here."""
    try:
        found = viewer_named(username)
    except NotAllowedError:
        raise NotAnAdvocateError from None
    if found.role is not Role.ADVOCATE or found.agency != agency:
        raise NotAnAdvocateError

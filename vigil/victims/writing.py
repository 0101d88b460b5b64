"""How a row about her is written: its reference, its seals. For the actions alone.

An action hands over the row's facts in clear; what comes back holds them sealed and is not
saved yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from vigil.access.errors import NotFoundError
from vigil.access.queries import sealed_from
from vigil.access.viewer import Viewer
from vigil.victims import permissions
from vigil.victims.errors import EmptyContactError, NoPlaceError, TwoShapesError
from vigil.victims.geometry import Form, check_area, check_point
from vigil.victims.models import Place, ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.rules import PlaceKind, SafeTime, written_times
from vigil.victims.seals import ABOUT, CONTACT, GEOMETRY, TIMES, shut, version_row

# Without I, L, O and U: a reference is read out over a radio.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference(letter: str) -> str:
    """A random reference: it tells neither when nor how many."""
    return f"{letter}-" + "".join(secrets.choice(_LETTERS) for _ in range(10))


def one_line(text: str) -> str:
    """What somebody typed, with single blanks."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Where:
    """Where a place is: an address, and a point or an area or neither."""

    address: str
    form: Form
    geometry: Mapping[str, Any] = field(repr=False)


def where(
    *,
    address: str = "",
    lat: float | None = None,
    lon: float | None = None,
    polygon: Mapping[str, Any] | None = None,
) -> Where:
    """Raises: NoPlaceError, TwoShapesError, BadPointError, BadAreaError."""
    address = one_line(address)
    is_point = lat is not None or lon is not None
    if is_point and polygon is not None:
        raise TwoShapesError
    if is_point:
        found = check_point(lat, lon)
        return Where(address, Form.POINT, {"lat": found[0], "lon": found[1]})
    if polygon is not None:
        return Where(address, Form.AREA, {"polygon": check_area(polygon)})
    if not address:
        raise NoPlaceError
    return Where(address, Form.NONE, {})


def place_row(
    person: ProtectedPerson,
    *,
    kind: PlaceKind,
    found: Where,
    since_on: date | None,
    by: Viewer,
    at: datetime,
) -> Place:
    """A place of hers, sealed and not saved."""
    reference, agency = new_reference("L"), person.agency_id
    about = {"kind": kind.value, "address": found.address}
    geometry = shut(found.geometry, GEOMETRY, row=reference, agency=agency) if found.form else b""
    return Place(
        reference=reference,
        person=person,
        about_sealed=shut(about, ABOUT, row=reference, agency=agency),
        form=found.form,
        geometry_sealed=geometry,
        since_on=since_on,
        added_at=at,
        added_by=by.username,
    )


def contact_row(
    person: ProtectedPerson, number: int, said: Mapping[str, str], *, by: Viewer, at: datetime
) -> SafeContact:
    """One version of how she is reached, sealed and not saved. Raises: EmptyContactError."""
    said = {name: text.strip() for name, text in said.items()}
    if not any(said.values()):
        raise EmptyContactError
    row = version_row(person.reference, number)
    return SafeContact(
        person=person,
        number=number,
        contact_sealed=shut(said, CONTACT, row=row, agency=person.agency_id),
        set_at=at,
        set_by=by.username,
    )


def times_row(
    person: ProtectedPerson, number: int, times: Sequence[SafeTime], *, by: Viewer, at: datetime
) -> SafeTimes:
    """One version of her safe times, sealed and not saved."""
    row = version_row(person.reference, number)
    content = {"times": written_times(times)}
    return SafeTimes(
        person=person,
        number=number,
        times_sealed=shut(content, TIMES, row=row, agency=person.agency_id),
        set_at=at,
        set_by=by.username,
    )


def hers(by: Viewer, reference: str) -> ProtectedPerson:
    """Her row, locked, if `by` may change what is kept of her.

    Raises: NotFoundError, also for who may not.
    """
    row = ProtectedPerson.objects.select_for_update().filter(reference=reference).first()
    if row is None or reference in sealed_from(by):
        raise NotFoundError
    permissions.check_can_read(by, agency=row.agency_id, advocate=row.advocate)
    return row

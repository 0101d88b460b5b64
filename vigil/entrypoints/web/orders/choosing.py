"""What may be chosen for a new order beside what his record holds: her places, her children,
the drafts against him.

One look more, and only where a protected person was chosen whom the viewer may read. Gives
references and kinds of place, never a name or an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vigil.access.errors import NotFoundError
from vigil.access.look import look
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.orders.clauses import Allowed
from vigil.entrypoints.web.victims.presenters import KINDS as PLACE_KINDS
from vigil.identity import queries as identity
from vigil.orders import queries as orders
from vigil.orders.queries import OrderView
from vigil.victims import queries as victims

MOST_KNOWN: Final = 8
MOST_PENDING: Final = 10


@dataclass(frozen=True)
class Hers:
    """The places of the chosen protected persons, and their children: values and labels."""

    places: tuple[tuple[str, str], ...] = ()
    areas: frozenset[str] = frozenset()
    children: tuple[tuple[str, str], ...] = ()

    def allowed(self, kinds: frozenset[str] | None) -> Allowed:
        """What a clause may hold, with these places."""
        return Allowed(kinds, self.places, self.areas)


def known_here(viewer: Viewer) -> list[tuple[str, str]]:
    """The protected persons who were recorded last and whom he may read, by reference."""
    return [(one, f"Protected person {one}") for one in victims.mine(viewer)[:MOST_KNOWN]]


def hers(viewer: Viewer, chosen: Sequence[str], at: datetime) -> Hers:
    """Places and children of those who were chosen and whom the viewer may read.

    Raises: NoReasonError.
    """
    readable = set(victims.mine(viewer))
    read = [one for one in chosen if one in readable]
    if not read:
        return Hers()
    places: list[tuple[str, str]] = []
    children: list[tuple[str, str]] = []
    with look(viewer=viewer, references=read, at=at) as sight:
        for one in read:
            number = list(chosen).index(one) + 1
            for n, place in enumerate(victims.places_of(sight, one), start=1):
                kind = PLACE_KINDS[place.kind].lower()
                label = f"Place {n} ({kind}) of protected person {number} ({place.reference})"
                places.append((place.reference, label))
            found = victims.protected_person(sight, one)
            children += [
                (child, f"Child of protected person {number} ({child})") for child in found.children
            ]
    known = victims.known_places(viewer, [reference for reference, _ in places])
    areas = frozenset(one.reference for one in known.values() if one.form == "area")
    return Hers(tuple(places), areas, tuple(children))


def pending(viewer: Viewer, person: str, at: datetime) -> list[OrderView]:
    """Drafts and applications against him that have not come to an order, newest first.

    Raises: NotFoundError, NoReasonError.
    """
    with look(viewer=viewer, references=[person], at=at) as sight:
        return orders.pending_of(sight, person, at=at)[:MOST_PENDING]


def strangers(viewer: Viewer, references: Iterable[str]) -> list[str]:
    """Those references that are of no person whom the viewer may know of."""
    hidden = identity.hidden_from(viewer)
    return [one for one in references if one in hidden or not _is_known(one)]


def _is_known(reference: str) -> bool:
    try:
        identity.current_reference(reference)
    except NotFoundError:
        return False
    return True

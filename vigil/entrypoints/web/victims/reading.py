"""Everything that one page shows of her, in one look. The only place of these pages where
rooms are asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from vigil.access.look import look
from vigil.access.viewer import Viewer
from vigil.victims import queries
from vigil.victims.queries import Handed, HerPlace, Protected, SafeNow


@dataclass(frozen=True, slots=True)
class Seen:
    """Her record as this viewer may read it at this instant."""

    her: Protected
    places: tuple[HerPlace, ...] = field(repr=False)
    safe: SafeNow = field(repr=False)
    handed: tuple[Handed, ...] = field(repr=False)


def one(viewer: Viewer, reference: str, at: datetime) -> Seen:
    """Raises: NotFoundError, also for who may not; NoReasonError."""
    with look(viewer=viewer, references=[reference], at=at) as sight:
        return Seen(
            queries.protected_person(sight, reference),
            queries.places_of(sight, reference),
            queries.safe_now(sight, reference),
            queries.advocates_of(sight, reference),
        )

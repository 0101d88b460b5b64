"""The look: the only way to personal data.

One ledger entry names all that is shown, in the same transaction; only inside the block
does a query answer. If the entry cannot be written nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from vigil.access.errors import NoReasonError, NotInSightError
from vigil.access.viewer import Viewer
from vigil.ledger.action import append


@dataclass
class Sight:
    """What a viewer may read for as long as the look lasts."""

    viewer: Viewer
    at: datetime
    references: frozenset[str]
    is_open: bool = field(default=True)

    def must_hold(self, *references: str) -> None:
        """Raises NotInSightError unless the look is open and names every reference."""
        if not self.is_open or not self.references.issuperset(references):
            raise NotInSightError


@contextmanager
def look(*, viewer: Viewer, references: Iterable[str], at: datetime) -> Iterator[Sight]:
    """Open the named records to this viewer, for his reason, and write that down.

    Raises: NoReasonError; LedgerError when the entry cannot be written.
    Does not check whether he may: the query does.
    """
    if not viewer.because.strip():
        raise NoReasonError
    sight = Sight(viewer, at, frozenset(references))
    with transaction.atomic(durable=True):
        append(did="access.look", by=viewer, at=at, targets=sorted(sight.references))
        try:
            yield sight
        finally:
            sight.is_open = False

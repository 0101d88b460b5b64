"""Taking the whole ledger out: an act like any other, and written down first."""

from __future__ import annotations

from datetime import datetime

from vigil.ledger.action import Actor, action, record
from vigil.ledger.queries import check_can_read
from vigil.ledger.sealing import head


@action
def take_out(*, by: Actor, at: datetime) -> int:  # noqa: ARG001 - the entry is stamped with it
    """Note that somebody exports the ledger, before a line of it is written; how many entries.

    Raises: MayNotReadError.
    """
    check_can_read(by)
    newest = head()
    size = newest.size if newest else 0
    record(targets=["ledger"], facts={"size": size})
    return size

"""How and when she is reached safely. Each change is a version; the last one counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max

from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.victims.models import ProtectedPerson, SafeContact, SafeTimes
from vigil.victims.rules import read_times
from vigil.victims.writing import contact_row, hers, times_row


@action
def set_safe_contact(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    who: str = "",
    how: str = "",
    what: str = "",
    never: str = "",
) -> int:
    """Record how she is reached safely; the answer is the number of the version.

    `who` to ask for, `how` (by phone, in person, through her advocate), `what` to use or to
    say, and what `never` to do. The version before stays.

    Raises: NotFoundError, also for who may not; EmptyContactError.
    """
    row = hers(by, person)
    number = _next(SafeContact, row)
    said = {"who": who, "how": how, "what": what, "never": never}
    contact_row(row, number, said, by=by, at=at).save()
    record(targets=[person], facts={"version": number})
    return number


@action
def set_safe_times(
    *, by: Viewer, at: datetime, person: str, times: Sequence[Mapping[str, Any]]
) -> int:
    """Record when she may be contacted; the answer is the number of the version.

    Each of `times` has `days` (mon ... sun, on which it begins), `from_time` (counts) and
    `to_time` (does not count; on the next day where it is not later), by London's clock. None
    at all: never.

    Raises: NotFoundError, also for who may not; BadTimesError.
    """
    row = hers(by, person)
    number = _next(SafeTimes, row)
    times_row(row, number, read_times(list(times)), by=by, at=at).save()
    record(targets=[person], facts={"version": number})
    return number


def _next(model: type[SafeContact] | type[SafeTimes], person: ProtectedPerson) -> int:
    """The next number. Her row is locked, so nobody else takes it meanwhile."""
    last = model.objects.filter(person=person).aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1

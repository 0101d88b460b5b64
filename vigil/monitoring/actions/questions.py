"""Questions at a door: each is counted and written down, and too many are refused.

The limit is kept by a locked row for each user and each person or zone, so that two questions
at once count as two on either database. Writes no position and no word of an answer's ground.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from vigil.access.actions import user_reference
from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.ledger.action import action, record
from vigil.monitoring import permissions, rules
from vigil.monitoring.errors import BadLimitError
from vigil.monitoring.models import AskedPlaces, QuestionAlert, QuestionLimit
from vigil.monitoring.questions import limit_of


@dataclass(frozen=True, slots=True)
class Asked:
    """That a question was written down: under which entry, and whether it may be answered."""

    question: str
    may_be_answered: bool


@action
def ask_doorstep(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    orders: Sequence[str],
    about: Collection[str],
    act: str,
    verdict: str,
) -> Asked:
    """Write a question at a door down, and count it where it asks about a place.

    `about` are the person, the protected persons and the zones that a place was held against;
    empty for a question without a place, which is never refused. Where one of them was asked
    about too often nothing may be answered, and the auditor is told once.

    Raises: NotFoundError for one who may not ask.
    """
    permissions.check_can_ask_at_the_door(by)
    too_often = _counted(by, at, about)
    for one in too_often:
        _alert(by, at, one, person=person)
    entry = record(
        targets=[person, *orders],
        facts={"act": act, "verdict": "refused" if too_often else verdict, "place": bool(about)},
    )
    return Asked(entry.entry, not too_often)


@action
def limit_questions(
    *, by: Viewer, at: datetime, most_an_hour: int, most_a_day: int, why: str
) -> None:
    """Set how often one user of his agency may ask about one place.

    Raises: NotAllowedError, BadLimitError.
    """
    permissions.check_can_limit(by)
    if not (1 <= most_an_hour <= most_a_day <= 100 and why.strip()):
        raise BadLimitError
    QuestionLimit.objects.create(
        agency_id=by.agency,
        most_an_hour=most_an_hour,
        most_a_day=most_a_day,
        why=" ".join(why.split())[:200],
        set_at=at,
        set_by=by.username,
    )
    record(
        targets=[f"agency/{by.agency}"],
        facts={"most_an_hour": most_an_hour, "most_a_day": most_a_day},
    )


@action
def read_question_alert(*, by: Viewer, at: datetime, alert: int) -> datetime:
    """Record that the auditor read the alert; reading it again changes nothing but is written.

    Raises: NotFoundError when there is none, or it is not for this viewer.
    """
    row = QuestionAlert.objects.select_for_update(of=("self",)).filter(pk=alert).first()
    if row is None:
        raise NotFoundError
    permissions.check_can_oversee(by, agency=row.agency_id)
    if row.read_at is None:
        row.read_at, row.read_by = at, by.username
        row.save(update_fields=["read_at", "read_by"])
    record(targets=[f"question-alert/{row.pk}", user_reference(row.username), row.person])
    return row.read_at


def _counted(by: Viewer, at: datetime, about: Collection[str]) -> list[str]:
    """Count one more question about each; those that had too many, and then none is counted."""
    if not about:
        return []
    # In one order, so that two questions about the same two people wait and do not lock.
    named = sorted(about)
    AskedPlaces.objects.bulk_create(
        [AskedPlaces(username=by.username, about=one) for one in named], ignore_conflicts=True
    )
    rows = list(
        AskedPlaces.objects.select_for_update()
        .filter(username=by.username, about__in=named)
        .order_by("about")
    )
    limit = limit_of(by.agency)
    before = {row.about: [datetime.fromisoformat(one) for one in row.asked_at] for row in rows}
    too_often = [
        one for one, asked in before.items() if not rules.may_ask(asked, at=at, limit=limit)
    ]
    if too_often:
        return too_often
    # Most were asked about for the first time and get the same value: one statement for them all.
    alike: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        kept = (*rules.remembered(before[row.about], at=at), at)
        alike.setdefault(tuple(one.isoformat() for one in kept), []).append(row.pk)
    for asked_at, keys in alike.items():
        AskedPlaces.objects.filter(pk__in=keys).update(asked_at=list(asked_at))
    return []


def _alert(by: Viewer, at: datetime, about: str, *, person: str) -> None:
    """Tell the auditor, unless an alert about the same is waiting for him."""
    QuestionAlert.objects.bulk_create(
        [
            QuestionAlert(
                agency_id=by.agency,
                username=by.username,
                about=about,
                person=person,
                raised_at=at,
            )
        ],
        ignore_conflicts=True,
    )

"""How often somebody may ask about one place, and who asked too often.

References and counts only. What was asked and answered stands in the ledger, without a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from vigil.access.viewer import Viewer
from vigil.monitoring import permissions
from vigil.monitoring.models import QuestionAlert, QuestionLimit
from vigil.monitoring.rules import DEFAULT_LIMIT, Limit


@dataclass(frozen=True, slots=True)
class QuestionAlertView:
    """One alert: who asked too often, about whom, since when, and whether somebody read it."""

    alert: int
    username: str
    about: str
    person: str
    raised_at: datetime
    read_at: datetime | None
    read_by: str


def limit_of(agency: str) -> Limit:
    """How often one user of that agency may ask about one place."""
    row = QuestionLimit.objects.filter(agency_id=agency).order_by("-pk").first()
    if row is None:
        return DEFAULT_LIMIT
    return Limit(row.most_an_hour, row.most_a_day, row.why)


def question_alerts(viewer: Viewer) -> list[QuestionAlertView]:
    """Who of the viewer's agency asked about one place too often: unread first, newest first.

    Raises: NotFoundError for one who is not its auditor.
    """
    permissions.check_can_oversee(viewer, agency=viewer.agency)
    rows = QuestionAlert.objects.filter(agency_id=viewer.agency)
    ordered = rows.order_by(F("read_at").desc(nulls_first=True), "-raised_at", "-id")
    return [
        QuestionAlertView(
            row.pk, row.username, row.about, row.person, row.raised_at, row.read_at, row.read_by
        )
        for row in ordered
    ]

"""Who asked about one place too often, for the auditor: references and times, no place."""

from __future__ import annotations

from dataclasses import dataclass

from vigil.entrypoints.web.kit import formats
from vigil.monitoring.questions import QuestionAlertView


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert as a row."""

    alert: int
    who: str
    about: str
    raised: str
    read: str
    is_unread: bool


def alert_line(alert: QuestionAlertView) -> AlertLine:
    """One alert in finished words."""
    read = f"{formats.stamp(alert.read_at)}, by {alert.read_by}" if alert.read_at else ""
    about = alert.person if alert.about == alert.person else f"{alert.person}, near {alert.about}"
    return AlertLine(
        alert.alert, alert.username, about, formats.stamp(alert.raised_at), read, not read
    )

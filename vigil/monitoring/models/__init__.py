"""The rows of this room, by noun: duties, what they are reckoned from, alerts, breaches."""

from vigil.monitoring.models.alerts import Alert, Job
from vigil.monitoring.models.breaches import Breach, BreachedClause, SecuredEvidence
from vigil.monitoring.models.duties import Duty, DutyEvent
from vigil.monitoring.models.questions import AskedPlaces, QuestionAlert, QuestionLimit
from vigil.monitoring.models.telling import Finding, Notification, NotificationPeriod
from vigil.monitoring.models.watch import Milestone, Watch

__all__ = [
    "Alert",
    "AskedPlaces",
    "Breach",
    "BreachedClause",
    "Duty",
    "DutyEvent",
    "Finding",
    "Job",
    "Milestone",
    "Notification",
    "NotificationPeriod",
    "QuestionAlert",
    "QuestionLimit",
    "SecuredEvidence",
    "Watch",
]

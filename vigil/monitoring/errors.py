"""What the monitoring room refuses, each with the sentence that the user reads."""

from __future__ import annotations

from vigil.law.errors import VigilError


class MonitoringError(VigilError):
    """This cannot be done with that duty, alert or job."""


class NoDutyError(MonitoringError):
    """The law attaches no such duty to this order on that day."""


class DoesNotCountError(MonitoringError):
    """This does not meet the duty."""


class NotOpenError(MonitoringError):
    """This duty is no longer open, or is not late yet; nothing was changed."""


class NothingToDoError(MonitoringError):
    """No job is waiting."""


class LeaseLostError(MonitoringError):
    """This worker no longer holds the job; another has taken it. Nothing was changed."""


class TooManyQuestionsError(MonitoringError):
    """Too many questions about one place. Ask control by radio; your auditor has been told."""


class BadLimitError(MonitoringError):
    """Expected at least 1 question an hour, as many or more a day, at most 100, and a reason."""


class BadBreachError(MonitoringError):
    """This cannot be logged as a breach."""

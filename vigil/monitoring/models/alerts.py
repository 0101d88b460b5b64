"""Alerts to those who must act, and jobs of the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.monitoring.models.duties import Duty


class Alert(models.Model):
    """Something that somebody must act on: to whom, about what, by when. No words of its own."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # A username, or `desk` for the duty desk of the agency.
    to = models.CharField(max_length=150)
    cause = models.CharField(max_length=30)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    act_by = models.DateTimeField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=150, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "agency": "public",
        "to": "personal",
        "cause": "personal",
        "duty": "public",
        "act_by": "public",
        "sent_at": "public",
        "read_at": "public",
        "read_by": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["agency", "to", "read_at"], name="monitoring_alerts_to")]
        constraints = [
            # One alert a cause, not twenty.
            models.UniqueConstraint(
                fields=["duty", "cause"],
                name="monitoring_one_alert_a_cause",
                violation_error_message="This alert was sent before.",
            ),
            # Read by somebody at some time, or by nobody at none.
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True, read_by="")
                | (models.Q(read_at__isnull=False) & ~models.Q(read_by="")),
                name="monitoring_read_by_and_at_together",
                violation_error_message="Say who read the alert and when.",
            ),
        ]


class Job(models.Model):
    """Work for the worker, held under a lease: a worker that dies gives it back by time."""

    kind = models.CharField(max_length=40)
    target = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    # The name of the error, never its words: words can hold personal data.
    failure = models.CharField(max_length=80, blank=True)
    # No more tries: a human must look.
    given_up_at = models.DateTimeField(null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "kind": "public",
        "target": "public",
        "agency": "public",
        "made_at": "public",
        "due_at": "public",
        "leased_until": "public",
        "leased_by": "public",
        "attempts": "public",
        "done_at": "public",
        "failure": "public",
        "given_up_at": "public",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at__isnull=True, given_up_at__isnull=True),
                name="monitoring_waiting_jobs",
            ),
        ]
        constraints = [
            # Asked for twice, done once.
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=models.Q(done_at__isnull=True, given_up_at__isnull=True),
                name="monitoring_one_waiting_job",
                violation_error_message="This job is waiting already.",
            ),
            # A lease has a holder.
            models.CheckConstraint(
                condition=models.Q(leased_until__isnull=True, leased_by="")
                | (models.Q(leased_until__isnull=False) & ~models.Q(leased_by="")),
                name="monitoring_a_lease_has_a_holder",
                violation_error_message="A lease has a holder.",
            ),
        ]

"""Duties with their clocks, what happened to them, alerts, and the jobs of the worker.

When a duty becomes late is stored and indexed; that it became late is a row that is never
changed. How a duty stands is derived from its events.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.monitoring.rules import DutyEventKind
from vigil.orders.models import Order


class Duty(models.Model):
    """Something that a person must do by a day, and by which law."""

    # Order, kind and first day: the same duty begun twice is one duty.
    reference = models.CharField(max_length=80, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # None: the duty follows from a registration.
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    began_on = models.DateField()
    # None while it cannot be known (custody stands the clock still).
    due_on = models.DateField(null=True)
    lapses_at = models.DateTimeField(null=True)
    items = models.JSONField(default=list)
    offence = models.CharField(max_length=20, blank=True)
    authority = models.JSONField(default=list)
    confidence = models.CharField(max_length=20)
    # The sweep's own mark: false once a row of events has closed it. Not how it stands.
    is_open = models.BooleanField(default=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "agency": "public",
        "person": "personal",
        "order": "personal",
        "kind": "personal",
        "began_on": "personal",
        "due_on": "personal",
        "lapses_at": "personal",
        "items": "personal",
        "offence": "personal",
        "authority": "public",
        "confidence": "public",
        "is_open": "personal",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["lapses_at"],
                condition=models.Q(is_open=True),
                name="monitoring_open_by_lapse",
            ),
            models.Index(fields=["person", "kind"], name="monitoring_of_a_person"),
            models.Index(fields=["order", "kind"], name="monitoring_of_an_order"),
        ]
        constraints = [
            # The last day and the instant after it are one fact, known together or not at all.
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True, lapses_at__isnull=True)
                | models.Q(due_on__isnull=False, lapses_at__isnull=False),
                name="monitoring_due_and_lapse_together",
                violation_error_message="A duty has its last day and its lapse, or neither.",
            ),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("began_on")),
                name="monitoring_due_after_beginning",
                violation_error_message="A duty is not due before it began.",
            ),
        ]


class DutyEvent(models.Model):
    """One thing that happened to a duty; rows are added, never changed."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    # When it became so, and when it was written: a worker that was down is late, this is not.
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    offence = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=30, blank=True)
    proof = models.CharField(max_length=120, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "duty": "public",
        "kind": "personal",
        "at": "personal",
        "recorded_at": "public",
        "by": "personal",
        "offence": "personal",
        "how": "personal",
        "proof": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["kind", "at"], name="monitoring_event_in_time")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(k.value for k in DutyEventKind)),
                name="monitoring_event_kind_is_known",
                violation_error_message="Choose what happened to the duty.",
            ),
            # Two workers that notice one lapse write it once; so for every other event.
            models.UniqueConstraint(
                fields=["duty", "kind"],
                name="monitoring_each_event_once",
                violation_error_message="This was recorded before.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("at")),
                name="monitoring_event_has_happened",
                violation_error_message="An event is recorded when it has happened.",
            ),
        ]


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

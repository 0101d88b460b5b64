"""Duties with their clocks, and what happened to them.

When a duty becomes late is stored and indexed; that it became late is a row that is never
changed. How a duty stands is derived from its events.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.monitoring.models.telling import NotificationPeriod
from vigil.monitoring.rules import DutyEventKind
from vigil.orders.models import Order


class Duty(models.Model):
    """Something that a person must do by a day, and by which law."""

    # Order, kind and first day: the same duty begun twice is one duty.
    reference = models.CharField(max_length=80, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # None: the duty follows from a period of notification.
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(
        NotificationPeriod, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=30)
    began_on = models.DateField()
    # The day of the change that he owes; None of everything that is no change.
    changed_on = models.DateField(null=True)
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
        "period": "personal",
        "kind": "personal",
        "began_on": "personal",
        "changed_on": "personal",
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
    # The last day as it was known at that instant; None while it could not be known.
    due_on = models.DateField(null=True)
    by = models.CharField(max_length=150)
    offence = models.CharField(max_length=20, blank=True)
    how = models.CharField(max_length=30, blank=True)
    proof = models.CharField(max_length=120, blank=True)
    # Of an event that takes another back: which. What was written stays.
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    # How often the same thing was written and taken back before.
    nth = models.PositiveSmallIntegerField(default=0)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "duty": "public",
        "kind": "personal",
        "at": "personal",
        "recorded_at": "public",
        "due_on": "personal",
        "by": "personal",
        "offence": "personal",
        "how": "personal",
        "proof": "personal",
        "undoes": "public",
        "nth": "public",
    }

    class Meta:
        indexes = [
            models.Index(fields=["kind", "at"], name="monitoring_event_in_time"),
            models.Index(fields=["recorded_at"], name="monitoring_event_as_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(k.value for k in DutyEventKind)),
                name="monitoring_event_kind_is_known",
                violation_error_message="Choose what happened to the duty.",
            ),
            # Two workers that notice one lapse write it once; so for every other event.
            models.UniqueConstraint(
                fields=["duty", "kind", "at", "nth"],
                name="monitoring_each_event_once",
                violation_error_message="This was recorded before.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("at")),
                name="monitoring_event_has_happened",
                violation_error_message="An event is recorded when it has happened.",
            ),
        ]

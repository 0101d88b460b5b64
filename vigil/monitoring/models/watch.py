"""Whom the worker looks at next, and when; what became so of his orders and registrations.

A watch is the sweep's own mark and holds nothing that cannot be reckoned again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.monitoring.duties.facts import MilestoneKind
from vigil.monitoring.models.telling import NotificationPeriod
from vigil.orders.models import Order


class Watch(models.Model):
    """One person's clock: when something changes by itself next, and when he was looked at."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # None: nothing will, unless something is learnt.
    next_change_at = models.DateTimeField(null=True)
    # When he was looked at last, and at how many facts: one more, and he is looked at again.
    looked_at = models.DateTimeField()
    facts_seen = models.PositiveIntegerField(default=0)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "personal",
        "agency": "public",
        "next_change_at": "personal",
        "looked_at": "public",
        "facts_seen": "public",
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["next_change_at"],
                condition=models.Q(next_change_at__isnull=False),
                name="monitoring_next_change",
            ),
        ]


class Milestone(models.Model):
    """An order in force, expiring, expired; a registration begun, ended, to be reviewed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    source = models.CharField(max_length=40)
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(
        NotificationPeriod, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    days_left = models.PositiveSmallIntegerField(null=True)
    authority = models.JSONField(default=list)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "personal",
        "kind": "personal",
        "source": "public",
        "order": "personal",
        "period": "personal",
        "at": "personal",
        "recorded_at": "public",
        "days_left": "personal",
        "authority": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="monitoring_milestones")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(kind.value for kind in MilestoneKind)),
                name="monitoring_milestone_is_known",
                violation_error_message="Choose what became so.",
            ),
            # Two workers that notice one expiry write it once.
            models.UniqueConstraint(
                fields=["source", "kind", "at"],
                name="monitoring_milestone_once",
                violation_error_message="This was recorded before.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("at")),
                name="monitoring_milestone_has_happened",
                violation_error_message="This is recorded when it has become so.",
            ),
        ]

"""Custody as a list of events: taken in, let out. Rows are added, never changed.

Nothing says whether he is in: `rules.stays` works that out for any instant.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.custody.rules import CustodyEventKind, Held
from vigil.identity.models import Person


class CustodyEvent(models.Model):
    """He was taken in, or let out. `happened_at` is when, not when somebody heard of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    held = models.CharField(max_length=20, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "personal",
        "agency": "public",
        "kind": "personal",
        "held": "personal",
        "happened_at": "personal",
        "recorded_at": "public",
        "by": "personal",
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "happened_at"], name="custody_of_a_person"),
            models.Index(fields=["recorded_at"], name="custody_as_recorded"),
        ]
        constraints = [
            # Taken in by nobody, or let out into custody: neither is a time in custody.
            models.CheckConstraint(
                condition=models.Q(
                    kind=CustodyEventKind.TAKEN_IN.value, held__in=sorted(h.value for h in Held)
                )
                | models.Q(kind=CustodyEventKind.LET_OUT.value, held=""),
                name="custody_taken_in_by_somebody",
                violation_error_message="Choose in whose custody he is.",
            ),
            # Two desks that record one arrest: it happened once.
            models.UniqueConstraint(
                fields=["person", "kind", "happened_at"],
                name="custody_event_once",
                violation_error_message="This was recorded before.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("happened_at")),
                name="custody_event_has_happened",
                violation_error_message="An event is recorded when it has happened.",
            ),
        ]

"""Breaches that an officer logged, and what was secured of each."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.orders.models import Order


class Breach(models.Model):
    """What an officer says that a person did against an order. No court has said so."""

    # Random: it tells neither how many there are nor whose.
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # The ledger entry of the question that it was logged from: pressed twice, logged once.
    question = models.CharField(max_length=40, unique=True)
    act = models.CharField(max_length=30)
    means = models.CharField(max_length=30, blank=True)
    # What the doorstep answered: an officer may log what it could not tell.
    verdict = models.CharField(max_length=20)
    offence = models.CharField(max_length=20, blank=True)
    happened_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    logged_by = models.CharField(max_length=150)
    because = models.CharField(max_length=200)
    # What to secure, by code, in order of how soon it is gone.
    to_secure = models.JSONField(default=list)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "agency": "public",
        "person": "personal",
        "question": "public",
        "act": "personal",
        "means": "personal",
        "verdict": "personal",
        "offence": "personal",
        "happened_at": "personal",
        "logged_at": "public",
        "logged_by": "personal",
        "because": "personal",
        "to_secure": "public",
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "happened_at"], name="monitoring_breaches_of_him"),
        ]
        constraints = [
            # What is no breach is not logged as one.
            models.CheckConstraint(
                condition=models.Q(verdict__in=["breach", "cannot_tell"]),
                name="monitoring_breach_verdict",
                violation_error_message="Log a breach, or what could not be told.",
            ),
            models.CheckConstraint(
                condition=models.Q(logged_at__gte=models.F("happened_at")),
                name="monitoring_breach_has_happened",
                violation_error_message="A breach is logged when it has happened.",
            ),
            # Why he was looked up is the first line of the file.
            models.CheckConstraint(
                condition=~models.Q(because=""),
                name="monitoring_breach_has_a_reason",
                violation_error_message="Give the incident or the task.",
            ),
        ]


class BreachedClause(models.Model):
    """A clause that the act goes against, of one of his orders."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=20)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "breach": "public",
        "order": "personal",
        "clause": "personal",
    }

    class Meta:
        constraints = [
            # A clause that stands twice would be counted as two.
            models.UniqueConstraint(
                fields=["breach", "order", "clause"],
                name="monitoring_breached_clause_once",
                violation_error_message="Name each clause once.",
            ),
        ]


class SecuredEvidence(models.Model):
    """A thing on the list of a breach that somebody has secured. Added, never changed."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=30)
    secured_at = models.DateTimeField()
    secured_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "breach": "public",
        "what": "public",
        "secured_at": "public",
        "secured_by": "personal",
    }

    class Meta:
        constraints = [
            # Two officers tick one box: it was secured once, by who was first.
            models.UniqueConstraint(
                fields=["breach", "what"],
                name="monitoring_secured_once",
                violation_error_message="This was secured before.",
            ),
        ]

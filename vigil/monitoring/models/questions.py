"""How often somebody asked at a door, and who asked too often."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency


class AskedPlaces(models.Model):
    """The instants at which one user asked about a place against one person or one zone.

    One row a pair, locked while it is read and written: two questions at once count as two.
    """

    username = models.CharField(max_length=150)
    about = models.CharField(max_length=40)
    asked_at = models.JSONField(default=list)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "username": "personal",
        "about": "protected",
        "asked_at": "public",
    }

    class Meta:
        constraints = [
            # Two rows for one pair would let him ask twice as often.
            models.UniqueConstraint(
                fields=["username", "about"],
                name="monitoring_one_count_a_pair",
                violation_error_message="There is a count for that user.",
            ),
        ]


class QuestionAlert(models.Model):
    """Somebody asked about one place too often; for the auditor of his agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    username = models.CharField(max_length=150)
    about = models.CharField(max_length=40)
    person = models.CharField(max_length=40)
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.CharField(max_length=150, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "agency": "public",
        "username": "personal",
        "about": "protected",
        "person": "personal",
        "raised_at": "public",
        "read_at": "public",
        "read_by": "personal",
    }

    class Meta:
        constraints = [
            # One alert a cause, not twenty: until it is read no other is raised.
            models.UniqueConstraint(
                fields=["username", "about"],
                condition=models.Q(read_at__isnull=True),
                name="monitoring_one_question_alert",
                violation_error_message="This alert was raised before.",
            ),
            models.CheckConstraint(
                condition=models.Q(read_at__isnull=True, read_by="")
                | (models.Q(read_at__isnull=False) & ~models.Q(read_by="")),
                name="monitoring_question_alert_read",
                violation_error_message="Say who read the alert and when.",
            ),
        ]


class QuestionLimit(models.Model):
    """How often an agency lets one user ask about one place. The newest row counts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    most_an_hour = models.PositiveSmallIntegerField()
    most_a_day = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "agency": "public",
        "most_an_hour": "public",
        "most_a_day": "public",
        "why": "public",
        "set_at": "public",
        "set_by": "personal",
    }

    class Meta:
        constraints = [
            # None would stop every officer at a door; many would find a home.
            models.CheckConstraint(
                condition=models.Q(most_an_hour__gte=1, most_a_day__gte=models.F("most_an_hour"))
                & models.Q(most_a_day__lte=100),
                name="monitoring_question_limit_is_one",
                violation_error_message=(
                    "Give at least 1 question an hour, and as many or more a day, at most 100."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(why=""),
                name="monitoring_question_limit_has_a_reason",
                violation_error_message="Say why.",
            ),
        ]

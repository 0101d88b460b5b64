"""What duties are reckoned from: periods of notification, what was told, what was found out.

Rows are added; a period is closed once, by a decision. What he said is not here: only which
items he told, and the record that he was given.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.identity.models import Person
from vigil.monitoring.duties.facts import CHANGES, REGISTER, SOA_PART_2, What

_CHANGES = sorted(what.value for what in CHANGES)


class NotificationPeriod(models.Model):
    """A time for which the law makes him notify, since a named officer put it on the record."""

    reference = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    framework = models.CharField(max_length=20)
    # Why the law does so: a conviction, a caution, an order; never a suspicion.
    basis = models.CharField(max_length=20)
    disposal = models.CharField(max_length=40)
    months = models.PositiveIntegerField(null=True)
    days = models.PositiveIntegerField(null=True)
    # His age on the relevant date: it decides the length, and no birthday need be here.
    age = models.PositiveSmallIntegerField()
    relevant_on = models.DateField()
    began_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    # Taken off before the period was over. That it is over follows from the law.
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "person": "personal",
        "agency": "public",
        "framework": "personal",
        "basis": "personal",
        "disposal": "personal",
        "months": "personal",
        "days": "personal",
        "age": "personal",
        "relevant_on": "personal",
        "began_at": "personal",
        "recorded_by": "personal",
        "ended_at": "personal",
        "ended_by": "personal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(framework__in=[REGISTER, SOA_PART_2]),
                name="monitoring_framework_is_known",
                violation_error_message="Choose the framework under which he notifies.",
            ),
            # An arrest or a suspicion lays no duty on anybody.
            models.CheckConstraint(
                condition=models.Q(basis__in=["conviction", "caution", "order"]),
                name="monitoring_suspicion_is_no_basis",
                violation_error_message="A duty follows from a conviction, a caution or an order.",
            ),
            # One at a time under a framework: the later conviction lengthens, it does not double.
            models.UniqueConstraint(
                fields=["person", "framework", "relevant_on"],
                name="monitoring_period_once",
                violation_error_message="This period is on the record already.",
            ),
            # Nobody is let go without a name.
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_by="")),
                name="monitoring_period_ended_by_somebody",
                violation_error_message="Say who ended it and when.",
            ),
        ]


class Notification(models.Model):
    """What he, or somebody else, told: which items, when, how, to whom, with which proof.

    One that does not count is kept and says why: nothing that was told is lost.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    told_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    changed_on = models.DateField(null=True)
    # None: he did not say.
    no_fixed_abode = models.BooleanField(null=True)
    items = models.JSONField(default=list)
    how = models.CharField(max_length=30)
    told_by_subject = models.BooleanField(default=True)
    taken_by = models.CharField(max_length=150)
    accepted_by = models.CharField(max_length=150, blank=True)
    proof = models.CharField(max_length=120, blank=True)
    # Empty: it counts. Else the code of what it lacks.
    lacks = models.CharField(max_length=30, blank=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "personal",
        "agency": "public",
        "what": "personal",
        "told_at": "personal",
        "recorded_at": "public",
        "changed_on": "personal",
        "no_fixed_abode": "personal",
        "items": "personal",
        "how": "personal",
        "told_by_subject": "personal",
        "taken_by": "personal",
        "accepted_by": "personal",
        "proof": "personal",
        "lacks": "personal",
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "told_at"], name="monitoring_told_by_him"),
            models.Index(fields=["recorded_at"], name="monitoring_told_as_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=sorted(what.value for what in What)),
                name="monitoring_told_what_is_known",
                violation_error_message="Choose what he told.",
            ),
            # A telling in the future is no telling.
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("told_at")),
                name="monitoring_told_has_happened",
                violation_error_message="What he told is recorded when he has told it.",
            ),
            # It counts because somebody accepted it; what nobody accepted does not count.
            models.CheckConstraint(
                condition=(models.Q(lacks="") & ~models.Q(accepted_by=""))
                | (~models.Q(lacks="") & models.Q(accepted_by="")),
                name="monitoring_told_is_accepted_or_lacks",
                violation_error_message="Say who accepted it, or what it lacks.",
            ),
        ]


class Finding(models.Model):
    """Somebody learnt of a change that he had not told. Of what it is, nothing: only which."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    changed_on = models.DateField()
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "personal",
        "agency": "public",
        "what": "personal",
        "changed_on": "personal",
        "found_at": "personal",
        "recorded_at": "public",
        "by": "personal",
    }

    class Meta:
        indexes = [
            models.Index(fields=["person", "changed_on"], name="monitoring_found_of_him"),
            models.Index(fields=["recorded_at"], name="monitoring_found_as_recorded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=_CHANGES),
                name="monitoring_found_is_a_change",
                violation_error_message="Choose which change was found.",
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_at__gte=models.F("found_at")),
                name="monitoring_found_has_happened",
                violation_error_message="A finding is recorded when it has been made.",
            ),
        ]

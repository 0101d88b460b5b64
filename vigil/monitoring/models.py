"""Duties with their clocks, what happened to them, alerts, jobs of the worker; breaches that an
officer logged, and how often somebody asked at a door.

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

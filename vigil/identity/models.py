"""People as derived from reports, and what humans have said about who is who.

A person is a row whose reference is never reused and never deleted: when two become one, both
stay and one points to the other. Which reports are his, and how like two reports are, is
derived and rewritten by each run; a judgement is a fact and is only ever withdrawn.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vigil.identity.rules import Verdict
from vigil.incidents.models import Report


class Run(models.Model):
    """One identification of the whole record: with what, by whom, and what came of it."""

    reference = models.CharField(max_length=20, unique=True)
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    model = models.CharField(max_length=80, default="")
    engine = models.CharField(max_length=20, default="")
    # Thresholds with their reasons, counts and seconds, as in run.json.
    summary = models.JSONField(default=dict)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "by": "personal",
        "agency": "public",
        "started_at": "public",
        "finished_at": "public",
        "model": "public",
        "engine": "public",
        "summary": "public",
    }

    class Meta:
        constraints = [
            # A run that ended before it began would be shown as the newest.
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="identity_run_ends_after_it_began",
                violation_error_message="A run cannot end before it began.",
            ),
        ]


class Person(models.Model):
    """Somebody whom reports are about. Other rooms hold the reference, never a name."""

    reference = models.CharField(max_length=12, unique=True)
    # The count that the reference is made of: counts up, so that none is ever used twice.
    number = models.BigIntegerField(unique=True)
    made_at = models.DateTimeField()
    points_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "number": "public",
        "made_at": "public",
        "points_to": "public",
    }

    class Meta:
        constraints = [
            # Whoever follows pointers would never arrive.
            models.CheckConstraint(
                condition=Q(points_to=None) | ~Q(points_to=F("id")),
                name="identity_person_does_not_point_to_himself",
                violation_error_message="A person cannot point to himself.",
            ),
        ]


class Attribution(models.Model):
    """Whose report this is, by the last run: one row for each report, rewritten by runs."""

    # `force/report_id`: the report, whatever its version.
    report_reference = models.CharField(max_length=210, unique=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # Tells victims apart within the record; null where nothing is known of the victim.
    victim = models.BigIntegerField(null=True)
    certainty = models.FloatField()
    # The report's suspect as cleaning left him, in JSON: what a search is scored against.
    cleaned = models.TextField()
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "report_reference": "public",
        "report": "public",
        "person": "public",
        "victim": "protected",
        "certainty": "personal",
        "cleaned": "personal",
        "run": "public",
    }

    class Meta:
        constraints = [
            # A certainty is a probability; anything else would be shown as one.
            models.CheckConstraint(
                condition=Q(certainty__gte=0) & Q(certainty__lte=1),
                name="identity_certainty_is_a_probability",
                violation_error_message="A certainty lies between 0 and 1.",
            ),
        ]


class Link(models.Model):
    """How like two reports are: the weight, and the bits of each comparison."""

    left = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField()
    bits = models.TextField()
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "left": "public",
        "right": "public",
        "weight": "personal",
        "bits": "personal",
        "run": "public",
    }

    class Meta:
        constraints = [
            # A report is always like itself: such a link would look like evidence.
            models.CheckConstraint(
                condition=~Q(left=F("right")),
                name="identity_link_is_between_two_reports",
                violation_error_message="A link is between two different reports.",
            ),
        ]


class SearchKey(models.Model):
    """A key under which a person can be found: a number made of a rule and cleaned values."""

    key = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    FIELD_CLASS: ClassVar[dict[str, str]] = {"id": "public", "key": "personal", "person": "public"}

    class Meta:
        indexes = [models.Index(fields=["key", "person"], name="identity_key_finds_person")]


class Frequency(models.Model):
    """How many reports hold a value, where it is common enough to say less."""

    column = models.CharField(max_length=20)
    value = models.CharField(max_length=150)
    reports = models.PositiveIntegerField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "column": "public",
        "value": "personal",
        "reports": "public",
    }

    class Meta:
        constraints = [
            # Two counts of one value: the search would take either.
            models.UniqueConstraint(
                fields=["column", "value"],
                name="identity_value_is_counted_once",
                violation_error_message="This value is counted already.",
            ),
        ]


class Judgement(models.Model):
    """What a named human said of two reports: the same suspect, not the same, unsure.

    Never changed but to be withdrawn; who is who is derived from those that stand.
    """

    reference = models.CharField(max_length=20, unique=True)
    left = models.CharField(max_length=210, db_index=True)
    right = models.CharField(max_length=210, db_index=True)
    verdict = models.CharField(max_length=10)
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    why = models.TextField()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, default="")
    withdrawn_why = models.TextField(default="")

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "left": "public",
        "right": "public",
        "verdict": "public",
        "by": "personal",
        "agency": "public",
        "why": "personal",
        "at": "public",
        "withdrawn_at": "public",
        "withdrawn_by": "personal",
        "withdrawn_why": "personal",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=tuple(Verdict)),
                name="identity_verdict_is_known",
                violation_error_message="Say same, not_same or unsure.",
            ),
            # The smaller reference stands left, so that one pair has one spelling.
            models.CheckConstraint(
                condition=Q(left__lt=F("right")),
                name="identity_judgement_is_of_two_reports",
                violation_error_message="A judgement is about two different reports.",
            ),
            # A judgement that nobody can argue with is none.
            models.CheckConstraint(
                condition=~Q(why=""),
                name="identity_judgement_has_a_reason",
                violation_error_message="Say why.",
            ),
            # Withdrawn means by somebody and for a reason, or not at all.
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_why="")),
                name="identity_withdrawal_is_whole",
                violation_error_message="Say who withdrew it and why.",
            ),
            # Two standing judgements on one pair would contradict or repeat each other.
            models.UniqueConstraint(
                fields=["left", "right"],
                condition=Q(withdrawn_at=None),
                name="identity_one_standing_judgement_a_pair",
                violation_error_message="Withdraw the judgement that stands first.",
            ),
        ]

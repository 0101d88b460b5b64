"""What was reported, as rows: loads and their chunks, versions of reports, victims, quarantine.

Facts are appended: a changed report is a new version and the old one stays; how far a load
has come is the sum of its chunks. Nothing of a victim stands here in clear but whether
there is one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q

from vigil.incidents.feed.columns import BASES, CATEGORIES, FORCES, RELATIONSHIPS, SEXES


def _one_of(field: str, values: Iterable[str], sentence: str) -> models.CheckConstraint:
    # Written as one comparison after another: SQLite builds a table for each IN of a check,
    # row by row, which made an insert half as long again.
    return models.CheckConstraint(
        condition=reduce(or_, (Q(**{field: value}) for value in values)),
        name=f"incidents_report_{field}_is_known",
        violation_error_message=sentence,
    )


class FeedLoad(models.Model):
    """A feed that somebody sent: whose, what, under which mapping. Its progress is its chunks."""

    reference = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=255)
    path = models.TextField()
    # True of a feed that was uploaded: its file is ours to delete when it is loaded.
    is_received = models.BooleanField()
    mapping = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    chunk_rows = models.PositiveIntegerField()
    sent_by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal = models.TextField(default="")
    # What was passed over and said: columns that are not read, files that are no feed.
    notes = models.JSONField(default=list)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "name": "public",
        "path": "public",
        "is_received": "public",
        "mapping": "public",
        "digest": "public",
        "size_bytes": "public",
        "chunk_rows": "public",
        "sent_by": "personal",
        "agency": "public",
        "opened_at": "public",
        "finished_at": "public",
        "refused_at": "public",
        "refusal": "public",
        "notes": "public",
    }

    class Meta:
        constraints = [
            # A load that ended twice, in two ways, would be told two ways.
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(refused_at=None),
                name="incidents_load_ends_once",
                violation_error_message="A load is finished or refused, not both.",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refusal="")
                | (Q(refused_at__isnull=False) & ~Q(refusal="")),
                name="incidents_load_is_refused_with_a_sentence",
                violation_error_message="Say why the load was refused.",
            ),
        ]
        indexes = [models.Index(fields=["agency", "digest"], name="incidents_load_digest")]


class LoadChunk(models.Model):
    """Rows of a load that were committed together, and what became of them."""

    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_row = models.BigIntegerField()
    last_row = models.BigIntegerField()
    done_bytes = models.BigIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    held = models.PositiveIntegerField()
    quarantined = models.PositiveIntegerField()
    held_in_quarantine = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored_at = models.DateTimeField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "load": "public",
        "first_row": "public",
        "last_row": "public",
        "done_bytes": "public",
        "new": "public",
        "changed": "public",
        "held": "public",
        "quarantined": "public",
        "held_in_quarantine": "public",
        "digest": "public",
        "stored_at": "public",
    }

    class Meta:
        constraints = [
            # Two workers on one load: the second finds that the chunk is there.
            models.UniqueConstraint(
                fields=["load", "first_row"],
                name="incidents_chunk_is_stored_once",
                violation_error_message="These rows of the load are stored already.",
            ),
            # Nothing is dropped silently: every row of a chunk is counted in one of the five.
            models.CheckConstraint(
                condition=Q(
                    last_row=models.F("first_row")
                    + models.F("new")
                    + models.F("changed")
                    + models.F("held")
                    + models.F("quarantined")
                    + models.F("held_in_quarantine")
                    - 1
                ),
                name="incidents_chunk_accounts_for_every_row",
                violation_error_message="A row of the chunk is not accounted for.",
            ),
        ]


class Report(models.Model):
    """One version of one report, word for word but for the victim. Never updated.

    The report's reference is `force/report_id`; the current version is the highest.
    """

    force = models.CharField(max_length=2)
    report_id = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.BigIntegerField()
    reported_on = models.DateField()
    occurred_on = models.DateField(null=True)
    category = models.CharField(max_length=20, default="")
    offence = models.CharField(max_length=20, default="")
    basis = models.CharField(max_length=20, default="")
    suspect_surname = models.TextField(default="")
    suspect_forename = models.TextField(default="")
    suspect_middle = models.TextField(default="")
    suspect_aliases = models.TextField(default="")
    # Whole or in part (YYYY, YYYY-MM), so text.
    suspect_born_on = models.CharField(max_length=10, default="")
    suspect_sex = models.CharField(max_length=1, default="")
    suspect_house = models.TextField(default="")
    suspect_postcode = models.TextField(default="")
    suspect_phone = models.TextField(default="")
    suspect_email = models.TextField(default="")
    suspect_handles = models.TextField(default="")
    suspect_vehicle = models.TextField(default="")
    suspect_pnc = models.TextField(default="")
    suspect_cro = models.TextField(default="")
    # Null where no identifier was given. An invalid one is kept as written, and marked here.
    suspect_pnc_is_valid = models.BooleanField(null=True)
    suspect_cro_is_valid = models.BooleanField(null=True)
    relationship = models.CharField(max_length=20, default="")
    has_victim = models.BooleanField()
    # Of every cell, the victim's too, and keyed: unkeyed it would let a phone be guessed.
    digest = models.BinaryField(max_length=16)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "force": "public",
        "report_id": "public",
        "version": "public",
        "load": "public",
        "row": "public",
        "reported_on": "public",
        "occurred_on": "public",
        "category": "personal",
        "offence": "personal",
        "basis": "personal",
        "suspect_surname": "personal",
        "suspect_forename": "personal",
        "suspect_middle": "personal",
        "suspect_aliases": "personal",
        "suspect_born_on": "personal",
        "suspect_sex": "personal",
        "suspect_house": "personal",
        "suspect_postcode": "personal",
        "suspect_phone": "personal",
        "suspect_email": "personal",
        "suspect_handles": "personal",
        "suspect_vehicle": "personal",
        "suspect_pnc": "personal",
        "suspect_cro": "personal",
        "suspect_pnc_is_valid": "personal",
        "suspect_cro_is_valid": "personal",
        "relationship": "personal",
        "has_victim": "personal",
        "digest": "protected",
    }

    class Meta:
        constraints = [
            # The whole of idempotence: two loads at once cannot both add the next version.
            models.UniqueConstraint(
                fields=["force", "report_id", "version"],
                name="incidents_report_version_is_stored_once",
                violation_error_message="This version of the report is stored already.",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="incidents_report_versions_count_from_one",
                violation_error_message="Versions of a report count from 1.",
            ),
            _one_of("force", FORCES, "Give the two-digit code of a force."),
            # A report without a reference could be sent again for ever as a new one.
            models.CheckConstraint(
                condition=~Q(report_id=""),
                name="incidents_report_has_a_reference",
                violation_error_message="A report has a reference of its own.",
            ),
            _one_of("category", ("", *CATEGORIES), "Choose one of the categories of the feed."),
            _one_of("basis", ("", *BASES), "Choose one of suspect, caution, conviction, order."),
            _one_of("suspect_sex", ("", *SEXES), "Choose one of M, F, U."),
            _one_of(
                "relationship", ("", *RELATIONSHIPS), "Choose one of the relationships of the feed."
            ),
        ]


class ReportVictim(models.Model):
    """The victim's columns of one version of a report, sealed: apart from the first day on."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    sealed = models.BinaryField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {"report": "public", "sealed": "protected"}


class QuarantinedRow(models.Model):
    """A row that was at fault: what is wrong with it in clear, its cells sealed.

    The cells are sealed since they may name a victim, in any column of a row that slipped.
    """

    load = models.ForeignKey(FeedLoad, on_delete=models.PROTECT, related_name="+", db_index=False)
    row = models.BigIntegerField()
    file = models.CharField(max_length=255)
    line = models.BigIntegerField()
    # A list of {column, expected, found}: never a name or a whole birthday.
    faults = models.JSONField()
    sealed = models.BinaryField()
    digest = models.BinaryField(max_length=16, unique=True)
    mended = models.BinaryField(null=True)
    # As `faults`, of the row as it was mended last.
    faults_left = models.JSONField(null=True)
    mended_at = models.DateTimeField(null=True)
    mended_by = models.CharField(max_length=150, default="")
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=150, default="")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+", null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "load": "public",
        "row": "public",
        "file": "public",
        "line": "public",
        "faults": "public",
        "sealed": "protected",
        "digest": "protected",
        "mended": "protected",
        "faults_left": "public",
        "mended_at": "public",
        "mended_by": "personal",
        "released_at": "public",
        "released_by": "personal",
        "report": "public",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["load", "row"],
                name="incidents_quarantine_holds_a_row_once",
                violation_error_message="This row of the load is in quarantine already.",
            ),
            models.CheckConstraint(
                condition=Q(mended=None, mended_at=None, mended_by="")
                | (Q(mended__isnull=False, mended_at__isnull=False) & ~Q(mended_by="")),
                name="incidents_quarantine_mending_is_signed",
                violation_error_message="A mended row says who mended it and when.",
            ),
            # A released row is a report; without this one could vanish from both lists.
            models.CheckConstraint(
                condition=Q(released_at=None, released_by="", report=None)
                | (Q(released_at__isnull=False, report__isnull=False) & ~Q(released_by="")),
                name="incidents_quarantine_release_makes_a_report",
                violation_error_message="A released row is a report, and says who released it.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["load", "row"],
                name="incidents_quarantine_open",
                condition=Q(released_at=None),
            )
        ]

"""The entries: what was done, by whom, when, to what; and the checkpoints over them.

Never updated but for their seal, which the sealer alone gives. Actors and targets are text:
the ledger sits under every room and outlives their rows.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models

from vigil.ledger.errors import AppendOnlyError


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be added and read, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class AppendOnly(models.Model):
    """A row that is written once. A hand on the database itself is found by the verifier."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnlyError for a row that exists."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save_base(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        """Raises AppendOnlyError."""
        raise AppendOnlyError


class Entry(AppendOnly):
    """One thing that was done or seen. `leaf` is the exact text that is hashed."""

    entry = models.CharField(max_length=32, unique=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    did = models.CharField(max_length=80)
    leaf = models.TextField()
    # The position in the Merkle tree; null until the sealer has put it there.
    leaf_index = models.BigIntegerField(null=True, unique=True)
    # The hash of `leaf` at that moment: tells which entry was altered, where a root only
    # tells between which checkpoints.
    leaf_hash = models.CharField(max_length=64, null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "entry": "public",
        "recorded_at": "public",
        "by": "personal",
        "agency": "public",
        "did": "public",
        "leaf": "personal",
        "leaf_index": "public",
        "leaf_hash": "public",
    }

    class Meta:
        indexes = [
            models.Index(fields=["by", "recorded_at"], name="ledger_entry_by_at"),
            models.Index(fields=["agency", "id"], name="ledger_entry_of_agency"),
            # What the sealer asks for: short, however long the ledger is.
            models.Index(
                fields=["id"],
                condition=models.Q(leaf_index__isnull=True),
                name="ledger_entry_unsealed",
            ),
        ]
        constraints = [
            # Positions count from nought; a negative one would stand outside the tree.
            models.CheckConstraint(
                condition=models.Q(leaf_index__isnull=True) | models.Q(leaf_index__gte=0),
                name="ledger_entry_position_counts_from_nought",
                violation_error_message="A position in the tree counts from nought.",
            ),
            # A place without its hash, or a hash without its place, is half a seal.
            models.CheckConstraint(
                condition=models.Q(leaf_index__isnull=True, leaf_hash__isnull=True)
                | models.Q(leaf_index__isnull=False, leaf_hash__isnull=False),
                name="ledger_entry_is_sealed_or_not",
                violation_error_message="A sealed entry has its place and its hash.",
            ),
        ]


class Target(AppendOnly):
    """What an entry is about, one row a reference: finds who looked at a person."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "entry": "public",
        "reference": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["reference", "entry"], name="ledger_target_reference")]


class Checkpoint(AppendOnly):
    """The root of the tree over the first `size` entries. `peaks` is what growing it needs."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    peaks = models.TextField()
    sealed_at = models.DateTimeField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "size": "public",
        "root": "public",
        "peaks": "public",
        "sealed_at": "public",
    }

    class Meta:
        constraints = [
            # A checkpoint over nothing would vouch for an emptied ledger.
            models.CheckConstraint(
                condition=models.Q(size__gte=1),
                name="ledger_checkpoint_is_over_something",
                violation_error_message="A checkpoint is over one entry or more.",
            ),
        ]

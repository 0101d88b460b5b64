"""The entries: what was done, by whom, when, to what. Never updated but for their seal.

Actors and targets are text: the ledger sits under every room and outlives their rows.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that was done or seen. `leaf` is the exact text that is hashed."""

    entry = models.CharField(max_length=32, unique=True)
    recorded_at = models.DateTimeField()
    by = models.CharField(max_length=150)
    agency = models.CharField(max_length=40)
    did = models.CharField(max_length=80)
    leaf = models.TextField()
    # The position in the Merkle tree; null until the sealer has put it there.
    leaf_index = models.BigIntegerField(null=True, unique=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "entry": "public",
        "recorded_at": "public",
        "by": "personal",
        "agency": "public",
        "did": "public",
        "leaf": "personal",
        "leaf_index": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["by", "recorded_at"], name="ledger_entry_by_at")]


class Target(models.Model):
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

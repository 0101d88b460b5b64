"""Protected persons: a reference of their own, and what is sealed behind it.

Nothing here says whom they are protected from: orders point here, never the other way.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency


class ProtectedPerson(models.Model):
    """Somebody whom an order protects. Her name and places are only in the sealed values."""

    # Random, so that it tells neither when she came nor how many there are.
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    identity_sealed = models.BinaryField()
    safe_contact_sealed = models.BinaryField()
    # The advocate who looks after her: an advocate sees her own clients and nobody else's.
    advocate = models.CharField(max_length=150, blank=True)
    protected_at = models.DateTimeField()
    protected_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "agency": "public",
        "identity_sealed": "protected",
        "safe_contact_sealed": "protected",
        "advocate": "protected",
        "protected_at": "personal",
        "protected_by": "personal",
    }

    class Meta:
        indexes = [models.Index(fields=["agency", "advocate"], name="victims_of_an_advocate")]
        constraints = [
            # A row with nothing sealed in it would protect nobody.
            models.CheckConstraint(
                condition=~models.Q(identity_sealed=b""),
                name="victims_identity_is_sealed",
                violation_error_message="Give the name of the protected person.",
            ),
        ]

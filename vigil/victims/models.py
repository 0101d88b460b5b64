"""Protected persons: a reference of their own, and what is sealed behind it.

Nothing here says whom they are protected from: orders point here, never the other way.
What changes is a row more, never a row overwritten.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vigil.access.models import Agency
from vigil.victims.geometry import Form


class ProtectedPerson(models.Model):
    """Somebody whom an order protects. Her name and places are only in sealed values."""

    # Random, so that it tells neither when she came nor how many there are.
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    identity_sealed = models.BinaryField()
    # Of release 1 only; since then her safe contact has versions in a table of its own.
    safe_contact_sealed = models.BinaryField(default=b"")
    # The advocate who looks after her now: the last row of `Advocacy`, here to be searched by.
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


class Place(models.Model):
    """A place of hers. An order's condition names it by its reference and knows no more.

    What kind of place it is lies sealed too: that she is in a refuge is itself a secret.
    """

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    # Kind, address and remarks. Reckoning opens the geometry alone, never this.
    about_sealed = models.BinaryField()
    form = models.CharField(max_length=10, choices=[(f.value, f.name) for f in Form], blank=True)
    geometry_sealed = models.BinaryField(default=b"")
    since_on = models.DateField(null=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "person": "protected",
        "about_sealed": "protected",
        "form": "public",
        "geometry_sealed": "protected",
        "since_on": "protected",
        "added_at": "personal",
        "added_by": "personal",
    }

    class Meta:
        constraints = [
            # A shape that lies nowhere, or coordinates that nobody may reckon by.
            models.CheckConstraint(
                condition=models.Q(form="", geometry_sealed=b"")
                | (models.Q(form__in=["point", "area"]) & ~models.Q(geometry_sealed=b"")),
                name="victims_place_has_its_shape",
                violation_error_message="Give a point or an area, or neither.",
            ),
            # An empty value would open as nothing at all.
            models.CheckConstraint(
                condition=~models.Q(about_sealed=b""),
                name="victims_place_is_sealed",
                violation_error_message="Say what the place is.",
            ),
        ]


class PlaceEnd(models.Model):
    """The last day on which a place was hers. The place itself stays as it was."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="+")
    last_day = models.DateField()
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "place": "protected",
        "last_day": "protected",
        "ended_at": "personal",
        "ended_by": "personal",
    }


class SafeContact(models.Model):
    """One version of how she is reached safely. The one with the highest number counts."""

    person = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    contact_sealed = models.BinaryField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "protected",
        "number": "public",
        "contact_sealed": "protected",
        "set_at": "personal",
        "set_by": "personal",
    }

    class Meta:
        constraints = [
            # The number is part of the seal, and says which version counts.
            models.UniqueConstraint(
                fields=["person", "number"],
                name="victims_safe_contact_is_numbered",
                violation_error_message="Somebody changed this at the same time; try again.",
            ),
        ]


class SafeTimes(models.Model):
    """One version of the days and hours at which she may be contacted."""

    person = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    times_sealed = models.BinaryField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "protected",
        "number": "public",
        "times_sealed": "protected",
        "set_at": "personal",
        "set_by": "personal",
    }

    class Meta:
        constraints = [
            # The number is part of the seal, and says which version counts.
            models.UniqueConstraint(
                fields=["person", "number"],
                name="victims_safe_times_are_numbered",
                violation_error_message="Somebody changed this at the same time; try again.",
            ),
        ]


class Advocacy(models.Model):
    """That she was handed to an advocate, or to none (empty). The last row counts."""

    person = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    advocate = models.CharField(max_length=150, blank=True)
    handed_at = models.DateTimeField()
    handed_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "person": "protected",
        "advocate": "protected",
        "handed_at": "personal",
        "handed_by": "personal",
    }


class ChildOf(models.Model):
    """That a protected child is the child of a protected person, both by reference."""

    child = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(ProtectedPerson, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.CharField(max_length=150)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "child": "protected",
        "parent": "protected",
        "marked_at": "personal",
        "marked_by": "personal",
    }

    class Meta:
        constraints = [
            # Nobody is her own child.
            models.CheckConstraint(
                condition=~models.Q(child=models.F("parent")),
                name="victims_child_is_another",
                violation_error_message="Give the references of two people.",
            ),
            # Said twice it would be read as two facts.
            models.UniqueConstraint(
                fields=["child", "parent"],
                name="victims_child_of_once",
                violation_error_message="This is recorded already.",
            ),
        ]

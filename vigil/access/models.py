"""Agencies, users and their tokens."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from vigil.access.viewer import Role, Viewer


class Agency(models.Model):
    """A police force or a partner. `code` is the two-digit force code, or a word."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    # Which of the four definitions of "serial" this agency uses, and under which regime.
    definition = models.CharField(max_length=40, default="northumbria_matac")
    regime = models.CharField(max_length=20, default="in_force")
    # The agency's own table of weights for the ranking; see register.
    weights = models.JSONField(default=dict)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "code": "public",
        "name": "public",
        "definition": "public",
        "regime": "public",
        "weights": "public",
    }

    class Meta:
        verbose_name_plural = "agencies"


class User(AbstractUser):
    """Somebody who signs in: one agency, one role."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Role])

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "password": "protected",
        "last_login": "personal",
        "is_superuser": "public",
        "groups": "public",
        "user_permissions": "public",
        "username": "personal",
        "first_name": "personal",
        "last_name": "personal",
        "email": "personal",
        "is_staff": "public",
        "is_active": "public",
        "date_joined": "public",
        "agency": "public",
        "role": "public",
    }

    class Meta:
        constraints = [
            # A role that nobody defined would match no permission, or a wrong one.
            models.CheckConstraint(
                condition=models.Q(role__in=[r.value for r in Role]),
                name="access_user_has_a_known_role",
                violation_error_message="Choose one of the ten roles.",
            ),
            # Django's superuser passes every check of its own; vigil has none.
            models.CheckConstraint(
                condition=models.Q(is_superuser=False, is_staff=False),
                name="access_user_is_no_superuser",
                violation_error_message="There is no account above the roles.",
            ),
        ]

    def viewer(self, because: str = "") -> Viewer:
        """This user as the value that actions and queries are given."""
        return Viewer(
            username=self.username,
            name=self.get_full_name() or self.username,
            agency=self.agency_id,
            role=Role(self.role),
            because=because,
        )


class ApiToken(models.Model):
    """A token for the API: only its SHA-256 is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "user": "public",
        "digest": "protected",
        "made_at": "public",
        "revoked_at": "public",
    }

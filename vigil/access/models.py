"""Agencies, users, their tokens, and the sign-ins that failed.

An account is closed, never deleted: its name stays taken, because the ledger names people
by their user name. Refuses an account above the roles.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from vigil.access.rules import DEFINITIONS, REGIMES
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
        constraints = [
            # Only a regime that the law room knows can be asked; "paladin" is proposed law.
            models.CheckConstraint(
                condition=models.Q(regime__in=REGIMES),
                name="access_agency_regime_is_known",
                violation_error_message="Choose the regime in_force or paladin.",
            ),
            # The definition decides who is put up as serial; an unknown one would find nobody.
            models.CheckConstraint(
                condition=models.Q(definition__in=DEFINITIONS),
                name="access_agency_definition_is_known",
                violation_error_message="Choose one of the four definitions of serial.",
            ),
        ]


class Installation(models.Model):
    """The one row that says that this installation has had its first administrator."""

    founded_at = models.DateTimeField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {"id": "public", "founded_at": "public"}

    class Meta:
        constraints = [
            # Two first administrators made at once: the second one fails on this row.
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="access_installation_is_founded_once",
                violation_error_message="This installation has its first administrator already.",
            ),
        ]


class User(AbstractUser):
    """Somebody who signs in: one agency, one role."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=[(r.value, r.value) for r in Role])
    closed_at = models.DateTimeField(null=True)

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
        "closed_at": "public",
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
            # A closed account that could still sign in, or an open one that could not.
            models.CheckConstraint(
                condition=models.Q(is_active=True, closed_at__isnull=True)
                | models.Q(is_active=False, closed_at__isnull=False),
                name="access_user_is_open_or_closed",
                violation_error_message="A closed account has the instant at which it was closed.",
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

    class Meta:
        indexes = [models.Index(fields=["user", "revoked_at"], name="access_token_of_user")]


class FailedSignIn(models.Model):
    """One count for the lock on guessing. `key` is a keyed digest, never a name or an address."""

    key = models.CharField(max_length=64)
    failed_at = models.DateTimeField()

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "key": "protected",
        "failed_at": "public",
    }

    class Meta:
        indexes = [models.Index(fields=["key", "failed_at"], name="access_failed_key_at")]


class SealedRecord(models.Model):
    """A record that only the named may see; to everybody else it does not exist."""

    reference = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    named = models.JSONField(default=list)
    sealed_at = models.DateTimeField()
    sealed_by = models.CharField(max_length=150)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, default="")

    FIELD_CLASS: ClassVar[dict[str, str]] = {
        "id": "public",
        "reference": "public",
        "agency": "public",
        "named": "personal",
        "sealed_at": "public",
        "sealed_by": "personal",
        "lifted_at": "public",
        "lifted_by": "personal",
    }

    class Meta:
        constraints = [
            # Two seals at once would leave open who is named.
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(lifted_at=None),
                name="access_sealed_record_once",
                violation_error_message="This record is sealed already; lift that seal first.",
            ),
        ]

"""The access room as Django starts it. Refuses Django's own write at sign-in: the action writes."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccessConfig(AppConfig):
    """Takes back the one signal by which a library would write a row of ours."""

    name = "vigil.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """`django.contrib.auth` has connected it by now: it stands earlier in the list."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")

"""Which database holds the record: SQLCipher under the home folder, or PostgreSQL by its URL."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from vigil.access.keys import home

# Long enough for ten writers to take their turn; see docs/adr/0002.
WAIT_SECONDS = 20


def database() -> dict[str, Any]:
    """Django's settings of the one database.

    Raises: ImproperlyConfigured for a URL that is no PostgreSQL URL.
    """
    url = os.environ.get("VIGIL_DATABASE_URL", "")
    return _postgresql(url) if url else _sqlcipher()


def _sqlcipher() -> dict[str, Any]:
    folder = home()
    return {
        "ENGINE": "vigil.config.sqlcipher",
        "NAME": str(folder / "vigil.db"),
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "key_folder": str(folder),
        },
        "TEST": {"NAME": str(folder / "test.db")},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise ImproperlyConfigured(
            "expected VIGIL_DATABASE_URL as postgresql://user:password@host:port/name, "
            f"found the scheme {parts.scheme or 'none'!r}; correct it or unset it"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }

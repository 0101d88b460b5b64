"""Which settings are unsafe: each check answers with a sentence, or with nothing.

Refuses to mend anything: `vigil check` says it, an operator decides.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from sqlcipher3 import dbapi2

from vigil.access.errors import UnsafeDatabaseError
from vigil.config.sqlcipher.base import check_version

LOOPBACK = {"127.0.0.1", "localhost", "::1", ""}


def unsafe_settings() -> list[str]:
    """One sentence for each unsafe setting: what was expected, found, and what to do."""
    return [sentence for check in CHECKS for sentence in check()]


def _home_is_private() -> Iterable[str]:
    mode = stat.S_IMODE(Path(settings.VIGIL_HOME).stat().st_mode)
    if mode & 0o077:
        yield (
            f"expected the home folder to be its owner's only (mode 0700), found {mode:04o}; "
            "run chmod 700 on it"
        )


def _keys_are_private() -> Iterable[str]:
    for path in sorted(Path(settings.VIGIL_HOME).glob("*.key")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield (
                f"expected {path.name} to be readable by its owner only (mode 0600), "
                f"found {mode:04o}; run chmod 600 on it"
            )


def _sqlite_is_sound() -> Iterable[str]:
    if settings.DATABASES["default"]["ENGINE"] != "vigil.config.sqlcipher":
        return
    try:
        check_version(dbapi2.sqlite_version_info)
    except UnsafeDatabaseError as unsafe:
        yield str(unsafe)


def _hosts_are_named() -> Iterable[str]:
    if "*" in settings.ALLOWED_HOSTS:
        yield "expected VIGIL_HOSTS to name each host, found '*'; name the hosts that it answers to"


def _cookies_travel_encrypted() -> Iterable[str]:
    others = {h for h in settings.ALLOWED_HOSTS if h not in {*LOOPBACK, "[::1]", "testserver"}}
    if others and not settings.VIGIL_HTTPS:
        yield (
            "expected VIGIL_HTTPS=1 where VIGIL_HOSTS names another machine, found it unset; "
            "put TLS in front and set it"
        )


def _database_travels_encrypted() -> Iterable[str]:
    url = urlsplit(os.environ.get("VIGIL_DATABASE_URL", ""))
    if (url.hostname or "") not in LOOPBACK and "sslmode=verify-full" not in url.query:
        yield (
            "expected sslmode=verify-full for a PostgreSQL on another machine, found none; "
            "add ?sslmode=verify-full to VIGIL_DATABASE_URL"
        )


CHECKS: tuple[Callable[[], Iterable[str]], ...] = (
    _home_is_private,
    _keys_are_private,
    _sqlite_is_sound,
    _hosts_are_named,
    _cookies_travel_encrypted,
    _database_travels_encrypted,
)

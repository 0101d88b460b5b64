"""What an account may be called, and when guessing a password is stopped.

Pure: no ORM, no clock, no settings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

# The four definitions of "serial" and the two regimes, as the law room names them.
DEFINITIONS = ("acpo_2009", "richards", "northumbria_matac", "lords_42_2021")
REGIMES = ("in_force", "paladin")

# Who acts without an account. Nobody may open one under these names.
RESERVED_USERNAMES = frozenset({"anonymous", "installer", "worker", "demo", "nobody"})
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,49}")

# Failures within the window after which the next try is refused unread, by what was counted.
# The pair is the limit that a user meets. The other two are wide, so that a stranger cannot
# lock a named officer out, nor one typist his whole station, and stop a guess spread thin.
FAILURE_WINDOW = timedelta(minutes=15)
FAILURE_LIMITS: Mapping[str, int] = {"user_from_address": 10, "user": 100, "address": 200}


def is_username(candidate: str) -> bool:
    """Whether an account may have this name: small letters, digits, `.`, `_`, `-`, 2 to 50."""
    return bool(_USERNAME.fullmatch(candidate)) and candidate not in RESERVED_USERNAMES


def is_locked(failures: Mapping[str, int]) -> bool:
    """Whether so many failures within the window stop the next try."""
    return any(failures.get(kind, 0) >= limit for kind, limit in FAILURE_LIMITS.items())

"""Who somebody is, and what an agency has chosen.

The only readers of accounts for other rooms and for the edges. Refuses to say whether an
account is unknown, closed or of another agency: it is one sentence for all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.conf import settings

from vigil.access.actions import digest, guess_keys
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.models import Agency, ApiToken, FailedSignIn, SealedRecord, User
from vigil.access.permissions import check_can
from vigil.access.rules import FAILURE_WINDOW, is_locked
from vigil.access.viewer import Role, Viewer

DEMO_ACCOUNTS = "demo-accounts.json"


@dataclass(frozen=True)
class AgencySettings:
    """What an agency has chosen: its definition of serial, its regime, its table of weights."""

    code: str
    name: str
    definition: str
    regime: str
    weights: Mapping[str, object]


@dataclass(frozen=True)
class Account:
    """One account as an administrator sees it."""

    username: str
    name: str
    role: Role
    is_open: bool
    tokens: int
    last_signed_in_at: datetime | None


def viewer_named(username: str, because: str = "") -> Viewer:
    """The open account of that name, acting for that reason.

    Raises: NotAllowedError for an unknown or closed one.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotAllowedError("expected the user name of an open account, found no such account")
    return user.viewer(because.strip())


def viewer_of_token(token: str, because: str = "") -> Viewer:
    """The account that this API token speaks for.

    Raises: NotAllowedError for a token that is unknown, revoked, or of a closed account.
    """
    row = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest(token), revoked_at=None, user__is_active=True)
        .first()
    )
    if row is None:
        raise NotAllowedError("expected a token that is in use, found none; ask for a new one")
    return row.user.viewer(because.strip())


def is_sign_in_locked(username: str, address: str, *, at: datetime) -> bool:
    """Whether so many sign-ins failed that the next try is refused unread.

    Answers the same for a name that no account has.
    """
    since = at - FAILURE_WINDOW
    keys = guess_keys(username, address)
    return is_locked(
        {
            kind: FailedSignIn.objects.filter(key=key, failed_at__gt=since).count()
            for kind, key in keys.items()
        }
    )


def demo_user(role: Role = Role.ADMINISTRATOR) -> str:
    """The user that commands act as in a demo home when none is named.

    Raises: NotAllowedError where there is no demo.
    """
    try:
        accounts = json.loads((settings.VIGIL_HOME / DEMO_ACCOUNTS).read_text())["accounts"]
        named = [a["username"] for a in accounts if a["role"] == role]
        return str(named[0])
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        raise NotAllowedError("expected --as USER, found none; say who you are") from None


def agency(code: str) -> AgencySettings:
    """What this agency has chosen.

    Raises: NotFoundError.
    """
    row = Agency.objects.filter(pk=code).first()
    if row is None:
        raise NotFoundError
    weights = MappingProxyType(dict(row.weights))
    return AgencySettings(row.code, row.name, row.definition, row.regime, weights)


def agencies() -> list[str]:
    """The codes of all agencies, in order."""
    return list(Agency.objects.order_by("code").values_list("code", flat=True))


def accounts(viewer: Viewer) -> list[Account]:
    """The accounts of the viewer's own agency, by user name.

    Raises: NotAllowedError.
    """
    check_can(viewer, "list accounts")
    users = User.objects.filter(agency=viewer.agency).order_by("username")
    live = ApiToken.objects.filter(user__agency=viewer.agency, revoked_at=None)
    tokens: dict[int, int] = {}
    for owner in live.values_list("user_id", flat=True):
        tokens[owner] = tokens.get(owner, 0) + 1
    return [
        Account(
            user.username,
            user.first_name,
            Role(user.role),
            user.is_active,
            tokens.get(user.pk, 0),
            user.last_login,
        )
        for user in users
    ]


def sealed_from(viewer: Viewer) -> frozenset[str]:
    """The references of the records that are sealed to others. They are few at any time."""
    rows = SealedRecord.objects.filter(lifted_at=None).values_list("reference", "named")
    return frozenset(reference for reference, named in rows if viewer.username not in named)

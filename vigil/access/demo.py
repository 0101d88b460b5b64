"""The accounts of the demo: for each of two agencies one of every role, with its token.

Made through the same actions as any account. Refuses a home that has accounts already: the
demo never opens a door into a real record.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from vigil.access import actions
from vigil.access.queries import DEMO_ACCOUNTS
from vigil.access.viewer import INSTALLER, Role, Viewer

PASSWORD_BYTES = 12
REASON = "setting up the demo"


def open_demo_accounts(*, at: datetime, home: Path, agencies: Mapping[str, str]) -> Path:
    """Found the agencies (code to name) and open ten accounts in each; the file that names them.

    A user name is `<role>-<agency code>`, with dashes. The file has mode 0600 and the shape
    {"accounts": [{"role", "agency", "username", "password", "api_token"}, ...]}. Each account
    is one action, so this is no action itself.

    Raises: AccountError when the home has accounts already.
    """
    found: list[dict[str, str]] = []
    first: Viewer | None = None
    for code, name in agencies.items():
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        username = demo_username(Role.ADMINISTRATOR, code)
        if first is None:
            head = actions.found_installation(
                by=INSTALLER,
                at=at,
                code=code,
                name=name,
                username=username,
                password=password,
                full_name="Demo administrator",
            )
            first = head = head.with_reason(REASON)
        else:
            actions.found_agency(by=first, at=at, code=code, name=name)
            head = _open(first, at, code, Role.ADMINISTRATOR, password)
        found.append(_account(head, head, at, password))
        found += _others(head, at)
    path = home / DEMO_ACCOUNTS
    _write(path, json.dumps({"accounts": found}, indent=2) + "\n")
    return path


def demo_username(role: Role, agency: str) -> str:
    """The user name of a demo account."""
    return f"{role.value.replace('_', '-')}-{agency}"


def _others(head: Viewer, at: datetime) -> list[dict[str, str]]:
    opened = []
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            viewer = _open(head, at, head.agency, role, password)
            opened.append(_account(head, viewer, at, password))
    return opened


def _open(by: Viewer, at: datetime, agency: str, role: Role, password: str) -> Viewer:
    opened = actions.open_account(
        by=by,
        at=at,
        agency=agency,
        username=demo_username(role, agency),
        password=password,
        role=role,
        full_name=f"Demo {role.value.replace('_', ' ')}",
    )
    return opened.with_reason(REASON)


def _account(by: Viewer, viewer: Viewer, at: datetime, password: str) -> dict[str, str]:
    token = actions.make_token(by=by, at=at, username=viewer.username)
    return {
        "role": viewer.role.value,
        "agency": viewer.agency,
        "username": viewer.username,
        "password": password,
        "api_token": token,
    }


def _write(path: Path, text: str) -> None:
    """Never readable by others, not even for a moment."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    draft.replace(path)

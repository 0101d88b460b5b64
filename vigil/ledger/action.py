"""Actions, and the entry that each of them writes.

`@action` makes a function the only kind of thing that may change the record: keyword
arguments only, `by` and `at` among them, one transaction, exactly one ledger entry; when
the entry cannot be written nothing is changed. `at` is the clock's reading at the edge; an
instant at which something happened earlier is an argument and a fact of its own.
"""

from __future__ import annotations

import functools
import inspect
import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction

from vigil.ledger.errors import (
    NestedActionError,
    NoEntryError,
    NotAnActionError,
    NotInTransactionError,
)
from vigil.ledger.models import Entry, Target

P = ParamSpec("P")
R = TypeVar("R")
LEAF_VERSION = 1


class Actor(Protocol):
    """Whoever acts; `access.Viewer` is one."""

    @property
    def username(self) -> str: ...
    @property
    def agency(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def because(self) -> str: ...


@dataclass
class _Running:
    name: str
    by: Actor
    at: datetime
    entries: int = 0


_running: ContextVar[_Running | None] = ContextVar("running_action", default=None)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make `function` an action: see the module.

    Raises: NotAnActionError at import time; NoEntryError, NestedActionError when run.
    """
    parameters = inspect.signature(function).parameters
    keyword_only = all(p.kind is p.KEYWORD_ONLY for p in parameters.values())
    if not keyword_only or not {"by", "at"} <= parameters.keys():
        raise NotAnActionError(f"{function.__qualname__}: {NotAnActionError.__doc__}")
    name = f"{function.__module__.split('.')[1]}.{function.__name__}"

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            raise NestedActionError
        by, at = kwargs["by"], kwargs["at"]
        running = _Running(name, by, at)  # type: ignore[arg-type]
        token = _running.set(running)
        try:
            with transaction.atomic(durable=True):
                result = function(*args, **kwargs)
                if running.entries != 1:
                    raise NoEntryError(f"{name} wrote {running.entries} entries; expected one")
            return result
        finally:
            _running.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def record(
    *,
    targets: Iterable[str],
    because: str | None = None,
    facts: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> Entry:
    """Write the running action's entry. `facts` holds no name, address or birthday.

    Raises: NotInTransactionError outside an action.
    """
    running = _running.get()
    if running is None:
        raise NotInTransactionError
    running.entries += 1
    return append(
        did=running.name,
        by=running.by,
        at=running.at,
        targets=targets,
        because=because,
        facts=facts,
        happened_at=happened_at,
    )


def append(
    *,
    did: str,
    by: Actor,
    at: datetime,
    targets: Iterable[str],
    because: str | None = None,
    facts: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> Entry:
    """Append one entry inside the caller's transaction. For `record` and the look only.

    Raises: NotInTransactionError.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError
    about = list(targets)
    entry = uuid.uuid4().hex
    leaf = {
        "v": LEAF_VERSION,
        "entry": entry,
        "at": stamp(happened_at or at),
        "recorded_at": stamp(at),
        "by": by.username,
        "agency": by.agency,
        "role": str(by.role),
        "did": did,
        "targets": about,
        "because": by.because if because is None else because,
        "facts": dict(facts or {}),
    }
    row = Entry.objects.create(
        entry=entry,
        recorded_at=at,
        by=by.username,
        agency=by.agency,
        did=did,
        leaf=json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
    )
    Target.objects.bulk_create([Target(entry=row, reference=r) for r in dict.fromkeys(about)])
    return row


def stamp(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

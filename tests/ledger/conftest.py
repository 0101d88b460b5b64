"""A ledger to read and to attack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from vigil.access.viewer import Viewer
from vigil.ledger.action import append
from vigil.ledger.models import Entry
from vigil.ledger.sealing import seal

Write = Callable[..., list[Entry]]


@pytest.fixture
def write(db: None, viewer_factory: Callable[..., Viewer], at: datetime) -> Write:
    """Appends so many entries, each about a reference of its own."""
    written = 0

    def many(count: int, *, by: Viewer | None = None, did: str = "access.look") -> list[Entry]:
        nonlocal written
        made = []
        for _ in range(count):
            with transaction.atomic():
                instant = at + timedelta(seconds=written)
                targets = [f"P-{written}", "P-all"]
                who = by or viewer_factory()
                made.append(append(did=did, by=who, at=instant, targets=targets))
            written += 1
        return made

    return many


@pytest.fixture
def sealed(write: Write, at: datetime) -> list[Entry]:
    """Ten entries under checkpoints at 4, 8 and 10."""
    made = write(10)
    seal(at, chunk=4)
    return made

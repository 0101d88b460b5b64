"""Who loads a feed in these tests, and how a feed of invented rows comes to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from tests.incidents.feed.rows import write_csv
from vigil.access.viewer import Role, Viewer

MakeFeed = Callable[[Iterable[Mapping[str, str]]], Path]


@pytest.fixture
def analyst(viewer_factory: Callable[..., Viewer]) -> Viewer:
    """Alice, an analyst of force 10, who may load."""
    return viewer_factory(Role.ANALYST, username="alice", because="weekly feed")


@pytest.fixture
def feed(tmp_path: Path) -> MakeFeed:
    """Writes rows as a CSV file of their own."""
    count = 0

    def make(rows: Iterable[Mapping[str, str]]) -> Path:
        nonlocal count
        count += 1
        return write_csv(tmp_path / f"feed-{count}.csv", rows)

    return make

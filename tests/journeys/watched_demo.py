"""Plays the demo with every statement watched: `python -m tests.journeys.watched_demo FILE ...`.

The words after FILE are the demo's own. What FILE then holds: every action that the ledger
says was done, and every statement that wrote a row of ours while no action ran. The look and
the sealer write the ledger alone. Not seen here is PostgreSQL's COPY, which goes past Django's
cursor; that only actions call it, tests/architecture holds.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

WRITE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|TRUNCATE)\s+"
    r'"?(?P<table>\w+)',
    re.IGNORECASE,
)
# Under the actions: who may write, and into which tables. A migration runs before anybody acts.
BESIDE = {
    "vigil/access/look.py": "ledger_",
    "vigil/ledger/sealing.py": "ledger_",
    "django/db/migrations/executor.py": "",
}


class Watch:
    """Stands before every statement of every connection."""

    def __init__(self) -> None:
        self.inside: Counter[str] = Counter()
        self.outside: Counter[str] = Counter()

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        found = WRITE.match(str(sql))
        if found and found["table"] in _own_tables():
            self._note(found["table"], str(sql))
        return execute(sql, params, many, context)

    def _note(self, table: str, sql: str) -> None:
        from vigil.ledger import action

        running = action._running.get()
        if running is not None:
            self.inside[running.name] += 1
        elif not _stands_beside(table):
            self.outside[f"{_caller()}: {sql}"] += 1


def _own_tables() -> frozenset[str]:
    from django.apps import apps

    models = apps.get_models(include_auto_created=True)
    return frozenset(m._meta.db_table for m in models if m.__module__.startswith("vigil."))


def _files() -> list[str]:
    frame: FrameType | None = sys._getframe(1)
    files = []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    return files


def _stands_beside(table: str) -> bool:
    return any(
        file.endswith(place) and table.startswith(tables)
        for file in _files()
        for place, tables in BESIDE.items()
    )


def _caller() -> str:
    own = [file for file in _files() if "/vigil/" in file]
    return own[0].rpartition("/vigil/")[2] if own else "nowhere of ours"


def main(answer: Path, words: list[str]) -> int:
    """Play it; the demo's own status."""
    from django.db.backends.signals import connection_created

    watch = Watch()

    def begin(connection: Any, **_: Any) -> None:
        if watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(watch)

    connection_created.connect(begin)
    from vigil.entrypoints.cli.main import app

    status = app(["demo", *words], standalone_mode=False)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT did FROM ledger_entry")
        did = sorted(row[0] for row in cursor.fetchall())
    held = {"did": did, "inside": watch.inside, "outside": watch.outside}
    answer.write_text(json.dumps(held, indent=2))
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))

"""Test databases of this back end are files too: nothing is tested on another engine."""

from __future__ import annotations

from pathlib import Path

from django.db.backends.sqlite3.creation import DatabaseCreation as StockCreation


class DatabaseCreation(StockCreation):
    """Removes the write-ahead log together with its file."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{test_database_name}{suffix}").unlink(missing_ok=True)

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name = self._get_test_db_name()  # type: ignore[attr-defined]
        if not keepdb:
            self._destroy_test_db(name, verbosity)
        return str(name)

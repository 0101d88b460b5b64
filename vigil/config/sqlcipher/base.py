"""The connection: opened with the key, checked for its version, in WAL with full sync.

Everything but the driver is Django's own SQLite back end. Refuses SQLite below 3.51.3: its
WAL-reset fault can destroy a database that two connections write.
"""

from __future__ import annotations

import datetime
import decimal
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import tee
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import (  # type: ignore[import-untyped]
    register as register_functions,
)
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2

from vigil.access.errors import UnsafeDatabaseError
from vigil.access.keys import key
from vigil.config.sqlcipher.creation import DatabaseCreation

SAFE_SQLITE = (3, 51, 3)
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    # Sorting must not spill plain rows to a temporary file.
    "PRAGMA temp_store = MEMORY",
)
# How long a writer waits before it tries again, in seconds. SQLite's own wait grows to 100 ms and
# lets in whoever comes later: with five officers at five doors one in twenty waited for 230 ms,
# one in a hundred for a second (2026-11-24). With this each tries alike.
TRY_AGAIN_AFTER = 0.002

for _kind, _convert in (
    ("bool", b"1".__eq__),
    ("date", stock.decoder(parse_date)),
    ("time", stock.decoder(parse_time)),
    ("datetime", stock.decoder(parse_datetime)),
    ("timestamp", stock.decoder(parse_datetime)),
):
    dbapi2.register_converter(_kind, _convert)
dbapi2.register_adapter(decimal.Decimal, str)
dbapi2.register_adapter(datetime.date, stock.adapt_date)
dbapi2.register_adapter(datetime.datetime, stock.adapt_datetime)


def check_version(found: tuple[int, ...]) -> None:
    """Raises UnsafeDatabaseError for an SQLite older than 3.51.3."""
    if found < SAFE_SQLITE:
        raise UnsafeDatabaseError(
            f"expected SQLite {'.'.join(map(str, SAFE_SQLITE))} or later, found "
            f"{'.'.join(map(str, found))}; install the pinned sqlcipher3"
        )


class Cursor(dbapi2.Cursor):  # type: ignore[misc]
    """A cursor that takes Django's placeholders."""

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(_placeholders(query, names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        peekable, param_list = tee(iter(param_list))
        first = next(peekable, None)
        names = list(first) if isinstance(first, Mapping) else None
        return super().executemany(_placeholders(query, names), param_list)


def _placeholders(query: str, names: list[str] | None) -> str:
    if names is None:
        return stock.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return query % {name: f":{name}" for name in names}


def _waiting(most_seconds: float) -> Callable[[int], bool]:
    """Waits for another writer for a moment; False when it has waited for so long in all."""

    def wait(tries: int) -> bool:
        time.sleep(TRY_AGAIN_AFTER)
        return tries * TRY_AGAIN_AFTER < most_seconds

    return wait


class DatabaseWrapper(stock.DatabaseWrapper):
    """Django's SQLite wrapper with the driver changed."""

    display_name = "SQLCipher"
    Database = dbapi2
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["detect_types"] = dbapi2.PARSE_DECLTYPES | dbapi2.PARSE_COLNAMES
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        check_version(dbapi2.sqlite_version_info)
        params = dict(conn_params)
        path = Path(params["database"])
        key_folder = Path(params.pop("key_folder"))
        secret = key("database.key", folder=key_folder, locks=path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = dbapi2.connect(**params)
        connection.set_busy_handler(_waiting(float(params.get("timeout", 0))))
        connection.execute(f"PRAGMA key = \"x'{secret.hex()}'\"")
        register_functions(connection)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

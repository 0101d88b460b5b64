"""Is this person known? One question at a time: the keys to look under, and the score of each
candidate by the same conditions and weights as the bulk.

It holds no record: the caller fetches the candidates that share a key and hands them in.
"""

# ruff: noqa: S608, E501  (every part of each statement is a constant; a rule is one line)
from __future__ import annotations

import json
import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import duckdb
import pyarrow as pa

from vigil.identity.engine import cleaning
from vigil.identity.engine.columns import CLEANED, FEED_SCHEMA
from vigil.identity.engine.model import Model, read_model
from vigil.identity.engine.scoring import OWN_REPORTS, score_sql

# Wider than the bulk's rules, because a question may hold one fact only; a person is listed
# once under each key. The number of a rule is part of its keys: add at the end, never reuse.
RULES: Final = (
    (1, "pnc"),
    (2, "cro"),
    (3, "CASE WHEN pnc IS NULL THEN pnc_written END"),
    (4, "CASE WHEN cro IS NULL THEN cro_written END"),
    (5, "phone"),
    (6, "email"),
    (7, "vehicle"),
    (8, "least(surname, root) || '|' || greatest(surname, root)"),
    (9, "born"),
    (10, "postcode"),
    (11, "surname"),
    (12, "sound || '|' || root"),
    (13, "root || '|' || year || '|' || outcode"),
)
_HANDLE_RULE: Final = 50

# A table of its own for a question: columns of CLEANED, as DuckDB reads them back from JSON.
_LISTS: Final = frozenset({"roots", "given", "families", "handles"})
_TYPES: Final = {"year": "INTEGER", "month": "INTEGER", "is_weak": "BOOLEAN"}


@dataclass(frozen=True, slots=True)
class Scored:
    """How like one candidate is: bits in all, prior included, and the bits of each comparison
    that had something to say.
    """

    index: int
    weight: float
    bits: Mapping[str, float]

    @property
    def probability(self) -> float:
        """The weight as a probability."""
        return 1 / (1 + math.pow(2.0, -max(-60.0, min(60.0, self.weight))))


def keys_sql(source: str = "cleaned") -> str:
    """SQL for `row, key` of every row of `source`. The key is stable from release to release."""
    parts = [
        f"SELECT row, (md5_number_lower('{number}|' || {key}) >> 1)::BIGINT AS key FROM {source}"
        f" WHERE ({key}) IS NOT NULL"
        for number, key in RULES
    ]
    parts.append(
        f"SELECT row, (md5_number_lower('{_HANDLE_RULE}|' || handle) >> 1)::BIGINT FROM"
        f" (SELECT row, unnest(handles) AS handle FROM {source})"
    )
    # An alias is looked for as if it were the name.
    parts.append(
        "SELECT row, (md5_number_lower('8|' || least(family, given) || '|' || greatest(family, given))"
        " >> 1)::BIGINT FROM (SELECT row, string_split(alias, ' ')[-1] AS family,"
        " coalesce(n.roots[1], string_split(alias, ' ')[1]) AS given FROM"
        f" (SELECT row, unnest(aliases) AS alias FROM {source} WHERE len(aliases) > 0)"
        " LEFT JOIN nickname n ON n.name = string_split(alias, ' ')[1]) WHERE family <> given"
    )
    return " UNION ".join(parts)


def as_json_sql() -> str:
    """SQL of the cleaned columns of one row as JSON text, nulls left out by the reader."""
    pairs = ", ".join(f"'{name}', {name}" for name in CLEANED)
    return f"json_object({pairs})::VARCHAR"


class Finder:
    """A connection that knows the words of cleaning and the model; one a thread."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        cleaning.prepare(self._connection)

    def clean(
        self, terms: Mapping[str, str], *, this_year: int
    ) -> tuple[dict[str, Any], list[int]]:
        """The cleaned columns of what was asked, and the keys to look under.

        `terms` are columns of the feed, as typed.
        """
        row = {name: value.strip() or None for name, value in terms.items()} | {"row": 0}
        table = pa.Table.from_pylist([row], schema=FEED_SCHEMA)
        self._connection.register("feed", table)
        cleaning.clean(self._connection, this_year=this_year)
        found = self._connection.execute(f"SELECT {as_json_sql()} FROM cleaned").fetchall()
        keys = self._connection.execute(
            f"SELECT DISTINCT key FROM ({keys_sql()}) ORDER BY key"
        ).fetchall()
        self._connection.unregister("feed")
        return json.loads(found[0][0]), [int(key) for (key,) in keys]

    def score(
        self,
        asked: Mapping[str, Any],
        candidates: Sequence[str],
        *,
        frequencies: Mapping[tuple[str, str], int],
        reports: int,
    ) -> Iterator[Scored]:
        """Each candidate's likeness to what was asked, in the order given.

        `candidates` are cleaned columns in JSON; `frequencies` counts the reports that hold a
        common value; `reports` is how many reports the record holds.
        """
        if not candidates:
            return
        left = self._rows([json.dumps(asked)], "asked")
        right = self._rows(candidates, "candidates")
        prior = self._model.thresholds.prior(reports)
        common = self._frequencies(frequencies, reports)
        query = score_sql(
            self._model,
            prior,
            pairs="(SELECT 0 AS row_l, row AS row_r FROM candidates)",
            left=self._with_frequencies(left, common),
            right=self._with_frequencies(right, common),
        )
        rows = self._connection.execute(f"{query} ORDER BY row_r").fetchall()
        names = [comparison.name for comparison in self._model.comparisons]
        for _, index, weight, *bits in rows:
            said = {name: value for name, value in zip(names, bits, strict=True) if value}
            yield Scored(int(index), float(weight), said)

    def _rows(self, cleaned: Sequence[str], name: str) -> str:
        table = pa.table({"row": pa.array(range(len(cleaned)), pa.int64()), "cleaned": cleaned})
        self._connection.register(f"{name}_json", table)
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS SELECT row, {_columns_from_json()} FROM {name}_json"
        )
        self._connection.unregister(f"{name}_json")
        return name

    def _frequencies(self, counted: Mapping[tuple[str, str], int], reports: int) -> str:
        weight = self._model.thresholds.frequency_weight
        bases = self._model.frequency_columns()
        kept = {place: n for place, n in counted.items() if place[0] in bases}
        rows = pa.table(
            {
                "name": pa.array([name for name, _ in kept], pa.string()),
                "value": pa.array([value for _, value in kept], pa.string()),
                "tf": pa.array(
                    [
                        (max(n - OWN_REPORTS, 0) + weight * bases[name]) / (reports + weight)
                        for (name, _), n in kept.items()
                    ],
                    pa.float64(),
                ),
            }
        )
        self._connection.register("counted", rows)
        self._rarest = {u_of: weight * u / (reports + weight) for u_of, u in bases.items()}
        return "counted"

    def _with_frequencies(self, table: str, counted: str) -> str:
        columns = ", ".join(
            f"CASE WHEN {name} IS NOT NULL THEN coalesce((SELECT any_value(tf) FROM {counted}"
            f" WHERE {counted}.name = '{name}' AND value = t.{name}), {rarest!r}) END AS tf_{name}"
            for name, rarest in self._rarest.items()
        )
        return f"(SELECT t.*, {columns} FROM {table} t)"


def _columns_from_json() -> str:
    parts = []
    for name in CLEANED:
        kind = "VARCHAR[]" if name in _LISTS else _TYPES.get(name, "VARCHAR")
        if name in _LISTS:
            value = f"from_json(json_extract(cleaned, '$.{name}'), '[\"VARCHAR\"]')"
        else:
            value = f"CAST(json_extract_string(cleaned, '$.{name}') AS {kind})"
        parts.append(f"{value} AS {name}")
    return ", ".join(parts)


_of_thread = threading.local()


@cache
def _newest() -> Model:
    return read_model()


def finder() -> Finder:
    """This thread's finder, on the newest model carried."""
    held: Finder | None = getattr(_of_thread, "finder", None)
    if held is None:
        held = _of_thread.finder = Finder(_newest())
    return held

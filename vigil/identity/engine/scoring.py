"""How much does each comparison of two rows weigh? The model's own arithmetic as one SELECT.

The same conditions and the same sum as Splink's (a test holds the two within 0.01 bits), for
the jobs that Splink's bulk scoring is too heavy for: all pairs inside a cluster, one search.
It never decides who is whom.
"""

# ruff: noqa: S608  (conditions come from a model file, which is code as much as this is)
from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import duckdb

from vigil.identity.engine.columns import CLEANED
from vigil.identity.engine.model import Comparison, Level, Model

# A value that stands in so few rows may all be one person's: that does not make it common.
OWN_REPORTS: Final = 3


def add_frequencies(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the table `suspects`: `cleaned`, with `tf_<column>` for each column that needs one.

    A frequency is counted in the feed and drawn towards the model's u, so that a name is not
    thought common because the feed is short.
    """
    weight = model.thresholds.frequency_weight
    joins: list[str] = []
    columns: list[str] = []
    for column, u in model.frequency_columns().items():
        connection.execute(
            f"CREATE OR REPLACE TABLE frequency_{column} AS"
            f" SELECT {column}, (greatest(count(*) - {OWN_REPORTS}, 0) + {weight} * {u})"
            f" / (sum(count(*)) OVER () + {weight})"
            f" AS tf FROM cleaned WHERE {column} IS NOT NULL GROUP BY {column}"
        )
        joins.append(f"LEFT JOIN frequency_{column} ON frequency_{column}.{column} = c.{column}")
        columns.append(f"frequency_{column}.tf AS tf_{column}")
    selected = ", ".join(["c.*", *columns])
    connection.execute(
        f"CREATE OR REPLACE TABLE suspects AS SELECT {selected} FROM cleaned c {' '.join(joins)}"
    )


def bits_sql(comparison: Comparison) -> str:
    """The bits of one comparison, as a CASE over columns ending in _l and _r."""
    whens = [
        f"WHEN {level.condition} THEN {_level_sql(level)}"
        for level in comparison.levels
        if level.condition.strip().upper() != "ELSE"
    ]
    last = next(
        (_level_sql(level) for level in comparison.levels if level.condition.upper() == "ELSE"),
        "0.0::DOUBLE",
    )
    return f"CASE {' '.join(whens)} ELSE {last} END"


def _level_sql(level: Level) -> str:
    if level.is_null:
        return "0.0::DOUBLE"
    base = f"{level.bits!r}::DOUBLE"
    if not level.frequency_of:
        return base
    left, right = f"tf_{level.frequency_of}_l", f"tf_{level.frequency_of}_r"
    common = (
        f"greatest(coalesce({left}, {right}), coalesce({right}, {left}),"
        f" {level.least_frequency!r}::DOUBLE)"
    )
    return (
        f"({base} + coalesce({level.frequency_weight!r}::DOUBLE"
        f" * ({math.log2(level.u)!r}::DOUBLE - log2({common})), 0.0))"
    )


def score_sql(
    model: Model,
    prior: float,
    *,
    pairs: str,
    left: str = "suspects",
    right: str = "suspects",
) -> str:
    """SQL for `row_l, row_r, match_weight, bits_<comparison>...` over a relation of pairs."""
    names = [*CLEANED, *(f"tf_{column}" for column in model.frequency_columns())]
    sides = ", ".join(f"l.{name} AS {name}_l, r.{name} AS {name}_r" for name in names)
    bits = ", ".join(f"{bits_sql(found)} AS bits_{found.name}" for found in model.comparisons)
    total = _summed(f"bits_{found.name}" for found in model.comparisons)
    return (
        f"SELECT row_l, row_r, {math.log2(prior / (1 - prior))!r}::DOUBLE + {total}"
        f" AS match_weight, * EXCLUDE (row_l, row_r) FROM (SELECT row_l, row_r, {bits} FROM ("
        f"SELECT p.row_l, p.row_r, {sides} FROM {pairs} p"
        f" JOIN {left} l ON l.row = p.row_l JOIN {right} r ON r.row = p.row_r))"
    )


def _summed(terms: Iterable[str]) -> str:
    return " + ".join(terms)

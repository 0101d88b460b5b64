"""Splink 5 on DuckDB, in this process: the pairs that blocking chose, scored by the model.

It is given a connection of its own that knows nothing of the database of record. It trains
nothing: the weights are the model file's, the frequencies the feed's.
"""

from __future__ import annotations

import logging

import duckdb
from splink import DuckDBAPI, Linker

from vigil.identity.engine.model import Model


def score(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    prior: float,
    *,
    threshold: float | None,
    is_explained: bool,
) -> None:
    """Make the table `scored` from `suspects` and `pairs`.

    Columns: `row_l`, `row_r`, `match_weight`, and `bits_<comparison>` where explained.
    `threshold` in bits leaves out weaker pairs; None keeps all.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection)
    linker = Linker(
        api.register("suspects"),
        model.splink_settings(prior, is_explained=is_explained),
        log_level=None,
    )
    connection.execute(
        "CREATE OR REPLACE VIEW blocked AS"
        " SELECT '0' AS match_key, row_l AS join_key_l, row_r AS join_key_r FROM pairs"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked"))
    predicted = linker.inference.predict(threshold_match_weight=threshold, warning_mode="never")
    # Splink names a comparison's own weight mw_, and a rare value's addition to it mw_tf_adj_.
    present = {
        name for (name, *_) in connection.execute(f"DESCRIBE {predicted.physical_name}").fetchall()
    }
    bits = [
        f", mw_{found.name}"
        + (f" + mw_tf_adj_{found.name}" if f"mw_tf_adj_{found.name}" in present else "")
        + f" AS bits_{found.name}"
        for found in model.comparisons
        if is_explained
    ]
    connection.execute(
        f"CREATE OR REPLACE TABLE scored AS SELECT row_l, row_r, match_weight{''.join(bits)}"  # noqa: S608
        f" FROM {predicted.physical_name}"
    )
    predicted.drop_table_from_database_and_remove_from_cache()
    linker.table_management.delete_tables_created_by_splink_from_db()

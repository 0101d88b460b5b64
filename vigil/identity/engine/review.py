"""What should a person look at? Pairs and groups that the model must not settle alone.

Each line has one reason, the gravest that holds. It proposes and changes nothing.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file)
from __future__ import annotations

from typing import Final

import duckdb

CONFLICTING: Final = "conflicting identifiers"
TWINS: Final = "possible twins"
HOUSEHOLD: Final = "household"
BETWEEN: Final = "between thresholds"
TOO_LARGE: Final = "cluster too large"

_SHARED_HOME: Final = (
    "(coalesce(a.home = b.home, false) OR coalesce(a.postcode = b.postcode, false)"
    " OR coalesce(a.number = b.number AND a.street = b.street, false)"
    " OR coalesce(a.phone = b.phone, false))"
)
_OTHER_FORENAME: Final = (
    "(a.root <> b.root AND NOT list_has_any(a.roots, b.given)"
    " AND NOT list_has_any(a.given, b.roots)"
    " AND length(a.forename) > 1 AND length(b.forename) > 1)"
)

# Twins and father and son score low by design, so they are sought among the blocked pairs.
_REASONS: Final = f"""
    CASE
        WHEN (a.pnc <> b.pnc OR a.cro <> b.cro) AND s.match_weight >= $review THEN '{CONFLICTING}'
        WHEN a.surname = b.surname AND a.born = b.born AND NOT a.is_weak AND {_OTHER_FORENAME}
            AND {_SHARED_HOME} THEN '{TWINS}'
        WHEN a.surname = b.surname AND a.root = b.root AND abs(a.year - b.year) >= 14
            AND a.home = b.home THEN '{HOUSEHOLD}'
        WHEN s.match_weight >= $review AND pa.person <> pb.person THEN '{BETWEEN}'
    END"""


def review(connection: duckdb.DuckDBPyConnection, threshold: float) -> int:
    """Make the table `to_review` from `scored`, `pairs`, `suspects`, `person_of` and
    `large_groups`; how many lines it has.

    Columns: `kind` (pair or cluster), `row_l`, `row_r` (null for a cluster), `person_l`,
    `person_r`, `match_weight` (null where the pair lies under the review threshold), `reason`.
    """
    connection.execute(
        "CREATE OR REPLACE TABLE looked_at AS"
        " SELECT p.row_l, p.row_r FROM pairs p JOIN suspects a ON a.row = p.row_l"
        " JOIN suspects b ON b.row = p.row_r WHERE a.surname = b.surname AND ("
        f" (a.born = b.born AND {_OTHER_FORENAME} AND {_SHARED_HOME})"
        " OR (a.root = b.root AND a.home = b.home AND abs(a.year - b.year) >= 14))"
        f" UNION SELECT row_l, row_r FROM scored WHERE match_weight >= {threshold!r}"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE to_review AS SELECT * FROM ("
        " SELECT 'pair' AS kind, k.row_l, k.row_r, pa.person AS person_l, pb.person AS person_r,"
        f" s.match_weight, {_REASONS.replace('$review', repr(threshold))} AS reason"
        " FROM looked_at k JOIN suspects a ON a.row = k.row_l JOIN suspects b ON b.row = k.row_r"
        " JOIN person_of pa ON pa.row = k.row_l JOIN person_of pb ON pb.row = k.row_r"
        " LEFT JOIN scored s ON s.row_l = k.row_l AND s.row_r = k.row_r"
        ") WHERE reason IS NOT NULL AND (person_l <> person_r OR reason = "
        f"'{CONFLICTING}') UNION ALL SELECT 'cluster', person, NULL, person, NULL, NULL,"
        f" '{TOO_LARGE}' FROM (SELECT DISTINCT person FROM large_groups)"
    )
    connection.execute("DROP TABLE looked_at")
    found = connection.execute("SELECT count(*) FROM to_review").fetchall()
    return int(found[0][0])

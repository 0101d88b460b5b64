"""Who has two or more distinct victims, and the facts by which an agency may rank him.

It counts; the ranking itself is the register room's, and nobody is registered here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

_SERIAL = """
    CREATE OR REPLACE TABLE serial AS
    WITH of_person AS (
        SELECT p.person, v.victim, f.force, try_cast(f.reported_on AS DATE) AS day,
            coalesce(f.category, '') AS category
        FROM person_of p JOIN victim_of v ON v.row = p.row JOIN feed f ON f.row = p.row
    ), counted AS (
        SELECT person, count(*) AS reports, count(DISTINCT victim) AS victims,
            count(DISTINCT force) AS forces, min(day) AS first_on, max(day) AS last_on
        FROM of_person GROUP BY person HAVING count(DISTINCT victim) >= 2
    ), by_category AS (
        SELECT person, json_group_object(category, reports) AS categories FROM (
            SELECT person, category, count(*) AS reports FROM of_person
            SEMI JOIN counted USING (person) GROUP BY ALL ORDER BY category
        ) GROUP BY person
    )
    SELECT * FROM counted JOIN by_category USING (person)"""


@dataclass(frozen=True, slots=True)
class Series:
    """One person with two or more victims: counts, and the first and last day reported.

    `by_category` counts his reports by the feed's category; "" where none is stated.
    """

    person: str
    reports: int
    victims: int
    forces: int
    first_on: date | None
    last_on: date | None
    by_category: Mapping[str, int]


def count_serial(connection: duckdb.DuckDBPyConnection) -> int:
    """Make the table `serial` from `person_of`, `victim_of` and `feed`; how many it holds."""
    connection.execute(_SERIAL)
    return int(connection.execute("SELECT count(*) FROM serial").fetchall()[0][0])


def read_serial(connection: duckdb.DuckDBPyConnection) -> list[Series]:
    """Everyone in the table `serial`, in the order of his first row."""
    rows = connection.execute(
        "SELECT 'P' || person, reports, victims, forces, first_on, last_on, categories"
        " FROM serial ORDER BY person"
    ).fetchall()
    return [
        Series(person, reports, victims, forces, first_on, last_on, json.loads(categories))
        for person, reports, victims, forces, first_on, last_on, categories in rows
    ]

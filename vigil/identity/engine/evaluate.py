"""How good was it? The people that were found against a truth that is known.

Three measures, none of which excuses another: pairs, rows (B-cubed), and the set of serial
perpetrators, which is the figure that the register stands on.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file, or a quoted path)
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from vigil.identity.errors import EvaluationError


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and their harmonic mean; None where nothing could be counted."""

    precision: float | None
    recall: float | None

    @property
    def f1(self) -> float | None:
        """The harmonic mean; 0 where both are 0."""
        if self.precision is None or self.recall is None:
            return None
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured over `rows` rows whose truth is known; `serial` needs true victims."""

    rows: int
    pairwise: Measure
    b_cubed: Measure
    serial: Measure | None
    serial_found: int | None
    serial_true: int | None


def evaluate(results: Path, truth: Path) -> Evaluation:
    """Compare `people.parquet` of a directory of results with a truth file.

    The truth has `row`, `suspect_truth` and perhaps `victim_truth`. Rows whose suspect is not
    known in the truth are left out.

    Raises:
        EvaluationError: a file is missing or has other columns, or the truth names rows that
            the results do not have.
    """
    connection = duckdb.connect()
    try:
        has_victims = _read(connection, results / "people.parquet", truth)
        _check_rows(connection)
        rows = _one(connection, "SELECT count(*) FROM judged")[0]
        found = true = None
        serial = None
        if has_victims:
            serial, found, true = _serial(connection)
        return Evaluation(
            int(rows), _pairwise(connection), _b_cubed(connection), serial, found, true
        )
    except duckdb.Error as error:
        raise EvaluationError(
            "expected people.parquet in the directory, and a truth file in Parquet with the"
            " columns row and suspect_truth; found something else"
        ) from error
    finally:
        connection.close()


def _read(connection: duckdb.DuckDBPyConnection, people: Path, truth: Path) -> bool:
    for path in (people, truth):
        if not path.is_file():
            raise EvaluationError(
                f"expected a file {path.name}, found none; give the directory that identify wrote"
                " and the truth beside the feed"
            )
    connection.read_parquet(str(people)).create_view("people")
    connection.read_parquet(str(truth)).create_view("truth")
    names = {name for (name, *_) in connection.execute("DESCRIBE truth").fetchall()}
    victim = "t.victim_truth" if "victim_truth" in names else "NULL"
    connection.execute(
        "CREATE TABLE judged AS SELECT p.row, p.person_id AS person, p.victim_id AS victim,"
        f" t.suspect_truth AS suspect, {victim} AS true_victim"
        " FROM people p JOIN truth t ON t.row = p.row WHERE t.suspect_truth IS NOT NULL"
    )
    return "victim_truth" in names


def _check_rows(connection: duckdb.DuckDBPyConnection) -> None:
    (missing,) = _one(connection, "SELECT count(*) FROM truth ANTI JOIN people USING (row)")
    (twice,) = _one(connection, "SELECT count(*) - count(DISTINCT row) FROM truth")
    if missing or twice:
        raise EvaluationError(
            f"expected each row of the truth once and in the results, found {missing} that are"
            f" not there and {twice} repeated; is it the truth of this feed?"
        )


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row: tuple[int, ...] = connection.execute(query).fetchall()[0]
    return row


def _ratio(part: float | None, whole: float | None) -> float | None:
    return float(part or 0) / float(whole) if whole else None


def _pairwise(connection: duckdb.DuckDBPyConnection) -> Measure:
    """Pairs of rows in one person of ours that are one person in truth, and the reverse."""
    pairs = "sum(n * (n - 1) // 2)"
    (right,) = _one(
        connection,
        f"SELECT {pairs} FROM (SELECT count(*) AS n FROM judged GROUP BY person, suspect)",
    )
    (found,) = _one(
        connection, f"SELECT {pairs} FROM (SELECT count(*) AS n FROM judged GROUP BY person)"
    )
    (true,) = _one(
        connection, f"SELECT {pairs} FROM (SELECT count(*) AS n FROM judged GROUP BY suspect)"
    )
    return Measure(_ratio(right, found), _ratio(right, true))


def _b_cubed(connection: duckdb.DuckDBPyConnection) -> Measure:
    """For each row, how much of its person is right, and how much of its suspect is there."""
    precision, recall = _one(
        connection,
        "SELECT avg(shared / of_person), avg(shared / of_suspect) FROM (SELECT"
        " count(*) OVER (PARTITION BY person, suspect) AS shared,"
        " count(*) OVER (PARTITION BY person) AS of_person,"
        " count(*) OVER (PARTITION BY suspect) AS of_suspect FROM judged)",
    )
    return Measure(precision, recall)


def _serial(connection: duckdb.DuckDBPyConnection) -> tuple[Measure, int, int]:
    """The set of serial perpetrators.

    1. A person found has two or more of our victims.
    2. He is right when one true suspect has more than half of his rows and, in those rows,
       two or more true victims.
    3. A true suspect with two or more true victims is recalled when a right person is his.
    """
    connection.execute(
        "CREATE TABLE right_people AS SELECT person, suspect FROM ("
        " SELECT person, suspect, count(*) AS n, count(DISTINCT true_victim) AS victims"
        " FROM judged GROUP BY person, suspect"
        ") JOIN (SELECT person, count(*) AS size FROM judged GROUP BY person"
        " HAVING count(DISTINCT victim) >= 2) USING (person) WHERE n * 2 > size AND victims >= 2"
    )
    (found,) = _one(
        connection,
        "SELECT count(*) FROM (SELECT person FROM judged GROUP BY person"
        " HAVING count(DISTINCT victim) >= 2)",
    )
    (true,) = _one(
        connection,
        "SELECT count(*) FROM (SELECT suspect FROM judged GROUP BY suspect"
        " HAVING count(DISTINCT true_victim) >= 2)",
    )
    (right,) = _one(connection, "SELECT count(*) FROM right_people")
    (recalled,) = _one(
        connection,
        "SELECT count(DISTINCT suspect) FROM right_people WHERE suspect IN (SELECT suspect"
        " FROM judged GROUP BY suspect HAVING count(DISTINCT true_victim) >= 2)",
    )
    return Measure(_ratio(right, found), _ratio(recalled, true)), found, true

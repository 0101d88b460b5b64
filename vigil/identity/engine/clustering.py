"""Which rows are one person? Links above a threshold make groups; each group is then checked
as a whole, so that a chain of likenesses does not tie two men together.

Deterministic: the same links give the same groups whatever their order. It never joins two
rows that a human has said are not the same.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file)
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from vigil.identity.engine.model import Model
from vigil.identity.engine.scoring import score_sql

# One pair may speak this much for or against two groups being one, in bits, and no more.
MOST_BITS_FOR: Final = 18.0
MOST_BITS_AGAINST: Final = -18.0
# Weight of a pair that a human has said is not the same: no mean outweighs it.
NEVER: Final = -1e9
# Weight of a pair that a human has said is the same: its whole groups become one.
ALWAYS: Final = 1e5

Pair = tuple[int, int]


class Groups:
    """Union-find over rows; the smallest row names its group."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, row: int) -> int:
        """The row that names the group of `row`."""
        parent = self._parent
        top = row
        while (above := parent.get(top, top)) != top:
            top = above
        while (above := parent.get(row, row)) != top:
            parent[row], row = top, above
        return top

    def join(self, left: int, right: int) -> None:
        """Make the groups of two rows one."""
        a, b = self.root(left), self.root(right)
        if a != b:
            low, high = min(a, b), max(a, b)
            self._parent[high] = low
            self._parent.setdefault(low, low)

    def members(self) -> dict[int, list[int]]:
        """Each group of two rows or more: its name, and its rows in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in sorted(self._parent):
            found[self.root(row)].append(row)
        return {name: rows for name, rows in found.items() if len(rows) > 1}


@dataclass(frozen=True, slots=True)
class Clustered:
    """What became of the groups: how many there were, were cut, and were too large."""

    groups: int
    cut: int
    too_large: int


def cluster(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    prior: float,
    *,
    never: Iterable[Pair] = (),
    always: Iterable[Pair] = (),
    before: Iterable[Pair] = (),
) -> Clustered:
    """Make the table `person_of` (`row`, `person`: the smallest row of each group) and
    `large_groups` (`person`, `rows`) from `scored` and `suspects`.

    `never` and `always` are pairs of rows that humans have judged. `before` gives rows with
    the number of the person that each was held as: two of one person stay together on weaker
    evidence than would join them.
    """
    thresholds = model.thresholds
    barred = {_ordered(pair) for pair in never}
    agreed = {_ordered(pair) for pair in always} - barred
    agreeing = agreed | set(_staying(connection, thresholds.stay, thresholds.join, before))
    groups = _groups_at(connection, thresholds.join, agreeing)
    large = {n: rows for n, rows in groups.items() if len(rows) > thresholds.largest_cluster}
    parts = _cut_large(connection, large, thresholds.join, thresholds.largest_cluster)
    small = {n: rows for n, rows in groups.items() if n not in large} | {
        rows[0]: rows for rows in parts if len(rows) <= thresholds.largest_cluster
    }
    too_large = [rows for rows in parts if len(rows) > thresholds.largest_cluster]
    forced = _holding(small, barred | agreed)
    weights = _weights_inside(connection, model, prior, small, forced)
    final: list[list[int]] = list(too_large)
    cut = 0
    for name in sorted(small):
        rows = small[name]
        inside = weights.get(name)
        if inside is None:
            final.append(rows)
            continue
        judged = _judged(rows, barred, agreed) if name in forced else {}
        pieces = split(rows, {**inside, **judged}, least_mean=thresholds.whole)
        cut += len(pieces) > 1
        final.extend(pieces)
    _write(connection, final, too_large)
    return Clustered(len(groups), cut, len(too_large))


def split(rows: list[int], weights: Mapping[Pair, float], *, least_mean: float) -> list[list[int]]:
    """One group taken apart where the evidence as a whole does not hold it together.

    Groups join in order of the mean evidence between them, each pair clipped so that no one
    pair decides, while that mean is at least `least_mean`. A pair that is not in `weights`
    counts as nothing either way. Then the whole groups of a pair weighing `ALWAYS` become one,
    whatever the model says; a pair weighing `NEVER` keeps its groups apart before all else.
    """
    sums: dict[int, dict[int, float]] = {row: {} for row in rows}
    for (left, right), weight in weights.items():
        sums[left][right] = sums[right][left] = _clipped(weight)
    held: dict[int, list[int]] = {row: [row] for row in rows}
    while (best := _best(sums, held)) is not None and best[0] >= least_mean:
        _join(sums, held, best[1], best[2])
    for pair in sorted(pair for pair, weight in weights.items() if weight == ALWAYS):
        low, high = sorted(_holder(held, row) for row in pair)
        # However much else is in it, a sum with a NEVER in it lies far below any without.
        if low != high and sums[low].get(high, 0.0) > NEVER / 2:
            _join(sums, held, low, high)
    return sorted(sorted(members) for members in held.values())


def _join(
    sums: dict[int, dict[int, float]], held: dict[int, list[int]], low: int, high: int
) -> None:
    """Make two groups one, named `low`, and add up what lies between it and each other."""
    held[low] += held.pop(high)
    for other, value in sums.pop(high).items():
        sums[other].pop(high, None)
        if other != low:
            total = sums[low].get(other, 0.0) + value
            sums[low][other] = sums[other][low] = total


def _holder(held: Mapping[int, list[int]], row: int) -> int:
    return next(name for name, members in held.items() if row in members)


def _clipped(weight: float) -> float:
    if weight in {NEVER, ALWAYS}:
        # What a human called the same is no evidence about the others: it acts at the end.
        return NEVER if weight == NEVER else 0.0
    return min(MOST_BITS_FOR, max(MOST_BITS_AGAINST, weight))


def _best(
    sums: Mapping[int, Mapping[int, float]], held: Mapping[int, list[int]]
) -> tuple[float, int, int] | None:
    best: tuple[float, int, int] | None = None
    for low in sorted(sums):
        for high, total in sums[low].items():
            if high <= low:
                continue
            mean = total / (len(held[low]) * len(held[high]))
            if best is None or (mean, -low, -high) > (best[0], -best[1], -best[2]):
                best = (mean, low, high)
    return best


def _ordered(pair: Pair) -> Pair:
    left, right = pair
    return (left, right) if left < right else (right, left)


def _groups_at(
    connection: duckdb.DuckDBPyConnection, threshold: float, agreed: Iterable[Pair] = ()
) -> dict[int, list[int]]:
    groups = Groups()
    strong = connection.execute(
        "SELECT row_l, row_r FROM scored WHERE match_weight >= ? ORDER BY row_l, row_r",
        [threshold],
    )
    while some := strong.fetchmany(100_000):
        for left, right in some:
            groups.join(left, right)
    for left, right in agreed:
        groups.join(left, right)
    return groups.members()


def _staying(
    connection: duckdb.DuckDBPyConnection, stay: float, join: float, before: Iterable[Pair]
) -> list[Pair]:
    """Links too weak to join that hold together rows which were one person before."""
    held = list(before)
    if not held:
        return []
    table = pa.table(
        {
            "row": pa.array([row for row, _ in held], pa.int64()),
            "person": pa.array([person for _, person in held], pa.int64()),
        }
    )
    connection.register("held_before", table)
    found = connection.execute(
        "SELECT s.row_l, s.row_r FROM scored s JOIN held_before a ON a.row = s.row_l"
        " JOIN held_before b ON b.row = s.row_r AND b.person = a.person"
        " WHERE s.match_weight >= ? AND s.match_weight < ? ORDER BY 1, 2",
        [stay, join],
    ).fetchall()
    connection.unregister("held_before")
    return [(left, right) for left, right in found]


def _cut_large(
    connection: duckdb.DuckDBPyConnection, large: dict[int, list[int]], join: float, most: int
) -> list[list[int]]:
    """Groups that are too large, taken apart by asking for ever stronger links inside them."""
    waiting = list(large.values())
    done: list[list[int]] = []
    for step in range(1, 7):
        if not waiting:
            break
        _hold(connection, "waiting_rows", {rows[0]: rows for rows in waiting})
        stronger = connection.execute(
            "SELECT s.row_l, s.row_r FROM scored s JOIN waiting_rows a ON a.row = s.row_l"
            " JOIN waiting_rows b ON b.row = s.row_r AND b.person = a.person"
            " WHERE s.match_weight >= ? ORDER BY 1, 2",
            [join + 4 * step],
        ).fetchall()
        groups = Groups()
        for left, right in stronger:
            groups.join(left, right)
        whole = {row: rows for rows in waiting for row in rows}
        waiting = []
        for rows in groups.members().values():
            (waiting if len(rows) > most else done).append(rows)
            for row in rows:
                whole.pop(row)
        done.extend([row] for row in sorted(whole))
    return done + waiting


def _hold(
    connection: duckdb.DuckDBPyConnection, table: str, groups: Mapping[int, list[int]]
) -> None:
    rows = [row for members in groups.values() for row in members]
    names = [name for name, members in groups.items() for _ in members]
    held = pa.table({"row": pa.array(rows, pa.int64()), "person": pa.array(names, pa.int64())})
    connection.register("held_rows", held)
    connection.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM held_rows")
    connection.unregister("held_rows")


def _weights_inside(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    prior: float,
    groups: Mapping[int, list[int]],
    forced: set[int],
) -> dict[int, dict[Pair, float]]:
    """All pairs, with their weights, of each group that holds one below the join threshold, and
    of the `forced` ones.
    """
    checked = {n: rows for n, rows in groups.items() if len(rows) > 2 or n in forced}
    _hold(connection, "grouped", checked)
    _hold(connection, "forced_groups", {n: groups[n][:1] for n in forced})
    connection.execute(
        "CREATE OR REPLACE TABLE inside AS SELECT a.row AS row_l, b.row AS row_r"
        " FROM grouped a JOIN grouped b ON a.person = b.person AND a.row < b.row"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE inside_scored AS SELECT row_l, row_r, match_weight FROM ("
        + score_sql(model, prior, pairs="inside")
        + ")"
    )
    doubtful = connection.execute(
        "SELECT g.person, s.row_l, s.row_r, s.match_weight FROM inside_scored s"
        " JOIN grouped g ON g.row = s.row_l"
        " WHERE g.person IN (SELECT g2.person FROM inside_scored s2"
        "   JOIN grouped g2 ON g2.row = s2.row_l GROUP BY g2.person"
        "   HAVING min(s2.match_weight) < ?) OR g.person IN (SELECT person FROM forced_groups)"
        " ORDER BY 1, 2, 3",
        [model.thresholds.join],
    ).fetchall()
    found: dict[int, dict[Pair, float]] = defaultdict(dict)
    for person, left, right, weight in doubtful:
        found[person][left, right] = weight
    for table in ("inside", "inside_scored", "grouped", "forced_groups"):
        connection.execute(f"DROP TABLE {table}")
    return found


def _holding(groups: Mapping[int, list[int]], pairs: set[Pair]) -> set[int]:
    """The groups that hold both rows of one of the pairs."""
    wanted = {row for pair in pairs for row in pair}
    group_of = {row: name for name, rows in groups.items() for row in rows if row in wanted}
    return {
        group_of[left]
        for left, right in pairs
        if left in group_of and group_of[left] == group_of.get(right)
    }


def _judged(rows: list[int], barred: set[Pair], agreed: set[Pair]) -> dict[Pair, float]:
    held = set(rows)
    judged = {pair: NEVER for pair in barred if held.issuperset(pair)}
    return judged | {pair: ALWAYS for pair in agreed if held.issuperset(pair)}


def _write(
    connection: duckdb.DuckDBPyConnection, groups: list[list[int]], too_large: list[list[int]]
) -> None:
    _hold(connection, "joined_rows", {rows[0]: rows for rows in groups})
    connection.execute(
        "CREATE OR REPLACE TABLE person_of AS SELECT c.row, coalesce(j.person, c.row) AS person"
        " FROM cleaned c LEFT JOIN joined_rows j ON j.row = c.row"
    )
    connection.execute("DROP TABLE joined_rows")
    _hold(connection, "large_groups", {rows[0]: rows for rows in too_large})

"""Which pairs are worth scoring? Every rule is on this page: two rows meet if they share a key.

A key is a 64-bit number made of the rule's number and its values. A key that too many rows
share is refined by the rule's next values, and what is still too large is cut into runs of
like rows, so that no block can grow with the square of the feed and no row is left out.
"""

# ruff: noqa: S608, E501  (every part of each statement is a constant; a rule is one line)
from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

# Rows that may share one key before it is refined: 200 rows make 19,900 pairs.
LARGEST_BLOCK: Final = 120


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for two rows to meet: SQL over the table `cleaned`; null means no key.

    `finer` is what to add when too many rows share it.
    """

    name: str
    key: str
    finer: str = "surname || '|' || root || '|' || coalesce(born, year::VARCHAR, '')"
    where: str = "true"


_NAME_PAIR = "least(surname, forename) || '|' || greatest(surname, forename)"
_ROOT_PAIR = "least(surname, root) || '|' || greatest(surname, root)"

RULES: Final = (
    Rule("PNC", "pnc"),
    Rule("CRO", "cro"),
    Rule("PNC as written", "pnc_written", where="pnc IS NULL"),
    Rule("CRO as written", "cro_written", where="cro IS NULL"),
    Rule("phone", "phone"),
    Rule("e-mail", "email"),
    Rule("vehicle", "vehicle"),
    Rule("name and root, either way round", _ROOT_PAIR, finer="coalesce(year::VARCHAR, '') || '|' || coalesce(outcode, '')"),
    Rule("full name, either way round", _NAME_PAIR, finer="coalesce(born, '') || '|' || coalesce(outcode, '')"),
    Rule("birthday and sound of surname", "born || '|' || sound", finer="root", where="NOT is_weak"),
    Rule("birthday and start of forename", "born || '|' || left(root, 2)", finer="left(surname, 3)", where="NOT is_weak"),
    Rule("birthday and postcode", "born || '|' || postcode"),
    Rule("birthday and district", "born || '|' || outcode", finer="left(root, 1)"),
    Rule("sound, root and year", "sound || '|' || root || '|' || year", finer="coalesce(outcode, '') || coalesce(month, 0)"),
    Rule("surname, day and month", "surname || '|' || substr(born, 6)", finer="root", where="NOT is_weak"),
    Rule("root, day, month and district", "root || '|' || substr(born, 6) || '|' || outcode", where="NOT is_weak"),
    Rule("home and start of forename", "home || '|' || left(root, 1)"),
    Rule("postcode and root", "postcode || '|' || root"),
    Rule("postcode and surname", "postcode || '|' || sound"),
    Rule("sound, forename and district", "sound || '|' || left(root, 2) || '|' || outcode", finer="root || coalesce(year, 0)"),
    Rule("root, year and district", "root || '|' || year || '|' || outcode", finer="left(surname, 2)"),
    Rule("number, street and surname", "number || '|' || street || '|' || sound"),
)  # fmt: skip

# A handle or an alias is one of several: each of them is a key.
_HANDLES: Final = "SELECT row, unnest(handles) AS value FROM cleaned"
_ALIASES: Final = """
    SELECT row, least(family, given) || '|' || greatest(family, given) AS value FROM (
        SELECT row, string_split(alias, ' ')[-1] AS family, string_split(alias, ' ')[1] AS given
        FROM (SELECT row, unnest(aliases) AS alias FROM cleaned WHERE len(aliases) > 0)
    ) WHERE family <> given"""


def keys_sql() -> str:
    """SQL for `row, key, finer`: every key of every row of `cleaned`."""
    parts = [
        f"SELECT row, hash({number}, {rule.key}) AS key, hash({rule.finer}) AS finer"
        f" FROM cleaned WHERE ({rule.where}) AND ({rule.key}) IS NOT NULL"
        for number, rule in enumerate(RULES)
    ]
    parts.append(f"SELECT row, hash(100, value), NULL FROM ({_HANDLES})")
    # An alias meets other aliases, and the name that is written in another row.
    number = next(i for i, rule in enumerate(RULES) if rule.key == _NAME_PAIR)
    parts.append(f"SELECT row, hash({number}, value), NULL FROM ({_ALIASES})")
    return " UNION ALL ".join(parts)


_REFINED: Final = """
    CREATE OR REPLACE TABLE {target} AS
    SELECT row, CASE WHEN size <= {most} THEN key ELSE hash(key, finer) END AS key, finer
    FROM (SELECT row, key, finer, count(*) OVER (PARTITION BY key) AS size FROM {source})"""

# Still too many: like rows stand side by side, and runs of them are compared.
_CUT: Final = """
    CREATE OR REPLACE TABLE block_keys AS
    SELECT k.row, CASE WHEN size <= {most} THEN key
        ELSE hash(key, (place - 1) // {most}) END AS key
    FROM (
        SELECT k.row, k.key, count(*) OVER (PARTITION BY k.key) AS size,
            row_number() OVER (PARTITION BY k.key ORDER BY k.row) AS place
        FROM refined k
    ) k"""


def block(connection: duckdb.DuckDBPyConnection) -> int:
    """Make the table `pairs` (`row_l` < `row_r`, each once) from `cleaned`; how many there are."""
    connection.execute(f"CREATE OR REPLACE TABLE raw_keys AS {keys_sql()}")
    connection.execute(_REFINED.format(target="refined", source="raw_keys", most=LARGEST_BLOCK))
    connection.execute("DROP TABLE raw_keys")
    connection.execute(_CUT.format(most=LARGEST_BLOCK))
    connection.execute("DROP TABLE refined")
    connection.execute(
        "CREATE OR REPLACE TABLE pairs AS SELECT DISTINCT a.row AS row_l, b.row AS row_r"
        " FROM block_keys a JOIN block_keys b ON a.key = b.key AND a.row < b.row"
    )
    connection.execute("DROP TABLE block_keys")
    (count,) = connection.execute("SELECT count(*) FROM pairs").fetchall()[0]
    return int(count)

"""Who is the victim of each row? Plain rules, each a reason that can be read out.

Within one force its own reference decides. Elsewhere a full name needs a second fact:
birthday, phone or postcode. Among the rows of one suspect, where two victims of like names
are improbable, likeness suffices. A victim of whom nothing is known is nobody's twin: her id
is null, and she is never counted as a second victim. Suspects are not looked at: that the
victim shares a suspect's surname or home says nothing here.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file)
from __future__ import annotations

from typing import Final

import duckdb
import pyarrow as pa

from vigil.identity.engine.clustering import Groups

# More rows than this under one key is a default, not a person.
MOST_ROWS_A_KEY: Final = 200

_VICTIMS: Final = """
    CREATE OR REPLACE TABLE victims AS
    SELECT v.* EXCLUDE (nickname_roots, first),
        CASE WHEN first IS NOT NULL THEN coalesce(nickname_roots, [first]) END AS roots,
        coalesce(nickname_roots[1], first) AS root, sounded(surname) AS sound
    FROM (
        SELECT f.row, sn.name AS surname, fn.name AS forename,
            string_split(fn.name, ' ')[1] AS first, n.roots AS nickname_roots,
            CASE WHEN regexp_matches(trim(f.victim_born_on), '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$')
                  AND try_cast(trim(f.victim_born_on) AS DATE) NOT IN
                    (DATE '1900-01-01', DATE '1970-01-01')
                THEN try_cast(trim(f.victim_born_on) AS DATE)::VARCHAR END AS born,
            CASE WHEN regexp_matches(trim(f.victim_born_on), '^(19|20)[0-9]{2}(-|$)')
                  AND left(trim(f.victim_born_on), 10) NOT IN ('1900-01-01', '1970-01-01')
                THEN left(trim(f.victim_born_on), 4)::INTEGER END AS year,
            CASE WHEN f.victim_sex IN ('M', 'F') THEN f.victim_sex END AS sex,
            a_postcode(f.postcode) AS postcode, a_phone(f.phone) AS phone,
            CASE WHEN a_name(f.ref) IS NOT NULL OR regexp_matches(f.ref, '[1-9]')
                THEN coalesce(f.force, '') || '|' || trim(upper(f.victim_ref)) END AS own_ref
        FROM (SELECT *, compacted(victim_postcode) AS postcode, prepared_name(victim_ref) AS ref,
            national_form(only_digits(victim_phone)) AS phone FROM feed) f
        LEFT JOIN name_of sn ON sn.written = f.victim_surname
        LEFT JOIN name_of fn ON fn.written = f.victim_forename
        LEFT JOIN nickname n ON n.name = string_split(fn.name, ' ')[1]
    ) v
    WHERE surname IS NOT NULL OR forename IS NOT NULL OR own_ref IS NOT NULL
        OR phone IS NOT NULL OR born IS NOT NULL"""

# Key, and what must not speak against it between a row and the first row of its key.
_KEYS: Final = (
    ("own_ref", "true"),
    ("surname || '|' || root || '|' || born", "true"),
    ("root || '|' || phone", "{births}"),
    ("born || '|' || phone", "{forenames}"),
    ("surname || '|' || root || '|' || postcode", "{births}"),
    ("root || '|' || born || '|' || postcode", "true"),
    ("sound || '|' || root || '|' || born", "{surnames}"),
)

_SAME_DAY_SLIP: Final = (
    "(damerau_levenshtein(a.born, b.born) <= 1"
    " OR (left(a.born, 4) = left(b.born, 4) AND substr(a.born, 6, 2) = right(b.born, 2)"
    " AND substr(b.born, 6, 2) = right(a.born, 2)))"
)
_WEAK: Final = "(right({0}.born, 5) = '01-01')"
_BIRTHS_AGREE: Final = (
    "(a.year IS NULL OR b.year IS NULL OR (a.born IS NOT NULL AND b.born IS NOT NULL"
    f" AND {_SAME_DAY_SLIP}) OR (a.year = b.year AND (a.born IS NULL OR b.born IS NULL"
    f" OR {_WEAK.format('a')} OR {_WEAK.format('b')})))"
)
_FORENAMES_AGREE: Final = (
    "(a.forename IS NULL OR b.forename IS NULL OR list_has_any(a.roots, b.roots)"
    " OR jaro_winkler_similarity(a.forename, b.forename) >= 0.87"
    " OR ((length(a.forename) = 1 OR length(b.forename) = 1)"
    " AND left(a.forename, 1) = left(b.forename, 1)))"
)
_SURNAMES_AGREE: Final = (
    "(a.surname IS NULL OR b.surname IS NULL OR a.sound = b.sound"
    " OR jaro_winkler_similarity(a.surname, b.surname) >= 0.87"
    " OR list_has_any(string_split(a.surname, ' '), string_split(b.surname, ' ')))"
)
_SWAPPED: Final = "(a.surname = b.forename AND a.forename = b.surname)"
_SEXES_DIFFER: Final = "coalesce(a.sex <> b.sex, false)"

# Two rows of one suspect: like names and nothing against, or a changed surname with a
# birthday, phone or postcode to vouch for it.
_SAME_BY_ONE_SUSPECT: Final = f"""
    coalesce(a.own_ref = b.own_ref, false)
    OR ({_SWAPPED} AND {_BIRTHS_AGREE})
    OR ({_FORENAMES_AGREE} AND {_SURNAMES_AGREE} AND {_BIRTHS_AGREE} AND NOT {_SEXES_DIFFER}
        AND NOT (a.forename IS NULL AND b.surname IS NULL)
        AND NOT (b.forename IS NULL AND a.surname IS NULL))
    OR ({_FORENAMES_AGREE} AND NOT {_SEXES_DIFFER} AND (
        (a.born = b.born AND NOT {_WEAK.format("a")})
        OR (a.phone = b.phone AND {_BIRTHS_AGREE})
        OR (a.postcode = b.postcode AND {_BIRTHS_AGREE} AND a.forename IS NOT NULL
            AND b.forename IS NOT NULL)))
    OR ({_FORENAMES_AGREE} AND {_SURNAMES_AGREE}
        AND (a.phone = b.phone OR a.postcode = b.postcode))"""


def resolve(connection: duckdb.DuckDBPyConnection) -> int:
    """Make the table `victim_of` (`row`, `victim`: the smallest row of each victim, null where
    nothing is known) from `feed` and `person_of`; how many victims there are.
    """
    connection.execute(_VICTIMS)
    groups = Groups()
    for number, (key, check) in enumerate(_KEYS):
        agrees = check.format(
            births=_BIRTHS_AGREE, forenames=_FORENAMES_AGREE, surnames=_SURNAMES_AGREE
        )
        _join_all(
            groups,
            connection,
            f"WITH keyed AS (SELECT row, {key} AS key FROM victims WHERE ({key}) IS NOT NULL),"
            " firsts AS (SELECT key, min(row) AS first FROM keyed GROUP BY key"
            f" HAVING count(*) BETWEEN 2 AND {MOST_ROWS_A_KEY if number else 10_000_000})"
            " SELECT a.row, b.row FROM firsts JOIN keyed USING (key)"
            " JOIN victims a ON a.row = firsts.first JOIN victims b ON b.row = keyed.row"
            f" WHERE a.row < b.row AND coalesce({agrees}, false) ORDER BY 1, 2",
        )
    _join_all(
        groups,
        connection,
        "WITH known AS (SELECT p.person, v.* FROM victims v JOIN person_of p USING (row)"
        f" QUALIFY count(*) OVER (PARTITION BY p.person) <= {MOST_ROWS_A_KEY})"
        " SELECT a.row, b.row FROM known a JOIN known b ON a.person = b.person AND a.row < b.row"
        f" WHERE coalesce({_SAME_BY_ONE_SUSPECT}, false) ORDER BY 1, 2",
    )
    return _write(connection, groups)


def _join_all(groups: Groups, connection: duckdb.DuckDBPyConnection, query: str) -> None:
    found = connection.execute(query)
    while some := found.fetchmany(100_000):
        for left, right in some:
            groups.join(left, right)


def _write(connection: duckdb.DuckDBPyConnection, groups: Groups) -> int:
    members = groups.members()
    joined = pa.table(
        {
            "row": pa.array([row for rows in members.values() for row in rows], pa.int64()),
            "victim": pa.array([n for n, rows in members.items() for _ in rows], pa.int64()),
        }
    )
    connection.register("joined_victims", joined)
    connection.execute(
        "CREATE OR REPLACE TABLE victim_of AS SELECT f.row,"
        " CASE WHEN v.row IS NOT NULL THEN coalesce(j.victim, f.row) END AS victim"
        " FROM cleaned f LEFT JOIN victims v ON v.row = f.row"
        " LEFT JOIN joined_victims j ON j.row = f.row"
    )
    connection.unregister("joined_victims")
    found = connection.execute("SELECT count(DISTINCT victim) FROM victim_of").fetchall()
    return int(found[0][0])

"""What was written, made comparable: names, birthdays, addresses, phones, identifiers.

All of it is SQL over the rows of one feed, in DuckDB, so that a million rows and a single
search term go through the same words. It empties what says nothing ("unknown", a row of
zeros, 1 January 1900); it never guesses, and the feed itself is left as it was.
"""

# ruff: noqa: S608  (every part of each statement is a constant of this file)
from __future__ import annotations

from typing import Final

import duckdb
import pyarrow as pa

from vigil.identity.engine.nicknames import roots_by_name
from vigil.incidents.identifiers import read_cro, read_pnc

# Longest part of a value that is looked at: a cell of 10 kB is a fault, not a name.
LONGEST_VALUE: Final = 120

# Written where a name is not known; compared after tidying, so in capitals, no punctuation.
_NO_NAME: Final = (
    "UNKNOWN", "UNK", "NK", "NOT KNOWN", "NOTKNOWN", "N A", "NA", "NONE", "NIL", "NULL",
    "NOT ENTERED", "NOT GIVEN", "NOT STATED", "NOT RECORDED", "NOT PROVIDED", "NO NAME",
    "UNNAMED", "TBC", "REFUSED", "ANON", "ANONYMOUS", "XX", "XXX", "XXXX", "TEST", "SUSPECT",
    "MALE", "FEMALE", "NO TRACE", "UNIDENTIFIED", "NOT DISCLOSED", "WITHHELD",
)  # fmt: skip

# Street kinds and their short forms carry nothing that the street's name does not.
_STREET_KINDS: Final = (
    "ROAD|RD|STREET|STR|ST|AVENUE|AVE|AV|LANE|LN|CLOSE|CL|DRIVE|DR|DRV|COURT|CT|CRT|PLACE|PL|"
    "CRESCENT|CRES|CR|GARDENS|GDNS|GARDEN|TERRACE|TERR|TER|WAY|SQUARE|SQ|GROVE|GR|GRV|PARK|PK|"
    "HILL|WALK|WLK|MEWS|RISE|ROW|VIEW|GREEN|GRN|FLAT|FLT|APARTMENT|APT|UNIT|ROOM|HOUSE|HSE|THE"
)

_MACROS: Final = (
    # A name in capitals: no accents, apostrophes, stops or titles; hyphens are spaces; the
    # words that stand for "no name" are null; "Mc Donald" and "O Brien" are one word.
    """CREATE OR REPLACE TEMP MACRO tidied(t) AS trim(regexp_replace(regexp_replace(
        regexp_replace(upper(strip_accents(left(t, 120))), '[''’‘`´.]', '', 'g'),
        '[^\\p{L}0-9 ]+', ' ', 'g'), '\\s+', ' ', 'g'))""",
    """CREATE OR REPLACE TEMP MACRO joined_prefix(t) AS regexp_replace(regexp_replace(
        t, '^(MR|MRS|MISS|MS|DR|SIR|REV) (\\p{L})', '\\2'),
        '\\b(MC|MAC|O) (\\p{L}{2})', '\\1\\2')""",
    # Each of the next takes what the macro before it made, in a subquery: a macro that names
    # its argument twice is bound twice, and nested ones take longer to plan than to run.
    """CREATE OR REPLACE TEMP MACRO prepared_name(t) AS joined_prefix(tidied(t))""",
    f"""CREATE OR REPLACE TEMP MACRO a_name(prepared) AS CASE
        WHEN prepared IN ('', {", ".join(f"'{word}'" for word in _NO_NAME)}) THEN NULL
        WHEN regexp_matches(prepared, '\\p{{L}}') THEN prepared END""",
    # How a surname sounds: consonants in six classes, a leading vowel kept as one mark.
    """CREATE OR REPLACE TEMP MACRO sounded(t) AS left(
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        regexp_replace(translate(regexp_replace(regexp_replace(regexp_replace(t,
            '^(KN|GN|PN)', 'N'), '^WR', 'R'), '(PH)', 'F', 'g'),
            'BFPVCGJKQSXZDTLMNRAEIOUYHW ', '111122222222334556'),
        '1+', '1', 'g'), '2+', '2', 'g'), '3+', '3', 'g'), '4+', '4', 'g'), '5+', '5', 'g'),
        '6+', '6', 'g'), 5)""",
    """CREATE OR REPLACE TEMP MACRO only_digits(t) AS
        regexp_replace(replace(left(t, 40), '(0)', ''), '[^0-9]', '', 'g')""",
    """CREATE OR REPLACE TEMP MACRO national_form(d) AS CASE
        WHEN starts_with(d, '0044') THEN '0' || ltrim(substr(d, 5), '0')
        WHEN starts_with(d, '44') AND length(d) >= 12 THEN '0' || ltrim(substr(d, 3), '0')
        WHEN length(d) = 10 AND starts_with(d, '7') THEN '0' || d
        ELSE d END""",
    # A phone in its national form; one digit repeated, or under seven digits, is no phone.
    """CREATE OR REPLACE TEMP MACRO a_phone(d) AS CASE
        WHEN length(d) NOT BETWEEN 7 AND 15 THEN NULL
        WHEN length(replace(substr(d, 3), right(d, 1), '')) = 0 THEN NULL
        ELSE d END""",
    """CREATE OR REPLACE TEMP MACRO an_email(lowered) AS CASE
        WHEN regexp_matches(lowered, '^[^@\\s]{2,}@[^@\\s]+$')
         AND split_part(lowered, '@', 1) NOT IN
            ('none', 'unknown', 'noemail', 'no', 'na', 'test', 'nil')
        THEN lowered END""",
    """CREATE OR REPLACE TEMP MACRO compacted(t) AS
        nullif(regexp_replace(upper(left(t, 40)), '[^A-Z0-9]', '', 'g'), '')""",
    """CREATE OR REPLACE TEMP MACRO a_postcode(c) AS CASE
        WHEN c IN ('NF11NF', 'NF11FA', 'ZZ993VZ', 'ZZ993WZ', 'ZZ999ZZ', 'UNKNOWN') THEN NULL
        WHEN length(c) BETWEEN 3 AND 9 AND regexp_matches(c, '[0-9]') AND ltrim(c, '0') <> ''
            THEN c END""",
    """CREATE OR REPLACE TEMP MACRO outward(p) AS CASE
        WHEN regexp_matches(p, '^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$') THEN left(p, -3)
        ELSE left(p, 3) END""",
    # A district alone ("VP2") is no postcode, and is compared as a district.
    """CREATE OR REPLACE TEMP MACRO is_outward(p) AS
        regexp_matches(p, '^[A-Z]{1,2}[0-9][A-Z0-9]?$')""",
    """CREATE OR REPLACE TEMP MACRO numbers_of(t) AS nullif(array_to_string(
        regexp_extract_all(t, '\\b[0-9]+[A-Z]?\\b'), '-'), '')""",
    f"""CREATE OR REPLACE TEMP MACRO street_of(t) AS nullif(trim(regexp_replace(regexp_replace(
        t, '\\b([0-9]+[A-Z]?|{_STREET_KINDS})\\b', ' ', 'g'), '\\s+', ' ', 'g')), '')""",
)

# Weak: the day stands for "some day of that year", so agreeing on it says little.
_BIRTHDAY: Final = """
    SELECT row, written,
        CASE WHEN full_day IS NOT NULL AND NOT is_nothing THEN full_day::VARCHAR END AS born,
        CASE WHEN NOT is_nothing THEN year END AS year,
        CASE WHEN NOT is_nothing THEN month END AS month,
        coalesce(full_day IS NULL OR (month = 1 AND day(full_day) = 1), true) AS is_weak
    FROM (
        SELECT *, full_day IS NOT NULL AND full_day IN (DATE '1900-01-01', DATE '1970-01-01',
                DATE '1901-01-01', DATE '1899-12-30', DATE '1899-12-31') AS is_nothing
        FROM (
            SELECT row, written, try_cast(written AS DATE) AS full_day,
                CASE WHEN regexp_matches(written, '^(19|20)[0-9]{2}(-|$)')
                    THEN left(written, 4)::INTEGER END AS year,
                CASE WHEN regexp_matches(written, '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])(-|$)')
                    THEN substr(written, 6, 2)::INTEGER END AS month
            FROM (SELECT row, CASE WHEN regexp_matches(trim(suspect_born_on),
                        '^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$')
                    THEN trim(suspect_born_on) END AS written FROM feed)
        )
    )"""

_NAMES: Final = """
    CREATE OR REPLACE TABLE name_of AS
    SELECT written, a_name(prepared) AS name FROM (
        SELECT written, prepared_name(written) AS prepared FROM (
            SELECT suspect_surname AS written FROM feed UNION SELECT suspect_forename FROM feed
            UNION SELECT suspect_middle FROM feed UNION SELECT victim_forename FROM feed
            UNION SELECT victim_surname FROM feed
            UNION SELECT trim(unnest(string_split(left(suspect_aliases, 400), ';'))) FROM feed
        ) WHERE written IS NOT NULL
    )"""

_ALIASES: Final = """
    CREATE OR REPLACE TABLE alias_of AS
    SELECT row, list(o.name ORDER BY o.name) AS aliases,
        flatten(list(coalesce(n.roots, [string_split(o.name, ' ')[1]]) ORDER BY o.name)) AS roots
    FROM (
        SELECT row, trim(unnest(string_split(left(suspect_aliases, 400), ';'))) AS written
        FROM feed WHERE suspect_aliases IS NOT NULL
    ) JOIN name_of o USING (written)
    LEFT JOIN nickname n ON n.name = string_split(o.name, ' ')[1]
    WHERE o.name IS NOT NULL GROUP BY row"""

# The cells in the form that the macros take, each worked out once.
_COMPACT: Final = """
    SELECT row, suspect_surname, suspect_forename, suspect_middle, suspect_pnc, suspect_cro,
        CASE WHEN suspect_sex IN ('M', 'F') THEN suspect_sex END AS sex,
        tidied(suspect_house) AS house,
        a_postcode(compacted(suspect_postcode)) AS postcode,
        national_form(only_digits(suspect_phone)) AS phone,
        lower(trim(left(suspect_email, 120))) AS email,
        string_split_regex(lower(left(suspect_handles, 400)), '[;,\\s]+') AS handles,
        compacted(suspect_vehicle) AS vehicle,
        compacted(suspect_pnc) AS pnc, compacted(suspect_cro) AS cro
    FROM feed"""

_SUSPECTS: Final = f"""
    CREATE OR REPLACE TABLE plain_suspects AS
    SELECT f.row, sn.name AS surname, fn.name AS forename, mn.name AS middle,
        coalesce(al.aliases, []) AS aliases, coalesce(al.roots, []) AS alias_roots,
        CASE WHEN b.is_weak AND b.month IS NULL THEN NULL ELSE b.born END AS born,
        b.year, b.month, b.is_weak, f.sex,
        numbers_of(f.house) AS number, street_of(f.house) AS street,
        CASE WHEN NOT is_outward(f.postcode) THEN f.postcode END AS postcode,
        CASE WHEN is_outward(f.postcode) THEN f.postcode END AS outcode,
        a_phone(f.phone) AS phone, an_email(f.email) AS email,
        list_sort(list_distinct(list_filter(list_transform(
            f.handles, lambda x: ltrim(x, '@')), lambda x: length(x) >= 3))) AS handles,
        CASE WHEN length(f.vehicle) BETWEEN 4 AND 9 THEN f.vehicle END AS vehicle,
        p.canonical AS pnc, CASE WHEN length(f.pnc) >= 5 THEN f.pnc END AS pnc_written,
        c.canonical AS cro, CASE WHEN length(f.cro) >= 5 THEN f.cro END AS cro_written
    FROM ({_COMPACT}) f
    LEFT JOIN name_of sn ON sn.written = f.suspect_surname
    LEFT JOIN name_of fn ON fn.written = f.suspect_forename
    LEFT JOIN name_of mn ON mn.written = f.suspect_middle
    LEFT JOIN alias_of al ON al.row = f.row
    LEFT JOIN birthdays b ON b.row = f.row
    LEFT JOIN identifier_of p ON p.kind = 'pnc' AND p.written = f.suspect_pnc
    LEFT JOIN identifier_of c ON c.kind = 'cro' AND c.written = f.suspect_cro"""

# A man with no forename written but two words in his surname keeps both there.
_CLEANED: Final = """
    CREATE OR REPLACE TABLE cleaned AS
    SELECT s.row, s.surname, s.forename,
        coalesce(n.roots[1], s.first) AS root,
        CASE WHEN s.first IS NOT NULL THEN coalesce(n.roots, [s.first]) END AS roots,
        s.middle,
        CASE WHEN s.first IS NOT NULL THEN list_distinct(
            coalesce(n.roots, [s.first])
            || coalesce(string_split(s.middle, ' '), [])
            || s.alias_roots) END AS given,
        list_distinct(list_filter([s.surname] || coalesce(string_split(s.surname, ' '), [])
            || list_transform(s.aliases, lambda a: string_split(a, ' ')[-1]),
            lambda x: length(x) >= 3)) AS families,
        s.aliases, s.alias_roots, s.born, s.year, s.month, s.is_weak, s.sex,
        s.number, s.street, s.postcode,
        coalesce(outward(s.postcode), s.outcode) AS outcode,
        s.postcode || '|' || coalesce(s.number, left(s.street, 12)) AS home,
        s.phone, s.email, CASE WHEN len(s.handles) > 0 THEN s.handles END AS handles,
        s.vehicle, s.pnc, s.pnc_written, s.cro, s.cro_written,
        d.sound
    FROM (SELECT *, string_split(forename, ' ')[1] AS first FROM plain_suspects) s
    LEFT JOIN nickname n ON n.name = s.first
    LEFT JOIN sound_of d ON d.surname = s.surname"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Teach a fresh connection the words of cleaning; needed once, before `clean`."""
    for macro in _MACROS:
        connection.execute(macro)
    roots = roots_by_name()
    table = pa.table(
        {"name": list(roots), "roots": [list(values) for values in roots.values()]},
        schema=pa.schema([("name", pa.string()), ("roots", pa.list_(pa.string()))]),
    )
    connection.register("nickname_rows", table)
    connection.execute("CREATE OR REPLACE TABLE nickname AS SELECT * FROM nickname_rows")
    connection.unregister("nickname_rows")


def clean(connection: duckdb.DuckDBPyConnection, *, this_year: int) -> None:
    """Make the table `cleaned` (one line for each row of `feed`) from the table `feed`.

    `this_year` decides the century of a two-digit year in a PNC reference, nothing else.
    """
    connection.execute(_NAMES)
    connection.execute(_ALIASES)
    connection.execute(f"CREATE OR REPLACE TABLE birthdays AS {_BIRTHDAY}")
    _read_identifiers(connection, this_year)
    connection.execute(_SUSPECTS)
    connection.execute(
        "CREATE OR REPLACE TABLE sound_of AS SELECT surname, sounded(surname) AS sound"
        " FROM (SELECT DISTINCT surname FROM plain_suspects WHERE surname IS NOT NULL)"
    )
    connection.execute(_CLEANED)
    for table in ("plain_suspects", "birthdays", "alias_of", "identifier_of", "sound_of"):
        connection.execute(f"DROP TABLE {table}")


def _read_identifiers(connection: duckdb.DuckDBPyConnection, this_year: int) -> None:
    """The canonical form of each distinct identifier whose check letter is right."""
    kinds: list[str] = []
    spelt: list[str] = []
    canonical: list[str] = []
    for kind, column in (("pnc", "suspect_pnc"), ("cro", "suspect_cro")):
        values = connection.execute(
            f"SELECT DISTINCT {column} FROM feed WHERE {column} IS NOT NULL"
        ).fetchall()
        for (written,) in values:
            short = written[:LONGEST_VALUE]
            read = read_pnc(short, this_year=this_year) if kind == "pnc" else read_cro(short)
            if read.is_valid:
                kinds.append(kind)
                spelt.append(written)
                canonical.append(read.canonical)
    table = pa.table(
        {"kind": kinds, "written": spelt, "canonical": canonical},
        schema=pa.schema([(name, pa.string()) for name in ("kind", "written", "canonical")]),
    )
    connection.register("identifier_rows", table)
    connection.execute("CREATE OR REPLACE TABLE identifier_of AS SELECT * FROM identifier_rows")
    connection.unregister("identifier_rows")

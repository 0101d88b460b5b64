"""What is wrong with a cell, said without saying what is in it.

Checks work on the distinct values of a column, so a million rows cost a few thousand looks.
A fault shows the shape of what was found (`99/99/9999`), because a shifted column can put a
name or a birthday anywhere. Not checked: whether an offence code exists, whether a person
could have been born on that day, and any identifier (see identifiers.py: those are marked).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vigil.incidents.feed.columns import FORCES, Column, Kind

# A report's reference, with its force, is a target in the ledger, which ends at 120 characters.
LONGEST_REFERENCE = 100
LONGEST_SHAPE = 24

# What no database column can hold: NUL, and a byte that was not text (kept as a lone surrogate).
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_ISO_YEAR = re.compile(r"(?!0000)[0-9]{4}")
_OFFENCE = re.compile(r"[A-Za-z]{2}[0-9]{5}[A-Za-z]?(?:/?[0-9]{3})?")

# Words that forces write where we have a code: common, and nobody's name, so they may be shown.
_KNOWN_WORDS = frozenset(
    {"male", "female", "m", "f", "u", "unknown", "none", "null", "n/a", "na", "other"}
    | {"husband", "wife", "domestic", "crime", "violence", "burglary", "theft", "robbery"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one row. `row` counts from 0 over the whole feed.

    `line` is the line of the file, counted from 1 (in Parquet, the row of that file).
    `column` is empty when the row as a whole is at fault.
    """

    row: int
    file: str
    line: int
    column: str
    expected: str
    found: str

    def sentence(self) -> str:
        """The fault in one line, without a name or a birthday."""
        where = f"{self.column}: " if self.column else ""
        return (
            f"row {self.row:,} ({self.file} line {self.line:,}): {where}"
            f"expected {self.expected}, found {self.found}"
        )


def shape_of(value: str) -> str:
    """The value with each letter as A or a and each digit as 9: its form, not its content."""
    if not value.strip():
        return "nothing"
    shown = value[:LONGEST_SHAPE]
    masked = "".join(_mask(character) for character in shown)
    return f"{masked}... ({len(value):,} characters)" if len(value) > LONGEST_SHAPE else masked


def _mask(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isalpha():
        return "A" if character.isupper() else "a"
    return character if " " <= character <= "~" else "?"


def iso_date(value: str) -> date | None:
    """The day, when the value is exactly YYYY-MM-DD and there is such a day."""
    if not _ISO_DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def is_partial_date(value: str) -> bool:
    """True of YYYY-MM-DD, YYYY-MM and YYYY."""
    return bool(
        _ISO_YEAR.fullmatch(value)
        or (_ISO_MONTH.fullmatch(value) and not value.startswith("0000"))
        or iso_date(value)
    )


def faults_of_values(column: Column, values: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The bad ones among distinct values: value -> (what was expected, what was found)."""
    bad = {}
    for value in values:
        expected = _expected(column, value)
        if expected:
            bad[value] = (expected, _found(column, value))
    return bad


@lru_cache(maxsize=65_536)
def _expected(column: Column, value: str) -> str:
    """What the column wanted, or nothing when the value is in order."""
    if not value.strip():
        return "a value" if column.must_have_value else ""
    is_in_order, wanted = _WANTED[column.kind]
    if is_in_order(column, value):
        return ""
    return wanted or f"one of {', '.join(column.values)}"


# For each kind: whether a value is in order, and what to say was expected when it is not.
_WANTED: dict[Kind, tuple[Callable[[Column, str], bool], str]] = {
    Kind.TEXT: (lambda _, __: True, ""),
    Kind.CODE: (lambda column, value: value in column.values, ""),
    Kind.DATE: (lambda _, value: iso_date(value) is not None, "a date as YYYY-MM-DD"),
    Kind.PARTIAL_DATE: (
        lambda _, value: is_partial_date(value),
        "a date as YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    Kind.FORCE: (lambda _, value: value in FORCES, "a two-digit force code"),
    Kind.OFFENCE: (
        lambda _, value: bool(_OFFENCE.fullmatch(value)),
        "an offence code such as PH97006",
    ),
    Kind.REFERENCE: (
        lambda _, value: len(value) <= LONGEST_REFERENCE,
        f"a reference of at most {LONGEST_REFERENCE} characters",
    ),
}


def _found(column: Column, value: str) -> str:
    if not value.strip():
        return "nothing"
    if column.kind is Kind.FORCE and len(value) <= 3:
        return repr(value)
    if column.kind is Kind.CODE:
        word = value.strip().casefold()
        if word in _KNOWN_WORDS or word.replace(" ", "_").replace("-", "_") in column.values:
            return repr(value)
    if column.kind in {Kind.DATE, Kind.PARTIAL_DATE} and _ISO_DATE.fullmatch(value):
        return "a day that there is not"
    return shape_of(value)


def odd_text(values: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Cells that are not text at all: index -> (expected, found)."""
    odd = {}
    for index, value in enumerate(values):
        match = _NOT_TEXT.search(value)
        if match:
            is_nul = match.group() == "\x00"
            odd[index] = (
                "text without NUL characters" if is_nul else "text in UTF-8",
                "a NUL character"
                if is_nul
                else "bytes that are not UTF-8; if the file is in another encoding, name it in "
                'the mapping (encoding = "latin-1")',
            )
    return odd

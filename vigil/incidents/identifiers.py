"""Is this police identifier one that could have been issued, and what is its one true spelling?

Pure: no Django, no clock (the year of the reader is passed in). It refuses to correct: an
identifier that fails is kept as it was written, is said to be invalid and why, and carries the
letter that would have fitted as a suggestion for a human.

All four references share one check letter: a number modulo 23, looked up in an alphabet that
leaves out I, O and S. The letter says nothing about who issued it or for whom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

# The position of a letter is the remainder it stands for.
CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"

# The Police National Computer began in 1974, but its references carry the year of first
# arrest, which was typed in for older files: 1900 is the floor, not the year of the machine.
EARLIEST_YEAR = 1900


class IdentifierKind(StrEnum):
    """Which reference it is."""

    PNC = "pnc"
    CRO = "cro"
    ASN = "asn"
    COURT_CASE = "court_case"
    POSTCODE = "postcode"


class IdentifierFault(StrEnum):
    """Why an identifier cannot be one that was issued."""

    SHAPE = "shape"
    LETTER = "letter"
    LETTER_NOT_USED = "letter_not_used"
    ZERO_SERIAL = "zero_serial"
    YEAR = "year"
    DUMMY = "dummy"
    TWO_READINGS = "two_readings"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier as written, and what can be said of it.

    `canonical` is empty unless `is_valid`; `suggested` is the canonical spelling with the
    letter that fits, given only where the letter is the sole thing that is wrong.
    `is_without_prints` is true of a CRO file that was opened with no fingerprints ("SF").
    """

    kind: IdentifierKind
    written: str
    canonical: str = ""
    fault: IdentifierFault | None = None
    suggested: str = ""
    is_without_prints: bool = False

    @property
    def is_valid(self) -> bool:
        """True when it could have been issued."""
        return self.fault is None


def check_letter(number: int) -> str:
    """The letter that belongs to a number."""
    return CHECK_LETTERS[number % 23]


_SEPARATED = re.compile(r"[\s\-]+")
_PNC_SLASH = re.compile(r"([0-9]{2}|[0-9]{4})/([0-9]{1,7})([A-Z])")
_PNC_RUN = re.compile(r"([0-9]{3,11})([A-Z])")
_CRO = re.compile(r"([0-9]{1,6})/?([0-9]{2})([A-Z])")
_CRO_SF = re.compile(r"SF([0-9]{2})/?([0-9]{1,6})([A-Z])")
_ASN = re.compile(r"([0-9]{2})([A-Z]?)([A-Z0-9]{2})([A-Z0-9]{2})([A-Z0-9]{2})([0-9]{11})([A-Z])")
_ASN_PRINTED = re.compile(
    r"([0-9]{2})/([A-Z]?)([A-Z0-9]{2})([A-Z0-9]{2})/([A-Z0-9]{2})/([0-9]{1,11})([A-Z])"
)
_COURT_CASE = re.compile(r"([0-9]{2})/([0-9]{4})/([0-9]{1,6})([A-Z])")
_POSTCODE = re.compile(r"(?:[A-Z][A-HJ-Y]?[0-9][A-Z0-9]?[0-9][A-Z]{2}|GIR0AA)")

# Arrest references that systems write when there was no arrest to refer to; each stands for
# thousands of unrelated people, so none may ever link two reports.
_ASN_DUMMY = re.compile(
    r"(?:0800[NP]P01"
    r"|[0-9]{2}(?:12LN00|00NP00|[A-Z0-9]{2}NRPR|6300|06SS|00XX|50(?:11|12|21|41|42|43|OF|SJ)))"
)

# "No fixed abode", written as if it were a place.
NO_FIXED_ABODE_POSTCODES = frozenset({"NF1 1NF", "NF1 1FA"})


def _compact(written: str) -> str:
    return _SEPARATED.sub("", written).upper()


def _letter_fault(number: int, letter: str) -> IdentifierFault | None:
    if letter not in CHECK_LETTERS:
        return IdentifierFault.LETTER_NOT_USED
    return None if check_letter(number) == letter else IdentifierFault.LETTER


def read_pnc(written: str, *, this_year: int) -> Identifier:
    """Read a PNC ID; canonical is `YYYY/NNNNNNNC`.

    Two-digit and four-digit years, a slash or none, and a serial of one to seven digits are
    all accepted. The letter covers only the last two digits of the year, so it does not
    protect the century: a two-digit year up to `this_year`'s is this century's, any other the
    last one's.
    """
    compact = _compact(written)
    if match := _PNC_SLASH.fullmatch(compact):
        return _read_pnc_parts(written, *match.groups(), this_year=this_year)
    match = _PNC_RUN.fullmatch(compact)
    if not match:
        return Identifier(IdentifierKind.PNC, written, fault=IdentifierFault.SHAPE)
    digits, letter = match.groups()
    readings = [
        _read_pnc_parts(written, digits[:width], digits[width:], letter, this_year=this_year)
        for width in (2, 4)
        if 1 <= len(digits) - width <= 7 and (width == 2 or digits[:2] in {"19", "20"})
    ]
    if not readings:
        return Identifier(IdentifierKind.PNC, written, fault=IdentifierFault.SHAPE)
    valid = [reading for reading in readings if reading.is_valid]
    if len(valid) < 2:
        return (valid or readings)[0]
    # Nine digits are the full short form (two of year, seven of serial); anything shorter
    # that reads both ways is nobody's to choose.
    if len(digits) == 9:
        return valid[0]
    return Identifier(IdentifierKind.PNC, written, fault=IdentifierFault.TWO_READINGS)


def _read_pnc_parts(
    written: str, year: str, serial: str, letter: str, *, this_year: int
) -> Identifier:
    full_year = _full_year(year, this_year) if len(year) == 2 else int(year)
    if not EARLIEST_YEAR <= full_year <= this_year:
        return Identifier(IdentifierKind.PNC, written, fault=IdentifierFault.YEAR)
    if int(serial) == 0:
        return Identifier(IdentifierKind.PNC, written, fault=IdentifierFault.ZERO_SERIAL)
    number = int(f"{year[-2:]}{serial:0>7}")
    stem = f"{full_year}/{serial:0>7}"
    return _judged(IdentifierKind.PNC, written, stem, number, letter)


def _full_year(two_digits: str, this_year: int) -> int:
    century = this_year - this_year % 100
    year = century + int(two_digits)
    return year if year <= this_year else year - 100


def _judged(
    kind: IdentifierKind,
    written: str,
    stem: str,
    number: int,
    letter: str,
    *,
    is_without_prints: bool = False,
) -> Identifier:
    fault = _letter_fault(number, letter)
    fitting = stem + check_letter(number)
    return Identifier(
        kind,
        written,
        canonical="" if fault else fitting,
        fault=fault,
        suggested=fitting if fault else "",
        is_without_prints=is_without_prints,
    )


def read_cro(written: str) -> Identifier:
    """Read a criminal records office number; canonical `NNNNNN/YYC`, or `SFYY/N...C`.

    The standard form pads its serial to six for the sum; the "SF" form (a file opened without
    fingerprints) takes the serial as written. Serials of six digits are accepted in both,
    though one published validator stops at five for SF.
    """
    compact = _compact(written)
    if match := _CRO_SF.fullmatch(compact):
        year, serial, letter = match.groups()
        if int(serial) == 0:
            return Identifier(
                IdentifierKind.CRO,
                written,
                fault=IdentifierFault.ZERO_SERIAL,
                is_without_prints=True,
            )
        number = int(year + serial)
        stem = f"SF{year}/{serial}"
        return _judged(IdentifierKind.CRO, written, stem, number, letter, is_without_prints=True)
    match = _CRO.fullmatch(compact)
    if not match:
        return Identifier(IdentifierKind.CRO, written, fault=IdentifierFault.SHAPE)
    serial, year, letter = match.groups()
    if int(serial) == 0:
        return Identifier(IdentifierKind.CRO, written, fault=IdentifierFault.ZERO_SERIAL)
    number = int(f"{year}{serial:0>6}")
    return _judged(IdentifierKind.CRO, written, f"{serial:0>6}/{year}", number, letter)


def read_asn(written: str) -> Identifier:
    """Read an arrest summons number, bare or printed with slashes; canonical is the bare form.

    The bare form is year, force, unit, system, a serial of eleven and the letter; the unit is
    not in the sum, and force and system are only where they are digits.

    Not checked: the letter of the 21-character form (a top-level letter after the year),
    whose sum is not published for certain. Its shape, serial and dummies are.
    """
    compact = _compact(written)
    match = _ASN.fullmatch(compact) or _ASN_PRINTED.fullmatch(compact)
    if not match:
        return Identifier(IdentifierKind.ASN, written, fault=IdentifierFault.SHAPE)
    year, top_level, force, unit, system, serial, letter = match.groups()
    if _ASN_DUMMY.match(f"{year}{force}{unit}{system}"):
        return Identifier(IdentifierKind.ASN, written, fault=IdentifierFault.DUMMY)
    if int(serial) == 0:
        return Identifier(IdentifierKind.ASN, written, fault=IdentifierFault.ZERO_SERIAL)
    stem = f"{year}{top_level}{force}{unit}{system}{serial:0>11}"
    if top_level:
        fault = None if letter in CHECK_LETTERS else IdentifierFault.LETTER_NOT_USED
        return Identifier(
            IdentifierKind.ASN, written, canonical="" if fault else stem + letter, fault=fault
        )
    summed = "".join(part for part in (force, system) if part.isdigit())
    return _judged(IdentifierKind.ASN, written, stem, int(f"{summed}{year}{serial:0>11}"), letter)


def read_court_case(written: str) -> Identifier:
    """Read a PNC court case reference; canonical `YY/CCCC/NNNNNNC`.

    Not checked: the letter. The sum that fits the published samples is inferred, and national
    systems check the shape alone.
    """
    match = _COURT_CASE.fullmatch(_compact(written))
    if not match:
        return Identifier(IdentifierKind.COURT_CASE, written, fault=IdentifierFault.SHAPE)
    year, court, serial, letter = match.groups()
    if letter not in CHECK_LETTERS:
        return Identifier(IdentifierKind.COURT_CASE, written, fault=IdentifierFault.LETTER_NOT_USED)
    return Identifier(
        IdentifierKind.COURT_CASE, written, canonical=f"{year}/{court}/{serial:0>6}{letter}"
    )


def read_postcode(written: str) -> Identifier:
    """Read a UK postcode; canonical in upper case with one space before the last three.

    The two codes that stand for "no fixed abode" are dummies: thousands share them.
    Not checked: whether the postcode exists.
    """
    compact = _compact(written)
    if not _POSTCODE.fullmatch(compact):
        return Identifier(IdentifierKind.POSTCODE, written, fault=IdentifierFault.SHAPE)
    canonical = f"{compact[:-3]} {compact[-3:]}"
    if canonical in NO_FIXED_ABODE_POSTCODES:
        return Identifier(IdentifierKind.POSTCODE, written, fault=IdentifierFault.DUMMY)
    return Identifier(IdentifierKind.POSTCODE, written, canonical=canonical)

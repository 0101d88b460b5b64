"""A person's name, birthday and numbers in finished words, out of how he was reported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.identity.queries import PersonShown, Reported
from vigil.incidents.queries import ReportShown

_PARTS: Final = ("suspect_forename", "suspect_middle", "suspect_surname")
MONTHS: Final = re.compile(r"(\d{4})-(\d{2})")


def shown_name(person: PersonShown, reports: Sequence[ReportShown]) -> str:
    """His commonest name as the register writes it: "SURNAME, Forename Middle".

    The report that was so written says which part is the surname; where none of `reports`
    was, the last word counts as it.
    """
    if not person.names:
        return formats.name("")
    commonest = person.names[0].value
    for report in reports:
        forename, middle, surname = _parts(report.cells)
        if " ".join(part for part in (forename, middle, surname) if part) == commonest:
            return formats.name(surname, f"{forename} {middle}")
    *given, surname = commonest.split()
    return formats.name(surname, " ".join(given))


def _parts(cells: Mapping[str, str]) -> tuple[str, str, str]:
    forename, middle, surname = (cells.get(name, "").strip() for name in _PARTS)
    return forename, middle, surname


def identity_line(person: PersonShown, on: date) -> str:
    """The line under his name: birthday, and the PNC number that is reported most."""
    pnc = f". PNC {person.pncs[0].value}" if person.pncs else ""
    return f"{shown_born(person, on)}{pnc}"


def shown_born(person: PersonShown, on: date) -> str:
    """His commonest birthday: "Born 14 June 1987 (39)". Known in part: "Born June 1987"."""
    if not person.birthdays:
        return formats.born(None, on)
    return born_words(person.birthdays[0].value, on)


def day_words(value: str) -> str:
    """A whole day as a feed writes it, as people write it; anything else as it was written."""
    try:
        return formats.day(date.fromisoformat(value))
    except ValueError:
        return value


def born_words(value: str, on: date) -> str:
    """A birthday as a feed writes it, in words; what is no date is shown as it was written."""
    try:
        return formats.born(date.fromisoformat(value), on)
    except ValueError:
        pass
    month = MONTHS.fullmatch(value)
    if month and 1 <= int(month[2]) <= 12:
        return f"Born {formats.month(date(int(month[1]), int(month[2]), 1))}, day not known"
    return f"Born {value}" + (", day not known" if re.fullmatch(r"\d{4}", value) else "")


def spellings(found: Sequence[Reported], most: int = 4) -> str:
    """How a fact was written, the commonest first: "2009/9999123Y (7 reports), ...; 3 more"."""
    said = [
        f"{day_words(one.value)} ({formats.count(one.reports, 'report')})" for one in found[:most]
    ]
    rest = len(found) - most
    return "; ".join([*said, f"{rest} more"] if rest > 0 else said)


def facts(person: PersonShown) -> list[tuple[str, str]]:
    """What is known of him, each as it was reported; what nobody reported is left out."""
    known = (
        ("Names", person.names),
        ("Other names", person.aliases),
        ("Born", person.birthdays),
        ("Sex", person.sexes),
        ("Addresses", person.addresses),
        ("Phones", person.phones),
        ("E-mail", person.emails),
        ("Handles", person.handles),
        ("Vehicles", person.vehicles),
        ("PNC", person.pncs),
        ("CRO", person.cros),
    )
    return [(label, spellings(found)) for label, found in known if found]

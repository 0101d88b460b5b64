"""What somebody typed into one box, read as the fields that a search knows.

Pure: words in, fields out, and how each was read, so that the page can say it back. Words
that it cannot place are a name. Refuses to search for too little: half the town would fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.people.presenters.names import day_words

LABELS: Final[Mapping[str, str]] = {
    "surname": "surname",
    "forename": "forename",
    "middle": "middle names",
    "born_on": "born",
    "house": "address",
    "postcode": "postcode",
    "phone": "phone",
    "email": "e-mail",
    "handles": "handle",
    "pnc": "PNC",
    "vehicle": "vehicle",
}
# One of these is enough to ask by: it belongs to one person or to few.
IDENTIFIERS: Final = frozenset({"phone", "email", "handles", "pnc", "vehicle"})
NAMES: Final = ("surname", "forename")
LEAST_LETTERS: Final = 3
LONGEST: Final = 200
TOO_LITTLE: Final = (
    "Enter 3 letters of a name or more, and one more thing, such as a date of birth; or a phone "
    "number, number plate, e-mail address or PNC number"
)

_PREFIXES: Final[Mapping[str, str]] = {
    "b": "born_on",
    "ph": "phone",
    "v": "vehicle",
    "a": "house",
    "h": "handles",
    "pnc": "pnc",
}
_PREFIXED = re.compile(r"\b(pnc|ph|b|v|a|h):\s*", re.IGNORECASE)
_EMAIL = re.compile(r"\S+@\S+")
_PNC = re.compile(r"\b(?:\d{4}|\d{2})/\d{1,7}[A-Z]\b", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
_PLATE = re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\S)(?:\+44|0)[\d ]{9,13}\d(?!\S)")
_DAY = re.compile(
    r"(?<!\S)(\d{4}-\d{2}-\d{2}|\d{1,2}[/. -]\d{1,2}[/. -]\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{2}|"
    r"\d{8}|\d{6}|\d{4})(?!\S)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a question, by the names that a search knows."""

    terms: Mapping[str, str]

    @property
    def is_enough(self) -> bool:
        """Whether it may be searched for: an identifier, or part of a name and one thing more."""
        if IDENTIFIERS & self.terms.keys():
            return True
        letters = [sum(c.isalpha() for c in self.terms.get(name, "")) for name in NAMES]
        return max(letters) >= LEAST_LETTERS and len(self.terms) > 1

    @property
    def read_as(self) -> list[tuple[str, str]]:
        """How it was read: field and value, in a fixed order."""
        found = [(words, self.terms.get(name, "")) for name, words in LABELS.items()]
        return [(words, day_words(value)) for words, value in found if value]


def read_question(typed: str, boxes: Mapping[str, str], *, on: date) -> Asked:
    """The fields of what was typed in one line; a box that was filled in wins over the line."""
    terms = dict(_from_line(" ".join(typed.split())[:LONGEST]))
    terms |= {name: " ".join(value.split()) for name, value in boxes.items() if value.strip()}
    if "born_on" in terms:
        terms["born_on"] = read_day(terms["born_on"], on=on)
    return Asked({name: terms[name] for name in LABELS if terms.get(name)})


def _from_line(line: str) -> Iterator[tuple[str, str]]:
    parts = _PREFIXED.split(line)
    rest = parts[0]
    for prefix, value in zip(parts[1::2], parts[2::2], strict=True):
        name = _PREFIXES[prefix.lower()]
        # An address has blanks in it; any other value ends at the first, a phone by its shape.
        own, _, after = (value, "", "") if name == "house" else _first(name, value)
        yield name, own.strip()
        rest = f"{rest} {after}"
    for name, pattern in (
        ("email", _EMAIL),
        ("pnc", _PNC),
        ("phone", _PHONE),
        ("postcode", _POSTCODE),
        ("vehicle", _PLATE),
        ("born_on", _DAY),
    ):
        found = pattern.search(rest)
        if found:
            yield name, found[0].strip()
            rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    yield from _name(rest.split() if "," not in rest else [rest])


def _first(name: str, value: str) -> tuple[str, str, str]:
    shape = {"phone": _PHONE, "vehicle": _PLATE}.get(name)
    found = shape.match(value) if shape else None
    return (found[0], "", value[found.end() :]) if found else value.partition(" ")


def _name(words: list[str]) -> Iterator[tuple[str, str]]:
    """Surname first, as the register writes it: "CRAND Toby", or "Crand, Toby James"."""
    if len(words) == 1 and "," in words[0]:
        surname, _, rest = words[0].partition(",")
        words = [" ".join(surname.split()), *rest.replace(",", " ").split()]
    names = ("surname", "forename", "middle")
    for name, value in zip(names, [*words[:2], " ".join(words[2:])], strict=False):
        if value:
            yield name, value


def read_day(typed: str, *, on: date) -> str:
    """A birthday as a feed writes it, whole or in part: 140687 is 1987-06-14, 1987 is 1987.

    Two digits of a year are the last such year that is not after `on`. What is no day is left
    as it was typed: it will fit nothing, and the page says how it was read.
    """
    found = re.fullmatch(r"(\d{1,2})[/. -]?(\d{2}|\d(?=[/. -]))[/. -]?(\d{4}|\d{2})", typed)
    if re.fullmatch(r"\d{4}", typed) or not found:
        return typed
    year = int(found[3])
    if len(found[3]) == 2:
        year += on.year - on.year % 100
        year -= 100 if year > on.year else 0
    try:
        return date(year, int(found[2]), int(found[1])).isoformat()
    except ValueError:
        return typed

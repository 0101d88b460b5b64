"""References of people, and who keeps his when people are split or joined.

Pure: no ORM, no clock. A reference is never used twice, and no rule here compares two people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

# No I, L, O or U: read aloud and typed back without a doubt.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLACES: Final = 6
_SPACE: Final = len(ALPHABET) ** _PLACES
# An odd number shuffles the whole space without meeting itself, so that neighbours in time
# are no neighbours on paper.
_SHUFFLE: Final = 387_420_489


class Verdict(StrEnum):
    """What a human says of two reports."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


def person_reference(number: int) -> str:
    """The reference of the person of that number, such as `P-7K3M9Q`; numbers count from 1.

    Raises:
        ValueError: the number is below 1, or past the last reference there is.
    """
    if not 1 <= number < _SPACE:
        raise ValueError(f"expected a number from 1 to {_SPACE - 1}, found {number}")
    rest = number * _SHUFFLE % _SPACE
    letters = ""
    for _ in range(_PLACES):
        rest, place = divmod(rest, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return f"P-{letters}"


@dataclass(frozen=True, slots=True)
class Carried:
    """`kept`: the number of the person that each group keeps; groups not in it are new people.
    `joined`: people left without a group, each with the group that most of his reports are in.
    """

    kept: Mapping[int, int]
    joined: Mapping[int, int]


def carry_references(held: Mapping[int, Mapping[int, int]]) -> Carried:
    """Which group keeps which person. `held`: for each group, how many of its reports were
    whose before, by the person's number.

    The larger part keeps the reference; among equals the older person, then the first group.
    """
    claims = sorted(
        (-reports, person, group)
        for group, by_person in held.items()
        for person, reports in by_person.items()
    )
    kept: dict[int, int] = {}
    taken: set[int] = set()
    largest: dict[int, int] = {}
    for _, person, group in claims:
        largest.setdefault(person, group)
        if group not in kept and person not in taken:
            kept[group] = person
            taken.add(person)
    return Carried(kept, {p: group for p, group in largest.items() if p not in taken})

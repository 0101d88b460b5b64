"""Which category of the public protection arrangements (MAPPA) is a person in on a day?

England and Wales. A person may be in several. Category 3 and "potentially dangerous" rest on a
judgement that people made; nothing here makes it. Not checked: that an offence is in Schedule 15.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law


class OffenceKind(StrEnum):
    """The kinds of offence that the second category tells apart."""

    SCHEDULE_15 = "schedule_15"
    CONTROLLING_OR_COERCIVE = "controlling_or_coercive"
    STALKING_4A = "stalking_4a"
    STALKING_2A = "stalking_2a"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Conviction:
    """One conviction: `custody_months` with a suspended term as well; None: no custody."""

    offence: OffenceKind
    custody_months: int | None = None
    has_hospital_or_guardianship_order: bool = False


@dataclass(frozen=True, slots=True)
class MappaPerson:
    """What is known of a person. `is_judged_dangerous`: capable of serious harm and in need of
    management by several agencies, as people who may judge it have said."""

    convictions: Sequence[Conviction] = ()
    was_cautioned: bool = False
    is_subject_to_notification: bool = False
    is_terrorist_offender: bool = False
    is_judged_dangerous: bool = False


@dataclass(frozen=True, slots=True)
class MappaCategory:
    """The categories, lowest first; the levels open to them; and whether he is outside them all
    but potentially dangerous."""

    categories: tuple[int, ...]
    levels: tuple[int, ...]
    is_potentially_dangerous: bool
    because: tuple[str, ...]
    ground: Ground


def category(person: MappaPerson, on: date, *, jurisdiction: str = "EW") -> MappaCategory:
    """The categories that a person is in on a day, and the levels at which he may be managed.

    Raises:
        BadQuestionError: a term of custody below one month.
        NotInForceError: the day is before the arrangements, or the nation has others.

    Source: Criminal Justice Act 2003 ss. 325-327,
    https://www.legislation.gov.uk/ukpga/2003/44/section/327
    """
    asked = _Asked(on, jurisdiction)
    first, second = asked.get("MAPPA_1", "who"), asked.second()
    found: list[tuple[int, str, tuple[Fact, ...]]] = []
    if person.is_subject_to_notification:
        found.append((1, "He is subject to notification under Part 2.", (first,)))
    if counted := _counted(person.convictions, asked):
        found.append((2, "An offence that counts, with a sentence that counts.", counted))
    fourth = asked.find("MAPPA_4", "who")
    if person.is_terrorist_offender and fourth is not None:
        found.append((4, "He is a terrorist offender, or poses a risk of it.", (fourth,)))
    has_record = bool(person.convictions) or person.was_cautioned
    if not found and has_record and person.is_judged_dangerous:
        third = asked.get("MAPPA_3", "who")
        found.append((3, "His record and the risk need several agencies.", (third,)))
    facts = tuple(fact for _, _, each in found for fact in each)
    is_potential = not has_record and person.is_judged_dangerous and not found
    if is_potential:
        facts = (asked.get("MAPPA_PDP", "who"),)
    levels = {level for number, _, _ in found for level in asked.levels(number)}
    return MappaCategory(
        categories=tuple(number for number, _, _ in found),
        levels=tuple(sorted(levels)),
        is_potentially_dangerous=is_potential,
        because=tuple(said for _, said, _ in found),
        ground=Ground(facts or (first, *second)),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    on: date
    jurisdiction: str

    def find(self, of: str, what: str) -> Fact | None:
        return law().find(of, what, on=self.on, jurisdiction=self.jurisdiction)

    def get(self, of: str, what: str) -> Fact:
        found = self.find(of, what)
        if found is None:
            raise NotInForceError(
                f"expected the arrangements of England and Wales on {self.on.isoformat()}, found "
                f"{self.jurisdiction}: another nation has its own, and earlier days have none here"
            )
        return found

    def second(self) -> tuple[Fact, Fact]:
        return self.get("MAPPA_2", "who"), self.get("MAPPA_2", "custody_at_least_months")

    def levels(self, number: int) -> Iterable[int]:
        return map(int, self.get(f"MAPPA_{number}", "levels").codes)


def _counted(convictions: Iterable[Conviction], asked: _Asked) -> tuple[Fact, ...]:
    """The facts by which the first conviction that counts makes the second category."""
    who, months = asked.second()
    for each in convictions:
        if each.custody_months is not None and each.custody_months < 1:
            raise BadQuestionError("expected custody_months of 1 at least, or none")
        counts = asked.get(f"MAPPA_2_{each.offence.upper()}", "counts_for_category")
        is_long = (each.custody_months or 0) >= months.number
        if counts.value is True and (is_long or each.has_hospital_or_guardianship_order):
            return (who, months, counts)
    return ()

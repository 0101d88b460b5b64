"""Is this person serial, by the definition that the agency chose?

Turns reports as forces record them into what the law room asks, by two tables that a person
can read and dispute. A yes makes a candidate and nothing more. Pure: no ORM, no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.law.serial import SerialAnswer, SerialReport, is_serial

# Domestic: between people who are or were partners, or of one family (the "personally
# connected" of s. 2 Domestic Abuse Act 2021, as far as the feed's `relationship` says it)...
DOMESTIC_RELATIONSHIPS: Final = frozenset({"partner", "ex_partner", "family"})
# ...or of a category that is recorded between such people only: a domestic incident that is
# no crime, and controlling or coercive behaviour (s. 76 Serious Crime Act 2015).
DOMESTIC_CATEGORIES: Final = frozenset({"non_crime_domestic", "coercive_control"})
# Stalking: so recorded, or an offence of stalking (ss. 2A and 4A Protection from Harassment
# Act 1997, and both racially or religiously aggravated). Harassment alone is not.
STALKING_CATEGORIES: Final = frozenset({"stalking"})
STALKING_OFFENCES: Final = frozenset(
    {"PH97006", "PH97007", "PH97008", "PH97010", "PH97011", "CD98077", "CD98078", "CD98079"}
)
# The definition that asks for convictions, not for victims.
COUNTS_NO_VICTIMS: Final = frozenset({"lords_42_2021"})


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report on a person. "" stands for what the report does not say.

    `reference` is `force/report`. `victim` is any reference that tells victims apart.
    `born_on` is his birthday as recorded, whole or in part (`YYYY`, `YYYY-MM`, `YYYY-MM-DD`).
    """

    reference: str
    reported_on: date
    occurred_on: date | None
    category: str
    offence: str
    basis: str
    relationship: str
    victim: str
    born_on: str

    @property
    def happened_on(self) -> date:
        """The day it happened, or where that is not known the day it was reported."""
        return self.occurred_on or self.reported_on


def is_domestic(report: ReportFacts) -> bool:
    """Whether the report is one of domestic abuse, by the two tables above."""
    return report.relationship in DOMESTIC_RELATIONSHIPS or report.category in DOMESTIC_CATEGORIES


def is_stalking(report: ReportFacts) -> bool:
    """Whether the report is one of stalking, by the two tables above."""
    return report.category in STALKING_CATEGORIES or report.offence in STALKING_OFFENCES


def oldest_age(born_on: str, on: date) -> int | None:
    """His age in whole years, the oldest that a birthday known in part allows; None: not known.

    The oldest, because a man who may be 16 is put before a person, not left out unseen.
    """
    parts = born_on.split("-")
    try:
        born = date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        return None
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return age if 0 <= age <= 120 else None


def is_candidate(
    definition: str,
    on: date,
    reports: Iterable[ReportFacts],
    victim_links: Iterable[Collection[str]] = (),
    risk: str | None = None,
) -> SerialAnswer:
    """Whether the definition finds this person serial on that day, why, and what it counted.

    A report whose victim is not known counts no victim: it is left out by every definition
    that counts victims. The basis "" counts as `suspect`.

    Raises: BadQuestionError for a definition that is none of the four.
    """
    counted = [r for r in reports if r.victim or definition in COUNTS_NO_VICTIMS]
    return is_serial(definition, on, [_asked(r) for r in counted], victim_links, risk)


def _asked(report: ReportFacts) -> SerialReport:
    return SerialReport(
        occurred_on=report.happened_on,
        victim=report.victim,
        basis=report.basis or "suspect",
        domestic=is_domestic(report),
        stalking=is_stalking(report),
        suspect_age=oldest_age(report.born_on, report.reported_on),
        offence=report.offence or None,
    )

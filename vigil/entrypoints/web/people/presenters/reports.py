"""Reports in finished words: the list, the sentence over them, where he was last reported.

A victim is a number in the order of the first report, never a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.incidents.queries import ReportShown

CATEGORIES: Final[Mapping[str, str]] = {
    "breach_of_order": "Breach of an order",
    "coercive_control": "Controlling or coercive behaviour",
    "image_abuse": "Abuse of images",
    "non_crime_domestic": "Domestic incident, no crime",
    "other_crime": "Another crime",
    "sexual": "Sexual offence",
    "": "Category not stated",
}
BASES: Final[Mapping[str, str]] = {
    "suspect": "Suspected",
    "caution": "Cautioned",
    "conviction": "Convicted",
    "order": "A court made an order",
    "": "Not stated",
}
RELATIONSHIPS: Final[Mapping[str, str]] = {
    "ex_partner": "former partner",
    "unknown": "",
}
COLUMNS: Final = (
    {"label": "No.", "is_number": False},
    {"label": "Date", "is_bare": True},
    {"label": "Victim, force", "is_bare": True},
    {"label": "What", "is_bare": True},
    "Basis",
)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report, with the number that marks it wherever it is mentioned."""

    reference: str
    number: int
    date: str
    victim: str
    what: str
    basis: str

    @property
    def cells(self) -> list[str]:
        """The cells of the table, in the order of COLUMNS."""
        return [str(self.number), self.date, self.victim, self.what, self.basis]


def happened_on(report: ReportShown) -> date:
    """The day it happened, or where that is not stated the day it was reported."""
    return report.occurred_on or report.reported_on


def oldest_first(reports: Sequence[ReportShown]) -> list[ReportShown]:
    """In the order in which things happened: the order that the numbers count in."""
    return sorted(reports, key=lambda r: (happened_on(r), r.reported_on, r.reference))


def report_numbers(reports: Sequence[ReportShown]) -> dict[str, int]:
    """The number of each report: 1 for the oldest."""
    return {r.reference: n for n, r in enumerate(oldest_first(reports), start=1)}


def victim_numbers(
    reports: Sequence[ReportShown], victim_of: Mapping[str, object]
) -> dict[object, int]:
    """Victim 1 to n, in the order of their first reports. Who is not known has no number."""
    numbers: dict[object, int] = {}
    for report in oldest_first(reports):
        victim = victim_of.get(report.reference)
        if victim is not None:
            numbers.setdefault(victim, len(numbers) + 1)
    return numbers


def report_rows(
    reports: Sequence[ReportShown], victim_of: Mapping[str, object], forces: Mapping[str, str]
) -> list[ReportRow]:
    """Every report, newest first."""
    victims = victim_numbers(reports, victim_of)
    numbers = report_numbers(reports)
    return [
        ReportRow(
            reference=report.reference,
            number=numbers[report.reference],
            date=formats.day(happened_on(report)),
            victim=_victim(victims.get(victim_of.get(report.reference)), report, forces),
            what=_what(report),
            basis=BASES.get(report.cells.get("basis", ""), "Not stated"),
        )
        for report in reversed(oldest_first(reports))
    ]


def _victim(number: int | None, report: ReportShown, forces: Mapping[str, str]) -> str:
    who = "A victim" if report.has_victim else "Victim not known"
    who = f"Victim {number}" if number else who
    return f"{who}, {force_name(report.force, forces)}"


def force_name(code: str, forces: Mapping[str, str]) -> str:
    """A force by its name, or by its code where the name is not known."""
    return forces.get(code, f"force {code}")


def category_words(category: str) -> str:
    """A category of the feed in words."""
    return CATEGORIES.get(category) or category.replace("_", " ").capitalize()


def _what(report: ReportShown) -> str:
    words = category_words(report.cells.get("category", ""))
    relationship = report.cells.get("relationship", "")
    who = RELATIONSHIPS.get(relationship, relationship.replace("_", " "))
    return f"{words}. {who.capitalize()}" if who else words


def headline(
    reports: Sequence[ReportShown],
    victims: int,
    forces: Mapping[str, str],
) -> tuple[str, str]:
    """What the reports come to, in one sentence, and what it counts."""
    if not reports:
        return "No report on this person is held.", "This is not proof that there was none."
    where = {report.force for report in reports}
    ordered = oldest_first(reports)
    since = happened_on(ordered[0]).year
    told = formats.count(victims, "victim") if victims else "No victim who could be told apart"
    first = f"{told} in {formats.count(len(where), 'force')} since {since}."
    newest = formats.day(happened_on(ordered[-1]))
    convicted = sum(report.cells.get("basis") == "conviction" for report in reports)
    return (
        first,
        f"{formats.count(len(reports), 'report')}, the newest of {newest}. "
        f"{convicted} with a conviction. "
        f"Recorded by {formats.listed(sorted(force_name(f, forces) for f in where))}.",
    )


def last_seen(reports: Sequence[ReportShown], forces: Mapping[str, str]) -> tuple[str, str]:
    """Where he was last reported to live, and how that is known."""
    for report in reversed(oldest_first(reports)):
        place = [report.cells.get("suspect_house", ""), report.cells.get("suspect_postcode", "")]
        if any(place):
            day = formats.day(report.reported_on)
            return (
                ", ".join(part for part in place if part),
                f"As reported on {day} to {force_name(report.force, forces)}. Not verified.",
            )
    return "No address is held.", "No report gives one."

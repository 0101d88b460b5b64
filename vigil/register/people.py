"""What identification says of people, as this room needs it: keys, reports, who became whom.

Reads references, dates, codes and counts; of a victim only what tells her apart from another.
No name, no address.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.identity.models import Attribution, Person
from vigil.identity.queries import ReportFact, serial_reports
from vigil.register.definition import ReportFacts
from vigil.register.rules import SerialFacts

# Keys in one statement: SQLite takes 250,000 variables, PostgreSQL plans a list of this length.
KEYS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class PersonReports:
    """A person and the reports on him, of every force."""

    key: int
    reference: str
    reports: tuple[ReportFact, ...]

    def asked(self) -> Iterator[ReportFacts]:
        """The reports as a definition of serial is asked about them."""
        for one in self.reports:
            yield ReportFacts(
                reference=one.reference,
                reported_on=one.reported_on,
                occurred_on=one.occurred_on,
                category=one.category,
                offence=one.offence,
                basis=one.basis,
                relationship=one.relationship,
                victim=one.victim,
                born_on=one.born_on,
            )

    def facts(self) -> SerialFacts:
        """What the ranking counts: all of his reports, by the days on which they were made.

        Where no victim is known there was one all the same: nobody is reported for nothing.
        """
        days = [one.reported_on for one in self.reports]
        return SerialFacts(
            person=self.reference,
            reports=len(self.reports),
            victims=max(1, len({one.victim for one in self.reports if one.victim})),
            forces=len({one.force for one in self.reports}),
            first_on=min(days),
            last_on=max(days),
            by_category=Counter(one.category for one in self.reports),
        )


def people_of(viewer: Viewer) -> Iterator[PersonReports]:
    """Everyone on whom the viewer's force has a report, with the reports of every force.

    Raises: NotAllowedError.
    """
    known = Attribution.objects.filter(report__force=viewer.agency)
    keys = dict(known.values_list("person__reference", "person_id").distinct())
    for reference, reports in serial_reports(viewer, keys):
        yield PersonReports(keys[reference], reference, tuple(reports))


def bases_of(viewer: Viewer, reference: str) -> dict[str, str]:
    """The reports on a person by reference, each with its basis. Raises: NotAllowedError."""
    found = serial_reports(viewer, [reference])
    return {one.reference: one.basis for _, reports in found for one in reports}


def person_key(reference: str) -> int:
    """The key of the person of that reference. Raises: NotFoundError."""
    key = Person.objects.filter(reference=reference).values_list("pk", flat=True).first()
    if key is None:
        raise NotFoundError
    return int(key)


def references_of(keys: Iterable[int]) -> dict[int, str]:
    """The references of these people, by key."""
    found: dict[int, str] = {}
    for some in _some(list(keys)):
        found.update(Person.objects.filter(pk__in=some).values_list("pk", "reference"))
    return found


def all_of(reference: str) -> list[int]:
    """The keys of this person and of everyone who became him.

    When two people become one, one points to the other; what was decided about either was
    decided about both.

    Raises: NotFoundError.
    """
    found = newest = [person_key(reference)]
    while newest:
        newest = list(
            Person.objects.filter(points_to__in=newest).values_list("pk", flat=True).order_by("pk")
        )
        found = found + newest
    return found


def who_now(keys: Iterable[int]) -> dict[int, int]:
    """Who each of these people is now: himself, or whom he became."""
    now = {key: key for key in keys}
    moving = set(now)
    while moving:
        target: dict[int, int] = {}
        for some in _some(list(moving)):
            rows = Person.objects.filter(pk__in=some, points_to__isnull=False)
            target.update((key, int(to or 0)) for key, to in rows.values_list("pk", "points_to"))
        now = {key: target.get(at, at) for key, at in now.items()}
        moving = set(target.values())
    return now


def _some(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), KEYS_AT_ONCE):
        yield keys[start : start + KEYS_AT_ONCE]

"""Everyone with two or more distinct victims: facts for a ranking and for a definition.

References, counts, dates and categories; no name, no place, and no victim's particulars.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Max, Min

from vigil.access.viewer import Viewer
from vigil.identity.engine.serial import Series
from vigil.identity.models import Attribution, Person
from vigil.identity.permissions import check_can_list_serial

_MOST_IN_A_QUERY = 5_000


@dataclass(frozen=True, slots=True)
class ReportFact:
    """What a ranking or a definition of serial needs of one report; no name, no place.

    `victim` tells victims apart within the record ("" where nothing is known of the victim).
    """

    reference: str
    force: str
    reported_on: date
    occurred_on: date | None
    category: str
    offence: str
    basis: str
    relationship: str
    victim: str
    born_on: str


def _serial_people() -> dict[int, str]:
    """Key and reference of everyone with two or more distinct victims."""
    rows = (
        Attribution.objects.values("person_id", "person__reference")
        .annotate(victims=Count("victim", distinct=True))
        .filter(victims__gte=2)
        .order_by("person_id")
    )
    return {row["person_id"]: row["person__reference"] for row in rows}


def serial_facts(viewer: Viewer) -> list[Series]:
    """Everyone with two or more distinct victims: counts, first and last day, categories.

    Raises: NotAllowedError.
    """
    check_can_list_serial(viewer)
    counted = (
        Attribution.objects.values("person_id", "person__reference")
        .annotate(
            reports=Count("pk"),
            victims=Count("victim", distinct=True),
            forces=Count("report__force", distinct=True),
            first_on=Min("report__reported_on"),
            last_on=Max("report__reported_on"),
        )
        .filter(victims__gte=2)
        .order_by("person_id")
    )
    categories: dict[int, dict[str, int]] = defaultdict(dict)
    by_category = Attribution.objects.values("person_id", "report__category").annotate(
        reports=Count("pk")
    )
    for row in by_category.order_by("person_id", "report__category"):
        categories[row["person_id"]][row["report__category"]] = row["reports"]
    return [
        Series(
            row["person__reference"],
            row["reports"],
            row["victims"],
            row["forces"],
            row["first_on"],
            row["last_on"],
            categories[row["person_id"]],
        )
        for row in counted
    ]


def serial_reports(
    viewer: Viewer, people: Iterable[str] | None = None
) -> Iterator[tuple[str, list[ReportFact]]]:
    """Each serial person (or each of `people`) with the facts of his reports, oldest first.

    For a named job that applies a definition of serial, inside an action that says so.

    Raises: NotAllowedError.
    """
    check_can_list_serial(viewer)
    if people is None:
        wanted = _serial_people()
    else:
        named = Person.objects.filter(reference__in=list(people))
        wanted = dict(named.values_list("pk", "reference"))
    keys = sorted(wanted)
    for start in range(0, len(keys), _MOST_IN_A_QUERY):
        rows = (
            Attribution.objects.filter(person__in=keys[start : start + _MOST_IN_A_QUERY])
            .order_by("person_id", "report__reported_on", "report_reference")
            .values_list("person_id", *_OF_REPORT)
        )
        for person_key, of_person in groupby(rows, key=itemgetter(0)):
            yield wanted[person_key], [_report_fact(*row[1:]) for row in of_person]


_OF_REPORT = (
    "victim",
    "report_reference",
    *(
        f"report__{name}"
        for name in (
            "force",
            "reported_on",
            "occurred_on",
            "category",
            "offence",
            "basis",
            "relationship",
            "suspect_born_on",
        )
    ),
)


def _report_fact(victim: int | None, *of_report: Any) -> ReportFact:
    named = dict(zip(ReportFact.__slots__, of_report[:-1], strict=False))
    return ReportFact(**named, victim="" if victim is None else f"V{victim}", born_on=of_report[-1])

"""Invented people with reports on record, for the tests of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from vigil.identity.models import Attribution, Person, Run
from vigil.incidents.models import FeedLoad, Report

THEN = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
_numbers = count(1)


def put_person(reference: str, *reports: dict[str, Any]) -> str:
    """A person of that reference, with these reports more.

    Each is an assault on a former partner in March 2026, a victim of its own, unless it says
    otherwise: any of `reference`, `victim` and the columns of a report.
    """
    number = next(_numbers)
    person, _ = Person.objects.get_or_create(
        reference=reference, defaults={"number": number, "made_at": THEN}
    )
    for report in reports:
        _put_report(person, report)
    return reference


def join(reference: str, into: str) -> None:
    """Identification found that the two are one: the first points to the second."""
    person, other = Person.objects.get(reference=reference), Person.objects.get(reference=into)
    Attribution.objects.filter(person=person).update(person=other)
    Person.objects.filter(pk=person.pk).update(points_to=other)


def _put_report(person: Person, report: dict[str, Any]) -> None:
    number = next(_numbers)
    nth = Attribution.objects.filter(person=person).count() + 1
    given = dict(report)
    reference = given.pop("reference", f"10/{person.reference}-{nth}")
    victim = given.pop("victim", number)
    force, _, report_id = reference.partition("/")
    occurred_on = given.pop("occurred_on", "2026-03-01")
    row = Report.objects.create(
        **{
            "force": force,
            "report_id": report_id,
            "version": 1,
            "load": _load(),
            "row": number,
            "reported_on": date(2026, 3, 2),
            "occurred_on": occurred_on and date.fromisoformat(occurred_on),
            "category": "assault",
            "basis": "suspect",
            "relationship": "ex_partner",
            "suspect_born_on": "1990-05-17",
            "has_victim": victim is not None,
            "digest": number.to_bytes(16, "big"),
            **given,
        }
    )
    Attribution.objects.create(
        report_reference=reference,
        report=row,
        person=person,
        victim=victim,
        certainty=0.99,
        cleaned="{}",
        run=Run.objects.get_or_create(
            reference="RUN-1", defaults={"by": "annis", "agency": "10", "started_at": THEN}
        )[0],
    )


def _load() -> FeedLoad:
    return FeedLoad.objects.get_or_create(
        reference="LOAD-1",
        defaults={
            "name": "invented.csv",
            "path": "invented.csv",
            "is_received": False,
            "digest": "0" * 64,
            "size_bytes": 1,
            "chunk_rows": 1,
            "sent_by": "annis",
            "agency": "10",
            "opened_at": THEN,
        },
    )[0]

"""What a run found, written back as people, links and keys for searching.

Each function is one committed chunk with one ledger entry; `running.identify_record` orders
them. Nothing here compares two reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from vigil.access.viewer import Viewer
from vigil.identity.models import Attribution, Frequency, Link, Person, Run, SearchKey
from vigil.identity.permissions import check_can_identify
from vigil.identity.rules import person_reference
from vigil.incidents.actions.bulk import insert
from vigil.ledger.action import action, record

# Values in one condition: SQLite allows some thousands.
_MOST_IN_A_QUERY = 5_000


@dataclass(frozen=True, slots=True)
class Attributed:
    """One report as a run attributes it."""

    reference: str
    report: int
    victim: int | None
    certainty: float
    cleaned: str


@dataclass(frozen=True, slots=True)
class Group:
    """One person of a run: his number where he is carried over, his reports, his keys."""

    number: int | None
    reports: Sequence[Attributed]
    keys: Sequence[int]
    joined: Sequence[int]


@action
def start_run(*, by: Viewer, at: datetime) -> str:
    """Open a run over every report of the record, victims' columns included; its reference.

    Raises: NotAllowedError.
    """
    check_can_identify(by)
    last = Run.objects.aggregate(last=Max("pk"))["last"] or 0
    run = Run.objects.create(
        reference=f"RUN-{last + 1:05d}", by=by.username, agency=by.agency, started_at=at
    )
    record(targets=[run.reference], facts={"reads": "the current version of every report"})
    return run.reference


@action
def record_people(*, by: Viewer, at: datetime, run: str, groups: Sequence[Group]) -> int:
    """Write some people of a run: new ones, whose reports are whose, and their search keys.
    Returns how many reports changed person.

    Raises: NotAllowedError.
    """
    check_can_identify(by)
    ran = Run.objects.get(reference=run)
    people = _people_for(groups, at)
    held = _attributions_of(groups)
    changed, touched = _write_attributions(groups, people, held, ran)
    touched |= _point_joined(groups, people)
    _write_keys(groups, people)
    # A new person is named by his number, which makes his reference: one run makes them in
    # one row, so two numbers name them all.
    new = [person.number for g, person in zip(groups, people, strict=True) if g.number is None]
    record(
        targets=[run, *sorted(touched)],
        facts={
            "people": len(people),
            "new_people": len(new),
            "first_new_number": min(new, default=None),
            "last_new_number": max(new, default=None),
            "reports": sum(len(group.reports) for group in groups),
            "reports_that_changed_person": changed,
        },
    )
    return changed


@action
def record_links(
    *,
    by: Viewer,
    at: datetime,  # noqa: ARG001  (every action says when)
    run: str,
    links: Sequence[tuple[int, int, float, str]],
) -> None:
    """Write some links of a run: two versions of reports, the weight, the bits as JSON.

    Raises: NotAllowedError.
    """
    check_can_identify(by)
    ran = Run.objects.get(reference=run)
    insert(
        Link._meta.db_table,
        ("left_id", "right_id", "weight", "bits", "run_id"),
        ((left, right, weight, bits, ran.pk) for left, right, weight, bits in links),
    )
    record(targets=[run], facts={"links": len(links)})


@action
def record_frequencies(
    *,
    by: Viewer,
    at: datetime,  # noqa: ARG001  (every action says when)
    run: str,
    counted: Iterable[tuple[str, str, int]],
) -> None:
    """Replace the counts of common values, by which a search weighs a name or a birthday.

    Raises: NotAllowedError.
    """
    check_can_identify(by)
    Frequency.objects.all().delete()
    rows = list(counted)
    insert(Frequency._meta.db_table, ("column", "value", "reports"), rows)
    record(targets=[run], facts={"values": len(rows)})


@action
def finish_run(
    *,
    by: Viewer,
    at: datetime,  # noqa: ARG001  (every action says when)
    run: str,
    finished_at: datetime,
    found: Mapping[str, object],
) -> None:
    """Close a run with what run.json would say, and forget the links of the runs before.

    Raises: NotAllowedError.
    """
    check_can_identify(by)
    ran = Run.objects.get(reference=run)
    Link.objects.exclude(run=ran).delete()
    ran.finished_at, ran.summary = finished_at, dict(found)
    ran.model, ran.engine = str(found["model"]), str(found["engine"])
    ran.save(update_fields=["finished_at", "summary", "model", "engine"])
    record(targets=[run], facts={"counts": found["counts"]})


def _people_for(groups: Sequence[Group], at: datetime) -> list[Person]:
    """The person of each group: the one carried over, or a new one with the next number."""
    numbers = [group.number for group in groups if group.number is not None]
    numbers += [number for group in groups for number in group.joined]
    held = {person.number: person for person in _in_parts(Person.objects.all(), "number", numbers)}
    last = Person.objects.aggregate(last=Max("number"))["last"] or 0
    new = range(last + 1, last + 1 + sum(group.number is None for group in groups))
    made_at = connection.ops.adapt_datetimefield_value(at)
    insert(
        Person._meta.db_table,
        ("reference", "number", "made_at"),
        ((person_reference(number), number, made_at) for number in new),
    )
    made = iter(Person.objects.filter(number__gt=last).order_by("number"))
    return [next(made) if group.number is None else held[group.number] for group in groups]


def _in_parts(rows: QuerySet[Any, Any], field: str, values: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(values), _MOST_IN_A_QUERY):
        yield from rows.filter(**{f"{field}__in": values[start : start + _MOST_IN_A_QUERY]})


def _attributions_of(groups: Sequence[Group]) -> dict[str, Attribution]:
    references = [one.reference for group in groups for one in group.reports]
    rows = Attribution.objects.select_related("person")
    return {row.report_reference: row for row in _in_parts(rows, "report_reference", references)}


def _write_attributions(
    groups: Sequence[Group], people: Sequence[Person], held: Mapping[str, Attribution], run: Run
) -> tuple[int, set[str]]:
    """Insert what is new, rewrite what differs: how many reports are new or changed person,
    and which people gained or lost one.
    """
    touched: set[str] = set()
    new: list[tuple[Any, ...]] = []
    differing: list[Attribution] = []
    changed = 0
    for group, person in zip(groups, people, strict=True):
        for one in group.reports:
            row = held.get(one.reference)
            if row is None:
                changed += 1
                new.append(
                    (
                        one.reference,
                        one.report,
                        person.pk,
                        one.victim,
                        one.certainty,
                        one.cleaned,
                        run.pk,
                    )
                )
                continue
            if row.person_id != person.pk:
                changed += 1
                touched.update((person.reference, row.person.reference))
            if _is_rewritten(row, one, person):
                row.run = run
                differing.append(row)
    insert(Attribution._meta.db_table, _ATTRIBUTION_COLUMNS, new)
    Attribution.objects.bulk_update(differing, _REWRITTEN, batch_size=200)
    return changed, touched


_ATTRIBUTION_COLUMNS = (
    "report_reference", "report_id", "person_id", "victim", "certainty", "cleaned", "run_id",
)  # fmt: skip
_REWRITTEN = ("report", "person", "victim", "certainty", "cleaned", "run")


def _is_rewritten(row: Attribution, one: Attributed, person: Person) -> bool:
    before = (row.report_id, row.person_id, row.victim, row.certainty, row.cleaned)
    after = (one.report, person.pk, one.victim, one.certainty, one.cleaned)
    row.report_id, row.person_id, row.victim, row.certainty, row.cleaned = after
    return before != after


def _point_joined(groups: Sequence[Group], people: Sequence[Person]) -> set[str]:
    """People whose reports are all another's now point to him; who has reports points nowhere.
    Returns the references of all of them.
    """
    touched: set[str] = set()
    with_reports = [person.pk for person in people if person.points_to_id is not None]
    Person.objects.filter(pk__in=with_reports).update(points_to=None)
    for group, person in zip(groups, people, strict=True):
        if group.joined:
            joined = Person.objects.filter(number__in=group.joined)
            joined.update(points_to=person)
            touched.add(person.reference)
            touched.update(joined.values_list("reference", flat=True))
    return touched


def _write_keys(groups: Sequence[Group], people: Sequence[Person]) -> None:
    """Write the keys that are not there, and delete those that the person no longer has."""
    wanted = {
        (key, person.pk) for group, person in zip(groups, people, strict=True) for key in group.keys
    }
    before = [p.pk for group, p in zip(groups, people, strict=True) if group.number is not None]
    gone = []
    held = SearchKey.objects.values_list("pk", "key", "person_id")
    for pk, *place in _in_parts(held, "person", before):
        if tuple(place) in wanted:
            wanted.remove((place[0], place[1]))
        else:
            gone.append(pk)
    for start in range(0, len(gone), _MOST_IN_A_QUERY):
        SearchKey.objects.filter(pk__in=gone[start : start + _MOST_IN_A_QUERY]).delete()
    joined = [number for group in groups for number in group.joined]
    if joined:
        SearchKey.objects.filter(person__number__in=joined).delete()
    insert(SearchKey._meta.db_table, ("key", "person_id"), sorted(wanted))

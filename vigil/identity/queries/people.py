"""One person: what is reported of him, which reports, and the evidence that ties them.

Personal facts are read inside a look that names the person. Victims are counted, not named.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.viewer import Viewer
from vigil.identity.models import Attribution, Judgement, Link, Person
from vigil.identity.permissions import check_can_see
from vigil.identity.queries.sealed import check_not_hidden


@dataclass(frozen=True, slots=True)
class Reported:
    """One spelling of a fact, how many reports have it, and the first and last day of them."""

    value: str
    reports: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person as reported, the commonest spelling of each fact first."""

    reference: str
    points_to: str | None
    names: tuple[Reported, ...]
    aliases: tuple[Reported, ...]
    birthdays: tuple[Reported, ...]
    sexes: tuple[Reported, ...]
    addresses: tuple[Reported, ...]
    phones: tuple[Reported, ...]
    emails: tuple[Reported, ...]
    handles: tuple[Reported, ...]
    vehicles: tuple[Reported, ...]
    pncs: tuple[Reported, ...]
    cros: tuple[Reported, ...]
    reports: tuple[str, ...]
    victims: int
    least_certainty: float


@dataclass(frozen=True, slots=True)
class LinkShown:
    """How like two reports are: bits in all, and of each comparison; `is_inside` where both
    are this person's, otherwise `other` is the person whom the second report is about.
    """

    left: str
    right: str
    weight: float
    probability: float
    bits: Mapping[str, float]
    is_inside: bool
    other: str | None


@dataclass(frozen=True, slots=True)
class JudgementShown:
    """A judgement on a report of a person, and whether it stands."""

    reference: str
    left: str
    right: str
    verdict: str
    by: str
    agency: str
    why: str
    at: datetime
    withdrawn_at: datetime | None


def current_reference(reference: str) -> str:
    """The person whom this reference stands for today: pointers followed to their end.

    Raises: NotFoundError.
    """
    person = Person.objects.filter(reference=reference).first()
    if person is None:
        raise NotFoundError
    while person.points_to is not None:
        person = person.points_to
    return person.reference


def person_of_report(report: str) -> str:
    """The reference of the person whom a report is about. Raises: NotFoundError."""
    found = Attribution.objects.filter(report_reference=report)
    reference = found.values_list("person__reference", flat=True).first()
    if reference is None:
        raise NotFoundError
    return reference


def reports_of(viewer: Viewer, reference: str) -> list[str]:
    """The references of a person's reports, the latest first: for a look to name.

    Raises: NotAllowedError, NotFoundError.
    """
    check_can_see(viewer)
    check_not_hidden(viewer, reference)
    rows = Attribution.objects.filter(person=_person(reference))
    return list(
        rows.order_by("-report__reported_on", "report_reference").values_list(
            "report_reference", flat=True
        )
    )


def _person(reference: str) -> Person:
    found = Person.objects.select_related("points_to").filter(reference=reference).first()
    if found is None:
        raise NotFoundError
    return found


def person(sight: Sight, reference: str) -> PersonShown:
    """One person: names, aliases, birthdays, addresses and identifiers, each as reported.

    Raises: NotInSightError, NotAllowedError, NotFoundError.
    """
    sight.must_hold(reference)
    check_can_see(sight.viewer)
    check_not_hidden(sight.viewer, reference)
    found = _person(reference)
    rows = list(
        Attribution.objects.filter(person=found)
        .select_related("report")
        .order_by("report__reported_on", "report_reference")
    )
    seen: dict[str, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for kind, value in _facts(row):
            seen[kind][value].append(row.report.reported_on)
    shown = {kind: _reported(values) for kind, values in seen.items()}
    victims = {row.victim for row in rows if row.victim is not None}
    return PersonShown(
        reference=found.reference,
        points_to=found.points_to.reference if found.points_to else None,
        **{kind: shown.get(kind, ()) for kind in _KINDS},
        reports=tuple(row.report_reference for row in reversed(rows)),
        victims=len(victims),
        least_certainty=min((row.certainty for row in rows), default=0.0),
    )


_KINDS = (
    "names", "aliases", "birthdays", "sexes", "addresses", "phones", "emails", "handles",
    "vehicles", "pncs", "cros",
)  # fmt: skip


def _facts(row: Attribution) -> Iterator[tuple[str, str]]:
    """Kind and value of everything that a report says of its suspect, as written."""
    report = row.report
    names = (report.suspect_forename, report.suspect_middle, report.suspect_surname)
    given = [
        ("names", " ".join(part.strip() for part in names if part.strip())),
        *(("aliases", alias.strip()) for alias in report.suspect_aliases.split(";")),
        ("birthdays", report.suspect_born_on),
        ("sexes", report.suspect_sex),
        (
            "addresses",
            ", ".join(
                part.strip()
                for part in (report.suspect_house, report.suspect_postcode)
                if part.strip()
            ),
        ),
        ("phones", report.suspect_phone),
        ("emails", report.suspect_email),
        ("handles", report.suspect_handles),
        ("vehicles", report.suspect_vehicle),
        ("pncs", report.suspect_pnc),
        ("cros", report.suspect_cro),
    ]
    yield from ((kind, value) for kind, value in given if value)


def _reported(values: Mapping[str, Sequence[date]]) -> tuple[Reported, ...]:
    found = (Reported(value, len(days), min(days), max(days)) for value, days in values.items())
    return tuple(sorted(found, key=lambda one: (-one.reports, one.value)))


def links_of(sight: Sight, reference: str) -> list[LinkShown]:
    """Why these reports are one person's, and which others nearly were: the weakest first.

    Raises: NotInSightError, NotAllowedError, NotFoundError.
    """
    sight.must_hold(reference)
    check_can_see(sight.viewer)
    found = _person(reference)
    own = dict(
        Attribution.objects.filter(person=found).values_list("report_id", "report_reference")
    )
    rows = Link.objects.filter(Q(left__in=own) | Q(right__in=own)).order_by("weight", "pk")
    links = list(rows.values_list("left_id", "right_id", "weight", "bits"))
    others = {key for left, right, *_ in links for key in (left, right)} - own.keys()
    whose = {
        report: (name, whom)
        for report, name, whom in Attribution.objects.filter(report__in=others).values_list(
            "report_id", "report_reference", "person__reference"
        )
    }
    return [
        _link_shown(left, right, weight, bits, own=own, whose=whose)
        for left, right, weight, bits in links
        if (left in own or left in whose) and (right in own or right in whose)
    ]


def _link_shown(
    left: int,
    right: int,
    weight: float,
    bits: str,
    *,
    own: Mapping[int, str],
    whose: Mapping[int, tuple[str, str]],
) -> LinkShown:
    first, second = (left, right) if left in own else (right, left)
    is_inside = second in own
    name, whom = (own[second], None) if is_inside else whose[second]
    probability = 1 / (1 + 2.0 ** -max(-60.0, min(60.0, weight)))
    return LinkShown(own[first], name, weight, probability, json.loads(bits), is_inside, whom)


def judgements_of(sight: Sight, reference: str) -> list[JudgementShown]:
    """What humans have said of this person's reports, the newest first, withdrawn ones too.

    Raises: NotInSightError, NotAllowedError, NotFoundError.
    """
    sight.must_hold(reference)
    check_can_see(sight.viewer)
    own = Attribution.objects.filter(person=_person(reference)).values("report_reference")
    rows = Judgement.objects.filter(Q(left__in=own) | Q(right__in=own)).order_by("-pk")
    return [
        JudgementShown(
            row.reference, row.left, row.right, row.verdict, row.by, row.agency, row.why, row.at,
            row.withdrawn_at,
        )
        for row in rows
    ]  # fmt: skip

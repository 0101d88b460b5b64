"""Who is a candidate, what was decided, who is on the register, whose he is.

Lists give references, counts, dates and points: nothing that names anybody. What officers
wrote is read inside a look. Refuses to say "not registered" as if it meant "no risk".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Q, QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from
from vigil.law.facts import AuthorityAnswer
from vigil.law.register import register_framework
from vigil.register import permissions
from vigil.register.models import Candidate, Decision, Ownership, Registration, Selection
from vigil.register.people import all_of, references_of, who_now
from vigil.register.rules import Part, carries_duties, day_of

# Candidates that are read at one go while a list is shown: two pages.
ROWS_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class SelectionShown:
    """The list that an agency is shown: by which definition, table and day it was made."""

    reference: str
    agency: str
    definition: str
    on: date
    weights_name: str
    weights_statement: str
    weights_are_invented: bool
    finished_at: datetime
    candidates: int


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """One candidate: his place with its ground, and what was decided about him last.

    `outcome` is register, decline, defer or end, "" while nobody decided. `is_waiting`: he
    waits for a decision: nobody decided, or he was deferred to a day that has come, or there
    are more reports than when he was declined.
    """

    person: str
    place: str
    rank: int
    score: float
    recency: float
    frequency: float
    gravity: float
    victims_part: float
    parts: tuple[Part, ...]
    because: tuple[str, ...]
    reports: int
    victims: int
    forces: int
    first_on: date | None
    last_on: date | None
    outcome: str
    decided_at: datetime | None
    review_on: date | None
    is_registered: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision with the words of the officer: personal, read inside a look."""

    outcome: str
    decided_at: datetime
    decided_by: str
    decided_by_name: str
    agency: str
    reasons: str
    evidence: tuple[str, ...]
    basis: str
    necessity: str
    proportionality: str
    regime: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a person is on the register today, and what that means.

    `kind` is `police_record` or `duties`, by the regime, with its authority; `is_proposed`
    where the regime is not law. `carries_duties` is false under the law in force, and for a
    suspicion in any regime.
    """

    person: str
    is_registered: bool
    since_at: datetime | None = None
    decided_by: str = ""
    decided_by_name: str = ""
    agency: str = ""
    owner: str = ""
    basis: str = ""
    review_on: date | None = None
    is_review_late: bool = False
    regime: str = ""
    kind: str = ""
    is_proposed: bool = False
    carries_duties: bool = False
    authority: tuple[AuthorityAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class Owned:
    """One registered person of a caseload."""

    person: str
    since_at: datetime
    registered_at: datetime
    review_on: date
    is_review_late: bool


def selection(viewer: Viewer) -> SelectionShown | None:
    """The list that the viewer's agency is shown; None before the first is finished.

    Raises: NotAllowedError.
    """
    permissions.check_can_see_candidates(viewer)
    row = _live_selection(viewer.agency)
    if row is None or row.finished_at is None:
        return None
    return SelectionShown(
        reference=f"selection/{row.pk}",
        agency=row.agency_id,
        definition=row.definition,
        on=row.on,
        weights_name=row.weights_name,
        weights_statement=row.weights_statement,
        weights_are_invented=row.weights_are_invented,
        finished_at=row.finished_at,
        candidates=Candidate.objects.filter(selection=row).count(),
    )


def candidates(
    viewer: Viewer, at: datetime, *, waiting_only: bool = False, most: int | None = None
) -> list[CandidateShown]:
    """The candidates of the viewer's agency, highest first; `most` of them at most.

    Raises: NotAllowedError.
    """
    permissions.check_can_see_candidates(viewer)
    live = _live_selection(viewer.agency)
    if live is None:
        return []
    rows = Candidate.objects.filter(selection=live).order_by("rank", "pk")
    shown = _shown(rows, viewer.agency, day_of(at))
    hidden = hidden_from(viewer)
    open_to_him = (one for one in shown if one.person not in hidden)
    return list(islice((one for one in open_to_him if one.is_waiting or not waiting_only), most))


def _must_be_open(sight: Sight, person: str) -> None:
    sight.must_hold(person)
    if person in hidden_from(sight.viewer):
        raise NotFoundError


def candidate(sight: Sight, person: str) -> CandidateShown:
    """One candidate of the viewer's agency, of those in sight.

    Raises: NotInSightError, NotAllowedError, NotFoundError when he is none.
    """
    _must_be_open(sight, person)
    permissions.check_can_see_candidates(sight.viewer)
    live = _live_selection(sight.viewer.agency)
    rows = Candidate.objects.filter(selection=live, person__reference=person)
    about = Q(person__in=all_of(person))
    for one in _shown(rows, sight.viewer.agency, day_of(sight.at), about):
        return one
    raise NotFoundError


def decisions(sight: Sight, person: str) -> list[DecisionShown]:
    """All decisions about a person in sight, newest first, of every agency.

    Raises: NotInSightError, NotAllowedError, NotFoundError.
    """
    _must_be_open(sight, person)
    permissions.check_can_see_standing(sight.viewer)
    rows = Decision.objects.filter(person__in=all_of(person)).order_by("-decided_at", "-pk")
    return [
        DecisionShown(
            outcome=row.outcome,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
            decided_by_name=row.decided_by_name,
            agency=row.agency_id,
            reasons=row.reasons,
            evidence=tuple(row.evidence),
            basis=row.basis,
            necessity=row.necessity,
            proportionality=row.proportionality,
            regime=row.regime,
            review_on=row.review_on,
        )
        for row in rows
    ]


def standing(sight: Sight, person: str) -> Standing:
    """Whether a person in sight is on the register now, since when, by whom, and what follows.

    Raises: NotInSightError, NotAllowedError, NotFoundError.
    """
    _must_be_open(sight, person)
    permissions.check_can_see_standing(sight.viewer)
    row = (
        Registration.objects.select_related("decision", "ownership")
        .filter(person__in=all_of(person), ended_at=None)
        .order_by("began_at", "pk")
        .first()
    )
    if row is None:
        return Standing(person, is_registered=False)
    today = day_of(sight.at)
    framework = register_framework(row.regime, today)
    return Standing(
        person=person,
        is_registered=True,
        since_at=row.began_at,
        decided_by=row.decision.decided_by,
        decided_by_name=row.decision.decided_by_name,
        agency=row.agency_id,
        owner=row.ownership.owner,
        basis=row.decision.basis,
        review_on=row.review_on,
        is_review_late=row.review_on < today,
        regime=row.regime,
        kind=framework.kind,
        is_proposed=framework.ground.proposal is not None,
        carries_duties=carries_duties(framework.carries_duties, row.decision.basis),
        authority=tuple(provision.answer() for provision in framework.ground.authority),
    )


def owner_of(person: str) -> str | None:
    """The user who answers for a person now; None when he is not on the register.

    For alerts: it says nothing of the person, so it needs no look.
    """
    return (
        Ownership.objects.filter(person__in=all_of(person), closed_at=None)
        .order_by("since_at", "pk")
        .values_list("owner", flat=True)
        .first()
    )


def caseload(viewer: Viewer, at: datetime) -> list[Owned]:
    """The registered persons whom the viewer owns, earliest review first."""
    rows = list(
        Registration.objects.select_related("ownership")
        .filter(ownership__owner=viewer.username, ended_at=None)
        .order_by("review_on", "pk")
    )
    named = references_of(row.person_id for row in rows)
    today, hidden = day_of(at), hidden_from(viewer)
    return [
        Owned(
            person=named[row.person_id],
            since_at=row.ownership.since_at,
            registered_at=row.began_at,
            review_on=row.review_on,
            is_review_late=row.review_on < today,
        )
        for row in rows
        if named[row.person_id] not in hidden
    ]


def registered_count(viewer: Viewer) -> int:
    """How many persons are on the register by the viewer's agency now."""
    return Registration.objects.filter(agency=viewer.agency, ended_at=None).count()


def _live_selection(agency: str) -> Selection | None:
    return Selection.objects.filter(
        agency=agency, finished_at__isnull=False, superseded_at=None
    ).first()


def _shown(
    rows: QuerySet[Candidate], agency: str, today: date, about: Q | None = None
) -> Iterator[CandidateShown]:
    """The candidates with what was decided about them, or about anybody who became them.

    Reads no more of `rows` than is taken. `about` narrows the decisions to some people.
    """
    about = about or Q()
    decided = _decisions_of(agency, about)
    on_register = Registration.objects.filter(about, ended_at=None)
    registered = list(on_register.values_list("person_id", flat=True))
    now = who_now({*registered, *(one.person_id for one in decided)})
    last = {now[one.person_id]: one for one in decided}
    registered_now = {now[key] for key in registered}
    for row in rows.select_related("person").iterator(ROWS_AT_ONCE):
        # Since the list was made he may have become another.
        key = row.person_id
        person = key if row.person.points_to_id is None else who_now([key])[key]
        decision, is_registered = last.get(person), person in registered_now
        yield CandidateShown(
            person=row.person.reference,
            place=f"={row.rank}" if row.is_tied else str(row.rank),
            rank=row.rank,
            score=float(row.score),
            recency=float(row.recency),
            frequency=float(row.frequency),
            gravity=float(row.gravity),
            victims_part=float(row.victims_part),
            parts=tuple(Part(**part) for part in row.parts),
            because=tuple(row.because),
            reports=row.reports,
            victims=row.victims,
            forces=row.forces,
            first_on=row.first_on,
            last_on=row.last_on,
            outcome=decision.outcome if decision else "",
            decided_at=decision.decided_at if decision else None,
            review_on=decision.review_on if decision else None,
            is_registered=is_registered,
            is_waiting=not is_registered and _waits(row, decision, today),
        )


def _decisions_of(agency: str, about: Q) -> list[Decision]:
    """The agency's decisions, oldest first, without the words of the officers."""
    return list(
        Decision.objects.select_related("candidate")
        .filter(about, agency=agency)
        .defer("reasons", "necessity", "proportionality", "evidence")
        .order_by("decided_at", "pk")
    )


def _waits(row: Candidate, last: Decision | None, today: date) -> bool:
    if last is None or last.candidate is None:
        return True
    if last.outcome == "defer" and last.review_on is not None and last.review_on <= today:
        return True
    return row.reports > last.candidate.reports

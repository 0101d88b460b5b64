"""Decide about a candidate, name an owner, end a registration.

Refuses everybody but a named authorising officer of the candidate's agency, and the one who
nominated him. Under the law in force a registration is a police record with a review date;
what the proposed regime adds is marked as proposed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.queries import agency as settings_of
from vigil.access.queries import viewer_named
from vigil.access.viewer import Role, Viewer
from vigil.law.register import register_framework
from vigil.ledger.action import action, record
from vigil.register import permissions
from vigil.register.errors import DecisionError, OwnerError
from vigil.register.models import Candidate, Decision, Ownership, Registration
from vigil.register.people import all_of, bases_of, person_key
from vigil.register.rules import DraftDecision, carries_duties, checked, day_of, strongest


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: the regime, and whether it puts duties on the subject.

    `is_proposed`: the regime is not law on any day.
    """

    decision: int
    person: str
    outcome: str
    basis: str
    review_on: date | None
    regime: str
    is_proposed: bool
    carries_duties: bool


@action
def decide(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    outcome: str,
    reasons: str,
    evidence: Sequence[str],
    necessity: str = "",
    proportionality: str = "",
    review_on: date | None = None,
    owner: str = "",
) -> Decided:
    """Record what a named authorising officer decides about a candidate of his agency.

    `outcome` is register, decline or defer; `evidence` are references of this person's
    reports (`10/ABC`). To register needs necessity, proportionality and an owner, a username
    of an offender manager of the agency; without a review date it gets one in a year.

    Raises: NotAllowedError; NotFoundError when he is no candidate of the agency;
        DecisionError when something is missing or he is on the register already; OwnerError.
    """
    permissions.check_can_decide(by)
    candidate = _candidate(by, person)
    permissions.check_can_decide(by, nominated_by=candidate.nominated_by)
    bases = bases_of(by, person)
    draft = checked(
        DraftDecision(outcome, reasons, evidence, necessity, proportionality, review_on, owner),
        held=bases.keys(),
        on=day_of(at),
    )
    _check_not_registered(person)
    basis = strongest(bases[reference] for reference in draft.evidence)
    regime = settings_of(by.agency).regime
    row = Decision.objects.create(
        person_id=candidate.person_id,
        agency_id=by.agency,
        candidate=candidate,
        outcome=draft.outcome,
        decided_at=at,
        decided_by=by.username,
        decided_by_name=by.name,
        reasons=draft.reasons,
        evidence=list(draft.evidence),
        basis=basis,
        necessity=draft.necessity,
        proportionality=draft.proportionality,
        regime=regime,
        review_on=draft.review_on,
    )
    if draft.outcome == "register":
        _register(row, draft.owner, by, at)
    decided = _decided(row, person, day_of(at))
    record(targets=[person, *draft.evidence], facts=_facts(decided, row))
    return decided


@action
def assign_owner(*, by: Viewer, at: datetime, person: str, owner: str) -> None:
    """Give a registered person another owner of the same agency; the former's time is kept.

    A hand-over to another agency is not this: it needs the receiver's word.

    Raises: NotAllowedError; NotFoundError when he is not on the register; OwnerError.
    """
    registration = _registration(person)
    permissions.check_can_assign_owner(by, registration.agency_id)
    if registration.ownership.owner == owner:
        raise OwnerError("expected another owner, found the one whom he has; nothing was changed")
    former = registration.ownership
    former.closed_at = at
    former.save(update_fields=["closed_at"])
    registration.ownership = _own(registration.person_id, owner, by, at)
    registration.save(update_fields=["ownership"])
    record(targets=[person], facts={"owner": owner, "former_owner": former.owner})


@action
def end_registration(*, by: Viewer, at: datetime, person: str, reasons: str) -> Decided:
    """Take a person off the register, with reasons. Everything that was recorded stays.

    Raises: NotAllowedError; NotFoundError when he is not on the register; DecisionError.
    """
    permissions.check_can_decide(by)
    registration = _registration(person)
    if registration.agency_id != by.agency:
        raise NotAllowedError(
            "expected an officer of the agency that registered this person, found another; "
            "ask that agency"
        )
    if not reasons.strip():
        raise DecisionError("expected the officer's reasons, found none; write them down")
    row = Decision.objects.create(
        person_id=registration.person_id,
        agency_id=by.agency,
        outcome="end",
        decided_at=at,
        decided_by=by.username,
        decided_by_name=by.name,
        reasons=reasons.strip(),
        evidence=[],
        regime=registration.regime,
    )
    registration.ended_at, registration.ended_by_decision = at, row
    registration.save(update_fields=["ended_at", "ended_by_decision"])
    registration.ownership.closed_at = at
    registration.ownership.save(update_fields=["closed_at"])
    decided = _decided(row, person, day_of(at))
    record(targets=[person], facts=_facts(decided, row))
    return decided


def _candidate(by: Viewer, person: str) -> Candidate:
    found = Candidate.objects.filter(
        selection__agency=by.agency,
        selection__finished_at__isnull=False,
        selection__superseded_at=None,
        person=person_key(person),
    ).first()
    if found is None:
        raise NotFoundError
    return found


def _registration(person: str) -> Registration:
    found = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("ownership")
        .filter(person__in=all_of(person), ended_at=None)
        .order_by("began_at", "pk")
        .first()
    )
    if found is None:
        raise NotFoundError
    return found


def _check_not_registered(person: str) -> None:
    if Registration.objects.filter(person__in=all_of(person), ended_at=None).exists():
        raise DecisionError(
            "expected a person who is not on the register, found one who is; end the "
            "registration first, or let it stand"
        )


def _register(decision: Decision, owner: str, by: Viewer, at: datetime) -> None:
    """Owner first: the database refuses a registration without one."""
    assert decision.review_on is not None
    try:
        with transaction.atomic():
            Registration.objects.create(
                person_id=decision.person_id,
                agency_id=decision.agency_id,
                decision=decision,
                ownership=_own(decision.person_id, owner, by, at),
                began_at=at,
                review_on=decision.review_on,
                regime=decision.regime,
            )
    except IntegrityError as taken:
        raise DecisionError(
            "expected a person who is not on the register, found that another officer has just "
            "registered him; look at that decision"
        ) from taken


def _own(person_key: int, owner: str, by: Viewer, at: datetime) -> Ownership:
    _check_may_own(owner, by.agency)
    return Ownership.objects.create(
        person_id=person_key, owner=owner, agency_id=by.agency, since_at=at, assigned_by=by.username
    )


def _check_may_own(owner: str, agency: str) -> None:
    try:
        named = viewer_named(owner)
    except NotAllowedError:
        named = None
    if named is None or named.role is not Role.OFFENDER_MANAGER or named.agency != agency:
        raise OwnerError(
            "expected the user name of an offender manager of your agency as the owner, found "
            "another or none; name one who has an open account"
        )


def _decided(row: Decision, person: str, on: date) -> Decided:
    framework = register_framework(row.regime, on)
    return Decided(
        decision=row.pk,
        person=person,
        outcome=row.outcome,
        basis=row.basis,
        review_on=row.review_on,
        regime=row.regime,
        is_proposed=framework.ground.proposal is not None,
        carries_duties=row.outcome == "register"
        and carries_duties(framework.carries_duties, row.basis),
    )


def _facts(decided: Decided, row: Decision) -> dict[str, object]:
    """What the ledger keeps: no word of the reasons, but a hash that proves them unchanged."""
    written = "\0".join((row.reasons, row.necessity, row.proportionality))
    return {
        "outcome": decided.outcome,
        "basis": decided.basis,
        "review_on": decided.review_on and decided.review_on.isoformat(),
        "regime": decided.regime,
        "is_proposed": decided.is_proposed,
        "written_sha256": hashlib.sha256(written.encode()).hexdigest(),
    }

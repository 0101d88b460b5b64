"""What he told, what somebody found out, and the period for which the law makes him notify.

Each brings him up to date in the same transaction. Refuses what has not happened yet; keeps
and marks what does not count.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.queries import agency as settings_of
from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.identity.queries import hidden_from
from vigil.law.facts import Regime
from vigil.law.period import WITH_TERM
from vigil.law.vocabulary import DISPOSALS
from vigil.ledger.action import action, record
from vigil.monitoring import permissions
from vigil.monitoring.actions.keeping import hold, keep
from vigil.monitoring.duties.facts import CHANGES, REGISTER, SOA_PART_2, What
from vigil.monitoring.errors import BadPeriodError, DoesNotCountError
from vigil.monitoring.models import Finding, Notification, NotificationPeriod
from vigil.monitoring.rules import Told
from vigil.orders.rules import say_at
from vigil.register.people import person_key, who_now


class Lacks(StrEnum):
    """Why what was told does not count. Source: Stalking Protection Act 2019 s. 10."""

    NOT_HIMSELF = "not_himself"
    NOT_IN_PERSON = "not_in_person"


@dataclass(frozen=True, slots=True)
class Taken:
    """A notification as it was taken: its number, and what it lacks (None: it counts)."""

    notification: int
    lacks: Lacks | None
    counts: dict[str, int]


@action
def tell(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    what: What,
    told_at: datetime,
    changed_on: date | None = None,
    no_fixed_abode: bool | None = None,
    items: Collection[str] = (),
    how: Told = Told.IN_PERSON_AT_STATION,
    told_by_subject: bool = True,
    proof: str = "",
) -> Taken:
    """Record what he told the police, and what it meets and begins.

    What somebody else told, or told otherwise than in person, is kept and marked: it meets
    nothing. `changed_on`: the day on which the name, the address or the home changed.

    Raises: NotAllowedError, NotFoundError; DoesNotCountError for a telling in the future, or
        of a change without its day.
    """
    row = _person(by, person)
    permissions.check_can_accept(by, agency=by.agency)
    if told_at > at:
        raise DoesNotCountError(f"expected a time that has passed, found {say_at(told_at)}")
    if (changed_on is not None) is not (what in CHANGES):
        raise DoesNotCountError(
            "expected the day of the change with a new name, a new address or a lost home, and "
            "with nothing else"
        )
    lacks = _lacks(how, told_by_subject)
    watches = hold([_now(row)], by=by, at=at)
    told = Notification.objects.create(
        person=row,
        agency_id=by.agency,
        what=what,
        told_at=told_at,
        recorded_at=at,
        changed_on=changed_on,
        no_fixed_abode=no_fixed_abode,
        items=sorted(items),
        how=how,
        told_by_subject=told_by_subject,
        taken_by=by.username,
        accepted_by="" if lacks else by.username,
        proof=proof,
        lacks=lacks or "",
    )
    done = keep(watches, by=by, at=at)
    record(
        targets=[f"notification/{told.pk}", *done.targets],
        facts={"what": str(what), "lacks": str(lacks or ""), **done.counts},
        happened_at=told_at,
    )
    return Taken(told.pk, lacks, dict(done.counts))


def _lacks(how: Told, told_by_subject: bool) -> Lacks | None:
    if not told_by_subject:
        return Lacks.NOT_HIMSELF
    return None if how is Told.IN_PERSON_AT_STATION else Lacks.NOT_IN_PERSON


@action
def find(
    *, by: Viewer, at: datetime, person: str, what: What, changed_on: date, found_at: datetime
) -> dict[str, int]:
    """Record that somebody learnt of a change that he had not told; the answer counts what follows.

    Raises: NotAllowedError, NotFoundError; DoesNotCountError for what is no change, or lies in
        the future.
    """
    row = _person(by, person)
    permissions.check_can_accept(by, agency=by.agency)
    if what not in CHANGES:
        raise DoesNotCountError("expected a change of name or address, or a lost home")
    if found_at > at:
        raise DoesNotCountError(f"expected a time that has passed, found {say_at(found_at)}")
    watches = hold([_now(row)], by=by, at=at)
    found = Finding.objects.create(
        person=row,
        agency_id=by.agency,
        what=what,
        changed_on=changed_on,
        found_at=found_at,
        recorded_at=at,
        by=by.username,
    )
    done = keep(watches, by=by, at=at)
    record(
        targets=[f"finding/{found.pk}", *done.targets],
        facts={"what": str(what), **done.counts},
        happened_at=found_at,
    )
    return dict(done.counts)


@action
def begin_period(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    framework: str,
    basis: str,
    disposal: str,
    relevant_on: date,
    age: int,
    months: int | None = None,
    days: int | None = None,
    began_at: datetime | None = None,
) -> str:
    """Put on the record that the law makes him notify; the answer is the period's reference.

    `began_at` None: now. Under the proposed framework only where the agency asks the proposal.

    Raises: NotAllowedError, NotFoundError; BadPeriodError.
    """
    row = _person(by, person)
    permissions.check_can_begin_period(by)
    _check_period(by, framework, basis)
    _check_disposal(disposal, months, days)
    since = began_at or at
    if since > at:
        raise BadPeriodError(f"expected a time that has passed, found {say_at(since)}")
    if NotificationPeriod.objects.filter(
        person=row, framework=framework, relevant_on=relevant_on
    ).exists():
        raise BadPeriodError("expected a period that is not on the record, found it there")
    watches = hold([_now(row)], by=by, at=at)
    period = NotificationPeriod.objects.create(
        reference=f"N-{secrets.token_hex(5).upper()}",
        person=row,
        agency_id=by.agency,
        framework=framework,
        basis=basis,
        disposal=disposal,
        months=months,
        days=days,
        age=age,
        relevant_on=relevant_on,
        began_at=since,
        recorded_by=by.username,
    )
    done = keep(watches, by=by, at=at)
    record(
        targets=[period.reference, *done.targets],
        facts={"framework": framework, "basis": basis, **done.counts},
        happened_at=since,
    )
    return period.reference


def _check_period(by: Viewer, framework: str, basis: str) -> None:
    if framework not in {SOA_PART_2, REGISTER}:
        raise BadPeriodError(f"expected {SOA_PART_2} or {REGISTER}, found another framework")
    if framework == REGISTER and settings_of(by.agency).regime != Regime.PALADIN:
        raise BadPeriodError(
            "expected an agency that asks the proposed law, found one under the law in force: "
            "there an entry on the register lays no duty on anybody"
        )
    if basis not in {"conviction", "caution", "order"}:
        raise BadPeriodError(
            "expected a conviction, a caution or an order, found another basis: a suspicion lays "
            "no duty on anybody"
        )


def _check_disposal(disposal: str, months: int | None, days: int | None) -> None:
    if disposal not in DISPOSALS:
        raise BadPeriodError(f"expected one of {', '.join(DISPOSALS)}, found another disposal")
    if disposal in WITH_TERM and (months is None) is (days is None):
        raise BadPeriodError("expected months or days for this disposal, found neither or both")


@action
def end_period(*, by: Viewer, at: datetime, period: str, ended_at: datetime) -> dict[str, int]:
    """Take him off before the period is over; the answer counts what follows.

    Raises: NotAllowedError, NotFoundError; BadPeriodError when it has ended, or not begun.
    """
    permissions.check_can_begin_period(by)
    row = (
        NotificationPeriod.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(reference=period, agency_id=by.agency)
        .first()
    )
    if row is None or row.person.reference in hidden_from(by):
        raise NotFoundError
    if row.ended_at is not None:
        raise BadPeriodError("expected a period that goes on, found one that was ended before")
    if not row.began_at <= ended_at <= at:
        raise BadPeriodError("expected an end after the beginning and not in the future")
    watches = hold([_now(row.person)], by=by, at=at)
    row.ended_at, row.ended_by = ended_at, by.username
    row.save(update_fields=["ended_at", "ended_by"])
    done = keep(watches, by=by, at=at)
    record(targets=[row.reference, *done.targets], facts=dict(done.counts), happened_at=ended_at)
    return dict(done.counts)


def _person(by: Viewer, reference: str) -> Person:
    if not permissions.can_read(by):
        raise NotAllowedError("What a subject told is taken by an officer at a counter.")
    row = Person.objects.filter(reference=reference).first()
    if row is None or reference in hidden_from(by):
        raise NotFoundError
    return row


def _now(row: Person) -> int:
    """Whoever he is today."""
    key = person_key(row.reference)
    return who_now([key])[key]

"""Log a breach from what the doorstep answered, and what was secured of it.

An officer's statement, not a finding: no charge and no conviction follows from a row here.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.identity.models import Person
from vigil.identity.queries import hidden_from
from vigil.ledger.action import action, record
from vigil.monitoring import permissions
from vigil.monitoring.errors import BadBreachError
from vigil.monitoring.evidence import to_secure
from vigil.monitoring.models import Breach, BreachedClause, SecuredEvidence
from vigil.orders.models import Condition, Order
from vigil.register.people import all_of

# Without I, L, O and U: a reference is read out over a radio.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERDICTS = ("breach", "cannot_tell")


@action
def log_breach(
    *,
    by: Viewer,
    at: datetime,
    person: str,
    question: str,
    act: str,
    verdict: str,
    happened_at: datetime,
    clauses: Sequence[tuple[str, str]],
    means: str | None = None,
    offence: str | None = None,
) -> str:
    """Log a breach; the answer is its reference. What to secure follows from the act.

    `question` is the ledger entry of the question that it is logged from: pressed twice, it is
    logged once, and the second press gives the same reference. `clauses` are pairs of an
    order's reference and the number of its clause.

    Raises: NotFoundError, BadBreachError.
    """
    permissions.check_can_ask_at_the_door(by)
    if verdict not in VERDICTS or not clauses or not by.because.strip():
        raise BadBreachError("expected a breach of a clause, and why you looked; found none")
    if happened_at > at:
        raise BadBreachError("expected an act that has happened, found one in the future")
    him = _person(by, person)
    orders = _orders(him, clauses)
    before = Breach.objects.filter(question=question, person=him, logged_by=by.username).first()
    row = before or Breach.objects.create(
        reference="B-" + "".join(secrets.choice(_LETTERS) for _ in range(8)),
        agency_id=by.agency,
        person=him,
        question=question,
        act=act,
        means=means or "",
        verdict=verdict,
        offence=offence or "",
        happened_at=happened_at,
        logged_at=at,
        logged_by=by.username,
        because=by.because[:200],
        to_secure=list(to_secure(act, means)),
    )
    if before is None:
        BreachedClause.objects.bulk_create(
            [
                BreachedClause(breach=row, order=orders[order], clause=clause)
                for order, clause in dict.fromkeys(clauses)
            ]
        )
    record(
        targets=[row.reference, person, *dict.fromkeys(order for order, _ in clauses)],
        facts={"act": act, "verdict": verdict, "clauses": len(clauses), "again": bool(before)},
        happened_at=happened_at,
    )
    return row.reference


@action
def secure_evidence(*, by: Viewer, at: datetime, breach: str, what: Sequence[str]) -> list[str]:
    """Record what was secured; the answer is what still stands open on the list.

    What was ticked before stays as it was: whoever was first secured it.

    Raises: NotFoundError, BadBreachError for something that is not on the list.
    """
    permissions.check_can_ask_at_the_door(by)
    row = Breach.objects.select_related("person").filter(reference=breach).first()
    if row is None or row.person.reference in hidden_from(by):
        raise NotFoundError
    if not set(what) <= set(row.to_secure):
        raise BadBreachError("expected things on the list of this breach, found another")
    SecuredEvidence.objects.bulk_create(
        [SecuredEvidence(breach=row, what=w, secured_at=at, secured_by=by.username) for w in what],
        ignore_conflicts=True,
    )
    record(targets=[row.reference, row.person.reference], facts={"what": sorted(set(what))})
    held = set(SecuredEvidence.objects.filter(breach=row).values_list("what", flat=True))
    return [one for one in row.to_secure if one not in held]


def _person(by: Viewer, reference: str) -> Person:
    """The person, held until this transaction ends: two presses at once are one breach."""
    found = Person.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    if found is None or reference in hidden_from(by):
        raise NotFoundError
    return found


def _orders(him: Person, clauses: Sequence[tuple[str, str]]) -> dict[str, Order]:
    """The orders by reference. Raises BadBreachError unless each binds him and has the clause."""
    named = {order for order, _ in clauses}
    rows = Order.objects.filter(reference__in=named, respondent__in=all_of(him.reference))
    found = {row.reference: row for row in rows}
    held = set(
        Condition.objects.filter(event__order__in=rows).values_list(
            "event__order__reference", "clause"
        )
    )
    if not set(clauses) <= held:
        raise BadBreachError("expected clauses of orders that bind this person, found another")
    return found

"""What others may ask about breaches that officers logged. Of a person: within a look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight
from vigil.access.viewer import Viewer
from vigil.identity.queries import hidden_from
from vigil.monitoring import permissions
from vigil.monitoring.models import Breach, BreachedClause, SecuredEvidence
from vigil.register.people import all_of


@dataclass(frozen=True, slots=True)
class Secured:
    """A thing on the list of a breach; `at` and `by` are None until it is secured."""

    what: str
    at: datetime | None
    by: str | None


@dataclass(frozen=True, slots=True)
class BreachView:
    """One breach as an officer logged it. `clauses` are pairs of order and clause."""

    reference: str
    person: str
    agency: str
    act: str
    means: str | None
    verdict: str
    offence: str | None
    happened_at: datetime
    logged_at: datetime
    logged_by: str
    because: str
    clauses: tuple[tuple[str, str], ...]
    evidence: tuple[Secured, ...]


def breaches_of(sight: Sight, person: str) -> list[BreachView]:
    """The breaches of a person and of whoever became him, newest first.

    Raises: NotInSightError, NotFoundError.
    """
    sight.must_hold(person)
    permissions.check_can_read(sight.viewer)
    if person in hidden_from(sight.viewer):
        raise NotFoundError
    return _views(Breach.objects.filter(person__in=all_of(person)))


def breach(sight: Sight, reference: str) -> BreachView:
    """One breach. Raises: NotInSightError, NotFoundError."""
    sight.must_hold(reference)
    permissions.check_can_read(sight.viewer)
    found = _views(Breach.objects.filter(reference=reference))
    if not found or found[0].person in hidden_from(sight.viewer):
        raise NotFoundError
    return found[0]


def person_of_breach(viewer: Viewer, reference: str) -> str:
    """The reference of the person whose breach it is. Raises: NotFoundError."""
    permissions.check_can_read(viewer)
    rows = Breach.objects.filter(reference=reference)
    found = rows.values_list("person__reference", flat=True).first()
    if found is None or found in hidden_from(viewer):
        raise NotFoundError
    return found


def _views(rows: QuerySet[Breach]) -> list[BreachView]:
    breaches = list(rows.select_related("person").order_by("-happened_at", "-pk"))
    keys = [row.pk for row in breaches]
    clauses: dict[int, list[tuple[str, str]]] = {}
    for one in (
        BreachedClause.objects.filter(breach__in=keys).select_related("order").order_by("pk")
    ):
        clauses.setdefault(one.breach_id, []).append((one.order.reference, one.clause))
    secured = {
        (one.breach_id, one.what): one for one in SecuredEvidence.objects.filter(breach__in=keys)
    }
    return [
        BreachView(
            row.reference,
            row.person.reference,
            row.agency_id,
            row.act,
            row.means or None,
            row.verdict,
            row.offence or None,
            row.happened_at,
            row.logged_at,
            row.logged_by,
            row.because,
            tuple(clauses.get(row.pk, ())),
            tuple(_secured(what, secured.get((row.pk, what))) for what in row.to_secure),
        )
        for row in breaches
    ]


def _secured(what: str, row: SecuredEvidence | None) -> Secured:
    return Secured(what, row.secured_at, row.secured_by) if row else Secured(what, None, None)

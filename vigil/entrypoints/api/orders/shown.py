"""One order as the API tells it: as it stands on a day, its versions, its events.

Of a protected person her number. Her reference, the rules (which name places by reference) and
the evidence are for who may change the order, and null to others.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from vigil.access.viewer import Viewer
from vigil.orders import permissions
from vigil.orders.kinds import FAILURES, PENDING, Status
from vigil.orders.queries import Happening, OrderView
from vigil.orders.rules import Clause, Terms
from vigil.orders.versions import Version

_NOT_MADE = PENDING | {Status(kind.value) for kind in FAILURES}


class Protected(Schema):
    """ "Protected person 1" of this order."""

    number: int
    reference: str | None


class Condition(Schema):
    """A clause word for word. `kind` is the kind of its rule."""

    clause: str
    text: str
    kind: str
    rule: dict[str, Any] | None


class Asked(Schema):
    """The terms that the draft asks for, made or not."""

    last_day: date | None
    clauses: list[Condition]


class ClauseChange(Schema):
    """What became of a clause from the version before: kept, added, removed, changed."""

    clause: str
    mark: str
    before: str | None
    after: str | None


class ShownVersion(Schema):
    """The terms from an instant on, by what they came, and what changed."""

    number: int
    by: str
    since: datetime
    recorded_at: datetime
    last_day: date | None
    changes: list[ClauseChange]


class ShownEvent(Schema):
    """One thing that happened. What is of another kind of event is empty."""

    kind: str
    happened_at: datetime
    recorded_at: datetime
    by: str
    served_by: str
    place_kind: str
    how: str
    proof: str
    ending: str
    rank: str
    court: str
    hearing_at: datetime | None
    until_at: datetime | None
    last_day: date | None


class ShownLink(Schema):
    """What this order is to another (`is_from_here`), or another to this one."""

    kind: str
    other: str
    is_from_here: bool


class Order(Schema):
    """An order as it stands at `at`, as known at `known_at` (null: now).

    `proposed`: it is not law, and is to be shown as that. `made_on` null: it was not made then.
    """

    order: str
    instrument: str
    title: str
    proposed: bool
    regime: str
    jurisdiction: str
    agency: str
    respondent: str
    at: datetime
    known_at: datetime | None
    status: str
    since: datetime | None
    ground: str
    act: str
    provision: str
    is_served: bool
    served_at: datetime | None
    known_to_respondent_at: datetime | None
    made_on: date | None
    court: str
    issuer_rank: str
    applicant: str
    without_notice: bool | None
    last_day: date | None
    suspended_until_at: datetime | None
    hearing_at: datetime | None
    protected: list[Protected]
    clauses: list[Condition]
    asked: Asked | None
    evidence: list[str] | None
    replaces: str | None
    links: list[ShownLink]
    events: list[ShownEvent]


class WholeOrder(Order):
    """An order with every version of its terms, side by side."""

    versions: list[ShownVersion]


def order(view: OrderView, viewer: Viewer, *, at: datetime, known_at: datetime | None) -> Order:
    """What was recorded of a later day, or known later, is not told."""
    return Order(**_fields(view, viewer, at, known_at))


def whole(
    view: OrderView,
    versions: tuple[Version, ...],
    viewer: Viewer,
    *,
    at: datetime,
    known_at: datetime | None,
) -> WholeOrder:
    """The same with its versions up to `at`."""
    told = [_version(one) for one in versions if one.since <= at]
    return WholeOrder(**_fields(view, viewer, at, known_at), versions=told)


def _fields(
    view: OrderView, viewer: Viewer, at: datetime, known_at: datetime | None
) -> dict[str, Any]:
    standing = view.standing
    is_made = standing.status not in _NOT_MADE
    is_ours = permissions.can_change(viewer, agency=view.agency)
    return {
        "order": view.reference,
        "instrument": view.instrument,
        "title": view.title,
        "proposed": view.is_proposed,
        "regime": view.regime,
        "jurisdiction": view.jurisdiction,
        "agency": view.agency,
        "respondent": view.respondent,
        "at": at,
        "known_at": known_at,
        "status": standing.status.value,
        "since": standing.since,
        "ground": standing.ground,
        "act": standing.act,
        "provision": standing.provision,
        "is_served": standing.is_served,
        "served_at": standing.served_at,
        "known_to_respondent_at": standing.known_at,
        "made_on": view.made_on if is_made else None,
        "court": view.court if is_made else "",
        "issuer_rank": view.issuer_rank if is_made else "",
        "applicant": view.applicant,
        "without_notice": view.without_notice,
        "last_day": standing.last_day,
        "suspended_until_at": standing.suspended_until_at,
        "hearing_at": standing.hearing_at,
        "protected": [
            Protected(number=one.number, reference=one.reference if is_ours else None)
            for one in view.protected
        ],
        "clauses": _conditions(view.clauses, is_ours=is_ours),
        "asked": _asked(view.asked, is_ours=is_ours),
        "evidence": list(view.evidence) if is_ours else None,
        "replaces": view.replaces if is_made else None,
        "links": [
            ShownLink(kind=one.kind.value, other=one.other, is_from_here=one.is_from_here)
            for one in view.links
        ],
        "events": [_event(one) for one in view.events if one.happened_at <= at],
    }


def _conditions(clauses: tuple[Clause, ...], *, is_ours: bool) -> list[Condition]:
    return [
        Condition(
            clause=one.clause,
            text=one.text,
            kind=str(one.rule.get("kind", "")),
            rule=dict(one.rule) if is_ours else None,
        )
        for one in clauses
    ]


def _asked(terms: Terms | None, *, is_ours: bool) -> Asked | None:
    if terms is None:
        return None
    return Asked(last_day=terms.last_day, clauses=_conditions(terms.clauses, is_ours=is_ours))


def _event(one: Happening) -> ShownEvent:
    return ShownEvent(**{name: getattr(one, name) for name in ShownEvent.model_fields})


def _version(one: Version) -> ShownVersion:
    return ShownVersion(
        number=one.number,
        by=one.kind.value,
        since=one.since,
        recorded_at=one.recorded_at,
        last_day=one.last_day,
        changes=[
            ClauseChange(
                clause=change.clause,
                mark=change.mark.value,
                before=change.before.text if change.before else None,
                after=change.after.text if change.after else None,
            )
            for change in one.changes
        ],
    )

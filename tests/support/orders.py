"""Invented orders, made by the same actions that users have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer
from vigil.identity.models import Person
from vigil.orders.actions import make, serve
from vigil.orders.kinds import KINDS, How, Proof, Where
from vigil.orders.rules import Clause
from vigil.victims.actions import protect

LONDON = ZoneInfo("Europe/London")
COURT = "Exmere Magistrates' Court"
HIS = "P-2026-0001"


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant by London's clock, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def officer(
    role: Role = Role.OFFENDER_MANAGER, *, username: str = "alice", agency: str = "10"
) -> Viewer:
    return Viewer(username, username.title(), agency, role, "incident 0212")


def agencies() -> None:
    for code in ("10", "11"):
        Agency.objects.get_or_create(code=code, defaults={"name": "Invented"})


def person(reference: str = HIS) -> str:
    number = int(reference.replace("-", "").removeprefix("P"))
    Person.objects.get_or_create(
        reference=reference,
        defaults={"number": number, "made_at": datetime(2026, 1, 1, tzinfo=UTC)},
    )
    return reference


def protected_person(at: datetime, agency: str = "10") -> str:
    return protect(by=officer(agency=agency), at=at, name="Wenna Quillbrook")


def clauses(protected: Sequence[str]) -> tuple[Clause, ...]:
    return (
        Clause(
            "1",
            "You must not contact protected person 1 by any means.",
            {"kind": "no_contact", "persons": list(protected), "means": "any", "except": []},
        ),
        Clause("2", "You must keep the peace.", {"kind": "other"}),
    )


def made(
    at: datetime,
    *,
    instrument: str = "STALK_PO",
    made_on: date | None = None,
    by: Viewer | None = None,
    protected: Sequence[str] | None = None,
    **changed: Any,
) -> str:
    """A lawful order of that kind, recorded at `at`; whatever is given is changed."""
    is_notice = instrument in KINDS and KINDS[instrument].is_notice
    by = by or officer(Role.AUTHORISING_OFFICER if is_notice else Role.OFFENDER_MANAGER)
    protected = protected or [protected_person(at, by.agency)]
    terms: dict[str, Any] = {
        "respondent": HIS,
        "clauses": clauses(protected),
        "last_day": None,
        "court": "" if is_notice else COURT,
        "issuer_rank": "superintendent" if is_notice else None,
    }
    return make(
        by=by,
        at=at,
        instrument=instrument,
        made_on=made_on or at.astimezone(LONDON).date(),
        protected=protected,
        **(terms | changed),
    )


def served(order: str, served_at: datetime, *, at: datetime | None = None, **changed: Any) -> str:
    service: dict[str, Any] = {
        "by": officer(Role.RESPONSE_OFFICER, username="bob"),
        "how": How.PERSONAL,
        "where": Where.HOME,
        "proof": Proof.STATEMENT,
    }
    serve(at=at or served_at, order=order, served_at=served_at, **(service | changed))
    return order

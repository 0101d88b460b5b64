"""A force's programs at the API of orders: each role with its token, and a clock that stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from tests.support.orders import COURT, HIS, agencies, person, protected_person
from vigil.access import actions
from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.orders.kinds import KINDS

BECAUSE = "application 44"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PASSWORD = "a long invented password"


@dataclass
class Desk:
    """Everybody at one force, and one person against whom orders are made."""

    administrator: Viewer
    now: datetime
    her: str = ""
    programs: dict[tuple[Role, str, str], Client] = field(default_factory=dict)
    order: str = ""

    def program(
        self, role: Role = Role.OFFENDER_MANAGER, *, agency: str = "10", because: str = BECAUSE
    ) -> Client:
        key = (role, agency, because)
        if key not in self.programs:
            token = self._token(role, agency)
            headers = {"authorization": f"Bearer {token}"}
            more = {"vigil-because": because} if because else {}
            self.programs[key] = Client(headers={**headers, **more})
        return self.programs[key]

    def _token(self, role: Role, agency: str) -> str:
        by = self.administrator if agency == "10" else self._administrator_of(agency)
        username = f"{role.value.replace('_', '-')}-{agency}-{len(self.programs)}"
        at = self.administrator_at
        actions.open_account(
            by=by, at=at, agency=agency, username=username, password=PASSWORD, role=role
        )
        return actions.make_token(by=by, at=at, username=username)

    @property
    def administrator_at(self) -> datetime:
        return datetime.fromisoformat("2026-11-23T12:00:00+00:00")

    def _administrator_of(self, agency: str) -> Viewer:
        return Viewer("eve", "Eve", agency, Role.ADMINISTRATOR, "opening accounts")

    def runs(self, regime: str) -> None:
        Agency.objects.filter(pk="10").update(regime=regime)

    def post(self, address: str, body: object, **who: Any) -> Any:
        sent = body if isinstance(body, str) else json.dumps(body)
        with standing_at(self.now):
            return self.program(**who).post(
                f"/api/v1{address}", sent, content_type="application/json"
            )

    def get(self, address: str, query: dict[str, str] | None = None, **who: Any) -> Any:
        with standing_at(self.now):
            return self.program(**who).get(f"/api/v1{address}", query or {})

    def begin(self, body: dict[str, Any], **who: Any) -> str:
        """Begin an order; its reference, which is the desk's order from then on."""
        answer = self.post("/orders", body, **who)
        assert answer.status_code == 201, answer.content
        told = answer.json()
        assert told["proposed"] is KINDS[body["instrument"]].is_proposed
        (self.order,) = told["orders"]
        return self.order

    def happens(self, kind: str, *, role: Role = Role.OFFENDER_MANAGER, **more: Any) -> Any:
        """One event an hour later; what was answered."""
        self.now += HOUR
        body = {"kind": kind, "at": self.now.isoformat(), **more}
        answer = self.post(f"/orders/{self.order}/events", body, role=role)
        assert answer.status_code == 201, (kind, answer.content)
        told = answer.json()
        assert (told["order"], told["kind"]) == (self.order, kind)
        assert datetime.fromisoformat(told["happened_at"]) == self.now
        return told

    def shown(self, query: dict[str, str] | None = None, **who: Any) -> Any:
        answer = self.get(f"/orders/{self.order}", query, **who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def status(self, on: date | None = None) -> str:
        return str(self.shown({"on": on.isoformat()} if on else None)["status"])


def desk(administrator: Viewer, at: datetime) -> Desk:
    agencies()
    person()
    return Desk(administrator, at, her=protected_person(at))


def clauses(her: str, instrument: str, at: datetime) -> list[Any]:
    """What an order of that kind may hold, and must."""
    held: list[Any] = [
        {"clause": "1", "text": "You must keep the peace.", "rule": {"kind": "other"}}
    ]
    if instrument == "SERIAL_PO":
        heard = (at + 30 * DAY).isoformat()
        rule = {"kind": "attend", "programme": "Better", "at": [heard], "supervisor": "the post"}
        held.append({"clause": "2", "text": "You must attend the programme.", "rule": rule})
    elif instrument != "OCC_O":
        rule = {"kind": "no_contact", "persons": [her], "means": "any", "except": []}
        held.append({"clause": "2", "text": "You must not contact her.", "rule": rule})
    return held


def draft(
    of: Desk,
    instrument: str = "STALK_PO",
    respondents: Sequence[str] = (HIS,),
    **changed: Any,
) -> dict[str, Any]:
    body = {
        "step": "draft",
        "instrument": instrument,
        "respondents": list(respondents),
        "protected": [of.her],
        "clauses": clauses(of.her, instrument, of.now),
    }
    return body | changed


def make(of: Desk, instrument: str = "STALK_PO", **changed: Any) -> dict[str, Any]:
    body = {
        "step": "make",
        "instrument": instrument,
        "respondent": HIS,
        "protected": [of.her],
        "clauses": clauses(of.her, instrument, of.now),
        "court": COURT,
        "made_on": of.now.date().isoformat(),
        "made_at": of.now.isoformat(),
    }
    return body | changed


def issue(of: Desk, instrument: str = "DVPN", **changed: Any) -> dict[str, Any]:
    body = {
        "step": "issue",
        "instrument": instrument,
        "respondent": HIS,
        "protected": [of.her],
        "clauses": clauses(of.her, instrument, of.now),
        "rank": "superintendent",
        "issued_on": of.now.date().isoformat(),
        "issued_at": of.now.isoformat(),
    }
    return body | changed

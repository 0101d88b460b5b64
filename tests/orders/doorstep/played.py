"""Plays a doorstep case with the actions that users have, then asks it of the record.

Orders are made, served, varied, suspended and ended as the case says; its places are sealed with
her and named by reference; the question is asked months later, as known then. Nothing of a case
reaches the record by another way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.support.orders import agencies, officer
from vigil.access.viewer import Role, Viewer
from vigil.identity.models import Person
from vigil.monitoring.doorstep import Answered, ask
from vigil.orders import actions
from vigil.orders.doorstep.ask import read_act
from vigil.orders.kinds import Ending, How, Knowledge, Proof, Where, kind_of
from vigil.orders.rules import Clause
from vigil.victims.actions import add_place, protect

RECORDED = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)  # a Monday, after everything in the cases
ASKED = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
OFFICER = officer(Role.RESPONSE_OFFICER, username="rosa")
MANAGER = officer(Role.OFFENDER_MANAGER, username="omar")
SUPERINTENDENT = officer(Role.AUTHORISING_OFFICER, username="aubrey")


@dataclass
class Played:
    """A case on the record: what its references are there."""

    real: dict[str, str] = field(default_factory=dict)
    recorded_at: datetime = RECORDED
    places: int = 0

    def at(self) -> datetime:
        """The clock at the desk: a minute for each step."""
        self.recorded_at += timedelta(seconds=1)
        return self.recorded_at

    # -- people and places ------------------------------------------------------------------

    def person(self, reference: str) -> str:
        """The respondent, as a person of the register."""
        if reference not in self.real:
            number = 9_000 + len(self.real)
            made_at = datetime(2026, 1, 1, tzinfo=UTC)
            Person.objects.create(reference=reference, number=number, made_at=made_at)
            self.real[reference] = reference
        return reference

    def protected(self, reference: str) -> str:
        """Her, as a protected person."""
        if reference not in self.real:
            self.real[reference] = protect(by=MANAGER, at=self.at(), name=f"Wenna {reference}")
        return self.real[reference]

    def place(self, her: str, given: Mapping[str, Any]) -> str:
        """Her place, sealed: by the case's own reference, or a new one for each geometry."""
        name = str(given.get("address_ref") or f"place {sorted(given.items())}")
        if name not in self.real:
            shape = {k: given[k] for k in ("lat", "lon", "polygon") if k in given}
            address: dict[str, Any] = {} if "polygon" in given else {"address": "1 Invented Row"}
            self.real[name] = add_place(
                by=MANAGER, at=self.at(), person=her, kind="other", **address, **shape
            )
        return self.real[name]

    def rule(self, rule: Mapping[str, Any], her: str) -> dict[str, Any]:
        """The rule as the record holds it: references for people and places."""
        kept = dict(rule)
        if "persons" in kept:
            kept["persons"] = [self.protected(one) for one in kept["persons"]]
        if "place" in kept:
            kept["place"] = {"address_ref": self.place(her, kept["place"])}
        if "polygon" in kept:
            kept["area_ref"] = self.place(her, {"polygon": kept.pop("polygon")})
        return kept

    def clauses(self, conditions: Sequence[Mapping[str, Any]], her: str) -> list[Clause]:
        """The clauses of an order or of a variation."""
        return [Clause(c["clause"], c["text"], self.rule(c["rule"], her)) for c in conditions]

    # -- an order's life --------------------------------------------------------------------

    def order(self, given: Mapping[str, Any]) -> None:
        """Make it, serve it, and do to it what the case says."""
        protected = [self.protected(one) for one in given["protected"]]
        kind = kind_of(given["instrument"])
        maker: dict[str, Any] = (
            {"by": SUPERINTENDENT, "issuer_rank": "superintendent"}
            if kind.is_notice
            else {"by": MANAGER, "court": "Exmere Magistrates’ Court"}
        )
        reference = actions.make(
            at=self.at(),
            instrument=given["instrument"],
            jurisdiction=given["jurisdiction"],
            respondent=self.person(given["respondent"]),
            protected=protected,
            made_on=date.fromisoformat(given["made_on"]),
            made_at=_instant(given.get("made_at")),
            last_day=_day(given["last_day"]),
            without_notice=given.get("without_notice"),
            clauses=self.clauses(given["conditions"], protected[0]),
            **maker,
        )
        self.real[given["ref"]] = reference
        self._tell(reference, given)
        for event in given["events"]:
            self._happen(reference, event, protected[0])

    def _tell(self, order: str, given: Mapping[str, Any]) -> None:
        served_at = _instant(given["served_at"])
        known_at = _instant(given["known_to_respondent_at"])
        if served_at:
            actions.serve(
                by=OFFICER,
                at=self.at(),
                order=order,
                served_at=served_at,
                how=How.PERSONAL,
                where=Where.HOME,
                proof=Proof.STATEMENT,
            )
        if known_at:
            actions.record_knowledge(
                by=OFFICER,
                at=self.at(),
                order=order,
                known_at=known_at,
                how=Knowledge.IN_COURT,
                proof=Proof.COURT_RECORD,
            )

    def _happen(self, order: str, event: Mapping[str, Any], her: str) -> None:
        EVENTS[event["kind"]](self, order, event, datetime.fromisoformat(event["at"]), her)

    def varied(self, order: str, event: Mapping[str, Any], when: datetime, her: str) -> None:
        last_day = _day(event.get("last_day"))
        actions.vary(
            by=MANAGER,
            at=self.at(),
            order=order,
            varied_at=when,
            clauses=self.clauses(event["conditions"], her) if event.get("conditions") else None,
            last_day=last_day,
            until_further_order="last_day" in event and last_day is None,
        )

    def extended(self, order: str, event: Mapping[str, Any], when: datetime, her: str) -> None:
        last_day = _day(event["last_day"])
        if last_day is None:
            self.varied(order, event, when, her)
            return
        actions.extend(by=MANAGER, at=self.at(), order=order, extended_at=when, last_day=last_day)

    def discharged(self, order: str, event: Mapping[str, Any], when: datetime, her: str) -> None:
        actions.discharge(
            by=MANAGER,
            at=self.at(),
            order=order,
            discharged_at=when,
            how=Ending.COURT_ORDER,
            consents=frozenset({"respondent", "police"}),
        )

    def quashed(self, order: str, event: Mapping[str, Any], when: datetime, her: str) -> None:
        actions.quash(by=MANAGER, at=self.at(), order=order, quashed_at=when)

    def suspended(self, order: str, event: Mapping[str, Any], when: datetime, her: str) -> None:
        until_at = _instant(event.get("until_at"))
        actions.suspend(by=MANAGER, at=self.at(), order=order, suspended_at=when, until_at=until_at)

    # -- the question -----------------------------------------------------------------------

    def ask(self, question: Mapping[str, Any], by: Viewer = OFFICER) -> Answered:
        """The same question, of the record."""
        asked = dict(question["act"])
        asked["by"] = self.real.get(asked["by"], asked["by"])
        asked["towards"] = self.real.get(asked["towards"] or "", asked["towards"])
        if asked["place"] and asked["place"].get("address_ref"):
            ref = asked["place"]["address_ref"]
            asked["place"] = {**asked["place"], "address_ref": self.real.get(ref, ref)}
        happened_at = datetime.fromisoformat(question["at"])
        return ask(by, at=ASKED, happened_at=happened_at, act=read_act(asked))


EVENTS: Mapping[str, Callable[[Played, str, Mapping[str, Any], datetime, str], None]] = {
    "varied": Played.varied,
    "extended": Played.extended,
    "discharged": Played.discharged,
    "quashed": Played.quashed,
    "suspended": Played.suspended,
}


def play(question: Mapping[str, Any]) -> Played:
    """Put the orders of a question on the record."""
    agencies()
    played = Played()
    played.person(question["act"]["by"] if question["act"]["by"].startswith("P-") else "P-1")
    for order in question["orders"]:
        played.order(order)
    return played


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None

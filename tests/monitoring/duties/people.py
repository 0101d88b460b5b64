"""Invented facts of one person, short to write: tests of duties say what they are about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.support.orders import london
from vigil.custody.rules import Held, Stay
from vigil.monitoring.duties.facts import (
    DutyLine,
    Facts,
    Finding,
    LastDay,
    OrderFacts,
    RegistrationFacts,
    Telling,
    What,
)
from vigil.monitoring.duties.lines import timeline

MON = london(2026, 3, 2, 10)  # a Monday in winter
FAR = london(2035, 1, 1)


def order(
    ref: str = "SPO-1",
    instrument: str = "STALK_PO",
    *,
    made_at: datetime = MON,
    last_day: date | None = None,
    **changed: Any,
) -> OrderFacts:
    """An order, served at its making where nothing else is said."""
    given: dict[str, Any] = {
        "served_at": made_at,
        "last_days": (LastDay(made_at, last_day),),
        "jurisdiction": "NI" if instrument.startswith("NI_") else "EW",
    }
    return OrderFacts(ref, instrument, made_at, **(given | changed))


def registered(
    began_at: datetime = MON, *, relevant_on: date | None = None, **changed: Any
) -> RegistrationFacts:
    """A registration for ten years, under the law in force."""
    given: dict[str, Any] = {"disposal": "imprisonment", "age": 40, "months": 12}
    return RegistrationFacts(
        changed.pop("ref", "R-1"),
        changed.pop("framework", "SOA_PART_2"),
        began_at,
        relevant_on or date(began_at.year, began_at.month, began_at.day),
        **(given | changed),
    )


def told(what: str, at: datetime, changed_on: date | None = None, **changed: Any) -> Telling:
    return Telling(What(what), at, changed_on, **changed)


def found(what: str, at: datetime, changed_on: date) -> Finding:
    return Finding(What(what), at, changed_on)


def stay(in_at: datetime, out_at: datetime | None = None, held: str = "sentence") -> Stay:
    return Stay(Held(held), in_at, out_at)


def facts(*some: object) -> Facts:
    def of(kind: type) -> tuple[Any, ...]:
        return tuple(one for one in some if isinstance(one, kind))

    return Facts(of(OrderFacts), of(RegistrationFacts), of(Stay), of(Telling), of(Finding))


def events(line: DutyLine) -> list[tuple[str, datetime, date | None]]:
    return [(str(e.kind), e.at, e.due_on) for e in line.events]


def said(*some: object, at: datetime = FAR) -> list[tuple[str, str, list[tuple[str, Any, Any]]]]:
    """Every duty as source, kind and events."""
    lines = timeline(facts(*some), at=at)
    return [(line.source, str(line.kind), events(line)) for line in lines]


def of_kind(kind: str, *some: object, at: datetime = FAR) -> list[list[tuple[str, Any, Any]]]:
    return [what for _, k, what in said(*some, at=at) if k == kind]


def kinds(*some: object, at: datetime = FAR) -> list[tuple[str, str]]:
    return [(source, kind) for source, kind, _ in said(*some, at=at)]

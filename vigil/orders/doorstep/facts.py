"""The facts of a doorstep question and of its answer, as frozen values.

Whoever builds a `BoundOrder` from the record puts the unsealed geometry into the rule; nothing of
it leaves `judge`. Nothing here is checked: `judge` refuses what is out of shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vigil.law.breach import BreachConsequence
from vigil.law.facts import Ground
from vigil.orders.doorstep.words import Missing, Verdict
from vigil.orders.rules import Clause

# How far a position may be off where nobody says, in metres. Source: the doorstep contract.
USUAL_ACCURACY_METRES = 50.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the act was: a position with its accuracy, the reference of an address, or both.

    `lat` and `lon` in degrees (WGS84), both or neither; `accuracy_metres` None: not known.
    """

    lat: float | None = None
    lon: float | None = None
    accuracy_metres: float | None = None
    address_ref: str | None = None

    @property
    def position(self) -> tuple[float, float] | None:
        """Latitude and longitude, where they are known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def accuracy(self) -> float:
        """How far the position may be off, in metres."""
        return USUAL_ACCURACY_METRES if self.accuracy_metres is None else self.accuracy_metres


@dataclass(frozen=True, slots=True)
class Act:
    """What was done: by whom, towards whom, by which means, where.

    `towards`, `means` and `place` None: not known (or none). `consented`: the protected person
    invited it. `changed_on` and `notified_on` are of a new address or name.
    """

    by: str
    kind: str
    towards: str | None = None
    means: str | None = None
    place: Place | None = None
    consented: bool = False
    changed_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an order after its making, with what holds from then on.

    `clauses` None: they stay as they were. `last_day` counts only where `sets_last_day`, and None
    is then until further order. `until_at` (exclusive) is of a suspension; None: not known.
    """

    kind: str
    at: datetime
    clauses: tuple[Clause, ...] | None = None
    last_day: date | None = None
    sets_last_day: bool = False
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoundOrder:
    """An order or a notice as it was made, and what happened to it since.

    `made_at` None: from the first instant of `made_on`. `without_notice` None: not known.
    `last_day` (inclusive) None: until further order.
    """

    ref: str
    instrument: str
    respondent: str
    protected: tuple[str, ...]
    made_on: date
    clauses: tuple[Clause, ...]
    jurisdiction: str = "EW"
    made_at: datetime | None = None
    served_at: datetime | None = None
    known_to_respondent_at: datetime | None = None
    without_notice: bool | None = None
    last_day: date | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class NamedClause:
    """A clause by its order and its number there."""

    ref: str
    clause: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one clause comes to: its own verdict, one sentence, and what would settle it.

    `clause` None where the order as a whole decides (not in force, another person's act).
    """

    ref: str
    clause: str | None
    verdict: Verdict
    because: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: the verdict, the clauses that bear it, why, what is missing, what follows.

    `nature`, `arrest`, `offence` and `consequence` are of the gravest order that bears the
    verdict (for `cannot_tell`: what would follow if it were one); None for `not_breach`.
    `findings` are of every clause, in the order given (of the order as a whole where it decides);
    `consequences` by the order's reference, of every order with a clause that is a breach or may
    be one.
    """

    verdict: Verdict
    clauses: tuple[NamedClause, ...]
    because: tuple[str, ...]
    missing: tuple[Missing, ...]
    nature: str | None
    arrest: str | None
    offence: str | None
    ground: Ground
    consequence: BreachConsequence | None
    findings: tuple[Finding, ...]
    consequences: dict[str, BreachConsequence]

"""What follows from a breach of an order, and of several orders which breach is the gravest.

Whether the order could be made is judged on the day of its making, the consequences on the day of
the act.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from vigil.law.binding import check_known
from vigil.law.breach import BreachConsequence, breach_consequence
from vigil.law.errors import LawError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.orders.doorstep.facts import BoundOrder

# A crime before a contempt before neither.
_NATURES = {"criminal": 2, "criminal_or_contempt": 2, "civil_contempt": 1, "none": 0}
# An arrest that needs nobody's leave before one that does.
_ARRESTS = {
    "without_warrant_statute": 3,
    "pace_s24": 3,
    "power_attached_by_court": 2,
    "warrant": 1,
    "none": 0,
}


def check_could_be_made(orders: Iterable[BoundOrder], regime: Regime) -> None:
    """Raises UnknownInstrumentError of any order, then NotInForceError of any."""
    asked = tuple(orders)
    for order in asked:
        check_known(order.instrument, regime)
    for order in asked:
        consequence(order, order.made_on, regime)


def consequence(order: BoundOrder, on: date, regime: Regime) -> BreachConsequence:
    """What a breach of that order on `on` is. Raises: NotInForceError."""
    return _consequence(order.instrument, on, regime, order.made_on, order.jurisdiction)


@lru_cache(maxsize=4096)
def _consequence(
    instrument: str, on: date, regime: Regime, made_on: date, jurisdiction: str
) -> BreachConsequence:
    return breach_consequence(instrument, on, regime, made_on=made_on, jurisdiction=jurisdiction)


def gravest(found: Iterable[BreachConsequence]) -> BreachConsequence:
    """A crime before a contempt, by the most that it can cost; of equals the first.

    Of equals one that rests on the law in force comes before one that rests on a proposal.
    """
    return max(found, key=_gravity)


def _gravity(found: BreachConsequence) -> tuple[int, int, int, int, bool]:
    return (
        _NATURES[found.nature],
        found.max_custody_months_indictment or 0,
        found.max_custody_months_summary or 0,
        _ARRESTS[found.arrest],
        found.ground.proposal is None,
    )


def ground_of_no_breach(orders: Iterable[BoundOrder], regime: Regime) -> Ground:
    """The provisions that would have to say otherwise: those by which a breach would be one.

    Under the proposals the law in force is cited wherever it knows the instrument, since the
    answer is the same. With no order: the power of arrest that needs none.
    """
    facts: list[Fact] = []
    for order in orders:
        facts += _ground_in_force(order, regime).facts
    return Ground(tuple(dict.fromkeys(facts)) or (_arrest_without_order(),))


def _ground_in_force(order: BoundOrder, regime: Regime) -> Ground:
    try:
        return consequence(order, order.made_on, Regime.IN_FORCE).ground
    except LawError:
        return consequence(order, order.made_on, regime).ground


def _arrest_without_order() -> Fact:
    return next(fact for fact in law().facts if fact.what == "arrest" and fact.value == "pace_s24")

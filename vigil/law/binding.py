"""Was an instrument in force on a day, and does one that was lawfully made still bind?

`validity` looks at the day of making and at the place. `breach`, `notification` and the clocks are
about an instrument lawfully made, anywhere in the jurisdiction, and go on under a saving.
"""

from __future__ import annotations

from datetime import date

from vigil.law.errors import NotInForceError, UnknownInstrumentError
from vigil.law.facts import Confidence, Fact, Regime
from vigil.law.loading import Law, law
from vigil.law.vocabulary import (
    FRAMEWORKS,
    INSTRUMENTS,
    JURISDICTIONS,
    PROPOSED_FRAMEWORKS,
    PROPOSED_INSTRUMENTS,
)


def check_known(instrument: str, regime: Regime, *, frameworks: bool = False) -> None:
    """Refuses a code that is no instrument under this regime.

    Raises:
        UnknownInstrumentError: the code is not known, or known only under the proposals.
    """
    known = set(INSTRUMENTS)
    if frameworks:
        known |= set(FRAMEWORKS)
    if regime is Regime.PALADIN:
        known |= set(PROPOSED_INSTRUMENTS)
        if frameworks:
            known |= set(PROPOSED_FRAMEWORKS)
    if instrument not in known:
        raise UnknownInstrumentError(
            f"expected an instrument known under {regime.value}, found another code: "
            "see the list of instruments"
        )


def making(facts: Law, instrument: str, *, on: date, jurisdiction: str) -> tuple[Fact, ...]:
    """The facts by which it may be made on a day: one, the areas of a pilot, or none."""
    anywhere = facts.find(instrument, "may_be_made", on=on, jurisdiction=jurisdiction)
    if anywhere is not None:
        return (anywhere,)
    return facts.find_all(instrument, "may_be_made_in", on=on, jurisdiction=jurisdiction)


def check_in_force(
    instrument: str,
    *,
    on: date,
    jurisdiction: str,
    regime: Regime,
    made_on: date | None = None,
) -> tuple[Fact, ...]:
    """The facts by which the instrument, lawfully made, binds on a day.

    Only those weaker than verified are given back: that an Act is in force needs citing only
    where it limits the answer. With no `made_on` the order is taken as lawfully made.

    Raises:
        NotInForceError: it does not bind on that day, or could not be made on `made_on`.
    """
    facts = law(regime)
    makings = making(facts, instrument, on=made_on or on, jurisdiction=jurisdiction)
    if made_on is not None and not makings:
        raise NotInForceError(
            f"expected {instrument} made on a day on which it could be made in {jurisdiction}, "
            f"found {made_on.isoformat()}"
        )
    binds = facts.find(instrument, "binds", on=on, jurisdiction=jurisdiction)
    has_own_span = any((code, instrument, "binds") in facts.index for code in JURISDICTIONS)
    found = making(facts, instrument, on=on, jurisdiction=jurisdiction)
    if has_own_span:
        found = () if binds is None else (binds,)
    if not found:
        raise NotInForceError(
            f"expected {instrument} in force in {jurisdiction} on {on.isoformat()}, found that "
            "it was not"
        )
    return weaker_than_verified((*_strongest(found), *_strongest(makings)))


def reach(
    facts: Law, instrument: str, what: str, *, on: date, jurisdiction: str
) -> tuple[str, tuple[Fact, ...]]:
    """The nation whose law says that an order is in force, with the fact that it binds here too.

    An order of another nation is made there, and is in force there; it reaches here where the data
    says both that it binds here and, here, `what`. Every other order is of this nation.
    """
    is_made_here = (jurisdiction, instrument, "may_be_made") in facts.index
    if is_made_here or facts.find(instrument, what, on=on, jurisdiction=jurisdiction) is None:
        return jurisdiction, ()
    found = facts.find(instrument, "recognised_from", on=on, jurisdiction=jurisdiction)
    if found is None:
        return jurisdiction, ()
    return found.codes[0], (found,)


def why_not_in_force(facts: Law, instrument: str) -> Fact:
    """The fact that would have to say otherwise: that it never was in force, or when it began."""
    for what in ("never_in_force", "may_be_made", "may_be_made_in"):
        for code in JURISDICTIONS:
            found = facts.index.get((code, instrument, what))
            if found:
                return found[0]
    raise UnknownInstrumentError(f"expected the data to say when {instrument} is in force")


def weaker_than_verified(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of the facts that limit how sure the answer is."""
    kept = (fact for fact in facts if fact.confidence is not Confidence.VERIFIED)
    return tuple(dict.fromkeys(kept))


def _strongest(found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One fact of several that each suffice (in force somewhere): the one that is surest."""
    return tuple(sorted(found, key=lambda fact: list(Confidence).index(fact.confidence))[:1])

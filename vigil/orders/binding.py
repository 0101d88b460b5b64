"""From when an order binds, and until when it ends by consent only: asked of the law room.

Pure. Keeps no value of its own: where the law's data is silent, the order binds from its making
and nobody's consent is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigil.law.facts import Fact, Regime
from vigil.law.loading import law
from vigil.orders.kinds import Binding, home_of, kind_of


@dataclass(frozen=True, slots=True)
class Bound:
    """From when an order of a kind binds, and where that is written."""

    binding: Binding
    act: str
    provision: str


@dataclass(frozen=True, slots=True)
class Consent:
    """For how many months, from its making, an order ends only if both sides agree."""

    months: int
    act: str
    provision: str


def regime_of(instrument: str) -> Regime:
    """The regime under which an instrument exists. Raises: UnknownOrderKindError."""
    return Regime.PALADIN if kind_of(instrument).is_proposed else Regime.IN_FORCE


def said(instrument: str, what: str, *, on: date, jurisdiction: str | None = None) -> Fact | None:
    """What the law says of an instrument, for an order made on `on`.

    An order dated outside every span of the data (a draft under an Act since repealed) is told
    what the data says first. Raises: UnknownOrderKindError.
    """
    place = jurisdiction or home_of(instrument)
    facts = law(regime_of(instrument))
    found = facts.find(instrument, what, on=on, jurisdiction=place)
    return found or next(iter(facts.index.get((place, instrument, what), ())), None)


def bound_from(instrument: str, *, made_on: date, jurisdiction: str | None = None) -> Bound:
    """From when an order made on that day binds. Raises: UnknownOrderKindError."""
    fact = said(instrument, "binds_from", on=made_on, jurisdiction=jurisdiction)
    if fact is not None:
        return Bound(Binding(fact.text), fact.provision.act, fact.provision.cite)
    whats = ("may_be_made", "may_be_made_in", "never_in_force")
    found = (said(instrument, what, on=made_on, jurisdiction=jurisdiction) for what in whats)
    source = next((one for one in found if one is not None), None)
    return Bound(Binding.MAKING, source.provision.act if source else "", "")


def consent_of(instrument: str, *, made_on: date, jurisdiction: str | None = None) -> Consent:
    """How long its discharge needs both to agree; 0 months where the law says nothing."""
    fact = said(instrument, "discharge_consent_months", on=made_on, jurisdiction=jurisdiction)
    if fact is None:
        return Consent(0, "", "")
    return Consent(fact.number, fact.provision.act, fact.provision.cite)


def cited(fact: Fact | None) -> str:
    """A provision in brackets, to end a sentence with; nothing where there is none."""
    return f" ({fact.provision.act} {fact.provision.cite})" if fact else ""

"""Does an order of another country or nation bind here, and to which day?

A place is a nation of the United Kingdom (`EW`, `S`, `NI`) or a country by its two letters; `NI`
is Northern Ireland. Not checked: the grounds of refusal that need the papers (incomplete, no
offence, immunity, and the like), public policy, and irreconcilable judgments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigil.law.binding import check_in_force, check_known
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import Law, law
from vigil.law.months import corresponding_day_or_last_of_month
from vigil.law.vocabulary import COUNTRIES, JURISDICTIONS, MEASURES

# Every place outside the United Kingdom is seen from the Union's own instruments.
_ABROAD = "EU"


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whether it binds, as what, to which day (None: no end is known), and why it does not."""

    is_recognised: bool
    enforceable_as: str | None
    effect_last_day: date | None
    refusal_grounds: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Measure:
    """The order asked about, where it comes from and where it should bind."""

    measure: str
    origin: str
    destination: str
    on: date
    received_on: date
    certificate_issued_on: date | None = None
    last_day: date | None = None

    @property
    def place(self) -> str:
        """The jurisdiction whose law decides: the nation, or abroad."""
        return self.destination if self.destination in JURISDICTIONS else _ABROAD

    @property
    def is_within_the_kingdom(self) -> bool:
        """Whether both ends are nations of the United Kingdom."""
        return self.origin in JURISDICTIONS and self.destination in JURISDICTIONS

    @property
    def decisive_on(self) -> date:
        """The day that chooses the law: of the certificate, or else of the receipt."""
        return self.certificate_issued_on or self.received_on


def recognition(asked: Measure, regime: Regime | str = Regime.IN_FORCE) -> Recognition:
    """Whether the measure binds at its destination on `asked.on`.

    Raises:
        BadQuestionError: no such place, the same place twice, a day after `on`, no certificate.
        UnknownInstrumentError: the code is not known under the regime.
        NotInForceError: an order of a nation was not in force in the nation that it is from.
    """
    regime = Regime(regime)
    _check(asked)
    facts = law(regime)
    in_force: tuple[Fact, ...] = ()
    if asked.measure not in MEASURES:
        check_known(asked.measure, regime)
        if asked.origin not in JURISDICTIONS:
            raise BadQuestionError("expected from to be EW, S or NI for an order made there only")
        in_force = check_in_force(
            asked.measure, on=asked.on, jurisdiction=asked.origin, regime=regime
        )
    refusal, ground = _refusal(facts, asked)
    if refusal is None:
        return _recognised(facts, asked, (ground, *in_force))
    stands = _stands(facts, asked)
    if stands is not None:
        return _until(asked.last_day, asked.on, None, (stands,))
    return Recognition(False, None, None, (refusal,), Ground((ground,)))


@dataclass(frozen=True, slots=True)
class PossibleRefusals:
    """The grounds on which a court may refuse a measure from abroad, for a person to judge."""

    codes: tuple[str, ...]
    ground: Ground


def possible_refusals(measure: str, destination: str, on: date) -> PossibleRefusals:
    """On which grounds a European measure may be refused at its destination on a day.

    They need the papers, and a court: nothing here finds that one of them is met.

    Raises:
        BadQuestionError: no such measure or place.
        NotInForceError: the measure's instrument did not apply on that day.
    """
    if measure not in MEASURES:
        raise BadQuestionError(f"expected measure to be one of {', '.join(MEASURES)}")
    _check_place(destination)
    place = destination if destination in JURISDICTIONS else _ABROAD
    stated = law().find(measure, "refusal_grounds", on=on, jurisdiction=place)
    if stated is None:
        raise NotInForceError(
            f"expected {measure} applied in {destination} on {on.isoformat()}, found that it "
            "was not"
        )
    return PossibleRefusals(stated.codes, Ground((stated,)))


def _check_place(place: str) -> None:
    if place not in JURISDICTIONS and place not in COUNTRIES:
        raise BadQuestionError(
            "expected from and to as EW, S, NI or the two letters of another country"
        )


def _check(asked: Measure) -> None:
    for place in (asked.origin, asked.destination):
        _check_place(place)
    if asked.origin == asked.destination:
        raise BadQuestionError("expected from and to to be two places, found one")
    if asked.on < max(asked.received_on, asked.certificate_issued_on or date.min):
        raise BadQuestionError("expected received_on and certificate_issued_on not after on")
    if asked.measure == "CIVIL_606_2013" and asked.certificate_issued_on is None:
        raise BadQuestionError("expected certificate_issued_on, from which its effects are counted")


def _refusal(facts: Law, asked: Measure) -> tuple[str | None, Fact]:
    """Why it is refused (None: it is not), with the fact that says so."""
    sources = _find(facts, asked, "recognised_from")
    if asked.measure not in MEASURES:
        if sources is not None and asked.origin in sources.codes:
            return None, sources
        return "NO_INSTRUMENT", facts.get(
            "UK_ORDER", "not_recognised", on=asked.on, jurisdiction=asked.place
        )
    if sources is None or asked.is_within_the_kingdom:
        return "NO_INSTRUMENT", _find(facts, asked, "not_recognised") or _first(facts, asked)
    partners = _find(facts, asked, "taking_part") or sources
    takes_part = asked.place != _ABROAD or asked.destination in partners.codes
    if takes_part and asked.origin in sources.codes:
        return None, sources
    return "STATE_NOT_TAKING_PART", sources if takes_part else partners


def _first(facts: Law, asked: Measure) -> Fact:
    """The fact by which it would be recognised at all: it begins later, or is between States."""
    return facts.index[(asked.place, asked.measure, "recognised_from")][0]


def _find(facts: Law, asked: Measure, what: str) -> Fact | None:
    return facts.find(
        asked.measure, what, on=asked.on, jurisdiction=asked.place, made_on=asked.decisive_on
    )


def _recognised(facts: Law, asked: Measure, grounds: tuple[Fact, ...]) -> Recognition:
    months = _find(facts, asked, "effect_months")
    enforceable = _find(facts, asked, "enforceable_as")
    last_day = asked.last_day
    if months is not None:
        effects = corresponding_day_or_last_of_month(asked.decisive_on, months.number)
        last_day = min(effects, last_day or effects)
    found = tuple(fact for fact in (months, enforceable) if fact is not None)
    return _until(last_day, asked.on, enforceable, (*grounds, *found))


def _until(
    last_day: date | None, on: date, enforceable: Fact | None, grounds: tuple[Fact, ...]
) -> Recognition:
    """Recognised to its last day, which is a day of it; after that its effect has ended."""
    if last_day is not None and last_day < on:
        return Recognition(False, None, last_day, ("EFFECT_ENDED",), Ground(grounds))
    text = enforceable.text if enforceable else None
    return Recognition(True, text, last_day, (), Ground(grounds))


def _stands(facts: Law, asked: Measure) -> Fact | None:
    """The proposal by which it would stand across a European boundary, where it is switched on."""
    found = facts.find("CROSS_BORDER", "recognised_from", on=asked.on, jurisdiction=asked.place)
    if found is None or asked.is_within_the_kingdom:
        return None
    reaches = {asked.origin, asked.destination} <= set(found.codes)
    return found if reaches else None

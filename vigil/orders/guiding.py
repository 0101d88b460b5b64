"""Guided making: may it be asked for here, now, by us; on which test; with which terms?

Pure: the law room's facts for one instrument, and every refusal with its provision. Does not
weigh the evidence, nor ask whether the test is met: a court or an officer does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vigil.law.content import Content, content
from vigil.law.durations import NOT_ASKED, NotAsked
from vigil.law.errors import MissingLawError, NotInForceError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.validity import validity
from vigil.orders.kinds import Kind, home_of, kind_of
from vigil.orders.lawful import cited


class AgencyKind(StrEnum):
    """Who we are, in the eyes of the law on applications."""

    POLICE = "police"
    PROSECUTION = "prosecution"
    PARTNER = "partner"


# As whom an agency of a kind asks, where nothing else was said. A partner is nobody by itself:
# the specified persons of a statute are persons, and others need leave.
_ASKS_AS = {AgencyKind.POLICE: "police", AgencyKind.PROSECUTION: "prosecution"}
_TOLD = (
    "who_may_ask",
    "who_decides",
    "test",
    "standard",
    "duration_text",
    "service_text",
    "interim_text",
    "variation",
    "renewal",
    "discharge",
    "appeal",
    "territorial_effect",
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why it may not be asked for: a code, a sentence, and where it is written."""

    code: str
    message: str
    provisions: str


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the law says of the instrument, in plain words, with its provision."""

    what: str
    text: str
    provision: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What whoever makes an order of this kind has to know, on that day and there.

    `may` is whether nothing that was asked stands against it; `content` None where the law's
    data does not say what it may hold. `interim` and `leads_to` are instruments, or None.
    """

    instrument: str
    kind: Kind
    on: date
    jurisdiction: str
    regime: Regime
    is_proposed: bool
    may: bool
    refusals: tuple[Refusal, ...]
    told: tuple[Told, ...]
    content: Content | None
    interim: str | None
    leads_to: str | None
    ground: Ground | None

    def says(self, what: str) -> Told | None:
        """What the law says of one thing (`test`, `standard`, ...), or None."""
        return next((one for one in self.told if one.what == what), None)


def guide(
    instrument: str,
    *,
    on: date,
    jurisdiction: str | None = None,
    area: str | None = None,
    agency_kind: AgencyKind | str = AgencyKind.POLICE,
    issuer_rank: str | None = None,
    subject_age: int | None = None,
    applicant: str | None = None,
    regime: Regime | str = Regime.IN_FORCE,
    last_day: date | NotAsked | None = NOT_ASKED,
) -> Guide:
    """May it be asked for here, on that day, by us, and what must be known to do so.

    What is absent is not asked; `applicant` absent is the agency itself. Under the law in force
    a proposed instrument is refused, and still told of, as proposed.

    Raises: UnknownOrderKindError.
    """
    kind = kind_of(instrument)
    place = jurisdiction or home_of(instrument)
    asked = Regime(regime)
    own = Regime.PALADIN if kind.is_proposed else asked
    refusals: list[Refusal] = []
    if kind.is_proposed and asked is not Regime.PALADIN:
        refusals.append(
            Refusal(
                "proposed",
                "It is proposed and not law; only an agency that runs the proposals may try it.",
                _first(own, instrument, "may_be_made", on, place),
            )
        )
    found = validity(
        instrument,
        on,
        own,
        last_day=NOT_ASKED if kind.is_notice else last_day,
        issuer_rank=issuer_rank,
        applicant=applicant or _ASKS_AS.get(AgencyKind(agency_kind)),
        subject_age=subject_age,
        area=area,
        jurisdiction=place,
    )
    refusals += [Refusal(p.code, p.message, cited(found.ground)) for p in found.problems]
    if applicant is None and AgencyKind(agency_kind) is AgencyKind.PARTNER:
        refusals.append(
            Refusal(
                "applicant_not_allowed",
                "An agency that is neither police nor prosecution asks for no order by itself; "
                "say as whom it would ask.",
                _first(own, instrument, "applicants", on, place),
            )
        )
    return Guide(
        instrument,
        kind,
        on,
        place,
        asked,
        kind.is_proposed,
        not refusals,
        tuple(refusals),
        tuple(_told(own, instrument, on, place)),
        _content(own, instrument, on, place),
        _code(own, instrument, "interim_instrument", on, place),
        _code(own, instrument, "leads_to", on, place),
        found.ground,
    )


def _find(regime: Regime, instrument: str, what: str, on: date, place: str) -> Fact | None:
    return law(regime).find(instrument, what, on=on, jurisdiction=place)


def _told(regime: Regime, instrument: str, on: date, place: str) -> list[Told]:
    facts = [(what, _find(regime, instrument, what, on, place)) for what in _TOLD]
    return [
        Told(
            what,
            fact.text,
            f"{fact.provision.act}, {fact.provision.cite}",
            fact.confidence.value,
        )
        for what, fact in facts
        if fact is not None
    ]


def _content(regime: Regime, instrument: str, on: date, place: str) -> Content | None:
    try:
        return content(instrument, on, regime, jurisdiction=place)
    except (NotInForceError, MissingLawError):
        return None


def _code(regime: Regime, instrument: str, what: str, on: date, place: str) -> str | None:
    fact = _find(regime, instrument, what, on, place)
    return fact.text if fact else None


def _first(regime: Regime, instrument: str, what: str, on: date, place: str) -> str:
    fact = _find(regime, instrument, what, on, place)
    return f"{fact.provision.act}, {fact.provision.cite}" if fact else ""

"""The words of an order: what happens to it, how it is served, what each kind has of its own.

Names and ways, no values that a statute sets for making an order: those are in the law room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vigil.orders.errors import UnknownOrderKindError


class EventKind(StrEnum):
    """What happens to an order. Expiry is no event: it follows from the last day."""

    MADE = "made"
    NOTICE_ISSUED = "notice_issued"
    SERVED = "served"
    DISCHARGED = "discharged"
    REPLACED = "replaced"


class Status(StrEnum):
    """Where an order stands at an instant, in the order in which an order can pass them."""

    DRAFTED = "drafted"
    NOT_SERVED = "not_served"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    DISCHARGED = "discharged"
    REPLACED = "replaced"


class Binding(StrEnum):
    """From when an order binds."""

    MAKING = "making"
    SERVICE = "service"


class Ending(StrEnum):
    """How an order may end before its last day."""

    COURT_ORDER = "court_order"
    APPLICATION_DETERMINED = "application_determined"
    APPLICATION_WITHDRAWN = "application_withdrawn"


class How(StrEnum):
    """How an order was served."""

    PERSONAL = "personal"
    POST = "post"
    LEFT_AT_ADDRESS = "left_at_address"
    LEGAL_REPRESENTATIVE = "legal_representative"


class Where(StrEnum):
    """The kind of place at which an order was served; never an address."""

    HOME = "home"
    POLICE_STATION = "police_station"
    COURT = "court"
    CUSTODY = "custody"
    HOSPITAL = "hospital"
    STREET = "street"
    OTHER = "other"


class Proof(StrEnum):
    """What proves the service."""

    STATEMENT = "statement_of_service"
    VIDEO = "body_worn_video"
    COURT_RECORD = "court_record"
    CERTIFICATE = "certificate_of_posting"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is peculiar to one instrument here. The law's own values stay in the law room."""

    prefix: str
    title: str
    binding: Binding
    binding_act: str
    binding_provision: str
    is_notice: bool
    ways_served: frozenset[How]
    endings: frozenset[Ending]
    end_needs_consent_for_months: int = 0
    consent_provision: str = ""


_SPA = "Stalking Protection Act 2019"
_CSA = "Crime and Security Act 2010"
_BY_COURT = frozenset({Ending.COURT_ORDER})
_OF_APPLICATION = frozenset({Ending.APPLICATION_DETERMINED, Ending.APPLICATION_WITHDRAWN})
KINDS: Mapping[str, Kind] = {
    "STALK_PO": Kind(
        "SPO",
        "Stalking protection order",
        Binding.MAKING,
        _SPA,
        "s. 3",
        False,
        frozenset(How),
        _BY_COURT,
        # No discharge in the first two years unless he and the police both consent.
        24,
        "s. 4",
    ),
    "STALK_PO_I": Kind(
        "SPOI",
        "Interim stalking protection order",
        Binding.MAKING,
        _SPA,
        "s. 5",
        False,
        frozenset(How),
        _BY_COURT | _OF_APPLICATION,
    ),
    "DVPN": Kind(
        "DVPN",
        "Domestic violence protection notice",
        Binding.SERVICE,
        _CSA,
        "s. 25",
        True,
        # "served on P personally by a constable"
        frozenset({How.PERSONAL}),
        _OF_APPLICATION,
    ),
    "DVPO": Kind(
        "DVPO",
        "Domestic violence protection order",
        Binding.MAKING,
        _CSA,
        "s. 28",
        False,
        frozenset(How),
        _BY_COURT,
    ),
}


def kind_of(instrument: str) -> Kind:
    """What is peculiar to that instrument. Raises: UnknownOrderKindError."""
    if instrument not in KINDS:
        raise UnknownOrderKindError(
            f"expected one of {', '.join(KINDS)}, found {instrument!r}; "
            "other orders cannot be made here yet"
        )
    return KINDS[instrument]

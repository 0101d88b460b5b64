"""The words of an order: what happens to it, how it is served, what each kind has of its own.

Names and ways only. What a statute sets (who may make it, from when it binds, what it may
hold, for how long, when it may end) is in the law room and asked there: see `binding`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vigil.law.vocabulary import INSTRUMENTS, PROPOSED_INSTRUMENTS
from vigil.orders.errors import UnknownOrderKindError


class EventKind(StrEnum):
    """What happens to an order, in the order of its life. Expiry is no event: it follows from
    the last day."""

    DRAFTED = "drafted"
    AUTHORISED = "authorised"
    APPLIED = "applied"
    HEARING_LISTED = "hearing_listed"
    ADJOURNED = "adjourned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOTICE_ISSUED = "notice_issued"
    MADE = "made"
    SERVED = "served"
    KNOWN = "known"
    VARIED = "varied"
    EXTENDED = "extended"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    DISCHARGED = "discharged"
    QUASHED = "quashed"
    REPLACED = "replaced"


# By which an order begins to be: a court makes an order, an officer issues a notice.
MAKINGS = frozenset({EventKind.MADE, EventKind.NOTICE_ISSUED})
# What a court may do to an order that it made, and that leaves the order in being.
CHANGES = frozenset(
    {
        EventKind.VARIED,
        EventKind.EXTENDED,
        EventKind.RENEWED,
        EventKind.SUSPENDED,
        EventKind.RESUMED,
    }
)
# Of these, what sets terms: two at one instant would be two answers to one question.
TERM_CHANGES = frozenset({EventKind.VARIED, EventKind.EXTENDED, EventKind.RENEWED})
ENDINGS = frozenset({EventKind.DISCHARGED, EventKind.QUASHED, EventKind.REPLACED})
# How an application ends without an order.
FAILURES = frozenset({EventKind.REFUSED, EventKind.WITHDRAWN})


class Status(StrEnum):
    """Where an order stands at an instant, in the order in which an order can pass them."""

    DRAFTED = "drafted"
    AUTHORISED = "authorised"
    APPLIED = "applied"
    LISTED = "listed"
    NOT_SERVED = "not_served"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISCHARGED = "discharged"
    QUASHED = "quashed"
    REPLACED = "replaced"


# Not made yet, and still may be.
PENDING = frozenset({Status.DRAFTED, Status.AUTHORISED, Status.APPLIED, Status.LISTED})
# Made, and at its end.
OVER = frozenset({Status.EXPIRED, Status.DISCHARGED, Status.QUASHED, Status.REPLACED})


class Binding(StrEnum):
    """From when an order binds, as the law room says it."""

    MAKING = "making"
    SERVICE = "service"
    SERVICE_OR_KNOWLEDGE = "service_or_knowledge"


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


class Knowledge(StrEnum):
    """How the respondent came to know of an order that was not served on him."""

    IN_COURT = "told_in_court"
    BY_OFFICER = "told_by_an_officer"
    BY_LETTER = "told_by_letter"
    ACKNOWLEDGED = "acknowledged_it"
    OTHER = "otherwise"


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


class LinkKind(StrEnum):
    """What one order is to another, read from the first to the second."""

    INTERIM_OF = "interim_of"
    FOLLOWS_NOTICE = "follows_notice"
    SAME_APPLICATION = "same_application"
    BREACH_OF = "breach_of"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is peculiar to one instrument here: its number, its title, its ways."""

    prefix: str
    title: str
    is_notice: bool
    ways_served: frozenset[How]
    endings: frozenset[Ending]
    changes: frozenset[EventKind]
    is_proposed: bool = False


_BY_COURT = frozenset({Ending.COURT_ORDER})
_OF_APPLICATION = frozenset({Ending.APPLICATION_DETERMINED, Ending.APPLICATION_WITHDRAWN})
_TITLES = {**INSTRUMENTS, **PROPOSED_INSTRUMENTS}
_NOTHING = frozenset[EventKind]()
_PAUSES = frozenset({EventKind.SUSPENDED, EventKind.RESUMED})


def _notice(code: str, prefix: str) -> tuple[str, Kind]:
    """A notice: served in person by a constable; it ends with the application that follows."""
    personal = frozenset({How.PERSONAL})
    return code, Kind(prefix, _TITLES[code], True, personal, _OF_APPLICATION, _NOTHING)


def _order(
    code: str,
    prefix: str,
    changes: frozenset[EventKind] = TERM_CHANGES,
    *,
    is_interim: bool = False,
) -> tuple[str, Kind]:
    endings = _BY_COURT | _OF_APPLICATION if is_interim else _BY_COURT
    is_proposed = code in PROPOSED_INSTRUMENTS
    return code, Kind(
        prefix, _TITLES[code], False, frozenset(How), endings, changes | _PAUSES, is_proposed
    )


_VARY_OR_EXTEND = frozenset({EventKind.VARIED, EventKind.EXTENDED})
KINDS: Mapping[str, Kind] = dict(
    [
        _order("STALK_PO", "SPO"),
        _order("STALK_PO_I", "SPOI", is_interim=True),
        _notice("DVPN", "DVPN"),
        # The Act gives no power to vary or renew: 14 to 28 days, and then another application.
        _order("DVPO", "DVPO", _NOTHING),
        _notice("DAPN", "DAPN"),
        _order("DAPO", "DAPO", _VARY_OR_EXTEND),
        _order("RO_CONV", "RO", _VARY_OR_EXTEND),
        _order("RO_ACQ", "ROA", _VARY_OR_EXTEND),
        _order("NMO", "NMO", _VARY_OR_EXTEND),
        _order("OCC_O", "OCC"),
        _order("SHPO", "SHPO"),
        _order("SHPO_I", "SHPOI", is_interim=True),
        _order("SRO", "SRO"),
        _order("SRO_I", "SROI", is_interim=True),
        _order("VOO", "VOO"),
        _order("VOO_I", "VOOI", is_interim=True),
        _order("CBO", "CBO", _VARY_OR_EXTEND),
        _order("CBO_I", "CBOI", _VARY_OR_EXTEND, is_interim=True),
        _order("NI_STALK_PO", "NISPO"),
        _notice("NI_DVPN", "NIDVPN"),
        _order("NI_DVPO", "NIDVPO", _NOTHING),
        _notice("NI_DAPN", "NIDAPN"),
        _order("NI_DAPO", "NIDAPO", _VARY_OR_EXTEND),
        _order("S_NHO_CRIM", "NHO", _VARY_OR_EXTEND),
        _order("S_NHO_CIV", "NHOC", _VARY_OR_EXTEND),
        _notice("S_DAPN", "SDAPN"),
        _order("S_DAPO", "SDAPO", _VARY_OR_EXTEND),
        _order("ROSHO", "ROSHO"),
        _order("SERIAL_PO", "SERPO"),
        _order("RISK_OF_HARM_O", "RHO"),
    ]
)


def kind_of(instrument: str) -> Kind:
    """What is peculiar to that instrument. Raises: UnknownOrderKindError."""
    if instrument not in KINDS:
        raise UnknownOrderKindError(
            f"expected one of {', '.join(KINDS)}, found {instrument!r}; see the list of instruments"
        )
    return KINDS[instrument]


def home_of(instrument: str) -> str:
    """The jurisdiction in which that instrument is made."""
    return next((code for code in ("NI", "S") if instrument.startswith(f"{code}_")), "EW")

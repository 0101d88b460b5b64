"""What is known of one person, as far as his duties follow from it; and what is told back.

Plain values, every instant aware, every day a day in London. Refuses nothing: whoever writes
a fact down has checked it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from vigil.custody.rules import Stay
from vigil.law.facts import AuthorityAnswer
from vigil.monitoring.rules import DutyEventKind, DutyKind

SOA_PART_2, REGISTER = "SOA_PART_2", "REGISTER"


class What(StrEnum):
    """What somebody tells, as the contract of the scenario names it."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    RELEASE = "release"
    NAME = "name"
    ADDRESS = "address"
    HOME_LOST = "home_lost"
    TRAVEL = "travel"


# What happens in his life on a day, and is told or found out afterwards.
CHANGES = frozenset({What.NAME, What.ADDRESS, What.HOME_LOST})


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of an order as it was set at an instant; None: until further order."""

    at: datetime
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One order that was made against him. `last_days` begin with the one of the making."""

    ref: str
    instrument: str
    made_at: datetime
    jurisdiction: str = "EW"
    served_at: datetime | None = None
    last_days: tuple[LastDay, ...] = ()
    ended_at: datetime | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """One registration that lays duties on him. `ref` is the record's own, never shown.

    `months` or `days` is the length of a disposal that has one; `age` his on `relevant_on`.
    `ended_at`: he was taken off before the period was over.
    """

    ref: str
    framework: str
    began_at: datetime
    relevant_on: date
    disposal: str
    age: int
    months: int | None = None
    days: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that he told the police himself, as the law asks. `changed_on` of a change.

    `no_fixed_abode` None: he did not say.
    """

    what: What
    at: datetime
    changed_on: date | None = None
    no_fixed_abode: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A change that somebody learnt of without his telling."""

    what: What
    at: datetime
    changed_on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one person. The order of each list says nothing."""

    orders: tuple[OrderFacts, ...] = ()
    registrations: tuple[RegistrationFacts, ...] = ()
    stays: tuple[Stay, ...] = ()
    tellings: tuple[Telling, ...] = ()
    findings: tuple[Finding, ...] = ()

    def until(self, at: datetime) -> Facts:
        """These facts without what had not happened by `at`."""
        return Facts(
            tuple(_order_until(one, at) for one in self.orders if one.made_at <= at),
            tuple(
                replace(one, ended_at=_past(one.ended_at, at))
                for one in self.registrations
                if one.began_at <= at
            ),
            tuple(replace(s, out_at=_past(s.out_at, at)) for s in self.stays if s.in_at <= at),
            tuple(one for one in self.tellings if one.at <= at),
            tuple(one for one in self.findings if one.at <= at),
        )


def _past(instant: datetime | None, at: datetime) -> datetime | None:
    return instant if instant is not None and instant <= at else None


def _order_until(order: OrderFacts, at: datetime) -> OrderFacts:
    return replace(
        order,
        served_at=_past(order.served_at, at),
        ended_at=_past(order.ended_at, at),
        last_days=tuple(one for one in order.last_days if one.at <= at),
    )


@dataclass(frozen=True, slots=True)
class LineEvent:
    """Something became so at `at`; `due_on` as it was then, None while it cannot be known."""

    kind: DutyEventKind
    at: datetime
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty with what became of it. `order` None: it follows from a registration.

    `due_on` and `lapses_at` as they stand after the last event: None while the clock stands.
    """

    key: str
    source: str
    order: str | None
    kind: DutyKind
    began_on: date
    due_on: date | None
    lapses_at: datetime | None
    changed_on: date | None
    items: tuple[str, ...]
    offence: str | None
    authority: tuple[AuthorityAnswer, ...]
    confidence: str
    events: tuple[LineEvent, ...]

    @property
    def is_open(self) -> bool:
        """Whether it still waits: neither met, late nor over."""
        return not any(event.kind in SETTLED for event in self.events)


SETTLED = frozenset({DutyEventKind.MET, DutyEventKind.LAPSED, DutyEventKind.ENDED})


class MilestoneKind(StrEnum):
    """What becomes so of an order or a registration by itself, or by its making."""

    ORDER_IN_FORCE = "order_in_force"
    ORDER_EXPIRING = "order_expiring"
    ORDER_EXPIRED = "order_expired"
    REGISTRATION_BEGAN = "registration_began"
    REGISTRATION_ENDED = "registration_ended"
    REVIEW_DUE = "review_due"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One such thing. `source` is the order or the registration; `order` None of the latter."""

    kind: MilestoneKind
    at: datetime
    source: str
    order: str | None
    authority: tuple[AuthorityAnswer, ...]
    days_left: int | None = None

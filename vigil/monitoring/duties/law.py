"""What the law room says of a duty, a period and an order, in the shape that the lines take.

Keeps no number of days and no code of an offence. Answers are remembered: the law of a day
does not change while a process runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from vigil.law.duties import periodic_after_absence
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import AuthorityAnswer, Regime
from vigil.law.notification import notification_duty
from vigil.law.period import NotificationPeriod, Term, notification_period
from vigil.law.register import register_framework
from vigil.monitoring.duties.facts import REGISTER, SOA_PART_2, RegistrationFacts
from vigil.monitoring.rules import DutyKind
from vigil.orders.binding import regime_of, said

Authority = tuple[AuthorityAnswer, ...]
PERIODIC = frozenset({DutyKind.PERIODIC, DutyKind.PERIODIC_WEEKLY})
# What the law room calls the event that lays a duty on him. Release is a change of s. 84(1).
_EVENTS = {
    DutyKind.RELEASE: "address_changed",
    DutyKind.NAME: "name_changed",
    DutyKind.ADDRESS: "address_changed",
    DutyKind.HOME_LOST: "home_lost",
    DutyKind.PERIODIC: "periodic",
    DutyKind.PERIODIC_WEEKLY: "periodic",
}
# By which of these an order's first notification begins, where the law gives one.
BEGINNINGS = ("made", "served")


@dataclass(frozen=True, slots=True)
class Owed:
    """What he must tell, the last day, which offence it is if he does not, and by which law."""

    last_day: date
    items: tuple[str, ...]
    offence: str | None
    authority: Authority
    confidence: str


@cache
def first_event(instrument: str, on: date, jurisdiction: str) -> str | None:
    """The event that begins the first notification under an order: made, served or none."""
    found = (e for e in BEGINNINGS if _asked(instrument, e, on, jurisdiction, False) is not None)
    return next(found, None)


def owed(
    instrument: str, kind: DutyKind, on: date, jurisdiction: str, *, is_registration: bool
) -> Owed | None:
    """The duty that begins on a day under an instrument or a framework; None: the law has none."""
    event = _EVENTS.get(kind)
    if event is None:
        event = "relevant_date" if is_registration else first_event(instrument, on, jurisdiction)
    if event is None:
        return None
    return _asked(instrument, event, on, jurisdiction, kind is DutyKind.PERIODIC_WEEKLY)


@cache
def _asked(
    instrument: str, event: str, on: date, jurisdiction: str, no_fixed_abode: bool
) -> Owed | None:
    try:
        found = notification_duty(
            instrument,
            event,
            on,
            regime_for(instrument),
            no_fixed_abode=no_fixed_abode,
            jurisdiction=jurisdiction,
        )
    except NotInForceError:
        return None
    if found.last_day is None:
        return None
    return Owed(
        found.last_day,
        found.items,
        found.offence,
        tuple(one.answer() for one in found.ground.authority),
        found.ground.confidence.value,
    )


def regime_for(instrument: str) -> Regime:
    """Under which regime an instrument or a framework is asked about."""
    if instrument == REGISTER:
        return Regime.PALADIN
    return Regime.IN_FORCE if instrument == SOA_PART_2 else regime_of(instrument)


@cache
def resumed_due(due_on: date, in_on: date, out_on: date, jurisdiction: str) -> date:
    """The last day of a yearly or weekly notice that would have ended in custody."""
    return periodic_after_absence(due_on, in_on, out_on, jurisdiction=jurisdiction).last_day


@cache
def period_of(one: RegistrationFacts, notified_on: date | None = None) -> NotificationPeriod | None:
    """The period of a registration; from `notified_on` the review of an indefinite one.

    None where the law cannot say it of these facts: then no end is known.
    """
    term = Term(one.months, one.days)
    try:
        return notification_period(
            one.disposal, one.relevant_on, age=one.age, term=term, notified_on=notified_on
        )
    except (BadQuestionError, NotInForceError):
        return None


def authority_of_framework(framework: str, on: date) -> Authority:
    """On what a registration rests: the framework's own first duty."""
    if framework == REGISTER:
        ground = register_framework(Regime.PALADIN, on).ground
        return tuple(one.answer() for one in ground.authority)
    found = _asked(framework, "relevant_date", on, "EW", False)
    return found.authority if found else ()


@cache
def authority_of_order(instrument: str, on: date, jurisdiction: str) -> Authority:
    """On what an order rests: from when it binds, else where it says that it can be made."""
    sought = (said(instrument, what, on=on, jurisdiction=jurisdiction) for what in _OF_AN_ORDER)
    return tuple(fact.provision.answer() for fact in sought if fact is not None)[:1]


_OF_AN_ORDER = ("binds_from", "may_be_made", "may_be_made_in", "never_in_force")

"""By when must the subject notify the police, and what?

Dates only: the last day counts whole. Custody, hospital and time abroad, which can put a duty
off, are not asked here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vigil.law.binding import check_in_force, check_known, reach
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.months import corresponding_day_or_last_of_month
from vigil.law.vocabulary import EVENTS


@dataclass(frozen=True, slots=True)
class NotificationDuty:
    """The last day on which to notify, the items, and the offence of not doing so.

    `last_day` None and no items: the event starts no duty under that instrument. `offence` None:
    the national list of offence codes gives none.
    """

    last_day: date | None
    items: tuple[str, ...]
    offence: str | None
    ground: Ground


def notification_duty(
    instrument: str,
    event: str,
    on: date,
    regime: Regime | str = Regime.IN_FORCE,
    *,
    no_fixed_abode: bool = False,
    made_on: date | None = None,
    jurisdiction: str = "EW",
) -> NotificationDuty:
    """What the subject must notify because of an event on `on`, and by when.

    `periodic` is the duty to notify again after the last notification, on `on`.

    Raises:
        BadQuestionError: no such event.
        UnknownInstrumentError: the code is not known under the regime.
        NotInForceError: it did not bind on that day, or could not be made on `made_on`.
    """
    if event not in EVENTS:
        raise BadQuestionError(f"expected event to be one of {', '.join(EVENTS)}, found another")
    regime = Regime(regime)
    check_known(instrument, regime, frameworks=True)
    facts = law(regime)
    home, reached = reach(facts, instrument, "notification", on=on, jurisdiction=jurisdiction)
    in_force = check_in_force(instrument, on=on, jurisdiction=home, regime=regime, made_on=made_on)
    grounds = (*reached, *in_force)

    def find(what: str) -> Fact | None:
        return facts.find(instrument, what, on=on, jurisdiction=jurisdiction, made_on=made_on)

    def get(what: str) -> Fact:
        return facts.get(instrument, what, on=on, jurisdiction=jurisdiction, made_on=made_on)

    items = find(f"notify_{event}")
    if items is None:
        return NotificationDuty(None, (), None, Ground((get("notification"), *grounds)))
    offence = find(f"notify_{event}_offence")
    if event == "periodic":
        reckoned = find("periodic_no_fixed_abode_days") if no_fixed_abode else None
        reckoned = reckoned or get("periodic_months")
        last_day = _after(on, reckoned)
    else:
        reckoned = get("notify_within_days")
        last_day = on + timedelta(days=reckoned.number - 1)
    return NotificationDuty(
        last_day=last_day,
        items=items.codes,
        offence=offence.text if offence else None,
        ground=Ground((items, reckoned, *((offence,) if offence else ()), *grounds)),
    )


def _after(on: date, reckoned: Fact) -> date:
    """'After' leaves the day out: the same number later (29 February: the 28th), or D + 7."""
    if reckoned.what == "periodic_months":
        return corresponding_day_or_last_of_month(on, reckoned.number)
    return on + timedelta(days=reckoned.number)

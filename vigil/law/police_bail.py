"""When does bail before a charge end, and by when is he before a court after one?

Two clocks of days. The bail start date is the day after the arrest. The first court rolls forward
past days on which none may be fixed: the one clock of days that does not stand still. Not
checked: whether the conditions of an extension are met, or when a court in fact sits.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vigil.law.calendars import calendar
from vigil.law.errors import NotInForceError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law
from vigil.law.months import last_day_of_period


class BailStep(StrEnum):
    """How far bail has been extended, and by whom."""

    INITIAL = "initial"
    INITIAL_NON_STANDARD = "initial_non_standard"
    INSPECTOR = "inspector"
    SUPERINTENDENT = "superintendent"
    NON_STANDARD = "non_standard"
    DESIGNATED = "designated"
    COURT = "court"
    COURT_COMPLEX = "court_complex"
    COURT_DESIGNATED = "court_designated"
    COURT_DESIGNATED_COMPLEX = "court_designated_complex"


@dataclass(frozen=True, slots=True)
class BailPeriod:
    """The bail period: its start date, its last day, and who may let it run so long."""

    start_on: date
    last_day: date
    who_decides: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class FirstCourt:
    """The last day of the first court; `is_rolled`: days were passed on which none is fixed."""

    last_day: date
    is_rolled: bool
    ground: Ground


def bail_period(
    arrested_on: date, step: BailStep = BailStep.INITIAL, *, jurisdiction: str = "EW"
) -> BailPeriod:
    """The bail period of a person arrested on a day, as far as it was extended.

    Raises:
        NotInForceError: the arrest is before 2022-10-28, or in another nation.

    Source: Police and Criminal Evidence Act 1984 ss. 47ZB-47ZF,
    https://www.legislation.gov.uk/ukpga/1984/60/section/47ZB
    """
    of = f"BAIL_{BailStep(step).upper()}"
    months = _get(of, "bail_months", arrested_on, jurisdiction)
    who = _get(of, "who_decides", arrested_on, jurisdiction)
    start_on = arrested_on + timedelta(days=1)
    last_day = last_day_of_period(start_on, months.number)
    return BailPeriod(start_on, last_day, who.text, Ground((months,)))


def first_court(
    relevant_on: date, *, sittings: Collection[date] = (), jurisdiction: str = "EW"
) -> FirstCourt:
    """The last day on which a person who is kept after the charge comes before a court.

    `relevant_on`: the day of the charge, or of his arrival in the area of the court. `sittings`:
    the days on which a court is due to sit; where one is that day or the next, the first of them
    decides.

    Raises:
        CalendarExhaustedError: a day past the calendar has to be known.
        NotInForceError: the day is before the law that the data holds, or in another nation.

    Source: Police and Criminal Evidence Act 1984 s. 46(2)-(8),
    https://www.legislation.gov.uk/ukpga/1984/60/section/46
    """
    days = _get("CHARGE_TO_COURT", "court_days", relevant_on, jurisdiction)
    excluded = _get("CHARGE_TO_COURT", "excluded_days", relevant_on, jurisdiction)
    fixed_on = relevant_on + timedelta(days=days.number)
    due = [day for day in sorted(sittings) if relevant_on <= day <= fixed_on]
    if due:
        return FirstCourt(due[0], False, Ground((days,)))
    known, last_day = calendar(jurisdiction), fixed_on
    known.check_knows(last_day, excluded.codes)
    while known.is_named(last_day, excluded.codes):
        last_day += timedelta(days=1)
        known.check_knows(last_day, excluded.codes)
    return FirstCourt(last_day, last_day != fixed_on, Ground((days, excluded)))


def _get(of: str, what: str, on: date, jurisdiction: str) -> Fact:
    found = law().find(of, what, on=on, jurisdiction=jurisdiction)
    if found is None:
        raise NotInForceError(
            f"expected {of} in force in {jurisdiction} on {on.isoformat()}, found that it was not"
        )
    return found

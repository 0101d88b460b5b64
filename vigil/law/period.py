"""For how long is a person subject to the notification requirements, by the disposal?

One disposal at a time: consecutive and concurrent terms are added up before (s. 82(3)-(4)).
Custody, which can put notification off, is not asked. Nothing here is a decision of a court.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vigil.law.binding import check_in_force
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.months import last_day_of_period
from vigil.law.vocabulary import DISPOSALS

# Disposals whose row of the table depends on their length.
WITH_TERM = ("imprisonment", "conditional_discharge")


@dataclass(frozen=True, slots=True)
class Term:
    """The length of a sentence or discharge: in months or in days, never both."""

    months: int | None = None
    days: int | None = None

    def last_day(self, first_day: date) -> date:
        """The last day of the term, counted from its first."""
        if self.months is not None:
            return last_day_of_period(first_day, self.months)
        if self.days is not None:
            return first_day + timedelta(days=self.days - 1)
        raise BadQuestionError("expected days or months for this disposal, found neither")


@dataclass(frozen=True, slots=True)
class NotificationPeriod:
    """How long the requirements last.

    `months` None and `days` None: indefinite, with `review_from_on`, the first day on which a
    review may be asked for. `last_day` is the last day of a fixed period, and counts whole.
    """

    is_indefinite: bool
    months: int | None
    days: int | None
    last_day: date | None
    review_from_on: date | None
    ground: Ground


def notification_period(
    disposal: str,
    relevant_on: date,
    *,
    age: int,
    term: Term | None = None,
    notified_on: date | None = None,
    jurisdiction: str = "EW",
) -> NotificationPeriod:
    """The period for a disposal, for a person of `age` on the relevant date.

    Raises:
        BadQuestionError: no such disposal, or a term is needed and absent.
        NotInForceError: the relevant date is before the framework.

    Source: Sexual Offences Act 2003 s. 82, https://www.legislation.gov.uk/ukpga/2003/42/section/82
    """
    if disposal not in DISPOSALS:
        raise BadQuestionError(
            f"expected disposal to be one of {', '.join(DISPOSALS)}, found another"
        )
    if disposal in WITH_TERM:
        (term or Term()).last_day(relevant_on)  # refuses a term that is absent, before all else
    check_in_force("SOA_PART_2", on=relevant_on, jurisdiction="EW", regime=Regime.IN_FORCE)
    asked = _Asked(disposal, relevant_on, age, term or Term(), jurisdiction)
    row = asked.row()
    if asked.find(row, "indefinite") is not None:
        return _indefinite(asked, row, notified_on or relevant_on)
    if asked.find(row, "as_long_as_disposal") is not None:
        return _as_long_as_disposal(asked, row)
    return _fixed(asked, row)


@dataclass(frozen=True, slots=True)
class _Asked:
    disposal: str
    relevant_on: date
    age: int
    term: Term
    jurisdiction: str

    def find(self, subject: str, what: str, on: date | None = None) -> Fact | None:
        return law().find(
            f"PERIOD_{subject}",
            what,
            on=on or self.relevant_on,
            jurisdiction=self.jurisdiction,
        )

    def get(self, subject: str, what: str, on: date | None = None) -> Fact:
        return law().get(
            f"PERIOD_{subject}",
            what,
            on=on or self.relevant_on,
            jurisdiction=self.jurisdiction,
        )

    def row(self) -> str:
        """The row of the table: of imprisonment, by the length of the term."""
        if self.disposal != "imprisonment":
            return self.disposal.upper()
        last_day = self.term.last_day(self.relevant_on)
        short = self.get("IMPRISONMENT_SHORT", "term_at_most_months")
        long = self.get("IMPRISONMENT_LONG", "term_at_least_months")
        if last_day <= last_day_of_period(self.relevant_on, short.number):
            return "IMPRISONMENT_SHORT"
        if last_day >= last_day_of_period(self.relevant_on, long.number):
            return "IMPRISONMENT_LONG"
        return "IMPRISONMENT_MIDDLE"


def _indefinite(asked: _Asked, row: str, notified_on: date) -> NotificationPeriod:
    halving = asked.get("UNDER_18", "halved_under")
    name = "review_years_under_18" if asked.age < halving.number else "review_years"
    began_on = _reviews_began_on(asked)
    in_law_on = max(notified_on, began_on)
    review = asked.get("REVIEW", name, on=in_law_on)
    count = asked.find("REVIEW_COUNT", "rule", on=in_law_on)
    doubts = (count,) if count is not None and notified_on != asked.relevant_on else ()
    first_day = last_day_of_period(notified_on, 12 * review.number) + timedelta(days=1)
    return NotificationPeriod(
        is_indefinite=True,
        months=None,
        days=None,
        last_day=None,
        review_from_on=max(first_day, began_on),
        ground=Ground((asked.get(row, "indefinite"), review, *doubts)),
    )


def _reviews_began_on(asked: _Asked) -> date:
    """The day on which reviews began in a nation, for those who had notified before it as well."""
    facts = law().index[(asked.jurisdiction, "PERIOD_REVIEW", "review_years")]
    return min(fact.first_day for fact in facts)


def _as_long_as_disposal(asked: _Asked, row: str) -> NotificationPeriod:
    return NotificationPeriod(
        is_indefinite=False,
        months=asked.term.months,
        days=asked.term.days,
        last_day=asked.term.last_day(asked.relevant_on),
        review_from_on=None,
        ground=Ground((asked.get(row, "as_long_as_disposal"),)),
    )


def _fixed(asked: _Asked, row: str) -> NotificationPeriod:
    period = asked.get(row, "period_months")
    halving = asked.get("UNDER_18", "halved_under")
    is_halved = asked.age < halving.number
    months = period.number // 2 if is_halved else period.number
    return NotificationPeriod(
        is_indefinite=False,
        months=months,
        days=None,
        last_day=last_day_of_period(asked.relevant_on, months),
        review_from_on=None,
        ground=Ground((period, halving) if is_halved else (period,)),
    )

"""What follows from a breach of an order or a notice on a day?

The maxima are of the criminal penalty, by the general limit of the day of the breach; a contempt's
own sanction is a text. Not checked: that there was a breach, or that the order was served.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vigil.law.binding import check_in_force, check_known, reach
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import Law, law

_CRIMINAL = ("criminal", "criminal_or_contempt")


@dataclass(frozen=True, slots=True)
class BreachConsequence:
    """What a breach is, who may arrest, which court by when, and the most that it can cost.

    `nature` and `arrest` are codes of the contract; `court_within_hours` is None where ordinary
    rules hold; the maxima (months) and `offence` are None where no crime is committed.
    """

    nature: str
    arrest: str
    court_within_hours: int | None
    max_custody_months_summary: int | None
    max_custody_months_indictment: int | None
    offence: str | None
    contempt: str | None
    ground: Ground


def breach_consequence(
    instrument: str,
    on: date,
    regime: Regime | str = Regime.IN_FORCE,
    *,
    made_on: date | None = None,
    jurisdiction: str = "EW",
) -> BreachConsequence:
    """What follows from a breach on `on` of an instrument made on `made_on` (default: `on`).

    Raises:
        UnknownInstrumentError: the code is not known under the regime.
        NotInForceError: it did not bind on that day, or could not be made on `made_on`.
        MissingLawError: the data does not say what a breach of it is.
    """
    regime = Regime(regime)
    check_known(instrument, regime)
    home, reached = reach(law(regime), instrument, "nature", on=on, jurisdiction=jurisdiction)
    in_force = check_in_force(instrument, on=on, jurisdiction=home, regime=regime, made_on=made_on)
    sought = _Sought(law(regime), instrument, on, made_on, jurisdiction)
    nature, arrest = sought.get("nature"), sought.get("arrest")
    hours = sought.find("court_within_hours")
    contempt = sought.find("contempt")
    facts = [nature, arrest, *_present(hours, contempt)]
    summary = indictment = offence = None
    if nature.text in _CRIMINAL:
        summary = summary_max(law(regime), sought.get("max_summary"), on, jurisdiction)
        indictment, offence = sought.get("max_indictment"), sought.find("offence")
        facts += [*summary, indictment, *_present(offence)]
    return BreachConsequence(
        nature=nature.text,
        arrest=arrest.text,
        court_within_hours=hours.number if hours else None,
        max_custody_months_summary=summary[-1].number if summary else None,
        max_custody_months_indictment=indictment.number if indictment else None,
        offence=offence.text if offence else None,
        contempt=contempt.text if contempt else None,
        ground=Ground((*facts, *reached, *in_force)),
    )


def summary_max(facts: Law, expression: Fact, on: date, jurisdiction: str) -> tuple[Fact, ...]:
    """Evaluates a limit of custody on summary conviction; the last fact carries the months.

    A limit is a name (`MC_GENERAL_LIMIT`, `MC_FIXED_6M`, ...) whose months are dated, or which on
    that day is read as another limit.

    Raises:
        MissingLawError: the limit has no value on that day.
    """
    name = expression.text
    read_as = facts.find(name, "same_as", on=on, jurisdiction=jurisdiction)
    if read_as is not None:
        return (expression, *summary_max(facts, read_as, on, jurisdiction))
    return (expression, facts.get(name, "months", on=on, jurisdiction=jurisdiction))


@dataclass(frozen=True, slots=True)
class _Sought:
    facts: Law
    instrument: str
    on: date
    made_on: date | None
    jurisdiction: str

    def find(self, what: str) -> Fact | None:
        return self.facts.find(
            self.instrument,
            what,
            on=self.on,
            jurisdiction=self.jurisdiction,
            made_on=self.made_on,
        )

    def get(self, what: str) -> Fact:
        return self.facts.get(
            self.instrument,
            what,
            on=self.on,
            jurisdiction=self.jurisdiction,
            made_on=self.made_on,
        )


def _present(*facts: Fact | None) -> list[Fact]:
    return [fact for fact in facts if fact is not None]

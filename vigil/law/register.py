"""What is the register, in the law of a day, and who would belong on it under the proposals?

Today a register of this kind is a police record: an entry lays no duty on anybody. Under
Recommendation 3 it stands within the sex-offender framework and carries its duties. Nobody is
registered by anything here: that the criteria are met is put before a named person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from vigil.law.errors import BadQuestionError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.months import corresponding_day_or_last_of_month
from vigil.law.serial import SerialReport
from vigil.law.vocabulary import VICTIM_RULES

_CRITERIA = "REGISTER_CRITERIA"
_HIGH = ("high", "very_high")


@dataclass(frozen=True, slots=True)
class RegisterFramework:
    """What an entry on the register is: `kind` is `police_record` or `duties`."""

    kind: str
    carries_duties: bool
    ground: Ground


def register_framework(regime: Regime | str, on: date) -> RegisterFramework:
    """Whether an entry on the register carries duties of the subject on a day.

    Raises:
        MissingLawError: the day is before the first for which the law's data says it.
        ValueError: the regime is not known.
    """
    stated = law(Regime(regime)).get("REGISTER_FRAMEWORK", "framework", on=on, jurisdiction="EW")
    kind = str(stated.value)
    return RegisterFramework(kind, kind == "duties", Ground((stated,)))


@dataclass(frozen=True, slots=True)
class Criteria:
    """The proposed criteria of entry, each with its own standing in `ground`.

    The sources conflict on `victim_rule` (`unconnected` or `different`), on `bases` and on
    `lookback_years` (None: every year): those three are settings, within what the sources say.
    """

    minimum_victims: int
    minimum_occasions: int
    victim_rule: str
    bases: frozenset[str]
    lookback_years: int | None
    high_risk_single_victim: bool
    ground: Ground


@dataclass(frozen=True, slots=True)
class Qualification:
    """Whether the criteria are met, why, and whom the counted reports are about."""

    is_met: bool
    because: tuple[str, ...]
    victims: tuple[str, ...]
    ground: Ground


def criteria(
    on: date,
    *,
    victim_rule: str | None = None,
    bases: Collection[str] | None = None,
    lookback_years: int | None = None,
    jurisdiction: str = "EW",
) -> Criteria:
    """The criteria of Recommendation 3 on a day, with the three settings where they are given.

    Raises:
        BadQuestionError: a setting is none of those that the sources name.
        MissingLawError: the day is before the first for which the proposal can be asked.
    """

    def get(what: str) -> Fact:
        return law(Regime.PALADIN).get(_CRITERIA, what, on=on, jurisdiction=jurisdiction)

    if victim_rule is not None and victim_rule not in get("victim_rules_allowed").codes:
        raise BadQuestionError(f"expected victim_rule to be one of {', '.join(VICTIM_RULES)}")
    allowed = get("bases_allowed").codes
    if bases is not None and (not bases or not set(bases) <= set(allowed)):
        raise BadQuestionError(f"expected bases to be some of {', '.join(allowed)}")
    if lookback_years is not None and lookback_years < 1:
        raise BadQuestionError("expected lookback_years to be at least 1, or none")
    victims, occasions = get("minimum_victims"), get("minimum_occasions")
    rule, basis, risk = get("victim_rule"), get("bases"), get("high_risk_single_victim")
    return Criteria(
        minimum_victims=victims.number,
        minimum_occasions=occasions.number,
        victim_rule=victim_rule or rule.text,
        bases=frozenset(basis.codes if bases is None else bases),
        lookback_years=lookback_years,
        high_risk_single_victim=risk.value is True,
        ground=Ground((victims, occasions, rule, basis, risk)),
    )


def qualifies(
    reports: Iterable[SerialReport],
    on: date,
    *,
    by: Criteria | None = None,
    victim_links: Iterable[Collection[str]] = (),
    risk: str | None = None,
) -> Qualification:
    """Whether the reports meet the proposed criteria, as known on a day.

    Counted: reports marked domestic or stalking, on or before `on`, on one of the bases, within
    the years looked back on. An occasion is a day. A report whose basis is `suspect` is
    intelligence. Not checked: that the offence is one of the listed ones.
    """
    by = by or criteria(on)
    counted = [report for report in reports if _counts(report, on, by)]
    victims = tuple(dict.fromkeys(report.victim for report in counted))
    days = len({report.occurred_on for report in counted})
    enough = _apart(victims, victim_links, by) >= by.minimum_victims
    because = [
        f"{days} day(s) and {len(victims)} victim(s) count; {by.minimum_occasions} days and "
        f"{by.minimum_victims} {by.victim_rule} victims are needed."
    ]
    single = by.high_risk_single_victim and risk in _HIGH and _convicted(counted)
    if single:
        because.append("Convicted once, and the risk of serious harm is high or very high.")
    is_met = single or (enough and days >= by.minimum_occasions)
    return Qualification(is_met, tuple(because), victims, by.ground)


def _counts(report: SerialReport, on: date, by: Criteria) -> bool:
    basis = "intelligence" if report.basis == "suspect" else report.basis
    first_day = date.min
    if by.lookback_years is not None:
        first_day = corresponding_day_or_last_of_month(on, -12 * by.lookback_years)
    return (
        (report.domestic or report.stalking)
        and basis in by.bases
        and first_day <= report.occurred_on <= on
    )


def _convicted(reports: Sequence[SerialReport]) -> bool:
    return any(report.basis == "conviction" for report in reports)


def _apart(victims: Sequence[str], links: Iterable[Collection[str]], by: Criteria) -> int:
    """How many victims count: all, or as many as are not connected to any other of those."""
    if by.victim_rule == "different":
        return len(victims)
    connected = {frozenset(pair) for pair in links}
    sizes = (
        size
        for size in range(by.minimum_victims, 0, -1)
        for group in combinations(victims, size)
        if not any(frozenset(pair) in connected for pair in combinations(group, 2))
    )
    return next(sizes, 0)

"""Do these reports make a serial perpetrator, by one of four definitions?

None of the definitions is law, and a yes registers nobody: it proposes a candidate to a named
person. Reports later than the day asked for are not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from vigil.law.errors import BadQuestionError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law
from vigil.law.months import corresponding_day_or_last_of_month
from vigil.law.vocabulary import SERIAL_DEFINITIONS


@dataclass(frozen=True, slots=True)
class SerialReport:
    """One report as the definitions see it; `victim` is any reference that tells victims apart.

    `suspect_age` is the age on the day of the report; None: not known.
    """

    occurred_on: date
    victim: str
    basis: str = "suspect"
    domestic: bool = False
    stalking: bool = False
    suspect_age: int | None = None
    offence: str | None = None


@dataclass(frozen=True, slots=True)
class SerialAnswer:
    """Whether the definition is met, why, and what was counted (victims each once, in order)."""

    is_serial: bool
    because: tuple[str, ...]
    victims: tuple[str, ...]
    first_on: date | None
    last_on: date | None
    ground: Ground


def is_serial(
    definition: str,
    on: date,
    reports: Iterable[SerialReport],
    victim_links: Iterable[Collection[str]] = (),
    risk: str | None = None,
    *,
    jurisdiction: str = "EW",
) -> SerialAnswer:
    """Whether these reports meet a definition of a serial perpetrator, as known on a day.

    `victim_links` are pairs of victims who are connected to each other: not transitive, and used
    by `acpo_2009` only. `risk` is the risk of serious harm, used by `lords_42_2021` only. A report
    whose suspect's age is not known counts as 16 or over, and the answer says so.

    Raises:
        BadQuestionError: the definition is not one of the four.
    """
    if definition not in SERIAL_DEFINITIONS:
        raise BadQuestionError(
            f"expected definition to be one of {', '.join(SERIAL_DEFINITIONS)}, found another"
        )
    stated = law().get(definition, "definition", on=max(on, FIRST_DAY), jurisdiction=jurisdiction)
    past = [report for report in reports if report.occurred_on <= on]
    if definition == "acpo_2009":
        met, counted, because = _acpo(past, victim_links)
    elif definition == "richards":
        met, counted, because = _richards(past)
    elif definition == "northumbria_matac":
        met, counted, because = _northumbria(past, on)
    else:
        met, counted, because = _lords(past, risk)
    return _answer(met, counted, because, stated)


# The definitions are measures of today's reports and have no commencement: they are asked of
# earlier days as well, for which the data's first day stands.
FIRST_DAY = date(2009, 1, 1)

_Verdict = tuple[bool, Sequence[SerialReport], list[str]]


def _answer(
    met: bool, counted: Sequence[SerialReport], because: list[str], stated: Fact
) -> SerialAnswer:
    days = [report.occurred_on for report in counted]
    return SerialAnswer(
        is_serial=met,
        because=tuple(because),
        victims=_victims(counted),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        ground=Ground((stated,)),
    )


def _victims(reports: Iterable[SerialReport]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.victim for report in reports))


def _count(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}"


def _acpo(reports: Sequence[SerialReport], links: Iterable[Collection[str]]) -> _Verdict:
    connected = {frozenset(pair) for pair in links}
    victims = _victims(reports)
    met = any(frozenset(pair) not in connected for pair in combinations(victims, 2))
    found = (
        "two of them are not connected to each other"
        if met
        else "no two of them are unconnected to each other"
    )
    because = f"{_count(len(victims), 'victim', 'victims')} in the reports; {found}."
    return met, reports, [because]


def _richards(reports: Sequence[SerialReport]) -> _Verdict:
    counted = [report for report in reports if report.stalking]
    days = len({report.occurred_on for report in counted})
    victims = len(_victims(counted))
    because = (
        f"Stalking on {_count(days, 'day', 'days')} against "
        f"{_count(victims, 'victim', 'victims')}; two days and two victims are needed."
    )
    return days >= 2 and victims >= 2, counted, [because]


def _northumbria(reports: Sequence[SerialReport], on: date) -> _Verdict:
    first_day = corresponding_day_or_last_of_month(on, -36)
    counted = [
        report
        for report in reports
        if report.domestic
        and report.occurred_on >= first_day
        and (report.suspect_age is None or report.suspect_age >= 16)
    ]
    victims = len(_victims(counted))
    because = [
        f"{_count(len(counted), 'domestic abuse report', 'domestic abuse reports')} since "
        f"{first_day.isoformat()} against {_count(victims, 'victim', 'victims')}; "
        "two reports and two victims are needed."
    ]
    unknown = sum(report.suspect_age is None for report in counted)
    if unknown:
        because.append(
            f"The suspect's age is not known in {_count(unknown, 'report', 'reports')} "
            "and was taken as 16 or over."
        )
    return len(counted) >= 2 and victims >= 2, counted, because


def _lords(reports: Sequence[SerialReport], risk: str | None) -> _Verdict:
    counted = [
        report
        for report in reports
        if report.basis == "conviction" and (report.domestic or report.stalking)
    ]
    is_high = risk in ("high", "very_high")
    because = [
        f"{_count(len(counted), 'conviction', 'convictions')} for domestic abuse or stalking; "
        "two are needed, or one and a high or very high risk of serious harm."
    ]
    if counted and is_high:
        because.append("The risk of serious harm is assessed as high or very high.")
    return len(counted) >= 2 or (len(counted) == 1 and is_high), counted, because

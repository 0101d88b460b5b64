"""How candidates are ranked, and what a decision about one must hold.

Facts in, four parts, a score and a rank out, each part with its ground, so that a person can
check it by hand. It never says that somebody is dangerous, and it registers nobody. Reads no
record and no clock.

From columns of a feed (100,000 people take about a second):

    rank((SerialFacts(*row) for row in zip(person, reports, victims, forces, first_on,
          last_on, by_category, strict=True)), weights=invented_weights(), on=last_day)

where `last_day` is the latest `reported_on` of the feed, so that the same feed gives the
same ranks on any day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from vigil.law.months import corresponding_day_or_last_of_month
from vigil.register.errors import DecisionError, FactsError
from vigil.register.weights import UNSTATED, Weights

LONDON: Final = ZoneInfo("Europe/London")
# What an officer may decide about a candidate. "end" is decided about a registration.
OUTCOMES: Final = ("register", "decline", "defer")
# Strongest first: a criminal court's finding, what he admitted, a civil court's order, an
# allegation.
BASES: Final = ("conviction", "caution", "order", "suspect")
# A registration is looked at again within a year. Chosen by this project on 2026-11-23, until
# a force's own rule is data: no Act says it.
REVIEW_WITHIN_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class SerialFacts:
    """What is known of one person, counted over his reports.

    `reports` counts reports, `victims` and `forces` different ones. `first_on` and `last_on`
    are the earliest and latest day, None where no report has a date. `by_category` counts
    reports by the category of the feed; "" stands for a report that states none.
    """

    person: str
    reports: int
    victims: int
    forces: int
    first_on: date | None
    last_on: date | None
    by_category: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person's place. The parts and the score are 0 to 10, rounded to hundredths.

    People with the same score share a rank (`is_tied`), and the next rank counts them all:
    1, =2, =2, 4.
    """

    person: str
    recency: float
    frequency: float
    gravity: float
    victims_part: float
    score: float
    rank: int
    is_tied: bool

    @property
    def place(self) -> str:
        """The rank as it is shown: "4", or "=9" where others share it."""
        return f"={self.rank}" if self.is_tied else str(self.rank)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score and its ground: `value` in `unit` gave `points`, times `weight`."""

    name: str
    points: float
    weight: float
    value: float | None
    unit: str
    ground: str


def rank(facts: Iterable[SerialFacts], *, weights: Weights, on: date) -> list[Ranked]:
    """Everyone in `facts`, highest score first; among equals in the order of references.

    The order of `facts` does not matter. Who is serial is decided before: whoever is given
    is ranked. A last day after `on` counts as `on`.

    Raises: FactsError for counts below 1, a category without points, or a person given twice.
    """
    scored = [(_parts(one, weights, on), one.person) for one in facts]
    rows = sorted(((_score(parts, weights), who, parts) for parts, who in scored), key=_highest)
    _check_each_once(scored)
    sharing = Counter(score for score, _, _ in rows)
    ranked: list[Ranked] = []
    place, before = 0, None
    for position, (score, who, parts) in enumerate(rows, start=1):
        if score != before:
            place, before = position, score
        ranked.append(Ranked(who, *parts, score, place, sharing[score] > 1))
    return ranked


def explain(facts: SerialFacts, *, weights: Weights, on: date) -> tuple[Part, ...]:
    """The four parts of one person's score, each with its ground in a sentence.

    Raises: FactsError.
    """
    recency, frequency, gravity, victims = _parts(facts, weights, on)
    days = _days_since(facts.last_on, on)
    category = _gravest(facts, weights)
    return (
        Part("recency", recency, weights.recency, days, "days since the last report", _ago(days)),
        Part(
            "frequency",
            frequency,
            weights.frequency,
            facts.reports,
            "reports",
            f"{_count(facts.reports, 'report')} in {_count(facts.forces, 'force')}",
        ),
        Part(
            "gravity",
            gravity,
            weights.gravity,
            facts.by_category.get(category, 0),
            "reports of the gravest category",
            f"gravest category: {_worded(category)} ({facts.by_category.get(category, 0)} of "
            f"{_count(facts.reports, 'report')})",
        ),
        Part(
            "victims",
            victims,
            weights.victims,
            facts.victims,
            "different victims",
            _count(facts.victims, "different victim"),
        ),
    )


def _parts(one: SerialFacts, weights: Weights, on: date) -> tuple[float, float, float, float]:
    if one.reports < 1 or one.victims < 1:
        raise FactsError(
            f"expected at least one report and one victim to rank a person by, found "
            f"{one.reports} and {one.victims}; leave the person out"
        )
    days = _days_since(one.last_on, on)
    return (
        0.0 if days is None else weights.recency_points.at(days),
        weights.frequency_points.at(one.reports),
        weights.gravity_points[_gravest(one, weights) or UNSTATED],
        weights.victims_points.at(one.victims),
    )


def _score(parts: tuple[float, float, float, float], weights: Weights) -> float:
    recency, frequency, gravity, victims = parts
    weighed = (
        recency * weights.recency
        + frequency * weights.frequency
        + gravity * weights.gravity
        + victims * weights.victims
    )
    return round(weighed / weights.total, 2)


def _highest(row: tuple[float, str, object]) -> tuple[float, str]:
    return -row[0], row[1]


def _check_each_once(scored: list[tuple[tuple[float, float, float, float], str]]) -> None:
    for one, other in pairwise(sorted(who for _, who in scored)):
        if one == other:
            raise FactsError("expected each person once, found one twice; join his facts first")


def _days_since(last_on: date | None, on: date) -> int | None:
    return None if last_on is None else max(0, (on - last_on).days)


def _gravest(one: SerialFacts, weights: Weights) -> str:
    """The category with the most points, "" for none stated; among equals the first by name."""
    table = weights.gravity_points
    try:
        return min(one.by_category, key=lambda c: (-table[c or UNSTATED], c), default="")
    except KeyError as unknown:
        raise FactsError(
            f"expected a category of the feed, found {unknown}, which has no points for gravity; "
            "correct the report or the table of weights"
        ) from None


def _ago(days: int | None) -> str:
    if days is None:
        return "no report has a date"
    return (
        "last report on the day itself" if days == 0 else f"last report {_count(days, 'day')} ago"
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _worded(category: str) -> str:
    return category.replace("_", " ") or "none stated"


@dataclass(frozen=True, slots=True)
class DraftDecision:
    """What an officer wants to decide, as he typed it, checked by `checked`."""

    outcome: str
    reasons: str
    evidence: Sequence[str]
    necessity: str = ""
    proportionality: str = ""
    review_on: date | None = None
    owner: str = ""


def day_of(at: datetime) -> date:
    """The day in London of an instant: what review dates are counted from."""
    return at.astimezone(LONDON).date()


def checked(draft: DraftDecision, *, held: Collection[str], on: date) -> DraftDecision:
    """The decision as it is recorded: texts trimmed, evidence once each, the review date set.

    `held` are the references of the reports on this person, the only ones that count as
    evidence. Without a review date a registration gets the last day that it may have.
    Not checked: whether the officer may decide, and whether there is such an owner.

    Raises: DecisionError, saying what is missing.
    """
    if draft.outcome not in OUTCOMES:
        raise DecisionError(
            f"expected the outcome register, decline or defer, found {draft.outcome!r}; choose one"
        )
    if not draft.reasons.strip():
        raise DecisionError("expected the officer's reasons, found none; write them down")
    return DraftDecision(
        outcome=draft.outcome,
        reasons=draft.reasons.strip(),
        evidence=_evidence(draft.evidence, held),
        necessity=_justified(draft, draft.necessity, "necessary"),
        proportionality=_justified(draft, draft.proportionality, "proportionate"),
        review_on=_review(draft, on),
        owner=_owner(draft),
    )


def strongest(bases: Iterable[str]) -> str:
    """The strongest basis of the evidence; a report that states none is a suspicion."""
    return min((basis or "suspect" for basis in bases), key=BASES.index, default="suspect")


def carries_duties(framework_carries: bool, basis: str) -> bool:
    """Whether a registration puts duties on the subject: suspicion never does, in any regime."""
    return framework_carries and basis != "suspect"


def _evidence(references: Sequence[str], held: Collection[str]) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(r.strip() for r in references if r.strip()))
    if not given:
        raise DecisionError(
            "expected at least one report as evidence, by its reference such as 10/ABC, "
            "found none; name the reports that the decision rests on"
        )
    strange = sum(reference not in held for reference in given)
    if strange:
        raise DecisionError(
            f"expected evidence from this person's own reports, found {strange} of "
            f"{len(given)} that are not on him; take them out, or judge first whose they are"
        )
    return given


def _justified(draft: DraftDecision, text: str, claim: str) -> str:
    if draft.outcome == "register" and not text.strip():
        raise DecisionError(
            f"expected a sentence why registration is {claim}, found none; write it down"
        )
    return text.strip()


def _review(draft: DraftDecision, on: date) -> date | None:
    last_day = corresponding_day_or_last_of_month(on, REVIEW_WITHIN_MONTHS)
    if draft.outcome == "decline":
        if draft.review_on is not None:
            raise DecisionError("expected no review date to decline, found one; leave it out")
        return None
    if draft.review_on is None and draft.outcome == "register":
        return last_day
    if draft.review_on is None or not on < draft.review_on <= last_day:
        raise DecisionError(
            f"expected a review date after {on.isoformat()} and not after "
            f"{last_day.isoformat()}, found {draft.review_on or 'none'}; choose a day between"
        )
    return draft.review_on


def _owner(draft: DraftDecision) -> str:
    owner = draft.owner.strip()
    if draft.outcome == "register" and not owner:
        raise DecisionError(
            "expected an owner for a person who is registered, found none; name an offender "
            "manager of your agency"
        )
    if draft.outcome != "register" and owner:
        raise DecisionError("expected an owner only to register, found one; leave the owner out")
    return owner

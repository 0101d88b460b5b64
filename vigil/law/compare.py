"""What differs between two laws on a day: value by value, instrument by instrument.

Each difference says which of the two is proposed, by which Recommendation, and from where the
value comes. It compares what the data says, and forecasts no effect of a change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import AuthorityAnswer, Fact, Proposal, Regime, Value
from vigil.law.loading import law
from vigil.law.plain import words
from vigil.law.vocabulary import TERMS


class SideAnswer(TypedDict):
    """What one of the laws says, as JSON."""

    value: str | int | bool | list[str]
    words: str
    authority: AuthorityAnswer
    confidence: str
    checked_on: str


class DifferenceAnswer(TypedDict):
    """One difference as JSON. `only_in` is null where both laws say something."""

    instrument: str
    name: str
    what: str
    says: str
    jurisdictions: list[str]
    first: SideAnswer | None
    second: SideAnswer | None
    only_in: str | None
    proposed: NotRequired[bool]
    recommendation: NotRequired[int]
    standing: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two laws say differently of one subject, or that only one of them says."""

    of: str
    what: str
    jurisdictions: tuple[str, ...]
    first: Fact | None
    second: Fact | None

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that makes the difference."""
        sides = (self.second, self.first)
        return next((fact.proposal for fact in sides if fact and fact.proposal), None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between two laws on a day, by instrument, in the order of the data."""

    one: Regime
    other: Regime
    on: date
    differences: tuple[Difference, ...]

    def answer(self) -> list[DifferenceAnswer]:
        """The differences as JSON."""
        return [self._answer(each) for each in self.differences]

    def only_in(self, found: Difference) -> Regime | None:
        """The law that alone says it; None where both say something."""
        if found.first is None:
            return self.other
        return self.one if found.second is None else None

    def _answer(self, found: Difference) -> DifferenceAnswer:
        only_in = self.only_in(found)
        said: DifferenceAnswer = {
            "instrument": found.of,
            "name": words.name_of(found.of),
            "what": found.what,
            "says": TERMS[found.what].says,
            "jurisdictions": list(found.jurisdictions),
            "first": _side(found.first),
            "second": _side(found.second),
            "only_in": only_in.value if only_in else None,
        }
        if found.proposal is not None:
            said["proposed"] = True
            said["recommendation"] = found.proposal.recommendation
            said["standing"] = found.proposal.standing.value
        return said


def compare(
    one: Regime | str, other: Regime | str, on: date, *, instrument: str | None = None
) -> Comparison:
    """What the two laws say differently on a day, of all that they speak of or of one subject.

    Raises:
        UnknownInstrumentError: neither law speaks of that subject.
    """
    one, other = Regime(one), Regime(other)
    subjects = law(one).subjects | law(other).subjects
    if instrument is not None and instrument not in subjects:
        raise UnknownInstrumentError(
            "expected an instrument of which one of the two laws speaks, found another code: "
            "see `vigil law list`"
        )
    found = _merged(_differences(one, other, on))
    kept = [each for each in found if instrument in (None, each.of)]
    return Comparison(one, other, on, tuple(kept))


def _differences(one: Regime, other: Regime, on: date) -> Iterator[Difference]:
    """Each difference in one nation, subjects in the order in which the data names them."""
    keys = dict.fromkeys((*law(other).index, *law(one).index))
    order: dict[str, int] = {}
    for place, fact in enumerate((*law(other).facts, *law(one).facts)):
        order.setdefault(fact.of, place)
    for nation, of, what in sorted(keys, key=lambda key: order[key[1]]):
        first, second = (
            law(each).find_all(of, what, on=on, jurisdiction=nation) for each in (one, other)
        )
        if _values(first) != _values(second):
            yield Difference(of, what, (nation,), _first(first), _first(second))


def _merged(found: Iterator[Difference]) -> list[Difference]:
    """The same difference in several nations as one."""
    groups: dict[tuple[str, str, Value | None, Value | None], list[Difference]] = {}
    for each in found:
        values = [side.value if side else None for side in (each.first, each.second)]
        groups.setdefault((each.of, each.what, values[0], values[1]), []).append(each)
    merged = []
    for same in groups.values():
        nations = tuple(nation for each in same for nation in each.jurisdictions)
        merged.append(Difference(same[0].of, same[0].what, nations, same[0].first, same[0].second))
    return merged


def _values(facts: tuple[Fact, ...]) -> tuple[Value, ...]:
    """What holds: one value, the first found; of areas and the like all of them."""
    many = bool(facts) and TERMS[facts[0].what].many
    return tuple(fact.value for fact in (facts if many else facts[:1]))


def _first(facts: tuple[Fact, ...]) -> Fact | None:
    return facts[0] if facts else None


def _side(fact: Fact | None) -> SideAnswer | None:
    if fact is None:
        return None
    value = list(fact.value) if isinstance(fact.value, tuple) else fact.value
    return {
        "value": value,
        "words": words.value(fact),
        "authority": fact.provision.answer(),
        "confidence": fact.confidence.value,
        "checked_on": fact.checked_on.isoformat(),
    }

"""One plain account of an instrument or a framework on a day, under one law, in one nation.

Says plainly when it is not in force or never was. What the data does not say is listed. Refuses an
unknown code; it gives no advice, and does not know the facts of any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypedDict

from vigil.law.areas import covers
from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import Confidence, Fact, Regime
from vigil.law.freshness import due_from
from vigil.law.loading import Law, law
from vigil.law.plain import words
from vigil.law.plain.frameworks import ALSO, FRAMEWORKS, framework_sections, frameworks
from vigil.law.plain.lines import Asked, Section, SectionAnswer, Sentence, SentenceAnswer
from vigil.law.plain.sections import missing, sections
from vigil.law.plain.state import STATE_WORDS, Span, State, home, spans, state, why_not
from vigil.law.vocabulary import INSTRUMENTS, JURISDICTIONS, PROPOSED_INSTRUMENTS

BREAKING: Final = {
    "none": "Breaking it is not a crime.",
    "civil_contempt": "Breaking it is not a crime. It is contempt of court.",
    "criminal": "Breaking it is a crime.",
    "criminal_or_contempt": "Breaking it is a crime, or contempt of court.",
}


class AccountAnswer(TypedDict):
    """The account as JSON."""

    instrument: str
    name: str
    on: str
    regime: str
    jurisdiction: str
    state: str
    lead: list[str]
    in_force: list[SentenceAnswer]
    sections: list[SectionAnswer]
    missing: list[str]
    warnings: list[str]


@dataclass(frozen=True)
class Account:
    """All that the data says of one instrument on one day, in an officer's order.

    `lead` is the answer in a few sentences; `in_force` says since when, where, or why not.
    """

    code: str
    name: str
    on: date
    regime: Regime
    jurisdiction: str
    state: State
    lead: tuple[str, ...]
    in_force: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def checked_on(self) -> date | None:
        """The oldest of all last checks; None where the data says nothing."""
        lines = [*self.in_force, *(line for section in self.sections for line in section.sentences)]
        return min((line.checked_on for line in lines), default=None)

    def answer(self) -> AccountAnswer:
        """The account as JSON."""
        return {
            "instrument": self.code,
            "name": self.name,
            "on": self.on.isoformat(),
            "regime": self.regime.value,
            "jurisdiction": self.jurisdiction,
            "state": self.state.value,
            "lead": list(self.lead),
            "in_force": [line.answer() for line in self.in_force],
            "sections": [section.answer() for section in self.sections],
            "missing": list(self.missing),
            "warnings": list(self.warnings),
        }


def codes(regime: Regime) -> dict[str, str]:
    """Every code that can be asked for under a regime, with its name."""
    proposed = PROPOSED_INSTRUMENTS if regime is Regime.PALADIN else {}
    return {**INSTRUMENTS, **proposed, **frameworks(regime)}


def account(
    code: str,
    on: date,
    regime: Regime | str = Regime.IN_FORCE,
    *,
    jurisdiction: str | None = None,
    area: str | None = None,
) -> Account:
    """What the law of a nation says of an instrument on a day (default: the nation that makes it).

    `area` asks of a piloted one whether it could be made there.

    Raises:
        UnknownInstrumentError: the code is not known under the regime.
    """
    regime = Regime(regime)
    known, code = codes(regime), ALSO.get(code, code)
    if code not in known:
        raise UnknownInstrumentError(
            f"expected an instrument or a framework known under {regime.value}, found another "
            "code: see `vigil law list`"
        )
    facts = law(regime)
    asked = Asked(facts, code, on, jurisdiction or home(facts, code))
    is_framework = code in FRAMEWORKS
    found, grounds = _framework_state(asked) if is_framework else _state(asked)
    told = framework_sections(asked) if is_framework else sections(asked)
    return Account(
        code=code,
        name=known[code],
        on=on,
        regime=regime,
        jurisdiction=asked.jurisdiction,
        state=found,
        lead=tuple(_lead(asked, found, grounds, area, is_framework=is_framework)),
        in_force=tuple(_in_force(asked, found, grounds, area)),
        sections=told,
        missing=missing(told) if found.can_be_made and not is_framework else (),
        warnings=tuple(_warnings(asked, found, told)),
        spans=spans(facts, code, asked.jurisdiction),
    )


def states(facts: Law, code: str, on: date) -> dict[str, State]:
    """The state of an instrument in each nation on a day."""
    return {nation: state(facts, code, on, nation)[0] for nation in JURISDICTIONS}


def _state(asked: Asked) -> tuple[State, tuple[Fact, ...]]:
    return state(asked.facts, asked.code, asked.on, asked.jurisdiction)


def _framework_state(asked: Asked) -> tuple[State, tuple[Fact, ...]]:
    """A framework is in force while it binds; one that never says so is told by its subjects."""
    binds = asked.find("binds")
    if binds is not None:
        return State.IN_FORCE, (binds,)
    later = asked.facts.index.get((asked.jurisdiction, asked.code, "binds"), ())
    if later:
        return State.NOT_YET, later[:1]
    return (State.TOLD if framework_sections(asked) else State.NOT_HERE), ()


def _lead(
    asked: Asked,
    found: State,
    grounds: tuple[Fact, ...],
    area: str | None,
    *,
    is_framework: bool,
) -> Iterator[str]:
    """The answer in a few sentences; what is unsettled is said to be so in the same breath."""
    nation, on = words.NATIONS[asked.jurisdiction], words.day(asked.on)
    if any(fact.proposal is not None for fact in grounds):
        yield f"PROPOSED: not law on any day, in {nation} or anywhere."
    elif found.is_law:
        yield f"{STATE_WORDS[found]}: {nation}, {on}.{_unsettled(grounds)}"
    else:
        yield f"NOT IN FORCE in {nation} on {on}.{_unsettled(grounds)}"
    if found is State.PILOT and area:
        yield _in_area(asked, grounds, area)
    breach = asked.find("nature")
    if breach is not None and found.is_law and not is_framework:
        told = BREAKING[breach.text]
        if breach.proposal is not None:
            yield told.replace(" is ", " would be ")
        else:
            yield told + _unsettled((breach,))


def _unsettled(facts: tuple[Fact, ...]) -> str:
    is_sure = all(fact.confidence is not Confidence.UNSETTLED for fact in facts)
    return "" if is_sure else " That is not settled: ask before you rely on it."


def _in_force(
    asked: Asked, found: State, grounds: tuple[Fact, ...], area: str | None
) -> Iterator[Sentence]:
    for fact in grounds:
        yield Sentence(_since(asked, found, fact), (fact,))
    if found is State.PILOT and area:
        named = tuple(fact for fact in grounds if covers(fact.codes, area))
        yield Sentence(_in_area(asked, grounds, area), named or grounds)


def _in_area(asked: Asked, grounds: tuple[Fact, ...], area: str) -> str:
    """Whether a piloted order could be made there, of all its areas together."""
    is_in = covers((name for fact in grounds for name in fact.codes), area)
    return f"It {'could' if is_in else 'could not'} be made in {area} on {words.day(asked.on)}."


def _since(asked: Asked, found: State, fact: Fact) -> str:
    first = words.day(fact.first_day)
    if fact.proposal is not None:
        return "Nothing of it is in force. It can be asked of any day."
    if found is State.PILOT:
        last = f" to {words.day(fact.last_day)}" if fact.last_day else ", with no end known"
        return f"In {words.listed(fact.codes)}: from {first}{last}."
    if found is State.REACHES:
        nations = words.listed(words.NATIONS[code] for code in fact.codes)
        return f"It is made in {nations}. One that was made there binds here."
    if found is State.BINDS_ONLY:
        return f"It can no longer be made. One that was lawfully made still binds, since {first}."
    if found.is_law:
        last = f" to {words.day(fact.last_day)}" if fact.last_day else ""
        return f"In force from {first}{last}."
    why = why_not(asked.facts, asked.code, asked.on, asked.jurisdiction)
    return words.sentence(f"it could not be made on {words.day(asked.on)}: {why}")


def _warnings(asked: Asked, found: State, told: tuple[Section, ...]) -> Iterator[str]:
    """What limits the whole account: it is no law on that day, or its check is long past."""
    if told and not found.is_law:
        yield "None of what follows was law on that day: it is what the text would say in force."
    checks = [line.checked_on for section in told for line in section.sentences]
    if checks and asked.on >= due_from(max(checks)):
        yield (
            f"Last checked on {words.day(max(checks))}. A change between then and "
            f"{words.day(asked.on)} is not known here."
        )

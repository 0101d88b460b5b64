"""Is it in force there on that day? The state in one word, and each reason as a sentence.

Looks at the making only; what an order already made still does is the matter of the other
sections. Refuses nothing: an order that never was in force has a state too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vigil.law.binding import making
from vigil.law.facts import Fact
from vigil.law.loading import Law
from vigil.law.plain import words
from vigil.law.vocabulary import JURISDICTIONS, PROPOSED_INSTRUMENTS

MAKING = ("may_be_made", "may_be_made_in")


class State(StrEnum):
    """Whether an instrument is in force in a nation on a day."""

    IN_FORCE = "in_force"
    PILOT = "pilot"
    BINDS_ONLY = "binds_only"
    REACHES = "reaches"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NEVER = "never"
    NOT_HERE = "not_here"
    TOLD = "told"

    @property
    def is_law(self) -> bool:
        """Whether it can be made there, or binds there, on that day."""
        return self not in (State.NOT_YET, State.ENDED, State.NEVER, State.NOT_HERE)

    @property
    def can_be_made(self) -> bool:
        """Whether one can be made there on that day, somewhere at least."""
        return self in (State.IN_FORCE, State.PILOT)


STATE_WORDS = {
    State.IN_FORCE: "In force",
    State.PILOT: "In force in pilot areas only",
    State.BINDS_ONLY: "Can no longer be made, but may still bind",
    State.REACHES: "Made elsewhere, but binds here",
    State.NOT_YET: "Not in force yet",
    State.ENDED: "No longer in force",
    State.NEVER: "Has never been in force",
    State.NOT_HERE: "Not an order of this nation",
    # A framework whose beginning the data does not say: what it says stands below.
    State.TOLD: "What the data says",
}


@dataclass(frozen=True, slots=True)
class Span:
    """An unbroken time in which it could be made everywhere, or in the named areas only."""

    first_day: date
    last_day: date | None
    areas: tuple[str, ...]


def state(facts: Law, code: str, on: date, jurisdiction: str) -> tuple[State, tuple[Fact, ...]]:
    """The state on a day, with the facts that say so; `NOT_HERE` may have none."""
    found = making(facts, code, on=on, jurisdiction=jurisdiction)
    if found:
        is_pilot = found[0].what == "may_be_made_in"
        return (State.PILOT if is_pilot else State.IN_FORCE), found
    for what, kind in (("binds", State.BINDS_ONLY), ("recognised_from", State.REACHES)):
        fact = facts.find(code, what, on=on, jurisdiction=jurisdiction)
        if fact is not None:
            return kind, (fact,)
    known = _makings(facts, code, jurisdiction)
    if known:
        later = tuple(fact for fact in known if fact.first_day > on)
        return (State.NOT_YET, later[:1]) if later else (State.ENDED, known[-1:])
    never = facts.index.get((jurisdiction, code, "never_in_force"), ())
    return (State.NEVER, never) if never else (State.NOT_HERE, ())


def home(facts: Law, code: str) -> str:
    """The nation in which it is made; England and Wales for what is made in none."""
    sources = ("may_be_made", "may_be_made_in", "never_in_force", "binds")
    for what in sources:
        for jurisdiction in JURISDICTIONS:
            if (jurisdiction, code, what) in facts.index:
                return jurisdiction
    return JURISDICTIONS[0]


def spans(facts: Law, code: str, jurisdiction: str) -> tuple[Span, ...]:
    """The times in which it could be made there, in order; a new area begins a new span."""
    makings = _makings(facts, code, jurisdiction)
    starts = {fact.first_day for fact in makings}
    starts |= {fact.last_day + timedelta(days=1) for fact in makings if fact.last_day}
    ordered = sorted(starts)
    found = []
    for first, after in zip(ordered, [*ordered[1:], None], strict=False):
        own = making(facts, code, on=first, jurisdiction=jurisdiction)
        if own:
            areas = dict.fromkeys(area for fact in own for area in _areas(fact))
            last_day = after - timedelta(days=1) if after else None
            found.append(Span(first, last_day, tuple(areas)))
    return tuple(found)


def why_not(facts: Law, code: str, on: date, jurisdiction: str) -> str:
    """Why it could not be made there on that day, to follow a colon."""
    found = _makings(facts, code, jurisdiction)
    later = [fact for fact in found if fact.first_day > on]
    if later:
        began = f"began on {words.day(later[0].first_day)}"
        return f"the power to make it ({words.cited(later[0])}) {began}."
    if found:
        ended = f"ended on {words.day(found[-1].last_day or on)}"
        return f"the power to make it ({words.cited(found[-1])}) {ended}."
    never = facts.index.get((jurisdiction, code, "never_in_force"), ())
    if never:
        return f"it has never been in force ({words.cited(never[0])})."
    nation = words.NATIONS[home(facts, code)]
    if code in PROPOSED_INSTRUMENTS:
        return f"it is proposed for {nation} only."
    return f"it belongs to the law of {nation}."


def _makings(facts: Law, code: str, jurisdiction: str) -> tuple[Fact, ...]:
    found = [fact for what in MAKING for fact in facts.index.get((jurisdiction, code, what), ())]
    return tuple(sorted(found, key=lambda fact: (fact.first_day, fact.last_day or date.max)))


def _areas(fact: Fact) -> tuple[str, ...]:
    return fact.codes if fact.what == "may_be_made_in" else ()

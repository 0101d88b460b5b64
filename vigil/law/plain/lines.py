"""A sentence with the facts that it rests on, a question with its sentences, and who asks.

A sentence is never without its provision, its confidence and the day of its last check: those are
the facts' own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from vigil.law.facts import AuthorityAnswer, Fact, Ground, Proposal
from vigil.law.loading import Law
from vigil.law.plain import words
from vigil.law.vocabulary import CLOCKS


class SentenceAnswer(TypedDict):
    """One sentence as JSON: its words, and on what they rest."""

    text: str
    notes: list[str]
    authority: list[AuthorityAnswer]
    confidence: str
    checked_on: str
    proposed: NotRequired[bool]
    recommendation: NotRequired[int]
    standing: NotRequired[str]


class SectionAnswer(TypedDict):
    """One question as JSON."""

    key: str
    question: str
    sentences: list[SentenceAnswer]


@dataclass(frozen=True)
class Sentence:
    """Plain words, and the facts that they rest on: at least one."""

    text: str
    facts: tuple[Fact, ...]

    @property
    def ground(self) -> Ground:
        """What the sentence rests on."""
        return Ground(self.facts)

    @property
    def proposal(self) -> Proposal | None:
        """The proposal that it rests on; None for the law in force."""
        return self.ground.proposal

    @property
    def checked_on(self) -> date:
        """The day on which the facts were last checked: the oldest of them."""
        return min(fact.checked_on for fact in self.facts)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the data adds, each note once."""
        return tuple(dict.fromkeys(words.sentence(fact.note) for fact in self.facts if fact.note))

    def answer(self) -> SentenceAnswer:
        """The sentence as JSON."""
        said: SentenceAnswer = {
            "text": self.text,
            "notes": list(self.notes),
            "checked_on": self.checked_on.isoformat(),
            **self.ground.answer(),
        }
        return said


@dataclass(frozen=True)
class Section:
    """A question of an officer's, and the sentences that answer it."""

    key: str
    question: str
    sentences: tuple[Sentence, ...]

    @property
    def proposal(self) -> Proposal | None:
        """The proposal of the first sentence that rests on one."""
        return next((line.proposal for line in self.sentences if line.proposal), None)

    def answer(self) -> SectionAnswer:
        """The section as JSON."""
        lines = [line.answer() for line in self.sentences]
        return {"key": self.key, "question": self.question, "sentences": lines}


@dataclass(frozen=True)
class Asked:
    """Which instrument is asked about, where, on which day, and by which law."""

    facts: Law
    code: str
    on: date
    jurisdiction: str

    def find(self, what: str, of: str = "", *, jurisdiction: str = "") -> Fact | None:
        """The fact that holds on the day, for an order made on that day."""
        where = jurisdiction or self.jurisdiction
        return self.facts.find(of or self.code, what, on=self.on, jurisdiction=where)

    def find_all(self, what: str) -> tuple[Fact, ...]:
        """Every fact that holds on the day, where several may."""
        return self.facts.find_all(self.code, what, on=self.on, jurisdiction=self.jurisdiction)

    def made_otherwise(self, what: str) -> Iterator[Fact]:
        """The facts that hold on the day for orders made on other days only."""
        for fact in self.facts.index.get((self.jurisdiction, self.code, what), ()):
            made_on = fact.made_last_day or fact.made_first_day or self.on
            if fact.holds(self.on, made_on) and not fact.holds(self.on, self.on):
                yield fact

    def clocks(self) -> Iterator[str]:
        """The clocks of hours that run for this instrument on the day."""
        for clock in CLOCKS:
            runs_for = self.find("runs_for", clock)
            if runs_for is not None and runs_for.value == self.code:
                yield clock

    def said(self, what: str) -> Iterator[Sentence]:
        """A text of the data as a sentence, where there is one."""
        fact = self.find(what)
        if fact is not None:
            yield Sentence(words.sentence(fact.text), (fact,))

    def coded(self, what: str) -> Iterator[Sentence]:
        """A code of the data in the words for it, where there is one."""
        fact = self.find(what)
        if fact is not None:
            yield Sentence(words.value(fact), (fact,))


def present(*facts: Fact | None) -> tuple[Fact, ...]:
    """Those of the facts that there are."""
    return tuple(fact for fact in facts if fact is not None)

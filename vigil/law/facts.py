"""What the law room holds: dated facts, each with its provision, confidence and last check.

A fact says one thing about one subject (an instrument, a clock, a limit) between two days, both
inclusive. A ground is the set of facts that an answer rests on. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NotRequired, TypedDict

Value = str | int | bool | tuple[str, ...]


class Regime(StrEnum):
    """Which law is asked: the one in force, or the one with the campaign's proposals."""

    IN_FORCE = "in_force"
    PALADIN = "paladin"


class Confidence(StrEnum):
    """How sure a fact is, strongest first."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    KNOWN = "known"
    UNSETTLED = "unsettled"


WEAKNESS: Mapping[Confidence, int] = {level: rank for rank, level in enumerate(Confidence)}


class Standing(StrEnum):
    """Where a proposed value comes from, strongest first."""

    SEED = "seed"
    HISTORIC_PROPOSAL = "historic_proposal"
    DESIGN_CHOICE = "design_choice"


STANDING_WEAKNESS: Mapping[Standing, int] = {level: rank for rank, level in enumerate(Standing)}


class AuthorityAnswer(TypedDict):
    """One provision as it is answered; a source that is no Act stands in `act` by its title."""

    act: str
    provision: str
    url: str | None


class GroundAnswer(TypedDict):
    """The part of every answer that says on what it rests."""

    authority: list[AuthorityAnswer]
    confidence: str
    proposed: NotRequired[bool]
    recommendation: NotRequired[int]
    standing: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Provision:
    """Where something is written: the Act or other source, the place in it, its address."""

    act: str
    cite: str
    url: str | None

    def answer(self) -> AuthorityAnswer:
        """The provision in the words of the contract."""
        return {"act": self.act, "provision": self.cite, "url": self.url}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which Recommendation (1 to 6) a proposed value belongs to, and where the value is from."""

    recommendation: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated value of the law; `first_day` and `last_day` are both days on which it held.

    `made_first_day` and `made_last_day` narrow it to orders made between those days.
    `last_day` None means that no end is known.
    """

    of: str
    what: str
    value: Value
    unit: str
    provision: Provision
    extent: tuple[str, ...]
    first_day: date
    last_day: date | None
    made_first_day: date | None
    made_last_day: date | None
    confidence: Confidence
    checked_on: date
    proposal: Proposal | None
    note: str

    def holds(self, on: date, made_on: date) -> bool:
        """Whether the fact held on `on`, for an order that was made on `made_on`."""
        return _within(on, self.first_day, self.last_day) and _within(
            made_on, self.made_first_day, self.made_last_day
        )

    @property
    def number(self) -> int:
        """The value of a fact whose shape is a number."""
        if not isinstance(self.value, int):
            raise TypeError(f"expected a number in {self.of}.{self.what}")
        return self.value

    @property
    def text(self) -> str:
        """The value of a fact whose shape is a text or a code."""
        if not isinstance(self.value, str):
            raise TypeError(f"expected a text in {self.of}.{self.what}")
        return self.value

    @property
    def codes(self) -> tuple[str, ...]:
        """The value of a fact whose shape is a list."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"expected a list in {self.of}.{self.what}")
        return self.value


def _within(day: date, first_day: date | None, last_day: date | None) -> bool:
    return (first_day is None or first_day <= day) and (last_day is None or day <= last_day)


@dataclass(frozen=True)
class Ground:
    """The facts that an answer rests on, in the order in which they are cited."""

    facts: tuple[Fact, ...]

    @cached_property
    def authority(self) -> tuple[Provision, ...]:
        """Each provision once, in order."""
        return tuple(dict.fromkeys(fact.provision for fact in self.facts))

    @cached_property
    def confidence(self) -> Confidence:
        """The weakest of the facts."""
        return max((fact.confidence for fact in self.facts), key=WEAKNESS.__getitem__)

    @cached_property
    def proposal(self) -> Proposal | None:
        """The proposal that the answer rests on, with its weakest standing; None if there is none.

        Source: the weakest standing is told for the reason that the weakest confidence is.
        """
        proposals = [fact.proposal for fact in self.facts if fact.proposal is not None]
        if not proposals:
            return None
        return max(proposals, key=lambda proposal: STANDING_WEAKNESS[proposal.standing])

    def answer(self) -> GroundAnswer:
        """The ground in the words of the contract."""
        said: GroundAnswer = {
            "authority": [provision.answer() for provision in self.authority],
            "confidence": self.confidence.value,
        }
        if self.proposal is not None:
            said["proposed"] = True
            said["recommendation"] = self.proposal.recommendation
            said["standing"] = self.proposal.standing.value
        return said

"""What one rule says to one act, before service is looked at; and how several such add up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from vigil.orders.doorstep.words import Missing, Verdict

_GRAVITY = {verdict: rank for rank, verdict in enumerate(Verdict)}
_TOLD = {missing: rank for rank, missing in enumerate(Missing)}


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a rule is broken by an act, the fact that decides, and what would settle it."""

    verdict: Verdict
    fact: str
    missing: tuple[Missing, ...] = ()


def broken(fact: str) -> Held:
    """The rule is broken by the act."""
    return Held(Verdict.BREACH, fact)


def doubtful(fact: str, *missing: Missing) -> Held:
    """It cannot be told until what is missing is known."""
    return Held(Verdict.CANNOT_TELL, fact, missing)


def kept(fact: str) -> Held:
    """The rule is not broken by the act."""
    return Held(Verdict.NOT_BREACH, fact)


NOT_HELD = kept("it does not speak of such an act")


def gravest_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Breach before cannot_tell before not_breach; of none, not_breach."""
    return min(verdicts, key=_GRAVITY.__getitem__, default=Verdict.NOT_BREACH)


def gravest_held(parts: Sequence[Held]) -> Held:
    """The first of the gravest; where none can be told, with all that is missing."""
    verdict = gravest_of(part.verdict for part in parts)
    alike = [part for part in parts if part.verdict is verdict]
    missing = in_order({each for part in alike for each in part.missing})
    return Held(verdict, alike[0].fact, missing)


def in_order(missing: Collection[Missing]) -> tuple[Missing, ...]:
    """What is missing, each once, in the order of the contract."""
    return tuple(sorted(set(missing), key=_TOLD.__getitem__))

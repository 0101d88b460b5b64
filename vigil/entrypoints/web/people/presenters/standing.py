"""Whether he is on the register and who answers for him, in finished words.

Says beside every answer what it does not mean: a record puts no duty on him today, and one
who is not on the register is not therefore harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from vigil.entrypoints.web.kit import formats
from vigil.ledger.queries import Look
from vigil.register.queries import CandidateShown, Standing

NO_DUTY: Final = (
    "A police record: it puts no duty on him today. The duties that he has come from his orders."
)
PROPOSED: Final = (
    "Registration would put duties on him, to notify and to keep what he notified true. "
    "It puts none on him today."
)
OUTCOMES: Final = {
    "register": "Registered",
    "decline": "Decided not to register",
    "defer": "Deferred",
    "end": "Taken off the register",
}


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """The part of the page on the register. `proposed` is empty where all of it is law."""

    sentence: str
    lines: list[str]
    proposed: str


def register_words(standing: Standing, candidate: CandidateShown | None, on: date) -> RegisterWords:
    """Where he stands with the register; `candidate` None: not one, or not for this role."""
    if not standing.is_registered or standing.since_at is None:
        return RegisterWords(
            "Not on the register. This says nothing about risk.", _as_candidate(candidate), PROPOSED
        )
    lines = [f"Decided by {standing.decided_by_name or standing.decided_by}."]
    if standing.review_on:
        late = standing.is_review_late
        due = formats.due(standing.review_on, on)
        day = formats.day(standing.review_on)
        lines.append(f"Review due on {day}." if not late else f"Review was due on {day}. {due}.")
    if not standing.carries_duties:
        lines.append(NO_DUTY)
    return RegisterWords(
        f"On the register since {formats.day(standing.since_at)}.", lines, PROPOSED
    )


def _as_candidate(candidate: CandidateShown | None) -> list[str]:
    if candidate is None:
        return ["A list registers nobody: a named officer decides, and gives reasons."]
    lines = [f"Candidate, rank {candidate.place}. A list registers nobody."]
    if candidate.outcome and candidate.decided_at:
        lines.append(f"{OUTCOMES[candidate.outcome]} on {formats.day(candidate.decided_at)}.")
    return lines


def short(standing: Standing) -> str:
    """In one line of a list."""
    if standing.is_registered and standing.since_at:
        return f"On the register since {formats.day(standing.since_at)}"
    return "Not on the register"


def identity_facts(standing: Standing, reference: str) -> list[tuple[str, str]]:
    """What stands in the bar beside his name."""
    register = "On it" if standing.is_registered else "Not on it"
    return [("Register", register), ("Reference", reference)]


def owner_words(standing: Standing) -> tuple[str, str]:
    """The answer to "Who owns him?"."""
    if standing.is_registered:
        return f"{standing.owner}.", f"Offender manager, agency {standing.agency}"
    return "Nobody: not on the register.", "No offender manager answers for him"


def last_look(looks: list[Look]) -> str:
    """Who looked before this look: the newest of `looks` is the one that is open now."""
    if len(looks) < 2:
        return "Nobody has looked before you"
    before = looks[1]
    when = f"{formats.day(before.at)}, {formats.clock(before.at)}"
    return f"Last looked at by {before.by} (agency {before.agency}), {when}"

"""How an order begins here: as a draft, as an order that a court made, as a notice.

Each body does one action, and holds no rule: the action refuses with the sentence of every door.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from vigil.access.viewer import Viewer
from vigil.entrypoints.api.orders.words import (
    Age,
    Area,
    Code,
    Court,
    Day,
    Given,
    GivenClause,
    Instant,
    Reference,
    Report,
    clauses_of,
)
from vigil.orders import actions


class _Beginning(Given):
    instrument: Code
    protected: list[Reference]
    clauses: list[GivenClause]
    applicant: Code | None = None
    subject_age: Age | None = None
    area: Area | None = None
    jurisdiction: Code | None = None
    evidence: list[Report] = []


class DraftIt(_Beginning):
    """Begin an order or a notice: one draft for each respondent, linked as one application."""

    step: Literal["draft"]
    respondents: list[Reference]
    last_day: Day | None = None
    without_notice: bool | None = None

    def act(self, by: Viewer, at: datetime) -> tuple[str, ...]:
        """The references of the drafts, in the order of the respondents."""
        return actions.draft(
            by=by,
            at=at,
            instrument=self.instrument,
            respondents=self.respondents,
            protected=self.protected,
            clauses=clauses_of(self.clauses),
            last_day=self.last_day,
            applicant=self.applicant,
            subject_age=self.subject_age,
            area=self.area,
            jurisdiction=self.jurisdiction,
            without_notice=self.without_notice,
            evidence=self.evidence,
        )


class MakeIt(_Beginning):
    """Record an order that a court made. `last_day` null: until further order."""

    step: Literal["make"]
    respondent: Reference
    court: Court
    made_on: Day
    made_at: Instant | None = None
    last_day: Day | None = None
    without_notice: bool | None = None
    replaces: Reference | None = None
    follows: Reference | None = None

    def act(self, by: Viewer, at: datetime) -> tuple[str, ...]:
        """The reference of the order."""
        made = actions.make(
            by=by,
            at=at,
            instrument=self.instrument,
            respondent=self.respondent,
            made_on=self.made_on,
            clauses=clauses_of(self.clauses),
            protected=self.protected,
            last_day=self.last_day,
            made_at=self.made_at,
            court=self.court,
            applicant=self.applicant,
            subject_age=self.subject_age,
            area=self.area,
            jurisdiction=self.jurisdiction,
            without_notice=self.without_notice,
            evidence=self.evidence,
            replaces=self.replaces,
            follows=self.follows,
        )
        return (made,)


class IssueIt(_Beginning):
    """Issue a notice at once. `rank` is that of the officer who issues it."""

    step: Literal["issue"]
    respondent: Reference
    rank: Code
    issued_on: Day
    issued_at: Instant | None = None

    def act(self, by: Viewer, at: datetime) -> tuple[str, ...]:
        """The reference of the notice."""
        issued = actions.make(
            by=by,
            at=at,
            instrument=self.instrument,
            respondent=self.respondent,
            made_on=self.issued_on,
            made_at=self.issued_at,
            clauses=clauses_of(self.clauses),
            protected=self.protected,
            issuer_rank=self.rank,
            applicant=self.applicant,
            subject_age=self.subject_age,
            area=self.area,
            jurisdiction=self.jurisdiction,
            evidence=self.evidence,
        )
        return (issued,)


STEPS: tuple[str, ...] = ("draft", "make", "issue")


def _step(given: object) -> str | None:
    found = given.get("step") if isinstance(given, dict) else getattr(given, "step", None)
    return found if isinstance(found, str) and found in STEPS else None


Beginning = Annotated[
    Annotated[DraftIt, Tag("draft")]
    | Annotated[MakeIt, Tag("make")]
    | Annotated[IssueIt, Tag("issue")],
    # Words of our own: the library's would repeat what was sent.
    Discriminator(
        _step,
        custom_error_type="step",
        custom_error_message=f"step should be one of {', '.join(STEPS)}",
    ),
]

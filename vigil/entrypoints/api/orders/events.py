"""What may happen to an order after it began: one body for each kind, each doing one action.

Holds no rule: the action refuses with the sentence of every door. `at` is when it happened.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

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
    Name,
    Reference,
    clauses_or_none,
)
from vigil.orders import actions
from vigil.orders.kinds import Ending, How, Knowledge, Proof, Where
from vigil.orders.rules import london_day


class _Event(Given):
    at: Instant


class Authorised(_Event):
    """An officer of that rank authorised the draft."""

    kind: Literal["authorised"]
    rank: Code
    area: Area | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.authorise(
            by=by,
            at=at,
            order=order,
            authorised_at=self.at,
            rank=self.rank,
            area=self.area,
        )


class AppliedFor(_Event):
    """A court was asked for it."""

    kind: Literal["applied"]
    court: Court
    applicant: Code | None = None
    subject_age: Age | None = None
    area: Area | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.apply_for(
            by=by,
            at=at,
            order=order,
            applied_at=self.at,
            court=self.court,
            applicant=self.applicant,
            subject_age=self.subject_age,
            area=self.area,
        )


class NoticeIssued(_Event):
    """A notice that was drafted and authorised was issued; by the rank that authorised it."""

    kind: Literal["notice_issued"]
    clauses: list[GivenClause] | None = None
    subject_age: Age | None = None
    area: Area | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.issue_notice(
            by=by,
            at=at,
            order=order,
            issued_at=self.at,
            clauses=clauses_or_none(self.clauses),
            subject_age=self.subject_age,
            area=self.area,
        )


class HearingListed(_Event):
    """The application, or the one that follows a notice, will be heard."""

    kind: Literal["hearing_listed"]
    hearing_at: Instant
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.list_hearing(
            by=by,
            at=at,
            order=order,
            listed_at=self.at,
            hearing_at=self.hearing_at,
            court=self.court,
        )


class Adjourned(_Event):
    """The hearing was put off, to another instant where one was given."""

    kind: Literal["adjourned"]
    hearing_at: Instant | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.adjourn(
            by=by,
            at=at,
            order=order,
            adjourned_at=self.at,
            hearing_at=self.hearing_at,
        )


class Made(_Event):
    """A court made it. What is left out is as it was asked for."""

    kind: Literal["made"]
    court: Court
    clauses: list[GivenClause] | None = None
    last_day: Day | None = None
    until_further_order: bool = False
    subject_age: Age | None = None
    area: Area | None = None
    without_notice: bool | None = None
    replaces: Reference | None = None
    follows: Reference | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.make_drafted(
            by=by,
            at=at,
            order=order,
            made_at=self.at,
            made_on=london_day(self.at),
            court=self.court,
            clauses=clauses_or_none(self.clauses),
            last_day=self.last_day,
            until_further_order=self.until_further_order,
            subject_age=self.subject_age,
            area=self.area,
            without_notice=self.without_notice,
            replaces=self.replaces,
            follows=self.follows,
        )


class Refused(_Event):
    """The court refused the application."""

    kind: Literal["refused"]
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.refuse(
            by=by,
            at=at,
            order=order,
            refused_at=self.at,
            court=self.court,
        )


class Withdrawn(_Event):
    """A draft or an application was given up."""

    kind: Literal["withdrawn"]

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.withdraw(
            by=by,
            at=at,
            order=order,
            withdrawn_at=self.at,
        )


class Served(_Event):
    """It was served on him. `served_by` where that was not you."""

    kind: Literal["served"]
    how: How
    where: Where
    proof: Proof
    served_by: Name | None = None

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.serve(
            by=by,
            at=at,
            order=order,
            served_at=self.at,
            how=self.how,
            where=self.where,
            proof=self.proof,
            served_by=self.served_by,
        )


class Known(_Event):
    """He knew of it, which is proved, though it was not served on him."""

    kind: Literal["known"]
    how: Knowledge
    proof: Proof

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.record_knowledge(
            by=by,
            at=at,
            order=order,
            known_at=self.at,
            how=self.how,
            proof=self.proof,
        )


class Varied(_Event):
    """A court varied it: the whole list of clauses, the last day, or both."""

    kind: Literal["varied"]
    clauses: list[GivenClause] | None = None
    last_day: Day | None = None
    until_further_order: bool = False
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.vary(
            by=by,
            at=at,
            order=order,
            varied_at=self.at,
            clauses=clauses_or_none(self.clauses),
            last_day=self.last_day,
            until_further_order=self.until_further_order,
            court=self.court,
        )


class Extended(_Event):
    """A court gave it a later last day."""

    kind: Literal["extended"]
    last_day: Day
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.extend(
            by=by,
            at=at,
            order=order,
            extended_at=self.at,
            last_day=self.last_day,
            court=self.court,
        )


class Renewed(_Event):
    """A court renewed it for another term, with other clauses if it said so."""

    kind: Literal["renewed"]
    last_day: Day
    clauses: list[GivenClause] | None = None
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.renew(
            by=by,
            at=at,
            order=order,
            renewed_at=self.at,
            last_day=self.last_day,
            clauses=clauses_or_none(self.clauses),
            court=self.court,
        )


class Suspended(_Event):
    """It was suspended; `until_at` is when it binds again, if that was said."""

    kind: Literal["suspended"]
    until_at: Instant | None = None
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.suspend(
            by=by,
            at=at,
            order=order,
            suspended_at=self.at,
            until_at=self.until_at,
            court=self.court,
        )


class Resumed(_Event):
    """It binds again."""

    kind: Literal["resumed"]
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.resume(
            by=by,
            at=at,
            order=order,
            resumed_at=self.at,
            court=self.court,
        )


class Discharged(_Event):
    """It came to an end before its last day. `consents` names who agreed."""

    kind: Literal["discharged"]
    how: Ending = Ending.COURT_ORDER
    consents: Annotated[list[Code], Field(max_length=10)] = []

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.discharge(
            by=by,
            at=at,
            order=order,
            discharged_at=self.at,
            how=self.how,
            consents=frozenset(self.consents),
        )


class Quashed(_Event):
    """A court quashed it on appeal."""

    kind: Literal["quashed"]
    court: Court = ""

    def act(self, by: Viewer, at: datetime, order: str) -> None:
        """Record it."""
        actions.quash(
            by=by,
            at=at,
            order=order,
            quashed_at=self.at,
            court=self.court,
        )


KINDS: tuple[str, ...] = (
    "authorised",
    "applied",
    "notice_issued",
    "hearing_listed",
    "adjourned",
    "made",
    "refused",
    "withdrawn",
    "served",
    "known",
    "varied",
    "extended",
    "renewed",
    "suspended",
    "resumed",
    "discharged",
    "quashed",
)


def _kind(given: object) -> str | None:
    found = given.get("kind") if isinstance(given, dict) else getattr(given, "kind", None)
    return found if isinstance(found, str) and found in KINDS else None


Event = Annotated[
    Annotated[Authorised, Tag("authorised")]
    | Annotated[AppliedFor, Tag("applied")]
    | Annotated[NoticeIssued, Tag("notice_issued")]
    | Annotated[HearingListed, Tag("hearing_listed")]
    | Annotated[Adjourned, Tag("adjourned")]
    | Annotated[Made, Tag("made")]
    | Annotated[Refused, Tag("refused")]
    | Annotated[Withdrawn, Tag("withdrawn")]
    | Annotated[Served, Tag("served")]
    | Annotated[Known, Tag("known")]
    | Annotated[Varied, Tag("varied")]
    | Annotated[Extended, Tag("extended")]
    | Annotated[Renewed, Tag("renewed")]
    | Annotated[Suspended, Tag("suspended")]
    | Annotated[Resumed, Tag("resumed")]
    | Annotated[Discharged, Tag("discharged")]
    | Annotated[Quashed, Tag("quashed")],
    # Words of our own: the library's would repeat what was sent.
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message=f"kind should be one of {', '.join(KINDS)}",
    ),
]

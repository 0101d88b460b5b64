"""What the guide answers over the API: may it be asked for here, now, by us, and on what."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema

from vigil.access.viewer import Viewer
from vigil.entrypoints.api.orders.words import Age, Area, Code, Day, Given, Reference
from vigil.law.vocabulary import APPLICANTS, JURISDICTIONS, RANKS
from vigil.orders.guiding import AgencyKind, Guide
from vigil.orders.lawful import check_known
from vigil.orders.queries import guide_for


class GuideIt(Given):
    """What is left out is not asked. `on`: today unless given; `last_day` null: until further
    order; `respondent`: his reports are named, from which the evidence is picked."""

    instrument: Code
    on: Day | None = None
    jurisdiction: Code | None = None
    area: Area | None = None
    agency_kind: AgencyKind = AgencyKind.POLICE
    rank: Code | None = None
    subject_age: Age | None = None
    applicant: Code | None = None
    last_day: Day | None = None
    respondent: Reference | None = None


class Refusal(Schema):
    """One reason against it, with where it is written."""

    code: str
    message: str
    provisions: str


class Told(Schema):
    """One thing that the law says of it."""

    text: str
    provision: str
    confidence: str


class Guided(Schema):
    """Whether it may be asked for, and what has to be known. `proposed`: it is not law."""

    instrument: str
    title: str
    proposed: bool
    on: date
    jurisdiction: str
    regime: str
    may: bool
    refusals: list[Refusal]
    told: dict[str, Told]
    terms: str | None
    may_hold: list[str] | None
    must_hold: list[str] | None
    needs_supervisor: bool | None
    may_monitor: bool | None
    interim: str | None
    leads_to: str | None
    reports: list[str]


def guided(viewer: Viewer, given: GuideIt, *, today: date) -> Guided:
    """Raises: NotFoundError, UnknownOrderKindError, BadTermsError."""
    check_known("rank", given.rank, RANKS)
    check_known("applicant", given.applicant, APPLICANTS)
    check_known("jurisdiction", given.jurisdiction, JURISDICTIONS)
    asked: dict[str, Any] = {
        "jurisdiction": given.jurisdiction,
        "area": given.area,
        "agency_kind": given.agency_kind,
        "issuer_rank": given.rank,
        "subject_age": given.subject_age,
        "applicant": given.applicant,
    }
    if "last_day" in given.model_fields_set:
        asked["last_day"] = given.last_day
    found, reports = guide_for(
        viewer, given.instrument, on=given.on or today, respondent=given.respondent, **asked
    )
    return _guided(found, reports)


def _guided(found: Guide, reports: tuple[str, ...]) -> Guided:
    held = found.content
    return Guided(
        instrument=found.instrument,
        title=found.kind.title,
        proposed=found.is_proposed,
        on=found.on,
        jurisdiction=found.jurisdiction,
        regime=found.regime.value,
        may=found.may,
        refusals=[
            Refusal(code=one.code, message=one.message, provisions=one.provisions)
            for one in found.refusals
        ],
        told={
            one.what: Told(text=one.text, provision=one.provision, confidence=one.confidence)
            for one in found.told
        },
        terms=held.text if held else None,
        may_hold=sorted(held.kinds) if held else None,
        must_hold=sorted(held.must_hold) if held else None,
        needs_supervisor=held.needs_supervisor if held else None,
        may_monitor=held.may_monitor if held else None,
        interim=found.interim,
        leads_to=found.leads_to,
        reports=list(reports),
    )

"""Candidates with their names, and the case of one: each page one look, read inside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vigil.access.look import look
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.candidates import presenters
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.people.presenters import names, reports
from vigil.entrypoints.web.people.reading import victims_of
from vigil.identity import queries as identity
from vigil.incidents import queries as incidents
from vigil.law.facts import Regime
from vigil.law.register import register_framework
from vigil.orders.rules import london_day
from vigil.register import queries as register


@dataclass(frozen=True, slots=True)
class Case:
    """What an officer has before him when he decides."""

    reference: str
    name: str
    line: str
    headline: tuple[str, str]
    row: presenters.CandidateRow
    choices: list[tuple[str, str]]
    held: frozenset[str]
    law: str
    authority: str
    proposed: str
    before: list[str]


def rows(
    viewer: Viewer, candidates: Sequence[register.CandidateShown], at: datetime
) -> list[presenters.CandidateRow]:
    """A page of candidates with their names, in one look that names them and the report of
    each that his name is read from.

    Raises: NotAllowedError, NoReasonError, LedgerError.
    """
    newest = {c.person: identity.reports_of(viewer, c.person)[:1] for c in candidates}
    named = [name for person, found in newest.items() for name in (person, *found)]
    with look(viewer=viewer, references=named, at=at) as sight:
        found = []
        for one in candidates:
            who = identity.person(sight, one.person)
            name = names.shown_name(who, incidents.reports(sight, newest[one.person]))
            found.append(presenters.row(one, name, names.shown_born(who, london_day(at))))
        return found


def case(viewer: Viewer, reference: str, at: datetime) -> Case:
    """One candidate with every report on him, in one look.

    Raises: NotFoundError when he is no candidate; NotAllowedError, NoReasonError, LedgerError.
    """
    forces, today = incidents.known_forces(), london_day(at)
    named = [reference, *identity.reports_of(viewer, reference)]
    with look(viewer=viewer, references=named, at=at) as sight:
        candidate = register.candidate(sight, reference)
        who = identity.person(sight, reference)
        held = incidents.reports(sight, who.reports)
        decided = register.decisions(sight, reference)
    name, line = names.shown_name(who, held), names.shown_born(who, today)
    listed = reports.report_rows(held, victims_of(viewer, reference), forces)
    law, authority, proposed = law_words(today)
    return Case(
        reference=reference,
        name=name,
        line=line,
        headline=reports.headline(held, who.victims, forces),
        row=presenters.row(candidate, name, line),
        choices=[(one.reference, presenters.report_words(one)) for one in listed],
        held=frozenset(who.reports),
        law=law,
        authority=authority,
        proposed=proposed,
        before=[presenters.decided_words(one) for one in decided],
    )


def law_words(on: date) -> tuple[str, str, str]:
    """What a registration is under the law in force, its source, and what the proposal adds."""
    today = register_framework(Regime.IN_FORCE, on)
    proposed = register_framework(Regime.PALADIN, on)
    source = formats.listed([f"{p.act} {p.cite}" for p in today.ground.authority])
    return (
        presenters.FRAMEWORKS[today.kind],
        source,
        presenters.PROPOSED_FRAMEWORKS[proposed.kind],
    )

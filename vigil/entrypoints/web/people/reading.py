"""One look, and everything that a page shows, read inside it and put into finished words.

The only place of these pages where rooms are asked. Opens no look for more than is shown,
and shows nothing that the look does not name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight, look
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.people.asking import Asked
from vigil.entrypoints.web.people.presenters import (
    binding,
    duties,
    evidence,
    matches,
    names,
    reports,
    standing,
)
from vigil.identity import permissions as identity_permissions
from vigil.identity import queries as identity
from vigil.incidents import queries as incidents
from vigil.ledger.queries import who_looked
from vigil.monitoring import permissions as monitoring_permissions
from vigil.monitoring import queries as monitoring
from vigil.monitoring.queries import DutyView
from vigil.orders import permissions as orders_permissions
from vigil.orders import queries as orders
from vigil.orders.queries import OrderView
from vigil.orders.rules import london_day
from vigil.register import permissions as register_permissions
from vigil.register import queries as register

MOST_FOUND: Final = 10
# Links that are drawn whole; the stronger rest is counted.
MOST_LINKS: Final = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One person who fits, as a card."""

    reference: str
    name: str
    lines: list[str]
    order_state: str
    order_words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: who fits, how it was read, what was searched."""

    heading: str
    people: list[Found]
    closing: str
    as_of: str
    read_as: list[tuple[str, str]]
    searched: list[tuple[str, str]]


def answer_to(viewer: Viewer, asked: Asked, at: datetime) -> Answer:
    """Who fits. Written down also when nobody does: then the look names nobody.

    Raises: NotAllowedError, NoReasonError, LedgerError.
    """
    terms = identity.SearchTerms(**asked.terms)
    hits = identity.search(viewer, terms, on=london_day(at), most=MOST_FOUND + 1)
    shown = hits[:MOST_FOUND]
    named = [name for hit in shown for name in (hit.person, hit.report)]
    with look(viewer=viewer, references=named, at=at) as sight:
        people = [_found(sight, hit, at) for hit in shown]
    return Answer(
        heading=matches.heading([hit.weight for hit in shown], is_cut=len(hits) > MOST_FOUND),
        people=people,
        closing=matches.closing(at),
        as_of=formats.clock(at),
        read_as=asked.read_as,
        searched=matches.searched(incidents.counts()),
    )


def _found(sight: Sight, hit: identity.Candidate, at: datetime) -> Found:
    person = identity.person(sight, hit.person)
    best = incidents.reports(sight, [hit.report])
    state, words = binding.order_summary(orders_on(sight, hit.person, at))
    return Found(
        reference=hit.person,
        name=names.shown_name(person, best),
        lines=[
            names.shown_born(person, london_day(at)),
            matches.agreed(hit.bits),
            f"{matches.likelihood(hit.weight)}.",
            standing.short(register.standing(sight, hit.person)),
        ],
        order_state=state,
        order_words=words,
    )


def duties_on(sight: Sight, reference: str, at: datetime) -> list[DutyView] | None:
    """The duties of a person, or None for a role that may not read them."""
    if not monitoring_permissions.can_read(sight.viewer):
        return None
    return monitoring.duties_of(sight, reference, at=at)


def orders_on(sight: Sight, reference: str, at: datetime) -> list[OrderView] | None:
    """The orders against a person, or None for a role that may not read them."""
    if not orders_permissions.can_read(sight.viewer):
        return None
    return orders.orders_of(sight, reference, at=at)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person in finished words."""

    reference: str
    name: str
    line: str
    warnings: list[str]
    identity: list[tuple[str, str]]
    headline: tuple[str, str]
    questions: list[tuple[str, str, str]]
    reports_heading: str
    reports: list[list[str]]
    orders_heading: str
    orders: list[binding.OrderCard]
    orders_note: str
    duties: list[duties.DutyItem]
    duties_note: str
    facts: list[tuple[str, str]]
    holds: str
    links: list[evidence.Evidence]
    more_links: list[evidence.Evidence]
    most_bits: float
    links_rest: str
    near: str
    judgements: list[tuple[str, str]]
    register: standing.RegisterWords
    last_look: str
    may_decide: bool
    may_judge: bool


def current(viewer: Viewer, reference: str, at: datetime) -> str:
    """The person whom the reference stands for today. Asking after one who became another is
    a look as well.

    Raises: NotFoundError, NoReasonError, LedgerError.
    """
    now = identity.current_reference(reference)
    if now != reference:
        with look(viewer=viewer, references=[reference, now], at=at):
            pass
    return now


def person_page(
    viewer: Viewer, reference: str, at: datetime, order_href: Callable[[str], str]
) -> PersonPage:
    """Everything on one person's page, in one look that names him and all of his reports.

    Raises: NotFoundError, NotAllowedError, NoReasonError, LedgerError.
    """
    named = [reference, *identity.reports_of(viewer, reference)]
    with look(viewer=viewer, references=named, at=at) as sight:
        return _page(sight, reference, at, order_href)


def _page(
    sight: Sight, reference: str, at: datetime, order_href: Callable[[str], str]
) -> PersonPage:
    viewer, today, forces = sight.viewer, london_day(at), incidents.known_forces()
    who = identity.person(sight, reference)
    held = incidents.reports(sight, who.reports)
    victims = victims_of(viewer, reference)
    on_him = orders_on(sight, reference, at)
    owed = duties_on(sight, reference, at)
    stands = register.standing(sight, reference)
    rows = reports.report_rows(held, victims, forces)
    numbers = reports.report_numbers(held)
    links = identity.links_of(sight, reference)
    holding = evidence.holding(links)
    by_reference = {report.reference: report for report in held}
    said = identity.judgements_of(sight, reference)
    candidate = candidate_of(sight, reference)
    drawn = [evidence.evidence(one, by_reference, numbers, forces) for one in holding[:MOST_LINKS]]
    cards = binding.order_cards(on_him or [], order_href)
    return PersonPage(
        reference=reference,
        name=names.shown_name(who, held),
        line=names.identity_line(who, today),
        warnings=[],
        identity=standing.identity_facts(stands, reference),
        headline=reports.headline(held, who.victims, forces),
        questions=[
            ("Where was he last reported?", *reports.last_seen(held, forces)),
            ("What binds him?", *binding.binds(on_him)),
            ("What is late?", *duties.late_words(owed, today)),
            ("Who owns him?", *standing.owner_words(stands)),
        ],
        reports_heading=f"{formats.count(len(rows), 'report')}, newest first",
        reports=[row.cells for row in rows],
        orders_heading=binding.heading(on_him),
        orders=cards,
        orders_note=binding.note(on_him),
        duties=duties.duty_items(owed, today),
        duties_note=duties.note(owed),
        facts=names.facts(who),
        holds=evidence.holds_words(holding, len(held)),
        links=drawn[:1],
        more_links=drawn[1:],
        most_bits=evidence.most_bits(drawn),
        links_rest=evidence.rest_words(len(holding) - MOST_LINKS),
        near=evidence.near_words(links),
        judgements=evidence.judgement_rows(said, numbers, identity_permissions.can_judge(viewer)),
        register=standing.register_words(stands, candidate, today),
        last_look=standing.last_look(who_looked(viewer, reference, limit=2)),
        may_decide=candidate is not None and register_permissions.can_decide(viewer),
        may_judge=identity_permissions.can_judge(viewer) and bool(holding),
    )


def victims_of(viewer: Viewer, reference: str) -> dict[str, str]:
    """What tells a person's victims apart, by report, for a role that may count them."""
    if not identity_permissions.can_list_serial(viewer):
        return {}
    found = dict(identity.serial_reports(viewer, [reference]))
    return {fact.reference: fact.victim for fact in found.get(reference, []) if fact.victim}


def candidate_of(sight: Sight, reference: str) -> register.CandidateShown | None:
    """His place among his agency's candidates, or None: he is none, or not for this role."""
    if not register_permissions.can_see_candidates(sight.viewer):
        return None
    try:
        return register.candidate(sight, reference)
    except NotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class PairsPage:
    """The links that a person may judge, weakest first."""

    reference: str
    name: str
    line: str
    choices: list[tuple[str, str]]
    pairs: dict[str, tuple[str, str]]
    said: dict[str, str]
    links: list[evidence.Evidence]
    most_bits: float


def pairs_page(viewer: Viewer, reference: str, at: datetime) -> PairsPage:
    """What a judgement needs to see, in one look.

    Raises: NotFoundError, NotAllowedError, NoReasonError, LedgerError.
    """
    forces = incidents.known_forces()
    named = [reference, *identity.reports_of(viewer, reference)]
    with look(viewer=viewer, references=named, at=at) as sight:
        who = identity.person(sight, reference)
        held = incidents.reports(sight, who.reports)
        holding = evidence.holding(identity.links_of(sight, reference))
        said = identity.judgements_of(sight, reference)
    numbers = reports.report_numbers(held)
    by_reference = {report.reference: report for report in held}
    shown = [evidence.evidence(link, by_reference, numbers, forces) for link in holding]
    return PairsPage(
        reference=reference,
        name=names.shown_name(who, held),
        line=names.identity_line(who, london_day(at)),
        choices=[(one.pair, f"{one.left} and {one.right}: {one.total}") for one in shown],
        pairs={evidence.pair_of(link): (link.left, link.right) for link in holding},
        said=evidence.standing_judgements(said, numbers),
        links=shown[:MOST_LINKS],
        most_bits=evidence.most_bits(shown[:MOST_LINKS]),
    )

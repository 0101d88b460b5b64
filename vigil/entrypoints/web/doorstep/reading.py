"""One look for each page at the door, and what it shows read inside it, in finished words.

The only place of these pages where rooms are asked. Reads the person's name from his newest
report; names no protected person and opens no sealed place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core import signing

from vigil.access.errors import NotFoundError
from vigil.access.look import Sight, look
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.doorstep.acts import (
    BY_CODE,
    MEANS,
    TOWARDS,
    ActButton,
    buttons_for,
    said,
)
from vigil.entrypoints.web.doorstep.forms import ActForm
from vigil.entrypoints.web.doorstep.presenters import holding
from vigil.entrypoints.web.doorstep.presenters.verdict import VerdictShown, in_law, verdict_shown
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.people.presenters import names
from vigil.identity import queries as identity
from vigil.incidents import queries as incidents
from vigil.monitoring import breaches
from vigil.monitoring.doorstep import Answered, ask
from vigil.monitoring.evidence import WORDS
from vigil.orders import permissions
from vigil.orders import queries as orders
from vigil.orders.doorstep.live import whom
from vigil.orders.doorstep.words import Missing, Verdict
from vigil.orders.kinds import kind_of
from vigil.orders.queries import OrderView
from vigil.orders.rules import london_day

_SALT = "vigil.doorstep.log"
# A shift: a page that was left open longer is asked again.
_OPEN_SECONDS = 12 * 60 * 60


@dataclass
class Seen:
    """Who it is and his orders, as one look gave them."""

    reference: str
    name: str = ""
    born: str = ""
    orders: list[OrderView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """The page of one person: what binds him, and what he may have done."""

    seen: Seen
    held: holding.Held
    buttons: list[ActButton]
    form: ActForm
    has_zone: bool
    has_several: bool
    as_of: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer. `log` is what a press on "Log the breach" sends; empty where there is none.

    `means` and `whom` are what a missing fact may be settled with; `untold` the orders of which
    he may be told here (reference, words).
    """

    seen: Seen
    told: str
    happened: str
    verdict: VerdictShown
    log: str
    means: list[tuple[str, str]]
    whom: list[tuple[str, str]]
    untold: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class BreachPage:
    """A breach that was logged."""

    reference: str
    person: str
    name: str
    facts: list[tuple[str, ...]]
    open_items: list[tuple[str, str]]
    secured: list[tuple[str, str]]


def current(viewer: Viewer, reference: str) -> str:
    """Who the reference stands for today; itself where nobody is held."""
    return whom(viewer, reference).person


def at_the_door(
    viewer: Viewer, reference: str, at: datetime, told: Mapping[str, Any] | None = None
) -> AtTheDoor:
    """What binds him now, in one look, and the form that asks what he has done.

    Raises: NotFoundError for nobody and for who is sealed; NoReasonError, LedgerError.
    """
    seen, report = Seen(reference), _newest_report(viewer, reference)
    found = whom(viewer, reference)
    named = [reference, *found.orders, *report]
    with look(viewer=viewer, references=named, at=at) as sight:
        _read(sight, seen, report, at=at, as_known_at=at)
    form = form_for(seen.orders, at, told)
    return AtTheDoor(
        seen=seen,
        held=holding.held(seen.orders),
        buttons=buttons_for(holding.rule_kinds(seen.orders)),
        form=form,
        has_zone=holding.has_zone(seen.orders),
        has_several=len(holding.whom_choices(seen.orders)) > 1,
        as_of=formats.clock(at),
    )


def form_for(
    held: Sequence[OrderView], at: datetime, told: Mapping[str, Any] | None = None
) -> ActForm:
    """The form over these orders; where they protect one person, an act is towards her."""
    people = holding.whom_choices(held)
    initial = {"towards": people[0][0]} if len(people) == 1 else {}
    return ActForm(
        told,
        at=at,
        whom=[(value, words) for value, words, _ in people],
        appointments=holding.appointments(held, at),
        initial=initial,
    )


def answer_page(viewer: Viewer, door: AtTheDoor, at: datetime) -> AnswerPage:
    """The answer to the form of that page, which is valid.

    Raises: TooManyQuestionsError, BadQuestionError, NotFoundError, NoReasonError, LedgerError.
    """
    form, seen = door.form, Seen(door.seen.reference, door.seen.name, door.seen.born)
    people = {v: (words, ref) for v, words, ref in holding.whom_choices(door.seen.orders)}
    words, towards = people.get(form.cleaned_data["towards"], ("her", None))
    happened_at = form.happened_at()

    def beside(sight: Sight) -> None:
        seen.orders = orders.orders_of(sight, seen.reference, at=happened_at, as_known_at=at)

    act = form.act(seen.reference, towards if form.kind in TOWARDS else None)
    answered = ask(viewer, at=at, happened_at=happened_at, act=act, beside=beside)
    button = BY_CODE[form.cleaned_data["act"]]
    did = said(button, form.means, words, has_place=act.place is not None)
    return AnswerPage(
        seen=seen,
        told=f"At {_when(happened_at, at)} {did}.",
        happened=happened_at.isoformat(),
        verdict=verdict_shown(answered, seen.orders, invited=act.consented),
        log=_to_log(viewer, answered, form.kind, form.means),
        means=list(MEANS.items()),
        whom=[(value, words) for value, (words, _) in people.items()],
        untold=_untold(viewer, answered, seen.orders),
    )


def _untold(viewer: Viewer, answered: Answered, held: Sequence[OrderView]) -> list[tuple[str, str]]:
    """The orders that he would be bound by if he were told; a notice binds by service alone."""
    if Missing.PROOF_OF_SERVICE not in answered.found.answer.missing:
        return []
    refs = {one.ref for one in answered.found.answer.clauses}
    return [
        (order.reference, order.title.lower())
        for order in held
        if order.reference in refs
        and not kind_of(order.instrument).is_notice
        and permissions.can_serve(viewer, agency=order.agency)
    ]


def _when(happened_at: datetime, at: datetime) -> str:
    same = london_day(happened_at) == london_day(at)
    return formats.clock(happened_at) if same else formats.stamp(happened_at)


def _newest_report(viewer: Viewer, reference: str) -> list[str]:
    return identity.reports_of(viewer, reference)[:1]


def _read(
    sight: Sight, seen: Seen, report: list[str], *, at: datetime, as_known_at: datetime
) -> None:
    person = identity.person(sight, seen.reference)
    seen.name = names.shown_name(person, incidents.reports(sight, report))
    seen.born = names.shown_born(person, london_day(at))
    seen.orders = orders.orders_of(sight, seen.reference, at=at, as_known_at=as_known_at)


# -- logging ----------------------------------------------------------------------------------


def _to_log(viewer: Viewer, answered: Answered, act: str, means: str | None) -> str:
    """What was answered, signed: so that a press logs this answer and nothing that was typed."""
    answer = answered.found.answer
    if answer.verdict is Verdict.NOT_BREACH or not answer.clauses:
        return ""
    consequence = in_law(answered)
    return signing.dumps(
        {
            "by": viewer.username,
            "question": answered.question,
            "person": answered.person,
            "act": act,
            "means": means,
            "verdict": answer.verdict.value,
            "offence": consequence.offence if consequence else None,
            "happened_at": answered.happened_at.isoformat(),
            "clauses": [[one.ref, one.clause] for one in answer.clauses],
        },
        salt=_SALT,
        compress=True,
    )


@dataclass(frozen=True, slots=True)
class ToLog:
    """What a press logs: an answer of ours to this viewer."""

    question: str
    person: str
    act: str
    means: str | None
    verdict: str
    offence: str | None
    happened_at: datetime
    clauses: list[tuple[str, str]]


def to_log(viewer: Viewer, signed: str) -> ToLog | None:
    """What that press logs; None for what is not ours, too old, or another's."""
    try:
        told = signing.loads(signed, salt=_SALT, max_age=_OPEN_SECONDS)
    except signing.BadSignature:
        return None
    if told.pop("by") != viewer.username:
        return None
    told["happened_at"] = datetime.fromisoformat(told["happened_at"])
    told["clauses"] = [(order, clause) for order, clause in told["clauses"]]
    return ToLog(**told)


def breach_page(viewer: Viewer, reference: str, at: datetime) -> BreachPage:
    """A breach that was logged, and what of its list is still open; in one look.

    Raises: NotFoundError, NoReasonError, LedgerError.
    """
    person = current(viewer, breaches.person_of_breach(viewer, reference))
    report = _newest_report(viewer, person)
    with look(viewer=viewer, references=[reference, person, *report], at=at) as sight:
        found = breaches.breach(sight, reference)
        him = identity.person(sight, person)
        name = names.shown_name(him, incidents.reports(sight, report))
    if found.person != person and current(viewer, found.person) != person:
        raise NotFoundError
    return BreachPage(
        reference=reference,
        person=person,
        name=name,
        facts=_facts(found, name),
        open_items=[(e.what, WORDS[e.what]) for e in found.evidence if e.at is None],
        secured=[
            (WORDS[e.what], f"{formats.stamp(e.at)}, by {e.by}") for e in found.evidence if e.at
        ],
    )


def _facts(found: breaches.BreachView, name: str) -> list[tuple[str, ...]]:
    clauses: dict[str, list[str]] = {}
    for order, clause in found.clauses:
        clauses.setdefault(order, []).append(clause)
    button = next(
        b
        for b in BY_CODE.values()
        if b.kind == found.act and (found.act != "contact" or b.means in (found.means, None))
    )
    verdict = {"breach": "Breach", "cannot_tell": "Could not tell: suspected"}[found.verdict]
    what = said(button, found.means, "the protected person")
    rows: list[tuple[str, ...]] = [
        ("Who", name),
        ("When", formats.stamp(found.happened_at)),
        ("What", f"{what[:1].upper()}{what[1:]}"),
        ("Answer", verdict),
        (
            "Clauses",
            "; ".join(f"{formats.listed(held)} of {order}" for order, held in clauses.items()),
        ),
    ]
    if found.offence:
        rows.append(("Offence", found.offence))
    rows.append(("Logged", f"{formats.stamp(found.logged_at)}, by {found.logged_by}"))
    rows.append(("For", found.because))
    return rows

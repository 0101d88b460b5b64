"""What was typed about a new order, put back before the officer to check."""

from __future__ import annotations

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.drafting import Draft
from vigil.entrypoints.web.orders.presenters import words
from vigil.entrypoints.web.orders.presenters.orders import WHOM, ClauseShown, rule_words
from vigil.entrypoints.web.orders.reading import Respondent
from vigil.orders.kinds import KINDS


def title(instrument: str) -> str:
    """The name of the order."""
    return KINDS[instrument].title


def rows(draft: Draft, known: Respondent) -> list[dict[str, str]]:
    """The terms as the officer typed them. Call when the draft is valid."""
    terms = draft.read(people(draft))
    last_day = terms["last_day"]
    lasts = "Until further order"
    if KINDS[draft.instrument].is_notice:
        lasts = "Until the application for an order is decided"
    elif last_day:
        lasts = formats.last_moment(last_day)
    rank = terms["issuer_rank"]
    made = [
        ("Against", f"{known.name}. {known.born}"),
        ("Order", title(draft.instrument)),
        ("By", words.RANK[rank] if rank else terms["court"]),
        ("Made on", formats.weekday(terms["made_on"])),
        ("Lasts", f"{lasts[:1].upper()}{lasts[1:]}"),
        *((f"{WHOM} {n}", said) for n, said in enumerate(_protected(draft, known), start=1)),
        ("Rests on", ", ".join(terms["evidence"]) or "No report chosen"),
    ]
    if terms["replaces"]:
        made.append(("Takes the place of", terms["replaces"]))
    return [{"label": label, "answer": answer} for label, answer in made]


def _protected(draft: Draft, known: Respondent) -> list[str]:
    named = dict(known.protected)
    new = [
        f"{person.cleaned_data['name']}. New: all about her will be sealed."
        for person in draft.new_people
    ]
    return [*(named.get(one, one) for one in draft.known), *new]


def people(draft: Draft) -> list[str]:
    """References of the protected persons, with a stand-in for those who have none yet."""
    return [*draft.known, *(f"new {n}" for n, _ in enumerate(draft.new_people))]


def clauses(draft: Draft) -> list[ClauseShown]:
    """The clauses, with how each is read as a rule."""
    references = people(draft)
    named = {one: f"{WHOM} {n}" for n, one in enumerate(references, start=1)}
    return [
        ClauseShown(f"Clause {one.clause}", one.text, rule_words(one.rule, named))
        for one in draft.read_clauses(references)
    ]

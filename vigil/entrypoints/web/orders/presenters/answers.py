"""What was typed about a new order, put back before the officer to check."""

from __future__ import annotations

from typing import Any

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.drafting import Draft
from vigil.entrypoints.web.orders.presenters import words
from vigil.entrypoints.web.orders.presenters.guide import title_of
from vigil.entrypoints.web.orders.presenters.orders import WHOM, ClauseShown, rule_words
from vigil.entrypoints.web.orders.reading import Respondent
from vigil.orders.kinds import KINDS


def rows(draft: Draft, known: Respondent) -> list[dict[str, str]]:
    """The terms as the officer typed them. Call when the draft is valid."""
    terms = draft.read(people(draft))
    last_day = terms["last_day"]
    lasts = "Until further order"
    if KINDS[draft.instrument].is_notice:
        lasts = "Until the application for an order is decided"
    elif last_day:
        lasts = formats.last_moment(last_day)
    made = [
        ("Against", f"{known.name}. {known.born}"),
        ("Order", title_of(draft.instrument)),
        *_making(draft, terms),
        ("Lasts", f"{lasts[:1].upper()}{lasts[1:]}"),
        *((f"{WHOM} {n}", said) for n, said in enumerate(_protected(draft, known), start=1)),
        ("Rests on", ", ".join(terms["evidence"]) or "No report chosen"),
        *_optional(terms),
    ]
    return [{"label": label, "answer": answer} for label, answer in made]


def _making(draft: Draft, terms: dict[str, Any]) -> list[tuple[str, str]]:
    if draft.is_draft:
        also = [("Also against", ", ".join(draft.also))] if draft.also else []
        return [("How far", "A draft: nothing binds him yet"), *also]
    rank, made_at = terms["issuer_rank"], terms["made_at"]
    made = formats.moment(made_at) if made_at else formats.weekday(terms["made_on"])
    return [("By", words.RANK[rank] if rank else terms["court"]), ("Made on", made)]


def _optional(terms: dict[str, Any]) -> list[tuple[str, str]]:
    """What was answered of the questions that may stay open."""
    notice = {True: "Without notice to him", False: "He was told of the hearing"}
    said = [
        ("Asked for by", words.APPLICANT.get(terms["applicant"] or "", "")),
        ("Notice", notice.get(terms["without_notice"], "")),
        ("His age", "" if terms["subject_age"] is None else str(terms["subject_age"])),
        ("Area", terms["area"] or ""),
        ("Takes the place of", terms.get("replaces") or ""),
        ("Follows the notice", terms.get("follows") or ""),
    ]
    return [(label, answer) for label, answer in said if answer]


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

"""An order on its way to being made: what was typed so far, in forms that lose nothing.

All of it travels with the page, none of it is kept: a name that will be sealed is in no session
and in no address. Decides nothing: the checks are the orders room's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from vigil.access.queries import agency
from vigil.access.viewer import Viewer
from vigil.entrypoints.web.orders import choosing
from vigil.entrypoints.web.orders.choosing import Hers
from vigil.entrypoints.web.orders.clauses import ClauseForm
from vigil.entrypoints.web.orders.forms import ProtectedForm
from vigil.entrypoints.web.orders.presenters.guide import NOT_OURS, Offer, nation_of, offer
from vigil.entrypoints.web.orders.reading import Respondent
from vigil.entrypoints.web.orders.terms import (
    DRAFT,
    MADE,
    TRUE_FALSE,
    KindForm,
    Offered,
    PlaceForm,
    TermsForm,
    made_at,
    references,
)
from vigil.orders import actions, permissions
from vigil.orders.conditions import check_rule
from vigil.orders.guiding import Guide
from vigil.orders.kinds import KINDS, home_of
from vigil.orders.lawful import check_content, check_lawful
from vigil.orders.queries import guide_for
from vigil.orders.rules import (
    Clause,
    check_clauses,
    check_last_day,
    check_making_is_past,
    check_terms,
    london_day,
)
from vigil.victims.actions import protect

FIRST_CLAUSES: Final = 2
MOST_CLAUSES: Final = 40
MOST_PEOPLE: Final = 10
PERSON_FIELD: Final = re.compile(r"p\d+-")
NOBODY: Final = "Enter at least one protected person: her name, or one who is known already"


@dataclass
class Draft:
    """The forms of one order. `terms` is None until its kind is known."""

    kind: KindForm
    place: PlaceForm
    on: date
    nation: str
    instrument: str = ""
    way: str = MADE
    offered: Offer = field(default_factory=lambda: Offer((), ()))
    guide: Guide | None = None
    terms: TermsForm | None = None
    viewer: Viewer = field(kw_only=True)
    people: list[ProtectedForm] = field(default_factory=list)
    clauses: list[ClauseForm] = field(default_factory=list)

    @property
    def forms(self) -> list[forms.Form]:
        """All forms, in the order of the page."""
        terms = [self.terms] if self.terms else []
        return [self.place, self.kind, *terms, *self.people, *self.clauses]

    def non_field_errors(self) -> list[str]:
        """The faults of no field in particular: with `__iter__`, all that a summary needs."""
        return [str(fault) for form in self.forms for fault in form.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        return (bound for form in self.forms for bound in form)

    def is_valid(self) -> bool:
        """Whether every form could be read. Each is asked, so that every fault is shown."""
        valid = [form.is_valid() for form in self.forms if form.is_bound]
        if not all(valid):
            return False
        count = len(self.known) + len(self.new_people)
        if not count:
            self.people[0].add_error("name", NOBODY)
        if "also" in self._terms and self.terms is not None:
            self._check_also(self.terms)
        for clause in self.said:
            if "persons" in clause.own_fields:
                clause.check_persons(count)
        return not any(form.errors for form in self.forms)

    @property
    def must_draw(self) -> bool:
        """Whether a kind of rule was chosen whose own fields were not on the page yet."""
        return any(clause.must_be_drawn for clause in self.clauses)

    @property
    def said(self) -> list[ClauseForm]:
        """The clauses that are not empty."""
        return [clause for clause in self.clauses if not clause.is_empty]

    @property
    def known(self) -> list[str]:
        """References of protected persons who were chosen. Call when valid."""
        terms = self._terms
        return list(dict.fromkeys([*(terms.get("protected") or []), *(terms.get("others") or [])]))

    @property
    def new_people(self) -> list[ProtectedForm]:
        """Those who are not known yet. Call when valid."""
        return [person for person in self.people if person.cleaned_data.get("name")]

    @property
    def _terms(self) -> dict[str, Any]:
        return self.terms.cleaned_data if self.terms else {}

    @property
    def also(self) -> list[str]:
        """Other respondents of the same application. Call when valid."""
        return references(str(self._terms.get("also") or ""))

    @property
    def is_draft(self) -> bool:
        """Whether it is not made yet."""
        return self.way == DRAFT

    def _check_also(self, terms: TermsForm) -> None:
        if self.also and choosing.strangers(self.viewer, self.also):
            terms.add_error("also", "Enter references of persons who are known; one is not")

    def read(self, protected: list[str]) -> dict[str, Any]:
        """The terms as the action takes them. Call when valid."""
        terms = self._terms
        read = {
            "instrument": self.instrument,
            "last_day": terms.get("last_day"),
            "clauses": self.read_clauses(protected),
            "applicant": terms.get("applicant") or None,
            "subject_age": terms.get("subject_age"),
            "area": self.area or None,
            "without_notice": TRUE_FALSE.get(terms.get("without_notice") or ""),
            "evidence": list(terms.get("evidence") or []),
        }
        if self.is_draft:
            return read
        return read | {
            "court": terms.get("court") or "",
            "issuer_rank": terms.get("issuer_rank") or None,
            "made_on": terms["made_on"],
            "made_at": made_at(terms["made_on"], terms.get("made_time") or ""),
            "replaces": terms.get("replaces") or None,
            "follows": terms.get("follows") or None,
        }

    @property
    def area(self) -> str:
        """The area that is asked of the law, as it was typed."""
        return str(self.place.cleaned_data.get("area") or "")

    def read_clauses(self, protected: list[str]) -> list[Clause]:
        """The clauses with their rules. Call when valid."""
        return [clause.read(protected) for clause in self.said]

    def refuse(self, sentence: str) -> None:
        """Put the sentence of a refusal on top of the page."""
        form = self.terms or self.kind
        form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}")


def draft_of(
    viewer: Viewer,
    data: QueryDict,
    known: Respondent,
    *,
    at: datetime,
    is_begun: bool,
    her: Hers | None = None,
) -> Draft:
    """What was typed so far. `is_begun`: the terms were on the page that was sent; `her` is
    what may be chosen of the protected persons who were."""
    draft = _begun(viewer, data, at)
    if not data.get("act") or data["act"] == "place" or not draft.kind.is_valid():
        return draft
    draft.instrument = draft.kind.cleaned_data["instrument"]
    draft.way = draft.kind.cleaned_data["way"]
    draft.guide, _ = guide_for(
        viewer, draft.instrument, on=draft.on, area=draft.area or None, jurisdiction=draft.nation
    )
    her = her or Hers()
    sent = data if is_begun else None
    offered = Offered(
        [*known.protected, *(one for one in her.children if one not in known.protected)],
        known.reports,
        known.replaceable,
        _initial(draft, today=london_day(at)),
    )
    draft.terms = TermsForm(draft.instrument, draft.way, offered, sent)
    people = counted(data, "people", least=1, most=MOST_PEOPLE)
    clauses = counted(data, "clauses", least=FIRST_CLAUSES, most=MOST_CLAUSES)
    draft.people = [ProtectedForm(sent, prefix=f"p{n}") for n in range(1, people + 1)]
    allowed = her.allowed(draft.guide.content.kinds if draft.guide.content else None)
    draft.clauses = [
        ClauseForm(sent, prefix=f"c{n}", allowed=allowed) for n in range(1, clauses + 1)
    ]
    return draft


def _begun(viewer: Viewer, data: QueryDict, at: datetime) -> Draft:
    place = PlaceForm(data if data else None, initial={"nation": nation_of(viewer.agency)})
    read = place.cleaned_data if place.is_bound and place.is_valid() else {}
    on = read.get("on") or london_day(at)
    code = str(data.get("instrument", ""))
    nation = read.get("nation") or (home_of(code) if code in KINDS else nation_of(viewer.agency))
    offered = offer(agency(viewer.agency).regime, on, nation, read.get("area") or "")
    may_issue = any(permissions.can_make(viewer, kind) for kind in KINDS.values() if kind.is_notice)
    is_asked = bool(data.get("act")) and data["act"] != "place"
    kind = KindForm(offered, data if is_asked else None, may_issue=may_issue)
    return Draft(kind, place, on, nation, offered=offered, viewer=viewer)


def _initial(draft: Draft, *, today: date) -> dict[str, Any]:
    """What stands in the boxes at first: the day that was asked about, and that we ask for it."""
    if draft.is_draft:
        ours = draft.guide is not None and not any(
            one.code == NOT_OURS for one in draft.guide.refusals
        )
        return {"applicant": "police"} if ours else {}
    return {"made_on": draft.on} if draft.on != today else {}


def counted(data: QueryDict, name: str, *, least: int, most: int) -> int:
    """How many of them were on the page; one more where another was asked for."""
    typed = data.get(name, "")
    held = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else least
    return max(least, min(most, held + (data.get("act") == f"add_{name}")))


def carried(data: QueryDict) -> Iterator[tuple[str, str]]:
    """All that was typed, to travel on with the page that asks to check it."""
    for name, values in data.lists():
        if name not in {"act", "csrfmiddlewaretoken"}:
            for value in values:
                yield name, str(value)


def check(draft: Draft, at: datetime) -> None:
    """Raises what the action would raise for these terms, before anybody is made known.

    Raises: BadTermsError, BadRuleError, NotLawfulError.
    """
    protected = [*draft.known, *(f"new {n}" for n, _ in enumerate(draft.new_people))]
    terms = draft.read(protected)
    made_on, last_day = terms.get("made_on") or london_day(at), terms["last_day"]
    clauses, place = terms["clauses"], home_of(draft.instrument)
    if draft.is_draft:
        check_clauses(clauses)
        check_last_day(last_day, not_before=made_on, what="the day of the draft")
    else:
        check_terms(made_on=made_on, made_at=terms["made_at"], last_day=last_day, clauses=clauses)
        check_making_is_past(made_on=made_on, made_at=terms["made_at"], at=at)
    for clause in clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=draft.instrument,
        jurisdiction=place,
        made_on=made_on,
        last_day=last_day,
        issuer_rank=terms.get("issuer_rank"),
        applicant=terms["applicant"],
        subject_age=terms["subject_age"],
        area=terms["area"],
    )
    check_content(
        instrument=draft.instrument,
        jurisdiction=place,
        clauses=clauses,
        made_on=made_on,
        last_day=last_day,
    )


def protect_new(draft: Draft, *, by: Viewer, at: datetime) -> list[str]:
    """Make those known who are not; their references, in the order of the page."""
    return [protect(by=by, at=at, **person.cleaned_data) for person in draft.new_people]


def make_it(draft: Draft, new: list[str], *, by: Viewer, at: datetime, respondent: str) -> str:
    """Make the order; its reference. Raises: whatever `make` refuses."""
    protected = [*draft.known, *new]
    terms = draft.read(protected)
    return actions.make(by=by, at=at, respondent=respondent, protected=protected, **terms)


def begin_it(draft: Draft, new: list[str], *, by: Viewer, at: datetime, respondent: str) -> str:
    """Begin the drafts, one for each respondent; the reference of the first.

    Raises: whatever `draft` refuses.
    """
    protected = [*draft.known, *new]
    respondents = list(dict.fromkeys([respondent, *draft.also]))
    terms = draft.read(protected)
    return actions.draft(by=by, at=at, respondents=respondents, protected=protected, **terms)[0]


def with_known(data: QueryDict, new: list[str]) -> QueryDict:
    """What was typed, with those as chosen who were made known meanwhile: an order that is
    refused after that must not make her known a second time."""
    changed = data.copy()
    for name in [name for name in changed if PERSON_FIELD.match(name)]:
        del changed[name]
    changed.setlist("protected", [*changed.getlist("protected"), *new])
    return changed

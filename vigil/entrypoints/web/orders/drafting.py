"""An order on its way to being made: what was typed so far, in forms that lose nothing.

All of it travels with the page, none of it is kept: a name that will be sealed is in no session
and in no address. Decides nothing: the checks are the orders room's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from vigil.access.viewer import Viewer
from vigil.entrypoints.web.orders.clauses import ClauseForm
from vigil.entrypoints.web.orders.forms import KindForm, ProtectedForm, TermsForm
from vigil.entrypoints.web.orders.reading import Respondent
from vigil.orders import permissions
from vigil.orders.actions import make
from vigil.orders.conditions import check_rule
from vigil.orders.kinds import KINDS, home_of
from vigil.orders.lawful import check_lawful
from vigil.orders.rules import Clause, check_making_is_past, check_terms
from vigil.victims.actions import protect

FIRST_CLAUSES: Final = 2
MOST_CLAUSES: Final = 40
MOST_PEOPLE: Final = 10
PERSON_FIELD: Final = re.compile(r"p\d+-")
JURISDICTION: Final = "EW"
# What this page can ask for: the orders of its jurisdiction that are law.
OFFERED: Final = tuple(
    code for code in KINDS if home_of(code) == JURISDICTION and not KINDS[code].is_proposed
)
NOBODY: Final = "Enter at least one protected person: her name, or one who is known already"


@dataclass
class Draft:
    """The forms of one order. `terms` is None until its kind is known."""

    kind: KindForm
    instrument: str = ""
    terms: TermsForm | None = None
    people: list[ProtectedForm] = field(default_factory=list)
    clauses: list[ClauseForm] = field(default_factory=list)

    @property
    def forms(self) -> list[forms.Form]:
        """All forms, in the order of the page."""
        terms = [self.terms] if self.terms else []
        return [self.kind, *terms, *self.people, *self.clauses]

    def non_field_errors(self) -> list[str]:
        """The faults of no field in particular: with `__iter__`, all that a summary needs."""
        return [str(fault) for form in self.forms for fault in form.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        return (bound for form in self.forms for bound in form)

    def is_valid(self) -> bool:
        """Whether every form could be read. Each is asked, so that every fault is shown."""
        valid = [form.is_valid() for form in self.forms]
        if not all(valid):
            return False
        count = len(self.known) + len(self.new_people)
        if not count:
            self.people[0].add_error("name", NOBODY)
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
        return list(self._terms.get("protected") or [])

    @property
    def new_people(self) -> list[ProtectedForm]:
        """Those who are not known yet. Call when valid."""
        return [person for person in self.people if person.cleaned_data.get("name")]

    @property
    def _terms(self) -> dict[str, Any]:
        return self.terms.cleaned_data if self.terms else {}

    def read(self, protected: list[str]) -> dict[str, Any]:
        """The terms as the action takes them. Call when valid."""
        terms = self._terms
        return {
            "instrument": self.instrument,
            "court": terms.get("court") or "",
            "issuer_rank": terms.get("issuer_rank") or None,
            "made_on": terms["made_on"],
            "last_day": terms.get("last_day"),
            "clauses": self.read_clauses(protected),
            "evidence": list(terms.get("evidence") or []),
            "replaces": terms.get("replaces") or None,
        }

    def read_clauses(self, protected: list[str]) -> list[Clause]:
        """The clauses with their rules. Call when valid."""
        return [clause.read(protected) for clause in self.said]

    def refuse(self, sentence: str) -> None:
        """Put the sentence of a refusal on top of the page."""
        form = self.terms or self.kind
        form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}")


def draft_of(viewer: Viewer, data: QueryDict, known: Respondent, *, is_begun: bool) -> Draft:
    """What was typed so far. `is_begun`: the terms were on the page that was sent."""
    may = [code for code in OFFERED if permissions.can_make(viewer, KINDS[code])]
    if not data:
        return Draft(KindForm(may))
    draft = Draft(KindForm(may, data))
    if not draft.kind.is_valid():
        return draft
    draft.instrument = draft.kind.cleaned_data["instrument"]
    sent = data if is_begun else None
    draft.terms = TermsForm(
        draft.instrument,
        sent,
        protected=known.protected,
        reports=known.reports,
        replaceable=known.replaceable,
    )
    people = counted(data, "people", least=1, most=MOST_PEOPLE)
    clauses = counted(data, "clauses", least=FIRST_CLAUSES, most=MOST_CLAUSES)
    draft.people = [ProtectedForm(sent, prefix=f"p{n}") for n in range(1, people + 1)]
    draft.clauses = [ClauseForm(sent, prefix=f"c{n}") for n in range(1, clauses + 1)]
    return draft


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
    made_on, last_day, clauses = terms["made_on"], terms["last_day"], terms["clauses"]
    check_terms(made_on=made_on, made_at=None, last_day=last_day, clauses=clauses)
    check_making_is_past(made_on=made_on, made_at=None, at=at)
    for clause in clauses:
        check_rule(clause.rule, protected=protected)
    check_lawful(
        instrument=draft.instrument,
        jurisdiction=JURISDICTION,
        made_on=made_on,
        last_day=last_day,
        issuer_rank=terms["issuer_rank"],
        applicant=None,
        subject_age=None,
        area=None,
    )


def protect_new(draft: Draft, *, by: Viewer, at: datetime) -> list[str]:
    """Make those known who are not; their references, in the order of the page."""
    return [protect(by=by, at=at, **person.cleaned_data) for person in draft.new_people]


def make_it(draft: Draft, new: list[str], *, by: Viewer, at: datetime, respondent: str) -> str:
    """Make the order; its reference. Raises: whatever `make` refuses."""
    protected = [*draft.known, *new]
    terms = draft.read(protected)
    return make(by=by, at=at, respondent=respondent, protected=protected, **terms)


def with_known(data: QueryDict, new: list[str]) -> QueryDict:
    """What was typed, with those as chosen who were made known meanwhile: an order that is
    refused after that must not make her known a second time."""
    changed = data.copy()
    for name in [name for name in changed if PERSON_FIELD.match(name)]:
        del changed[name]
    changed.setlist("protected", [*changed.getlist("protected"), *new])
    return changed

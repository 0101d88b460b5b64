"""The list of candidates, and the decision about one of them."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Role
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.candidates import presenters, reading
from vigil.entrypoints.web.candidates.forms import DecideForm
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.people.reading import current
from vigil.entrypoints.web.people.views import viewer_of
from vigil.register import actions, queries
from vigil.register.errors import DecisionError, OwnerError
from vigil.register.rules import DraftDecision, checked

SEERS = (
    Role.ANALYST,
    Role.COORDINATOR,
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
)
DECIDERS = (Role.AUTHORISING_OFFICER,)
PAGE: Final = 10


@route(roles=SEERS, needs_reason=True)
@require_safe
def candidates(request: HttpRequest) -> HttpResponse:
    """Who may be serial, ranked with reasons: one page of the list, one look."""
    viewer, at = viewer_of(request), now()
    everyone = queries.candidates(viewer, at)
    show = _show(request.GET.get("show", ""))
    parts = {s.key: [c for c in everyone if presenters.belongs(c, s.key)] for s in presenters.SHOWS}
    rows = parts[show.key]
    start = (_page(request.GET.get("page", "1"), len(rows)) - 1) * PAGE
    selection = queries.selection(viewer)
    context = {
        "headline": presenters.headline(len(parts["waiting"])),
        "counted_as": presenters.counted_as(selection) if selection else "",
        "weights": presenters.weights_words(selection) if selection else "",
        "weights_are_invented": selection is not None and selection.weights_are_invented,
        "tabs": [_tab(s, len(parts[s.key]), show) for s in presenters.SHOWS],
        "columns": presenters.COLUMNS,
        "rows": reading.rows(viewer, rows[start : start + PAGE], at),
        "empty": show.empty if selection else "No list has been made for your agency yet.",
        "pages": _pages(show, rows, start),
        "may_decide": viewer.role in DECIDERS,
    }
    return render(request, "candidates/candidates.jinja", context)


def _show(asked: str) -> presenters.Show:
    return next((s for s in presenters.SHOWS if s.key == asked), presenters.SHOWS[0])


def _tab(show: presenters.Show, count: int, chosen: presenters.Show) -> dict[str, Any]:
    label = f"{show.label} ({count:,})"
    return {"label": label, "href": f"?show={show.key}", "is_current": show is chosen}


def _page(asked: str, rows: int) -> int:
    """The page asked for, or the first or last where there is no such page."""
    last = max(1, -(-rows // PAGE))
    return min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 6 else 1


def _pages(show: presenters.Show, rows: list[queries.CandidateShown], start: int) -> dict[str, str]:
    found = {}
    for way, first in (("previous", start - PAGE), ("next", start + PAGE)):
        if 0 <= first < len(rows):
            found[f"{way}_href"] = f"?show={show.key}&page={first // PAGE + 1}"
            found[f"{way}_words"] = presenters.ranks_words(rows, first, PAGE)
    return found


@route(roles=DECIDERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide about one candidate: typed, then checked by the officer, then recorded."""
    viewer, at = viewer_of(request), now()
    if current(viewer, reference, at) != reference:
        raise NotFoundError
    page = reading.case(viewer, reference, at)
    step = request.POST.get("step", "")
    form = DecideForm(page.choices, request.POST if request.method == "POST" else None)
    if step in {"check", "record"} and form.is_valid():
        try:
            draft = _draft(form, page.held)
            if step == "record":
                return _record(request, reference, draft, at)
            return render(request, "candidates/check.jinja", _to_check(request, page, form, draft))
        except OwnerError as refused:
            form.add_error("owner", str(refused))
        except DecisionError as refused:
            form.add_error(_field_at_fault(str(refused)), str(refused))
    elif step == "change":
        form = DecideForm(page.choices, initial=_typed(request))
    context = {"page": page, "form": form, "fields": list(form.fields)}
    status = HTTPStatus.BAD_REQUEST if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "candidates/decide.jinja", context, status=status)


def _draft(form: DecideForm, held: frozenset[str]) -> DraftDecision:
    """What was typed, held against the register's own rules before anybody is asked to confirm.

    What belongs to another outcome is left out: an owner typed before the officer changed his
    mind is no fault.
    """
    given = form.cleaned_data
    registers = given["outcome"] == "register"
    draft = DraftDecision(
        outcome=given["outcome"],
        reasons=given["reasons"],
        evidence=given["evidence"],
        necessity=given["necessity"] if registers else "",
        proportionality=given["proportionality"] if registers else "",
        review_on=given["review_on"] if given["outcome"] != "decline" else None,
        owner=given["owner"] if registers else "",
    )
    return checked(draft, held=held, on=today())


def _record(
    request: HttpRequest, reference: str, draft: DraftDecision, at: datetime
) -> HttpResponse:
    actions.decide(
        by=viewer_of(request),
        at=at,
        person=reference,
        outcome=draft.outcome,
        reasons=draft.reasons,
        evidence=draft.evidence,
        necessity=draft.necessity,
        proportionality=draft.proportionality,
        review_on=draft.review_on,
        owner=draft.owner,
    )
    return HttpResponseRedirect(reverse("person", args=[reference]))


def _to_check(
    request: HttpRequest, page: reading.Case, form: DecideForm, draft: DraftDecision
) -> dict[str, Any]:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name.partition("-")[0] in form.fields
        for value in values
    ]
    return {"page": page, "answers": presenters.answers(draft, dict(page.choices)), "kept": kept}


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in DecideForm.base_fields}
    boxes = ("day", "month", "year")
    typed["evidence"] = request.POST.getlist("evidence")
    typed["review_on"] = {box: request.POST.get(f"review_on-{box}", "") for box in boxes}
    return typed


def _field_at_fault(sentence: str) -> str | None:
    return "review_on" if "review date" in sentence else None

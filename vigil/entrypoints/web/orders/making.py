"""Make an order: its kind, what the law says of it, its terms, a check of the answers, the act.

One address, no scripts: every step travels with the page. Refuses nothing itself: the sentence
of the action is put on top, over all that was typed.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders import choosing, drafting, reading, terms
from vigil.entrypoints.web.orders.drafting import Draft
from vigil.entrypoints.web.orders.presenters import answers, guide, steps
from vigil.entrypoints.web.orders.views import one_href, viewer_of
from vigil.law.errors import VigilError
from vigil.orders import permissions
from vigil.orders.errors import OrdersError

MAKERS = permissions.VERBS[permissions.MAKE] | permissions.VERBS[permissions.ISSUE]
PLACE, KIND, CHECK, MAKE, CHANGE = "place", "kind", "check", "make", "change"
# What else a button may ask for: another clause, another person, her places. All of them only
# draw the page again.
BEGUN: Final = (CHECK, MAKE, CHANGE, "add_clauses", "add_people", "draw")


@route(roles=MAKERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def make_order(request: HttpRequest, reference: str) -> HttpResponse:
    """A new order against one person, step by step: made already, or the beginning of a draft."""
    viewer, at = viewer_of(request), now()
    typed = terms.references(request.POST.get("others", ""))
    chosen = list(dict.fromkeys([*request.POST.getlist("protected"), *typed]))
    known = reading.respondent(viewer, reference, at, also=chosen)
    ours = [one for one in chosen if one in dict(known.protected)]
    act = request.POST.get("act", "")
    her = choosing.hers(viewer, ours, at) if ours else None
    if act:
        named = dict(known.protected)
        here = [one for one in choosing.known_here(viewer) if one[0] not in named]
        known = replace(known, protected=[*known.protected, *here])
    is_begun = act in BEGUN
    draft = drafting.draft_of(viewer, request.POST, known, at=at, is_begun=is_begun, her=her)
    if draft.terms is None:
        return _kind_page(request, draft, known, choosing.pending(viewer, known.reference, at))
    if act not in (CHECK, MAKE) or not draft.is_valid() or draft.must_draw:
        _keep_quiet(draft, act)
        return _terms_page(request, draft, known)
    try:
        drafting.check(draft, at)
        if act == CHECK:
            return _check_page(request, draft, known)
        new = drafting.protect_new(draft, by=viewer, at=at)
    except (NotAllowedError, NotFoundError):
        raise
    except VigilError as refused:
        draft.refuse(str(refused))
        return _terms_page(request, draft, known)
    return _act(request, draft, known, new, her)


def _act(
    request: HttpRequest,
    draft: Draft,
    known: reading.Respondent,
    new: list[str],
    her: choosing.Hers | None,
) -> HttpResponse:
    """Make the order or begin the draft; refused, the page with those who are known by now."""
    viewer, at = viewer_of(request), now()
    act_it = drafting.begin_it if draft.is_draft else drafting.make_it
    try:
        made = act_it(draft, new, by=viewer, at=at, respondent=known.reference)
    except OrdersError as refused:
        labels = [(one, f"Made known just now ({one})") for one in new]
        known = replace(known, protected=[*labels, *known.protected])
        data = drafting.with_known(request.POST, new)
        draft = drafting.draft_of(viewer, data, known, at=at, is_begun=True, her=her)
        draft.is_valid()
        draft.refuse(str(refused))
        return _terms_page(request, draft, known)
    if draft.is_draft:
        return HttpResponseRedirect(f"{reverse('draft-order', args=[made])}?done=drafted")
    return HttpResponseRedirect(f"{one_href(made)}?done=made")


def _keep_quiet(draft: Draft, act: str) -> None:
    """A page that only grows by a box finds no fault in what is not written yet."""
    if act not in (CHECK, MAKE) or draft.must_draw:
        for form in draft.forms:
            if form.is_bound:
                form.errors.clear()


def _kind_page(
    request: HttpRequest, draft: Draft, known: reading.Respondent, pending: list[Any]
) -> HttpResponse:
    context = {
        "form": draft.place if draft.place.errors else draft.kind,
        "draft": draft,
        "known": known,
        "nation": guide.NATIONS[draft.nation],
        "impossible": draft.offered.impossible,
        "pending": [steps.in_list(one) for one in pending],
        "back": reverse("person", args=[known.reference]),
    }
    is_bad = draft.kind.errors or draft.place.errors
    status = HTTPStatus.BAD_REQUEST if is_bad else HTTPStatus.OK
    return render(request, "orders/kind.jinja", context, status=status)


def _terms_page(request: HttpRequest, draft: Draft, known: reading.Respondent) -> HttpResponse:
    has_errors = any(form.errors for form in draft.forms)
    assert draft.guide is not None
    context = {
        "known": known,
        "draft": draft,
        "title": guide.title_of(draft.instrument),
        "guide": guide.shown(draft.guide),
        "day": draft.on,
        "nation": guide.NATIONS[draft.nation],
        "hidden": _hidden(request),
        "restart": reverse("make-order", args=[known.reference]),
    }
    status = HTTPStatus.BAD_REQUEST if has_errors else HTTPStatus.OK
    return render(request, "orders/terms.jinja", context, status=status)


def _hidden(request: HttpRequest) -> list[tuple[str, str]]:
    """What was answered before the terms, to travel on with them."""
    names = ("instrument", "way", "nation", "area", "on-day", "on-month", "on-year")
    return [(name, request.POST[name]) for name in names if name in request.POST]


def _check_page(request: HttpRequest, draft: Draft, known: reading.Respondent) -> HttpResponse:
    assert draft.guide is not None
    context = {
        "known": known,
        "title": guide.title_of(draft.instrument),
        "guide": guide.shown(draft.guide),
        "draft": draft,
        "rows": answers.rows(draft, known),
        "clauses": answers.clauses(draft),
        "carried": list(drafting.carried(request.POST)),
    }
    return render(request, "orders/check.jinja", context)

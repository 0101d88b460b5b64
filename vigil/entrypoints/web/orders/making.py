"""Make an order: its kind, what the law says of it, its terms, a check of the answers, the act.

One address, no scripts: every step travels with the page. Refuses nothing itself: the sentence
of the action is put on top, over all that was typed.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders import drafting, reading
from vigil.entrypoints.web.orders.drafting import Draft
from vigil.entrypoints.web.orders.presenters import answers, law
from vigil.entrypoints.web.orders.views import one_href, viewer_of
from vigil.law.errors import VigilError
from vigil.orders import permissions
from vigil.orders.errors import OrdersError

MAKERS = permissions.VERBS[permissions.MAKE] | permissions.VERBS[permissions.ISSUE]
KIND, CHECK, MAKE, CHANGE = "kind", "check", "make", "change"
# What else a button may ask for: another clause, another person. Both only draw the page again.
BEGUN: Final = (CHECK, MAKE, CHANGE, "add_clauses", "add_people")


@route(roles=MAKERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def make_order(request: HttpRequest, reference: str) -> HttpResponse:
    """A new order against one person, step by step."""
    viewer, at = viewer_of(request), now()
    chosen = request.POST.getlist("protected")
    known = reading.respondent(viewer, reference, at, also=chosen)
    act = request.POST.get("act", "")
    draft = drafting.draft_of(viewer, request.POST, known, is_begun=act in BEGUN)
    if draft.terms is None:
        return _kind_page(request, draft, known)
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
    try:
        made = drafting.make_it(draft, new, by=viewer, at=at, respondent=known.reference)
    except OrdersError as refused:
        named = [(one, f"Made known just now ({one})") for one in new]
        known = replace(known, protected=[*known.protected, *named])
        data = drafting.with_known(request.POST, new)
        draft = drafting.draft_of(viewer, data, known, is_begun=True)
        draft.is_valid()
        draft.refuse(str(refused))
        return _terms_page(request, draft, known)
    return HttpResponseRedirect(f"{one_href(made)}?done=made")


def _keep_quiet(draft: Draft, act: str) -> None:
    """A page that only grows by a box finds no fault in what is not written yet."""
    if act not in (CHECK, MAKE) or draft.must_draw:
        for form in draft.forms:
            if form.is_bound:
                form.errors.clear()


def _kind_page(request: HttpRequest, draft: Draft, known: reading.Respondent) -> HttpResponse:
    context = {
        "form": draft.kind,
        "known": known,
        "back": reverse("person", args=[known.reference]),
    }
    status = HTTPStatus.BAD_REQUEST if draft.kind.errors else HTTPStatus.OK
    return render(request, "orders/kind.jinja", context, status=status)


def _terms_page(request: HttpRequest, draft: Draft, known: reading.Respondent) -> HttpResponse:
    has_errors = any(form.errors for form in draft.forms)
    context = {
        "known": known,
        "draft": draft,
        "title": answers.title(draft.instrument),
        "law": law.law_rows(draft.instrument, today()),
        "proposed": law.proposed_breach(draft.instrument, today()),
        "day": today(),
        "restart": reverse("make-order", args=[known.reference]),
    }
    status = HTTPStatus.BAD_REQUEST if has_errors else HTTPStatus.OK
    return render(request, "orders/terms.jinja", context, status=status)


def _check_page(request: HttpRequest, draft: Draft, known: reading.Respondent) -> HttpResponse:
    context = {
        "known": known,
        "title": answers.title(draft.instrument),
        "rows": answers.rows(draft, known),
        "clauses": answers.clauses(draft),
        "carried": list(drafting.carried(request.POST)),
    }
    return render(request, "orders/check.jinja", context)

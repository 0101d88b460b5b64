"""A draft of an order: where it stands with the one next step first, and each step's own page.

A draft that came to an order is shown at the order. Every refusal stands over what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.viewer import Viewer
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders import reading
from vigil.entrypoints.web.orders.presenters import guide, steps
from vigil.entrypoints.web.orders.step_forms import StepForm
from vigil.entrypoints.web.orders.varying import Change, VariedClauseForm, typed
from vigil.entrypoints.web.orders.views import layout_for, one_href, viewer_of
from vigil.law.errors import VigilError
from vigil.orders import actions, permissions
from vigil.orders.queries import OrderView, guide_for
from vigil.orders.rules import Clause

READERS = permissions.VERBS[permissions.READ]
TAKERS = (
    permissions.VERBS[permissions.APPLY]
    | permissions.VERBS[permissions.AUTHORISE]
    | permissions.VERBS[permissions.ISSUE]
)
ACTS: Final[Mapping[str, Callable[..., Any]]] = {
    steps.AUTHORISE: actions.authorise,
    steps.APPLY: actions.apply_for,
    steps.LIST: actions.list_hearing,
    steps.ADJOURN: actions.adjourn,
    steps.MADE: actions.make_drafted,
    steps.ISSUE: actions.issue_notice,
    steps.REFUSED: actions.refuse,
    steps.WITHDRAW: actions.withdraw,
}
MAKINGS: Final = frozenset({steps.MADE, steps.ISSUE})
# That the clauses were on the page that was sent.
WORDS_SENT: Final = "clauses"
DONE: Final = {
    "drafted": "The draft is kept. It binds nobody.",
    steps.AUTHORISE: "The authorisation is recorded.",
    steps.APPLY: "The application is recorded.",
    steps.LIST: "The hearing is listed.",
    steps.ADJOURN: "It is recorded that the hearing was put off.",
    steps.REFUSED: "The refusal is recorded.",
    steps.WITHDRAW: "The withdrawal is recorded.",
}


@route(roles=READERS, needs_reason=True)
@require_safe
def one_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """One draft or application: where it stands, the one next step, what it asks for."""
    viewer = viewer_of(request)
    seen = reading.one_order(viewer, reference, now())
    if seen.order.made_on is not None:
        return HttpResponseRedirect(one_href(reference))
    found, _ = guide_for(
        viewer, seen.order.instrument, on=today(), jurisdiction=seen.order.jurisdiction
    )
    context = {
        "layout": layout_for(viewer),
        "reference": reference,
        "seen": seen,
        "page": steps.page_of(viewer, seen.order),
        "guide": guide.shown(found),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "orders/draft.jinja", context)


@route(roles=TAKERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def take_step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """One step of a draft: authorised, asked for, listed, put off, made, refused, withdrawn."""
    viewer, at = viewer_of(request), now()
    if step not in ACTS:
        raise NotFoundError
    seen = reading.one_order(viewer, reference, at)
    if seen.order.made_on is not None:
        return HttpResponseRedirect(one_href(reference))
    if not steps.may(viewer, seen.order, step):
        raise NotAllowedError
    sent = request.POST if request.method == "POST" else None
    form = StepForm(step, at, sent)
    words = _words_of(form, seen.order, sent) if step in MAKINGS else None
    is_valid = request.method == "POST" and form.is_valid()
    if words is not None and sent and WORDS_SENT in sent and is_valid:
        is_valid = words.is_valid() and not words.must_draw
    if is_valid:
        try:
            _take(form, words, seen.order, sent or {}, by=viewer, at=at)
        except (NotAllowedError, NotFoundError):
            raise
        except VigilError as refused:
            said = str(refused)
            form.add_error(None, f"{said[:1].upper()}{said[1:]}")
        else:
            return HttpResponseRedirect(_after(reference, step))
    context = {
        "reference": reference,
        "seen": seen,
        "form": form,
        "summary": words or form,
        "title": guide.title_of(seen.order.instrument),
        "is_proposed": seen.order.is_proposed,
        "words": steps.WORDS[step],
        "clauses": words.clauses if words else [],
    }
    has_errors = form.errors or (words is not None and words.has_errors)
    status = HTTPStatus.BAD_REQUEST if has_errors else HTTPStatus.OK
    return render(request, "orders/draft_step.jinja", context, status=status)


def _words_of(form: StepForm, order: OrderView, sent: QueryDict | None) -> Change:
    """The clauses that were asked for, to be made as they are or in other words."""
    current = order.asked.clauses if order.asked else ()
    protected = [one.reference for one in order.protected]
    held = sent if sent is not None and WORDS_SENT in sent else _first(current, protected)
    change = Change(form, current, None, protected)
    change.clauses = [VariedClauseForm(held, prefix=f"c{n}") for n in range(1, len(current) + 1)]
    return change


def _first(current: Sequence[Clause], protected: Sequence[str]) -> QueryDict:
    held = QueryDict(mutable=True)
    for place, clause in enumerate(current, start=1):
        for key, values in typed(clause, f"c{place}", protected).lists():
            held.setlist(key, values)
    return held


def _take(
    form: StepForm,
    words: Change | None,
    order: OrderView,
    sent: Mapping[str, Any],
    *,
    by: Viewer,
    at: datetime,
) -> None:
    """Record the step; other words only where the page with the words was sent."""
    last = max((one.happened_at for one in order.events), default=None)
    given = form.read(last)
    if words is not None and WORDS_SENT in sent:
        clauses = words.read_clauses()
        given["clauses"] = None if clauses == tuple(words.current) else clauses
    ACTS[form.step](by=by, at=at, order=order.reference, **given)


def _after(reference: str, step: str) -> str:
    if step in MAKINGS:
        return f"{one_href(reference)}?done=made"
    return f"{reverse('draft-order', args=[reference])}?done={step}"

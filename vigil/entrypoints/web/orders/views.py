"""The orders of an agency, one order, its service and its end.

Each page is one look; each act is one action, and its refusal is shown on the page that asked.
"""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.viewer import Role, Viewer, worker_for
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders import reading
from vigil.entrypoints.web.orders.forms import DischargeForm, FindForm, ServeForm
from vigil.entrypoints.web.orders.presenters import law
from vigil.entrypoints.web.orders.presenters import orders as shown
from vigil.monitoring import permissions as monitoring_permissions
from vigil.monitoring.actions.duties import begin_duty
from vigil.monitoring.errors import NoDutyError
from vigil.monitoring.queries import DutyView, orders_without_duty
from vigil.monitoring.rules import DutyStatus
from vigil.orders import actions, permissions
from vigil.orders.errors import OrdersError
from vigil.orders.kinds import KINDS, Ending, How, Proof, Where
from vigil.orders.queries import OrderView, respondent_of

READERS = permissions.VERBS[permissions.READ]
SERVERS = permissions.VERBS[permissions.SERVE]
ENDERS = permissions.VERBS[permissions.END]
# One hand and thirty seconds: no navigation, the reason in the header.
LAYOUTS = {Role.RESPONSE_OFFICER: "kit/phone.jinja"}
DONE = {
    "made": "The order is recorded. Until it is served, no breach can be proved.",
    "served": "The service is recorded. What he owes from it is under Duties.",
    "discharged": "The end of the order is recorded.",
    "told": "What he told is recorded.",
}


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever is signed in; the doors have let nobody else in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def layout_for(viewer: Viewer) -> str:
    """The skeleton of the page for this role."""
    return LAYOUTS.get(viewer.role, "kit/staff.jinja")


def one_href(reference: str) -> str:
    """The address of one order."""
    return reverse("order", args=[reference])


@route(roles=READERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def orders(request: HttpRequest) -> HttpResponse:
    """What needs serving first, then the orders on the viewer's people; or one by its number."""
    viewer, at = viewer_of(request), now()
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data["reference"]
        respondent_of(viewer, reference)
        return HttpResponseRedirect(one_href(reference))
    waiting, rest, more = reading.listed(viewer, at)
    context = {
        "form": form,
        "answer": shown.list_answer(len(waiting) + more, viewer.agency),
        "waiting": shown.rows(waiting, one_href),
        "more": more,
        "rest": shown.rows(rest, one_href),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "orders/list.jinja", context, status=status)


@route(roles=READERS, needs_reason=True)
@require_safe
def one_order(request: HttpRequest, reference: str) -> HttpResponse:
    """One order, word for word: how it stands, what a breach is, what he owes."""
    viewer, at = viewer_of(request), now()
    seen = reading.one_order(viewer, reference, at)
    order = seen.order

    def told_href(duty: DutyView) -> str:
        is_open = duty.status in {DutyStatus.OPEN, DutyStatus.LAPSED}
        may = monitoring_permissions.can_accept(viewer, agency=duty.agency)
        return reverse("told", args=duty.reference.split("/")) if is_open and may else ""

    page = shown.order_page(order, seen.duties, at, told_href)
    is_open = not page.is_over
    is_served = order.standing.is_served
    context = {
        "layout": layout_for(viewer),
        "is_phone": viewer.role in LAYOUTS,
        "reference": reference,
        "page": page,
        "seen": seen,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "may_serve": is_open and not is_served and _may_serve(viewer, order),
        "may_end": is_open and permissions.can_end(viewer, agency=order.agency),
        "law": law.breach_rows(order.instrument, today(), made_on=order.made_on) if is_open else [],
        "proposed": law.proposed_breach(order.instrument, today()) if is_open else None,
    }
    return render(request, "orders/order.jinja", context)


def _may_serve(viewer: Viewer, order: OrderView) -> bool:
    return permissions.can_serve(viewer, agency=order.agency)


@route(roles=SERVERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def serve(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that it was served; the duty that follows by law begins at once."""
    viewer, at = viewer_of(request), now()
    form = ServeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.serve(
                by=viewer,
                at=at,
                order=reference,
                served_at=given["served_at"],
                how=How(given["how"]),
                where=Where(given["where"]),
                proof=Proof(given["proof"]),
                served_by=given["served_by"] or None,
            )
        except OrdersError as refused:
            _refuse(form, refused)
        else:
            begin_what_follows(reference)
            return HttpResponseRedirect(f"{one_href(reference)}?done=served")
    seen = reading.one_order(viewer, reference, at)
    permissions.check_can_serve(viewer, agency=seen.order.agency)
    return _form_page(request, "orders/serve.jinja", form, reference, seen)


def begin_what_follows(order: str) -> None:
    """Let the worker's own action begin the duty now, so that nobody waits for its round.

    The worker's question says whether service of this order starts one: not where it took the
    place of an interim order. What the worker wrote in the same moment is left as it is.
    """
    at = now()
    for waiting, agency in orders_without_duty(worker_for(""), at=at):
        if waiting == order:
            try:
                begin_duty(by=worker_for(agency), at=at, order=order)
            except (NoDutyError, IntegrityError):
                return


@route(roles=ENDERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def discharge(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that it came to its end before its last day."""
    viewer, at = viewer_of(request), now()
    seen = reading.one_order(viewer, reference, at)
    permissions.check_can_end(viewer, agency=seen.order.agency)
    endings = KINDS[seen.order.instrument].endings
    form = DischargeForm(endings, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.discharge(
                by=viewer,
                at=at,
                order=reference,
                discharged_at=given["discharged_at"],
                how=Ending(given["how"]),
                consents=frozenset(given["consents"]),
            )
        except OrdersError as refused:
            _refuse(form, refused)
        else:
            return HttpResponseRedirect(f"{one_href(reference)}?done=discharged")
    return _form_page(request, "orders/discharge.jinja", form, reference, seen)


def _refuse(form: forms.Form, refused: OrdersError) -> None:
    sentence = str(refused)
    form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}.".replace("..", "."))


def _form_page(
    request: HttpRequest, template: str, form: forms.Form, reference: str, seen: reading.Seen
) -> HttpResponse:
    context = {
        "layout": layout_for(viewer_of(request)),
        "form": form,
        "reference": reference,
        "seen": seen,
        "page": shown.order_page(seen.order, [], now(), lambda _: ""),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)

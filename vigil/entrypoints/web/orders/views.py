"""The orders of an agency, one order, its service and its end.

Each page is one look; each act is one action, and its refusal is shown on the page that asked.
"""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders import offered, reading, standing_on
from vigil.entrypoints.web.orders.forms import FindForm, ServeForm
from vigil.entrypoints.web.orders.presenters import law, versions
from vigil.entrypoints.web.orders.presenters import orders as shown
from vigil.monitoring import permissions as monitoring_permissions
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import DutyStatus
from vigil.monitoring.sweep import begin_now
from vigil.orders import actions, permissions
from vigil.orders.errors import OrdersError
from vigil.orders.kinds import How, Proof, Where
from vigil.orders.queries import OrderView, respondent_of

READERS = permissions.VERBS[permissions.READ]
SERVERS = permissions.VERBS[permissions.SERVE]
# One hand and thirty seconds: no navigation, the reason in the header.
LAYOUTS = {Role.RESPONSE_OFFICER: "kit/phone.jinja"}
DONE = {
    "made": "The order is recorded. Until it is served, no breach can be proved.",
    "served": "The service is recorded. What he owes from it is under Duties.",
    "told": "What he told is recorded.",
    **{step.name: step.done for step in offered.STEPS},
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
    """What needs serving first, what ends soon, what is asked for; or one by its number."""
    viewer, at = viewer_of(request), now()
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reference = form.cleaned_data["reference"]
        respondent_of(viewer, reference)
        return HttpResponseRedirect(one_href(reference))
    listed = reading.listed(viewer, at)
    very_soon, soon = shown.by_end(listed.soon, today(), reading.VERY_SOON_DAYS)
    context = {
        "form": form,
        "answer": shown.list_answer(len(listed.not_served) + listed.more_not_served, viewer.agency),
        "waiting": shown.rows(listed.not_served, one_href),
        "more": listed.more_not_served,
        "very_soon": shown.rows(very_soon, one_href, today()),
        "soon": shown.rows(soon, one_href, today()),
        "more_soon": listed.more_soon,
        "pending": shown.rows(listed.pending, one_href),
        "more_pending": listed.more_pending,
        "rest": shown.rows(listed.rest, one_href),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "orders/list.jinja", context, status=status)


@route(roles=READERS, needs_reason=True)
@require_safe
def one_order(request: HttpRequest, reference: str) -> HttpResponse:
    """One order, word for word: how it stands or stood, what a breach is, what he owes."""
    viewer, at = viewer_of(request), now()
    stood = standing_on.read(request.GET, today())
    seen = reading.one_order(
        viewer, reference, at, stood_at=stood.at, as_known_at=stood.as_known_at
    )
    order = seen.order

    def told_href(duty: DutyView) -> str:
        is_open = duty.status in {DutyStatus.OPEN, DutyStatus.LAPSED}
        may = monitoring_permissions.can_accept(viewer, agency=duty.agency)
        return reverse("told", args=duty.reference.split("/")) if is_open and may else ""

    page = shown.order_page(order, seen.duties, at, told_href, until=stood.at)
    is_now = not stood.is_asked
    context = {
        "layout": layout_for(viewer),
        "is_phone": viewer.role in LAYOUTS,
        "reference": reference,
        "page": page,
        "seen": seen,
        "stood": stood,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "may_serve": is_now and offered.may_serve(viewer, order),
        "steps": [
            (step.button, reverse(step.route, args=[reference]))
            for step in (offered.steps(viewer, order) if is_now else ())
        ],
        "links": shown.links(order, one_href),
        "versions": versions.side_by_side(seen.versions, shown.numbers(order), until=stood.at),
        "columns": versions.COLUMNS,
        "law": _breach_rows(order) if not page.is_over and is_now else [],
        "proposed": law.proposed_breach(order.instrument, today()) if not page.is_over else None,
        "law_href": _law_href(order),
    }
    status = HTTPStatus.BAD_REQUEST if stood.fault else HTTPStatus.OK
    return render(request, "orders/order.jinja", context, status=status)


def _breach_rows(order: OrderView) -> list[law.LawRow]:
    """Today's law of a breach; of what is only proposed there is none."""
    if order.is_proposed:
        return []
    return law.breach_rows(
        order.instrument, today(), made_on=order.made_on, jurisdiction=order.jurisdiction
    )


def _law_href(order: OrderView) -> str:
    """The law of this instrument on the day of its making, where it was made."""
    day = order.made_on or today()
    return f"{reverse('law-of', args=[order.instrument])}?on={day.isoformat()}"


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
            refuse(form, refused)
        else:
            begin_what_follows(reference)
            return HttpResponseRedirect(f"{one_href(reference)}?done=served")
    seen = reading.one_order(viewer, reference, at)
    permissions.check_can_serve(viewer, agency=seen.order.agency)
    context = {
        "layout": layout_for(viewer),
        "form": form,
        "reference": reference,
        "seen": seen,
        "page": shown.order_page(seen.order, [], at, lambda _: ""),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "orders/serve.jinja", context, status=status)


def begin_what_follows(order: str) -> None:
    """Let the worker's own action begin the duty now, so that nobody waits for its round."""
    begin_now(order, at=now())


def refuse(form: forms.Form, refused: OrdersError) -> None:
    """Put the sentence of a refusal on top of the form."""
    sentence = str(refused)
    form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}.".replace("..", "."))

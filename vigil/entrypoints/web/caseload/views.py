"""Today, my caseload, an alert that is read, and what a subject told.

Home shows counts and looks at nobody; the caseload is one look at everybody whom it names.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vigil.access.permissions import EVERY_ROLE
from vigil.access.viewer import Role
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.caseload import presenters, reading
from vigil.entrypoints.web.caseload.forms import HIMSELF, ToldForm
from vigil.entrypoints.web.doors.frame import places_for
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.orders.views import LAYOUTS, viewer_of
from vigil.monitoring import permissions
from vigil.monitoring.actions.alerts import read_alert
from vigil.monitoring.actions.duties import notify
from vigil.monitoring.errors import MonitoringError
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import Told

OWNERS = permissions.VERBS[permissions.WATCH]
COUNTER = permissions.VERBS[permissions.ACCEPT]
DONE = {
    "told": "What he told is recorded, and his duty is settled.",
    "read": "The alert is marked as read.",
}


@route(roles=EVERY_ROLE)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Today: what waits, in numbers, and what this role can do next. Nobody is looked at."""
    viewer, at = viewer_of(request), now()
    counts = reading.counts(viewer, at)
    places = [(place.key, place.href) for place in places_for(viewer.role)]
    context = {
        "heading": presenters.heading(at),
        "lead": presenters.today_lead(Role(viewer.role), counts),
        "numbers": presenters.owned_counts(counts),
        "steps": presenters.next_steps(places, counts),
    }
    return render(request, "caseload/today.jinja", context)


@route(roles=OWNERS, needs_reason=True)
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """What is late, what is due today, what comes later; the rest counted; alerts."""
    viewer, at = viewer_of(request), now()
    work = reading.work_of(viewer, at)

    def told_href(duty: DutyView) -> str:
        may = permissions.can_accept(viewer, agency=duty.agency)
        return reverse("told", args=duty.reference.split("/")) if may else ""

    def person_href(reference: str) -> str:
        return reverse("person", args=[reference])

    context = {
        "heading": presenters.heading(at),
        "lead": presenters.answer(work.load),
        "rest": presenters.rest(work),
        "groups": presenters.groups(work, at, person_href=person_href, told_href=told_href),
        "alerts": presenters.alerts(work, person_href),
        "people": presenters.people(work, person_href),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "caseload/caseload.jinja", context)


@route(roles=OWNERS)
@require_POST
def read(request: HttpRequest, alert: int) -> HttpResponse:
    """Mark an alert as read."""
    read_alert(by=viewer_of(request), at=now(), alert=alert)
    return HttpResponseRedirect(f"{reverse('caseload')}?done=read")


@route(roles=COUNTER, needs_reason=True)
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, order: str, kind: str, began: str) -> HttpResponse:
    """He has told us: when and what. Whether it meets the duty is the action's to say."""
    viewer, at = viewer_of(request), now()
    reference = f"{order}/{kind}/{began}"
    seen = reading.duty(viewer, order, reference, at)
    permissions.check_can_accept(viewer, agency=seen.duty.agency)
    form = ToldForm(seen.duty.items, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            notify(
                by=viewer,
                at=at,
                duty=reference,
                told_at=given["told_at"],
                items=given["items"],
                how=Told(given["how"]),
                told_by_subject=given["who"] == HIMSELF,
                proof=given["proof"],
            )
        except MonitoringError as refused:
            sentence = str(refused)
            form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}")
        else:
            onward = (
                reverse("caseload") if viewer.role in OWNERS else reverse("order", args=[order])
            )
            return HttpResponseRedirect(f"{onward}?done=told")
    context = {
        "layout": LAYOUTS.get(viewer.role, "kit/staff.jinja"),
        "form": form,
        "order": order,
        "name": seen.name,
        "lead": presenters.told_lead(seen.duty),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "caseload/told.jinja", context, status=status)

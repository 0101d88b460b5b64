"""Check a person, one person's page, and a judgement on two of his reports.

Every page that shows somebody is one look, and the page is drawn from what that look gave.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import class_of, route
from vigil.entrypoints.web.people import reading
from vigil.entrypoints.web.people.forms import BOXES, CheckForm, JudgeForm, TakeBackForm
from vigil.entrypoints.web.people.presenters.reports import COLUMNS
from vigil.identity import actions
from vigil.identity.errors import JudgementError

# Those who meet a suspect or work on one. Not the advocate, who sees her own clients and
# nobody else; not the auditor, who reads the ledger; not the administrator, who runs the site.
SEEKERS = (
    Role.RESPONSE_OFFICER,
    Role.CONTROL_ROOM,
    Role.ANALYST,
    Role.OFFENDER_MANAGER,
    Role.AUTHORISING_OFFICER,
    Role.CUSTODY_SERGEANT,
    Role.COORDINATOR,
)
JUDGES = (Role.ANALYST, Role.OFFENDER_MANAGER, Role.COORDINATOR)
# They stand before him, or somebody does whom they must answer: what binds him comes first.
ORDERS_FIRST = (Role.RESPONSE_OFFICER, Role.CONTROL_ROOM, Role.CUSTODY_SERGEANT)
# One hand and thirty seconds: no navigation, the reason in the header.
LAYOUTS = {Role.RESPONSE_OFFICER: "kit/phone.jinja"}


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever is signed in; the doors have let nobody else in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


@route(roles=SEEKERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Who is it, and what binds him? Asked by POST, so that no name is in an address."""
    viewer, at = viewer_of(request), now()
    form = CheckForm(request.POST if request.method == "POST" else None, on=today())
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = reading.answer_to(viewer, form.asked(), at)
    hint = [] if answer else ["id_who-hint"]
    context = {
        "layout": LAYOUTS.get(viewer.role, "kit/staff.jinja"),
        "form": form,
        "boxes": list(BOXES),
        "is_open": form.has_boxes_filled or (answer is not None and not answer.people),
        "described": " ".join([*hint, "id_who-error"] if form.errors.get("who") else hint),
        "answer": answer,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "people/check.jinja", context, status=status)


@route(roles=SEEKERS, needs_reason=True)
@require_safe
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """One person. Who became another is shown as that one; who is not held is as nobody."""
    viewer, at = viewer_of(request), now()
    found = reading.current(viewer, reference, at)
    if found != reference:
        return HttpResponseRedirect(reverse("person", args=[found]))
    context = {
        "page": reading.person_page(viewer, reference, at, _order_href),
        "columns": COLUMNS,
        "orders_first": viewer.role in ORDERS_FIRST,
        "make_href": _way_to("make-order", reference, viewer),
    }
    return render(request, "people/person.jinja", context)


def _order_href(order: str) -> str:
    return reverse("order", args=[order])


def _way_to(name: str, reference: str, viewer: Viewer) -> str:
    """The address of that page about him, or none for a role that it does not admit."""
    href = reverse(name, args=[reference])
    given = class_of(resolve(href).func, "GET", name)
    return href if given is not None and viewer.role in given.roles else ""


@route(roles=JUDGES, needs_reason=True)
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether two reports of this person are about one person. Nothing is merged by it."""
    viewer, at = viewer_of(request), now()
    if reading.current(viewer, reference, at) != reference:
        raise NotFoundError
    page = reading.pairs_page(viewer, reference, at)
    form = JudgeForm(page.choices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            left, right = page.pairs[form.cleaned_data["pair"]]
            said = {name: form.cleaned_data[name] for name in ("verdict", "why")}
            actions.judge(by=viewer, at=at, left=left, right=right, **said)
            return HttpResponseRedirect(reverse("person", args=[reference]))
        except JudgementError as refused:
            form.add_error("pair", str(refused))
    context = {"page": page, "form": form, "fields": list(form.fields)}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "people/judge.jinja", context, status=status)


@route(roles=JUDGES, needs_reason=True)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, reference: str, judgement: str) -> HttpResponse:
    """Take back what somebody said of two of his reports. It stays on the record."""
    viewer, at = viewer_of(request), now()
    if reading.current(viewer, reference, at) != reference:
        raise NotFoundError
    said = reading.pairs_page(viewer, reference, at).said
    if judgement not in said:
        raise NotFoundError
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        actions.withdraw_judgement(by=viewer, at=at, judgement=judgement, why=why)
        return HttpResponseRedirect(reverse("person", args=[reference]))
    context = {"form": form, "words": said[judgement], "reference": reference}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "people/take_back.jinja", context, status=status)

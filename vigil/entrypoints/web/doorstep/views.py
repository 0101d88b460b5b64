"""Who is it, what has he done, is it a breach; log it with one press; who asked too often.

Asked by POST, so that no name, act or place is in an address. Every answer is a look and an entry.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vigil.access.errors import NotFoundError
from vigil.entrypoints.clock import now, today
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.doorstep import reading
from vigil.entrypoints.web.doorstep.forms import EvidenceForm
from vigil.entrypoints.web.doorstep.presenters import alerts as presenter
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.kit.refusals import refusal
from vigil.entrypoints.web.people import reading as people
from vigil.entrypoints.web.people.forms import BOXES, CheckForm
from vigil.entrypoints.web.people.views import LAYOUTS, viewer_of
from vigil.law.errors import BadQuestionError
from vigil.monitoring.actions.breaches import log_breach, secure_evidence
from vigil.monitoring.actions.questions import read_question_alert
from vigil.monitoring.errors import TooManyQuestionsError
from vigil.monitoring.permissions import DOOR, OVERSEE, VERBS
from vigil.monitoring.questions import question_alerts
from vigil.orders.actions import record_knowledge
from vigil.orders.errors import OrdersError
from vigil.orders.kinds import Knowledge, Proof

AT_DOORS = VERBS[DOOR]
STALE = "This answer is too old, or is not yours. Ask again, and log it from the new answer."


def _layout(request: HttpRequest) -> str:
    return LAYOUTS.get(viewer_of(request).role, "kit/staff.jinja")


@route(roles=AT_DOORS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask_who(request: HttpRequest) -> HttpResponse:
    """Who is it? A name, a phone or an address on one line."""
    form = CheckForm(request.POST if request.method == "POST" else None, on=today())
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = people.answer_to(viewer_of(request), form.asked(), now())
    context = {
        "layout": _layout(request),
        "form": form,
        "boxes": list(BOXES),
        "is_open": form.has_boxes_filled or (answer is not None and not answer.people),
        "answer": answer,
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "doorstep/who.jinja", context, status=status)


@route(roles=AT_DOORS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, reference: str) -> HttpResponse:
    """What binds him and what has he done? (GET); is it a breach? (POST)."""
    viewer, at = viewer_of(request), now()
    person = reading.current(viewer, reference)
    if person != reference and request.method == "GET":
        return HttpResponseRedirect(reverse("door", args=[person]))
    page = reading.at_the_door(
        viewer, person, at, request.POST if request.method == "POST" else None
    )
    context = {"layout": _layout(request), "page": page, "form": page.form, "reference": person}
    if request.method == "POST" and page.form.is_valid():
        try:
            answer = reading.answer_page(viewer, page, at)
            return render(request, "doorstep/answer.jinja", {**context, "answer": answer})
        except BadQuestionError as bad:
            page.form.add_error(None, str(bad))
        except TooManyQuestionsError as too_many:
            return refusal(request, HTTPStatus.TOO_MANY_REQUESTS, sentence=str(too_many))
    status = HTTPStatus.BAD_REQUEST if page.form.errors else HTTPStatus.OK
    return render(request, "doorstep/door.jinja", context, status=status)


@route(roles=AT_DOORS, needs_reason=True)
@require_POST
def log(request: HttpRequest, reference: str) -> HttpResponse:
    """Log the breach that was answered: one press, nothing to write."""
    viewer = viewer_of(request)
    told = reading.to_log(viewer, request.POST.get("answer", ""))
    if told is None or told.person != reference:
        return refusal(request, HTTPStatus.BAD_REQUEST, sentence=STALE)
    logged = log_breach(
        by=viewer,
        at=now(),
        person=told.person,
        question=told.question,
        act=told.act,
        means=told.means,
        verdict=told.verdict,
        offence=told.offence,
        happened_at=told.happened_at,
        clauses=told.clauses,
    )
    return HttpResponseRedirect(reverse("breach", args=[logged]))


@route(roles=AT_DOORS, needs_reason=True)
@require_POST
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that he was told of an order at the door: from then on he knows of it."""
    viewer, at = viewer_of(request), now()
    proof = {"video": Proof.VIDEO, "statement": Proof.STATEMENT}.get(request.POST.get("proof", ""))
    if proof is None:
        raise NotFoundError
    try:
        record_knowledge(
            by=viewer,
            at=at,
            order=request.POST.get("order", ""),
            known_at=at,
            how=Knowledge.BY_OFFICER,
            proof=proof,
        )
    except OrdersError as refused:
        return refusal(request, HTTPStatus.BAD_REQUEST, sentence=str(refused))
    return HttpResponseRedirect(reverse("door", args=[reference]))


@route(roles=AT_DOORS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest, breach: str) -> HttpResponse:
    """A breach that was logged, and what to secure: ticked as it is secured."""
    viewer, at = viewer_of(request), now()
    page = reading.breach_page(viewer, breach, at)
    form = EvidenceForm(page.open_items, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["what"]:
            secure_evidence(by=viewer, at=at, breach=breach, what=form.cleaned_data["what"])
        return HttpResponseRedirect(reverse("breach", args=[breach]))
    context = {"layout": _layout(request), "page": page, "form": form}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "doorstep/breach.jinja", context, status=status)


@route(roles=VERBS[OVERSEE])
@require_http_methods(["GET", "POST"])
def alerts(request: HttpRequest) -> HttpResponse:
    """Who asked about one place too often; read by the auditor, one by one."""
    viewer = viewer_of(request)
    if request.method == "POST":
        chosen = request.POST.get("alert", "")
        if not chosen.isdecimal() or len(chosen) > 18:
            raise NotFoundError
        read_question_alert(by=viewer, at=now(), alert=int(chosen))
        return HttpResponseRedirect(reverse("question-alerts"))
    rows = [presenter.alert_line(one) for one in question_alerts(viewer)]
    unread = sum(one.is_unread for one in rows)
    heading = formats.count(unread, "new alert") if unread else "No new alert"
    context = {"rows": rows, "heading": heading}
    return render(request, "doorstep/alerts.jinja", context)

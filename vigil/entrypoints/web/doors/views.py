"""Sign in, sign out, and say why you are looking."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.flows.logout import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vigil.access.errors import TooManyFailuresError
from vigil.access.permissions import EVERY_ROLE
from vigil.access.rules import FAILURE_WINDOW
from vigil.entrypoints.web.doors import session
from vigil.entrypoints.web.doors.answers import refuse, safe_next
from vigil.entrypoints.web.doors.forms import ReasonForm, SignInForm
from vigil.entrypoints.web.doors.frame import first_place
from vigil.entrypoints.web.doors.routes import open_route, route


@route(roles=EVERY_ROLE)
@require_http_methods(["GET"])
def home(request: HttpRequest) -> HttpResponse:
    """Nobody's page: sends each to where his day begins."""
    return HttpResponseRedirect(first_place(request.viewer.role).href)  # type: ignore[attr-defined]


@open_route
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page that asks for user name and password, and opens a session."""
    onward = safe_next(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward)
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    try:
        if request.method == "POST" and form.is_valid():
            opened: HttpResponse = form.login(request, redirect_url=onward)
            return opened
    except TooManyFailuresError as locked:
        answer = refuse(request, HTTPStatus.TOO_MANY_REQUESTS, str(locked))
        answer["Retry-After"] = str(int(FAILURE_WINDOW.total_seconds()))
        return answer
    return render(
        request,
        "doors/sign_in.jinja",
        {"form": form, "next": onward},
        status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
    )


@open_route
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks (GET), then ends the session (POST) and has the browser forget what it holds."""
    if request.method == "GET":
        return render(
            request, "doors/sign_out.jinja", {"is_signed_in": request.user.is_authenticated}
        )
    logout(request, show_message=False)
    answer = HttpResponseRedirect(reverse("sign-in"))
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@route(roles=EVERY_ROLE)
@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest) -> HttpResponse:
    """Why are you looking? Kept until it is changed or the session ends."""
    given = session.reason_of(request.session)
    held = {"kind": given.kind.value, "reference": given.reference} if given else None
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm(initial=held)
    if request.method == "POST" and form.is_valid():
        session.give_reason(request.session, form.reason())
        return HttpResponseRedirect(safe_next(request))
    return render(
        request,
        "doors/reason.jinja",
        {"form": form, "next": safe_next(request)},
        status=HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
    )

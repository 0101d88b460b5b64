"""The doorkeeper: who is asking, may he come in, and for what reason.

Stands before every view. Pages know their user by session, the API by token and never by
session, so that no other site can make a browser use it. Refuses whatever nobody classed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth import logout
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from vigil.access.actions import end_session
from vigil.access.errors import NoReasonError, NotAllowedError, NotFoundError
from vigil.access.permissions import in_words
from vigil.access.queries import viewer_of_token
from vigil.access.viewer import Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors import session
from vigil.entrypoints.web.doors.answers import (
    NOT_NOW,
    NOTHING_HERE,
    SIGN_IN_FIRST,
    is_api,
    refuse,
    send_to,
)
from vigil.entrypoints.web.doors.frame import frame_for
from vigil.entrypoints.web.doors.routes import RouteClass, check_all_classified, class_of
from vigil.law.errors import VigilError
from vigil.ledger.errors import LedgerError, MayNotReadError

GetResponse = Callable[[HttpRequest], HttpResponse]
REASON_HEADER = "Vigil-Because"
# Longer than any reference of a piece of work; what is longer is no reason.
LONGEST_REASON = 200
BEARER = "Bearer "


class DoorkeeperMiddleware:
    """Sets `request.viewer` (None: nobody signed in) and lets in whom the route admits."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        check_all_classified()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = now()
        viewer = _by_token(request) if is_api(request) else _by_session(request, at)
        request.viewer = viewer  # type: ignore[attr-defined]
        if not is_api(request):  # a program is shown no header
            request.frame = frame_for(request, viewer)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., Any],
        view_args: Any,  # noqa: ARG002
        view_kwargs: Any,  # noqa: ARG002
    ) -> HttpResponse | None:
        """None lets the request in; anything else is the answer at the door."""
        name = request.resolver_match.url_name if request.resolver_match else None
        method = "GET" if request.method == "HEAD" else str(request.method)
        return admit(request, class_of(view, method, name))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The sentence of a refusal that a view did not word itself."""
        if isinstance(error, NoReasonError):
            return _ask_for_reason(request)
        for kinds, status, words in ANSWERS:
            if isinstance(error, kinds):
                return refuse(request, status, words or str(error))
        return None


# The first kind that fits answers; without words of its own it says the error's sentence.
ANSWERS: tuple[tuple[tuple[type[Exception], ...], HTTPStatus, str], ...] = (
    ((NotFoundError,), HTTPStatus.NOT_FOUND, NOTHING_HERE),
    ((NotAllowedError, MayNotReadError), HTTPStatus.FORBIDDEN, ""),
    # No entry, no data: the ledger could not be written.
    ((LedgerError,), HTTPStatus.SERVICE_UNAVAILABLE, ""),
    ((VigilError,), HTTPStatus.BAD_REQUEST, ""),
    # A full disk, a lock that never came, a database that went away.
    ((OperationalError,), HTTPStatus.SERVICE_UNAVAILABLE, NOT_NOW),
)


def admit(request: HttpRequest, given: RouteClass | None) -> HttpResponse | None:
    """Let in (None), or answer at the door. Without a class, which at this point means a method
    that the address does not answer, nobody comes in."""
    if given is None:
        return _unknown_method(request)
    if given.is_open:
        return None
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    if viewer is None:
        return _ask_to_sign_in(request)
    if viewer.role not in given.roles:
        return refuse(request, HTTPStatus.FORBIDDEN, _wrong_role(viewer))
    if given.needs_reason and not viewer.because:
        return _ask_for_reason(request)
    return None


def _unknown_method(request: HttpRequest) -> HttpResponse:
    if getattr(request, "viewer", None) is None:
        return _ask_to_sign_in(request)
    sentence = "Expected a method that this address answers, found another."
    return refuse(request, HTTPStatus.METHOD_NOT_ALLOWED, sentence)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        return refuse(request, HTTPStatus.UNAUTHORIZED, SIGN_IN_FIRST)
    return send_to("sign-in", request)


def _ask_for_reason(request: HttpRequest) -> HttpResponse:
    if is_api(request):
        sentence = (
            f"{NoReasonError.__doc__} Send it in the header {REASON_HEADER}, in at most "
            f"{LONGEST_REASON} characters."
        )
        return refuse(request, HTTPStatus.BAD_REQUEST, sentence)
    return send_to("reason", request)


def _wrong_role(viewer: Viewer) -> str:
    return (
        f"This is not for the role of {in_words(viewer.role)}. Ask an administrator of "
        "your agency if your work has changed."
    )


def _by_token(request: HttpRequest) -> Viewer | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith(BEARER):
        return None
    try:
        because = request.headers.get(REASON_HEADER, "")
        because = because if len(because) <= LONGEST_REASON else ""
        return viewer_of_token(header.removeprefix(BEARER).strip(), because)
    except NotAllowedError:
        return None


def _by_session(request: HttpRequest, at: datetime) -> Viewer | None:
    """The signed-in user. A closed account is nobody at once: Django asks for it each time."""
    if not request.user.is_authenticated:
        return None
    viewer: Viewer = request.user.viewer()
    why = session.over(request.session, at)
    if why:
        end_session(by=viewer, at=at, why=why)
        logout(request)
        return None
    session.touch(request.session, at)
    reason = session.reason_of(request.session)
    return viewer.with_reason(str(reason)) if reason else viewer

"""The answers at the door: a page for people, problem details for programs.

One body for each status, the same bytes whatever stands behind the address, so that nobody
can tell "none" from "not for you".
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from vigil.entrypoints.web.kit.refusals import refusal

API = "/api/"
NOTHING_HERE = "There is nothing here, or nothing that you may see."
SIGN_IN_FIRST = "Expected somebody who is signed in, found nobody; sign in, or send a token."
OUR_FAULT = "Something went wrong on our side. Nothing was shown and nothing was changed."
NOT_NOW = (
    "The record cannot be written just now. Nothing was shown and nothing was changed; try "
    "again in a minute."
)
TITLES = {
    HTTPStatus.BAD_REQUEST: "This cannot be done so",
    HTTPStatus.UNAUTHORIZED: "Sign in first",
    HTTPStatus.FORBIDDEN: "This is not for your role",
    HTTPStatus.NOT_FOUND: "Nothing here",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many wrong passwords",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not now",
}


def is_api(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    return request.path.startswith(API)


def refuse(request: HttpRequest, status: HTTPStatus, sentence: str) -> HttpResponse:
    """One clear sentence with its status, as a page or as problem details (RFC 9457)."""
    title = TITLES.get(status, status.phrase)
    if is_api(request):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
        answer: HttpResponse = JsonResponse(
            problem, status=status, content_type="application/problem+json"
        )
        if status == HTTPStatus.UNAUTHORIZED:
            answer["WWW-Authenticate"] = 'Bearer realm="vigil"'
        return answer
    return refusal(request, status, sentence=sentence)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """The one 404, for what does not exist and for what is not for you."""
    return refuse(request, HTTPStatus.NOT_FOUND, NOTHING_HERE)


def send_to(name: str, request: HttpRequest) -> HttpResponse:
    """Send to a door, and back here afterwards when here can be asked for again."""
    here = request.get_full_path() if request.method == "GET" else ""
    onward = f"?{urlencode({'next': here})}" if here and here != "/" else ""
    return HttpResponseRedirect(reverse(name) + onward)


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The address to go on to: of this site, or the default. Never another's."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and not any(ord(c) < 0x20 for c in asked)
    if ours and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return default

"""A small site for the tests of the doors: pages and API operations of every class."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from ninja import NinjaAPI

from vigil.access.errors import NoReasonError, NotAllowedError, NotFoundError
from vigil.access.permissions import EVERY_ROLE
from vigil.access.viewer import Role
from vigil.entrypoints.web.doors.routes import open_route, route
from vigil.law.errors import VigilError

RAISED: dict[str, type[Exception]] = {
    "missing": NotFoundError,
    "not-yours": NotAllowedError,
    "no-reason": NoReasonError,
    "wrong": VigilError,
    "fault": RuntimeError,
    "full": OperationalError,
    "denied": PermissionDenied,
}
api = NinjaAPI(urls_namespace="other-site", docs_url=None)


@api.get("/looks")
@route(roles={Role.ANALYST}, needs_reason=True)
def looks(request: HttpRequest) -> dict[str, str]:
    return {"because": request.viewer.because}  # type: ignore[attr-defined]


@api.post("/looks")
@route(roles={Role.ADMINISTRATOR})
def loads(request: HttpRequest) -> dict[str, str]:
    return {}


@api.get("/raises/{kind}")
@route(roles=EVERY_ROLE)
def api_raises(request: HttpRequest, kind: str) -> dict[str, str]:
    raise RAISED[kind]


@route(roles={Role.ANALYST}, needs_reason=True)
def analysts_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.viewer.because)  # type: ignore[attr-defined]


@route(roles=EVERY_ROLE)
def raises(request: HttpRequest, kind: str) -> HttpResponse:
    raise RAISED[kind]


@open_route
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("for anybody")


urlpatterns = [
    path("", include("vigil.entrypoints.web.doors.urls")),
    path("page/", analysts_page),
    path("raises/<str:kind>/", raises),
    path("public/", public),
    path("api/v1/", api.urls),
]

handler400 = "vigil.entrypoints.web.doors.errors.bad_request"
handler403 = "vigil.entrypoints.web.doors.errors.forbidden"
handler404 = "vigil.entrypoints.web.doors.errors.not_found"
handler500 = "vigil.entrypoints.web.doors.errors.server_error"

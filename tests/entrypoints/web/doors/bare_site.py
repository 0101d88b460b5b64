"""A site with routes that nobody classed: a page, and one method of an API path."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI

from vigil.access.permissions import EVERY_ROLE
from vigil.entrypoints.web.doors.routes import route

api = NinjaAPI(urls_namespace="bare-site", docs_url=None)


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open by mistake")


@api.get("/half")
@route(roles=EVERY_ROLE)
def half(request: HttpRequest) -> dict[str, str]:
    return {}


@api.post("/half")
def other_half(request: HttpRequest) -> dict[str, str]:
    return {}


urlpatterns = [path("page/", page), path("api/v1/", api.urls)]

"""The root addresses: the API under /api/v1/, everything else is the web."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from vigil.entrypoints.api.routes import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("vigil.entrypoints.web.urls")),
]

handler400 = "vigil.entrypoints.web.doors.errors.bad_request"
handler403 = "vigil.entrypoints.web.doors.errors.forbidden"
handler404 = "vigil.entrypoints.web.doors.errors.not_found"
handler500 = "vigil.entrypoints.web.doors.errors.server_error"

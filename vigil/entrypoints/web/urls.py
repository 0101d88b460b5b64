"""The web's addresses, each with its classification."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vigil.entrypoints.web.doors.urls")),
    path("", include("vigil.entrypoints.web.feeds.urls")),
    path("", include("vigil.entrypoints.web.orders.urls")),
    path("", include("vigil.entrypoints.web.caseload.urls")),
    path("", include("vigil.entrypoints.web.record.urls")),
    path("", include("vigil.entrypoints.web.people.urls")),
    path("", include("vigil.entrypoints.web.doorstep.urls")),
    path("", include("vigil.entrypoints.web.candidates.urls")),
    path("", include("vigil.entrypoints.web.law.urls")),
    path("", include("vigil.entrypoints.web.victims.urls")),
]

"""The root addresses: the API under /api/v1/, everything else is the web."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vigil.entrypoints.web.urls")),
]

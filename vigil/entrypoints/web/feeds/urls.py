"""The addresses of the feed's pages."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.feeds import views

urlpatterns = [
    path("feeds/", views.feeds, name="feeds"),
    path("feeds/<slug:reference>/", views.one_load, name="load"),
    path("feeds/<slug:load>/<int:row>/", views.quarantined, name="quarantined"),
]

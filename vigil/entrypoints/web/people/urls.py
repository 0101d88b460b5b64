"""The addresses of a person's pages. No name and no number of his is ever in one."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.people import views

urlpatterns = [
    path("check/", views.check, name="check"),
    path("people/<slug:reference>/", views.person, name="person"),
    path("people/<slug:reference>/judge/", views.judge, name="judge"),
    path(
        "people/<slug:reference>/judgements/<slug:judgement>/take-back/",
        views.take_back,
        name="take-back",
    ),
]

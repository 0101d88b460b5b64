"""The addresses of the candidates' pages."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.candidates import views

urlpatterns = [
    path("candidates/", views.candidates, name="candidates"),
    path("candidates/<slug:reference>/decide/", views.decide, name="decide"),
]

"""The addresses of a caseload's pages. A duty is named by its order, its kind and its first day."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.caseload import views

urlpatterns = [
    path("today/", views.today, name="today"),
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/alerts/<int:alert>/read/", views.read, name="read-alert"),
    path("caseload/told/<slug:order>/<slug:kind>/<slug:began>/", views.told, name="told"),
]

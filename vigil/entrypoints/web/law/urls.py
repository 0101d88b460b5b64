"""The addresses of the law's pages. They name orders and days, never a person."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.law import views

urlpatterns = [
    path("law/", views.instruments, name="law"),
    path("law/<slug:code>/", views.one_instrument, name="law-of"),
]

"""The address of the ledger's page."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.record import views

urlpatterns = [path("ledger/", views.ledger, name="ledger")]

"""The addresses of the doors."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.doors import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("reason/", views.reason, name="reason"),
]

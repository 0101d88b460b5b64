"""The addresses of the doorstep. No name, no place and no act is ever in one."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.doorstep import views

urlpatterns = [
    path("doorstep/", views.ask_who, name="doorstep"),
    path("doorstep/alerts/", views.alerts, name="question-alerts"),
    path("doorstep/<slug:reference>/", views.door, name="door"),
    path("doorstep/<slug:reference>/log/", views.log, name="log-breach"),
    path("doorstep/<slug:reference>/told/", views.told, name="told-of-order"),
    path("breaches/<slug:breach>/", views.breach, name="breach"),
]

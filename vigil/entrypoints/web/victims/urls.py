"""The addresses of protected persons' pages. References only: nothing of her is in an address."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.victims import changing, views

urlpatterns = [
    path("protected/", views.listed, name="protected"),
    path("protected/new/", changing.protect, name="protect"),
    path("protected/<slug:reference>/", views.one, name="protected-person"),
    path("protected/<slug:reference>/place/", changing.add_place, name="add-place"),
    path("protected/<slug:reference>/place/<slug:place>/", changing.end_place, name="end-place"),
    path("protected/<slug:reference>/contact/", changing.contact, name="safe-contact"),
    path("protected/<slug:reference>/times/", changing.times, name="safe-times"),
    path("protected/<slug:reference>/advocate/", changing.advocate, name="hand-to-advocate"),
    path("protected/<slug:reference>/parent/", changing.parent, name="mark-child-of"),
    path("leave/", views.leave, name="leave"),
]

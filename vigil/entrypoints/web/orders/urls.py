"""The addresses of the orders' pages. No name is ever in one."""

from __future__ import annotations

from django.urls import path

from vigil.entrypoints.web.orders import changing, drafts, making, views

urlpatterns = [
    path("orders/", views.orders, name="orders"),
    path("orders/drafts/<slug:reference>/", drafts.one_draft, name="draft-order"),
    path("orders/drafts/<slug:reference>/<slug:step>/", drafts.take_step, name="draft-step"),
    path("orders/<slug:reference>/", views.one_order, name="order"),
    path("orders/<slug:reference>/serve/", views.serve, name="serve-order"),
    *(
        path(f"orders/<slug:reference>/{step.name}/", view, name=step.route)
        for step, view in changing.VIEWS.items()
    ),
    path("people/<slug:reference>/orders/new/", making.make_order, name="make-order"),
]

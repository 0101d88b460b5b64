"""The list of those whom one may read, her page, and the way out.

A look a page. The list names nobody. An advocate has a button on every page that ends the
session and shows the weather instead.
"""

from __future__ import annotations

from allauth.account.internal.flows.logout import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vigil.access.permissions import EVERY_ROLE
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.victims import presenters, reading
from vigil.victims import queries
from vigil.victims.permissions import MAY_PROTECT

# A page that anybody may have open, as the GOV.UK component "Exit this page" goes to.
ELSEWHERE = "https://www.bbc.co.uk/weather"
READERS = MAY_PROTECT
DONE = {
    "recorded": "She is recorded. Give this reference where an order protects her.",
    "place": "The place is recorded, sealed.",
    "ended": "The last day of the place is recorded. An order that names it still holds there.",
    "contact": "How she is reached is recorded. What counted before stays on record.",
    "times": "Her safe times are recorded. What counted before stays on record.",
    "handed": "She is handed on.",
    "parent": "Whose child she is is recorded.",
}


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever is signed in; the doors have let nobody else in."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def frame_of(viewer: Viewer) -> dict[str, object]:
    """The skeleton of these pages: an advocate's has no navigation, and a way out."""
    is_advocate = viewer.role is Role.ADVOCATE
    return {
        "layout": "kit/phone.jinja" if is_advocate else "kit/staff.jinja",
        "has_exit": is_advocate,
    }


@route(roles=READERS, needs_reason=True)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Those whom you may read, by reference and number. Names nobody, looks at nobody."""
    viewer = viewer_of(request)
    rows = [
        {
            "number": number,
            "reference": one.reference,
            "href": reverse("protected-person", args=[one.reference]),
            "since": formats.day(one.protected_at),
        }
        for number, one in enumerate(queries.my_list(viewer), 1)
    ]
    return render(request, "victims/list.jinja", {**frame_of(viewer), "rows": rows})


@route(roles=READERS, needs_reason=True)
@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """Her record: whether she may be contacted now and how, her places, who she is."""
    viewer, at = viewer_of(request), now()
    seen = reading.one(viewer, reference, at)
    current, before = presenters.places(seen.places, at)
    context = {
        **frame_of(viewer),
        "reference": reference,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "now_words": presenters.now_words(seen.safe),
        "is_safe": seen.safe.may_contact,
        "asked_at": formats.stamp(at),
        "never": presenters.never(seen.safe),
        "contact": presenters.contact_rows(seen.safe),
        "times": presenters.times(seen.safe),
        "person": presenters.person_rows(seen, at),
        "places": current,
        "before": before,
        "handed": presenters.handed(seen.handed),
    }
    return render(request, "victims/person.jinja", context)


@route(roles=EVERY_ROLE)
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Exit this page: the session ends, the browser forgets, another site is shown. By GET, so
    that one tap is enough and nothing is asked."""
    logout(request, show_message=False)
    answer = HttpResponseRedirect(ELSEWHERE)
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer

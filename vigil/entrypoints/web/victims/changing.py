"""The forms that change what is kept of her. Each act is one action, and its refusal is shown on
the form that asked; who may not read her is told that there is nothing here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from vigil.access.errors import NotFoundError
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.victims import reading
from vigil.entrypoints.web.victims.forms import (
    AdvocateForm,
    ContactForm,
    EndForm,
    ParentForm,
    PersonForm,
    PlaceForm,
    TimesForm,
)
from vigil.entrypoints.web.victims.reading import Seen
from vigil.entrypoints.web.victims.views import READERS, frame_of, viewer_of
from vigil.victims import actions
from vigil.victims.errors import VictimsError
from vigil.victims.queries import mine

Act = Callable[[], Any]


@dataclass(frozen=True)
class Step:
    """One form: its template, and what her page says when it is done."""

    template: str
    done: str


@route(roles=READERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def protect(request: HttpRequest) -> HttpResponse:
    """Record somebody who is to be protected."""
    viewer = viewer_of(request)
    form = PersonForm(_typed(request))
    if form.is_bound and form.is_valid():
        try:
            reference = actions.protect(by=viewer, at=now(), **form.person())
        except VictimsError as refused:
            _refuse(form, refused)
        else:
            return _onward(reference, "recorded")
    return _page(request, "victims/protect.jinja", form)


@route(roles=READERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def add_place(request: HttpRequest, reference: str) -> HttpResponse:
    """A place of hers: typed as an address or as coordinates, drawn on no map."""
    viewer, at = viewer_of(request), now()
    reading.one(viewer, reference, at)
    form = PlaceForm(_typed(request))

    def act() -> None:
        actions.add_place(by=viewer, at=at, person=reference, **form.cleaned_data)

    return _change(request, Step("victims/place.jinja", "place"), form, reference, act)


@route(roles=READERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def end_place(request: HttpRequest, reference: str, place: str) -> HttpResponse:
    """The last day on which a place was hers."""
    viewer, at = viewer_of(request), now()
    seen = reading.one(viewer, reference, at)
    if place not in {one.reference for one in seen.places}:
        raise NotFoundError
    form = EndForm(_typed(request))

    def act() -> None:
        actions.end_place(by=viewer, at=at, place=place, last_day=form.cleaned_data["last_day"])

    return _change(request, Step("victims/end.jinja", "ended"), form, reference, act, place=place)


@route(roles=READERS, needs_reason=True)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """How she is reached safely, and what never to do."""
    viewer, at = viewer_of(request), now()
    seen = reading.one(viewer, reference, at)
    form = ContactForm(_typed(request), initial=_contact_held(seen))

    def act() -> None:
        actions.set_safe_contact(by=viewer, at=at, person=reference, **form.cleaned_data)

    return _change(request, Step("victims/contact.jinja", "contact"), form, reference, act)


@route(roles=READERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def times(request: HttpRequest, reference: str) -> HttpResponse:
    """The days and hours at which she may be contacted."""
    viewer, at = viewer_of(request), now()
    seen = reading.one(viewer, reference, at)
    form = TimesForm(seen.safe.times, _typed(request))

    def act() -> None:
        actions.set_safe_times(by=viewer, at=at, person=reference, times=form.times())

    return _change(request, Step("victims/times.jinja", "times"), form, reference, act)


@route(roles=READERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def advocate(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand her to another advocate, or to none."""
    viewer, at = viewer_of(request), now()
    reading.one(viewer, reference, at)
    form = AdvocateForm(_typed(request))

    def act() -> None:
        actions.hand_to_advocate(
            by=viewer, at=at, person=reference, advocate=form.cleaned_data["advocate"]
        )

    return _change(request, Step("victims/advocate.jinja", "handed"), form, reference, act)


@route(roles=READERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def parent(request: HttpRequest, reference: str) -> HttpResponse:
    """Whose child she is, by reference."""
    viewer, at = viewer_of(request), now()
    reading.one(viewer, reference, at)
    form = ParentForm(_typed(request))

    def act() -> None:
        try:
            actions.mark_child_of(
                by=viewer, at=at, child=reference, parent=form.cleaned_data["parent"]
            )
        except NotFoundError:
            sentence = "Enter the reference of a protected person whom you may read"
            raise VictimsError(sentence) from None

    return _change(request, Step("victims/parent.jinja", "parent"), form, reference, act)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _contact_held(seen: Seen) -> dict[str, str]:
    """What counts now, to be changed: nobody types a whole record again."""
    reach = seen.safe.reach
    if reach is None:
        return {}
    return {name: getattr(reach, name) for name in ("who", "how", "what", "never")}


def _change(
    request: HttpRequest, step: Step, form: forms.Form, reference: str, act: Act, **more: str
) -> HttpResponse:
    """Act when the form is good, and go to her page; else the form with its faults."""
    if form.is_bound and form.is_valid():
        try:
            act()
        except VictimsError as refused:
            _refuse(form, refused)
        else:
            # An advocate who handed her on is led to her list: the page is not hers any more.
            is_hers = reference in mine(viewer_of(request))
            return _onward(reference, step.done) if is_hers else _to_list()
    return _page(request, step.template, form, reference=reference, **more)


def _onward(reference: str, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('protected-person', args=[reference])}?done={done}")


def _to_list() -> HttpResponse:
    return HttpResponseRedirect(reverse("protected"))


def _refuse(form: forms.Form, refused: VictimsError) -> None:
    sentence = " ".join(str(refused).split())
    form.add_error(None, f"{sentence[:1].upper()}{sentence[1:]}")


def _page(request: HttpRequest, template: str, form: forms.Form, **more: str) -> HttpResponse:
    context = {**frame_of(viewer_of(request)), "form": form, **more}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)

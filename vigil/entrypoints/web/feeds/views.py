"""Send a feed, follow its load, mend and release what waits in quarantine."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import now
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.feeds import presenters
from vigil.entrypoints.web.feeds.forms import FeedForm, MendForm
from vigil.incidents import queries
from vigil.incidents.actions import mend, receive_feed, release
from vigil.incidents.errors import FeedError, MappingError, StillFaultyError
from vigil.incidents.feed.mapping import FeedMapping, parse_mapping
from vigil.incidents.queries import RowFault

SENDERS = (Role.ANALYST, Role.ADMINISTRATOR)
READERS = (*SENDERS, Role.AUDITOR)
FOLDER = "feeds"
MOST_MAPPING_BYTES = 100_000


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


@route(roles=READERS)
@require_http_methods(["GET", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The last loads, and the form that sends a feed."""
    viewer = _viewer(request)
    is_sender = viewer.role in SENDERS
    form = FeedForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FeedForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                reference = receive(viewer, form.cleaned_data["feed"], form.cleaned_data["mapping"])
                return HttpResponseRedirect(reverse("load", args=[reference]))
            except FeedError as fault:
                form.add_error("feed", str(fault))
            except MappingError as fault:
                form.add_error("mapping", str(fault))
    context = {
        "form": form,
        "is_sender": is_sender,
        "loads": presenters.load_rows(queries.loads(viewer)),
        "waiting": queries.quarantine_count(viewer),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "feeds/feeds.jinja", context, status=status)


def receive(viewer: Viewer, feed: UploadedFile[Any], mapping: UploadedFile[Any] | None) -> str:
    """Keep an uploaded feed for the worker; the reference of its load."""
    return receive_feed(
        by=viewer,
        at=now(),
        name=str(feed.name),
        content=feed.chunks(),
        folder=settings.VIGIL_HOME / FOLDER,
        mapping=_mapping(mapping),
    )


def _mapping(file: UploadedFile[Any] | None) -> FeedMapping | None:
    if file is None:
        return None
    try:
        return parse_mapping(file.read(MOST_MAPPING_BYTES).decode())
    except UnicodeDecodeError:
        raise MappingError(
            "expected the mapping as TOML in UTF-8, found other bytes; save it as UTF-8"
        ) from None


@route(roles=READERS)
@require_safe
def one_load(request: HttpRequest, reference: str) -> HttpResponse:
    """How far one load is, and what was wrong with its rows."""
    viewer = _viewer(request)
    shown = queries.load(viewer, reference)
    faults = queries.quarantine(viewer, load_reference=reference)
    context = {
        "load": presenters.load_view(shown),
        "reference": reference,
        "rows": faults,
        "columns": presenters.COLUMNS,
        "fault_words": presenters.fault_words,
        "may_mend": viewer.role in SENDERS,
    }
    return render(request, "feeds/load.jinja", context)


@route(roles=SENDERS, needs_reason=True)
@require_http_methods(["GET", "POST"])
def quarantined(request: HttpRequest, load: str, row: int) -> HttpResponse:
    """One row in quarantine: what is wrong, and the boxes that mend it."""
    viewer, at, reference = _viewer(request), now(), f"{load}/{row}"
    with look(viewer=viewer, references=[reference], at=at) as sight:
        held = queries.quarantined_cells(sight, reference)
        shown = queries.quarantined_row(viewer, reference)
    columns = [f.column for f in shown.faults if f.column] or sorted(held.cells)
    cells = {**held.cells, **held.mended}
    if request.method == "POST":
        form = MendForm(columns, cells, request.POST)
        if form.is_valid():
            try:
                return _mend_and_release(viewer, load, reference, form)
            except StillFaultyError:
                shown = queries.quarantined_row(viewer, reference)
                _mark(form, shown.faults)
    else:
        form = MendForm(columns, cells)
        _unbound_hints(form, shown.faults)
    context = {"title": presenters.row_title(shown), "form": form, "fields": columns}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "feeds/quarantined.jinja", context, status=status)


def _mend_and_release(viewer: Viewer, load: str, reference: str, form: MendForm) -> HttpResponse:
    mend(by=viewer, at=now(), row=reference, cells=form.mended())
    release(by=viewer, at=now(), row=reference)
    return HttpResponseRedirect(reverse("load", args=[load]))


def _mark(form: MendForm, faults: tuple[RowFault, ...]) -> None:
    for fault in faults:
        column = fault.column if fault.column in form.fields else None
        form.add_error(column, presenters.fault_words(fault))


def _unbound_hints(form: MendForm, faults: tuple[RowFault, ...]) -> None:
    for fault in faults:
        if fault.column in form.fields:
            form.fields[fault.column].help_text = presenters.fault_words(fault)

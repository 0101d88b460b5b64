"""Feeds over the API: send one, and see how far its load is."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from vigil.entrypoints.api.frame import PROBLEMS, viewer_of
from vigil.entrypoints.web.doors.routes import route
from vigil.entrypoints.web.feeds.views import READERS, SENDERS, receive
from vigil.incidents import queries

router = Router(tags=["feeds"])


class Received(Schema):
    """The reference of a load that waits for the worker."""

    load: str


class RowFault(Schema):
    """What is wrong with one cell of a row in quarantine."""

    row: int
    column: str
    expected: str
    found: str


class Load(Schema):
    """How far a load is. `state` is waiting, loading, finished or refused."""

    load: str
    name: str
    state: str
    opened_at: datetime
    finished_at: datetime | None
    refusal: str
    rows: int
    new: int
    changed: int
    held: int
    quarantined: int
    faults: list[RowFault]


@router.post("", response={202: Received, **PROBLEMS}, summary="Send a feed")
@route(roles=SENDERS)
def send(
    request: HttpRequest,
    feed: File[UploadedFile],
    mapping: File[UploadedFile | None] = None,
) -> Status[Received]:
    """Keep the feed (CSV, JSON Lines or Parquet; multipart field `feed`) for the worker. A
    mapping file may go with it. Sent again, nothing is stored twice."""
    return Status(HTTPStatus.ACCEPTED, Received(load=receive(viewer_of(request), feed, mapping)))


@router.get("/{load}", response={200: Load, **PROBLEMS}, summary="How far a load is")
@route(roles=READERS)
def progress(request: HttpRequest, load: str) -> Load:
    """The figures of one load of your agency, and the first rows that wait in quarantine."""
    viewer = viewer_of(request)
    shown = queries.load(viewer, load)
    faults = [
        RowFault(row=row.row, column=f.column, expected=f.expected, found=f.found)
        for row in queries.quarantine(viewer, load_reference=load)
        for f in row.faults
    ]
    return Load(
        load=shown.reference,
        name=shown.name,
        state=shown.state,
        opened_at=shown.opened_at,
        finished_at=shown.finished_at,
        refusal=shown.refusal,
        rows=shown.rows,
        new=shown.new,
        changed=shown.changed,
        held=shown.held,
        quarantined=shown.quarantined,
        faults=faults,
    )

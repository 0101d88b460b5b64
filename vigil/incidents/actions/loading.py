"""Loading a feed: opened, stored chunk by chunk, finished or refused.

`load_feed` is no action: it calls one for each committed chunk, so that a kill costs at
most the chunk in hand and running it again goes on where the last commit stood.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db.models import Max, Sum

from vigil.access.errors import NotFoundError
from vigil.access.viewer import Viewer
from vigil.incidents.actions import bulk, storing
from vigil.incidents.errors import FeedError, LoadFinishedError
from vigil.incidents.feed.mapping import FeedMapping, mapping_of
from vigil.incidents.feed.reader import CHUNK_ROWS, Chunk, Feed, open_feed
from vigil.incidents.models import FeedLoad, LoadChunk
from vigil.incidents.permissions import check_can_load, check_can_see_load
from vigil.ledger.action import action, record


@dataclass(frozen=True, slots=True)
class LoadDone:
    """What a load did: every row of the feed is in one of the five numbers."""

    reference: str
    rows: int
    new: int
    changed: int
    held: int
    quarantined: int
    held_in_quarantine: int
    is_resumed: bool = False
    notes: tuple[str, ...] = ()


# Called after each commit with (bytes read, bytes in all, rows so far).
Progress = Callable[[int, int, int], None]


@action
def open_load(
    *,
    by: Viewer,
    at: datetime,
    name: str,
    path: str,
    digest: str,
    size_bytes: int,
    mapping: FeedMapping,
    is_received: bool = False,
    chunk_rows: int = CHUNK_ROWS,
) -> str:
    """Open a load and give its reference. Nothing of the feed is stored yet.

    Raises: NotAllowedError.
    """
    check_can_load(by)
    load = FeedLoad.objects.create(
        reference=f"load-{secrets.token_hex(6)}",
        name=name[:255],
        path=path,
        is_received=is_received,
        mapping=mapping.said(),
        digest=digest,
        size_bytes=size_bytes,
        chunk_rows=chunk_rows,
        sent_by=by.username,
        agency=by.agency,
        opened_at=at,
    )
    record(targets=[load.reference], facts={"digest": digest, "bytes": size_bytes})
    return load.reference


@action
def store_chunk(*, by: Viewer, at: datetime, load: str, chunk: Chunk) -> bool:
    """Store a chunk's rows; False when another worker on this load had stored them.

    Raises: NotAllowedError, NotFoundError, LoadFinishedError.
    """
    check_can_load(by)
    bulk.wait_for_other_loads()
    opened = _own_load(by, load)
    _check_is_open(opened)
    if chunk.first_row < _position(opened):
        record(targets=[load], facts={"first_row": chunk.first_row, "stored_already": True})
        return False
    kept = storing.keep(opened, chunk, this_year=at.year)
    counts = {
        "new": kept.new,
        "changed": kept.changed,
        "held": kept.held,
        "quarantined": kept.quarantined,
        "held_in_quarantine": kept.held_in_quarantine,
    }
    LoadChunk.objects.create(
        load=opened,
        first_row=chunk.first_row,
        last_row=chunk.last_row,
        done_bytes=chunk.done_bytes,
        digest=kept.digest,
        stored_at=at,
        **counts,
    )
    record(
        targets=[load],
        facts={
            "first_row": chunk.first_row,
            "last_row": chunk.last_row,
            "digest": kept.digest,
            **counts,
        },
    )
    return True


@action
def finish_load(*, by: Viewer, at: datetime, load: str, notes: Sequence[str] = ()) -> LoadDone:
    """Close a load whose rows are all accounted for; `notes` say what was passed over.

    Raises: NotAllowedError, NotFoundError, LoadFinishedError.
    """
    check_can_load(by)
    opened = _own_load(by, load)
    if not FeedLoad.objects.filter(pk=opened.pk, finished_at=None, refused_at=None).update(
        finished_at=at, notes=list(notes)
    ):
        raise LoadFinishedError
    done = _totals(opened)
    record(
        targets=[load],
        facts={"rows": done.rows, "new": done.new, "changed": done.changed, "held": done.held},
    )
    return done


@action
def refuse_load(*, by: Viewer, at: datetime, load: str, refusal: str) -> None:
    """Close a load whose feed cannot be read; what was stored of it stays.

    Raises: NotAllowedError, NotFoundError, LoadFinishedError.
    """
    check_can_load(by)
    opened = _own_load(by, load)
    if not FeedLoad.objects.filter(pk=opened.pk, finished_at=None, refused_at=None).update(
        refused_at=at, refusal=refusal
    ):
        raise LoadFinishedError
    record(targets=[load], facts={"refused": True})


def load_feed(
    *,
    by: Viewer,
    at: datetime,
    path: str | Path,
    mapping: FeedMapping | None = None,
    progress: Progress | None = None,
    chunk_rows: int = CHUNK_ROWS,
) -> LoadDone:
    """Load a feed, or finish the load of it that was broken off.

    Raises: NotAllowedError, FeedError, MappingError.
    """
    check_can_load(by)
    feed = open_feed(path, mapping)
    digest = feed.digest()
    unfinished = (
        FeedLoad.objects.filter(
            agency=by.agency,
            digest=digest,
            mapping=feed.mapping.said(),
            finished_at=None,
            refused_at=None,
        )
        .order_by("-pk")
        .values_list("reference", flat=True)
        .first()
    )
    reference = unfinished or open_load(
        by=by,
        at=at,
        name=Path(path).name,
        path=str(Path(path).absolute()),
        digest=digest,
        size_bytes=feed.size,
        mapping=feed.mapping,
        chunk_rows=chunk_rows,
    )
    return _run(by, at, reference, feed, progress, is_resumed=unfinished is not None)


def _run(
    by: Viewer,
    at: datetime,
    reference: str,
    feed: Feed,
    progress: Progress | None,
    *,
    is_resumed: bool,
) -> LoadDone:
    load = FeedLoad.objects.get(reference=reference)
    bulk.widen_cache()
    tell = progress or (lambda _done, _total, _rows: None)
    try:
        for chunk in feed.chunks(rows=load.chunk_rows, from_row=_position(load)):
            store_chunk(by=by, at=at, load=reference, chunk=chunk)
            tell(chunk.done_bytes, feed.size, chunk.last_row + 1)
        done = finish_load(by=by, at=at, load=reference, notes=feed.notes)
    except FeedError as broken:
        refuse_load(by=by, at=at, load=reference, refusal=str(broken))
        raise
    except LoadFinishedError:
        # Another worker on the same load came first; what it stored is all there is.
        load.refresh_from_db()
        if load.refused_at is not None:
            raise FeedError(load.refusal) from None
        done = _totals(load)
    return replace(done, is_resumed=is_resumed, notes=tuple(feed.notes))


def receive_feed(
    *,
    by: Viewer,
    at: datetime,
    name: str,
    content: Iterable[bytes],
    folder: Path,
    mapping: FeedMapping | None = None,
) -> str:
    """Keep an uploaded feed under `folder` and open its load; a worker loads it later.

    The file is readable by its owner only and is deleted when the load ends. Refuses at
    once what cannot be read as a feed.

    Raises: NotAllowedError, FeedError, MappingError.
    """
    check_can_load(by)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    suffix = Path(name).suffix.lower()
    suffix = suffix if suffix[1:].isalnum() else ""
    path = folder / f"{secrets.token_hex(8)}{suffix}"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for part in content:
                file.write(part)
        feed = open_feed(path, mapping)
        return open_load(
            by=by,
            at=at,
            name=Path(name).name or "feed",
            path=str(path.absolute()),
            digest=feed.digest(),
            size_bytes=feed.size,
            mapping=feed.mapping,
            is_received=True,
        )
    except BaseException as failure:
        path.unlink(missing_ok=True)
        if isinstance(failure, FeedError):
            # The user knows the file by the name that he gave it.
            raise FeedError(str(failure).replace(path.name, Path(name).name)) from failure
        raise


def load_received(
    *, by: Viewer, at: datetime, load: str, progress: Progress | None = None
) -> LoadDone:
    """Load a feed that was received, or go on with it, and delete its file at the end.

    A refused one is deleted too: its sender has it, and it holds personal data.

    Raises: NotFoundError, FeedError (the load is then refused).
    """
    waiting = _own_load(by, load)
    _check_is_open(waiting)
    path = Path(waiting.path)
    try:
        feed = _reopened(by, at, waiting)
        done = _run(by, at, load, feed, progress, is_resumed=_position(waiting) > 0)
    except FeedError:
        path.unlink(missing_ok=True)
        raise
    path.unlink(missing_ok=True)
    return done


def _reopened(by: Viewer, at: datetime, waiting: FeedLoad) -> Feed:
    try:
        return open_feed(Path(waiting.path), mapping_of(waiting.mapping))
    except FeedError as broken:
        refuse_load(by=by, at=at, load=waiting.reference, refusal=str(broken))
        raise


def _own_load(by: Viewer, reference: str) -> FeedLoad:
    load = FeedLoad.objects.filter(reference=reference).first()
    if load is None:
        raise NotFoundError
    check_can_see_load(by, load.agency)
    return load


def _check_is_open(load: FeedLoad) -> None:
    if load.finished_at is not None or load.refused_at is not None:
        raise LoadFinishedError


def _position(load: FeedLoad) -> int:
    """The first row that is not stored."""
    last = LoadChunk.objects.filter(load=load).aggregate(last=Max("last_row"))["last"]
    return 0 if last is None else int(last) + 1


def _totals(load: FeedLoad) -> LoadDone:
    names = ("new", "changed", "held", "quarantined", "held_in_quarantine")
    found = LoadChunk.objects.filter(load=load).aggregate(**{n: Sum(n) for n in names})
    new, changed, held, quarantined, again = (int(found[name] or 0) for name in names)
    return LoadDone(
        load.reference,
        new + changed + held + quarantined + again,
        new=new,
        changed=changed,
        held=held,
        quarantined=quarantined,
        held_in_quarantine=again,
    )

"""What happened to an order, as a timeline: what, when, by whom, where, how, what proves it.

Words only. A place is a kind of place, a protected person is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters import words
from vigil.orders.kinds import MAKINGS, Ending, EventKind
from vigil.orders.queries import Happening


def event(one: Happening) -> dict[str, str]:
    """One event of an order."""
    # A making is known by its day; its hour is the start of it where none was given.
    is_day = one.kind in MAKINGS
    when = formats.day(one.happened_at) if is_day else formats.moment(one.happened_at)
    said = [f"{part}." for part in _parts(one) if part]
    said.append(f"Recorded at {formats.moment(one.recorded_at)}.")
    return {
        "title": words.EVENT.get(one.kind, one.kind),
        "when": when,
        "by": one.served_by or one.by,
        "words": " ".join(said),
    }


def _parts(one: Happening) -> Iterator[str]:
    """What is to be said of it; each kind of event has its own."""
    if one.kind == EventKind.KNOWN:
        yield words.KNOWN.get(one.how, one.how)
    else:
        yield words.HOW.get(one.how, one.how)
    yield words.WHERE.get(one.place_kind, "")
    yield words.PROOF.get(one.proof, "")
    if one.rank:
        rank = words.RANK.get(one.rank, one.rank)
        yield f"By an officer of the rank of {rank[:1].lower()}{rank[1:]}"
    yield one.court
    if one.hearing_at:
        yield f"To be heard at {formats.moment(one.hearing_at)}"
    elif one.kind == EventKind.ADJOURNED:
        yield "No new time was given"
    yield from _of_terms(one)
    if one.kind == EventKind.DISCHARGED and one.ending:
        yield words.ENDING[Ending(one.ending)]


def _of_terms(one: Happening) -> Iterator[str]:
    if one.kind in (EventKind.DRAFTED, *MAKINGS):
        return
    if one.kind == EventKind.SUSPENDED:
        yield (
            f"It binds again at {formats.moment(one.until_at)}"
            if one.until_at
            else "Until a court says that it binds again"
        )
    if one.sets_clauses:
        yield "New clauses"
    if one.sets_last_day:
        until = formats.last_moment(one.last_day) if one.last_day else "until further order"
        yield f"It lasts {until}"

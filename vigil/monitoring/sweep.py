"""What has fallen due, written: everybody whose duties changed by themselves, and who is told.

Not an action: it calls one action for each chunk of people, and for one person where a chunk
fails, so that one bad row cannot stop the rest and two workers do nothing twice. Logs keys
and the names of errors, never their words.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from django.db import IntegrityError

from vigil.access.viewer import Viewer, worker_for
from vigil.monitoring import queries, watching
from vigil.monitoring.actions.alerts import alert
from vigil.monitoring.actions.keeping import catch_up
from vigil.monitoring.errors import NothingToDoError, NotOpenError
from vigil.register.people import person_key, who_now

logger = logging.getLogger(__name__)
FAILED = "failed"
RACED = "raced"
# People in one transaction: few enough that another worker waits for none of them.
AT_ONCE = 200


def sweep(*, at: datetime, whole: bool = True) -> Counter[str]:
    """Write all that has fallen due by `at`; the answer counts what was written.

    Keys: begun, suspended, resumed, met, lapsed, told_late, ended, put_right, lapse_withdrawn,
    withdrawn, alerted, raced, failed. `whole`: also whoever was taught something of lately
    and whom nobody brought up to date; without it, only what is due.
    """
    counts: Counter[str] = Counter()
    worker = worker_for("")
    if whole:
        _keep(counts, watching.unlooked(worker, at=at), at)
    _keep(counts, watching.due(worker, at=at), at)
    _each(
        counts,
        queries.lapses_without_alert(worker),
        lambda by, duty: _said("alerted", alert(by=by, at=at, duty=duty)),
    )
    return counts


def bring_up_to_date(person: str, *, at: datetime) -> Counter[str]:
    """Write what follows for this person from what is known of him, without waiting for the worker.

    For whoever has just called an action that teaches the record something of him: an order
    made, served, varied or ended, custody, release. Raises: NotFoundError.
    """
    key = person_key(person)
    root = who_now([key])[key]
    agency = watching.agency_of(root)
    if agency is None:
        return Counter()
    try:
        return catch_up(by=worker_for(agency), at=at, people=[root])
    except NothingToDoError:
        return Counter()


def next_due(*, after: datetime | None = None) -> datetime | None:
    """The first instant at which anything changes by itself, over all people; None: never."""
    return watching.next_due(worker_for(""), after=after)


def begin_now(order: str, *, at: datetime) -> str | None:
    """Begin the duty of an order that was served just now, without waiting for the worker.

    The answer names the duty; None where the law gives none, or it was begun before. For the
    edge, after a service; the sweep catches what this missed.
    """
    person = watching.respondent_of(worker_for(""), order)
    if person is None:
        return None
    before = set(watching.duties_of_order(worker_for(""), order))
    bring_up_to_date(person, at=at)
    begun = [one for one in watching.duties_of_order(worker_for(""), order) if one not in before]
    return begun[0] if begun else None


def _keep(counts: Counter[str], pull: watching.People, at: datetime) -> None:
    """In chunks; the people of a chunk that breaks off one by one."""
    for agency, people in _chunks(pull):
        by = worker_for(agency)
        if _caught_up(counts, by, people, at) is None:
            continue
        for one in people:
            failed = _caught_up(counts, by, [one], at)
            if isinstance(failed, IntegrityError):
                # Another worker wrote it in the same moment; a row that stays so is seen here.
                counts[RACED] += 1
                logger.info("sweep: raced at person %s", one)
            elif failed is not None:
                counts[FAILED] += 1
                logger.warning("sweep: %s at person %s", type(failed).__name__, one)


def _caught_up(
    counts: Counter[str], by: Viewer, people: Sequence[int], at: datetime
) -> Exception | None:
    """None once these people are up to date, or another worker sees to them; else why not."""
    try:
        counts.update(catch_up(by=by, at=at, people=people, skip_held=True))
    except NothingToDoError:
        return None
    except Exception as failed:  # one bad row must not stop the rest
        return failed
    return None


def _chunks(pull: watching.People) -> Iterator[tuple[str, list[int]]]:
    """The people of one agency after another, so many at once."""
    ordered = sorted(pull, key=lambda one: one[1])
    for agency, some in groupby(ordered, key=lambda one: one[1]):
        keys = [key for key, _ in some]
        for start in range(0, len(keys), AT_ONCE):
            yield agency, keys[start : start + AT_ONCE]


def _said(word: str, _answer: object) -> str:
    return word


def _each(counts: Counter[str], pull: queries.Pull, act: Callable[[Viewer, str], str]) -> None:
    for reference, agency in pull:
        try:
            counts[act(worker_for(agency), reference)] += 1
        except NotOpenError:
            continue
        except IntegrityError:
            # Another worker wrote it in the same moment; a row that stays so is seen here.
            counts[RACED] += 1
            logger.info("sweep: raced at %s", reference)
        except Exception as failed:  # one bad row must not stop the rest
            counts[FAILED] += 1
            logger.warning("sweep: %s at %s", type(failed).__name__, reference)

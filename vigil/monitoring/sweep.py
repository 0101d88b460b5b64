"""What has fallen due, written: duties begun, ended and lapsed, owners told.

Not an action: it calls one action for each thing, so that one bad row cannot stop the rest and
two workers do nothing twice. Logs references and the names of errors, never their words.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError

from vigil.access.viewer import Viewer, worker_for
from vigil.monitoring import queries
from vigil.monitoring.actions.alerts import alert
from vigil.monitoring.actions.duties import begin_duty, end_duty, lapse
from vigil.monitoring.errors import NoDutyError, NotOpenError

logger = logging.getLogger(__name__)
# Another worker was there first, or there was nothing to do after all.
_DONE_BEFORE = (NoDutyError, NotOpenError)
FAILED = "failed"
RACED = "raced"


def sweep(*, at: datetime) -> Counter[str]:
    """Write all that has fallen due by `at`; the answer counts what was written.

    Keys: begun, ended, lapsed, put_right, alerted, raced, failed. The steps are in this order
    because each can make work for the next.
    """
    worker = worker_for("")
    counts: Counter[str] = Counter()
    _each(
        counts,
        queries.orders_without_duty(worker, at=at),
        lambda by, order: _said("begun", begin_duty(by=by, at=at, order=order)),
    )
    _each(
        counts,
        queries.duties_of_ended_orders(worker, at=at),
        lambda by, duty: _said("ended", end_duty(by=by, at=at, duty=duty)),
    )
    _each(
        counts,
        queries.duties_due(worker, at=at),
        lambda by, duty: str(lapse(by=by, at=at, duty=duty)),
    )
    _each(
        counts,
        queries.lapses_without_alert(worker),
        lambda by, duty: _said("alerted", alert(by=by, at=at, duty=duty)),
    )
    return counts


def begin_now(order: str, *, at: datetime) -> str | None:
    """Begin the duty of an order that was served just now, without waiting for the worker.

    The answer names the duty; None where the law gives none, or it was begun before. For the
    edge, after a service; the sweep catches what this missed.
    """
    agency = dict(queries.orders_without_duty(worker_for(""), at=at, order=order)).get(order)
    if agency is None:
        return None
    try:
        return begin_duty(by=worker_for(agency), at=at, order=order)
    except (*_DONE_BEFORE, IntegrityError):
        return None


def _said(word: str, _answer: object) -> str:
    return word


def _each(counts: Counter[str], pull: queries.Pull, act: Callable[[Viewer, str], str]) -> None:
    for reference, agency in pull:
        try:
            counts[act(worker_for(agency), reference)] += 1
        except _DONE_BEFORE:
            continue
        except IntegrityError:
            # Another worker wrote it in the same moment; a row that stays so is seen here.
            counts[RACED] += 1
            logger.info("sweep: raced at %s", reference)
        except Exception as failed:  # one bad row must not stop the rest
            counts[FAILED] += 1
            logger.warning("sweep: %s at %s", type(failed).__name__, reference)

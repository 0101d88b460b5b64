"""One question at a door, over the record: looked, judged, counted, written down, answered.

The page and the API call `ask` and nothing else. An answer that could find a home is withheld
after it was judged, so that known, unknown and sealed take the same way through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from vigil.access.look import Sight, look
from vigil.access.queries import agency
from vigil.access.viewer import Viewer
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Regime
from vigil.monitoring import permissions
from vigil.monitoring.actions.questions import ask_doorstep
from vigil.monitoring.errors import TooManyQuestionsError
from vigil.orders.doorstep.facts import Act
from vigil.orders.doorstep.live import Judged, bound_orders, judged, whom

_REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9A-Z][0-9A-Z-]{0,30}")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer from the record: under which entry it was written down, and about whom.

    `person` is who the reference stands for today.
    """

    question: str
    person: str
    happened_at: datetime
    asked_at: datetime
    regime: Regime
    found: Judged


def ask(
    viewer: Viewer,
    *,
    at: datetime,
    happened_at: datetime,
    act: Act,
    also: Iterable[str] = (),
    beside: Callable[[Sight], None] | None = None,
) -> Answered:
    """Is what he did at `happened_at` a breach of what binds him, as known at `at`?

    One look that names him, his orders and what `also` names, in which `beside` reads what a
    page shows with the answer; one entry for the question, with its verdict, without a place.

    Raises: NotFoundError for a role that may not ask; NoReasonError; BadQuestionError for an
        act out of shape; TooManyQuestionsError, and then nothing is told.
    """
    permissions.check_can_ask_at_the_door(viewer)
    if not _REFERENCE.fullmatch(act.by):
        raise BadQuestionError("expected act.by to be the reference of a person, such as P-7K3M9Q")
    regime = Regime(agency(viewer.agency).regime)
    found = whom(viewer, act.by)
    with look(viewer=viewer, references=[found.person, *found.orders, *also], at=at) as sight:
        orders = bound_orders(sight, found, as_known_at=at)
        if beside is not None:
            beside(sight)
    answer = judged(viewer, found, orders, at=happened_at, act=act, regime=regime)
    asked = ask_doorstep(
        by=viewer,
        at=at,
        person=found.person,
        orders=found.orders,
        about=answer.about,
        act=act.kind,
        verdict=answer.answer.verdict,
    )
    if not asked.may_be_answered:
        raise TooManyQuestionsError
    return Answered(asked.question, found.person, happened_at, at, regime, answer)

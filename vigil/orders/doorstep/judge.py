"""The doorstep answer over facts: is this act a breach of these orders, and what follows?

The gravest verdict of the clauses is the answer: `breach` before `cannot_tell` before
`not_breach`. Refuses a rule out of shape, an instrument that is unknown, and one that could not
be made on its day. Not checked: whether the facts are true.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vigil.law.facts import Regime
from vigil.orders.doorstep.facts import Act, Answer, BoundOrder


def judge(
    *, at: datetime, act: Act, orders: Sequence[BoundOrder], regime: Regime = Regime.IN_FORCE
) -> Answer:
    """Whether the act at `at` is a breach of the orders, by which clauses, and what may be done.

    Raises:
        BadQuestionError: a rule or its geometry is out of shape.
        UnknownInstrumentError: an instrument is not known under the regime.
        NotInForceError: an order could not be made on its day, or the law has ended it.
    """
    raise NotImplementedError

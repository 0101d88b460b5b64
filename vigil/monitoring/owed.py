"""Which duty of notification the law attaches to a service, and until when. Asks the law room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vigil.law.errors import NotInForceError
from vigil.law.facts import AuthorityAnswer
from vigil.law.notification import notification_duty
from vigil.orders.binding import regime_of
from vigil.orders.kinds import home_of

SERVED = "served"


@dataclass(frozen=True, slots=True)
class Owed:
    """What he must tell, until when, which offence it is if he does not, and by which law."""

    last_day: date
    items: tuple[str, ...]
    offence: str | None
    authority: tuple[AuthorityAnswer, ...]
    confidence: str


def owed_at_service(
    instrument: str, served_on: date, *, jurisdiction: str | None = None
) -> Owed | None:
    """The initial notification that service on that day starts; None where it starts none.

    `jurisdiction` None: the instrument's own. Of a proposed instrument the proposal is asked.
    """
    try:
        found = notification_duty(
            instrument,
            SERVED,
            served_on,
            regime_of(instrument),
            jurisdiction=jurisdiction or home_of(instrument),
        )
    except NotInForceError:
        return None
    if found.last_day is None:
        return None
    return Owed(
        found.last_day,
        found.items,
        found.offence,
        tuple(provision.answer() for provision in found.ground.authority),
        found.ground.confidence.value,
    )


# A full order that takes the place of its interim starts no initial duty: it was told before.
# Source: Stalking Protection Act 2019 s. 9.
INTERIM_OF: Mapping[str, str] = {"STALK_PO": "STALK_PO_I"}

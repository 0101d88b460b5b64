"""What to secure after a breach, by what was done. Pure: an act in, a list of codes out.

In order of how soon each is gone. Refuses to know a place: where she is stands on no list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vigil.monitoring.errors import BadBreachError

# Code -> as the officer reads it. "She" is whoever the order protects.
WORDS: Final[Mapping[str, str]] = {
    "video": "Body-worn video of him and of where he stands",
    "position": "His position and the time, from your handset",
    "arrest": "Whether he was arrested, and when",
    "injuries": "Injuries, photographed, with consent",
    "damage": "The damage, photographed before it is mended",
    "messages": "The messages or the call list, photographed with number and time",
    "item": "What was sent, in a clean bag",
    "third_party": "Who passed it on, and their account",
    "tag": "The tag and strap, and the monitoring company’s log",
    "curfew": "The monitoring company’s log for the curfew hours",
    "programme": "The programme’s attendance sheet",
    "notified": "What he notified and when, from the duty desk",
    "new_place": "Who knows of the new name or address, and since when",
    "account": "Her account, in her words",
    "reply": "What he said when he was told of the order",
    "witness": "Who else saw or heard it",
    "cameras": "Cameras and doorbells near, before they are overwritten",
    "order": "A copy of the order and the proof of service",
}
_CLOSE: Final = ("video", "position", "account", "reply", "witness", "cameras")
_REMOTE: Final = ("messages", "account", "reply")
BY_ACT: Final[Mapping[str, tuple[str, ...]]] = {
    "presence": _CLOSE,
    "approach": _CLOSE,
    "contact": _REMOTE,
    "threat": ("video", "messages", "account", "reply", "witness"),
    "violence": ("injuries", *_CLOSE),
    "damage": ("damage", *_CLOSE),
    "absent_from_curfew": ("curfew", "video", "reply"),
    "tag_removed": ("tag", "video", "reply"),
    "missed_appointment": ("programme", "reply"),
    "new_address": ("new_place", "notified", "reply"),
    "new_name": ("new_place", "notified", "reply"),
}
_BY_MEANS: Final[Mapping[str, tuple[str, ...]]] = {
    "in_person": _CLOSE,
    "letter": ("item", "account", "reply"),
    "gift": ("item", "account", "reply"),
    "third_party": ("third_party", "messages", "account", "reply"),
}


def to_secure(act: str, means: str | None) -> tuple[str, ...]:
    """The codes of what to secure for that act, done by those means.

    Raises: BadBreachError for an act that is none.
    """
    if act not in BY_ACT:
        raise BadBreachError(f"expected one of {', '.join(BY_ACT)}, found another act")
    first = _BY_MEANS.get(means or "", ()) if act == "contact" else ()
    return tuple(dict.fromkeys((*(first or BY_ACT[act]), "arrest", "order")))

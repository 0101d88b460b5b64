"""The only writers of this room: candidates, decisions, owners."""

from vigil.register.actions.deciding import Decided, assign_owner, decide, end_registration
from vigil.register.actions.selecting import (
    PutUp,
    begin_selection,
    finish_selection,
    put_up_candidates,
    write_candidates,
)

__all__ = [
    "Decided",
    "PutUp",
    "assign_owner",
    "begin_selection",
    "decide",
    "end_registration",
    "finish_selection",
    "put_up_candidates",
    "write_candidates",
]

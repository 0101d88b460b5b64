"""What changes the record of protected persons. Everything is sealed before it is written."""

from vigil.victims.actions.keys import add_key, reseal
from vigil.victims.actions.people import hand_to_advocate, mark_child_of, protect
from vigil.victims.actions.places import add_place, end_place
from vigil.victims.actions.reaching import set_safe_contact, set_safe_times

__all__ = [
    "add_key",
    "add_place",
    "end_place",
    "hand_to_advocate",
    "mark_child_of",
    "protect",
    "reseal",
    "set_safe_contact",
    "set_safe_times",
]

"""The only writers of this room: loading a feed, and mending what was wrong with it."""

from vigil.incidents.actions.loading import (
    LoadDone,
    finish_load,
    load_feed,
    load_received,
    open_load,
    receive_feed,
    refuse_load,
    store_chunk,
)
from vigil.incidents.actions.quarantine import mend, release

__all__ = [
    "LoadDone",
    "finish_load",
    "load_feed",
    "load_received",
    "mend",
    "open_load",
    "receive_feed",
    "refuse_load",
    "release",
    "store_chunk",
]

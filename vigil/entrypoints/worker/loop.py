"""The worker's loop: look, do, wait a little, until it is asked to stop.

Sealing is done once in a minute; everything else at every look. A stop is noticed between two
steps and between two chunks of a load; `kill -9` loses nothing that was committed.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from django.db import close_old_connections

from vigil.entrypoints.clock import now
from vigil.entrypoints.worker.due import run_due

PAUSE_SECONDS = 1.0
SEAL_EVERY = timedelta(seconds=60)


def holder_name() -> str:
    """Which worker this is, on a lease: the machine and the process."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def run(
    *,
    stop: threading.Event,
    tell: Callable[[datetime, dict[str, int]], None],
    pause_seconds: float = PAUSE_SECONDS,
) -> None:
    """Look and do until `stop` is set; `tell` is told of every look that did something."""
    holder = holder_name()
    sealed_at: datetime | None = None
    while not stop.is_set():
        at = now()
        # A clock that was set back must not put off the seal.
        with_seal = sealed_at is None or not sealed_at <= at < sealed_at + SEAL_EVERY
        close_old_connections()
        counts = run_due(at, should_stop=stop.is_set, with_seal=with_seal, holder=holder)
        if with_seal:
            sealed_at = at
        if counts:
            tell(at, counts)
        stop.wait(pause_seconds)


def stop_on_signals(stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT set `stop`."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)

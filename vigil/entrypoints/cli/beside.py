"""The web server with a worker beside it, in one terminal: for the demo, and for a desk.

Whoever is asked to stop takes the other with him; a service manager runs them apart.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

# A graceful stop of the web server takes at most ten seconds.
PATIENCE_SECONDS = 15


def run_beside(commands: Sequence[Sequence[str]], environment: dict[str, str]) -> int:
    """Run the commands until one of them ends or we are told to stop; the first one's status."""
    children: list[subprocess.Popen[bytes]] = []
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for words in commands:
        children.append(subprocess.Popen(list(words), env=environment))  # noqa: S603 - our own
    status = children[0].wait()
    for child in children:
        child.terminate()
    for child in children[1:]:
        try:
            child.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    sys.stdout.flush()
    return 0 if stopped else status

"""A worker that is asked to stop, stops: the real process, the real signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# Generous: the machine may be busy; it takes a second and a half on an idle one.
MOST_SECONDS = 10


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda n: n.name)
def test_the_worker_stops_at_a_signal_with_status_0(number: signal.Signals, home: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "VIGIL_DATABASE_URL"}
    command = [sys.executable, "-m", "vigil.entrypoints.cli.main", "worker"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as worker:
        try:
            assert worker.stdout is not None
            # Its tables are there and it looks: else nothing would be tried.
            assert b"looking for work" in worker.stdout.readline()
            asked_at = time.monotonic()
            worker.send_signal(number)
            _, said = worker.communicate(timeout=MOST_SECONDS)
        finally:
            worker.kill()
    assert (worker.returncode, said) == (0, b"")
    assert time.monotonic() - asked_at < MOST_SECONDS

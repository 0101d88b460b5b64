"""The server and the worker stop together, whoever is asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

PROGRAM = """
import sys
from vigil.entrypoints.cli.beside import run_beside
sleep = [sys.executable, "-c", "import os, time; os.write(1, b'up' + bytes([10])); time.sleep(60)"]
first = sys.argv[1:] or sleep
sys.exit(run_beside([first, sleep], {**__import__("os").environ}))
"""


def start(*first: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *first], stdout=subprocess.PIPE, text=True
    )


def test_a_stop_ends_both_with_status_0() -> None:
    running = start()
    assert running.stdout is not None
    assert [running.stdout.readline() for _ in range(2)] == ["up\n", "up\n"]
    began = time.monotonic()
    os.kill(running.pid, signal.SIGTERM)
    assert running.wait(timeout=10) == 0
    assert time.monotonic() - began < 10
    # Both children had our pipe open: it ends only when both have gone.
    assert running.stdout.read() == ""


def test_when_the_server_fails_the_worker_goes_too_and_its_status_is_told() -> None:
    running = start(sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(3)")
    assert running.wait(timeout=20) == 3
    assert running.stdout is not None
    running.stdout.read()

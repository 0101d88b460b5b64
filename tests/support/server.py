"""An installation of a test's own: a home, on PostgreSQL an empty database too, the command
line as processes, and the real server on a free port of this machine.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

PASSWORD = "an invented password, long"
LONGEST_START_SECONDS = 90.0
LONGEST_COMMAND_SECONDS = 300.0


@dataclass(frozen=True)
class Installation:
    """Where the record lies, and how a command is run on it."""

    home: Path
    environment: dict[str, str]

    def run(self, *words: str, typed: str = "", expect: int = 0) -> str:
        """Run `vigil WORDS...` in a process of its own; what it printed."""
        return self.python("-m", "vigil.entrypoints.cli.main", *words, typed=typed, expect=expect)

    def asked(self, *words: str) -> Any:
        """What `vigil WORDS... --json` answered."""
        return json.loads(self.run(*words, "--json").strip().splitlines()[-1])

    def python(self, *arguments: str, typed: str = "", expect: int = 0) -> str:
        """Run the interpreter on this installation; what it printed."""
        ended = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST_COMMAND_SECONDS,
        )
        assert ended.returncode == expect, f"{arguments}: {ended.returncode}\n{ended.stderr}"
        return ended.stdout

    @contextmanager
    def served(self) -> Iterator[str]:
        """`vigil serve` on a free port until the block ends; its address."""
        port = free_port()
        with (self.home / "server.log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", "vigil.entrypoints.cli.main", "serve", "--port", str(port)],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
            try:
                address = f"http://127.0.0.1:{port}"
                self._wait_for(address, server)
                yield address
            finally:
                server.terminate()
                server.wait(timeout=30)

    def _wait_for(self, address: str, server: subprocess.Popen[bytes]) -> None:
        last = time.monotonic() + LONGEST_START_SECONDS
        while time.monotonic() < last and server.poll() is None:
            try:
                with urllib.request.urlopen(f"{address}/sign-in/", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(f"no server: {(self.home / 'server.log').read_text()[-2000:]}")


@contextmanager
def installation(home: Path) -> Iterator[Installation]:
    """An empty one, on the database of this run; what it made on a server is dropped again."""
    with empty_database() as url:
        environment = {**os.environ, "VIGIL_HOME": str(home)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        environment.pop("VIGIL_DATABASE_URL", None)
        if url:
            environment["VIGIL_DATABASE_URL"] = url
        yield Installation(home, environment)


@contextmanager
def empty_database() -> Iterator[str]:
    """The URL of an empty database in the cluster of this run; none on SQLCipher."""
    url = os.environ.get("VIGIL_DATABASE_URL", "")
    if not url:
        yield ""
        return
    name = f"journey_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

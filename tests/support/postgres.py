"""Run a command beside a private PostgreSQL: `python -m tests.support.postgres COMMAND...`.

Debian's server, a fresh cluster in a temporary folder, a free port on loopback, gone when
the command ends. Started as the user `postgres` when we are root, since it refuses root.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=60 -c shared_buffers=256MB"


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("expected PostgreSQL's server programs, found none; run make setup as root")
    return found[-1].parent


def _as_postgres(command: list[str]) -> None:
    if os.getuid() == 0:
        # `su` without a dash leaves the folder of runuser out of PATH.
        where = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
        command = [
            shutil.which("runuser", path=where) or "runuser",
            "-u",
            "postgres",
            "--",
            *command,
        ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields the URL of an empty database in it."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="vigil-pg-"))
    password, port = secrets.token_hex(16), _free_port()
    secret = folder / "password"
    secret.write_text(password)
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(secret, "postgres")
    data = str(folder / "data")
    control = str(programs / "pg_ctl")
    _as_postgres(
        [str(programs / "initdb"), "-D", data, "-E", "UTF8", "--locale=C.UTF-8"]
        + ["--data-checksums", "-A", "scram-sha-256", "-U", "vigil", f"--pwfile={secret}"]
    )
    options = f"{OPTIONS} -c port={port} -c unix_socket_directories={folder}"
    log = str(folder / "log")
    try:
        _as_postgres([control, "-D", data, "-w", "-l", log, "-o", options, "start"])
        yield f"postgresql://vigil:{password}@127.0.0.1:{port}/postgres"
    finally:
        _as_postgres([control, "-D", data, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    with cluster() as url:
        environment = {**os.environ, "VIGIL_DATABASE_URL": url}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())

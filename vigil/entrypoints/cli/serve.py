"""`vigil serve`: the web and the API on loopback, by gunicorn."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from vigil.entrypoints.cli.beside import run_beside
from vigil.entrypoints.cli.frame import Home, app_errors, open_record, refuse

app = typer.Typer()
WORKERS, THREADS = 2, 4
# Long enough for a page to be finished, short enough that a stop is a stop.
GRACE_SECONDS = 10


@app.command()
def serve(
    home: Home = None,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.", min=1, max=65535)] = 8000,
) -> None:
    """Serve web and API on 127.0.0.1 until it is told to stop.

    Example: vigil serve --port 8000
    """
    with app_errors():
        folder = open_record(home)
        collect_static()
    run(port, str(folder))


def check_port(port: int) -> None:
    """Refuse a port that is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            refuse(f"expected port {port} to be free, found it taken; choose another with --port")


def collect_static() -> None:
    """Put the compressed style sheets where the web server finds them."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def run(port: int, folder: str, *, with_worker: bool = False) -> None:
    """Become gunicorn on that port, or run it with a worker beside it. Refuses a port that is
    taken, before anything starts."""
    check_port(port)
    environment = {**os.environ, "VIGIL_HOME": folder}
    command = [
        *(sys.executable, "-m", "gunicorn", "vigil.config.wsgi:application"),
        *("--bind", f"127.0.0.1:{port}"),
        *("--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--graceful-timeout", str(GRACE_SECONDS), "--no-control-socket"),
    ]
    sys.stdout.flush()
    if with_worker:
        worker = [sys.executable, "-m", "vigil.entrypoints.cli.main", "worker"]
        raise typer.Exit(run_beside([command, worker], environment))
    os.execve(sys.executable, command, environment)  # noqa: S606 - becoming the server is the point

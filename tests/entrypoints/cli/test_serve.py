"""`vigil serve` refuses before it starts anything."""

from __future__ import annotations

import socket

import pytest
import typer

from vigil.entrypoints.cli.serve import run


def test_a_port_that_is_taken_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(typer.Exit) as refused:
            run(port, ".")
    assert refused.value.exit_code == 2
    assert f"expected port {port} to be free" in capsys.readouterr().err

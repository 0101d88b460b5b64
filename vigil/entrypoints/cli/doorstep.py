"""`vigil doorstep`: is this a breach, and what may I do? With no database and no Django.

Reads JSON Lines on standard input and answers on standard output in the same order, each line as
soon as it is read. It holds no rule: `vigil.orders.doorstep.ask` answers.
"""

from __future__ import annotations

import typer

from vigil.entrypoints.cli.law import answer_standard_input
from vigil.orders.doorstep.ask import answer

app = typer.Typer(help="Is this a breach, and what may I do?")


@app.command()
def doorstep() -> None:
    """Answer doorstep questions: one JSON object a line in, one a line out.

    Each question brings its act and its orders; docs/reference/doorstep.md shows one whole.

    Example: vigil doorstep < questions.jsonl

    Exit status: 0 when every line was answered (and on empty input), 1 when any bore an error,
    2 when no line was a JSON object.
    """
    answer_standard_input(answer)

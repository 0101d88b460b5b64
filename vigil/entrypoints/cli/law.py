"""`vigil law`: asks the law, a line at a time, with no database and no Django.

Reads JSON Lines on standard input and answers on standard output in the same order, each line as
soon as it is read. It holds no rule: `vigil.law.ask` answers.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NoReturn

import typer

from vigil.law.ask import answer, error_answer, not_an_object
from vigil.law.errors import BadQuestionError

Reply = Callable[[Mapping[str, Any]], dict[str, Any]]
ANSWERED, SOME_ERRORS, NO_OBJECT = 0, 1, 2

# A question about one person is a few hundred bytes; a thousand reports are about 150 KB. A longer
# line is refused by name. Past the second bound it is not even kept in memory to find its id.
LONGEST_LINE = 1024 * 1024
LONGEST_KEPT = 32 * 1024 * 1024

app = typer.Typer(no_args_is_help=True, help="What does the law say on this day?")


@app.callback()
def law() -> None:
    """What does the law say on this day?"""


@app.command()
def ask() -> None:
    """Answer questions about the law: one JSON object a line in, one a line out.

    Example: echo '{"id":"1","ask":"breach","instrument":"DVPO","on":"2026-11-23"}' | vigil law ask

    Exit status: 0 when every line was answered (and on empty input), 1 when any bore an error,
    2 when no line was a JSON object.
    """
    answer_standard_input(answer)


def answer_standard_input(reply: Reply) -> NoReturn:
    """Standard input to standard output, each line by `reply`; then stops with the exit status."""
    try:
        status = answer_lines(sys.stdin.buffer, sys.stdout.buffer, reply)
    except BrokenPipeError:
        # The reader has gone (`| head -1`): there is nobody left to tell. What is still buffered
        # goes nowhere, or the interpreter would complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(SOME_ERRORS) from None
    raise typer.Exit(status)


def answer_lines(questions: BinaryIO, answers: BinaryIO, reply: Reply = answer) -> int:
    """Answers each line as it comes, by `reply`; gives the exit status."""
    lines = objects = errors = 0
    for line in _lines(questions):
        lines += 1
        said, is_object = _answer_line(line, reply)
        objects += is_object
        errors += "error" in said
        answers.write(json.dumps(said, separators=(",", ":")).encode() + b"\n")
        answers.flush()
    if lines and not objects:
        return NO_OBJECT
    return SOME_ERRORS if errors else ANSWERED


def _answer_line(line: bytes, reply: Reply) -> tuple[dict[str, Any], bool]:
    if len(line) > LONGEST_KEPT:
        return {"id": None, "error": _too_long()}, False
    try:
        question = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return not_an_object(), False
    if not isinstance(question, dict):
        return not_an_object(), False
    if len(line) > LONGEST_LINE:
        return {"id": question.get("id"), "error": _too_long()}, True
    return reply(question), True


def _too_long() -> dict[str, str]:
    return error_answer(
        BadQuestionError(f"expected a line of at most {LONGEST_LINE} bytes, found a longer one")
    )


def _refuse_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON, though the standard library reads them."""
    raise ValueError(name)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Each line that is not blank; of a line past `LONGEST_KEPT`, only that it is too long."""
    while line := stream.readline(LONGEST_KEPT + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LONGEST_KEPT:
            rest = stream.readline(LONGEST_KEPT + 1)
        if line.strip():
            yield line

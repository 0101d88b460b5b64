"""`vigil law`: asks the law, a line at a time or in plain words, with no database and no Django.

`ask` reads JSON Lines on standard input and answers on standard output in the same order, each
line as soon as it is read; the other commands are for people. It holds no rule.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, BinaryIO, NoReturn

import typer

from vigil.entrypoints.cli import law_pages
from vigil.entrypoints.cli.frame import AsJson, app_errors
from vigil.entrypoints.clock import today
from vigil.law import questions
from vigil.law.ask import answer, error_answer, not_an_object
from vigil.law.compare import compare as differences
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Regime
from vigil.law.freshness import freshness as freshness_of
from vigil.law.plain.account import account
from vigil.law.vocabulary import JURISDICTIONS

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


OnDay = Annotated[
    str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="On this day; today unless given.")
]


@app.command()
def show(
    instrument: Annotated[str, typer.Argument(help="A code of `vigil law list`.")],
    on: OnDay = None,
    regime: Annotated[
        Regime, typer.Option("--regime", help="The law in force, or with the proposals.")
    ] = Regime.IN_FORCE,
    jurisdiction: Annotated[
        str | None,
        typer.Option("--jurisdiction", help="EW, S or NI; where it is made unless given."),
    ] = None,
    area: Annotated[
        str | None, typer.Option("--area", help="Of a piloted order: could it be made there?")
    ] = None,
    is_whole: Annotated[
        bool, typer.Option("--all", help="Every question, not only what an officer asks first.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What the law says of an order or a framework on a day, on one screen in plain words.

    Example: vigil law show DAPO --on 2025-03-11 --area Croydon
    """
    with app_errors():
        asked = {} if jurisdiction is None else {"jurisdiction": jurisdiction}
        nation = questions.text_or_none(asked, "jurisdiction", JURISDICTIONS)
        found = account(instrument, _day(on), regime, jurisdiction=nation, area=area)
    _say(
        json.dumps(found.answer()) if as_json else law_pages.account_page(found, is_whole=is_whole)
    )


@app.command("list")
def list_() -> None:
    """Every order, notice and framework, with its state in each nation today."""
    _say(law_pages.list_page(today()))


@app.command()
def freshness(
    on: OnDay = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 where anything is due.")] = False,
    as_json: AsJson = False,
) -> None:
    """What of the law's data is due a re-check: 12 months after its last, by Act.

    Exit status: 0, or with --strict 1 where anything is due.
    """
    with app_errors():
        found = freshness_of(_day(on))
    said = {
        "on": found.on.isoformat(),
        "values": found.values,
        "due": found.due,
        "sources": [source.answer() for source in found.sources],
        "calendars_end_on": {title: day.isoformat() for title, day in found.horizons.items()},
    }
    _say(json.dumps(said) if as_json else law_pages.freshness_page(found))
    if strict and not found.is_fresh:
        raise typer.Exit(SOME_ERRORS)


@app.command()
def compare(
    one: Annotated[Regime, typer.Argument(help="A regime: in_force or paladin.")],
    other: Annotated[Regime, typer.Argument(help="The regime that it is compared with.")],
    on: OnDay = None,
    instrument: Annotated[
        str | None, typer.Option("--instrument", help="Of this code only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two laws on a day, instrument by instrument, proposals marked.

    Example: vigil law compare in_force paladin --instrument DVPO
    """
    with app_errors():
        found = differences(one, other, _day(on), instrument=instrument)
    said = {
        "first": one.value,
        "second": other.value,
        "on": found.on.isoformat(),
        "differences": found.answer(),
    }
    _say(json.dumps(said) if as_json else law_pages.comparison_page(found))


def _day(asked: str | None) -> date:
    """The day that was asked for, or today."""
    return today() if asked is None else questions.day({"--on": asked}, "--on")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def answer_lines(asked: BinaryIO, answers: BinaryIO, reply: Reply = answer) -> int:
    """Answers each line as it comes, by `reply`; gives the exit status."""
    lines = objects = errors = 0
    for line in _lines(asked):
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
        question = questions.parsed(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return not_an_object(), False
    if not isinstance(question, dict):
        return not_an_object(), False
    if len(line) > LONGEST_LINE:
        return {"id": questions.identifier(question), "error": _too_long()}, True
    return reply(question), True


def _too_long() -> dict[str, str]:
    return error_answer(
        BadQuestionError(f"expected a line of at most {LONGEST_LINE} bytes, found a longer one")
    )


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Each line that is not blank; of a line past `LONGEST_KEPT`, only that it is too long."""
    while line := stream.readline(LONGEST_KEPT + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LONGEST_KEPT:
            rest = stream.readline(LONGEST_KEPT + 1)
        if line.strip():
            yield line

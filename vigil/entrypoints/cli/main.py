"""The `vigil` command: one Typer application, its topics loaded when they are asked for.

A topic is imported only when its name is on the command line, so that `vigil law ask`
starts without Django and without the database.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperGroup

from vigil.law.errors import VigilError

REFUSED = 2
# Topic -> (module under this package, name in it, one line of help).
TOPICS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "app", "An invented force with a year behind it."),
    "serve": ("serve", "app", "Web and API on 127.0.0.1."),
    "worker": ("worker", "app", "Background jobs: due dates, alerts, sealing."),
    "feed": ("feed", "app", "Make, check and load feeds of reports; the quarantine."),
    "identify": ("identify", "app", "Which reports are about the same person?"),
    "search": ("search", "app", "Who is it? Ranked people with the evidence for each."),
    "judge": ("judge", "app", "Say of two reports whether their suspect is the same."),
    "register": ("register", "app", "Candidates and decisions."),
    "victims": ("victims", "app", "Protected persons and their places, sealed."),
    "orders": ("orders_life", "app", "Draft, make, serve, change, end and show orders."),
    "doorstep": ("doorstep", "app", "Is this a breach, and what may I do?"),
    "duties": ("duties", "app", "My caseload, due first; notifications; alerts."),
    "law": ("law", "app", "What does the law say on this day?"),
    "ledger": ("ledger", "app", "Is the record whole?"),
    "accounts": ("accounts", "app", "Agencies, users and tokens."),
    "records": ("records", "app", "Seal a record to named people, and lift the seal."),
    "agency": ("agency", "app", "What an agency has chosen: its definition and its weights."),
    "jobs": ("jobs", "app", "Ask the worker for something."),
    "check": ("check", "app", "Refuses unsafe settings: says which and why."),
}


class Topics(TyperGroup):
    """The commands by name, each imported when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(TOPICS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in TOPICS:
            return None
        module, attribute, line = TOPICS[cmd_name]
        found = importlib.import_module(f"vigil.entrypoints.cli.{module}")
        application: typer.Typer = getattr(found, attribute)
        # One look for all: plain help, and no completion options of each topic's own.
        application.rich_markup_mode = None
        application._add_completion = False
        application.pretty_exceptions_enable = False
        command = typer.main.get_command(application)
        command.name, command.short_help = cmd_name, line
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        write = formatter.write_dl
        with formatter.section("Commands"):
            write([(name, line) for name, (_, _, line) in TOPICS.items()])


app = typer.Typer(
    cls=Topics,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The register of serial stalkers and domestic-abuse perpetrators, and their orders.",
)


@app.callback()
def root() -> None:
    """The register of serial stalkers and domestic-abuse perpetrators, and their orders."""


def main() -> None:
    """Run the command line; an error of ours is one sentence and status 2."""
    try:
        app()
    except VigilError as refused:
        _stop(str(refused))
    except Exception as unforeseen:
        if os.environ.get("VIGIL_TRACEBACK") == "1":
            raise
        _stop(_words_for(unforeseen))


def _words_for(unforeseen: Exception) -> str:
    """A sentence for what nobody foresaw, without its own words: they may name somebody."""
    kind = type(unforeseen).__name__
    if kind == "ImproperlyConfigured":
        return str(unforeseen)
    if kind in {"OperationalError", "InterfaceError"}:
        return (
            "expected a database that answers, found none or one that is busy; see that it runs "
            "and that VIGIL_DATABASE_URL is right"
        )
    return (
        f"something failed that was not foreseen ({kind}); what was committed stays. Tell us, "
        "with what VIGIL_TRACEBACK=1 shows once you have taken personal data out of it"
    )


def _stop(sentence: str) -> NoReturn:
    sys.stderr.write(f"vigil: {' '.join(sentence.split())}\n")
    raise SystemExit(REFUSED) from None


if __name__ == "__main__":
    main()

"""Makes the generated pages of docs/reference: commands, routes, settings, errors.

`python -m tools.reference` writes them; a test fails when they are stale.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make docs`; do not edit. -->"

# What an operator may set, and what it means. A test holds this against the code.
SETTINGS = {
    "VIGIL_HOME": (
        "./var",
        "The folder of this installation: the embedded database, the keys, received feeds.",
    ),
    "VIGIL_DATABASE_URL": (
        "unset: SQLCipher in the home folder",
        "`postgresql://user:password@host:port/name`, with `?sslmode=verify-full` where the "
        "server is another machine.",
    ),
    "VIGIL_HOSTS": (
        "127.0.0.1 localhost [::1] testserver",
        "The host names that the site answers to, separated by spaces.",
    ),
    "VIGIL_TRACEBACK": (
        "unset",
        "`1` where a command should show the whole of an unforeseen fault, for developers. It "
        "may hold personal data.",
    ),
    "VIGIL_HTTPS": (
        "unset",
        "`1` where TLS stands in front: cookies are then sent over TLS only.",
    ),
}


def commands() -> str:
    """Every command with its help."""
    import typer

    from vigil.entrypoints.cli.main import app

    root = typer.main.get_command(app)
    lines = ["# Commands", MADE, "", str(root.help or ""), ""]
    lines += [
        "Exit status: 0 done, 1 done with faults that it listed, 2 refused. Errors go to standard "
        "error as one sentence.",
        "",
    ]
    for path, command in _walk(root, ["vigil"]):
        lines += [f"## {' '.join(path)}", "", *_help(command), ""]
    return "\n".join(lines).rstrip() + "\n"


def _walk(command: Any, path: list[str]) -> Iterator[tuple[list[str], Any]]:
    if not hasattr(command, "list_commands"):
        yield path, command
        return
    if getattr(command, "invoke_without_command", False):
        yield path, command
    context = command.make_context(path[-1], [], resilient_parsing=True)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None and not found.hidden:
            yield from _walk(found, [*path, name])


def _help(command: Any) -> list[str]:
    said = re.sub(r"[ \t]*\n[ \t]*", "\n", (command.help or "").replace("\f", "").strip())
    said = re.sub(r"\nExample: (.+)", r"\nExample: `\1`", said)
    lines = [said, ""]
    rows = [_parameter(p) for p in command.params if not getattr(p, "hidden", False)]
    rows = [r for r in rows if r]
    if rows:
        lines += ["| option | meaning |", "|---|---|", *rows]
    return lines


def _parameter(parameter: Any) -> str:
    is_argument = getattr(parameter, "param_type_name", "") == "argument"
    name = str(parameter.name).upper() if is_argument else ", ".join(parameter.opts)
    if name in {"--help"}:
        return ""
    said = " ".join(str(getattr(parameter, "help", None) or "").split())
    return f"| `{name}` | {said.replace('|', '/')} |"


def routes() -> str:
    """Every address with its method, who may come in, and whether it asks for a reason."""
    from vigil.access.permissions import in_words
    from vigil.access.viewer import Role
    from vigil.entrypoints.web.doors.routes import all_routes

    lines = ["# Routes", MADE, ""]
    lines += ["Deny by default: an address that is not in this table does not exist.", ""]
    lines += [
        "| address | method | who may come in | reason | what it is |",
        "|---|---|---|---|---|",
    ]
    for route in sorted(all_routes(), key=lambda r: (r.address, r.method)):
        given = route.route_class
        assert given is not None
        if given.is_open:
            who = "everybody"
        elif given.roles == frozenset(Role):
            who = "every role"
        else:
            who = ", ".join(sorted(in_words(r) for r in given.roles)) or "nobody"
        reason = "yes" if given.needs_reason else ""
        said = LIBRARY.get(route.name) or _first_line(_operation(route.view, route.method))
        lines.append(f"| `/{route.address}` | {route.method} | {who} | {reason} | {said} |")
    return "\n".join(lines) + "\n"


def _operation(view: Callable[..., Any], method: str) -> Any:
    from vigil.entrypoints.web.doors.routes import _operations

    for operation in _operations(view):
        if method in operation.methods:
            return operation.view_func
    return view


# What a library made and gave no words of ours.
LIBRARY = {"openapi-json": "The description of the API, OpenAPI 3.1", "api-root": "Not answered"}


def _first_line(function: Any) -> str:
    said = (getattr(function, "__doc__", None) or "").strip()
    return " ".join(re.split(r"\n\s*\n", said)[0].split()).split(". ")[0].rstrip(".")


def settings() -> str:
    """Every setting of an operator."""
    lines = ["# Settings", MADE, ""]
    lines += [
        "From the environment, read once at the start. `vigil check` says what is unsafe.",
        "",
    ]
    lines += ["| name | default | meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {default} | {said} |" for name, (default, said) in SETTINGS.items()]
    return "\n".join(lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "routes.md": routes,
    "settings.md": settings,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")
    django: Any = importlib.import_module("django")
    django.setup()
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page())
        print(f"docs/reference/{name}")


if __name__ == "__main__":
    main()

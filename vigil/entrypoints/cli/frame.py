"""What every command shares: the home, the user, the error sentence, the progress.

A command exits 0 done, 1 done with faults that it listed, 2 refused. Errors go to standard
error as one sentence; never a traceback, a name, an address or a birthday.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vigil.law.errors import VigilError

if TYPE_CHECKING:
    from vigil.access.viewer import Viewer

DONE, FAULTS, REFUSED = 0, 1, 2

Home = Annotated[
    Path | None,
    typer.Option("--home", help="Where the database, its key and the exports lie (or VIGIL_HOME)."),
]
AsUser = Annotated[str | None, typer.Option("--as", help="Act as this user, with his rights.")]
Because = Annotated[str | None, typer.Option("--because", help="Why: the incident or the task.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print results as JSON.")]


@contextmanager
def app_errors() -> Iterator[None]:
    """Turn an error of ours into one sentence and exit status 2."""
    try:
        yield
    except VigilError as refused:
        refuse(str(refused))


def refuse(sentence: str) -> None:
    """Say why, on standard error, and stop with status 2."""
    sys.stderr.write(f"vigil: {' '.join(sentence.split())}\n")
    raise typer.Exit(REFUSED)


def use_home(home: Path | None) -> Path:
    """Choose the home folder before the settings are read."""
    if home is not None:
        os.environ["VIGIL_HOME"] = str(home)
    from vigil.access.keys import home as chosen

    return chosen()


def open_record(home: Path | None, *, migrate: bool = True) -> Path:
    """Start Django on the record of that home, and bring its tables up to date."""
    folder = use_home(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
    return folder


def viewer_of(as_user: str | None, because: str | None, *, demo: str) -> Viewer:
    """The user that the command acts as. Call after `open_record`.

    In a demo home, where nobody is named, the demo's account of the role `demo` acts.

    Raises: NotAllowedError when no such user may sign in, NoReasonError without a reason.
    """
    from vigil.access.errors import NoReasonError
    from vigil.access.queries import demo_user, viewer_named
    from vigil.access.viewer import Role

    if as_user is None:
        as_user, because = demo_user(Role(demo)), because or "the demo"
    viewer = viewer_named(as_user, because=because or "")
    if not viewer.because:
        raise NoReasonError
    return viewer


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a plain line now and then elsewhere. Call it with the count so far."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task(label, total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    yield _plain_lines(label, total)


def _plain_lines(label: str, total: int | None) -> Callable[[int], None]:
    every = max(1, (total or 1_000_000) // 10)
    said = 0

    def tell(done: int) -> None:
        nonlocal said
        if done - said >= every or (total and done >= total > said):
            said = done
            of = f" of {total:,}" if total else ""
            sys.stderr.write(f"{label}: {done:,}{of}\n")
            sys.stderr.flush()

    return tell

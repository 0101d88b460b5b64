"""What the commands of `vigil orders` share: their options, the act, the words of its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vigil.entrypoints.cli.frame import open_record, viewer_of
from vigil.entrypoints.cli.orders import DAY, say
from vigil.entrypoints.clock import now
from vigil.orders.rules import say_at

if TYPE_CHECKING:
    from vigil.access.viewer import Viewer

When = Annotated[
    str, typer.Option("--at", help="When, as 2026-03-02T16:10; London unless it says.")
]
Court = Annotated[str, typer.Option("--court", help="Which court.")]
File = Annotated[
    Path, typer.Argument(metavar="TERMS", help="A JSON file of the terms; - for stdin.")
]
LastDay = Annotated[datetime, typer.Option("--last-day", formats=DAY, help="The new last day.")]
Area = Annotated[
    str | None, typer.Option("--area", help="A local authority or a force, for a pilot.")
]
Rank = Annotated[str, typer.Option("--rank", help="The officer's rank, as superintendent.")]


def act_on(
    home: Path | None,
    as_user: str | None,
    because: str | None,
    act: Callable[[Viewer, datetime], Any],
    *,
    demo: str = "offender_manager",
) -> Any:
    """Open the record, act, and hand back what the action answered."""
    open_record(home)
    return act(viewer_of(as_user, because, demo=demo), now())


def done(order: str, word: str, at: datetime, *, as_json: bool, **more: Any) -> None:
    words = f"{order} {word.replace('_', ' ')} at {say_at(at)}"
    say({"order": order, word: at.isoformat(), **more}, as_json=as_json, words=words)

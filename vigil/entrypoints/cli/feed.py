"""`vigil feed`: make, check and load feeds of reports; list, mend and release quarantined rows.

`make` and `check` start no Django and touch no record. No fault quotes what a cell holds;
only `quarantine show` does, within a look that the ledger keeps.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from vigil.entrypoints.cli.feed_make import make
from vigil.entrypoints.cli.frame import (
    FAULTS,
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    progress,
    refuse,
    viewer_of,
)
from vigil.entrypoints.clock import now
from vigil.incidents.feed.checks import Fault
from vigil.incidents.feed.mapping import FeedMapping, read_mapping
from vigil.incidents.feed.reader import CHUNK_ROWS, Feed, open_feed

app = typer.Typer(no_args_is_help=True, help="Make, check and load feeds of reports.")
quarantine = typer.Typer(no_args_is_help=True, help="Rows that were at fault: list, mend, release.")
app.command("make")(make)
app.add_typer(quarantine, name="quarantine")

FeedPath = Annotated[
    str, typer.Argument(metavar="FEED", help="A file, a directory or a pattern in quotes.")
]
MappingPath = Annotated[
    Path | None, typer.Option("--mapping", help="A TOML file: their columns for ours.")
]
RowReference = Annotated[
    str, typer.Argument(metavar="ROW", help="The row's reference, as the list shows it.")
]
# After a load, as many faults are told; the rest are in the list.
FAULTS_TOLD = 20


@app.command("check")
def check(
    *,
    feed: FeedPath,
    mapping: MappingPath = None,
    as_json: AsJson = False,
) -> None:
    """Read a feed without writing, and say how many rows are good and what is wrong.

    Row numbers count from 0 over the whole feed; lines are those of the file. A fault shows
    the form of what was found (99/99/9999), never a name or a birthday.
    Example: vigil feed check feeds/week-47 --mapping force-44.toml
    """
    with app_errors():
        opened = open_feed(feed, _mapping(mapping))
        tally = _Tally(as_json=as_json)
        with progress("checking, bytes", opened.size) as tell:
            for chunk in opened.chunks():
                tally.rows += chunk.size
                tally.bad += len(chunk.faults)
                for index in sorted(chunk.faults):
                    tally.tell(chunk.faults[index])
                tell(chunk.done_bytes)
        tally.finish(opened)
    if tally.bad:
        raise typer.Exit(FAULTS)


class _Tally:
    """Tells faults as they come, so that ten million of them need no memory."""

    def __init__(self, *, as_json: bool) -> None:
        self.rows = self.bad = 0
        self._as_json = as_json
        self._kinds: Counter[str] = Counter()
        self._said = 0
        if as_json:
            sys.stdout.write('{"faults": [')

    def tell(self, faults: list[Fault]) -> None:
        for fault in faults:
            self._kinds[f"{fault.column or 'the row'}: expected {fault.expected}"] += 1
            if self._as_json:
                sys.stdout.write((",\n" if self._said else "\n") + json.dumps(asdict(fault)))
            else:
                sys.stdout.write(fault.sentence() + "\n")
            self._said += 1

    def finish(self, feed: Feed) -> None:
        good = self.rows - self.bad
        if self._as_json:
            rest = {"rows": self.rows, "good": good, "bad": self.bad, "notes": feed.notes}
            sys.stdout.write("], " + json.dumps(rest)[1:] + "\n")
            return
        for note in feed.notes:
            typer.echo(f"note: {note}")
        for kind, count in self._kinds.most_common():
            typer.echo(f"{count:,} x {kind}")
        has = "has" if self.bad == 1 else "have"
        typer.echo(f"{good:,} of {self.rows:,} rows are good; {self.bad:,} {has} faults.")


def _mapping(path: Path | None) -> FeedMapping | None:
    return None if path is None else read_mapping(path)


@app.command("load")
def load(
    *,
    feed: FeedPath,
    mapping: MappingPath = None,
    commits: Annotated[
        bool, typer.Option("--commits", help="Print a line for each commit, for programs.")
    ] = False,
    rows_a_commit: Annotated[
        int, typer.Option("--rows-a-commit", min=1, max=50_000, help="Rows stored together.")
    ] = CHUNK_ROWS,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Store a feed: good rows once, changed rows as new versions, bad rows in quarantine.

    Sending the same feed again stores nothing new; a load that was broken off goes on where
    it stood. Exit status 1 when rows are in quarantine.
    Example: vigil feed load feeds/week-47 --as analyst --because "weekly feed"
    """
    with app_errors():
        open_record(home)
        from vigil.incidents.actions import load_feed

        settled = _mapping(mapping)
        viewer = viewer_of(as_user, because, demo="analyst")
        total = open_feed(feed, settled).size
        with progress("loading, bytes", total) as tell:

            def committed(done: int, _total: int, rows: int) -> None:
                if commits:
                    sys.stdout.write(f"committed {rows}\n")
                    sys.stdout.flush()
                tell(done)

            done = load_feed(
                by=viewer,
                at=now(),
                path=feed,
                mapping=settled,
                progress=committed,
                chunk_rows=rows_a_commit,
            )
        _tell_load(asdict(done), viewer, as_json=as_json)
    if done.quarantined or done.held_in_quarantine:
        raise typer.Exit(FAULTS)


def _tell_load(done: dict[str, Any], viewer: Any, *, as_json: bool) -> None:
    from vigil.incidents import queries

    told = queries.quarantine(viewer, load_reference=done["reference"], count=FAULTS_TOLD)
    if as_json:
        typer.echo(json.dumps({**done, "faults": [_row(row) for row in told]}))
        return
    for note in done["notes"]:
        typer.echo(f"note: {note}")
    for row in told:
        _echo_row(row)
    if done["quarantined"] > len(told):
        typer.echo(
            f"... and {done['quarantined'] - len(told):,} more: "
            f"vigil feed quarantine list --load {done['reference']}"
        )
    typer.echo(
        f"{done['reference']}: {done['rows']:,} rows{' (resumed)' if done['is_resumed'] else ''}: "
        f"{done['new']:,} new, {done['changed']:,} changed, {done['held']:,} held already, "
        f"{done['quarantined']:,} put in quarantine, {done['held_in_quarantine']:,} there already."
    )


def _row(row: Any) -> dict[str, Any]:
    found = asdict(row)
    found["mended_at"] = row.mended_at.isoformat() if row.mended_at else None
    found.pop("released_at")
    return found


def _echo_row(row: Any) -> None:
    for fault in row.faults:
        where = f"{fault.column}: " if fault.column else ""
        typer.echo(
            f"{row.reference} ({row.file} line {row.line:,}): {where}expected {fault.expected}, "
            f"found {fault.found}{' (mended)' if row.mended_at else ''}"
        )


@quarantine.command("list")
def list_rows(
    *,
    load_reference: Annotated[str, typer.Option("--load", help="Only rows of this load.")] = "",
    after: Annotated[str, typer.Option("--after", help="Go on after this row.")] = "",
    count: Annotated[int, typer.Option("--count", min=1, help="How many rows.")] = 50,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """List the rows that wait in quarantine, by their faults; never what their cells hold.

    Example: vigil feed quarantine list --as analyst --because "weekly feed"
    """
    with app_errors():
        open_record(home)
        from vigil.incidents import queries

        viewer = viewer_of(as_user, because, demo="analyst")
        rows = queries.quarantine(
            viewer, load_reference=load_reference, after_row=after, count=count
        )
        total = queries.quarantine_count(viewer, load_reference=load_reference)
        if as_json:
            typer.echo(json.dumps({"rows": [_row(row) for row in rows], "waiting": total}))
            return
        for row in rows:
            _echo_row(row)
        verb = "row waits" if total == 1 else "rows wait"
        typer.echo(f"{total:,} {verb} in quarantine; listed: {len(rows):,}.")


@quarantine.command("show")
def show(
    *,
    row: RowReference,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Show what one row in quarantine holds. Personal data: the look is kept in the ledger.

    Example: vigil feed quarantine show load-1a2b3c4d5e6f/17 --as analyst --because "mending"
    """
    with app_errors():
        open_record(home)
        from vigil.access.look import look
        from vigil.incidents import queries

        viewer = viewer_of(as_user, because, demo="analyst")
        with look(viewer=viewer, references=[row], at=now()) as sight:
            held = queries.quarantined_cells(sight, row)
        if as_json:
            typer.echo(json.dumps(asdict(held)))
            return
        for column, cell in held.cells.items():
            mended = " (mended)" if column in held.mended else ""
            typer.echo(f"{column}{mended}: {_printable(cell)}")
        if held.text:
            typer.echo(f"the line as it came: {_printable(held.text)}")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


@quarantine.command("mend")
def mend_row(
    *,
    row: RowReference,
    put: Annotated[
        list[str] | None, typer.Option("--set", metavar="COLUMN=TEXT", help="May be repeated.")
    ] = None,
    cells_file: Annotated[
        typer.FileText | None,
        typer.Option("--cells", help="JSON of column and text; - reads standard input."),
    ] = None,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Put right cells of a row in quarantine, and say what is still wrong.

    Give names and birthdays by --cells, since other users see a command's arguments.
    Example: vigil feed quarantine mend load-1a2b3c4d5e6f/17 --set force=44 --because "call"
    """
    with app_errors():
        open_record(home)
        from vigil.incidents.actions import mend

        cells = _cells(put or [], cells_file.read() if cells_file else "{}")
        viewer = viewer_of(as_user, because, demo="analyst")
        left = mend(by=viewer, at=now(), row=row, cells=cells)
        if as_json:
            typer.echo(json.dumps({"row": row, "faults": [asdict(fault) for fault in left]}))
        else:
            for fault in left:
                typer.echo(fault.sentence())
            typer.echo(f"{row}: mended; {len(left)} faults are left.")
    if left:
        raise typer.Exit(FAULTS)


def _cells(put: list[str], text: str) -> dict[str, str]:
    try:
        cells = json.loads(text)
    except ValueError:
        cells = None
    if not isinstance(cells, dict) or not all(isinstance(cell, str) for cell in cells.values()):
        refuse("expected --cells as a JSON object of column and text, found something else")
    for pair in put:
        column, equals, cell = pair.partition("=")
        if not equals:
            refuse("expected --set COLUMN=TEXT, found no equals sign; write it as force=44")
        cells[column.strip()] = cell
    if not cells:
        refuse("expected --set COLUMN=TEXT or --cells FILE, found neither")
    return dict(cells)


@quarantine.command("release")
def release_row(
    *,
    row: RowReference,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Store a mended row as a report. Refused while it still has a fault.

    Example: vigil feed quarantine release load-1a2b3c4d5e6f/17 --because "force confirmed"
    """
    with app_errors():
        open_record(home)
        from vigil.incidents.actions import release

        reference = release(by=viewer_of(as_user, because, demo="analyst"), at=now(), row=row)
        typer.echo(
            json.dumps({"row": row, "report": reference})
            if as_json
            else f"{row}: released as report {reference}."
        )

"""`vigil identify` and `vigil identify evaluate`: who is whom in a feed, and how well it went.

On a feed alone it starts no Django and opens no database. With `--record` it works on the
reports of the record and writes people to it. It registers nobody.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from vigil.entrypoints.cli.frame import (
    AsJson,
    AsUser,
    Because,
    Home,
    app_errors,
    open_record,
    progress,
    refuse,
    use_home,
    viewer_of,
)
from vigil.entrypoints.clock import now, today
from vigil.identity.engine.evaluate import Evaluation, Measure, evaluate
from vigil.identity.engine.serial import Series
from vigil.identity.face import DEFAULT_ENGINE, ENGINES, Identified, check_engine, identify
from vigil.register.rules import Ranked, SerialFacts, rank
from vigil.register.weights import invented_weights


class _FeedOrCommand(TyperGroup):
    """`identify FEED ...` beside `identify evaluate DIR ...`: what is no command is a feed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["feed", *args]
        rest: list[str] = super().parse_args(ctx, args)
        return rest


app = typer.Typer(
    cls=_FeedOrCommand,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    help="Which reports are about the same person?\n\n"
    "Usage: vigil identify FEED --out DIR. Example: vigil identify feeds/ --out var/found"
    " --explain. `vigil identify feed --help` lists the options.",
)

_MODEL_HELP = "A model in Splink's format; default: the newest carried."
_ENGINE_HELP = f"Engine: {', '.join(ENGINES)}."


@app.command("feed")
def identify_feed(
    *,
    feed: Annotated[Path | None, typer.Argument(help="A file, a directory or a pattern.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Directory to write into.")] = None,
    mapping: Annotated[Path | None, typer.Option("--mapping", help="TOML of columns.")] = None,
    engine: Annotated[str, typer.Option("--engine", help=_ENGINE_HELP)] = DEFAULT_ENGINE,
    model: Annotated[Path | None, typer.Option("--model", help=_MODEL_HELP)] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Bits a comparison.")] = False,
    all_pairs: Annotated[bool, typer.Option("--all-pairs", help="Keep every pair.")] = False,
    memory: Annotated[str, typer.Option("--memory", help="Most memory for the engine.")] = "4GB",
    record: Annotated[
        bool, typer.Option("--record", help="Identify the record's own reports instead.")
    ] = False,
    home: Home = None,
    as_user: AsUser = None,
    because: Because = None,
    as_json: AsJson = False,
) -> None:
    """Say which reports of a feed are about the same person.

    Example: vigil identify feeds/ --out var/found --explain
    """
    with app_errors():
        check_engine(engine)
        if record:
            _identify_record(feed, home, as_user, because, as_json=as_json)
            return
        if feed is None or out is None:
            refuse(
                "expected a feed and --out DIR (or --record), found one of them missing; for"
                " example: vigil identify feeds/ --out var/found"
            )
            return
        run = _identify_files(
            feed, out, mapping, use_home(home) / "spill",
            engine=engine, model=model, is_explained=explain, keeps_all_pairs=all_pairs,
            memory_limit=memory,
        )  # fmt: skip
    _report(run, out, as_json=as_json)


def _identify_files(
    feed: Path, out: Path, mapping: Path | None, spill: Path, **options: Any
) -> dict[str, Any]:
    from vigil.incidents.feed.arrow import read_for_identify
    from vigil.incidents.feed.mapping import read_mapping

    batches = read_for_identify(feed, read_mapping(mapping) if mapping else None)
    on = today()
    with progress("identifying, stage", 9) as tell:
        found = identify(
            batches,
            spill=spill,
            this_year=on.year,
            progress=lambda _name, number, _of: tell(number),
            **options,
        )
        with found:
            return found.write(out, ranking=ranked(found, on))


def ranked(found: Identified, on: date) -> Sequence[Ranked]:
    """The serial people of a run, ranked by the invented table as of the feed's last day."""
    facts = (_facts(one) for one in found.series())
    return rank(facts, weights=invented_weights(), on=found.last_on() or on)


def _facts(one: Series) -> SerialFacts:
    return SerialFacts(
        one.person, one.reports, one.victims, one.forces, one.first_on, one.last_on,
        one.by_category,
    )  # fmt: skip


def _report(run: dict[str, Any], out: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(run, default=str))
        return
    counts = run["counts"]
    typer.echo(
        f"{counts['rows']:,} rows: {counts['people']:,} people, {counts['serial']:,} of them with"
        f" two or more victims; {counts['to_review']:,} lines to look at. {run['seconds']:.0f}"
        f" seconds. Results: {out}"
    )


def _identify_record(
    feed: Path | None, home: Path | None, as_user: str | None, because: str | None, *, as_json: bool
) -> None:
    if feed is not None:
        refuse("--record: expected no feed beside it, found one; leave one of them out")
    folder = open_record(home)
    from vigil.identity.actions import identify_record

    viewer = viewer_of(as_user, because, demo="analyst")
    with progress("recording people") as tell:
        done = identify_record(by=viewer, at=now(), spill=folder / "spill", progress=tell)
    if as_json:
        typer.echo(json.dumps(asdict(done)))
    else:
        typer.echo(
            f"{done.reports:,} reports: {done.people:,} people, {done.serial:,} of them with two"
            f" or more victims; {done.changed:,} reports changed person."
        )


@app.command("evaluate")
def evaluate_results(
    *,
    results: Annotated[Path, typer.Argument(help="Directory that identify wrote.")],
    truth: Annotated[Path, typer.Option("--truth", help="Parquet: row, suspect_truth, ...")],
    as_json: AsJson = False,
) -> None:
    """Compare what was found with a known truth.

    Example: vigil identify evaluate var/found --truth feeds/truth.parquet
    """
    with app_errors():
        found = evaluate(results, truth)
    if as_json:
        typer.echo(json.dumps(_as_json(found)))
        return
    typer.echo(f"{found.rows:,} rows with a known truth")
    typer.echo(_line("pairwise over clusters", found.pairwise))
    typer.echo(_line("B-cubed", found.b_cubed))
    if found.serial is None:
        typer.echo("serial perpetrators: not measured, the truth has no victim_truth")
    else:
        typer.echo(_line("serial perpetrators", found.serial))


def _line(name: str, measure: Measure) -> str:
    figures = (
        f"{label} {'-' if value is None else format(value, '.4f')}"
        for label, value in (
            ("precision", measure.precision),
            ("recall", measure.recall),
            ("F1", measure.f1),
        )
    )
    return f"{name}: {', '.join(figures)}"


def _as_json(found: Evaluation) -> dict[str, Any]:
    def measured(measure: Measure | None) -> dict[str, float | None] | None:
        if measure is None:
            return None
        return {"precision": measure.precision, "recall": measure.recall, "f1": measure.f1}

    return {
        "rows": found.rows,
        "pairwise": measured(found.pairwise),
        "b_cubed": measured(found.b_cubed),
        "serial": measured(found.serial),
        "serial_found": found.serial_found,
        "serial_true": found.serial_true,
    }

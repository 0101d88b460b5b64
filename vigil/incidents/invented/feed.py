"""Makes an invented feed: N rows of reports by seed, and the truth of who is who in them.

The same arguments give the same bytes. Rows come in the order of the days on which they
were reported, as a feed does; memory does not grow with N.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from vigil.incidents.identifiers import check_letter
from vigil.incidents.invented import faults
from vigil.incidents.invented.errors import InventedFeedError
from vigil.incidents.invented.households import new_household
from vigil.incidents.invented.offending import Event, Offending
from vigil.incidents.invented.people import Population
from vigil.incidents.invented.places import FORCES
from vigil.incidents.invented.recording import Recorder
from vigil.incidents.invented.references import References
from vigil.incidents.invented.sorting import GAP, RowsByDay, Waiting
from vigil.incidents.invented.writing import FORMATS, FeedFiles, Row, TruthFile

YEARS = 6
ROWS_A_FILE = 100_000
_TELL_EVERY = 5_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: its files, its rows, and how many people are behind them."""

    files: tuple[Path, ...]
    truth: Path
    rows: int
    faulty_rows: int
    suspects: int
    serial_suspects: int


@dataclass(frozen=True, slots=True)
class Spoilers:
    """Of how many rows, and in which places, a fault is made on purpose."""

    rows: int
    places: frozenset[int]


def make_feed(
    directory: Path,
    *,
    reports: int,
    seed: int,
    last_day: date,
    kind: str = "csv",
    faulty: int = 0,
    rows_a_file: int = ROWS_A_FILE,
    progress: Progress | None = None,
) -> Made:
    """Write `reports` rows into `directory`, reported in the six years up to `last_day`.

    `faulty` of them break the contract on purpose (see faults.py). `progress` is called
    now and then with how much is done, counted in rows; making a row is taken as three
    quarters of it, writing it as the last.

    Raises InventedFeedError when a number or the format makes no sense, and when the
    directory already holds a feed, because old files would be read as part of it.
    """
    _check(directory, reports=reports, kind=kind, faulty=faulty)
    tell = progress or _tell_nobody
    # Chance that can be repeated is the point here; nothing secret depends on it.
    rng = Random(f"vigil invented feed {seed}")  # noqa: S311
    first_day = last_day - timedelta(days=round(YEARS * 365.25) - 1)
    days = (last_day - first_day).days + 1
    population = Population(rng, first_day=first_day, days=days, check_letter=check_letter)
    recorder = Recorder(population, first_day=first_day, days=days)
    with RowsByDay(directory, rows=reports, days=days, rng=rng) as waiting:
        suspects, serial = _make_rows(population, recorder, waiting, reports, tell)
        styles = {
            force: habits.reference_style
            for force, habits in zip(FORCES, recorder.habits, strict=True)
        }
        spoilers = Spoilers(reports, frozenset(rng.sample(range(reports), faulty)))
        files = FeedFiles(directory, kind=kind, rows=reports, rows_a_file=rows_a_file)
        truth = TruthFile(directory)
        try:
            _write(
                waiting,
                files=files,
                truth=truth,
                references=References(styles, rng),
                spoilers=spoilers,
                tell=tell,
            )
        finally:
            files.close()
            truth.close()
    return Made(tuple(files.paths), truth.path, reports, faulty, suspects, serial)


def _tell_nobody(rows: int) -> None:
    """For a caller that wants no progress."""


def _check(directory: Path, *, reports: int, kind: str, faulty: int) -> None:
    if reports < 1:
        raise InventedFeedError(f"A feed needs at least 1 report, found {reports}; ask for more.")
    if not 0 <= faulty <= reports:
        raise InventedFeedError(
            f"Expected between 0 and {reports} faulty rows, found {faulty}; ask for fewer."
        )
    if kind not in FORMATS:
        raise InventedFeedError(
            f"Expected one of {', '.join(FORMATS)}, found {kind}; choose one of them."
        )
    if directory.exists() and any(directory.glob("reports-*")):
        raise InventedFeedError(
            "Expected a directory without a feed, found files named reports-...; "
            "choose another directory or remove them."
        )


def _make_rows(
    population: Population, recorder: Recorder, waiting: RowsByDay, reports: int, tell: Progress
) -> tuple[int, int]:
    """Fill `waiting` with exactly `reports` rows; says how many suspects, how many serial."""
    offending = Offending(population)
    made = suspects = serial = 0
    while made < reports:
        events = list(offending.events(new_household(population)))[: reports - made]
        for event in events:
            cells = recorder.cells(event)
            waiting.add(event.day, event.suspect.number, event.victim.number, cells)
            made += 1
            if made % _TELL_EVERY == 0:
                tell(made * 3 // 4)
        found, of_them_serial = _counted(events)
        suspects += found
        serial += of_them_serial
    return suspects, serial


def _counted(events: Iterable[Event]) -> tuple[int, int]:
    victims: dict[int, set[int]] = {}
    for event in events:
        victims.setdefault(event.suspect.number, set()).add(event.victim.number)
    return len(victims), sum(len(hurt) > 1 for hurt in victims.values())


def _write(
    waiting: Iterable[list[Waiting]],
    *,
    files: FeedFiles,
    truth: TruthFile,
    references: References,
    spoilers: Spoilers,
    tell: Progress,
) -> None:
    written = turn = 0
    for stretch in waiting:
        rows: list[Row] = []
        for _, _, _, _, joined in stretch:
            cells = joined.split(GAP)
            row = (references.next(cells[0], cells[1]), *cells)
            if written + len(rows) in spoilers.places:
                row = faults.spoilt(row, turn)
                turn += 1
            rows.append(row)
        files.write(rows)
        truth.write([row[2] for row in stretch], [row[3] for row in stretch])
        written += len(rows)
        tell((spoilers.rows * 3 + written) // 4)

"""The feed as a whole: its rows, its truth, its files, its faults on purpose."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.incidents.invented.reading import (
    faulty_rows,
    json_rows_of,
    parquet_rows_of,
    rows_of,
    truth_of,
)
from vigil.incidents.feed.columns import COLUMN_NAMES, TERRITORIAL_FORCES
from vigil.incidents.invented import InventedFeedError, make_feed
from vigil.incidents.invented.faults import FAULTS

LAST_DAY = date(2026, 11, 22)  # a Sunday


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve thousand reports in three files."""
    directory = tmp_path_factory.mktemp("feed")
    make_feed(directory, reports=12_000, seed=11, last_day=LAST_DAY, rows_a_file=5_000)
    return directory


def test_it_has_as_many_rows_as_were_asked_for_and_every_column(feed: Path) -> None:
    rows = rows_of(feed)
    assert len(rows) == 12_000
    assert tuple(rows[0]) == COLUMN_NAMES


def test_files_hold_no_more_than_their_share_and_sort_in_the_order_of_the_feed(feed: Path) -> None:
    names = sorted(path.name for path in feed.iterdir())
    assert names == ["reports-00.csv", "reports-01.csv", "reports-02.csv", "truth.parquet"]
    days = [row["reported_on"] for row in rows_of(feed)]
    assert days == sorted(days)


def test_file_names_grow_wide_enough_to_stay_in_order(tmp_path: Path) -> None:
    made = make_feed(tmp_path, reports=505, seed=1, last_day=LAST_DAY, rows_a_file=5)
    assert len(made.files) == 101
    assert [path.name for path in made.files] == sorted(path.name for path in made.files)
    assert made.files[0].name == "reports-000.csv"


def test_the_same_arguments_give_the_same_bytes(feed: Path, tmp_path: Path) -> None:
    make_feed(tmp_path, reports=12_000, seed=11, last_day=LAST_DAY, rows_a_file=5_000)
    for path in sorted(feed.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_another_seed_gives_other_people_and_other_habits(feed: Path, tmp_path: Path) -> None:
    make_feed(tmp_path, reports=12_000, seed=12, last_day=LAST_DAY)
    here, there = rows_of(feed), rows_of(tmp_path)
    assert {row["suspect_postcode"] for row in here} != {row["suspect_postcode"] for row in there}
    shouting = [
        {row["force"] for row in rows if row["suspect_surname"].isupper()} for rows in (here, there)
    ]
    assert shouting[0] != shouting[1]


def test_every_day_lies_in_the_six_years_up_to_the_last_day(feed: Path) -> None:
    rows = rows_of(feed)
    assert max(row["reported_on"] for row in rows) <= "2026-11-22"
    assert min(row["reported_on"] for row in rows) >= "2020-11-22"
    assert all(row["occurred_on"] <= row["reported_on"] for row in rows)


def test_all_43_territorial_forces_report_and_no_other(feed: Path) -> None:
    assert {row["force"] for row in rows_of(feed)} == set(TERRITORIAL_FORCES)


def test_a_reference_is_unique_within_its_force(feed: Path) -> None:
    seen = Counter((row["force"], row["report_id"]) for row in rows_of(feed))
    assert max(seen.values()) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(min_value=-(10**9), max_value=10**9),
    reports=st.integers(min_value=1, max_value=700),
    last_day=st.dates(min_value=date(2005, 1, 1), max_value=date(2060, 12, 31)),
    share=st.floats(min_value=0, max_value=1),
)
def test_every_row_keeps_the_contract_but_those_that_break_it_on_purpose(
    seed: int, reports: int, last_day: date, share: float
) -> None:
    faulty = int(reports * share)
    with TemporaryDirectory() as place:
        made = make_feed(Path(place), reports=reports, seed=seed, last_day=last_day, faulty=faulty)
        rows, truth = rows_of(Path(place)), truth_of(Path(place))
    assert len(rows) == reports == made.rows
    assert truth["row"] == list(range(reports))
    found = faulty_rows(rows)
    assert len(found) == faulty == made.faulty_rows
    assert set(found.values()) <= {column for column, _ in FAULTS}


def test_ten_faulty_rows_show_ten_different_faults(tmp_path: Path) -> None:
    make_feed(tmp_path, reports=500, seed=2, last_day=LAST_DAY, faulty=10)
    found = faulty_rows(rows_of(tmp_path))
    assert Counter(found.values()) == Counter(column for column, _ in FAULTS)


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_every_format_holds_the_same_rows(kind: str, tmp_path: Path) -> None:
    make_feed(tmp_path / "csv", reports=900, seed=5, last_day=LAST_DAY, faulty=5)
    make_feed(tmp_path / kind, reports=900, seed=5, last_day=LAST_DAY, faulty=5, kind=kind)
    read = {"jsonl": json_rows_of, "parquet": parquet_rows_of}[kind]
    assert read(tmp_path / kind) == rows_of(tmp_path / "csv")
    assert truth_of(tmp_path / kind) == truth_of(tmp_path / "csv")


def test_the_truth_counts_as_many_suspects_and_serial_suspects_as_were_made(
    tmp_path: Path,
) -> None:
    made = make_feed(tmp_path, reports=20_000, seed=3, last_day=LAST_DAY)
    truth = truth_of(tmp_path)
    victims: dict[int, set[int]] = defaultdict(set)
    for suspect, victim in zip(truth["suspect_truth"], truth["victim_truth"], strict=True):
        assert suspect != victim
        victims[suspect].add(victim)
    assert len(victims) == made.suspects
    assert sum(len(hurt) > 1 for hurt in victims.values()) == made.serial_suspects
    assert 0.5 < made.suspects / made.rows < 0.65
    assert 0.16 < made.serial_suspects / made.suspects < 0.21


def test_who_is_accused_and_who_is_hurt_are_one_population(feed: Path) -> None:
    """A couple who accuse each other: each is a suspect in one row and a victim in another."""
    truth = truth_of(feed)
    pairs = set(zip(truth["suspect_truth"], truth["victim_truth"], strict=True))
    assert [pair for pair in pairs if pair[::-1] in pairs]


def test_one_suspect_looks_different_from_report_to_report(feed: Path) -> None:
    rows, truth = rows_of(feed), truth_of(feed)
    seen: dict[int, list[dict[str, str]]] = defaultdict(list)
    for row, suspect in zip(rows, truth["suspect_truth"], strict=True):
        seen[suspect].append(row)
    several = [found for found in seen.values() if len(found) > 1]

    def differing(*columns: str) -> float:
        return sum(
            len({tuple(row[name].casefold() for name in columns) for row in found}) > 1
            for found in several
        ) / len(several)

    assert 0.15 < differing("suspect_surname", "suspect_forename") < 0.6
    assert 0.15 < differing("suspect_born_on") < 0.6
    assert 0.2 < differing("suspect_postcode") < 0.9
    assert 0.1 < differing("force") < 0.5


def test_progress_grows_to_the_number_of_rows(tmp_path: Path) -> None:
    told: list[int] = []
    make_feed(tmp_path, reports=12_000, seed=1, last_day=LAST_DAY, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == 12_000


def test_nothing_but_the_feed_and_its_truth_is_left_behind(tmp_path: Path) -> None:
    make_feed(tmp_path, reports=50_000, seed=1, last_day=LAST_DAY)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["reports-00.csv", "truth.parquet"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param({"reports": 0}, "at least 1 report, found 0", id="no reports"),
        pytest.param({"faulty": 11}, "between 0 and 10", id="more faults than rows"),
        pytest.param({"faulty": -1}, "between 0 and 10", id="fewer faults than none"),
        pytest.param({"kind": "xls"}, "csv, jsonl, parquet", id="a format that is not written"),
    ],
)
def test_a_senseless_wish_is_refused(
    arguments: dict[str, object], says: str, tmp_path: Path
) -> None:
    wish: dict[str, object] = {"reports": 10, "seed": 1, "last_day": LAST_DAY} | arguments
    with pytest.raises(InventedFeedError, match=says):
        make_feed(tmp_path, **wish)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_directory_that_holds_a_feed_is_left_alone(tmp_path: Path) -> None:
    make_feed(tmp_path, reports=10, seed=1, last_day=LAST_DAY)
    before = (tmp_path / "reports-00.csv").read_bytes()
    with pytest.raises(InventedFeedError, match="without a feed"):
        make_feed(tmp_path, reports=10, seed=2, last_day=LAST_DAY)
    assert (tmp_path / "reports-00.csv").read_bytes() == before

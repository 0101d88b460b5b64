"""The measures, each worked out by hand beside the case."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vigil.identity.engine.evaluate import Evaluation, evaluate
from vigil.identity.errors import EvaluationError


def evaluated(
    folder: Path,
    people: list[str],
    suspects: list[str | None],
    victims: list[str | None] | None = None,
    true_victims: list[str | None] | None = None,
) -> Evaluation:
    rows = list(range(len(people)))
    found = {"row": rows, "person_id": people, "victim_id": victims or [None] * len(people)}
    truth: dict[str, list[object]] = {"row": list(rows), "suspect_truth": list(suspects)}
    if true_victims is not None:
        truth["victim_truth"] = list(true_victims)
    schema = pa.schema(
        [("row", pa.int64()), ("person_id", pa.string()), ("victim_id", pa.string())]
    )
    pq.write_table(pa.table(found, schema=schema), folder / "people.parquet")
    pq.write_table(pa.table(truth), folder / "truth.parquet")
    return evaluate(folder, folder / "truth.parquet")


def test_what_is_found_whole_scores_one(tmp_path: Path) -> None:
    found = evaluated(tmp_path, ["P0", "P0", "P2"], ["a", "a", "b"])
    assert (found.pairwise.f1, found.b_cubed.f1, found.serial) == (1.0, 1.0, None)


def test_pairs_and_rows_are_counted_as_by_hand(tmp_path: Path) -> None:
    # Found {0,1,2} {3,4}; true {0,1} {2,3,4}.
    # Pairs found 3 + 1 = 4, true 1 + 3 = 4, right (0,1) and (3,4) = 2: P = R = 1/2.
    # Rows' precision: 2/3, 2/3, 1/3, 1, 1 = 11/15. Recall: 1, 1, 1/3, 2/3, 2/3 = 11/15.
    found = evaluated(tmp_path, ["P0", "P0", "P0", "P3", "P3"], ["a", "a", "b", "b", "b"])
    assert (found.pairwise.precision, found.pairwise.recall, found.pairwise.f1) == (0.5, 0.5, 0.5)
    assert found.b_cubed.precision == pytest.approx(11 / 15)
    assert found.b_cubed.recall == pytest.approx(11 / 15)


def test_nobody_joined_has_no_pairwise_precision_and_no_recall(tmp_path: Path) -> None:
    found = evaluated(tmp_path, ["P0", "P1"], ["a", "a"])
    assert (found.pairwise.precision, found.pairwise.recall) == (None, 0.0)


def test_the_serial_set_is_counted_as_by_hand(tmp_path: Path) -> None:
    # P0: rows 0-2, all suspect a, two of our victims, two true: right.
    # P3: rows 3-4, all b, two of our victims, one true: wrong (one woman counted twice).
    # P5: rows 5-6, half c and half d, two of our victims: wrong (nobody has more than half).
    # P7: rows 7-8, all e, one of our victims, two true: missed.
    # True serial: a, e. Found 3, right 1: P = 1/3. Recalled a of a, e: R = 1/2. F1 = 2/5.
    found = evaluated(
        tmp_path,
        ["P0", "P0", "P0", "P3", "P3", "P5", "P5", "P7", "P7"],
        ["a", "a", "a", "b", "b", "c", "d", "e", "e"],
        ["V0", "V0", "V2", "V3", "V4", "V5", "V6", "V7", "V7"],
        ["u", "u", "v", "w", "w", "x", "y", "s", "t"],
    )
    assert found.serial is not None
    assert (found.serial_found, found.serial_true) == (3, 2)
    assert found.serial.precision == pytest.approx(1 / 3)
    assert found.serial.recall == pytest.approx(1 / 2)
    assert found.serial.f1 == pytest.approx(2 / 5)


def test_exactly_half_of_the_rows_is_not_more_than_half(tmp_path: Path) -> None:
    # a has 2 of 4 rows, with two true victims: not more than half, so nobody is right.
    found = evaluated(
        tmp_path, ["P0"] * 4, ["a", "a", "b", "c"], ["V0", "V1", "V0", "V1"], ["u", "v", "u", "v"]
    )
    assert found.serial is not None
    assert (found.serial.precision, found.serial.recall) == (0.0, 0.0)
    assert found.serial.f1 == 0.0


def test_one_suspect_found_twice_is_recalled_once(tmp_path: Path) -> None:
    found = evaluated(
        tmp_path,
        ["P0", "P0", "P2", "P2"],
        ["a"] * 4,
        ["V0", "V1", "V0", "V1"],
        ["u", "v", "u", "v"],
    )
    assert found.serial is not None
    assert (found.serial.precision, found.serial.recall) == (1.0, 1.0)


def test_rows_without_a_truth_are_left_out(tmp_path: Path) -> None:
    found = evaluated(tmp_path, ["P0", "P0", "P0"], ["a", "a", None])
    assert (found.rows, found.pairwise.precision) == (2, 1.0)


def test_a_truth_of_another_feed_is_refused(tmp_path: Path) -> None:
    evaluated(tmp_path, ["P0"], ["a"])
    other = pa.table({"row": [0, 7], "suspect_truth": ["a", "b"]})
    pq.write_table(other, tmp_path / "truth.parquet")
    with pytest.raises(EvaluationError, match="found 1 that are not there"):
        evaluate(tmp_path, tmp_path / "truth.parquet")


def test_a_missing_or_a_wrong_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="expected a file"):
        evaluate(tmp_path, tmp_path / "truth.parquet")
    evaluated(tmp_path, ["P0"], ["a"])
    (tmp_path / "truth.parquet").write_text("row,suspect_truth")
    with pytest.raises(EvaluationError, match="in Parquet"):
        evaluate(tmp_path, tmp_path / "truth.parquet")

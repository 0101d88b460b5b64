"""Reading a feed: three formats say the same, and no bad input loses a row or tells a name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.incidents.feed.rows import report, write_csv, write_json_lines, write_parquet
from vigil.incidents.errors import FeedError
from vigil.incidents.feed.arrow import SCHEMA, read_for_identify
from vigil.incidents.feed.checks import Fault, shape_of
from vigil.incidents.feed.columns import COLUMN_NAMES
from vigil.incidents.feed.mapping import parse_mapping
from vigil.incidents.feed.reader import open_feed
from vigil.incidents.feed.source import LONGEST_LINE


def faults_in(path: Path) -> list[Fault]:
    return [f for chunk in open_feed(path).chunks() for fs in chunk.faults.values() for f in fs]


def rows_in(path: Path) -> list[dict[str, str]]:
    return [chunk.row(i) for chunk in open_feed(path).chunks() for i in range(chunk.size)]


def identified(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for batch in read_for_identify(path):
        assert batch.schema == SCHEMA
        rows += batch.to_pylist()
    return rows


def test_a_good_feed_has_no_faults_and_is_read_word_for_word(tmp_path: Path) -> None:
    rows = [
        report(1),
        report(2, suspect_house="Flat 3, 'The \"Mews\"',\nDorv Lane ", victim_ref=" x"),
    ]
    path = write_csv(tmp_path / "a.csv", rows)
    assert faults_in(path) == []
    assert rows_in(path) == rows


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report()])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert rows_in(path) == [report()]


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(COLUMN_NAMES), cells), min_size=1, max_size=8))
def test_a_table_reads_the_same_from_csv_json_lines_and_parquet(
    changes: list[dict[str, str]],
) -> None:
    rows = [report(number, **change) for number, change in enumerate(changes)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [
            write_csv(folder / "a.csv", rows),
            write_json_lines(folder / "b.jsonl", rows),
            write_parquet(folder / "c.parquet", rows),
        ]
        read = [rows_in(path) for path in paths]
        assert read[0] == read[1] == read[2]
        found = [[(f.row, f.column, f.expected, f.found) for f in faults_in(p)] for p in paths]
        assert found[0] == found[1] == found[2]
        kept = [identified(path) for path in paths]
        assert kept[0] == kept[1] == kept[2]
        assert [row["row"] for row in kept[0]] == list(range(len(rows)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_after_the_header_nothing_fails_and_rows_are_numbered(
    tail: bytes,
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = write_csv(Path(name) / "a.csv", [report()])
        path.write_bytes(path.read_bytes() + tail)
        kept = identified(path)
        assert [row["row"] for row in kept] == list(range(len(kept)))
        assert kept[0]["report_id"] == "R1"


def test_a_missing_column_is_named_before_a_row_is_read(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", [report()], [c for c in COLUMN_NAMES if c != "reported_on"]
    )
    with pytest.raises(FeedError, match="expected the column reported_on, found 28 columns"):
        open_feed(path)


def test_identification_reads_a_feed_of_names_and_birthdays_alone(tmp_path: Path) -> None:
    columns = ["suspect_forename", "suspect_surname", "suspect_born_on"]
    path = write_csv(tmp_path / "a.csv", [report(1), report(2)], columns)
    first, second = identified(path)
    assert (first["row"], second["suspect_surname"]) == (0, "Quennelby")
    assert (first["report_id"], first["reported_on"]) == ("", "")
    with pytest.raises(FeedError, match="expected the columns report_id, force, reported_on"):
        open_feed(path)
    with pytest.raises(FeedError, match="expected the column suspect_surname"):
        identified(write_csv(tmp_path / "b.csv", [report(1)], columns[:1]))


def test_a_file_without_a_header_is_refused_without_quoting_its_first_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report()])
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    with pytest.raises(FeedError) as refused:
        open_feed(path)
    assert "Quennelby" not in str(refused.value)
    assert "1980" not in str(refused.value)


def test_columns_may_be_absent_and_unknown_ones_are_said_and_not_read(tmp_path: Path) -> None:
    row = {**report(), "shoe_size": "9"}
    columns = ["report_id", "force", "reported_on", "suspect_surname", "shoe_size"]
    feed = open_feed(write_csv(tmp_path / "a.csv", [row], columns))
    assert feed.notes == ["a.csv: columns that are not read: shoe_size"]
    assert next(feed.chunks()).row(0)["suspect_forename"] == ""


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("report_id,force,reported_on,suspect_surname,force\n1,10,2026-01-01,x,11\n")
    with pytest.raises(FeedError, match="expected each column once, found 'force' twice"):
        open_feed(path)


def test_an_empty_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    with pytest.raises(FeedError, match="found an empty file"):
        open_feed(path)


def test_a_header_with_no_rows_is_a_feed_of_nothing(tmp_path: Path) -> None:
    assert rows_in(write_csv(tmp_path / "a.csv", [])) == []
    assert identified(tmp_path / "a.csv") == []


def test_a_wrong_date_is_a_fault_that_shows_its_form_and_not_the_day(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(), report(2, suspect_born_on="31/12/1980")])
    (fault,) = faults_in(path)
    assert (fault.row, fault.line, fault.column) == (1, 3, "suspect_born_on")
    assert fault.found == "99/99/9999"
    assert "1980" not in fault.sentence()
    assert identified(path)[1]["suspect_born_on"] == ""
    assert identified(path)[1]["suspect_surname"] == "Quennelby"


@pytest.mark.parametrize(
    ("column", "value", "is_fault"),
    [
        ("reported_on", "2024-02-29", False),
        ("reported_on", "2023-02-29", True),
        ("reported_on", "2024-02", True),
        ("reported_on", "", True),
        ("occurred_on", "", False),
        ("suspect_born_on", "1980-02", False),
        ("suspect_born_on", "1980", False),
        ("suspect_born_on", "1980-13", True),
        ("suspect_born_on", "0000", True),
        ("suspect_born_on", "0000-05", True),
        ("victim_born_on", "about 40", False),
        ("force", "01", False),
        ("force", "1", True),
        ("force", "99", True),
        ("report_id", "", True),
        ("report_id", "  ", True),
        ("report_id", "x" * 100, False),
        ("report_id", "x" * 101, True),
        ("category", "Stalking", True),
        ("category", " stalking ", False),
        ("offence", "PH97006", False),
        ("offence", "murder", True),
        ("suspect_sex", "Male", True),
        ("relationship", "ex_partner", False),
        ("suspect_surname", "", False),
        ("suspect_pnc", "2001/0171310S", False),
        ("suspect_aliases", "=HYPERLINK(1);@x;+y", False),
        ("suspect_house", "nul \x00 here", True),
    ],
)
def test_each_column_is_checked_as_the_contract_says(
    column: str, value: str, is_fault: bool, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [report() | {column: value}])
    assert [fault.column for fault in faults_in(path)] == ([column] if is_fault else [])
    assert rows_in(path)[0][column].strip() == value.strip()
    if is_fault:
        assert identified(path)[0][column] == ""


def test_a_formula_cell_is_kept_as_it_is(tmp_path: Path) -> None:
    row = report(suspect_surname="=1+1", suspect_house='=cmd|"/c calc"!A1')
    assert rows_in(write_csv(tmp_path / "a.csv", [row])) == [row]


def test_a_latin_1_file_faults_the_cells_that_are_not_utf_8_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    path = write_csv(tmp_path / "a.csv", [report(), report(2, suspect_surname="Zoë")])
    path.write_bytes(path.read_bytes().replace("Zoë".encode(), "Zoë".encode("latin-1")))
    (fault,) = faults_in(path)
    assert (fault.row, fault.column) == (1, "suspect_surname")
    assert "latin-1" in fault.found
    assert identified(path)[1]["suspect_surname"] == ""
    mapping = parse_mapping('encoding = "latin-1"')
    (chunk,) = open_feed(path, mapping).chunks()
    assert not chunk.faults
    assert chunk.row(1)["suspect_surname"] == "Zoë"


def test_a_utf_16_file_is_refused_and_read_with_a_mapping(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report()])
    path.write_bytes(path.read_text().encode("utf-16"))
    with pytest.raises(FeedError, match="found UTF-16"):
        open_feed(path)
    (chunk,) = open_feed(path, parse_mapping('encoding = "utf-16"')).chunks()
    assert chunk.row(0) == report()


def test_a_file_cut_in_the_middle_of_a_line_loses_that_line_s_last_cell_only(
    tmp_path: Path,
) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2)])
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"Quennelby") + 4])
    (fault,) = faults_in(path)
    assert (fault.row, fault.column) == (1, "")
    assert "cut in the middle of this line" in fault.found
    cut = identified(path)[1]
    assert (cut["report_id"], cut["suspect_surname"]) == ("R2", "")


def test_a_file_cut_inside_a_quoted_cell_loses_no_other_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2, suspect_house="1, Dorv\nLane")])
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"Lane") + 2])
    found = faults_in(path)
    assert [fault.row for fault in found] == [1, 2]
    assert "never closed" in found[0].found
    assert [row["report_id"] for row in identified(path)] == ["R1", "", ""]


def test_a_stray_quote_breaks_its_own_row_and_no_other(tmp_path: Path) -> None:
    rows = [report(number) for number in range(50)]
    path = write_csv(tmp_path / "a.csv", rows)
    lines = path.read_text().split("\n")
    lines[10] = lines[10].replace("Tarn", '"Tarn')
    path.write_text("\n".join(lines))
    assert [fault.row for fault in faults_in(path)] == [9]
    assert [row["report_id"] for row in rows_in(path)] == [
        "" if n == 9 else f"R{n}" for n in range(50)
    ]


def test_too_many_cells_break_the_row_and_keep_only_its_reference(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2)])
    path.write_text(path.read_text().replace("R2,", "R2,,", 1))
    (fault,) = faults_in(path)
    assert (fault.row, fault.expected, fault.found) == (1, "29 cells", "30")
    kept = identified(path)[1]
    assert kept["report_id"] == "R2"
    assert not any(value for name, value in kept.items() if name not in {"row", "report_id"})


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_gigantic_line_is_one_fault_and_the_rows_around_it_are_read(
    form: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a.{form}"
    (write_csv if form == "csv" else write_json_lines)(path, [report(1), report(2)])
    first, second = path.read_text().rstrip("\n").rsplit("\n", 1)
    path.write_text(f"{first}\n{'x' * (3 * LONGEST_LINE + 7)}\n{second}\n")
    (fault,) = faults_in(path)
    assert fault.row == 1
    assert "3,145,73" in fault.found
    assert [row["report_id"] for row in rows_in(path)] == ["R1", "", "R2"]
    chunk = next(open_feed(path).chunks())
    assert len(chunk.broken[1].text) == 65_536
    assert [line - chunk.lines[0] for line in chunk.lines] == [0, 1, 2]


def test_a_quote_that_swallows_a_megabyte_costs_one_row(tmp_path: Path) -> None:
    rows = [report(number, suspect_house="y" * 5_000) for number in range(600)]
    path = write_csv(tmp_path / "a.csv", rows)
    path.write_text(path.read_text().replace("Tarn", '"Tarn', 1))
    assert [fault.row for fault in faults_in(path)] == [0]
    assert len(rows_in(path)) == 600


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('{"report_id": "R2", "force": ', "a line that is not one"),
        ("[1, 2]", "a line that holds something else"),
        ('{"report_id": "a", "report_id": "b"}', "one twice in the same object"),
        ('{"report_id": ["a"]}', "a list or an object in one"),
        ("[" * 100_000, "a line that is not one"),
    ],
)
def test_a_line_that_is_no_object_is_one_fault(line: str, found: str, tmp_path: Path) -> None:
    path = write_json_lines(tmp_path / "a.jsonl", [report()])
    path.write_text(path.read_text() + line + "\n" + path.read_text())
    (fault,) = faults_in(path)
    assert (fault.row, fault.found) == (1, found)
    assert len(rows_in(path)) == 3


def test_json_numbers_are_the_text_that_they_are_written_as(tmp_path: Path) -> None:
    path = write_json_lines(tmp_path / "a.jsonl", [report()])
    text = path.read_text().replace('"10"', "10").replace('"07700 900123"', "7700900123.50")
    path.write_text(text.replace('"suspect_email": ""', '"suspect_email": null'))
    (row,) = rows_in(path)
    assert (row["force"], row["victim_phone"], row["suspect_email"]) == ("10", "7700900123.50", "")


def test_json_text_that_no_database_holds_is_a_fault(tmp_path: Path) -> None:
    path = write_json_lines(tmp_path / "a.jsonl", [report()])
    path.write_text(path.read_text().replace("Quennelby", "\\u0000").replace("Tarn", "\\ud800"))
    assert [f.column for f in faults_in(path)] == ["suspect_surname", "suspect_forename"]


def test_parquet_dates_and_numbers_read_as_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "report_id": pa.array([7, 8]),
            "force": pa.array(["10", "10"]).dictionary_encode(),
            "reported_on": pa.array(["2026-03-02", "2026-03-03"]).cast(pa.date32()),
            "occurred_on": pa.array(["2026-03-02", None]).cast(pa.timestamp("us")),
            "suspect_surname": pa.array([b"Quennelby", None]),
            "suspect_phone": pa.array([7700900123.0, None]),
        }
    )
    pq.write_table(table, path)
    first, second = rows_in(path)
    assert (first["report_id"], first["reported_on"]) == ("7", "2026-03-02")
    assert (first["occurred_on"], first["suspect_phone"]) == ("2026-03-02", "7700900123")
    assert (second["occurred_on"], second["suspect_surname"]) == ("", "")
    assert faults_in(path) == []


def test_parquet_cells_of_other_kinds_read_as_a_csv_would_hold_them(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {
            "report_id": pa.array([1, 2]),
            "suspect_surname": pa.array([b"Zo\xeb", b"nul\x00"]),
            "suspect_vehicle": pa.array([True, False]),
            "suspect_phone": pa.array([1.5, float("nan")]),
            "suspect_house": pa.array(["2026-03-02T10:30:00", None]).cast(pa.timestamp("s")),
            "suspect_email": pa.array([None, None], pa.null()),
        }
    )
    pq.write_table(table, path)
    first, second = identified(path)
    assert (first["suspect_vehicle"], second["suspect_vehicle"]) == ("true", "false")
    assert (first["suspect_phone"], second["suspect_phone"]) == ("1.5", "")
    assert (first["suspect_house"], second["suspect_house"]) == ("2026-03-02T10:30:00", "")
    assert (first["suspect_surname"], second["suspect_surname"]) == ("", "")
    assert first["suspect_email"] == ""


def test_a_parquet_column_twice_is_refused(tmp_path: Path) -> None:
    table = pa.table([pa.array(["a"]), pa.array(["b"])], names=["force", "force"])
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(FeedError, match="found 'force' twice"):
        open_feed(tmp_path / "a.parquet")


def test_a_parquet_file_whose_middle_is_spoilt_is_refused_when_it_is_reached(
    tmp_path: Path,
) -> None:
    path = write_parquet(tmp_path / "a.parquet", [report(n) for n in range(100)])
    content = bytearray(path.read_bytes())
    content[4:200] = b"\xff" * 196
    path.write_bytes(content)
    with pytest.raises(FeedError, match="expected a whole Parquet file"):
        rows_in(path)


def test_a_parquet_file_of_no_rows_is_a_feed_of_nothing(tmp_path: Path) -> None:
    assert rows_in(write_parquet(tmp_path / "a.parquet", [])) == []


def test_json_lines_in_many_chunks_say_late_columns_when_they_come(tmp_path: Path) -> None:
    rows = [report(n) | ({"shoe": "9"} if n > 1_990 else {}) for n in range(2_000)]
    path = write_json_lines(tmp_path / "a.jsonl", rows)
    feed = open_feed(path)
    assert feed.notes == []
    chunks = list(feed.chunks(rows=500))
    assert [chunk.first_row for chunk in chunks] == [0, 500, 1_000, 1_500]
    assert feed.notes == ["a.jsonl: columns that are not read: shoe"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_file_of_something_else_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text('"nothing that is a row')
    with pytest.raises(FeedError, match="found none"):
        open_feed(path)


def test_a_cut_parquet_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", [report()])
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FeedError, match="expected a whole Parquet file"):
        open_feed(path)


def test_a_parquet_column_of_lists_is_refused_by_name(tmp_path: Path) -> None:
    table = pa.table({"report_id": ["1"], "suspect_aliases": [["a", "b"]]})
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(FeedError, match="suspect_aliases"):
        open_feed(tmp_path / "a.parquet")


def test_a_directory_is_read_by_name_without_its_truth(tmp_path: Path) -> None:
    write_csv(tmp_path / "b.csv", [report(2)])
    write_json_lines(tmp_path / "a.jsonl", [report(1)])
    write_parquet(tmp_path / "c.parquet", [report(3)])
    write_parquet(tmp_path / "truth.parquet", [report(4)])
    (tmp_path / "README.txt").write_text("hello")
    feed = open_feed(tmp_path)
    chunks = list(feed.chunks())
    assert [chunk.row(0)["report_id"] for chunk in chunks] == ["R1", "R2", "R3"]
    assert [chunk.first_row for chunk in chunks] == [0, 1, 2]
    assert feed.notes == ["left out, since it is no feed file: README.txt"]


def test_a_pattern_is_read_as_one_feed(tmp_path: Path) -> None:
    write_csv(tmp_path / "b.csv", [report(2)])
    write_csv(tmp_path / "a.csv", [report(1)])
    assert [r["report_id"] for r in rows_in(tmp_path / "*.csv")] == ["R1", "R2"]


def test_nothing_at_the_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match=r"found nothing at 'gone.csv'"):
        open_feed(tmp_path / "gone.csv")
    with pytest.raises(FeedError, match="at least one file"):
        open_feed(tmp_path)


@pytest.mark.parametrize(
    ("name", "write"), [("a.txt", write_csv), ("b.txt", write_json_lines), ("c", write_parquet)]
)
def test_a_file_named_otherwise_is_known_by_its_first_bytes(
    name: str, write: object, tmp_path: Path
) -> None:
    assert callable(write)
    assert rows_in(write(tmp_path / name, [report()])) == [report()]


def test_reading_from_a_row_passes_over_the_chunks_before_it(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(number) for number in range(25)])
    chunks = list(open_feed(path).chunks(rows=10, from_row=10))
    assert [(chunk.first_row, chunk.size) for chunk in chunks] == [(10, 10), (20, 5)]


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [report(1), report(2)])
    path.write_text(path.read_text().replace("\nR2", "\n\n\nR2"))
    assert [row["report_id"] for row in rows_in(path)] == ["R1", "R2"]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ("31/12/1980", "99/99/9999"),
        ("Zoë 7", "Aaa 9"),
        ("", "nothing"),
        ("a\x00b", "a?a"),
        ("x" * 30, "a" * 24 + "... (30 characters)"),
    ],
)
def test_a_shape_tells_the_form_and_not_the_content(value: str, shape: str) -> None:
    assert shape_of(value) == shape

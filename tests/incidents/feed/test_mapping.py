"""Mappings: another layout becomes ours, and a mistake in the mapping is one clear sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from vigil.incidents.errors import FeedError, MappingError
from vigil.incidents.feed.mapping import FeedMapping, parse_mapping, read_mapping
from vigil.incidents.feed.reader import Chunk, open_feed

THEIRS = """Crime Ref,SusFname,SusSname,DOB,Sex,No,Street,When
A1,Tarn,Quennelby,31/12/1980,Male,4,Dorv Lane,2/3/26
A2,Wyn,Ostrelow,,Female,,Hesk Road,3/3/26
"""
MAPPING = """
[columns]
report_id = "Crime Ref"
suspect_forename = "SusFname"
suspect_surname = "SusSname"
suspect_born_on = "DOB"
suspect_sex = "Sex"
suspect_house = ["No", "Street"]
reported_on = "When"
[constants]
force = "44"
[dates]
suspect_born_on = "%d/%m/%Y"
reported_on = "%d/%m/%y"
[values.suspect_sex]
Male = "M"
Female = "F"
"""


def read(tmp_path: Path, text: str, mapping: str) -> Chunk:
    path = tmp_path / "a.csv"
    path.write_text(text)
    (chunk,) = open_feed(path, parse_mapping(mapping)).chunks()
    return chunk


def test_their_layout_is_read_as_ours(tmp_path: Path) -> None:
    chunk = read(tmp_path, THEIRS, MAPPING)
    assert not chunk.faults
    first, second = chunk.row(0), chunk.row(1)
    assert {k: v for k, v in first.items() if v} == {
        "report_id": "A1",
        "force": "44",
        "reported_on": "2026-03-02",
        "suspect_surname": "Quennelby",
        "suspect_forename": "Tarn",
        "suspect_born_on": "1980-12-31",
        "suspect_sex": "M",
        "suspect_house": "4 Dorv Lane",
    }
    assert (second["suspect_house"], second["suspect_born_on"]) == ("Hesk Road", "")


def test_a_date_that_does_not_fit_its_format_is_a_fault_and_kept_as_written(
    tmp_path: Path,
) -> None:
    chunk = read(tmp_path, THEIRS.replace("31/12/1980", "31/02/1980"), MAPPING)
    (fault,) = chunk.faults[0]
    assert (fault.column, fault.expected) == ("suspect_born_on", "a date as %d/%m/%Y")
    assert "1980" not in fault.sentence()
    assert chunk.row(0)["suspect_born_on"] == "31/02/1980"
    assert chunk.emptied()["suspect_born_on"][0] == ""


def test_a_format_without_a_day_gives_a_partial_date(tmp_path: Path) -> None:
    mapping = MAPPING.replace("%d/%m/%Y", "%m/%Y")
    chunk = read(tmp_path, THEIRS.replace("31/12/1980", "12/1980"), mapping)
    assert chunk.row(0)["suspect_born_on"] == "1980-12"
    chunk = read(tmp_path, THEIRS.replace("31/12/1980", "1980"), MAPPING.replace("%d/%m/%Y", "%Y"))
    assert chunk.row(0)["suspect_born_on"] == "1980"


def test_a_column_that_the_mapping_does_not_name_is_taken_by_its_own_name(tmp_path: Path) -> None:
    text = THEIRS.replace("SusFname", "suspect_forename")
    mapping = MAPPING.replace('suspect_forename = "SusFname"\n', "")
    assert read(tmp_path, text, mapping).row(0)["suspect_forename"] == "Tarn"


def test_a_column_that_the_file_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="expected a column 'SusFname' for suspect_forename"):
        read(tmp_path, THEIRS.replace("SusFname", "Forename"), MAPPING)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[columns", "expected a mapping in TOML"),
        ("[colums]", "found 'colums'"),
        ('[columns]\nsurname = "x"', "found 'surname'"),
        ("[columns]\nforce = 4", "expected text in quotes for force"),
        ("[columns]\nforce = []", "found an empty list"),
        ('[columns]\nforce = "x"\n[constants]\nforce = "10"', "found it in both"),
        ('[dates]\nforce = "%d"', "expected a column that holds a date"),
        ('[dates]\nreported_on = "dd/mm"', "expected a date format"),
        ("[constants]\nforce = 44", "expected text in quotes for force"),
        ('[values]\nforce = "x"', "expected a table"),
        ("[values.force]\nx = 1", "expected text in quotes for x"),
        ('columns = "x"', "expected columns to be a table"),
        ('encoding = "klingon"', "expected an encoding"),
        ("encoding = 8", "expected an encoding"),
    ],
)
def test_a_mistake_in_a_mapping_is_said_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(MappingError, match=sentence):
        parse_mapping(text)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="expected a mapping file"):
        read_mapping(tmp_path / "m.toml")


def test_the_digest_of_a_mapping_is_of_what_it_says() -> None:
    spaced = parse_mapping(MAPPING.replace(" = ", "   =   "))
    assert spaced.digest() == parse_mapping(MAPPING).digest()
    assert spaced.digest() != FeedMapping().digest()

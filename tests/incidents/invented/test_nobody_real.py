"""Nothing in an invented feed reaches a real door, phone, inbox or car."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

import vigil.incidents.invented
from tests.incidents.invented.reading import Row, rows_of
from vigil.incidents.identifiers import read_cro, read_pnc, read_postcode
from vigil.incidents.invented import make_feed

ALLOWED = {
    "vigil.incidents.feed.columns",
    "vigil.incidents.identifiers",
    "vigil.law.errors",
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    directory = tmp_path_factory.mktemp("feed")
    make_feed(directory, reports=8_000, seed=4, last_day=date(2026, 11, 22))
    return rows_of(directory)


def _filled(rows: list[Row], *columns: str) -> list[str]:
    cells = [row[name] for row in rows for name in columns if row[name]]
    assert len(cells) > 100
    return cells


def test_postcodes_lie_in_areas_that_do_not_exist_and_have_the_right_shape(
    rows: list[Row],
) -> None:
    codes = _filled(rows, "suspect_postcode", "victim_postcode")
    homeless = [code for code in codes if code.startswith("NF1")]
    assert set(homeless) == {"NF1 1NF", "NF1 1FA"}
    codes = [code for code in codes if code not in homeless]
    assert {code[0].upper() for code in codes} <= set("QVX")
    whole = [code for code in codes if len(code.replace(" ", "")) > 4]
    assert all(read_postcode(code).is_valid for code in whole)


def test_phones_lie_in_the_invented_part_of_the_plan(rows: list[Row]) -> None:
    for phone in _filled(rows, "suspect_phone", "victim_phone"):
        digits = re.sub(r"\D", "", phone)
        national = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
        assert re.fullmatch(r"07[12]\d{8}", national), phone


def test_mail_goes_to_the_domains_for_examples(rows: list[Row]) -> None:
    for address in _filled(rows, "suspect_email"):
        # A slip of the hand may spoil a letter, but only before the at sign.
        assert re.search(r"@(?:\w+\.)?example\.(?:com|org|net)$", address.lower()), address


def test_registration_marks_are_of_a_series_that_is_not_issued(rows: list[Row]) -> None:
    for plate in _filled(rows, "suspect_vehicle"):
        assert re.fullmatch(r"Q[A-Z]\d\d ?[A-Z]{3}", plate), plate


@pytest.mark.parametrize("kind", ["suspect_pnc", "suspect_cro"])
def test_most_identifiers_bear_the_right_letter_and_some_do_not(kind: str, rows: list[Row]) -> None:
    written = _filled(rows, kind)
    if kind == "suspect_pnc":
        valid = [read_pnc(text, this_year=2026).is_valid for text in written]
    else:
        valid = [read_cro(text).is_valid for text in written]
    assert 0.93 < sum(valid) / len(valid) < 0.995


def test_the_generator_knows_only_the_columns_and_the_check_letters() -> None:
    folder = Path(vigil.incidents.invented.__file__).parent
    files = sorted(folder.glob("*.py"))
    assert len(files) > 10
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("vigil"):
                continue
            module = node.module or ""
            assert module in ALLOWED or module.startswith("vigil.incidents.invented"), file.name

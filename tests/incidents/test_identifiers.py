"""Check letters: every worked example, the traps, and what a valid letter does not prove."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.incidents.identifiers import (
    CHECK_LETTERS,
    Identifier,
    IdentifierFault,
    check_letter,
    read_asn,
    read_court_case,
    read_cro,
    read_pnc,
    read_postcode,
)

THIS_YEAR = 2026


def pnc(written: str) -> Identifier:
    return read_pnc(written, this_year=THIS_YEAR)


def test_the_alphabet_has_23_letters_without_i_o_and_s() -> None:
    assert len(set(CHECK_LETTERS)) == 23
    assert not set("IOS") & set(CHECK_LETTERS)


@pytest.mark.parametrize(
    ("number", "letter"),
    [
        (790163001, "B"),
        (20073319, "Z"),
        (30000003, "Y"),
        (679893091, "D"),
        (91065656, "H"),
        (8350058, "Z"),
        (5482703, "J"),
    ],
)
def test_worked_sums_give_their_letter(number: int, letter: str) -> None:
    assert check_letter(number) == letter


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        pytest.param("79/163001B", "1979/0163001B", id="a short serial is padded to seven"),
        pytest.param("1979/0163001B", "1979/0163001B", id="the canonical form is itself"),
        pytest.param("02/73319Z", "2002/0073319Z", id="a year of this century"),
        pytest.param("033Y", "2003/0000003Y", id="no slash and one digit of serial"),
        pytest.param("67/9893091D", "1967/9893091D", id="67 is after this year, so 1967"),
        pytest.param("20030011985X", "2003/0011985X", id="no slash, all eleven digits"),
        pytest.param(" 2003/0011985x ", "2003/0011985X", id="spaces and lower case"),
        pytest.param("26/1X", "2026/0000001X", id="this very year"),
        pytest.param("27/1Y", "1927/0000001Y", id="next year's digits are the last century"),
        pytest.param("790163001B", "1979/0163001B", id="nine digits are two of year"),
    ],
)
def test_a_pnc_id_is_read_to_its_canonical_form(written: str, canonical: str) -> None:
    if canonical.startswith(("2026", "1927")):
        canonical = canonical[:-1] + check_letter(int(canonical[2:4] + canonical[5:12]))
        written = written[:-1] + canonical[-1]
    found = pnc(written)
    assert found.is_valid
    assert found.canonical == canonical
    assert found.written == written


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("2001/0171310S", "W"),
        ("2003/0011985Z", "X"),
        ("2012/0052494O", "Q"),
        ("2023/0583843N", "L"),
    ],
)
def test_a_pnc_id_with_the_wrong_letter_is_kept_and_the_right_one_suggested(
    written: str, right: str
) -> None:
    found = pnc(written)
    assert not found.is_valid
    assert found.written == written
    assert found.canonical == ""
    assert found.suggested == written[:-1] + right


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2000/0000000Z", IdentifierFault.ZERO_SERIAL),
        ("000Z", IdentifierFault.ZERO_SERIAL),
        ("2027/0000001X", IdentifierFault.YEAR),
        ("1899/0000001X", IdentifierFault.YEAR),
        ("2012/0052494O", IdentifierFault.LETTER_NOT_USED),
        ("2003/0011985Z", IdentifierFault.LETTER),
        ("2003/00119851X", IdentifierFault.SHAPE),
        ("203/0011985X", IdentifierFault.SHAPE),
        ("2003/0011985", IdentifierFault.SHAPE),
        ("3003001198X", IdentifierFault.SHAPE),
        ("79016300112X", IdentifierFault.SHAPE),
        ("2003001198512X", IdentifierFault.SHAPE),
        ("", IdentifierFault.SHAPE),
        ("\u0662\u0660/1X", IdentifierFault.SHAPE),
    ],
)
def test_a_pnc_id_that_cannot_be_says_why(written: str, fault: IdentifierFault) -> None:
    assert pnc(written).fault is fault


def test_a_pnc_id_without_a_slash_that_reads_two_ways_is_not_guessed() -> None:
    # 2012345 is 20/12345 or 2012/345: both fit only where the sums agree.
    both = [
        digits
        for serial in range(1, 26_999)
        if (digits := f"20{serial:05d}")
        and int(digits[4:])
        and check_letter(int("20" + f"{digits[2:]:0>7}"))
        == check_letter(int(digits[2:4] + f"{digits[4:]:0>7}"))
    ]
    assert both
    digits = both[0]
    written = digits + check_letter(int("20" + f"{digits[2:]:0>7}"))
    assert pnc(written).fault is IdentifierFault.TWO_READINGS


def test_nine_digits_that_read_two_ways_are_the_full_short_form() -> None:
    # 200012345 is 20/0012345, all its places filled, before it is 2000/12345.
    digits = next(
        digits
        for serial in range(1, 2_699_999)
        if (digits := f"20{serial:07d}")
        and int(digits[4:])
        and check_letter(int(digits)) == check_letter(int(digits[2:4] + f"{digits[4:]:0>7}"))
    )
    assert pnc(digits + check_letter(int(digits))).canonical[:5] == "2020/"


@pytest.mark.parametrize(
    ("written", "canonical", "is_without_prints"),
    [
        ("65656/91H", "065656/91H", False),
        ("065656/91H", "065656/91H", False),
        ("06565691H", "065656/91H", False),
        ("SF83/50058Z", "SF83/50058Z", True),
        ("sf05/482703j", "SF05/482703J", True),
    ],
)
def test_a_cro_number_is_read_to_its_canonical_form(
    written: str, canonical: str, is_without_prints: bool
) -> None:
    found = read_cro(written)
    assert found.is_valid
    assert found.canonical == canonical
    assert found.is_without_prints is is_without_prints


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("85227/65G", IdentifierFault.LETTER),
        ("SF83/50058B", IdentifierFault.LETTER),
        ("000000/00Z", IdentifierFault.ZERO_SERIAL),
        ("SF00/0Z", IdentifierFault.ZERO_SERIAL),
        ("65656/91I", IdentifierFault.LETTER_NOT_USED),
        ("1234567/91H", IdentifierFault.SHAPE),
        ("none", IdentifierFault.SHAPE),
    ],
)
def test_a_cro_number_that_cannot_be_says_why(written: str, fault: IdentifierFault) -> None:
    assert read_cro(written).fault is fault


def test_the_right_letter_of_a_cro_number_is_suggested() -> None:
    assert read_cro("85227/65G").suggested == "085227/65L"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("2005FF0500000000555P", "2005FF0500000000555P"),
        ("22FD112200001234560X", "22FD112200001234560X"),
        ("20/05FF/05/555P", "2005FF0500000000555P"),
        ("22/FD11/22/1234560X", "22FD112200001234560X"),
        ("22AFD112200001234560K", "22AFD112200001234560K"),
    ],
)
def test_an_asn_is_read_to_its_bare_form(written: str, canonical: str) -> None:
    assert read_asn(written).canonical == canonical


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("2005FF0500000000555Q", IdentifierFault.LETTER),
        ("2005FF0500000000000Z", IdentifierFault.ZERO_SERIAL),
        ("2005FF050000000055P", IdentifierFault.SHAPE),
        ("22AFD112200001234560S", IdentifierFault.LETTER_NOT_USED),
        ("0800NP0100000000001H", IdentifierFault.DUMMY),
        ("0800PP0100000000001H", IdentifierFault.DUMMY),
        ("2012LN0000000000001H", IdentifierFault.DUMMY),
        ("2000NP0000000000001H", IdentifierFault.DUMMY),
        ("2044NRPR00000000001H", IdentifierFault.DUMMY),
        ("2063000100000000001H", IdentifierFault.DUMMY),
        ("2006SS0100000000001H", IdentifierFault.DUMMY),
        ("2000XX0100000000001H", IdentifierFault.DUMMY),
        ("205011AA00000000001H", IdentifierFault.DUMMY),
        ("2050SJAA00000000001H", IdentifierFault.DUMMY),
    ],
)
def test_an_asn_that_cannot_be_says_why(written: str, fault: IdentifierFault) -> None:
    assert read_asn(written).fault is fault


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("97/1626/008395Q", "97/1626/008395Q"), ("07/1577/20154M", "07/1577/020154M")],
)
def test_a_court_case_reference_is_judged_by_its_shape(written: str, canonical: str) -> None:
    assert read_court_case(written).canonical == canonical


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("97/1626/008395O", IdentifierFault.LETTER_NOT_USED),
        ("97/162/008395Q", IdentifierFault.SHAPE),
    ],
)
def test_a_court_case_reference_that_cannot_be_says_why(
    written: str, fault: IdentifierFault
) -> None:
    assert read_court_case(written).fault is fault


@pytest.mark.parametrize(
    ("written", "canonical", "fault"),
    [
        ("ab1 2cd", "AB1 2CD", None),
        ("A11BB", "A1 1BB", None),
        ("gir0aa", "GIR 0AA", None),
        ("NF1 1NF", "", IdentifierFault.DUMMY),
        ("nf11fa", "", IdentifierFault.DUMMY),
        ("AB1", "", IdentifierFault.SHAPE),
        ("unknown", "", IdentifierFault.SHAPE),
    ],
)
def test_a_postcode_is_spelt_one_way_or_says_why_not(
    written: str, canonical: str, fault: IdentifierFault | None
) -> None:
    found = read_postcode(written)
    assert (found.canonical, found.fault) == (canonical, fault)


@given(st.integers(0, 99), st.integers(1, 9_999_999))
def test_the_canonical_form_of_a_pnc_id_reads_as_itself(year: int, serial: int) -> None:
    written = f"{year:02d}/{serial}{check_letter(int(f'{year:02d}{serial:07d}'))}"
    first = pnc(written)
    assert first.is_valid
    assert pnc(first.canonical).canonical == first.canonical


@given(st.text())
def test_nothing_that_is_typed_makes_a_reader_fail(written: str) -> None:
    for found in (pnc(written), read_cro(written), read_asn(written), read_postcode(written)):
        assert found.written == written
        assert bool(found.canonical) == found.is_valid
    read_court_case(written)

"""A sealed value opens in its own place and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vigil.access.errors import KeyMissingError, SealBrokenError
from vigil.access.keys import Keys, keys_named
from vigil.access.sealing import key_number, seal, unseal

PLACE: dict[str, Any] = {
    "table": "incidents_victim",
    "column": "surname",
    "row": "17",
    "agency": "10",
}
SECRET = b"Testwold-on-Sea"


def test_what_was_sealed_opens_in_its_place() -> None:
    sealed = seal(SECRET, **PLACE)
    assert SECRET not in sealed
    assert unseal(sealed, **PLACE) == SECRET
    assert unseal(memoryview(sealed), **PLACE) == SECRET  # type: ignore[arg-type]


def test_the_same_value_is_never_sealed_the_same_way_twice() -> None:
    assert len({seal(SECRET, **PLACE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("part", "other"),
    [("row", "18"), ("agency", "44"), ("column", "forename"), ("table", "victims_contact")],
)
def test_a_value_that_was_moved_does_not_open(part: str, other: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(seal(SECRET, **PLACE), **{**PLACE, part: other})


@pytest.mark.parametrize("column", ["b|c", "b|1:c", "b"])
def test_a_place_cannot_be_spelled_as_another(column: str) -> None:
    sealed = seal(SECRET, table="a|b", column="c", row="1", agency="10")
    with pytest.raises(SealBrokenError):
        unseal(sealed, table="a", column=column, row="1", agency="10")


@pytest.mark.parametrize("where", [0, 1, 13, -1], ids=["version", "nonce", "text", "tag"])
def test_a_value_with_one_bit_changed_does_not_open(where: int) -> None:
    sealed = bytearray(seal(SECRET, **PLACE))
    sealed[where] ^= 1
    with pytest.raises(SealBrokenError):
        unseal(bytes(sealed), **PLACE)


@pytest.mark.parametrize("length", [0, 1, 12, 13, 20])
def test_a_value_that_was_cut_does_not_open(length: int) -> None:
    with pytest.raises(SealBrokenError) as refused:
        unseal(seal(SECRET, **PLACE)[:length], **PLACE)
    assert "Testwold" not in str(refused.value)


@pytest.fixture
def ring(tmp_path: Path) -> Keys:
    keys = keys_named("victims", folder=tmp_path)
    keys.add(after=0)
    return keys


def test_under_a_ring_it_opens_with_that_ring_and_not_without(ring: Keys) -> None:
    sealed = seal(SECRET, **PLACE, keys=ring)
    assert unseal(sealed, **PLACE, keys=ring) == SECRET
    with pytest.raises(SealBrokenError):
        unseal(sealed, **PLACE)


def test_the_key_that_opens_reports_opens_nothing_of_a_ring(ring: Keys, tmp_path: Path) -> None:
    other = keys_named("other", folder=tmp_path)
    other.add(after=0)
    sealed = seal(SECRET, **PLACE, keys=ring)
    with pytest.raises(SealBrokenError):
        unseal(sealed, **PLACE, keys=other)
    # Dressed up as a value of the one key.
    with pytest.raises(SealBrokenError):
        unseal(b"\x01" + sealed[2:], **PLACE, keys=ring)


def test_an_older_key_still_opens_and_a_newer_one_seals(ring: Keys) -> None:
    plain, old = seal(SECRET, **PLACE), seal(SECRET, **PLACE, keys=ring)
    ring.add(after=1)
    new = seal(SECRET, **PLACE, keys=ring)
    assert [key_number(value) for value in (plain, old, new)] == [0, 1, 2]
    assert {unseal(value, **PLACE, keys=ring) for value in (plain, old, new)} == {SECRET}


@pytest.mark.parametrize("value", [b"", b"\x02", b"\x01\x05", b"\x03\x05"])
def test_what_is_under_no_ring_has_number_0(value: bytes) -> None:
    assert key_number(value) == 0


def test_the_number_of_the_key_is_bound_with_the_value(ring: Keys) -> None:
    ring.add(after=1)
    sealed = bytearray(seal(SECRET, **PLACE, keys=ring))
    sealed[1] = 1
    with pytest.raises(SealBrokenError):
        unseal(bytes(sealed), **PLACE, keys=ring)
    sealed[1] = 0
    with pytest.raises(SealBrokenError):
        unseal(bytes(sealed), **PLACE, keys=ring)
    sealed[1] = 3
    with pytest.raises(KeyMissingError):
        unseal(bytes(sealed), **PLACE, keys=ring)


@pytest.mark.parametrize(
    ("part", "other"),
    [("row", "18"), ("agency", "44"), ("column", "forename"), ("table", "victims_contact")],
)
def test_a_value_of_a_ring_that_was_moved_does_not_open(ring: Keys, part: str, other: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(seal(SECRET, **PLACE, keys=ring), **{**PLACE, part: other}, keys=ring)


def test_no_flipped_bit_and_no_cut_of_a_value_of_a_ring_opens(ring: Keys) -> None:
    sealed = seal(SECRET, **PLACE, keys=ring)
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((SealBrokenError, KeyMissingError)):
            unseal(bytes(flipped), **PLACE, keys=ring)
    for length in range(len(sealed)):
        with pytest.raises(SealBrokenError):
            unseal(sealed[:length], **PLACE, keys=ring)

"""A sealed value opens in its own place and nowhere else."""

from __future__ import annotations

import pytest

from vigil.access.errors import SealBrokenError
from vigil.access.sealing import seal, unseal

PLACE = {"table": "incidents_victim", "column": "surname", "row": "17", "agency": "10"}
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

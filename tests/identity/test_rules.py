"""References of people, and who keeps his."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.identity.rules import carry_references, person_reference


def test_a_reference_can_be_read_aloud_and_typed_back() -> None:
    assert re.fullmatch(r"P-[0-9A-HJKMNP-TV-Z]{6}", person_reference(1))


def test_neighbours_in_time_are_no_neighbours_on_paper() -> None:
    first, second = person_reference(1), person_reference(2)
    assert sum(a != b for a, b in zip(first, second, strict=True)) >= 3


@given(st.lists(st.integers(1, 32**6 - 1), unique=True, max_size=200))
def test_no_two_numbers_have_one_reference(numbers: list[int]) -> None:
    assert len({person_reference(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize("number", [0, -1, 32**6])
def test_a_number_without_a_reference_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        person_reference(number)


def test_a_group_nobody_had_is_a_new_person() -> None:
    found = carry_references({7: {}})
    assert (found.kept, found.joined) == ({}, {})


def test_when_one_becomes_two_the_larger_part_keeps_the_reference() -> None:
    found = carry_references({1: {5: 2}, 9: {5: 3}})
    assert (found.kept, found.joined) == ({9: 5}, {})


def test_when_two_become_one_the_larger_keeps_his_and_the_other_points_to_him() -> None:
    found = carry_references({1: {5: 2, 6: 3}})
    assert (found.kept, found.joined) == ({1: 6}, {5: 1})


def test_among_equals_the_older_person_and_the_first_group_win() -> None:
    assert carry_references({1: {6: 2, 5: 2}}).kept == {1: 5}
    assert carry_references({4: {5: 2}, 3: {5: 2}}).kept == {3: 5}


def test_a_person_who_lost_his_larger_part_keeps_the_smaller_rather_than_vanish() -> None:
    # Person 5's four reports went to a group that 6 holds with five; one report stayed behind.
    found = carry_references({1: {6: 5, 5: 4}, 2: {5: 1}})
    assert (found.kept, found.joined) == ({1: 6, 2: 5}, {})


groups = st.dictionaries(
    st.integers(0, 8), st.dictionaries(st.integers(1, 8), st.integers(1, 5), max_size=4), max_size=8
)


@given(groups)
def test_everyone_is_kept_once_or_joined_and_nobody_is_lost(
    held: dict[int, dict[int, int]],
) -> None:
    found = carry_references(held)
    everyone = {person for by_person in held.values() for person in by_person}
    kept = list(found.kept.values())
    assert len(set(kept)) == len(kept)
    assert set(kept) | found.joined.keys() == everyone
    assert not set(kept) & found.joined.keys()
    assert all(found.joined[person] in held for person in found.joined)

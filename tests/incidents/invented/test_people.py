"""The truth behind the rows: households that are easily mistaken, moves, slips of the hand."""

import string
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.incidents.identifiers import check_letter
from vigil.incidents.invented.households import KINDS, Household, new_household
from vigil.incidents.invented.names import namings, respell
from vigil.incidents.invented.people import Population
from vigil.incidents.invented.slips import digit_slip, slip

FIRST_DAY = date(2020, 11, 23)  # a Monday
DAYS = 2_191


@pytest.fixture(scope="module")
def households() -> list[Household]:
    population = Population(Random(21), first_day=FIRST_DAY, days=DAYS, check_letter=check_letter)
    return [new_household(population) for _ in range(6_000)]


def _of_kind(households: list[Household], kind: str) -> list[Household]:
    found = [household for household in households if household.kind == kind]
    assert len(found) > 10
    return found


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_two_suspects_begin_in_one_home(kind: str, households: list[Household]) -> None:
    for household in _of_kind(households, kind):
        first, second = household.suspects
        assert first.number != second.number
        assert first.homes[0][1] == second.homes[0][1]


def test_a_father_and_his_son_are_a_generation_apart_and_often_share_the_whole_name(
    households: list[Household],
) -> None:
    found = _of_kind(households, "father_and_son")
    names = 0
    for household in found:
        first, second = household.suspects
        assert abs(first.born.year - second.born.year) >= 17
        assert first.surname == second.surname
        names += first.forename == second.forename
    assert 0.4 < names / len(found) < 0.8


def test_twins_share_the_birthday_and_never_the_forename(households: list[Household]) -> None:
    for household in _of_kind(households, "twins"):
        first, second = household.suspects
        assert first.born == second.born
        assert first.forename != second.forename


def test_most_suspects_live_with_no_other_suspect(households: list[Household]) -> None:
    single = sum(household.kind == "single" for household in households)
    assert 0.88 < single / len(households) < 0.95


def test_homes_are_in_order_and_some_moves_cross_into_another_force(
    households: list[Household],
) -> None:
    crossed = 0
    for household in households:
        for person in household.suspects:
            days = [since for since, _ in person.homes]
            assert days == sorted(days)
            assert person.home_on(DAYS - 1) == person.homes[-1][1]
            crossed += len({home[2] for _, home in person.homes}) > 1
    assert crossed > 300


def test_a_changed_surname_holds_from_its_day_and_not_before(
    households: list[Household],
) -> None:
    changed = [
        person
        for household in households
        for person in household.suspects
        if person.other_surname and person.changed_surname_day > 0
    ]
    assert len(changed) > 50
    for person in changed:
        day = person.changed_surname_day
        assert person.surname_on(day - 1) == person.surname
        assert person.surname_on(day) == person.other_surname


def test_every_origin_has_thousands_of_surnames_and_a_few_that_are_common() -> None:
    for naming in namings(Random(1)).values():
        assert len(set(naming.surnames)) > 1_000
        commonest = naming.surname_head.count(naming.surname_head[0])
        rarest = naming.surname_head.count(naming.surname_head[-1])
        assert commonest > 50 * rarest


def test_a_name_carried_over_into_english_has_several_spellings() -> None:
    naming = namings(Random(1))["muslim"]
    rng = Random(2)
    assert len({respell("Mohammed", naming, rng) for _ in range(50)}) > 2


WORDS = st.text(alphabet=string.ascii_letters + "'- ", max_size=20)


@given(word=WORDS, seed=st.integers())
def test_a_slip_changes_a_word_by_little(word: str, seed: int) -> None:
    slipped = slip(word, Random(seed))
    if len(word) < 3:
        assert slipped == word
    assert abs(len(slipped) - len(word)) <= 2


@given(text=st.text(alphabet="0123456789/AB ", max_size=14), seed=st.integers())
def test_a_slip_in_a_number_touches_at_most_two_digits(text: str, seed: int) -> None:
    slipped = digit_slip(text, Random(seed))
    assert len(slipped) == len(text)
    changed = [(old, new) for old, new in zip(text, slipped, strict=True) if old != new]
    assert len(changed) <= 2
    assert all(old.isdigit() and new.isdigit() for old, new in changed)
    if sum(character.isdigit() for character in text) >= 2:
        assert changed

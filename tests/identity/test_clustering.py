"""Groups taken apart as wholes, whatever the order of their links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vigil.identity.engine.clustering import ALWAYS, NEVER, Groups, split


def test_the_smallest_row_names_a_group() -> None:
    groups = Groups()
    groups.join(9, 4)
    groups.join(4, 7)
    groups.join(1, 2)
    assert groups.members() == {1: [1, 2], 4: [4, 7, 9]}


links = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)))


@given(links, st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = sorted(pairs, key=lambda pair: (pair[1], -pair[0]))
    first, second = Groups(), Groups()
    for left, right in pairs:
        first.join(left, right)
    for left, right in shuffled:
        second.join(left, right)
    assert first.members() == second.members()


def test_a_group_held_by_every_pair_stays() -> None:
    weights = {(1, 2): 12.0, (1, 3): 9.0, (2, 3): 1.0}
    assert split([1, 2, 3], weights, least_mean=0.0) == [[1, 2, 3]]


def test_a_chain_through_a_weak_middle_is_cut_at_its_weaker_link() -> None:
    weights = {(1, 2): 12.0, (2, 3): 8.0, (1, 3): -15.0}
    assert split([1, 2, 3], weights, least_mean=0.0) == [[1, 2], [3]]


def test_one_terrible_pair_does_not_outvote_many_good_ones() -> None:
    # Clipped at -18, so the mean of (1..3) against 4 is (12 + 12 - 18) / 3 = 2.
    weights = {(1, 2): 12.0, (1, 3): 12.0, (2, 3): 12.0, (1, 4): 12.0, (2, 4): 12.0, (3, 4): -900.0}
    assert split([1, 2, 3, 4], weights, least_mean=0.0) == [[1, 2, 3, 4]]


def test_never_keeps_two_apart_whatever_speaks_for_them() -> None:
    weights = {(1, 2): 18.0, (1, 3): ALWAYS, (2, 3): ALWAYS} | {(1, 2): NEVER}
    assert split([1, 2, 3], weights, least_mean=0.0) in ([[1, 3], [2]], [[1], [2, 3]])


some_weights = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(6, 11)), st.floats(-30, 30), max_size=20
)


@given(some_weights)
def test_splitting_loses_and_doubles_no_row(weights: dict[tuple[int, int], float]) -> None:
    pieces = split(list(range(12)), weights, least_mean=0.0)
    assert sorted(row for piece in pieces for row in piece) == list(range(12))


def test_what_a_human_called_the_same_joins_whole_groups_against_the_model() -> None:
    weights = {(1, 2): 15.0, (3, 4): 15.0, (1, 3): ALWAYS, (1, 4): -30.0, (2, 3): -30.0}
    assert split([1, 2, 3, 4], weights, least_mean=0.0) == [[1, 2, 3, 4]]


def test_not_the_same_outweighs_any_number_of_the_same() -> None:
    weights = {(1, 2): 15.0, (3, 4): 15.0, (1, 3): ALWAYS, (2, 3): ALWAYS, (2, 4): NEVER}
    assert split([1, 2, 3, 4], weights, least_mean=0.0) == [[1, 2], [3, 4]]

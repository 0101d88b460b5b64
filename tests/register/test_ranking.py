"""The ranking can be checked by hand, favours no order of input, and says its ground."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigil.incidents.feed.columns import CATEGORIES
from vigil.register.errors import FactsError
from vigil.register.rules import Ranked, SerialFacts, explain, rank
from vigil.register.weights import invented_weights

MONDAY = date(2026, 11, 23)
WEIGHTS = invented_weights()


def facts(person: str = "P-1", **changes: object) -> SerialFacts:
    one = SerialFacts(
        person=person,
        reports=4,
        victims=2,
        forces=1,
        first_on=date(2025, 1, 6),
        last_on=date(2026, 10, 24),
        by_category={"assault": 3, "threats": 1},
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def ranked(*people: SerialFacts) -> dict[str, Ranked]:
    return {one.person: one for one in rank(people, weights=WEIGHTS, on=MONDAY)}


def test_the_score_is_the_weighted_mean_of_the_four_parts() -> None:
    # 30 days: 9; 4 reports: 4; threats: 7; 2 victims: 4. (2*9 + 2*4 + 3*7 + 3*4) / 10 = 5.9
    assert rank([facts()], weights=WEIGHTS, on=MONDAY) == [
        Ranked("P-1", 9.0, 4.0, 7.0, 4.0, 5.9, 1, is_tied=False)
    ]


def test_nobody_makes_no_ranking() -> None:
    assert rank([], weights=WEIGHTS, on=MONDAY) == []


@pytest.mark.parametrize(
    ("last_on", "points"),
    [
        pytest.param(date(2026, 10, 23), 8.97, id="31 days ago, a Friday"),
        pytest.param(date(2026, 10, 24), 9.0, id="30 days ago, a Saturday"),
        pytest.param(date(2026, 10, 25), 9.03, id="29 days ago, the Sunday the clocks change"),
        pytest.param(date(2026, 11, 23), 10.0, id="today, a Monday"),
        pytest.param(date(2026, 11, 24), 10.0, id="tomorrow counts as today"),
        pytest.param(date(2023, 11, 24), 0.0, id="1,095 days ago: 0 when rounded"),
        pytest.param(None, 0.0, id="no date at all"),
    ],
)
def test_recency_falls_with_the_days_since_the_last_report(
    last_on: date | None, points: float
) -> None:
    assert ranked(facts(last_on=last_on))["P-1"].recency == points


def test_equals_share_a_rank_and_the_next_rank_counts_them() -> None:
    people = ranked(facts("a"), facts("b"), facts("c", victims=3), facts("d", reports=2))
    assert {who: one.place for who, one in people.items()} == {
        "c": "1",
        "a": "=2",
        "b": "=2",
        "d": "4",
    }
    assert list(people) == ["c", "a", "b", "d"]


def test_the_order_of_categories_does_not_matter() -> None:
    one = facts(by_category={"threats": 1, "coercive_control": 2, "": 4})
    other = facts(by_category={"": 4, "coercive_control": 2, "threats": 1})
    assert explain(one, weights=WEIGHTS, on=MONDAY) == explain(other, weights=WEIGHTS, on=MONDAY)
    assert "coercive control (2 of" in explain(one, weights=WEIGHTS, on=MONDAY)[2].ground


@pytest.mark.parametrize("by_category", [{}, {"": 4}], ids=["none counted", "none stated"])
def test_reports_without_a_category_have_the_points_of_unstated(
    by_category: dict[str, int],
) -> None:
    one = facts(by_category=by_category)
    assert ranked(one)["P-1"].gravity == WEIGHTS.gravity_points["unstated"]
    assert "none stated" in explain(one, weights=WEIGHTS, on=MONDAY)[2].ground


def test_each_part_says_its_value_unit_weight_and_ground() -> None:
    parts = explain(facts(), weights=WEIGHTS, on=MONDAY)
    assert [(p.name, p.points, p.weight, p.value, p.ground) for p in parts] == [
        ("recency", 9.0, 2.0, 30, "last report 30 days ago"),
        ("frequency", 4.0, 2.0, 4, "4 reports in 1 force"),
        ("gravity", 7.0, 3.0, 1, "gravest category: threats (1 of 4 reports)"),
        ("victims", 4.0, 3.0, 2, "2 different victims"),
    ]
    assert [p.unit for p in parts] == [
        "days since the last report",
        "reports",
        "reports of the gravest category",
        "different victims",
    ]


@pytest.mark.parametrize(
    ("last_on", "ground"),
    [
        (None, "no report has a date"),
        (MONDAY, "last report on the day itself"),
        (MONDAY - timedelta(days=1), "last report 1 day ago"),
    ],
)
def test_recency_says_how_long_ago_the_last_report_was(last_on: date | None, ground: str) -> None:
    assert explain(facts(last_on=last_on), weights=WEIGHTS, on=MONDAY)[0].ground == ground


@pytest.mark.parametrize("changes", [{"reports": 0}, {"victims": 0}], ids=["reports", "victims"])
def test_a_person_without_reports_or_victims_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(FactsError, match="at least one report and one victim"):
        rank([facts(**changes)], weights=WEIGHTS, on=MONDAY)


def test_a_category_without_points_is_refused() -> None:
    with pytest.raises(FactsError, match="arson"):
        rank([facts(by_category={"arson": 1})], weights=WEIGHTS, on=MONDAY)


def test_a_person_given_twice_is_refused() -> None:
    with pytest.raises(FactsError, match="found one twice"):
        rank([facts("a"), facts("b"), facts("a", reports=9)], weights=WEIGHTS, on=MONDAY)


any_facts = st.builds(
    SerialFacts,
    person=st.just("P-1"),
    reports=st.integers(1, 60),
    victims=st.integers(1, 12),
    forces=st.integers(1, 43),
    first_on=st.none(),
    last_on=st.none() | st.dates(date(2015, 1, 1), date(2027, 1, 1)),
    by_category=st.dictionaries(st.sampled_from([*CATEGORIES, ""]), st.integers(1, 9)),
)


@st.composite
def crowds(draw: st.DrawFn) -> list[SerialFacts]:
    people = draw(st.lists(any_facts, min_size=1, max_size=12))
    return [replace(one, person=f"P-{n}") for n, one in enumerate(people)]


@given(crowds(), st.data())
def test_more_victims_never_lowers_the_rank(people: list[SerialFacts], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(people))
    more = replace(chosen, victims=chosen.victims + data.draw(st.integers(1, 5)))
    after = [more if one is chosen else one for one in people]
    assert ranked(*after)[chosen.person].rank <= ranked(*people)[chosen.person].rank


@given(crowds(), st.randoms())
def test_the_order_of_input_does_not_matter(
    people: list[SerialFacts], chance: random.Random
) -> None:
    shuffled = people[:]
    chance.shuffle(shuffled)
    assert rank(shuffled, weights=WEIGHTS, on=MONDAY) == rank(people, weights=WEIGHTS, on=MONDAY)


@given(crowds())
def test_a_rank_is_one_more_than_the_number_of_people_above(people: list[SerialFacts]) -> None:
    found = rank(people, weights=WEIGHTS, on=MONDAY)
    for one in found:
        assert one.rank == 1 + sum(other.score > one.score for other in found)
        assert one.is_tied == (sum(other.score == one.score for other in found) > 1)
        assert 0 <= one.score <= 10

"""Who is whom: what fools others, each as a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.identity.support import HOME, Row, identified, people_of, read, reasons_of, row

TERRY = row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", **HOME)


def are_one(*rows: Row) -> bool:
    return len(set(people_of(rows))) == 1


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            row(forename="Terry", surname="Ashgrove", born_on="1984-03-09"),
            id="a short form and the birthday",
        ),
        pytest.param(
            row(forename="Ashgrove", surname="Terence", born_on="1984-03-09"),
            id="forename and surname swapped",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove-Tarrant", born_on="1984-03-09", **HOME),
            id="a double surname",
        ),
        pytest.param(
            row(
                forename="Bob",
                surname="Tarrant",
                aliases="Terence Ashgrove",
                born_on="1984-03-09",
                **HOME,
            ),
            id="an alias, the birthday and the home",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", born_on="1984-09-03", **HOME),
            id="day and month swapped",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", born_on="1984-03", **HOME),
            id="a partial birthday at the same home",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", born_on="1984-01-01", **HOME),
            id="a default day at the same home",
        ),
        pytest.param(
            row(forename="T", surname="Ashgrove", born_on="1984-03-09", **HOME), id="an initial"
        ),
        pytest.param(
            row(forename="Terense", surname="Ashgrov", born_on="1984-03-09", **HOME),
            id="slips of the pen",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", house="12 Orchard Row", postcode="QX4 7AB"),
            id="no birthday, the same home",
        ),
    ],
)
def test_one_man_is_found_through(other: Row) -> None:
    assert are_one(TERRY, other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            row(forename="Darren", surname="Ashgrove", born_on="1984-03-09", **HOME), id="twins"
        ),
        pytest.param(
            row(forename="Darren", surname="Ashgrove", born_on="1986-11-21", **HOME),
            id="brothers at one address",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", born_on="1958-07-30", **HOME),
            id="father and son of one name at one address",
        ),
        pytest.param(
            row(forename="Terence", surname="Ashgrove", born_on="1991-12-02"), id="a namesake"
        ),
        pytest.param(
            row(forename="Moira", surname="Ashgrove", born_on="1985-05-17", sex="F", **HOME),
            id="his wife",
        ),
        pytest.param(row(surname="Ashgrove"), id="a surname alone"),
    ],
)
def test_two_people_are_kept_apart_who_are(other: Row) -> None:
    assert not are_one(TERRY, other)


def test_a_phone_that_a_household_shares_is_one_fact_and_not_three() -> None:
    phone = {"phone": "07700 900123"}
    assert not are_one(
        row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", **HOME, **phone),
        row(forename="Darren", surname="Ashgrove", born_on="1986-11-21", **HOME, **phone),
    )


def test_the_victim_who_shares_the_suspect_s_surname_home_and_phone_is_not_taken_for_him() -> None:
    hers = {"victim_forename": "Moira", "victim_surname": "Ashgrove", "victim_postcode": "QX4 7AB"}
    his = row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", **HOME, **hers)
    counter = row(
        forename="Moira", surname="Ashgrove", born_on="1985-05-17", **HOME,
        victim_forename="Terence", victim_surname="Ashgrove", victim_postcode="QX4 7AB",
    )  # fmt: skip
    assert people_of([his, his | {"report_id": "2"}, counter]) == ["P0", "P0", "P2"]


def test_a_default_birthday_shared_by_two_namesakes_does_not_make_them_one() -> None:
    default = {"surname": "Ashgrove", "forename": "Terence", "born_on": "1900-01-01"}
    assert not are_one(row(**default, postcode="QX4 7AB"), row(**default, postcode="ZB9 1TT"))


def test_an_identifier_alone_never_links() -> None:
    assert not are_one(
        row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", pnc="79/163001B"),
        row(forename="Gulzar", surname="Menderwick", born_on="1991-12-02", pnc="79/163001B"),
    )


def test_two_valid_identifiers_that_differ_speak_against_one_man() -> None:
    first = TERRY | {"suspect_pnc": "79/163001B"}
    second = TERRY | {"suspect_pnc": "02/73319Z"}
    with identified([first, second], is_explained=True, keeps_all_pairs=True) as found:
        (link,) = read(found.links())
    assert link["bits_pnc"] < -6
    assert reasons_of([first, second]) == ["conflicting identifiers"]


def test_twins_and_father_and_son_are_put_before_a_person() -> None:
    twin = row(forename="Darren", surname="Ashgrove", born_on="1984-03-09", **HOME)
    father = row(forename="Terence", surname="Ashgrove", born_on="1958-07-30", **HOME)
    assert reasons_of([TERRY, twin]) == ["possible twins"]
    assert reasons_of([TERRY, father]) == ["household"]


def test_a_chain_of_likenesses_does_not_tie_two_twins_together() -> None:
    first = row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", **HOME)
    second = row(forename="Darren", surname="Ashgrove", born_on="1984-03-09", **HOME)
    nameless = row(surname="Ashgrove", born_on="1984-03-09", **HOME)
    people = people_of([first, first, nameless, second, second])
    assert people[0] == people[1] != people[3] == people[4]


def test_a_judgement_of_not_the_same_keeps_whole_clusters_apart() -> None:
    rows = [TERRY, TERRY, TERRY, TERRY]
    together = people_of(rows)
    apart = people_of(rows, never=[(0, 3)])
    assert len(set(together)) == 1
    assert apart[0] != apart[3]
    assert len(set(apart)) == 2


def test_a_judgement_of_the_same_joins_what_the_model_would_not() -> None:
    other = row(forename="Gulzar", surname="Menderwick", born_on="1991-12-02")
    assert people_of([TERRY, other]) == ["P0", "P1"]
    assert people_of([TERRY, other], always=[(1, 0)]) == ["P0", "P0"]


def test_not_the_same_outweighs_the_same_through_a_third() -> None:
    people = people_of([TERRY, TERRY, TERRY], never=[(0, 1)], always=[(0, 2), (1, 2)])
    assert people[0] != people[1]


def test_links_are_told_with_their_odds_and_their_bits() -> None:
    with identified([TERRY, TERRY], is_explained=True) as found:
        (link,) = read(found.links())
    bits = [value for name, value in link.items() if name.startswith("bits_")]
    assert link["match_weight"] == pytest.approx(sum(bits) - 14.8, abs=0.1)


names = st.sampled_from(["Terence", "Terry", "Darren", "Moira", "", "UNKNOWN"])
surnames = st.sampled_from(["Ashgrove", "Ashgrov", "Tarrant", "O'Brenlow", ""])
days = st.sampled_from(["1984-03-09", "1984-09-03", "1984", "1900-01-01", "1958-07-30", ""])
homes = st.sampled_from(["QX4 7AB", "QX4", "ZB9 1TT", ""])
some_rows = st.lists(
    st.builds(
        lambda f, s, b, p: row(forename=f, surname=s, born_on=b, postcode=p),
        names,
        surnames,
        days,
        homes,
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None)
@given(some_rows)
def test_every_row_comes_back_once_in_its_place(rows: list[Row]) -> None:
    with identified(rows) as found:
        people = read(found.people())
    assert [one["row"] for one in people] == list(range(len(rows)))
    assert all(0 <= one["certainty"] <= 1 for one in people)
    for one in people:
        # The first row of a person names him.
        assert int(one["person_id"][1:]) <= one["row"]


@settings(max_examples=10, deadline=None)
@given(some_rows, st.data())
def test_no_judged_pair_is_ever_together(rows: list[Row], data: st.DataObject) -> None:
    if len(rows) < 2:
        return
    index = st.integers(0, len(rows) - 1)
    pairs = [p for p in data.draw(st.lists(st.tuples(index, index), max_size=3)) if p[0] != p[1]]
    people = people_of(rows, never=pairs)
    assert all(people[left] != people[right] for left, right in pairs)


def test_rows_held_as_one_person_stay_so_on_weaker_evidence_than_would_join_them() -> None:
    rows = [
        row(forename="Terence", surname="Ashgrove", born_on="1984-03-09"),
        row(forename="Terence", surname="Ashgrove", postcode="QX4 7AB"),
    ]
    with identified(rows) as found:
        (link,) = read(found.links())
        thresholds = found.model.thresholds
    assert thresholds.stay <= link["match_weight"] < thresholds.join
    assert people_of(rows) == ["P0", "P1"]
    assert people_of(rows, before=[(0, 7), (1, 7)]) == ["P0", "P0"]
    assert people_of(rows, before=[(0, 7), (1, 8)]) == ["P0", "P1"]
    assert people_of(rows, before=[(0, 7), (1, 7)], never=[(0, 1)]) == ["P0", "P1"]

"""What differs between two laws on a day: marked with its Recommendation and its standing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from vigil.law.compare import Comparison, Difference, compare
from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import Regime, Standing
from vigil.law.loading import law
from vigil.law.vocabulary import PROPOSED_INSTRUMENTS

TODAY = date(2026, 11, 23)


def test_a_law_does_not_differ_from_itself() -> None:
    for regime in Regime:
        assert compare(regime, regime, TODAY).differences == ()


def test_every_difference_is_proposed_and_says_by_which_recommendation() -> None:
    found = compare("in_force", "paladin", TODAY)

    assert {each.proposal.recommendation for each in found.differences if each.proposal} == set(
        range(1, 7)
    )
    for told in found.answer():
        assert told["proposed"] is True
        assert told["recommendation"] in range(1, 7)
        assert told["standing"] in set(Standing)


def test_the_breach_of_a_dvpo_differs_in_its_nature() -> None:
    found = compare("in_force", "paladin", TODAY, instrument="DVPO")
    nature = next(told for told in found.answer() if told["what"] == "nature")

    assert nature["first"] is not None
    assert nature["second"] is not None
    assert (nature["first"]["value"], nature["second"]["value"]) == (
        "civil_contempt",
        "criminal_or_contempt",
    )
    assert nature["only_in"] is None
    assert (nature["recommendation"], nature["standing"]) == (1, "seed")
    assert nature["jurisdictions"] == ["EW"]
    assert {told["instrument"] for told in found.answer()} == {"DVPO"}


@pytest.mark.parametrize("code", PROPOSED_INSTRUMENTS)
def test_a_proposed_order_is_only_in_the_proposals(code: str) -> None:
    told = compare("in_force", "paladin", TODAY, instrument=code).answer()

    assert told
    assert {each["only_in"] for each in told} == {"paladin"}
    assert {each["first"] for each in told if each["first"] is None} == {None}


def test_the_other_way_round_the_sides_change_places() -> None:
    one = compare("in_force", "paladin", TODAY, instrument="DVPO").answer()
    other = compare("paladin", "in_force", TODAY, instrument="DVPO").answer()

    assert [each["what"] for each in one] == [each["what"] for each in other]
    assert [each["first"] for each in one] == [each["second"] for each in other]
    assert [each["only_in"] for each in one] == [each["only_in"] for each in other]
    assert all(each["proposed"] for each in other)


def test_the_same_difference_in_several_nations_is_told_once() -> None:
    found = compare("in_force", "paladin", TODAY, instrument="REGISTER").differences
    told = [each for each in found if each.what == "notify_within_days"]

    assert [each.jurisdictions for each in told] == [("EW", "S", "NI")]


def test_the_day_is_the_one_that_was_chosen() -> None:
    began = min(fact.first_day for fact in law(Regime.PALADIN).facts if fact.of == "SERIAL_PO")

    before = compare("in_force", "paladin", began - timedelta(days=1), instrument="SERIAL_PO")
    assert before.differences == ()
    assert compare("in_force", "paladin", began, instrument="SERIAL_PO").differences


def test_what_no_proposal_touches_does_not_differ() -> None:
    assert compare("in_force", "paladin", TODAY, instrument="VOO").differences == ()


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownInstrumentError, match="vigil law list"):
        compare("in_force", "paladin", TODAY, instrument="NOPE")


def test_the_differences_stand_in_the_order_of_the_data_one_subject_after_another() -> None:
    told = [each.of for each in compare("in_force", "paladin", TODAY).differences]

    assert len(dict.fromkeys(told)) == sum(
        1 for place, of in enumerate(told) if place == 0 or told[place - 1] != of
    )


def test_a_difference_that_no_proposal_makes_is_not_called_proposed() -> None:
    fact = law(Regime.IN_FORCE).facts[0]
    found = Comparison(
        Regime.IN_FORCE,
        Regime.PALADIN,
        TODAY,
        (Difference(fact.of, fact.what, fact.extent, fact, None),),
    )

    assert "proposed" not in found.answer()[0]
    assert found.answer()[0]["only_in"] == "in_force"

"""The loader refuses what is not in the stated shape, and the data in the repository is in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vigil.law.errors import LawDataError, MissingLawError
from vigil.law.facts import Confidence, Fact, Regime, Standing
from vigil.law.loading import law, load
from vigil.law.vocabulary import INSTRUMENTS, PROPOSED_INSTRUMENTS

SOURCE = """
[source]
title = "An Act 2020"
url = "https://example.org/"
"""
PROVISION = """
[[provision]]
cite = "s. 1"
url = "https://example.org/1"
first_day = 2020-01-01
confidence = "V"
checked_on = 2026-11-23
says = [
  { of = "DVPO", what = "minimum_age", value = 18, unit = "years" },
]
"""
AGE = 'what = "minimum_age", value = 18, unit = "years"'


def statute(folder: Path, text: str) -> Path:
    path = folder / "statutes" / "EW" / "an_act.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder


def reform(folder: Path, text: str) -> Path:
    path = folder / "reforms" / "paladin" / "recommendation_1.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return folder


def test_a_provision_is_read_with_all_that_it_says(tmp_path: Path) -> None:
    found = load(statute(tmp_path, SOURCE + PROVISION), Regime.IN_FORCE)

    (fact,) = found.facts
    assert fact.number == 18
    assert fact.confidence is Confidence.VERIFIED
    assert (fact.provision.act, fact.provision.cite) == ("An Act 2020", "s. 1")
    assert found.find("DVPO", "minimum_age", on=date(2019, 12, 31), jurisdiction="EW") is None
    assert found.find("DVPO", "minimum_age", on=date(2020, 1, 1), jurisdiction="EW") == fact


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cite = \"s. 1\"\n", "", "missing .'cite'"),
        ("checked_on = 2026-11-23\n", "", "missing .'checked_on'"),
        ("confidence = \"V\"", "confidence = \"sure\"", "expected one of"),
        ("confidence = \"V\"", "confidence = \"V\"\nwhy = 1", "unknown .'why'"),
        ("first_day = 2020-01-01", "first_day = \"2020-01-01\"", "without quotes"),
        ("first_day = 2020-01-01", "first_day = 2020-01-01T00:00:00", "without quotes"),
        ("first_day = 2020-01-01", "first_day = 2020-01-01\nlast_day = 2019-12-31", "on or after"),
        ("confidence = \"V\"", "confidence = \"V\"\nextent = [\"FR\"]", "FR"),
        ("confidence = \"V\"", "confidence = \"V\"\nstanding = \"seed\"", "standing"),
        (AGE, 'what = "shoe_size", value = 18, unit = "years"', "shoe_size"),
        (AGE, 'what = "minimum_age", value = 18, unit = "months"', "'years'"),
        (AGE, 'what = "minimum_age", value = -1, unit = "years"', "whole number"),
        (AGE, 'what = "minimum_age", value = true, unit = "years"', "whole number"),
        (AGE, 'what = "may_be_made", value = false, unit = "state"', "expected true"),
        (AGE, 'what = "until_further_order", value = 1, unit = "state"', "true or false"),
        (AGE, 'what = "offence", value = "", unit = "offence code"', "a text"),
        (AGE, 'what = "nature", value = "bad", unit = "code"', "bad"),
        (AGE, 'what = "applicants", value = ["king"], unit = "codes"', "king"),
        (AGE, 'what = "may_be_made_in", value = "Kent", unit = "areas"', "a list"),
        ("says = [", "says = [[", "expected TOML"),
        (PROVISION, PROVISION + PROVISION, "one value"),
    ],
)  # fmt: skip
def test_a_file_in_another_shape_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = SOURCE + PROVISION
    assert old in text

    with pytest.raises(LawDataError, match=said):
        load(statute(tmp_path, text.replace(old, new)), Regime.IN_FORCE)


def test_two_values_for_orders_made_at_different_times_may_stand_together(tmp_path: Path) -> None:
    early = PROVISION.replace("confidence", "made_last_day = 2020-11-30\nconfidence", 1)
    late = PROVISION.replace("confidence", "made_first_day = 2020-12-01\nconfidence", 1)
    late = late.replace("value = 18", "value = 16")
    found = load(statute(tmp_path, SOURCE + early + late), Regime.IN_FORCE)

    def age(made_on: date) -> int:
        return found.get(
            "DVPO", "minimum_age", on=date(2026, 1, 1), made_on=made_on, jurisdiction="EW"
        ).number

    assert (age(date(2020, 11, 30)), age(date(2020, 12, 1))) == (18, 16)


def test_a_reform_stands_before_the_statute_and_only_under_its_regime(tmp_path: Path) -> None:
    statute(tmp_path, SOURCE + PROVISION)
    proposed = PROVISION.replace('confidence = "V"', 'confidence = "U"\nstanding = "seed"')
    reform(
        tmp_path,
        SOURCE + "recommendation = 1\n" + proposed.replace("value = 18", "value = 16"),
    )

    def age(regime: Regime) -> Fact:
        return load(tmp_path, regime).get(
            "DVPO", "minimum_age", on=date(2026, 1, 1), jurisdiction="EW"
        )

    assert age(Regime.IN_FORCE).number == 18
    assert age(Regime.PALADIN).number == 16
    proposal = age(Regime.PALADIN).proposal
    assert proposal is not None
    assert (proposal.recommendation, proposal.standing) == (1, Standing.SEED)


@pytest.mark.parametrize(
    "text",
    [
        SOURCE + PROVISION,
        SOURCE + "recommendation = 1\n" + PROVISION,
        SOURCE + "recommendation = 1\n"
        + PROVISION.replace('confidence = "V"', 'confidence = "V"\nstanding = "seed"'),
    ],
    ids=["no recommendation", "no standing", "a proposal that claims to be verified"],
)  # fmt: skip
def test_a_reform_in_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LawDataError):
        load(reform(tmp_path, text), Regime.PALADIN)


def test_a_statute_may_not_carry_a_recommendation(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="recommendation"):
        load(statute(tmp_path, SOURCE + "recommendation = 1\n" + PROVISION), Regime.IN_FORCE)


def test_what_the_data_does_not_say_raises() -> None:
    with pytest.raises(MissingLawError, match="not yet answered"):
        law().get("DVPO", "maximum_years", on=date(2026, 1, 1), jurisdiction="EW")


@pytest.mark.parametrize("shape", ["number", "text", "codes"])
def test_a_value_is_not_read_as_another_shape(shape: str) -> None:
    facts = {"number": "nature", "text": "minimum_age", "codes": "minimum_age"}
    fact = law().get("DVPO", facts[shape], on=date(2026, 1, 1), jurisdiction="EW")

    with pytest.raises(TypeError, match="DVPO"):
        getattr(fact, shape)


@pytest.mark.parametrize("regime", Regime)
def test_every_fact_has_a_source_a_check_and_an_address_or_an_explicit_none(
    regime: Regime,
) -> None:
    for fact in law(regime).facts:
        assert fact.provision.act
        assert fact.provision.cite
        assert fact.provision.url is None or fact.provision.url.startswith("https://")
        assert fact.checked_on <= date(2026, 11, 23)
        assert (fact.proposal is None) or fact.confidence is Confidence.UNSETTLED


def test_every_instrument_of_the_contract_is_in_the_data() -> None:
    assert set(INSTRUMENTS) <= law().subjects
    assert set(PROPOSED_INSTRUMENTS) <= law(Regime.PALADIN).subjects


def test_every_limit_that_is_named_has_a_value() -> None:
    named = {fact.text for fact in law().facts if fact.what in ("max_summary", "same_as")}

    assert named <= law().subjects

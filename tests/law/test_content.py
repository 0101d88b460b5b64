"""What a term of an order may be: the closed lists, what must be there, and by date."""

from __future__ import annotations

from datetime import date

import pytest

from vigil.law.content import Content, content
from vigil.law.errors import MissingLawError, NotInForceError, UnknownInstrumentError
from vigil.law.facts import Confidence, Regime
from vigil.law.loading import law
from vigil.law.vocabulary import INSTRUMENTS, RULE_KINDS

TODAY = date(2026, 11, 23)
POSITIVE = {"curfew", "attend", "wear_tag", "notify"}
OF_ENGLAND_AND_WALES = [code for code in INSTRUMENTS if not code.startswith(("S_", "NI_"))]
PROHIBITIONS = ["DVPN", "DVPO", "DAPN", "RO_CONV", "RO_ACQ", "NMO", "ROSHO"]


def test_the_kinds_of_rule_are_those_of_the_doorstep() -> None:
    assert set(RULE_KINDS) == {
        "no_contact", "stay_away", "do_not_enter", "no_violence", "no_threats", "no_damage",
        "curfew", "attend", "wear_tag", "notify", "other",
    }  # fmt: skip


@pytest.mark.parametrize("instrument", OF_ENGLAND_AND_WALES)
def test_every_instrument_says_what_it_may_contain(instrument: str) -> None:
    found = content(instrument, TODAY)

    assert found.kinds
    assert "other" in found.kinds
    assert found.must_hold <= found.kinds
    assert found.may_monitor is not None
    assert ("wear_tag" in found.kinds) is found.may_monitor
    assert found.text.endswith(".")
    assert found.ground.authority


@pytest.mark.parametrize("instrument", PROHIBITIONS)
def test_what_holds_prohibitions_only_takes_no_requirement(instrument: str) -> None:
    found = content(instrument, TODAY)

    assert found.not_allowed(POSITIVE) == POSITIVE
    assert not found.needs_supervisor


@pytest.mark.parametrize("instrument", ["DVPN", "DVPO"])
def test_a_domestic_violence_notice_or_order_must_forbid_molestation(instrument: str) -> None:
    found = content(instrument, TODAY)

    assert found.lacks({"do_not_enter", "stay_away"}) == found.must_hold
    assert found.lacks({"do_not_enter", "no_violence"}) == frozenset()
    assert found.lacks({"other"}) == frozenset()
    assert found.ground.confidence is Confidence.VERIFIED


def test_an_order_that_must_hold_nothing_lacks_nothing() -> None:
    assert content("DAPO", TODAY).lacks(()) == frozenset()


@pytest.mark.parametrize("instrument", ["VOO", "VOO_I"])
def test_a_violent_offender_order_holds_places_events_and_contact_and_nothing_else(
    instrument: str,
) -> None:
    found = content(instrument, TODAY)

    assert found.kinds == {"no_contact", "stay_away", "do_not_enter", "other"}
    assert found.not_allowed(["no_violence", "no_contact"]) == {"no_violence"}


def test_a_dapo_may_be_tagged_for_twelve_months_and_its_requirements_need_a_supervisor() -> None:
    found = content("DAPO", TODAY)
    longest = law().get("DAPO", "monitoring_maximum_months", on=TODAY, jurisdiction="EW")

    assert found.kinds == set(RULE_KINDS)
    assert (found.may_monitor, found.needs_supervisor, longest.number) == (True, True, 12)


@pytest.mark.parametrize("instrument", ["SHPO", "SHPO_I", "SRO", "SRO_I"])
@pytest.mark.parametrize(
    ("on", "allows"),
    [(date(2022, 11, 28), False), (date(2022, 11, 29), True)],
    ids=["Monday 28 November 2022", "Tuesday 29 November 2022"],
)
def test_sexual_orders_take_requirements_from_29_november_2022(
    instrument: str, on: date, allows: bool
) -> None:
    found = content(instrument, on)

    assert ("attend" in found.kinds) is allows
    assert found.needs_supervisor is allows


@pytest.mark.parametrize(
    ("on", "sure"),
    [(date(2024, 11, 24), Confidence.VERIFIED), (date(2024, 11, 25), Confidence.UNSETTLED)],
)
def test_that_a_sexual_order_may_not_be_monitored_is_unsettled_after_the_text_was_read(
    on: date, sure: Confidence
) -> None:
    found = content("SHPO", on)

    assert found.may_monitor is False
    assert found.ground.confidence is sure


def test_the_law_of_its_making_is_asked_for_by_its_day() -> None:
    old = content("RO_CONV", TODAY, made_on=date(2019, 5, 6))
    new = content("RO_CONV", TODAY)

    assert old.ground.authority[0].act == "Protection from Harassment Act 1997"
    assert new.ground.authority[0].act == "Sentencing Act 2020"
    assert old.kinds == new.kinds


def test_the_law_without_a_word_on_monitoring_answers_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = law(Regime.IN_FORCE)
    index = {key: facts for key, facts in silent.index.items() if key[2] != "may_monitor"}
    less = type(silent)(silent.regime, silent.facts, index, silent.subjects)
    monkeypatch.setattr("vigil.law.content.law", lambda regime: less)

    found: Content = content("STALK_PO", TODAY)

    assert found.may_monitor is None


def test_it_refuses_what_it_does_not_know() -> None:
    with pytest.raises(UnknownInstrumentError):
        content("SERIAL_PO", TODAY)
    with pytest.raises(NotInForceError):
        content("STALK_PO", date(2020, 1, 19))
    with pytest.raises(NotInForceError):
        content("STALK_PO", TODAY, made_on=date(2020, 1, 19))


def test_what_the_data_does_not_say_of_a_term_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = law(Regime.IN_FORCE)
    index = {key: facts for key, facts in silent.index.items() if key[2] != "may_hold"}
    less = type(silent)(silent.regime, silent.facts, index, silent.subjects)
    monkeypatch.setattr("vigil.law.content.law", lambda regime: less)

    with pytest.raises(MissingLawError, match="may_hold"):
        content("DVPO", TODAY)

"""The proposals as data: each value has a standing, both orders are whole, the criteria hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vigil.law.ask import answer
from vigil.law.content import content
from vigil.law.errors import BadQuestionError, MissingLawError, UnknownInstrumentError
from vigil.law.facts import Confidence, Regime, Standing
from vigil.law.loading import law
from vigil.law.register import Criteria, criteria, qualifies
from vigil.law.serial import SerialReport
from vigil.law.vocabulary import PROPOSED_INSTRUMENTS

TODAY = date(2026, 11, 23)
# What the data says of an instrument of today, it says of a proposed one.
WHOLE = (
    "may_be_made",
    "applicants",
    "who_may_ask",
    "who_decides",
    "test",
    "standard",
    "minimum_years",
    "until_further_order",
    "duration_text",
    "service_text",
    "interim_text",
    "content_text",
    "may_hold",
    "needs_supervisor",
    "may_monitor",
    "monitoring_maximum_months",
    "binds_from",
    "territorial_effect",
    "notification",
    "notification_text",
    "nature",
    "arrest",
    "max_summary",
    "max_indictment",
    "breach_text",
    "variation",
    "renewal",
    "discharge",
    "discharge_consent_months",
    "appeal",
)


def proposed(of: str, what: str) -> Any:
    return law(Regime.PALADIN).get(of, what, on=TODAY, jurisdiction="EW")


@pytest.mark.parametrize("instrument", PROPOSED_INSTRUMENTS)
@pytest.mark.parametrize("what", WHOLE)
def test_a_proposed_order_is_a_full_instrument(instrument: str, what: str) -> None:
    fact = proposed(instrument, what)

    assert fact.proposal.recommendation == {"SERIAL_PO": 4, "RISK_OF_HARM_O": 5}[instrument]
    assert fact.confidence is Confidence.UNSETTLED


def test_no_value_of_a_proposal_is_without_a_standing_and_none_is_law() -> None:
    facts = [fact for fact in law(Regime.PALADIN).facts if fact.proposal is not None]

    assert {fact.proposal.recommendation for fact in facts if fact.proposal} == {1, 2, 3, 4, 5, 6}
    assert {fact.confidence for fact in facts} == {Confidence.UNSETTLED}
    assert {fact.proposal.standing for fact in facts if fact.proposal} == set(Standing)
    assert not [fact for fact in law().facts if fact.proposal is not None]


@pytest.mark.parametrize(
    ("of", "what", "value", "standing"),
    [
        # law.md 4.2, row by row.
        ("DVPN", "nature", "criminal", "seed"),
        ("DVPO", "nature", "criminal_or_contempt", "seed"),
        ("DVPO", "max_indictment", 60, "design_choice"),
        ("DVPO", "max_summary", "MC_GENERAL_LIMIT", "design_choice"),
        ("HOLD", "binds", True, "seed"),
        ("HOLD", "maximum_hours", 48, "design_choice"),
        ("HOLD", "maker_rank", "superintendent", "design_choice"),
        ("HOLD", "review_hours", 9, "design_choice"),
        ("REGISTER_CRITERIA", "minimum_victims", 2, "historic_proposal"),
        ("REGISTER_CRITERIA", "minimum_occasions", 2, "historic_proposal"),
        ("REGISTER_CRITERIA", "bases", ("conviction", "order"), "design_choice"),
        ("REGISTER_CRITERIA", "lookback_years_allowed", 3, "historic_proposal"),
        ("REGISTER_CRITERIA", "high_risk_single_victim", True, "historic_proposal"),
        ("REGISTER_CRITERIA", "creates_no_duty", ("intelligence",), "design_choice"),
        ("REGISTER", "periodic_months", 12, "design_choice"),
        ("REGISTER", "periodic_no_fixed_abode_days", 7, "design_choice"),
        ("REGISTER", "review_years", 15, "design_choice"),
        ("REGISTER", "review_years_under_18", 8, "design_choice"),
        ("REGISTER", "review_again_years", 8, "design_choice"),
        ("REGISTER", "is_public", False, "design_choice"),
        ("SERIAL_PO", "content_text", None, "seed"),
        ("SERIAL_PO", "minimum_years", 5, "design_choice"),
        ("SERIAL_PO", "monitoring_maximum_months", 12, "design_choice"),
        ("SERIAL_PO", "must_hold", ("attend",), "design_choice"),
        ("RISK_OF_HARM_O", "may_be_made", True, "seed"),
        ("RISK_OF_HARM_O", "minimum_occasions", 2, "design_choice"),
        ("RISK_OF_HARM_O", "minimum_years", 2, "design_choice"),
        ("RISK_OF_HARM_O", "conviction_leads_to", "REGISTER", "design_choice"),
    ],
)
def test_each_parameter_has_its_value_and_its_standing(
    of: str, what: str, value: object, standing: str
) -> None:
    fact = proposed(of, what)

    assert value is None or fact.value == value
    assert fact.proposal.standing.value == standing


def test_a_serial_perpetrator_order_must_oblige_him_to_change() -> None:
    found = content("SERIAL_PO", TODAY, Regime.PALADIN)

    assert found.lacks(["no_contact"]) == {"attend"}
    assert not found.lacks(["no_contact", "attend"])
    assert found.needs_supervisor
    assert found.may_monitor
    assert found.ground.proposal is not None


def test_a_risk_of_harm_order_may_oblige_him_and_need_not() -> None:
    found = content("RISK_OF_HARM_O", TODAY, Regime.PALADIN)

    assert "attend" in found.kinds
    assert not found.must_hold


@pytest.mark.parametrize("instrument", PROPOSED_INSTRUMENTS)
def test_neither_is_known_under_the_law_in_force(instrument: str) -> None:
    with pytest.raises(UnknownInstrumentError):
        content(instrument, TODAY)


@pytest.mark.parametrize("instrument", PROPOSED_INSTRUMENTS)
def test_a_breach_of_either_is_marked_as_proposed(instrument: str) -> None:
    asked = {"id": "1", "ask": "breach", "instrument": instrument, "on": TODAY.isoformat()}
    found = answer({**asked, "regime": "paladin"})

    assert (found["nature"], found["max_custody_months_indictment"]) == ("criminal", 60)
    assert found["proposed"] is True
    assert found["standing"] == "design_choice"


def report(day: str, victim: str, basis: str = "conviction", mark: str = "d") -> SerialReport:
    return SerialReport(
        date.fromisoformat(day), victim, basis, domestic="d" in mark, stalking="s" in mark
    )


TWO = [report("2024-03-01", "V1"), report("2025-03-01", "V2", "order")]


def test_two_victims_on_two_days_meet_the_criteria() -> None:
    found = qualifies(TWO, TODAY)

    assert found.is_met
    assert found.victims == ("V1", "V2")
    assert found.ground.proposal is not None
    assert found.ground.proposal.standing is Standing.DESIGN_CHOICE


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param([], id="no report"),
        pytest.param(TWO[:1], id="one victim"),
        pytest.param(
            [report("2024-03-01", "V1"), report("2025-03-01", "V1")], id="one victim twice"
        ),
        pytest.param([report("2024-03-01", "V1"), report("2024-03-01", "V2")], id="one day"),
        pytest.param(
            [TWO[0], report("2025-03-01", "V2", "suspect")], id="one of them an allegation"
        ),
        pytest.param([TWO[0], report("2025-03-01", "V2", "caution")], id="one of them a caution"),
        pytest.param([TWO[0], report("2025-03-01", "V2", mark="")], id="one of another kind"),
        pytest.param([TWO[0], report("2026-11-24", "V2")], id="one after the day asked for"),
    ],
)
def test_less_does_not_meet_them(reports: list[SerialReport]) -> None:
    assert not qualifies(reports, TODAY).is_met


@pytest.mark.parametrize(
    ("risk", "basis", "is_met"),
    [
        ("high", "conviction", True),
        ("very_high", "conviction", True),
        ("medium", "conviction", False),
        (None, "conviction", False),
        ("very_high", "order", False),
    ],
)
def test_one_conviction_and_a_high_risk_suffice(risk: str | None, basis: str, is_met: bool) -> None:
    found = qualifies([report("2025-03-01", "V1", basis)], TODAY, risk=risk)

    assert found.is_met is is_met
    assert len(found.because) == (2 if is_met else 1)


@pytest.mark.parametrize(
    ("links", "is_met"),
    [([], True), ([("V2", "V1")], False), ([("V1", "V3")], True)],
)
def test_victims_who_must_be_unconnected_are_not_counted_as_a_family(
    links: list[tuple[str, str]], is_met: bool
) -> None:
    by = criteria(TODAY, victim_rule="unconnected")

    assert qualifies(TWO, TODAY, by=by, victim_links=links).is_met is is_met
    assert qualifies(TWO, TODAY, victim_links=links).is_met


def test_of_three_victims_two_who_are_unconnected_suffice() -> None:
    by = criteria(TODAY, victim_rule="unconnected")
    links = [("V1", "V2"), ("V2", "V3")]
    reports = [*TWO, report("2026-03-01", "V3")]

    assert qualifies(reports, TODAY, by=by, victim_links=links).is_met
    assert not qualifies([], TODAY, by=by, victim_links=links).is_met


@pytest.mark.parametrize(
    ("day", "is_met"), [("2023-11-22", False), ("2023-11-23", True), ("2023-11-24", True)]
)
def test_three_years_back_is_the_same_date_three_years_ago(day: str, is_met: bool) -> None:
    by = criteria(TODAY, lookback_years=3)

    assert qualifies([report(day, "V1"), TWO[1]], TODAY, by=by).is_met is is_met


def test_intelligence_counts_only_where_it_is_set_to() -> None:
    reports = [report("2024-03-01", "V1", "suspect"), report("2025-03-01", "V2", "suspect")]
    by = criteria(TODAY, bases=["conviction", "intelligence"])

    assert qualifies(reports, TODAY, by=by).is_met
    assert not qualifies(reports, TODAY).is_met


@pytest.mark.parametrize(
    "setting",
    [
        {"victim_rule": "strangers"},
        {"bases": ["rumour"]},
        {"bases": []},
        {"lookback_years": 0},
    ],
)
def test_a_setting_that_no_source_names_is_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(BadQuestionError):
        criteria(TODAY, **setting)


def test_the_criteria_have_a_first_day() -> None:
    assert isinstance(criteria(date(2010, 1, 1)), Criteria)
    with pytest.raises(MissingLawError):
        criteria(date(2009, 12, 31))

"""What the data says of each order of England and Wales beyond the questions: tables to read.

Each row was taken from the Act, or from the project's collection of the law, before it was asked.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from vigil.law.facts import Confidence, Fact
from vigil.law.loading import law
from vigil.law.validity import validity
from vigil.law.vocabulary import INSTRUMENTS, TERMS, Shape

TODAY = date(2026, 11, 23)
OF_ENGLAND_AND_WALES = [code for code in INSTRUMENTS if not code.startswith(("S_", "NI_"))]
OWN = [fact for fact in law().facts if fact.of in OF_ENGLAND_AND_WALES and "EW" in fact.extent]


def said(of: str, what: str, on: date = TODAY, made_on: date | None = None) -> Fact:
    return law().get(of, what, on=on, jurisdiction="EW", made_on=made_on)


def is_silent(of: str, what: str, on: date = TODAY) -> bool:
    return law().find(of, what, on=on, jurisdiction="EW") is None


@pytest.mark.parametrize(
    ("instrument", "binds_from"),
    [
        ("DVPN", "service"),
        ("DAPN", "service"),
        ("NMO", "service_or_knowledge"),
        ("DAPO", "service_or_knowledge"),
        *((code, "making") for code in OF_ENGLAND_AND_WALES
          if code not in ("DVPN", "DAPN", "NMO", "DAPO")),
    ],
)  # fmt: skip
def test_from_when_it_binds_is_what_the_doorstep_says(instrument: str, binds_from: str) -> None:
    assert said(instrument, "binds_from").value == binds_from


@pytest.mark.parametrize(
    ("instrument", "months", "sure"),
    [
        ("STALK_PO", 24, Confidence.VERIFIED),
        ("SHPO", 60, Confidence.VERIFIED),
        ("VOO", 24, Confidence.VERIFIED),
    ],
)
def test_no_discharge_without_consent_before(
    instrument: str, months: int, sure: Confidence
) -> None:
    fact = said(instrument, "discharge_consent_months")

    assert (fact.number, fact.confidence) == (months, sure)


def test_an_interim_stalking_order_is_discharged_without_any_consent() -> None:
    assert is_silent("STALK_PO_I", "discharge_consent_months")
    assert "no consent" in said("STALK_PO_I", "discharge").text


@pytest.mark.parametrize("instrument", ["DVPN", "DVPO", "DAPN"])
def test_what_cannot_be_renewed_says_so(instrument: str) -> None:
    assert said(instrument, "renewal").text.startswith("None")


@pytest.mark.parametrize(
    ("instrument", "on", "words"),
    [
        # Sunday 21 April 2024, the day before the guidance; Monday 22 April, its first day.
        ("STALK_PO", date(2020, 1, 20), "criminal standard"),
        ("STALK_PO", date(2024, 4, 21), "criminal standard"),
        ("STALK_PO", date(2024, 4, 22), "civil standard"),
        ("CBO", date(2020, 11, 30), "Beyond reasonable doubt"),
        ("CBO", date(2020, 12, 1), "says only that the court is satisfied"),
        ("SHPO", date(2022, 11, 29), "balance of probabilities"),
        ("SRO", date(2022, 11, 29), "Balance of probabilities"),
        ("DVPO", TODAY, "Balance of probabilities"),
        ("DAPO", TODAY, "Balance of probabilities"),
        ("DVPN", TODAY, "Reasonable grounds"),
        ("DAPN", TODAY, "Reasonable grounds"),
    ],
)
def test_the_standard_of_proof_on_a_day(instrument: str, on: date, words: str) -> None:
    assert words in said(instrument, "standard", on).text


@pytest.mark.parametrize("instrument", ["SHPO", "SRO"])
def test_before_the_standard_was_written_down_nothing_is_said_of_it(instrument: str) -> None:
    assert is_silent(instrument, "standard", date(2022, 11, 28))


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2009, 9, 29), "under s. 2 or 4"), (date(2009, 9, 30), "for any offence")],
    ids=["Tuesday 29 September 2009", "Wednesday 30 September 2009"],
)
def test_a_restraining_order_on_conviction_was_for_two_offences_before_it_was_for_any(
    on: date, words: str
) -> None:
    assert words in said("RO_CONV", "who_decides", on).text


@pytest.mark.parametrize(
    ("on", "act"),
    [
        (date(2020, 11, 30), "Protection from Harassment Act 1997"),
        (date(2020, 12, 1), "Sentencing Act 2020"),
    ],
)
def test_a_restraining_order_changes_its_act_with_the_code(on: date, act: str) -> None:
    for what in ("test", "variation", "breach_text", "may_hold", "appeal"):
        assert said("RO_CONV", what, on).provision.act == act
        assert said("RO_CONV", what, TODAY, made_on=on).provision.act == act


@pytest.mark.parametrize(
    ("on", "is_named"), [(date(2022, 11, 28), False), (date(2022, 11, 29), True)]
)
@pytest.mark.parametrize("instrument", ["SHPO", "SHPO_I", "SRO", "SRO_I"])
def test_two_more_police_forces_may_ask_from_29_november_2022(
    instrument: str, on: date, is_named: bool
) -> None:
    told = said(instrument, "who_may_ask", on).text

    assert ("British Transport Police" in told) is is_named
    assert "National Crime Agency" in told


@pytest.mark.parametrize("instrument", ["DAPN", "DAPO"])
@pytest.mark.parametrize(
    ("area", "on", "problem", "sure"),
    [
        ("Greater Manchester", date(2024, 11, 26), "not_in_force", Confidence.VERIFIED),
        ("Greater Manchester", date(2024, 11, 27), None, Confidence.VERIFIED),
        ("London Borough of Croydon", date(2024, 11, 27), None, Confidence.VERIFIED),
        ("British Transport Police", date(2024, 11, 27), None, Confidence.VERIFIED),
        ("Cleveland", date(2025, 3, 4), "not_in_force_in_area", Confidence.VERIFIED),
        ("Cleveland", date(2025, 3, 5), None, Confidence.VERIFIED),
        ("Hartlepool", date(2025, 3, 10), "not_in_force_in_area", Confidence.VERIFIED),
        ("Hartlepool", date(2025, 3, 11), None, Confidence.VERIFIED),
        ("Cleveland", date(2025, 11, 26), None, Confidence.VERIFIED),
        ("Cleveland", date(2025, 11, 27), None, Confidence.VERIFIED),
        ("Gwynedd", date(2025, 4, 27), "not_in_force_in_area", Confidence.VERIFIED),
        ("Gwynedd", date(2025, 4, 28), None, Confidence.VERIFIED),
        ("North Wales Police", date(2025, 4, 28), None, Confidence.VERIFIED),
        ("Greater Manchester", date(2026, 3, 31), None, Confidence.VERIFIED),
        ("Greater Manchester", date(2026, 4, 1), None, Confidence.UNSETTLED),
        ("Gwynedd", date(2026, 4, 1), None, Confidence.UNSETTLED),
        ("Kent", date(2026, 4, 1), "not_in_force_in_area", Confidence.UNSETTLED),
        ("Metropolitan Police", date(2026, 3, 31), "not_in_force_in_area", Confidence.VERIFIED),
    ],
)
def test_the_pilot_by_area_and_by_day(
    instrument: str, area: str, on: date, problem: str | None, sure: Confidence
) -> None:
    found = validity(instrument, on, area=area)

    assert [each.code for each in found.problems] == ([problem] if problem else [])
    assert found.ground.confidence is sure


def test_the_first_order_for_cleveland_ended_and_was_not_extended() -> None:
    named = [fact for fact in OWN if fact.what == "may_be_made_in" and "Cleveland" in fact.codes]

    assert {fact.provision.act for fact in named} == {"SI 2025/261"}
    assert {(fact.first_day, fact.last_day) for fact in named} == {
        (date(2025, 3, 5), date(2025, 11, 26))
    }


@pytest.mark.parametrize(
    ("on", "act"),
    [
        (date(2020, 11, 30), "Sexual Offences Act 2003"),
        (date(2020, 12, 1), "Sentencing Act 2020"),
    ],
)
def test_the_duty_to_notify_under_a_sexual_harm_order_cites_the_act_of_its_day(
    on: date, act: str
) -> None:
    assert said("SHPO", "notification", on).provision.act == act


@pytest.mark.parametrize("instrument", ["DAPN", "DAPO"])
def test_the_protected_person_of_a_domestic_abuse_order_is_16_or_over(instrument: str) -> None:
    assert said(instrument, "minimum_age_protected").number == 16
    assert said(instrument, "minimum_age").number == 18


@pytest.mark.parametrize(
    "full", [code for code in OF_ENGLAND_AND_WALES if f"{code}_I" in INSTRUMENTS]
)
def test_an_interim_order_and_the_full_one_name_each_other(full: str) -> None:
    interim = said(full, "interim_instrument").text

    assert interim == f"{full}_I"
    assert said(interim, "leads_to").text == full


@pytest.mark.parametrize(("notice", "order"), [("DVPN", "DVPO"), ("DAPN", "DAPO")])
def test_a_notice_leads_to_its_order(notice: str, order: str) -> None:
    assert said(notice, "leads_to").text == order


@pytest.mark.parametrize(
    ("instrument", "on", "sure"),
    [
        ("DVPN", TODAY, Confidence.VERIFIED),
        ("DVPO", TODAY, Confidence.VERIFIED),
        ("STALK_PO", date(2026, 4, 29), Confidence.UNSETTLED),
        ("SHPO", date(2024, 11, 24), Confidence.VERIFIED),
        ("SHPO", date(2024, 11, 25), Confidence.UNSETTLED),
    ],
)
def test_what_is_not_in_force_is_a_fact_with_its_confidence(
    instrument: str, on: date, sure: Confidence
) -> None:
    found = law().find_all(instrument, "not_in_force", on=on, jurisdiction="EW")

    assert found
    assert {fact.confidence for fact in found} == {sure}


def test_what_is_not_in_force_changes_nothing_that_is() -> None:
    assert validity("DVPN", TODAY, area="Greater Manchester").is_valid
    assert validity("DVPO", TODAY, area="Greater Manchester").is_valid
    own_motion = validity("STALK_PO", TODAY, applicant="court")
    assert [problem.code for problem in own_motion.problems] == ["applicant_not_allowed"]


@pytest.mark.parametrize("instrument", ["DVPO", "NMO", "OCC_O", "RO_CONV", "RO_ACQ", "CBO"])
def test_that_no_enforcement_elsewhere_was_found_is_unsettled(instrument: str) -> None:
    assert said(instrument, "territorial_effect").confidence is Confidence.UNSETTLED


@pytest.mark.parametrize("instrument", ["STALK_PO", "STALK_PO_I", "DAPN", "DAPO"])
def test_what_has_effect_in_the_whole_kingdom_says_so(instrument: str) -> None:
    assert said(instrument, "territorial_effect").text.startswith("All parts of the United Kingdom")


def test_every_text_is_a_sentence_that_names_nobody_he_or_she() -> None:
    texts = [
        fact for fact in OWN
        if TERMS[fact.what].shape is Shape.TEXT and TERMS[fact.what].unit == "text"
        and fact.what not in ("contempt", "enforceable_as")
    ]  # fmt: skip

    assert len(texts) > 250
    assert [fact.text for fact in texts if not fact.text.endswith(".")] == []
    gendered = re.compile(r"\b(he|him|his|she|her|hers)\b", re.IGNORECASE)
    assert [fact.text for fact in texts if gendered.search(fact.text)] == []


def test_every_provision_cites_a_place_in_its_own_act() -> None:
    for fact in OWN:
        assert re.search(r"\d|Part|Recommendation|guidance|period", fact.provision.cite)
        if fact.provision.url is not None:
            assert fact.provision.url.startswith(
                ("https://www.legislation.gov.uk/", "https://www.gov.uk/")
            )

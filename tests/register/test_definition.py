"""Who is a candidate: the marks on a report, the window, the age, the four definitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vigil.law.errors import BadQuestionError
from vigil.register.definition import (
    ReportFacts,
    is_candidate,
    is_domestic,
    is_stalking,
    oldest_age,
)

MONDAY = date(2026, 11, 23)


def report(number: int = 1, **changes: object) -> ReportFacts:
    one = ReportFacts(
        reference=f"10/{number}",
        reported_on=date(2026, 3, 2),
        occurred_on=date(2026, 3, 1),
        category="assault",
        offence="",
        basis="suspect",
        relationship="ex_partner",
        victim=f"V-{number}",
        born_on="1990-05-17",
    )
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("relationship", "category", "domestic"),
    [
        ("partner", "assault", True),
        ("ex_partner", "assault", True),
        ("family", "threats", True),
        ("stranger", "assault", False),
        ("colleague", "harassment", False),
        ("", "assault", False),
        ("unknown", "non_crime_domestic", True),
        ("", "coercive_control", True),
        ("stranger", "stalking", False),
    ],
)
def test_a_report_is_domestic_by_relationship_or_by_category(
    relationship: str, category: str, domestic: bool
) -> None:
    assert is_domestic(report(relationship=relationship, category=category)) is domestic


@pytest.mark.parametrize(
    ("category", "offence", "stalking"),
    [
        ("stalking", "", True),
        ("other_crime", "PH97006", True),
        ("harassment", "PH97004", False),
        ("assault", "", False),
    ],
)
def test_a_report_is_of_stalking_by_category_or_by_offence(
    category: str, offence: str, stalking: bool
) -> None:
    assert is_stalking(report(category=category, offence=offence)) is stalking


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        pytest.param("2010-03-02", date(2026, 3, 1), 15, id="the day before his birthday"),
        pytest.param("2010-03-02", date(2026, 3, 2), 16, id="on his birthday"),
        pytest.param("2010-03-02", date(2026, 3, 3), 16, id="the day after his birthday"),
        pytest.param("2008-02-29", date(2026, 2, 28), 17, id="29 February: not yet"),
        pytest.param("2008-02-29", date(2026, 3, 1), 18, id="29 February: the day after"),
        pytest.param("2010-03", date(2026, 3, 1), 16, id="a month: the oldest he may be"),
        pytest.param("2010", date(2026, 1, 1), 16, id="a year: the oldest he may be"),
        pytest.param("", date(2026, 1, 1), None, id="not known"),
        pytest.param("2010-02-30", date(2026, 1, 1), None, id="no such day"),
        pytest.param("2030-01-01", date(2026, 1, 1), None, id="not born yet"),
        pytest.param("1850-01-01", date(2026, 1, 1), None, id="older than anybody"),
    ],
)
def test_his_age_is_the_oldest_that_his_birthday_allows(
    born_on: str, on: date, age: int | None
) -> None:
    assert oldest_age(born_on, on) == age


@pytest.mark.parametrize(
    ("first_on", "serial"),
    [
        pytest.param(date(2023, 11, 22), False, id="a Wednesday, a day too old"),
        pytest.param(date(2023, 11, 23), True, id="the Thursday three years before, inclusive"),
        pytest.param(date(2023, 11, 24), True, id="a Friday, within"),
    ],
)
def test_northumbrias_window_is_three_years_to_the_day(first_on: date, serial: bool) -> None:
    reports = [report(1, occurred_on=first_on), report(2)]
    assert is_candidate("northumbria_matac", MONDAY, reports).is_serial is serial


def test_the_definition_of_2009_looks_back_without_limit() -> None:
    reports = [report(1, occurred_on=date(2009, 1, 5)), report(2)]
    assert is_candidate("acpo_2009", MONDAY, reports).is_serial


def test_the_day_of_the_report_stands_in_for_a_day_that_is_not_known() -> None:
    one = report(1, occurred_on=None, reported_on=date(2023, 11, 22))
    assert not is_candidate("northumbria_matac", MONDAY, [one, report(2)]).is_serial


@pytest.mark.parametrize(
    ("born_on", "serial"),
    [("2010-03-02", True), ("2010-03-03", False), ("", True)],
    ids=["16 on the day of the report", "15 on the day of the report", "age not known"],
)
def test_northumbria_counts_reports_on_those_of_16_or_over(born_on: str, serial: bool) -> None:
    reports = [report(1, born_on=born_on), report(2, born_on=born_on)]
    assert is_candidate("northumbria_matac", MONDAY, reports).is_serial is serial


@pytest.mark.parametrize(
    ("definition", "serial"),
    [
        ("acpo_2009", True),
        ("northumbria_matac", True),
        ("richards", False),
        ("lords_42_2021", False),
    ],
)
def test_the_four_definitions_differ_on_two_domestic_reports(definition: str, serial: bool) -> None:
    answer = is_candidate(definition, MONDAY, [report(1), report(2)])
    assert answer.is_serial is serial
    assert answer.because


def test_two_reports_of_one_victim_are_not_two_victims() -> None:
    reports = [report(1, victim="V-1"), report(2, victim="V-1")]
    assert not is_candidate("northumbria_matac", MONDAY, reports).is_serial


def test_connected_victims_do_not_count_as_two_in_the_definition_of_2009() -> None:
    reports = [report(1), report(2)]
    assert not is_candidate("acpo_2009", MONDAY, reports, [("V-1", "V-2")]).is_serial


@pytest.mark.parametrize("definition", ["acpo_2009", "northumbria_matac", "richards"])
def test_reports_of_unknown_victims_make_no_second_victim(definition: str) -> None:
    reports = [report(1), report(2, victim=""), report(3, victim="", occurred_on=MONDAY)]
    stalking = [replace(one, category="stalking") for one in reports]
    answer = is_candidate(definition, MONDAY, stalking)
    assert not answer.is_serial
    assert answer.victims == ("V-1",)


def test_a_conviction_without_a_named_victim_is_a_conviction() -> None:
    reports = [report(1, basis="conviction"), report(2, basis="conviction", victim="")]
    assert is_candidate("lords_42_2021", MONDAY, reports).is_serial


def test_a_report_without_a_basis_is_a_suspicion_and_no_conviction() -> None:
    reports = [report(1, basis=""), report(2, basis="")]
    assert not is_candidate("lords_42_2021", MONDAY, reports, risk="high").is_serial
    assert is_candidate("acpo_2009", MONDAY, reports).is_serial


def test_one_conviction_and_a_high_risk_are_enough_for_the_lords() -> None:
    reports = [report(1, basis="conviction")]
    assert is_candidate("lords_42_2021", MONDAY, reports, risk="high").is_serial


def test_a_definition_that_nobody_made_is_refused() -> None:
    with pytest.raises(BadQuestionError):
        is_candidate("mine", MONDAY, [])

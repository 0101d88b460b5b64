"""Recognition: what every answer carries, and that a longer measure never binds for less time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.law.ask import answer
from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.recognition import Measure, possible_refusals, recognition
from vigil.law.vocabulary import COUNTRIES, INSTRUMENTS, MEASURES

PLACES = ("EW", "S", "NI", "FR", "DK", "IE", "NO", "CA")


def test_every_country_of_the_standard_is_known_but_two() -> None:
    """249 are assigned; the United Kingdom is asked by its nations, and NI is one of them."""
    assert len(COUNTRIES) == 249 - 2
    assert not COUNTRIES & {"GB", "NI", "UK", "EU", "XX"}


@settings(deadline=None)  # the time is that of a shared machine
@given(
    st.sampled_from(sorted({*INSTRUMENTS, *MEASURES})),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.dates(date(1996, 1, 1), date(2035, 1, 1)),
    st.dates(date(1996, 1, 1), date(2035, 1, 1)),
    st.sampled_from(["in_force", "paladin"]),
)
def test_every_answer_has_an_authority_and_says_either_yes_or_why_not(
    measure: str, origin: str, destination: str, one: date, other: date, regime: str
) -> None:
    found = answer(
        {
            "id": "1",
            "ask": "recognition",
            "measure": measure,
            "from": origin,
            "to": destination,
            "on": max(one, other).isoformat(),
            "received_on": min(one, other).isoformat(),
            "certificate_issued_on": min(one, other).isoformat(),
            "regime": regime,
        }
    )

    if "error" in found:
        assert found["error"]["code"] in ("bad_question", "not_in_force"), found
        assert "expected the law's data" not in found["error"]["message"]
        return
    assert found["authority"]
    assert found["recognised"] is (found["refusal_grounds"] == [])
    assert found["recognised"] or found["enforceable_as"] is None


@settings(deadline=None)  # the time is that of a shared machine
@given(st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.integers(0, 500))
def test_the_effect_never_ends_after_the_measure(certificate_issued_on: date, days: int) -> None:
    last_day = date.fromordinal(certificate_issued_on.toordinal() + days)
    found = recognition(
        Measure(
            "CIVIL_606_2013",
            "FR",
            "EW",
            certificate_issued_on,
            certificate_issued_on,
            certificate_issued_on,
            last_day,
        )
    )

    assert found.effect_last_day is not None
    assert certificate_issued_on <= found.effect_last_day <= last_day
    assert (found.effect_last_day - certificate_issued_on).days <= 366


NINE = (
    "INCOMPLETE",
    "ART5_NOT_MET",
    "NOT_OFFENCE",
    "AMNESTY",
    "IMMUNITY",
    "TIME_BARRED",
    "NE_BIS_IN_IDEM",
    "UNDER_AGE_CRIM_RESP",
    "TERRITORIALITY",
)


@pytest.mark.parametrize(
    ("destination", "has_amnesty", "confidence"),
    [
        ("FR", True, "known"),
        ("EW", False, "secondary"),
        ("NI", False, "known"),
        ("S", True, "verified"),
    ],
)
def test_a_european_protection_order_may_be_refused_on_the_grounds_of_the_directive(
    destination: str, has_amnesty: bool, confidence: str
) -> None:
    found = possible_refusals("EPO", destination, date(2018, 5, 1))

    assert found.codes == tuple(code for code in NINE if has_amnesty or code != "AMNESTY")
    assert found.ground.confidence.value == confidence


def test_a_civil_measure_is_refused_on_two_grounds_only() -> None:
    found = possible_refusals("CIVIL_606_2013", "EW", date(2026, 11, 23))

    assert found.codes == ("PUBLIC_POLICY", "IRRECONCILABLE")


@pytest.mark.parametrize(
    ("measure", "destination", "on", "error"),
    [
        ("STALK_PO", "EW", date(2026, 1, 1), BadQuestionError),
        ("EPO", "XX", date(2026, 1, 1), BadQuestionError),
        ("EPO", "EW", date(2015, 1, 10), NotInForceError),
        ("EPO", "S", date(2015, 3, 10), NotInForceError),
    ],
)
def test_no_ground_is_told_for_what_was_not_there(
    measure: str, destination: str, on: date, error: type[Exception]
) -> None:
    with pytest.raises(error):
        possible_refusals(measure, destination, on)


@pytest.mark.parametrize(
    ("on", "recognised", "enforceable_as", "confidence"),
    [
        ("2015-01-10", False, None, "known"),  # the Directive applies from 11 Jan 2015
        ("2015-01-11", True, "a measure of a court in Scotland", "unsettled"),
        ("2015-03-10", True, "a measure of a court in Scotland", "unsettled"),
        ("2015-03-11", True, "a non-harassment order of the sheriff", "verified"),  # SSI 2015/107
        ("2020-12-31", True, "a non-harassment order of the sheriff", "verified"),
        ("2021-01-01", False, None, "unsettled"),
    ],
)
def test_a_european_protection_order_in_scotland_day_by_day(
    on: str, recognised: bool, enforceable_as: str | None, confidence: str
) -> None:
    found = answer(
        {"id": "1", "ask": "recognition", "measure": "EPO", "from": "FR", "to": "S", "on": on}
    )

    assert (found["recognised"], found["enforceable_as"]) == (recognised, enforceable_as)
    assert found["confidence"] == confidence


@pytest.mark.parametrize("nation", ["EW", "S", "NI"])
@pytest.mark.parametrize(("received_on", "stands"), [("2020-12-31", True), ("2021-01-01", False)])
def test_one_received_before_the_end_of_the_transition_runs_on(
    nation: str, received_on: str, stands: bool
) -> None:
    asked = {"id": "1", "ask": "recognition", "measure": "EPO", "from": "ES", "to": nation}
    found = answer({**asked, "on": "2026-11-23", "received_on": received_on})

    assert found["recognised"] is stands

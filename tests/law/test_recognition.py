"""Recognition: what every answer carries, and that a longer measure never binds for less time."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from vigil.law.ask import answer
from vigil.law.recognition import Measure, recognition
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

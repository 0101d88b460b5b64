"""Guided making: may it be asked for here, now, by us; each refusal with its provision."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.orders import HIS, agencies, officer, person
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.models import Agency
from vigil.access.viewer import Role
from vigil.orders import queries
from vigil.orders.errors import UnknownOrderKindError
from vigil.orders.guiding import Guide, guide
from vigil.orders.kinds import KINDS

TODAY = date(2026, 11, 23)  # a Monday


def codes(found: Guide) -> list[str]:
    return [one.code for one in found.refusals]


@pytest.mark.parametrize("instrument", KINDS)
@pytest.mark.parametrize("regime", ["in_force", "paladin"])
def test_every_refusal_has_its_provision_and_every_word_of_the_law_too(
    instrument: str, regime: str
) -> None:
    found = guide(instrument, on=TODAY, regime=regime)
    assert found.may is not bool(found.refusals)
    for refusal in found.refusals:
        assert refusal.message.endswith(".")
        assert refusal.provisions
    for told in found.told:
        assert told.text
        assert told.provision
    assert found.is_proposed is KINDS[instrument].is_proposed


@pytest.mark.parametrize(
    "instrument", sorted(k for k in KINDS if guide(k, on=TODAY, regime="paladin").may)
)
def test_what_may_be_made_says_its_test_and_its_terms(instrument: str) -> None:
    found = guide(instrument, on=TODAY, regime="paladin")
    # Of the interim violent offender order the data gives no test: nothing is made up for it.
    assert (found.says("test") is not None) is (instrument != "VOO_I")
    assert found.content is not None
    assert found.content.kinds


CASES: list[tuple[str, str, dict[str, Any], list[str]]] = [
    ("a stalking order by the police", "STALK_PO", {}, []),
    ("a stalking order by the victim", "STALK_PO", {"applicant": "victim"},
     ["applicant_not_allowed"]),
    ("a stalking order by a charity", "STALK_PO", {"agency_kind": "partner"},
     ["applicant_not_allowed"]),
    ("a charity for the victim", "NMO", {"agency_kind": "partner", "applicant": "victim"}, []),
    ("a behaviour order by the prosecution", "CBO", {"agency_kind": "prosecution"}, []),
    ("a behaviour order by the police", "CBO", {}, ["applicant_not_allowed"]),
    ("a child of 9", "STALK_PO", {"subject_age": 9}, ["subject_too_young"]),
    ("a child of 10", "STALK_PO", {"subject_age": 10}, []),
    ("a domestic order against a child", "DVPO", {"subject_age": 17}, ["subject_too_young"]),
    ("a notice by a chief inspector", "DVPN", {"issuer_rank": "chief_inspector"},
     ["rank_too_low"]),
    ("a notice by a superintendent", "DVPN", {"issuer_rank": "superintendent"}, []),
    ("an abuse notice by a sergeant", "DAPN", {"issuer_rank": "sergeant"}, ["rank_too_low"]),
    ("an abuse notice by an inspector", "DAPN", {"issuer_rank": "inspector"}, []),
    ("an abuse order where it is piloted", "DAPO", {"area": "Croydon"}, []),
    ("an abuse order elsewhere", "DAPO", {"area": "Westminster"}, ["not_in_force_in_area"]),
    ("13 days", "DVPO", {"last_day": date(2026, 12, 5)}, ["too_short"]),
    ("14 days", "DVPO", {"last_day": date(2026, 12, 6)}, []),
    ("28 days", "DVPO", {"last_day": date(2026, 12, 20)}, []),
    ("29 days", "DVPO", {"last_day": date(2026, 12, 21)}, ["too_long"]),
    ("a notice has no last day to ask for", "DVPN", {"last_day": date(2026, 12, 21)}, []),
    ("never in force", "S_DAPO", {}, ["not_in_force"]),
    ("the day before its Act", "STALK_PO", {"on": date(2020, 1, 19)}, ["not_in_force"]),
    ("the day of its Act", "STALK_PO", {"on": date(2020, 1, 20)}, []),
    ("an order of another nation", "NI_STALK_PO", {"jurisdiction": "EW"}, ["not_in_force"]),
    ("an order of its own nation", "NI_STALK_PO", {}, []),
    ("proposed, under the law in force", "SERIAL_PO", {}, ["proposed"]),
    ("proposed, under the proposals", "SERIAL_PO", {"regime": "paladin"}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("instrument", "asked", "expected"), [one[1:] for one in CASES], ids=[one[0] for one in CASES]
)
def test_may_it_be_asked_for_here_now_by_us(
    instrument: str, asked: dict[str, Any], expected: list[str]
) -> None:
    found = guide(instrument, **{"on": TODAY, **asked})
    assert codes(found) == expected
    assert found.may is (not expected)


def test_what_is_proposed_is_told_and_called_proposed() -> None:
    found = guide("SERIAL_PO", on=TODAY)
    assert found.is_proposed
    assert not found.may
    assert found.content is not None
    assert "attend" in found.content.must_hold
    assert "Recommendation 4" in found.refusals[0].provisions


def test_a_notice_leads_to_its_order_and_an_order_may_have_an_interim_one() -> None:
    assert guide("DVPN", on=TODAY).leads_to == "DVPO"
    assert guide("STALK_PO", on=TODAY).interim == "STALK_PO_I"
    assert guide("DVPO", on=TODAY).interim is None


def test_what_the_law_does_not_say_is_not_said() -> None:
    found = guide("NI_DVPO", on=TODAY)
    assert (found.says("test"), found.content) == (None, None)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownOrderKindError):
        guide("ASBO", on=TODAY)


@pytest.mark.django_db
def test_the_guide_is_asked_under_the_regime_of_the_agency() -> None:
    agencies()
    person()
    found, reports = queries.guide_for(officer(), "SERIAL_PO", on=TODAY, respondent=HIS)
    assert (codes(found), reports) == (["proposed"], ())
    Agency.objects.filter(code="10").update(regime="paladin")
    found, _ = queries.guide_for(officer(), "SERIAL_PO", on=TODAY)
    assert found.may


@pytest.mark.django_db
def test_whoever_may_not_read_orders_is_not_guided() -> None:
    agencies()
    with pytest.raises((NotFoundError, NotAllowedError)):
        queries.guide_for(officer(Role.ADVOCATE), "STALK_PO", on=TODAY)

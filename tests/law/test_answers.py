"""The typed functions that other rooms call: serial, register, breach, validity, notification."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from vigil.law import binding
from vigil.law.breach import breach_consequence
from vigil.law.clocks import LONDON
from vigil.law.detention import Detention, detention_clock
from vigil.law.errors import BadQuestionError, UnknownInstrumentError, VigilError
from vigil.law.facts import Confidence, Regime
from vigil.law.loading import law
from vigil.law.notification import notification_duty
from vigil.law.period import notification_period
from vigil.law.register import register_framework
from vigil.law.serial import SerialReport, is_serial
from vigil.law.validity import validity

TODAY = date(2026, 11, 23)


def test_the_register_is_a_police_record_under_the_law_in_force() -> None:
    found = register_framework("in_force", TODAY)

    assert (found.kind, found.carries_duties) == ("police_record", False)
    assert found.ground.proposal is None
    assert found.ground.confidence is Confidence.KNOWN


def test_only_the_proposals_give_the_register_duties_and_say_so() -> None:
    found = register_framework(Regime.PALADIN, TODAY)

    assert (found.kind, found.carries_duties) == ("duties", True)
    assert found.ground.proposal is not None
    assert found.ground.proposal.recommendation == 3


def test_an_unknown_definition_of_serial_is_refused() -> None:
    with pytest.raises(BadQuestionError, match="acpo_2009"):
        is_serial("mine", TODAY, [])


def test_an_age_that_is_not_known_counts_and_the_answer_says_so() -> None:
    reports = [
        SerialReport(TODAY, "v1", domestic=True),
        SerialReport(TODAY, "v2", domestic=True, suspect_age=40),
    ]
    found = is_serial("northumbria_matac", TODAY, reports)

    assert found.is_serial
    assert found.because[-1] == (
        "The suspect's age is not known in 1 report and was taken as 16 or over."
    )


def test_victims_are_told_once_each_in_the_order_of_the_reports() -> None:
    reports = [SerialReport(TODAY, victim) for victim in ("b", "a", "b")]

    assert is_serial("acpo_2009", TODAY, reports).victims == ("b", "a")


def test_a_definition_may_be_asked_of_a_day_before_it_was_written() -> None:
    assert not is_serial("acpo_2009", date(2001, 1, 1), []).is_serial


def test_the_register_is_no_framework_under_the_law_in_force() -> None:
    with pytest.raises(UnknownInstrumentError):
        notification_duty("REGISTER", "periodic", TODAY)


def test_a_proposed_order_is_no_instrument_under_the_law_in_force() -> None:
    with pytest.raises(UnknownInstrumentError):
        breach_consequence("SERIAL_PO", TODAY)


def test_an_unknown_event_is_refused() -> None:
    with pytest.raises(BadQuestionError, match="served"):
        notification_duty("STALK_PO", "posted", TODAY)


def test_a_disposal_that_the_table_does_not_hold_is_refused() -> None:
    with pytest.raises(BadQuestionError, match="caution"):
        notification_period("pillory", TODAY, age=30)


def test_a_detention_with_an_instant_without_an_offset_is_refused() -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    detention = Detention(at, at, at.replace(tzinfo=None), is_indictable=False)

    with pytest.raises(BadQuestionError, match="offset"):
        detention_clock(detention)


def test_a_detention_in_london_time_is_counted_in_real_time() -> None:
    at = datetime(2026, 10, 24, 20, tzinfo=LONDON)
    found = detention_clock(Detention(at, at, at, is_indictable=False))

    assert found.detain_until_at.isoformat() == "2026-10-25T19:00:00+00:00"


def test_a_duration_that_is_not_asked_is_not_checked() -> None:
    assert validity("DVPO", TODAY).is_valid
    assert not validity("DVPO", TODAY, last_day=None).is_valid


def test_the_data_must_say_when_an_instrument_is_in_force() -> None:
    with pytest.raises(UnknownInstrumentError, match="when SOA_PART_2 is in force"):
        binding.why_not_in_force(law(), "SOA_PART_2")


def test_the_docstring_of_an_error_is_its_message() -> None:
    assert str(UnknownInstrumentError()) == UnknownInstrumentError.__doc__
    assert str(VigilError("said so")) == "said so"

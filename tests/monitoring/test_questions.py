"""Questions at a door: counted by person and zone, refused when they would find a home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.support.orders import agencies, london, officer
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.viewer import Role
from vigil.ledger.models import Entry
from vigil.monitoring.actions.questions import (
    Asked,
    ask_doorstep,
    limit_questions,
    read_question_alert,
)
from vigil.monitoring.errors import BadLimitError
from vigil.monitoring.models import QuestionAlert
from vigil.monitoring.questions import limit_of, question_alerts
from vigil.monitoring.rules import DEFAULT_LIMIT, Limit, may_ask

NOW = london(2026, 11, 23, 3)  # a Monday
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HIM, HER, ZONE = "P-AAAAA1", "V-0000000001", "L-0000000001"
BOB = officer(Role.RESPONSE_OFFICER, username="bob")
AUDRA = officer(Role.AUDITOR, username="audra")
ADA = officer(Role.ADMINISTRATOR, username="ada")


def asked(
    at: datetime = NOW, *, about: tuple[str, ...] = (HIM, HER, ZONE), **changed: Any
) -> Asked:
    given: dict[str, Any] = {"by": BOB, "person": HIM, "orders": [], "act": "presence"}
    return ask_doorstep(at=at, about=about, verdict="breach", **(given | changed))


@pytest.fixture
def world(db: None) -> None:
    agencies()


@pytest.mark.usefixtures("world")
class TestCounting:
    def test_the_sixth_question_in_an_hour_is_answered_and_the_seventh_is_not(self) -> None:
        said = [asked(NOW + n * MINUTE).may_be_answered for n in range(8)]
        assert said == [True] * 6 + [False] * 2

    def test_an_hour_after_the_first_question_one_more_is_answered(self) -> None:
        for n in range(6):
            asked(NOW + n * MINUTE)
        assert not asked(NOW + HOUR - MINUTE).may_be_answered
        assert asked(NOW + HOUR).may_be_answered
        assert not asked(NOW + HOUR).may_be_answered

    def test_twelve_questions_in_a_day_are_the_most(self) -> None:
        said = [asked(NOW + n * HOUR).may_be_answered for n in range(14)]
        assert said == [True] * 12 + [False] * 2
        assert asked(NOW + 24 * HOUR).may_be_answered

    def test_a_question_without_a_place_is_neither_counted_nor_refused(self) -> None:
        assert all(asked(about=()).may_be_answered for _ in range(20))
        assert asked().may_be_answered

    @pytest.mark.parametrize(
        "about", [(HIM,), ("P-AAAAA2", HER), ("P-AAAAA2", ZONE)], ids=["him", "her", "the zone"]
    )
    def test_it_is_counted_by_him_by_her_and_by_the_zone(self, about: tuple[str, ...]) -> None:
        for _ in range(6):
            asked()
        assert not asked(about=about).may_be_answered
        assert asked(about=("P-AAAAA3",), person="P-AAAAA3").may_be_answered

    def test_a_person_who_is_nobody_is_limited_just_so(self) -> None:
        nobody = "P-ZZZZZ9"
        said = [asked(person=nobody, about=(nobody,)).may_be_answered for _ in range(7)]
        assert said == [True] * 6 + [False]

    def test_what_one_officer_asked_is_not_held_against_another(self) -> None:
        for _ in range(7):
            asked()
        assert asked(by=officer(Role.RESPONSE_OFFICER, username="rosa")).may_be_answered

    def test_every_question_is_an_entry_that_tells_no_place(self) -> None:
        said = asked(orders=["SPO-2026-0001"])
        leaf = json.loads(Entry.objects.get(entry=said.question).leaf)
        assert leaf["did"] == "monitoring.ask_doorstep"
        assert leaf["targets"] == [HIM, "SPO-2026-0001"]
        assert leaf["facts"] == {"act": "presence", "verdict": "breach", "place": True}

    def test_the_entry_of_a_refused_question_does_not_tell_the_verdict(self) -> None:
        for _ in range(6):
            asked()
        leaf = json.loads(Entry.objects.get(entry=asked().question).leaf)
        assert leaf["facts"]["verdict"] == "refused"

    def test_a_role_that_may_not_ask_writes_nothing(self) -> None:
        before = Entry.objects.count()
        with pytest.raises(NotFoundError):
            asked(by=officer(Role.ANALYST))
        assert Entry.objects.count() == before


@pytest.mark.usefixtures("world")
class TestAlerts:
    def test_the_auditor_is_told_once_of_each_until_he_has_read_it(self) -> None:
        for _ in range(9):
            asked()
        alerts = question_alerts(AUDRA)
        assert {a.about for a in alerts} == {HIM, HER, ZONE}
        assert {(a.username, a.person, a.read_at) for a in alerts} == {("bob", HIM, None)}
        for one in alerts:
            assert read_question_alert(by=AUDRA, at=NOW, alert=one.alert) == NOW
        asked()
        assert len(question_alerts(AUDRA)) == 6
        assert [a.read_at for a in question_alerts(AUDRA)] == [None] * 3 + [NOW] * 3

    def test_reading_it_again_keeps_who_read_it_first(self) -> None:
        for _ in range(7):
            asked(about=(HIM,))
        (alert,) = question_alerts(AUDRA)
        read_question_alert(by=AUDRA, at=NOW, alert=alert.alert)
        other = officer(Role.AUDITOR, username="austen")
        assert read_question_alert(by=other, at=NOW + HOUR, alert=alert.alert) == NOW
        assert question_alerts(AUDRA)[0].read_by == "audra"

    @pytest.mark.parametrize(
        "stranger",
        [BOB, ADA, officer(Role.AUDITOR, username="austen", agency="11")],
        ids=["the officer himself", "the administrator", "another agency's auditor"],
    )
    def test_nobody_but_the_agencys_auditor_reads_it(self, stranger: Any) -> None:
        for _ in range(7):
            asked()
        alert = QuestionAlert.objects.latest("pk")
        with pytest.raises(NotFoundError):
            read_question_alert(by=stranger, at=NOW, alert=alert.pk)
        if stranger.role is Role.AUDITOR:
            assert question_alerts(stranger) == []
        else:
            with pytest.raises(NotFoundError):
                question_alerts(stranger)

    def test_there_is_none_of_a_number_that_no_alert_has(self) -> None:
        with pytest.raises(NotFoundError):
            read_question_alert(by=AUDRA, at=NOW, alert=4711)


@pytest.mark.usefixtures("world")
class TestLimits:
    def test_an_agency_may_choose_how_often_and_says_why(self) -> None:
        assert limit_of("10") == DEFAULT_LIMIT
        limit_questions(by=ADA, at=NOW, most_an_hour=2, most_a_day=3, why=" a  busy\tbeat ")
        assert limit_of("10") == Limit(2, 3, "a busy beat")
        assert limit_of("11") == DEFAULT_LIMIT
        assert [asked().may_be_answered for _ in range(3)] == [True, True, False]

    def test_the_newest_choice_counts(self) -> None:
        for most in (2, 5):
            limit_questions(by=ADA, at=NOW, most_an_hour=most, most_a_day=9, why="policy")
        assert limit_of("10").most_an_hour == 5

    @pytest.mark.parametrize(
        ("hour", "day", "why"),
        [(0, 5, "none"), (6, 5, "fewer a day"), (1, 101, "too many"), (1, 1, "  ")],
    )
    def test_a_limit_that_is_none_or_has_no_reason_is_refused(
        self, hour: int, day: int, why: str
    ) -> None:
        with pytest.raises(BadLimitError, match="at least 1 question an hour"):
            limit_questions(by=ADA, at=NOW, most_an_hour=hour, most_a_day=day, why=why)
        assert limit_of("10") == DEFAULT_LIMIT

    def test_nobody_but_an_administrator_sets_it(self) -> None:
        with pytest.raises(NotAllowedError):
            limit_questions(by=BOB, at=NOW, most_an_hour=90, most_a_day=90, why="mine")


def test_the_last_second_of_an_hour_counts_and_the_next_does_not() -> None:
    limit = Limit(1, 2, "narrow")
    assert not may_ask([NOW], at=NOW + HOUR - timedelta(microseconds=1), limit=limit)
    assert may_ask([NOW], at=NOW + HOUR, limit=limit)
    assert not may_ask([NOW, NOW], at=NOW + 24 * HOUR - timedelta(seconds=1), limit=limit)
    assert may_ask([NOW, NOW], at=NOW + 24 * HOUR, limit=limit)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    agencies()
    yield
    connection.close()


@pytest.mark.usefixtures("committed")
def test_ten_questions_in_one_moment_are_counted_as_ten() -> None:
    together = Barrier(10)

    def run(_: int) -> bool:
        together.wait()
        try:
            return asked().may_be_answered
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(run, range(10)))
    assert said.count(True) == DEFAULT_LIMIT.most_an_hour
    assert QuestionAlert.objects.count() == 3
    assert Entry.objects.filter(did="monitoring.ask_doorstep").count() == 10

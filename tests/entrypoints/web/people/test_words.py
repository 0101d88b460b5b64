"""The presenters: facts in, finished strings out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from vigil.entrypoints.web.people.presenters import (
    binding,
    duties,
    evidence,
    matches,
    names,
    reports,
    standing,
)
from vigil.identity.queries import JudgementShown, LinkShown, PersonShown, Reported
from vigil.incidents.queries import Counts, ReportShown
from vigil.ledger.queries import Look
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import DutyStatus
from vigil.orders.kinds import Status
from vigil.orders.queries import OrderView
from vigil.orders.rules import Standing
from vigil.register.queries import Standing as OnRegister

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FORCES = {"10": "Northumbria", "11": "Durham"}


def report(reference: str, on: str, **cells: str) -> ReportShown:
    day = date.fromisoformat(on)
    return ReportShown(1, reference, reference[:2], 1, day, day, cells, None, None, has_victim=True)


def link(left: str, right: str, weight: float, **bits: float) -> LinkShown:
    return LinkShown(left, right, weight, 0.9, bits, True, None)


def reported(*values: str) -> tuple[Reported, ...]:
    return tuple(Reported(value, 2, TODAY, TODAY) for value in values)


def person(**known: tuple[Reported, ...]) -> PersonShown:
    kinds = ("names", "aliases", "birthdays", "sexes", "addresses", "phones", "emails")
    rest = ("handles", "vehicles", "pncs", "cros")
    facts: dict[str, Any] = dict.fromkeys((*kinds, *rest), ())
    return PersonShown("P-1", None, **(facts | known), reports=(), victims=2, least_certainty=0.9)


def order(status: Status, *, served: bool = True, last_day: date | None = None) -> OrderView:
    stands = Standing(
        status,
        NOON,
        NOON if served else None,
        last_day,
        None,
        "Its last day was 1 May 2026.",
        "",
        "",
    )
    return OrderView(
        "SPO-2026-0001", "STALK_PO", "Stalking protection order", "EW", "10", "P-1", TODAY,
        "Exmere Magistrates’ Court", "", None, stands, (), (), (), (), None, "alice",
    )  # fmt: skip


def duty(status: DutyStatus, due_on: date | None) -> DutyView:
    return DutyView(
        "D-1", "P-1", None, "10", "initial", status, TODAY, due_on, None, None,
        ("names", "home_address"), "ST19002",
        ({"act": "Stalking Protection Act 2019", "provision": "s. 9(1)"},), "read", (),
    )  # fmt: skip


# -- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"suspect_surname": "de la Crand", "suspect_forename": "Toby"}, "DE LA CRAND, Toby"),
        ({}, "CRAND, Toby de la"),
    ],
    ids=["the report says which is the surname", "no report was so written"],
)
def test_the_surname_comes_from_a_report(cells: dict[str, str], shown: str) -> None:
    him = person(names=reported("Toby de la Crand"))
    assert names.shown_name(him, [report("10/A", "2026-01-01", **cells)]) == shown


def test_nobody_without_a_name_is_given_one() -> None:
    assert names.shown_name(person(), []) == "Name not known"
    assert names.identity_line(person(), TODAY) == "Date of birth not known"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1987-11-23", "Born 23 November 1987 (39)"),
        ("1987-11-24", "Born 24 November 1987 (38)"),
        ("1987-06", "Born June 1987, day not known"),
        ("1987", "Born 1987, day not known"),
        ("1987-13", "Born 1987-13"),
    ],
)
def test_a_birthday_known_in_part_says_so(value: str, words: str) -> None:
    assert names.shown_born(person(birthdays=reported(value)), TODAY) == words


def test_spellings_are_counted_and_what_nobody_said_is_left_out() -> None:
    him = person(phones=reported("1", "2", "3", "4", "5"), birthdays=reported("1987-06-14"))
    assert names.facts(him) == [
        ("Born", "14 June 1987 (2 reports)"),
        ("Phones", "1 (2 reports); 2 (2 reports); 3 (2 reports); 4 (2 reports); 1 more"),
    ]


# -- reports --------------------------------------------------------------------------------


def test_victims_are_numbered_in_the_order_of_their_first_reports() -> None:
    held = [
        report("10/C", "2026-03-01"),
        report("11/A", "2024-01-01"),
        report("10/B", "2025-01-01"),
    ]
    rows = reports.report_rows(held, {"10/C": "V9", "11/A": "V9", "10/B": "V2"}, FORCES)
    assert [(row.number, row.victim) for row in rows] == [
        (3, "Victim 1, Northumbria"),
        (2, "Victim 2, Northumbria"),
        (1, "Victim 1, Durham"),
    ]


def test_a_victim_who_may_not_be_counted_is_a_victim() -> None:
    unknown = replace(report("10/A", "2026-01-01"), has_victim=False)
    assert reports.report_rows([unknown], {}, FORCES)[0].victim == "Victim not known, Northumbria"
    shown = reports.report_rows([report("99/A", "2026-01-01")], {}, FORCES)[0]
    assert shown.victim == "A victim, force 99"


def test_the_headline_counts_and_names_the_forces() -> None:
    held = [
        report("10/A", "2024-01-01", basis="conviction"),
        report("11/B", "2026-03-01", category="threats"),
    ]
    assert reports.headline(held, 2, FORCES) == (
        "2 victims in 2 forces since 2024.",
        "2 reports, the newest of 1 March 2026. 1 with a conviction. "
        "Recorded by Durham and Northumbria.",
    )
    assert "No victim who could be told apart" in reports.headline(held, 0, FORCES)[0]
    assert reports.headline([], 0, FORCES)[0] == "No report on this person is held."


def test_where_he_was_last_reported_is_the_newest_address() -> None:
    held = [
        report("10/A", "2026-01-01", suspect_house="2 Saltmarket Row"),
        report("10/B", "2025-01-01", suspect_house="14 Lanternside"),
        report("11/C", "2026-03-01"),
    ]
    assert reports.last_seen(held, FORCES)[0] == "2 Saltmarket Row"
    assert reports.last_seen(held[2:], FORCES)[0] == "No address is held."


# -- the people who fit ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weights", "is_cut", "words"),
    [
        ([5.0], False, "1 person fits"),
        ([5.0, 1.0], False, "2 people fit. Which one?"),
        ([5.0, -3.0], False, "1 person fits, 1 to rule out"),
        ([-5.0], False, "Nobody fits well, 1 to rule out"),
        ([5.0] * 10, True, "10 people fit. There are more: say more of him"),
    ],
)
def test_how_many_fit_and_how_many_are_there_to_be_ruled_out(
    weights: list[float], is_cut: bool, words: str
) -> None:
    assert matches.heading(weights, is_cut=is_cut) == words


def test_what_agreed_is_said_strongest_first_and_then_what_differs() -> None:
    bits = {"surname": 9.0, "born": 10.0, "home": -1.6}
    assert matches.agreed(bits) == "Fits: date of birth and surname. Differs: address."
    assert matches.agreed({"home": -1.0}) == "Differs: address."
    assert matches.agreed({}) == ""


@pytest.mark.parametrize(
    ("bits", "word"),
    [(10.0, "Very likely"), (9.9, "Likely"), (2.9, "Possible"), (-3.0, "Unlikely")],
)
def test_likelihood_has_a_word_and_the_odds(bits: float, word: str) -> None:
    assert matches.likelihood(bits).startswith(f"{word}, about ")


def test_an_empty_register_says_that_it_is_empty() -> None:
    rows = dict(matches.searched(Counts(0, 0, 3, None)))
    assert rows["Newest report"] == "none held"
    assert rows["Not searched"].startswith("3 rows waiting to be mended")
    assert "waiting" not in dict(matches.searched(Counts(1, 1, 0, TODAY)))["Not searched"]


# -- orders ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "summary"),
    [
        (None, ("none", "Orders are not shown to your role")),
        ([], ("none", "No order held in this register")),
        ([order(Status.IN_FORCE)], ("served", "1 order in force, served")),
        ([order(Status.IN_FORCE)] * 2, ("served", "2 orders in force, both served")),
        ([order(Status.IN_FORCE)] * 3, ("served", "3 orders in force, all served")),
        (
            [order(Status.IN_FORCE), order(Status.IN_FORCE, served=False)],
            ("made", "2 orders in force, 1 served"),
        ),
        (
            [order(Status.IN_FORCE, served=False)],
            ("made", "1 order in force, no proof of service"),
        ),
        (
            [order(Status.NOT_SERVED, served=False)],
            ("made", "1 order made, not served: does not bind yet"),
        ),
        (
            [order(Status.EXPIRED)],
            ("none", "No order in force is held in this register. 1 order ended"),
        ),
    ],
)
def test_all_orders_in_one_square(held: list[OrderView] | None, summary: tuple[str, str]) -> None:
    assert binding.order_summary(held) == summary


@pytest.mark.parametrize(
    ("one", "state", "words"),
    [
        (order(Status.IN_FORCE), "served", "In force and served"),
        (order(Status.IN_FORCE, served=False), "made", "In force, no proof of service"),
        (order(Status.NOT_SERVED), "made", "Made, not served: it does not bind yet"),
        (order(Status.DRAFTED), "none", "Not made yet"),
        (order(Status.DISCHARGED), "none", "Ended: discharged"),
        (order(Status.REPLACED), "none", "Ended: another took its place"),
    ],
)
def test_one_order_has_its_square(one: OrderView, state: str, words: str) -> None:
    assert binding.state_of(one) == (state, words)


def test_orders_that_ended_come_last_and_say_how() -> None:
    ended, binds = order(Status.EXPIRED), order(Status.IN_FORCE, last_day=date(2028, 3, 1))
    cards = binding.order_cards([ended, binds], lambda one: f"/orders/{one}/")
    assert [card.state for card in cards] == ["served", "none"]
    assert cards[0].lines[-1] == "Until 11:59pm on 1 March 2028."
    assert cards[1].lines[-1] == "Its last day was 1 May 2026."
    assert (
        binding.order_cards([order(Status.IN_FORCE)], str)[0].lines[-1] == "Until a court ends it."
    )


# -- duties ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "state", "words"),
    [
        (date(2026, 11, 22), "late", "Late by 1 day"),
        (date(2026, 11, 23), "today", "Due today"),
        (date(2026, 11, 24), "later", "Tomorrow"),
    ],
    ids=["the day after", "the last day", "the day before"],
)
def test_a_duty_has_its_clock(due_on: date, state: str, words: str) -> None:
    item = duties.duty_items([duty(DutyStatus.OPEN, due_on)], TODAY)[0]
    assert (item.state, item.state_words) == (state, words)
    assert item.words.startswith("Names and home address. ")
    assert ("is a crime: ST19002" in item.words) is (state == "late")


def test_what_is_late_is_counted_and_what_is_due_next_follows() -> None:
    late, open_one = duty(DutyStatus.LAPSED, date(2026, 11, 20)), duty(DutyStatus.OPEN, TODAY)
    assert duties.late_words([late, open_one], TODAY) == (
        "1 duty is late. Late by 3 days.",
        "Next due until 11:59pm on 23 November 2026",
    )
    assert duties.late_words([], TODAY) == ("Nothing is late.", "No other duty is open")
    assert duties.late_words(None, TODAY)[0] == "Not shown to your role."


def test_duties_that_are_done_with_are_counted_not_listed() -> None:
    met, told = duty(DutyStatus.MET, TODAY), duty(DutyStatus.TOLD_LATE, TODAY)
    assert [one.state_words for one in duties.duty_items([met, told], TODAY)] == ["Told late"]
    assert duties.note([met, told]) == "1 duty met or ended."
    assert duties.note([]) == "No duty is held in this register."
    assert duties.note(None) == "Duties are not shown to your role."
    assert duties.duty_items([duty(DutyStatus.OPEN, None)], TODAY)[0].state_words == "No last day"


# -- evidence -------------------------------------------------------------------------------


def test_only_links_that_hold_the_reports_together_are_shown_weakest_first() -> None:
    links = [link("A", "B", 30.0), link("B", "C", 16.0), link("A", "C", 2.0), link("C", "D", 21.0)]
    near = replace(link("A", "E", 12.0), is_inside=False, other="P-2")
    held = evidence.holding([*links, near])
    assert [(one.left, one.right) for one in held] == [("B", "C"), ("C", "D"), ("A", "B")]
    assert evidence.near_words([near]) == "1 other person came near and is kept apart."
    assert evidence.near_words(links) == ""


def test_a_link_is_a_table_with_both_values_and_adds_up() -> None:
    one = report("10/A", "2026-01-01", suspect_surname="Crand", suspect_phone="1")
    other = report("11/B", "2026-02-01", suspect_surname="crand", suspect_born_on="1987-06-14")
    held = {"10/A": one, "11/B": other}
    weak = link("10/A", "11/B", -3.0, surname=9.0)
    shown = evidence.evidence(weak, held, {"10/A": 1, "11/B": 2}, FORCES)
    assert [(row.field, row.left, row.fit, row.right, row.bits_words) for row in shown.rows] == [
        ("Surname", "Crand", "= same", "crand", "+9.0"),
        ("Date of birth", "not stated", "· no evidence", "14 June 1987", "0"),
        ("Phone", "1", "· no evidence", "not stated", "0"),
    ]
    assert shown.foot[1:] == [
        ("Start: any two reports of the record", "−12.0"),
        ("Together: about 8 to 1 against", "−3.0"),
    ]
    assert shown.foot[0][0].startswith("In neither: forename, middle names, address")


@pytest.mark.parametrize(("bits", "has_caution"), [(19.9, True), (20.0, False)])
def test_under_twenty_bits_the_odds_say_what_they_leave_out(bits: float, has_caution: bool) -> None:
    assert ("Twins would score as high." in evidence.odds_words(bits)) is has_caution


def test_one_report_has_nothing_to_join_and_a_judgement_needs_no_link() -> None:
    assert "nothing to join" in evidence.holds_words([], 1)
    assert "a person said" in evidence.holds_words([], 2)


def test_a_judgement_says_who_what_and_why() -> None:
    said = JudgementShown(
        "J-1", "10/A", "11/B", "not_same", "annis", "10", "Other prints", NOON, None
    )
    assert evidence.judgement_words(said, {"10/A": 1}) == (
        "Report 1 and a report of somebody else: not the same. annis, 23 November 2026: "
        "Other prints."
    )
    assert evidence.judgement_words(replace(said, withdrawn_at=NOON), {}).endswith("back since.")


# -- the register ---------------------------------------------------------------------------


def test_not_registered_is_never_said_as_harmless() -> None:
    words = standing.register_words(OnRegister("P-1", is_registered=False), None, TODAY)
    assert words.sentence == "Not on the register. This says nothing about risk."


def test_a_registration_under_the_law_in_force_puts_no_duty_on_him() -> None:
    on_it = OnRegister(
        "P-1", True, NOON, "aldous", "Supt Aldous", "10", "olwen", review_on=date(2026, 11, 22),
        is_review_late=True,
    )  # fmt: skip
    words = standing.register_words(on_it, None, TODAY)
    assert words.sentence == "On the register since 23 November 2026."
    assert words.lines[0] == "Decided by Supt Aldous."
    assert words.lines[1] == "Review was due on 22 November 2026. Late by 1 day."
    assert words.lines[2].startswith("A police record: it puts no duty on him today.")
    assert standing.owner_words(on_it) == ("olwen.", "Offender manager, agency 10")
    under_proposal = standing.register_words(replace(on_it, carries_duties=True), None, TODAY)
    assert len(under_proposal.lines) == 2


def test_who_looked_last_is_not_this_look() -> None:
    now, before = (Look(by, "10", NOON, "incident 0212") for by in ("alice", "bob"))
    assert standing.last_look([now]) == "Nobody has looked before you"
    said = standing.last_look([now, before])
    assert said == "Last looked at by bob (agency 10), 23 November 2026, 12:00"

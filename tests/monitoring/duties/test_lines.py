"""Every sentence of the duties, with its last minute and the minute after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.monitoring.duties.people import (
    FAR,
    MON,
    facts,
    found,
    kinds,
    of_kind,
    order,
    registered,
    said,
    stay,
    told,
)
from tests.support.orders import london
from vigil.monitoring.duties.facts import LastDay
from vigil.monitoring.duties.law import owed
from vigil.monitoring.duties.lines import next_change, timeline
from vigil.monitoring.rules import DutyKind

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WED, THU_00 = date(2026, 3, 4), london(2026, 3, 5)

# -- the first notification -----------------------------------------------------------------


def test_under_a_stalking_order_it_begins_at_service_on_the_day_of_service() -> None:
    one = order(served_at=london(2026, 3, 4, 16, 10))
    due = date(2026, 3, 6)
    assert said(one) == [
        (
            "SPO-1",
            "initial",
            [("started", one.served_at, due), ("lapsed", london(2026, 3, 7), due)],
        )
    ]


def test_a_stalking_order_that_was_not_served_begins_nothing() -> None:
    assert said(order(served_at=None)) == []


def test_under_a_dapo_it_begins_at_the_making_served_or_not() -> None:
    ((ref, kind, events),) = said(order("D-1", "DAPO", served_at=None))
    assert (ref, kind, events[0]) == ("D-1", "initial", ("started", MON, WED))


@pytest.mark.parametrize("instrument", ["DVPO", "DVPN", "NMO", "RO_CONV", "CBO"])
def test_an_order_to_which_the_law_attaches_none_begins_none(instrument: str) -> None:
    assert said(order("O-1", instrument)) == []


@pytest.mark.parametrize(
    ("instrument", "kind"),
    [("SRO", "initial"), ("NI_STALK_PO", "initial"), ("VOO", "initial"), ("SHPO", "initial")],
)
def test_every_other_order_with_a_duty_by_law_begins_it(instrument: str, kind: str) -> None:
    assert kinds(order("O-1", instrument)) == [("O-1", kind)]


def test_under_part_2_it_begins_at_registration_on_the_relevant_date() -> None:
    at = london(2026, 3, 3, 9)
    ((_, kind, events),) = said(registered(at, relevant_on=date(2026, 3, 2)))
    assert (kind, events[0]) == ("initial", ("started", at, WED))
    assert events[1] == ("lapsed", THU_00, WED)


def test_registered_after_the_three_days_it_lapsed_when_it_lapsed() -> None:
    at = london(2026, 3, 20, 9)
    ((_, _, events),) = said(registered(at, relevant_on=date(2026, 3, 2)))
    assert events == [("started", at, WED), ("lapsed", THU_00, WED)]


def test_the_register_of_the_proposal_has_the_same_duties_and_says_unsettled() -> None:
    line, *_ = timeline(facts(registered(framework="REGISTER")), at=FAR)
    assert (line.kind, line.due_on, line.offence) == ("initial", WED, None)
    assert line.confidence == "unsettled"
    assert "Recommendation 3" in line.authority[0]["provision"]


def interim(**changed: Any) -> Any:
    return order("SPOI-1", "STALK_PO_I", last_day=date(2026, 6, 1), **changed)


def test_a_full_order_in_place_of_an_interim_one_starts_none() -> None:
    later = MON + 10 * DAY
    assert kinds(
        interim(ended_at=later), order(made_at=later, served_at=later + DAY, replaces="SPOI-1")
    ) == [("SPOI-1", "initial")]


def test_nor_where_the_interim_order_was_never_served() -> None:
    later = MON + 10 * DAY
    full = order(made_at=later, served_at=later + DAY, replaces="SPOI-1")
    changed = found("name", FAR - DAY, date(2026, 4, 1))
    before = found("name", FAR - DAY, date(2026, 3, 12))
    assert kinds(interim(ended_at=later, served_at=None), full, changed, before) == [
        ("SPO-1", "name")
    ]


def test_between_the_making_and_the_service_of_the_full_order_a_change_is_owed() -> None:
    later = MON + 10 * DAY
    full = order(made_at=later, served_at=None, replaces="SPOI-1")
    change = found("address", FAR - DAY, date(2026, 3, 20))
    assert kinds(interim(ended_at=later), full, change)[1:] == [("SPO-1", "address")]


def test_an_order_that_replaces_one_of_its_own_kind_starts_its_own() -> None:
    later = MON + 10 * DAY
    assert kinds(order(ended_at=later), order("SPO-2", made_at=later, replaces="SPO-1")) == [
        ("SPO-1", "initial"),
        ("SPO-2", "initial"),
    ]


# -- the last minute, and one minute later ---------------------------------------------------

BST = london(2026, 3, 28, 9)  # the day before the clocks go forward: Sunday has 23 hours
GMT = london(2026, 10, 24, 9)  # the day before they go back: Sunday has 25


def starts(at: datetime) -> list[tuple[str, tuple[object, ...], date]]:
    """For each duty: its kind, the facts without the telling, the last day; begun at `at`."""
    day = date(at.year, at.month, at.day)
    due = day + 2 * DAY
    spo, dapo, soa = order(made_at=at), order("D-1", "DAPO", made_at=at), registered(at)
    old_soa = registered(at - 30 * DAY)
    old = order("D-1", "DAPO", made_at=at - 30 * DAY)
    return [
        ("initial", (spo,), due),
        ("initial", (dapo,), due),
        ("initial", (soa,), due),
        ("name", (old, found("name", at, day)), due),
        ("address", (old, found("address", at, day)), due),
        ("home_lost", (old, found("home_lost", at, day)), due),
        (
            "release",
            (old_soa, told("initial", at - 30 * DAY), stay(at - 9 * DAY, at)),
            due,
        ),
        (
            "periodic_weekly",
            (old_soa, told("initial", at, no_fixed_abode=True)),
            day + 7 * DAY,
        ),
        ("periodic", (old_soa, told("initial", at)), day.replace(year=day.year + 1)),
    ]


@pytest.mark.parametrize("begun", [MON, BST, GMT], ids=["winter", "forward", "back"])
@pytest.mark.parametrize("number", range(9))
def test_met_in_its_last_minute_and_late_one_minute_after(begun: datetime, number: int) -> None:
    kind, world, due = starts(begun)[number]
    late = london(*(due + DAY).timetuple()[:3])
    changed_on = date(begun.year, begun.month, begun.day)
    on = changed_on if kind in {"name", "address", "home_lost"} else None
    what = "periodic" if kind.startswith("periodic") else kind
    first, *_ = of_kind(kind, *world, told(what, late - MINUTE, on))
    assert first[-1] == ("met", late - MINUTE, due)
    first, *_ = of_kind(kind, *world, told(what, late + MINUTE, on))
    assert first[1:3] == [("lapsed", late, due), ("told_late", late + MINUTE, due)]
    first, *_ = of_kind(kind, *world, told(what, late, on))
    assert first[1] == ("lapsed", late, due)
    first, *_ = of_kind(kind, *world, at=late - MINUTE)
    assert [e[0] for e in first] == ["started"]


def test_told_in_the_first_minute_of_the_day_of_service_it_is_met_before_it_was_served() -> None:
    first_minute = london(2026, 3, 2)
    ((_, _, events),) = said(order(), told("initial", first_minute))
    assert events == [("started", MON, WED), ("met", first_minute, WED)]
    ((_, _, events),) = said(order(), told("initial", first_minute - MINUTE))
    assert [e[0] for e in events] == ["started", "lapsed"]


def test_it_is_met_at_the_first_telling_and_by_its_own_kind_only() -> None:
    first, second = MON + DAY, MON + DAY + MINUTE
    ((_, _, events),) = said(
        order(), told("initial", second), told("initial", first), told("name", MON)
    )
    assert events[-1] == ("met", first, WED)


# -- changes ----------------------------------------------------------------------------------


def test_what_nobody_told_starts_nothing_and_what_is_found_late_starts_when_it_happened() -> None:
    spo = order(last_day=None)
    assert kinds(spo) == [("SPO-1", "initial")]
    learnt = found("address", london(2026, 6, 1, 9), date(2026, 5, 1))
    before = timeline(facts(spo, learnt), at=london(2026, 6, 1, 9) - MINUTE)
    assert [line.kind for line in before] == ["initial"]
    ((started, lapsed),) = of_kind("address", spo, learnt, at=london(2026, 6, 1, 9))
    assert started == ("started", london(2026, 5, 1), date(2026, 5, 3))
    assert lapsed == ("lapsed", london(2026, 5, 4), date(2026, 5, 3))


def test_a_change_that_he_told_himself_starts_and_is_met() -> None:
    at = london(2026, 5, 2, 9)
    ((started, met),) = of_kind("name", order(), told("name", at, date(2026, 5, 1)))
    assert (started[1], met[1]) == (london(2026, 5, 1), at)


def test_found_and_told_it_is_one_duty_and_another_day_is_another() -> None:
    day, at = date(2026, 5, 1), london(2026, 5, 2, 9)
    other = found("name", at, date(2026, 5, 2))
    assert kinds(order(), found("name", at, day), told("name", at + DAY, day), other)[1:] == [
        ("SPO-1", "name"),
        ("SPO-1", "name"),
    ]
    _, second = of_kind("name", order(), told("name", at, day), other)
    assert second[-1][0] == "lapsed"


def test_told_before_it_happened_it_begins_on_its_day_and_is_not_met() -> None:
    day = date(2026, 5, 10)
    early = told("address", london(2026, 5, 8, 9), day)
    assert kinds(order(), early, at=london(2026, 5, 9, 9)) == [("SPO-1", "initial")]
    assert next_change(facts(order(), early), at=london(2026, 5, 9)) == london(2026, 5, 10)
    ((*_, last),) = of_kind("address", order(), early)
    assert last == ("lapsed", london(2026, 5, 13), date(2026, 5, 12))


def test_a_change_without_its_day_or_before_the_order_starts_nothing() -> None:
    assert kinds(
        order(), told("name", MON + DAY), found("address", MON + DAY, date(2026, 3, 2))
    ) == [("SPO-1", "initial")]


def test_a_lost_home_is_no_duty_under_a_stalking_order() -> None:
    lost = found("home_lost", FAR - DAY, date(2026, 5, 1))
    assert kinds(order(), lost) == [("SPO-1", "initial")]
    assert kinds(order("D-1", "DAPO"), lost)[1:] == [("D-1", "home_lost")]


def test_each_of_two_stalking_orders_has_its_own() -> None:
    change = found("name", FAR - DAY, date(2026, 5, 1))
    assert sorted(kinds(order(), order("SPO-2", made_at=MON + DAY), change)) == [
        ("SPO-1", "initial"),
        ("SPO-1", "name"),
        ("SPO-2", "initial"),
        ("SPO-2", "name"),
    ]


# -- what goes before what --------------------------------------------------------------------

CHANGED = found("name", FAR - DAY, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        (registered(), order(made_at=MON + DAY), "R-1"),
        (registered(), order("D-1", "DAPO", made_at=MON + DAY), "R-1"),
        (order(), order("D-1", "DAPO", made_at=MON + DAY), "SPO-1"),
        (order("D-1", "DAPO"), order("D-2", "DAPO", made_at=MON + DAY), "D-1"),
        (registered(), order("SHPO-1", "SHPO", made_at=MON + DAY), "R-1"),
        (registered(), order(), "R-1"),
        (order("D-1", "DAPO"), order("D-2", "DAPO"), "D-1"),
    ],
    ids=["part 2, stalking", "part 2, DAPO", "stalking, DAPO", "DAPO, DAPO", "part 2 twice"]
    + ["at once", "two DAPOs at once"],
)
def test_only_the_duties_of_what_goes_before_are_owed(one: Any, other: Any, first: str) -> None:
    known = (one, other, CHANGED)
    assert {ref for ref, _ in kinds(*known)} == {first}
    assert kinds(*reversed(known)) == kinds(*known)


def test_an_order_beside_these_keeps_its_own_duties() -> None:
    assert kinds(order(), order("SRO-1", "SRO", made_at=MON + DAY), CHANGED) == [
        ("SPO-1", "initial"),
        ("SRO-1", "initial"),
        ("SPO-1", "name"),
        ("SRO-1", "name"),
    ]


def test_an_open_duty_of_an_order_is_over_when_part_2_begins() -> None:
    start, end = of_kind("initial", order("D-1", "DAPO"), registered(MON + DAY))[0]
    assert (start[0], end) == ("started", ("ended", MON + DAY, WED))


def test_an_unserved_stalking_order_puts_off_nothing() -> None:
    assert kinds(order(served_at=None), order("D-1", "DAPO")) == [("D-1", "initial")]


def test_when_what_went_before_ends_the_order_is_told_again_from_the_final_day() -> None:
    over = london(2026, 4, 1, 15)
    spo, dapo = order(ended_at=over), order("D-1", "DAPO", made_at=MON + DAY)
    ((started, met),) = of_kind("revived", spo, dapo, told("initial", over + DAY))
    assert started == ("started", over, date(2026, 4, 3))
    assert met[0] == "met"
    after = found("address", FAR - DAY, date(2026, 4, 10))
    assert kinds(spo, dapo, after)[-1] == ("D-1", "address")


def test_the_final_day_of_an_order_that_expired_is_its_last() -> None:
    spo = order(last_day=date(2026, 3, 31))
    dapo = order("D-1", "DAPO", made_at=MON + DAY)
    ((started, lapsed),) = of_kind("revived", spo, dapo)
    assert started == ("started", london(2026, 4, 1), date(2026, 4, 2))
    assert lapsed[1] == london(2026, 4, 3)


def test_of_two_registrations_the_later_owes_nothing_beside_and_nothing_again_after() -> None:
    first = registered(ended_at=MON + 30 * DAY)
    second = registered(MON + DAY, ref="R-2")
    assert kinds(first, second) == [("R-1", "initial")]


# -- what ends first --------------------------------------------------------------------------


def test_a_duty_whose_order_ends_first_neither_lapses_nor_is_met() -> None:
    over = MON + DAY
    ((_, _, events),) = said(order(ended_at=over), told("initial", over + MINUTE))
    assert events == [("started", MON, WED), ("ended", over, WED)]


def test_at_one_instant_told_goes_before_late_and_late_before_over() -> None:
    ((_, _, events),) = said(order(ended_at=THU_00))
    assert events[-1] == ("lapsed", THU_00, WED)
    over = MON + DAY
    ((_, _, events),) = said(order(ended_at=over), told("initial", over))
    assert events[-1] == ("met", over, WED)


def test_an_interim_order_that_expires_first_takes_its_duty_with_it() -> None:
    one = interim(last_days=(LastDay(MON, date(2026, 3, 3)),))
    ((_, _, events),) = said(one)
    assert events[-1] == ("ended", london(2026, 3, 4), WED)


def test_an_extension_keeps_the_duty_alive_and_one_after_the_end_does_not() -> None:
    first = LastDay(MON, date(2026, 3, 3))
    extended = interim(last_days=(first, LastDay(MON + DAY, date(2026, 4, 1))))
    assert said(extended)[0][2][-1][0] == "lapsed"
    too_late = interim(last_days=(first, LastDay(THU_00, date(2026, 4, 1))))
    assert said(too_late)[0][2][-1][0] == "ended"


def test_a_registration_that_ends_takes_its_duties_with_it() -> None:
    one = registered(ended_at=MON + DAY)
    ((_, _, events),) = said(one)
    assert events[-1] == ("ended", MON + DAY, WED)


def test_a_registration_whose_end_the_law_cannot_say_goes_on() -> None:
    one = registered(disposal="imprisonment", months=None, days=None)
    assert said(one, at=FAR)[0][2][-1][0] == "lapsed"


def test_an_order_before_its_act_or_with_no_terms_known_gives_what_can_be_said() -> None:
    assert said(order("D-1", "DAPO", made_at=london(2020, 3, 2))) == []
    assert len(said(order(last_days=()))) == 1
    assert owed("DVPO", DutyKind.INITIAL, WED, "EW", is_registration=False) is None


# -- custody under Part 2 ---------------------------------------------------------------------


def test_in_custody_the_clock_stands_and_the_days_do_not_count() -> None:
    in_at, out_at = london(2026, 3, 3, 12), london(2026, 3, 10, 9)
    ((_, _, events),) = said(registered(), stay(in_at, out_at))
    due = date(2026, 3, 11)
    assert events == [
        ("started", MON, WED),
        ("suspended", in_at, None),
        ("resumed", out_at, due),
        ("lapsed", london(2026, 3, 12), due),
    ]


def test_in_custody_already_no_last_day_is_known() -> None:
    out_at = london(2026, 5, 4, 9)
    in_at = MON - 30 * DAY
    ((_, _, events),) = said(registered(), stay(in_at, out_at), at=out_at - MINUTE)
    assert events == [("started", MON, None), ("suspended", MON, None)]
    ((_, _, events),) = said(registered(), stay(in_at, out_at))
    assert events[2] == ("resumed", out_at, date(2026, 5, 6))


def test_in_custody_for_good_under_an_indefinite_registration_it_waits() -> None:
    ((_, _, events),) = said(registered(months=40), stay(MON + DAY, None))
    assert events[-1] == ("suspended", MON + DAY, None)


def test_in_and_out_on_one_day_the_day_counts() -> None:
    in_at = london(2026, 3, 3, 9)
    ((_, _, events),) = said(registered(), stay(in_at, in_at + 9 * timedelta(hours=1)))
    assert [e[0] for e in events] == ["started", "suspended", "resumed", "lapsed"]
    assert events[-1][2] == WED


def test_let_out_at_midnight_the_day_before_does_not_count() -> None:
    ((_, _, events), *_) = said(registered(), stay(london(2026, 3, 3, 9), london(2026, 3, 4)))
    assert events[-1] == ("lapsed", london(2026, 3, 6), date(2026, 3, 5))


def test_taken_in_at_the_midnight_at_which_it_is_late_it_is_late() -> None:
    ((_, _, events), *_) = said(registered(), stay(THU_00, None))
    assert events[-1] == ("lapsed", THU_00, WED)


def test_taken_in_in_the_last_minute_it_is_suspended() -> None:
    ((_, _, events), *_) = said(registered(), stay(THU_00 - MINUTE, None))
    assert events[-1] == ("suspended", THU_00 - MINUTE, None)


def test_days_in_custody_before_he_was_registered_do_not_count_either() -> None:
    at = london(2026, 3, 6, 9)
    stays = stay(london(2026, 3, 3, 9), london(2026, 3, 5, 9))
    ((_, _, events), *_) = said(registered(at, relevant_on=date(2026, 3, 2)), stays)
    assert events[0] == ("started", at, date(2026, 3, 6))


def test_what_was_late_before_he_was_taken_in_was_late() -> None:
    at = london(2026, 3, 20, 9)
    one = registered(at, relevant_on=date(2026, 3, 2))
    ((_, _, events),) = said(one, stay(london(2026, 3, 15), None))
    assert events == [("started", at, WED), ("lapsed", THU_00, WED)]


def test_police_custody_suspends_nothing_and_its_end_is_no_release() -> None:
    held = stay(london(2026, 3, 3, 9), london(2026, 3, 4, 9), "police")
    ((_, _, events),) = said(registered(), held)
    assert [e[0] for e in events] == ["started", "lapsed"]


@pytest.mark.parametrize("held", ["remand", "sentence", "hospital"])
def test_each_other_custody_suspends(held: str) -> None:
    ((_, _, events),) = said(registered(), stay(MON + DAY, None, held))
    assert events[-1] == ("suspended", MON + DAY, None)


def test_from_police_custody_to_remand_the_clock_stands_from_the_remand() -> None:
    taken, moved = london(2026, 3, 3, 9), london(2026, 3, 4, 9)
    ((_, _, events),) = said(registered(), stay(taken, None, "police"), stay(moved, None, "remand"))
    assert events[-1] == ("suspended", moved, None)


def test_from_remand_to_sentence_is_one_time_and_one_release() -> None:
    one = [stay(MON + 5 * DAY, None, "remand"), stay(MON + 9 * DAY, MON + 20 * DAY)]
    assert len(of_kind("release", registered(), told("initial", MON), *one)) == 1
    apart = [stay(MON + 5 * DAY, MON + 6 * DAY, "remand"), stay(MON + 9 * DAY, MON + 20 * DAY)]
    assert len(of_kind("release", registered(), told("initial", MON), *apart)) == 2


def test_told_in_custody_it_is_met_with_no_last_day() -> None:
    in_at = MON + DAY
    ((_, _, events), *_) = said(registered(), stay(in_at, None), told("initial", in_at + DAY))
    assert events[-1] == ("met", in_at + DAY, None)


@pytest.mark.parametrize("one", [order(), order("D-1", "DAPO")])
def test_custody_suspends_nothing_under_an_order(one: Any) -> None:
    ((_, _, events),) = said(one, stay(MON + MINUTE, MON + 30 * DAY))
    assert events[1:] == [("lapsed", THU_00, WED)]


# -- release ----------------------------------------------------------------------------------

OUT = london(2026, 6, 1, 8)


def test_release_begins_when_he_is_let_out_once_the_first_was_told() -> None:
    ((*_, last),) = of_kind("release", registered(), told("initial", MON), stay(MON + DAY, OUT))
    assert last == ("lapsed", london(2026, 6, 4), date(2026, 6, 3))


def test_and_once_it_lapsed_but_not_while_it_is_owed() -> None:
    assert len(of_kind("release", registered(), stay(MON + 9 * DAY, OUT))) == 1
    assert of_kind("release", registered(), stay(MON + DAY, OUT)) == []
    assert of_kind("release", registered(), stay(MON - DAY, OUT)) == []


def test_let_out_before_or_when_he_was_registered_he_owes_no_release() -> None:
    met = told("initial", MON)
    assert of_kind("release", registered(), met, stay(MON - 9 * DAY, MON)) == []
    assert of_kind("release", registered(), met, stay(MON - 9 * DAY, MON - DAY)) == []
    assert of_kind("release", registered(), met, stay(MON + DAY, None)) == []


def test_a_release_too_is_suspended_and_the_next_one_begins_beside_it() -> None:
    again_in, again_out = OUT + DAY, OUT + 20 * DAY
    first, second = of_kind(
        "release",
        registered(),
        told("initial", MON),
        stay(MON + DAY, OUT),
        stay(again_in, again_out),
    )
    assert [e[0] for e in first] == ["started", "suspended", "resumed", "lapsed"]
    assert (first[-1][2], second[-1][2]) == (date(2026, 6, 22), date(2026, 6, 23))


def test_an_order_gives_no_release() -> None:
    assert of_kind("release", order(), told("initial", MON), stay(MON + DAY, OUT)) == []


# -- each year, or each week ------------------------------------------------------------------


def test_each_notification_of_any_kind_meets_the_last_and_starts_the_next() -> None:
    first, second = london(2026, 3, 3, 9), london(2027, 3, 3, 23, 59)
    one, two = of_kind("periodic", registered(), told("initial", first), told("travel", second))
    assert one == [
        ("started", first, date(2027, 3, 3)),
        ("met", second, date(2027, 3, 3)),
    ]
    assert two == [
        ("started", second, date(2028, 3, 3)),
        ("lapsed", london(2028, 3, 4), date(2028, 3, 3)),
    ]


def test_a_late_one_starts_the_next_all_the_same() -> None:
    first, late = london(2026, 3, 3, 9), london(2027, 3, 4)
    one, two = of_kind("periodic", registered(), told("initial", first), told("periodic", late))
    assert [e[0] for e in one] == ["started", "lapsed", "told_late"]
    assert two[0] == ("started", late, date(2028, 3, 4))


def test_from_29_february_it_is_due_on_the_28th() -> None:
    at = london(2028, 2, 29, 9)
    ((started, *_),) = of_kind("periodic", registered(london(2028, 2, 28)), told("initial", at))
    assert started[2] == date(2029, 2, 28)


def test_two_things_told_at_once_are_one_notification() -> None:
    at = MON + DAY
    world = [registered(), told("initial", at), told("name", at, date(2026, 3, 3))]
    assert len(of_kind("periodic", *world)) == 1


def test_with_no_fixed_abode_it_is_weekly_until_he_tells_of_a_home() -> None:
    first = MON + DAY
    world = [
        registered(),
        told("initial", first, no_fixed_abode=True),
        told("periodic", first + 5 * DAY),
        told("address", first + 6 * DAY, date(2026, 3, 9), no_fixed_abode=False),
    ]
    one, two = of_kind("periodic_weekly", *world)
    assert (one[0][2], one[-1][0]) == (date(2026, 3, 10), "met")
    assert (two[0][2], two[-1][0]) == (date(2026, 3, 15), "met")
    ((year, _),) = of_kind("periodic", *world)
    assert year == ("started", first + 6 * DAY, date(2027, 3, 9))


def test_told_of_both_at_one_instant_he_has_none() -> None:
    at = MON + DAY
    world = [
        registered(),
        told("initial", at, no_fixed_abode=False),
        told("home_lost", at, date(2026, 3, 3), no_fixed_abode=True),
    ]
    assert len(of_kind("periodic_weekly", *world)) == len(of_kind("periodic_weekly", *world[::-1]))
    assert len(of_kind("periodic_weekly", *world)) == 1


def test_told_under_an_order_it_starts_no_yearly_notice() -> None:
    assert of_kind("periodic", order(), told("initial", MON + DAY)) == []


def test_told_on_its_first_day_before_he_was_registered_it_counts() -> None:
    at = london(2026, 3, 2, 9)
    one = registered(at + DAY, relevant_on=date(2026, 3, 2))
    assert len(of_kind("periodic", one, told("initial", at))) == 1
    assert of_kind("periodic", one, told("periodic", at)) == []


def test_whose_last_day_ends_in_custody_is_put_off_to_release() -> None:
    told_at = london(2026, 3, 3, 9)
    out_at = london(2027, 3, 20, 9)
    world = [registered(), told("initial", told_at)]
    ((*_, suspended),) = of_kind("periodic", *world, stay(london(2027, 3, 1), None))
    assert suspended == ("suspended", london(2027, 3, 4), None)
    ((_, _, resumed, lapsed),) = of_kind("periodic", *world, stay(london(2027, 3, 1), out_at))
    assert resumed == ("resumed", out_at, date(2027, 3, 22))
    assert lapsed[1] == london(2027, 3, 23)


def test_and_again_if_that_day_ends_in_custody_too() -> None:
    out_at, again = london(2027, 3, 20, 9), london(2027, 3, 25, 9)
    world = [registered(), told("initial", london(2026, 3, 3, 9))]
    stays = [stay(london(2027, 3, 1), out_at), stay(london(2027, 3, 21, 9), again)]
    ((*_, lapsed),) = of_kind("periodic", *world, *stays)
    assert lapsed[2] == date(2027, 3, 27)


def test_custody_that_is_over_before_its_last_day_does_nothing() -> None:
    world = [registered(), told("initial", london(2026, 3, 3, 9)), stay(MON + 9 * DAY, OUT)]
    ((_, lapsed),) = of_kind("periodic", *world)
    assert lapsed[2] == date(2027, 3, 3)


def test_police_custody_on_its_last_day_does_nothing() -> None:
    world = [registered(), told("initial", london(2026, 3, 3, 9))]
    ((*_, last),) = of_kind("periodic", *world, stay(london(2027, 3, 1), None, "police"))
    assert last[0] == "lapsed"


# -- as it is known ---------------------------------------------------------------------------


def test_what_lies_ahead_counts_for_nothing() -> None:
    late = told("initial", MON + DAY)
    ended = order(ended_at=MON + 2 * DAY)
    assert said(ended, late, at=MON) == [("SPO-1", "initial", [("started", MON, WED)])]
    assert said(order(served_at=MON + DAY), at=MON) == []
    assert said(order(), at=MON - MINUTE) == []
    assert said(registered(), at=MON - MINUTE) == []


def test_the_last_day_is_the_one_known_then() -> None:
    in_at, out_at = london(2026, 3, 3, 12), london(2026, 3, 10, 9)
    known = facts(registered(), stay(in_at, out_at))
    (before,) = timeline(known, at=in_at - MINUTE)
    assert (before.due_on, before.lapses_at, before.is_open) == (WED, THU_00, True)
    (during,) = timeline(known, at=in_at)
    assert (during.due_on, during.lapses_at, during.is_open) == (None, None, True)
    (after,) = timeline(known, at=FAR)
    assert (after.due_on, after.is_open) == (date(2026, 3, 11), False)


def test_the_next_change_is_the_next_instant_at_which_something_is_so() -> None:
    known = facts(order(last_day=date(2027, 3, 1)))
    assert next_change(known, at=MON - MINUTE) is None
    assert next_change(known, at=MON) == THU_00
    assert next_change(known, at=THU_00) == london(2027, 2, 1)
    assert next_change(known, at=london(2027, 2, 22)) == london(2027, 3, 2)
    assert next_change(known, at=london(2027, 3, 2)) is None

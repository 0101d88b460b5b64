"""The lists of clauses of an order, side by side: what was kept, added, changed, removed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vigil.orders.kinds import EventKind
from vigil.orders.rules import Clause, Event
from vigil.orders.versions import Mark, compare, versions

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NO_CONTACT = Clause("1", "Not to contact her.", {"kind": "other"})
NO_ENTRY = Clause("2", "Not to enter.", {"kind": "other"})


def made(*clauses: Clause, last_day: date | None = None) -> Event:
    return Event(EventKind.MADE, NOON, NOON, clauses, last_day, sets_last_day=True)


def varied(after: timedelta, *clauses: Clause, recorded: timedelta | None = None) -> Event:
    at = NOON + after
    return Event(EventKind.VARIED, at, NOON + (recorded or after), clauses)


def marks(before: list[Clause], after: list[Clause]) -> list[tuple[str, Mark]]:
    return [(one.clause, one.mark) for one in compare(before, after)]


def test_a_clause_is_the_same_by_its_number_and_changed_by_its_words_or_its_rule() -> None:
    reworded = Clause("1", "Not to contact her by any means.", {"kind": "other"})
    ruled = Clause("1", NO_CONTACT.text, {"kind": "no_contact"})
    assert marks([NO_CONTACT], [NO_CONTACT]) == [("1", Mark.KEPT)]
    assert marks([NO_CONTACT], [reworded]) == [("1", Mark.CHANGED)]
    assert marks([NO_CONTACT], [ruled]) == [("1", Mark.CHANGED)]
    assert marks([NO_CONTACT], [NO_ENTRY]) == [("2", Mark.ADDED), ("1", Mark.REMOVED)]
    assert marks([], []) == []


def test_each_side_of_a_difference_holds_the_clause_as_it_was() -> None:
    (change,) = compare([NO_CONTACT], [])
    assert (change.before, change.after) == (NO_CONTACT, None)
    (change,) = compare([], [NO_CONTACT])
    assert (change.before, change.after) == (None, NO_CONTACT)


def test_an_order_that_was_never_changed_has_one_version() -> None:
    (one,) = versions([made(NO_CONTACT, last_day=date(2028, 3, 1))])
    assert (one.number, one.kind, one.since) == (1, EventKind.MADE, NOON)
    assert (one.last_day, one.clauses) == (date(2028, 3, 1), (NO_CONTACT,))
    assert one.has_new_clauses


def test_an_extension_is_a_version_that_keeps_every_clause() -> None:
    extended = Event(
        EventKind.EXTENDED, NOON + DAY, NOON + DAY, last_day=date(2029, 3, 1), sets_last_day=True
    )
    first, second = versions([made(NO_CONTACT, last_day=date(2028, 3, 1)), extended])
    assert (second.last_day, second.clauses) == (date(2029, 3, 1), first.clauses)
    assert not second.has_new_clauses


def test_a_draft_and_a_service_set_nothing_and_are_no_versions() -> None:
    draft = Event(EventKind.DRAFTED, NOON - DAY, NOON - DAY, (NO_ENTRY,))
    assert versions([draft]) == ()
    served = Event(EventKind.SERVED, NOON + DAY, NOON + DAY)
    assert [one.clauses for one in versions([draft, made(NO_CONTACT), served])] == [(NO_CONTACT,)]


def test_versions_are_those_that_were_known() -> None:
    events = [made(NO_CONTACT), varied(DAY, NO_ENTRY, recorded=3 * DAY)]
    assert len(versions(events, as_known_at=NOON + 2 * DAY)) == 1
    assert len(versions(events, as_known_at=NOON + 3 * DAY)) == 2


clauses = st.dictionaries(st.sampled_from("12345"), st.sampled_from("abc"), max_size=5).map(
    lambda given: [Clause(number, text, {"kind": "other"}) for number, text in given.items()]
)


@given(clauses, clauses)
def test_what_was_before_and_the_difference_give_what_came_after(
    before: list[Clause], after: list[Clause]
) -> None:
    changes = compare(before, after)
    assert [one.after for one in changes if one.after is not None] == after
    assert {one.clause for one in changes if one.before is not None} == {c.clause for c in before}
    for one in changes:
        assert (one.mark is Mark.KEPT) is (one.before == one.after)
        assert (one.mark is Mark.ADDED) is (one.before is None)
        assert (one.mark is Mark.REMOVED) is (one.after is None)

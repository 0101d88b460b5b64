"""An order's life through the actions: each step, each refusal whole, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection

from tests.support.orders import (
    COURT,
    HIS,
    agencies,
    clauses,
    london,
    made,
    officer,
    person,
    protected_person,
    served,
)
from vigil.access.actions import seal_record
from vigil.access.errors import NotAllowedError, NotFoundError
from vigil.access.look import look
from vigil.access.models import Agency, User
from vigil.access.viewer import Role, Viewer
from vigil.ledger.models import Entry, Target
from vigil.orders import actions, permissions, queries
from vigil.orders.errors import (
    BadChangeError,
    BadDischargeError,
    BadLinkError,
    BadRuleError,
    BadServiceError,
    BadStepError,
    BadTermsError,
    NotLawfulError,
    ProposedError,
    SameOrderError,
    UnknownOrderKindError,
)
from vigil.orders.kinds import (
    KINDS,
    Ending,
    EventKind,
    Knowledge,
    LinkKind,
    Proof,
    Status,
)
from vigil.orders.models import Condition, LinkedOrder, Order, OrderEvent
from vigil.orders.rules import Clause
from vigil.orders.versions import Mark

pytestmark = pytest.mark.django_db

NOW = london(2026, 11, 23, 12)  # a Monday
TODAY = date(2026, 11, 23)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TWO_YEARS = date(2028, 12, 31)
SUPER = officer(Role.AUTHORISING_OFFICER, username="sam")


@pytest.fixture(autouse=True)
def world(request: pytest.FixtureRequest) -> None:
    agencies()
    person()


def rows() -> dict[str, int]:
    tables = (Order, OrderEvent, Condition, LinkedOrder, Entry, Target)
    return {table.__name__: table.objects.count() for table in tables}


def refused(error: type[Exception], sentence: str, attempt: Callable[[], object]) -> None:
    """The attempt is refused with one sentence and nothing is half-written."""
    before = rows()
    with pytest.raises(error, match=sentence) as found:
        attempt()
    assert "\n" not in str(found.value)
    assert rows() == before


def seen(order: str, at: datetime = NOW, known: datetime | None = None) -> queries.OrderView:
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        return queries.order(sight, order, at=at, as_known_at=known)


def status(order: str, at: datetime = NOW) -> Status:
    return seen(order, at).standing.status


def drafted(
    at: datetime = NOW,
    *,
    instrument: str = "STALK_PO",
    respondents: Sequence[str] = (HIS,),
    by: Viewer | None = None,
    protected: Sequence[str] | None = None,
    **more: Any,
) -> tuple[str, ...]:
    protected = protected or [protected_person(at)]
    return actions.draft(
        by=by or officer(),
        at=at,
        instrument=instrument,
        respondents=list(respondents),
        protected=protected,
        **{"clauses": clauses(protected), **more},
    )


def authorised(order: str, at: datetime = NOW, rank: str = "superintendent") -> None:
    actions.authorise(by=SUPER, at=at, order=order, authorised_at=at, rank=rank)


def applied(order: str, at: datetime = NOW) -> None:
    actions.apply_for(by=officer(), at=at, order=order, applied_at=at, court=COURT)


def decided(order: str, at: datetime, **more: Any) -> None:
    actions.make_drafted(
        by=officer(),
        at=at,
        order=order,
        made_on=at.date(),
        made_at=at,
        court=COURT,
        **more,
    )


# -- from the draft to the making -----------------------------------------------------------


def test_a_draft_keeps_its_reference_through_every_step_to_the_order() -> None:
    (order,) = drafted(last_day=TWO_YEARS)
    assert order == "SPO-2026-0001"
    assert seen(order).made_on is None
    assert seen(order).clauses == ()
    asked = seen(order).asked
    assert asked is not None
    assert (asked.last_day, len(asked.clauses)) == (TWO_YEARS, 2)
    steps: list[tuple[Callable[[datetime], object], Status]] = [
        (lambda at: authorised(order, at), Status.AUTHORISED),
        (lambda at: applied(order, at), Status.APPLIED),
        (
            lambda at: actions.list_hearing(
                by=officer(), at=at, order=order, listed_at=at, hearing_at=at + 2 * HOUR
            ),
            Status.LISTED,
        ),
        (
            lambda at: actions.adjourn(
                by=officer(), at=at, order=order, adjourned_at=at, hearing_at=at + DAY
            ),
            Status.LISTED,
        ),
        (lambda at: decided(order, at), Status.IN_FORCE),
    ]
    for number, (step, expected) in enumerate(steps, start=1):
        step(NOW + number * HOUR)
        assert status(order, NOW + number * HOUR) is expected
    found = seen(order, NOW + 9 * HOUR)
    assert (found.made_on, found.court) == (TODAY, COURT)
    assert found.standing.last_day == TWO_YEARS
    assert found.standing.hearing_at == NOW + 4 * HOUR + DAY
    assert len(found.clauses) == 2
    kinds = ["drafted", "authorised", "applied", "hearing_listed", "adjourned", "made"]
    assert [e.kind for e in found.events] == kinds
    # What was known in between is not changed by what came after.
    assert seen(order, NOW + 9 * HOUR, NOW + 2 * HOUR).standing.status is Status.APPLIED


def test_a_court_makes_it_with_other_terms_than_were_asked_for() -> None:
    (order,) = drafted(last_day=TWO_YEARS)
    other = (Clause("1", "Keep the peace.", {"kind": "other"}),)
    decided(order, NOW + HOUR, clauses=other, until_further_order=True)
    found = seen(order, NOW + HOUR)
    assert (found.standing.last_day, found.clauses) == (None, other)
    assert found.asked is not None
    assert len(found.asked.clauses) == 2


def test_drafts_bind_nobody_and_stand_apart_from_orders() -> None:
    (order,) = drafted()
    with look(viewer=officer(), references=[HIS], at=NOW) as sight:
        assert queries.orders_of(sight, HIS, at=NOW) == []
        assert [o.reference for o in queries.pending_of(sight, HIS, at=NOW)] == [order]
    assert queries.pending(officer()) == [order]
    assert queries.not_served(officer()) == []
    assert queries.pending(officer(agency="11")) == []
    decided(order, NOW + HOUR)
    assert queries.pending(officer()) == []
    assert queries.not_served(officer()) == [order]


def test_one_application_against_two_is_two_orders_each_with_its_own_life() -> None:
    other = person("P-2026-0002")
    first, second = drafted(respondents=[HIS, other])
    assert [(one.kind, one.other, one.is_from_here) for one in seen(first).links] == [
        (LinkKind.SAME_APPLICATION, second, False)
    ]
    assert seen(second).links[0].is_from_here
    assert seen(first, known=NOW - MINUTE).links == ()
    for order in (first, second):
        decided(order, NOW + HOUR)
    served(first, NOW + 2 * HOUR)
    assert seen(first, NOW + 3 * HOUR).standing.is_served
    assert not seen(second, NOW + 3 * HOUR).standing.is_served


def test_several_protected_persons_are_numbered_in_each_of_the_orders() -> None:
    her, child = protected_person(NOW), protected_person(NOW)
    (order,) = drafted(protected=[her, child])
    assert [(p.number, p.reference) for p in seen(order).protected] == [(1, her), (2, child)]


def test_the_same_draft_twice_is_refused_until_the_first_was_given_up() -> None:
    her = protected_person(NOW)
    (first,) = drafted(protected=[her])
    refused(SameOrderError, f"found {first}", lambda: drafted(protected=[her]))
    actions.withdraw(by=officer(), at=NOW, order=first, withdrawn_at=NOW)
    assert status(first) is Status.WITHDRAWN
    assert drafted(protected=[her]) == ("SPO-2026-0002",)


def test_a_draft_that_came_to_be_the_order_of_that_day_is_not_made_again_at_once() -> None:
    her = protected_person(NOW)
    (order,) = drafted(protected=[her])
    decided(order, NOW + HOUR)
    refused(SameOrderError, f"found {order}", lambda: made(NOW + 2 * HOUR, protected=[her]))


def test_a_refused_application_is_at_its_end() -> None:
    (order,) = drafted()
    refused(
        BadStepError,
        "a court has before it, found one that is drafted",
        lambda: actions.refuse(by=officer(), at=NOW, order=order, refused_at=NOW),
    )
    applied(order)
    actions.refuse(by=officer(), at=NOW + HOUR, order=order, refused_at=NOW + HOUR, court=COURT)
    assert status(order, NOW + HOUR) is Status.REFUSED
    assert queries.pending(officer()) == []
    refused(BadStepError, "found one that is refused", lambda: decided(order, NOW + 2 * HOUR))
    refused(BadServiceError, "after the making", lambda: served(order, NOW + 2 * HOUR))


DRAFTS: list[tuple[str, type[Exception], str, dict[str, Any]]] = [
    ("no clause", BadTermsError, "at least one condition", {"clauses": ()}),
    ("nobody", BadTermsError, "at least one respondent", {"respondents": []}),
    ("somebody twice", BadTermsError, "respondent, each once", {"respondents": [HIS, HIS]}),
    ("a stranger", NotFoundError, "nothing here", {"respondents": ["P-NOBODY"]}),
    ("an unknown kind", UnknownOrderKindError, "expected one of", {"instrument": "ASBO"}),
    ("ends too soon", NotLawfulError, "2019", {"last_day": date(2028, 11, 1)}),
    ("ended yesterday", BadTermsError, "day of the draft", {"last_day": TODAY - DAY}),
    ("not for a victim", NotLawfulError, "2019", {"applicant": "victim"}),
    ("a notice with a last day", BadTermsError, "no last day", {"instrument": "DVPN",
     "last_day": TWO_YEARS}),
    ("elsewhere", NotLawfulError, "Scotland", {"jurisdiction": "S"}),
    ("proposed", ProposedError, "not law", {"instrument": "SERIAL_PO"}),
    ("a pilot elsewhere", NotLawfulError, "pilot", {"instrument": "DAPO", "area": "Exmere"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("error", "sentence", "changed"), [one[1:] for one in DRAFTS], ids=[one[0] for one in DRAFTS]
)
def test_what_cannot_be_an_order_cannot_be_a_draft(
    error: type[Exception], sentence: str, changed: dict[str, Any]
) -> None:
    her = protected_person(NOW)
    refused(error, sentence, lambda: drafted(protected=[her], **changed))


def test_steps_are_recorded_in_the_order_in_which_they_happened() -> None:
    (order,) = drafted()
    applied(order, NOW + HOUR)
    refused(
        BadStepError,
        "at 1:00pm on 23 November 2026 or later",
        lambda: actions.list_hearing(
            by=officer(),
            at=NOW + DAY,
            order=order,
            listed_at=NOW + HOUR - MINUTE,
            hearing_at=NOW + DAY,
        ),
    )
    refused(BadStepError, "found applied in the future", lambda: actions.apply_for(
        by=officer(), at=NOW, order=order, applied_at=NOW + MINUTE, court=COURT
    ))  # fmt: skip
    refused(BadStepError, "not yet applied for", lambda: applied(order, NOW + 2 * HOUR))
    refused(BadStepError, "a hearing after it was listed", lambda: actions.list_hearing(
        by=officer(), at=NOW + DAY, order=order, listed_at=NOW + DAY, hearing_at=NOW
    ))  # fmt: skip
    refused(BadStepError, "with a hearing listed, found one that is applied", lambda: (
        actions.adjourn(by=officer(), at=NOW + DAY, order=order, adjourned_at=NOW + DAY)
    ))  # fmt: skip


def test_the_court_that_is_asked_is_named() -> None:
    (order,) = drafted()
    refused(BadTermsError, "name it", lambda: actions.apply_for(
        by=officer(), at=NOW, order=order, applied_at=NOW, court=" "
    ))  # fmt: skip


def test_who_asks_for_it_may_be_said_at_the_application() -> None:
    (order,) = drafted()
    refused(NotLawfulError, "2019", lambda: actions.apply_for(
        by=officer(), at=NOW, order=order, applied_at=NOW, court=COURT, applicant="victim"
    ))  # fmt: skip
    actions.apply_for(
        by=officer(), at=NOW, order=order, applied_at=NOW, court=COURT, applicant="police"
    )
    assert seen(order).applicant == "police"


# The application was at noon: an order of that day of which no hour is known was made after it.
def test_an_order_of_which_only_the_day_is_known_is_made_after_the_last_step_of_that_day() -> None:
    (order,) = drafted()
    applied(order)
    actions.make_drafted(by=officer(), at=NOW + HOUR, order=order, made_on=TODAY, court=COURT)
    assert status(order, NOW - MINUTE) is not Status.IN_FORCE
    assert status(order, NOW) is Status.IN_FORCE
    (later,) = drafted()
    actions.make_drafted(
        by=officer(), at=NOW + 2 * DAY, order=later, made_on=TODAY + DAY, court=COURT
    )
    assert seen(later, london(2026, 11, 24)).standing.since == london(2026, 11, 24)


# -- notices --------------------------------------------------------------------------------


def issued(at: datetime = NOW, instrument: str = "DVPN", rank: str = "superintendent") -> str:
    (order,) = drafted(at, instrument=instrument)
    authorised(order, at, rank)
    actions.issue_notice(by=SUPER, at=at, order=order, issued_at=at)
    return order


def test_a_notice_is_drafted_authorised_issued_served_and_its_hearing_listed() -> None:
    order = issued()
    assert status(order) is Status.NOT_SERVED
    found = seen(order)
    assert (found.made_on, found.issuer_rank, found.court) == (TODAY, "superintendent", "")
    assert len(found.clauses) == 2
    served(order, NOW + HOUR)
    actions.list_hearing(
        by=officer(), at=NOW + HOUR, order=order, listed_at=NOW + HOUR, hearing_at=NOW + 2 * DAY
    )
    found = seen(order, NOW + HOUR)
    assert (found.standing.status, found.standing.hearing_at) == (
        Status.IN_FORCE,
        NOW + 2 * DAY,
    )
    refused(BadStepError, "no hearing yet", lambda: actions.list_hearing(
        by=officer(), at=NOW + DAY, order=order, listed_at=NOW + DAY, hearing_at=NOW + 2 * DAY
    ))  # fmt: skip
    actions.adjourn(
        by=officer(), at=NOW + DAY, order=order, adjourned_at=NOW + DAY, hearing_at=NOW + 3 * DAY
    )
    assert seen(order, NOW + DAY).standing.hearing_at == NOW + 3 * DAY


@pytest.mark.parametrize(
    ("instrument", "too_low", "enough"),
    [
        ("DVPN", "chief_inspector", "superintendent"),
        ("DAPN", "sergeant", "inspector"),
    ],
)
def test_a_notice_is_authorised_by_the_rank_that_the_law_asks_for(
    instrument: str, too_low: str, enough: str
) -> None:
    (order,) = drafted(instrument=instrument)
    refused(BadStepError, "of sufficient rank", lambda: actions.issue_notice(
        by=SUPER, at=NOW, order=order, issued_at=NOW
    ))  # fmt: skip
    refused(NotLawfulError, r"rank.*\(.*20(10|21)", lambda: authorised(order, rank=too_low))
    refused(BadTermsError, "rank to be one of", lambda: authorised(order, rank="duke"))
    authorised(order, rank=enough)
    actions.issue_notice(by=SUPER, at=NOW, order=order, issued_at=NOW)
    assert seen(order).issuer_rank == enough


def test_a_notice_by_a_sergeant_is_refused_when_it_is_recorded_at_once_too() -> None:
    her = protected_person(NOW)
    refused(NotLawfulError, r"Domestic Abuse Act 2021", lambda: made(
        NOW, instrument="DAPN", issuer_rank="sergeant", protected=[her]
    ))  # fmt: skip


def test_a_notice_is_neither_applied_for_nor_made_and_an_order_is_not_issued() -> None:
    (notice,) = drafted(instrument="DVPN")
    refused(BadStepError, "found a notice", lambda: applied(notice))
    refused(BadStepError, "found a notice", lambda: decided(notice, NOW))
    refused(BadStepError, "found a notice", lambda: actions.refuse(
        by=officer(), at=NOW, order=notice, refused_at=NOW
    ))  # fmt: skip
    refused(BadStepError, "issued and has not ended", lambda: actions.list_hearing(
        by=officer(), at=NOW, order=notice, listed_at=NOW, hearing_at=NOW + DAY
    ))  # fmt: skip
    (order,) = drafted()
    refused(BadStepError, "record its making", lambda: actions.issue_notice(
        by=officer(), at=NOW, order=order, issued_at=NOW
    ))  # fmt: skip


def test_the_order_that_follows_a_notice_says_so() -> None:
    her = protected_person(NOW)
    notice = made(NOW, instrument="DVPN", protected=[her], made_at=NOW)
    order = made(
        NOW + HOUR,
        instrument="DVPO",
        protected=[her],
        last_day=date(2026, 12, 15),
        follows=notice,
    )
    assert [(x.kind, x.other) for x in seen(order).links] == [(LinkKind.FOLLOWS_NOTICE, notice)]
    (later,) = drafted(NOW + HOUR, instrument="DVPO", protected=[her], last_day=date(2026, 12, 15))
    refused(
        BadLinkError,
        "the notice that it follows",
        lambda: decided(later, NOW + DAY, follows=order),
    )
    decided(later, NOW + DAY, follows=notice)
    assert {x.other for x in seen(notice).links} == {order, later}


def test_a_full_order_that_replaces_its_interim_one_is_linked_to_it() -> None:
    her = protected_person(NOW)
    interim = made(
        NOW, instrument="STALK_PO_I", protected=[her], last_day=date(2026, 12, 21), made_at=NOW
    )
    (full,) = drafted(NOW + HOUR, protected=[her])
    decided(full, NOW + DAY, replaces=interim)
    assert status(interim, NOW + DAY) is Status.REPLACED
    assert [(x.kind, x.other, x.is_from_here) for x in seen(interim).links] == [
        (LinkKind.INTERIM_OF, full, True)
    ]
    assert seen(full, NOW + DAY).replaces == interim


def test_a_notice_that_an_order_replaces_is_the_one_that_it_follows() -> None:
    her = protected_person(NOW)
    notice = made(NOW, instrument="DVPN", protected=[her], made_at=NOW)
    at = NOW + DAY
    order = made(
        at, instrument="DVPO", protected=[her], made_at=at, last_day=date(2026, 12, 15),
        replaces=notice,
    )  # fmt: skip
    assert [(x.kind, x.other) for x in seen(order).links] == [(LinkKind.FOLLOWS_NOTICE, notice)]


def test_an_order_that_was_changed_is_replaced_after_the_change() -> None:
    order, her = lasting()
    vary(order, NOW, last_day=date(2027, 1, 31))
    before = NOW - MINUTE
    refused(BadTermsError, "after its last change", lambda: made(
        NOW, instrument="NMO", protected=[her], made_at=before, replaces=order
    ))  # fmt: skip
    again = made(NOW, instrument="NMO", protected=[her], made_at=NOW, replaces=order)
    # One order of a kind in the place of another is neither its interim nor its notice.
    assert seen(again).links == ()
    assert seen(again).replaces == order


# -- links ----------------------------------------------------------------------------------


def joined(one: str, kind: LinkKind, other: str) -> None:
    actions.link(by=officer(), at=NOW, order=one, kind=kind, other=other)


def test_an_order_made_for_a_breach_is_linked_to_the_order_that_was_broken() -> None:
    broken, after = made(NOW), made(NOW, instrument="RO_CONV")
    joined(after, LinkKind.BREACH_OF, broken)
    joined(after, LinkKind.BREACH_OF, broken)
    assert LinkedOrder.objects.count() == 1
    assert [(x.kind, x.other) for x in seen(broken).links] == [(LinkKind.BREACH_OF, after)]


def test_orders_that_have_nothing_to_do_with_each_other_are_not_linked() -> None:
    one, other = made(NOW), made(NOW, respondent=person("P-2026-0002"))
    alike = made(NOW, instrument="RO_CONV")
    for kind, a, b, sentence in (
        (LinkKind.BREACH_OF, one, one, "linked to itself"),
        (LinkKind.BREACH_OF, one, other, "found two persons"),
        (LinkKind.SAME_APPLICATION, one, alike, "found two kinds"),
        (LinkKind.INTERIM_OF, one, alike, "an interim order and the full order"),
        (LinkKind.FOLLOWS_NOTICE, one, alike, "the notice that it follows"),
    ):
        refused(BadLinkError, sentence, lambda a=a, b=b, kind=kind: joined(a, kind, b))  # type: ignore[misc]


# -- changes --------------------------------------------------------------------------------


def lasting(**more: Any) -> tuple[str, str]:
    """A non-molestation order of a year from yesterday noon, and whom it protects."""
    her = protected_person(NOW)
    order = made(
        NOW,
        instrument="NMO",
        protected=[her],
        made_on=TODAY - DAY,
        made_at=NOW - DAY,
        last_day=date(2027, 11, 21),
        without_notice=False,
        **more,
    )
    return order, her


def vary(order: str, at: datetime, **more: Any) -> None:
    actions.vary(by=officer(), at=max(at, NOW), order=order, varied_at=at, **more)


def test_a_variation_sets_the_whole_list_and_the_versions_stand_side_by_side() -> None:
    order, her = lasting()
    new = (
        Clause("1", "You must not contact her except by letter.", {"kind": "other"}),
        Clause("3", "You must not threaten her.", {"kind": "no_threats", "persons": [her]}),
    )
    vary(order, NOW, clauses=new)
    assert len(seen(order, NOW - MINUTE).clauses) == 2
    found = seen(order)
    assert (found.clauses, found.standing.last_day) == (new, date(2027, 11, 21))
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        first, second = queries.versions_of(sight, order)
    assert [(c.clause, c.mark) for c in first.changes] == [("1", Mark.ADDED), ("2", Mark.ADDED)]
    assert [(c.clause, c.mark) for c in second.changes] == [
        ("1", Mark.CHANGED),
        ("3", Mark.ADDED),
        ("2", Mark.REMOVED),
    ]
    assert second.has_new_clauses
    assert (first.kind, second.kind) == (EventKind.MADE, EventKind.VARIED)


def test_a_variation_may_set_the_last_day_alone_or_take_it_away() -> None:
    order, _ = lasting()
    vary(order, NOW, last_day=date(2027, 1, 31))
    assert seen(order).standing.last_day == date(2027, 1, 31)
    assert len(seen(order).clauses) == 2
    vary(order, NOW + MINUTE, until_further_order=True)
    assert seen(order, NOW + MINUTE).standing.last_day is None


def test_two_variations_at_one_instant_or_one_before_another_overlap() -> None:
    order, _ = lasting()
    vary(order, NOW - HOUR, last_day=date(2027, 1, 31))
    for at in (NOW - HOUR, NOW - HOUR - MINUTE):
        refused(
            BadChangeError,
            "a change after the last one, varied at 11:00am .*may not overlap",
            lambda at=at: vary(order, at, last_day=date(2027, 2, 1)),  # type: ignore[misc]
        )
    vary(order, NOW - HOUR + MINUTE, last_day=date(2027, 2, 1))


def test_the_database_itself_holds_one_change_at_an_instant() -> None:
    order, _ = lasting()
    vary(order, NOW, last_day=date(2027, 1, 31))
    row = OrderEvent.objects.get(kind=EventKind.VARIED)
    with pytest.raises(IntegrityError):
        OrderEvent.objects.create(
            order=row.order, kind="extended", happened_at=NOW, recorded_at=NOW, by="x"
        )


CHANGES: list[tuple[str, type[Exception], str, dict[str, Any]]] = [
    ("nothing new", BadChangeError, "found neither", {}),
    ("no clause left", BadTermsError, "at least one condition", {"clauses": ()}),
    ("ends before it", BadTermsError, "day of the change", {"last_day": date(2026, 11, 22)}),
    (
        "a term that it may not hold",
        NotLawfulError,
        "found curfew in clause 9 .*Family Law Act 1996",
        {
            "clauses": (
                Clause(
                    "9",
                    "Stay in.",
                    {
                        "kind": "curfew",
                        "days": ["mon"],
                        "from_time": "21:00",
                        "to_time": "06:00",
                        "address_ref": "L-1",
                    },
                ),
            )
        },
    ),
    (
        "a stranger is protected",
        BadRuleError,
        "only the order's protected persons",
        {"clauses": (Clause("1", "x", {"kind": "no_threats", "persons": ["V-OTHER"]}),)},
    ),
]


@pytest.mark.parametrize(
    ("error", "sentence", "changed"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES]
)
def test_a_variation_that_cannot_be_is_refused_whole(
    error: type[Exception], sentence: str, changed: dict[str, Any]
) -> None:
    order, _ = lasting()
    refused(error, sentence, lambda: vary(order, NOW, **changed))


def test_a_change_before_the_making_or_in_the_future_is_refused() -> None:
    order, _ = lasting()
    refused(BadChangeError, "made before it was varied", lambda: vary(
        order, NOW - DAY - MINUTE, last_day=date(2027, 1, 31)
    ))  # fmt: skip
    refused(BadChangeError, "varied in the future", lambda: actions.vary(
        by=officer(), at=NOW, order=order, varied_at=NOW + MINUTE, last_day=date(2027, 1, 31)
    ))  # fmt: skip


def test_an_extension_sets_a_later_last_day_and_nothing_else() -> None:
    order, _ = lasting()
    for last_day in (date(2027, 11, 21), date(2027, 11, 20)):
        refused(BadChangeError, "after 21 November 2027", lambda d=last_day: actions.extend(  # type: ignore[misc]
            by=officer(), at=NOW, order=order, extended_at=NOW, last_day=d
        ))  # fmt: skip
    actions.extend(by=officer(), at=NOW, order=order, extended_at=NOW, last_day=date(2027, 11, 22))
    found = seen(order)
    assert (found.standing.last_day, len(found.clauses)) == (date(2027, 11, 22), 2)


def test_an_order_until_further_order_cannot_be_extended() -> None:
    order = made(NOW, instrument="NMO", made_at=NOW)
    refused(BadChangeError, "until further order", lambda: actions.extend(
        by=officer(), at=NOW + HOUR, order=order, extended_at=NOW + HOUR, last_day=TWO_YEARS
    ))  # fmt: skip


# Its last day is Sunday 6 December 2026: it ends with the midnight after it.
def test_what_has_ended_is_neither_extended_nor_varied_nor_resumed() -> None:
    order = made(NOW, instrument="NMO", made_at=NOW, last_day=date(2026, 12, 6))
    over = london(2026, 12, 7)
    refused(BadChangeError, "ended at 12:00am on 7 December 2026", lambda: actions.extend(
        by=officer(), at=over, order=order, extended_at=over, last_day=TWO_YEARS
    ))  # fmt: skip
    actions.extend(
        by=officer(), at=over, order=order, extended_at=over - MINUTE, last_day=TWO_YEARS
    )
    assert status(order, over) is Status.NOT_SERVED
    actions.quash(by=officer(), at=over, order=order, quashed_at=over, court=COURT)
    assert status(order, over) is Status.QUASHED
    refused(BadChangeError, "ask for a new one", lambda: actions.suspend(
        by=officer(), at=over + HOUR, order=order, suspended_at=over + HOUR
    ))  # fmt: skip


def test_a_domestic_violence_protection_order_is_not_renewed_extended_or_varied() -> None:
    order = made(NOW, instrument="DVPO", made_at=NOW, last_day=date(2026, 12, 15))
    later = date(2026, 12, 20)
    at = NOW + HOUR
    refused(BadChangeError, r"can be renewed.*no power.*2010", lambda: actions.renew(
        by=officer(), at=at, order=order, renewed_at=at, last_day=later
    ))  # fmt: skip
    refused(BadChangeError, r"can be extended.*2010", lambda: actions.extend(
        by=officer(), at=at, order=order, extended_at=at, last_day=later
    ))  # fmt: skip
    refused(BadChangeError, r"can be varied.*2010", lambda: actions.vary(
        by=officer(), at=at, order=order, varied_at=at, last_day=later
    ))  # fmt: skip


# A violent offender order runs for five years at most: a renewal too, counted from its own day.
def test_a_renewal_runs_no_longer_than_the_law_lets_an_order_run() -> None:
    her = protected_person(NOW)
    term = (Clause("1", "Not to go there.", {"kind": "do_not_enter", "area_ref": "L-1"}),)
    order = made(
        NOW,
        instrument="VOO",
        made_at=NOW,
        protected=[her],
        clauses=term,
        last_day=date(2028, 11, 22),
    )
    at = NOW + HOUR

    def renew(last_day: date) -> None:
        actions.renew(by=officer(), at=at, order=order, renewed_at=at, last_day=last_day)

    refused(NotLawfulError, "Criminal Justice and Immigration Act 2008", lambda: renew(
        date(2031, 11, 23)
    ))  # fmt: skip
    renew(date(2031, 11, 22))
    assert seen(order, at).standing.last_day == date(2031, 11, 22)


# Two years from Monday 23 November 2026 end with Wednesday 22 November 2028.
def test_a_variation_cannot_shorten_an_order_below_what_the_law_allows() -> None:
    order = made(NOW, made_at=NOW, last_day=date(2029, 1, 1))
    at = NOW + HOUR
    refused(NotLawfulError, "Stalking Protection Act 2019", lambda: actions.vary(
        by=officer(), at=at, order=order, varied_at=at, last_day=date(2028, 11, 21)
    ))  # fmt: skip
    actions.vary(by=officer(), at=at, order=order, varied_at=at, last_day=date(2028, 11, 22))


def test_a_renewal_may_set_other_clauses() -> None:
    order = made(NOW, made_at=NOW, last_day=date(2029, 1, 1))
    new = (Clause("7", "Keep the peace.", {"kind": "other"}),)
    at = NOW + HOUR
    actions.renew(
        by=officer(), at=at, order=order, renewed_at=at, last_day=date(2031, 1, 1), clauses=new
    )
    assert (seen(order, at).clauses, seen(order, at).standing.last_day) == (new, date(2031, 1, 1))


def test_a_suspended_order_binds_nobody_until_it_is_resumed() -> None:
    order, _ = lasting()
    actions.suspend(by=officer(), at=NOW, order=order, suspended_at=NOW, until_at=NOW + 2 * DAY)
    found = seen(order)
    assert (found.standing.status, found.standing.suspended_until_at) == (
        Status.SUSPENDED,
        NOW + 2 * DAY,
    )
    assert status(order, NOW - MINUTE) is Status.IN_FORCE
    assert status(order, NOW + 2 * DAY - MINUTE) is Status.SUSPENDED
    assert status(order, NOW + 2 * DAY) is Status.IN_FORCE
    refused(BadChangeError, "not suspended, found one that is", lambda: actions.suspend(
        by=officer(), at=NOW + HOUR, order=order, suspended_at=NOW + HOUR
    ))  # fmt: skip
    actions.resume(by=officer(), at=NOW + DAY, order=order, resumed_at=NOW + DAY)
    assert seen(order, NOW + DAY).standing.since == NOW + DAY
    refused(BadChangeError, "expected a suspended order", lambda: actions.resume(
        by=officer(), at=NOW + 2 * DAY, order=order, resumed_at=NOW + 2 * DAY
    ))  # fmt: skip


def test_a_suspension_ends_after_it_begins() -> None:
    order, _ = lasting()
    refused(BadChangeError, "ends after it begins", lambda: actions.suspend(
        by=officer(), at=NOW, order=order, suspended_at=NOW, until_at=NOW
    ))  # fmt: skip


def test_an_end_before_the_last_change_is_refused() -> None:
    order, _ = lasting()
    vary(order, NOW, last_day=date(2027, 1, 31))
    before = NOW - MINUTE
    refused(BadDischargeError, "after the last change, varied", lambda: actions.discharge(
        by=officer(), at=NOW, order=order, discharged_at=before
    ))  # fmt: skip
    refused(BadDischargeError, "after the last change", lambda: actions.quash(
        by=officer(), at=NOW, order=order, quashed_at=before
    ))  # fmt: skip
    actions.discharge(by=officer(), at=NOW, order=order, discharged_at=NOW)
    assert status(order) is Status.DISCHARGED


# Five years from Monday 23 November 2026 end with Saturday 22 November 2031.
def test_a_sexual_harm_prevention_order_needs_both_to_agree_for_five_years() -> None:
    order = made(NOW, instrument="SHPO", made_at=NOW)
    late, in_time = london(2031, 11, 23), london(2031, 11, 22, 23, 59)

    def discharge(at: datetime) -> None:
        actions.discharge(by=officer(), at=at, order=order, discharged_at=at)

    refused(BadDischargeError, "up to 22 November 2031", lambda: discharge(in_time))
    discharge(late)


# -- knowledge ------------------------------------------------------------------------------


def known(order: str, known_at: datetime, at: datetime | None = None) -> None:
    actions.record_knowledge(
        by=officer(Role.RESPONSE_OFFICER, username="bob"),
        at=at or known_at,
        order=order,
        known_at=known_at,
        how=Knowledge.BY_OFFICER,
        proof=Proof.VIDEO,
    )


def test_an_order_made_without_notice_binds_from_knowledge_or_from_service() -> None:
    order = made(NOW, instrument="NMO", made_at=NOW, without_notice=True)
    assert status(order, NOW + DAY) is Status.NOT_SERVED
    known(order, NOW + HOUR)
    found = seen(order, NOW + HOUR).standing
    assert (found.status, found.since, found.known_at) == (
        Status.IN_FORCE,
        NOW + HOUR,
        NOW + HOUR,
    )
    assert not found.is_served
    assert status(order, NOW + HOUR - MINUTE) is Status.NOT_SERVED
    assert queries.not_served(officer()) == [order]
    served(order, NOW + 2 * HOUR)
    assert seen(order, NOW + 2 * HOUR).standing.since == NOW + HOUR


def test_knowledge_before_the_making_in_the_future_or_after_the_end_is_refused() -> None:
    order = made(NOW, instrument="NMO", made_at=NOW, last_day=date(2026, 12, 6))
    refused(BadServiceError, "after the making", lambda: known(order, NOW - MINUTE))
    refused(BadServiceError, "in the future", lambda: known(order, NOW + HOUR, NOW))
    refused(BadServiceError, "ended at 12:00am", lambda: known(order, london(2026, 12, 7)))


# -- terms ----------------------------------------------------------------------------------

TAG = Clause("5", "Wear the tag.", {"kind": "wear_tag"})


def tagged(last_day: str | None) -> tuple[Clause, ...]:
    rule = {"kind": "wear_tag"} | ({"last_day": last_day} if last_day else {})
    return (Clause("5", "Wear the tag.", rule),)


# Made on Monday 23 November 2026: twelve months end with Monday 22 November 2027.
@pytest.mark.parametrize(
    ("last_day", "own", "is_lawful"),
    [
        pytest.param(None, None, False, id="neither the order nor the tag has a last day"),
        pytest.param(None, "2027-11-22", True, id="Monday, the last day of twelve months"),
        pytest.param(None, "2027-11-23", False, id="Tuesday, a day over twelve months"),
        pytest.param(date(2027, 11, 22), None, True, id="the order ends with the twelve months"),
        pytest.param(date(2027, 11, 23), None, False, id="the order runs on for a day"),
    ],
)
def test_electronic_monitoring_lasts_twelve_months_at_most(
    last_day: date | None, own: str | None, is_lawful: bool
) -> None:
    her = protected_person(NOW)

    def attempt() -> str:
        return made(NOW, instrument="DAPO", protected=[her], clauses=tagged(own), last_day=last_day)

    if is_lawful:
        assert attempt()
        return
    refused(NotLawfulError, r"22 November 2027 or before.*Domestic Abuse Act 2021", attempt)


def test_an_extension_that_would_carry_the_tag_past_twelve_months_is_refused() -> None:
    order = made(
        NOW,
        instrument="DAPO",
        made_at=NOW,
        clauses=tagged(None),
        last_day=date(2027, 11, 22),
        protected=[protected_person(NOW)],
    )
    at = NOW + HOUR
    refused(NotLawfulError, "electronic monitoring", lambda: actions.extend(
        by=officer(), at=at, order=order, extended_at=at, last_day=date(2027, 11, 23)
    ))  # fmt: skip
    half = london(2027, 5, 23, 12)
    actions.extend(by=officer(), at=half, order=order, extended_at=half, last_day=date(2028, 5, 22))


ATTEND: dict[str, Any] = {
    "kind": "attend",
    "programme": "An invented course",
    "at": ["2026-12-01T10:00:00+00:00"],
}


def test_a_positive_requirement_needs_a_named_supervisor_where_the_law_says_so() -> None:
    her = protected_person(NOW)

    def attempt(**rule: str) -> str:
        one = Clause("3", "Attend the course.", {**ATTEND, **rule})
        return made(NOW, instrument="DAPO", protected=[her], clauses=(one,))

    refused(NotLawfulError, r"named supervisor.*clause 3.*Domestic Abuse Act 2021", attempt)
    order = attempt(supervisor="PS 12, offender desk")
    assert seen(order).clauses[0].rule["supervisor"] == "PS 12, offender desk"


@pytest.mark.parametrize(
    ("instrument", "last_day", "act"),
    [
        ("DVPN", None, "Crime and Security Act 2010"),
        ("DVPO", date(2026, 12, 15), "Crime and Security Act 2010"),
        ("DAPN", None, "Domestic Abuse Act 2021"),
        ("VOO", date(2028, 11, 22), "Criminal Justice and Immigration Act 2008"),
    ],
)
def test_a_closed_list_holds_no_course(instrument: str, last_day: date | None, act: str) -> None:
    her = protected_person(NOW)
    course = (Clause("4", "Attend.", ATTEND),)
    refused(NotLawfulError, f"found attend in clause 4 .*{act}", lambda: made(
        NOW, instrument=instrument, protected=[her], clauses=course, last_day=last_day
    ))  # fmt: skip
    refused(NotLawfulError, "found attend in clause 4", lambda: drafted(
        instrument=instrument, protected=[her], clauses=course, last_day=last_day
    ))  # fmt: skip


def test_a_notice_that_forbids_no_molestation_is_no_such_notice() -> None:
    her = protected_person(NOW)
    away = (Clause("1", "Stay out.", {"kind": "do_not_enter", "area_ref": "L-1"}),)
    refused(NotLawfulError, "at least, found none", lambda: made(
        NOW, instrument="DVPN", protected=[her], clauses=away
    ))  # fmt: skip


# -- what is proposed -----------------------------------------------------------------------


def test_a_proposed_order_lives_its_whole_life_and_every_reading_says_so() -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    her = protected_person(NOW)
    attend = Clause("3", "Attend.", {**ATTEND, "supervisor": "PS 12"})
    terms = (*clauses([her]), attend)
    (order,) = drafted(
        instrument="SERIAL_PO", protected=[her], clauses=terms, last_day=date(2032, 1, 1)
    )
    authorised(order)
    applied(order)
    decided(order, NOW + HOUR)
    served(order, NOW + 2 * HOUR)
    at = NOW + DAY
    actions.vary(by=officer(), at=at, order=order, varied_at=at, last_day=date(2033, 1, 1))
    for instant in (NOW, NOW + HOUR, NOW + 2 * HOUR, at):
        found = seen(order, instant)
        assert (found.is_proposed, found.regime) == (True, "paladin")
        assert "proposed" in found.title
    with look(viewer=officer(), references=[HIS], at=NOW) as sight:
        assert queries.orders_of(sight, HIS, at=at)[0].is_proposed


# -- as it was known ------------------------------------------------------------------------


def test_a_clock_that_was_set_back_cannot_change_what_was_known() -> None:
    order, _ = lasting()
    vary(order, NOW, last_day=date(2027, 1, 31))
    actions.vary(
        by=officer(),
        at=NOW + 2 * DAY,
        order=order,
        varied_at=NOW + HOUR,
        last_day=date(2027, 2, 28),
    )
    known(order, NOW + HOUR, NOW + DAY)
    latest = OrderEvent.objects.get(order__reference=order, kind=EventKind.KNOWN)
    assert latest.recorded_at == NOW + 2 * DAY
    assert seen(order, NOW + DAY, NOW + DAY).standing.known_at is None


# -- who may --------------------------------------------------------------------------------

VERBS: list[tuple[str, Callable[[Viewer, str], object]]] = [
    ("authorise", lambda by, o: actions.authorise(
        by=by, at=NOW, order=o, authorised_at=NOW, rank="superintendent")),
    ("apply", lambda by, o: actions.apply_for(
        by=by, at=NOW, order=o, applied_at=NOW, court=COURT)),
    ("withdraw", lambda by, o: actions.withdraw(by=by, at=NOW, order=o, withdrawn_at=NOW)),
    ("make", lambda by, o: actions.make_drafted(
        by=by, at=NOW, order=o, made_on=TODAY, made_at=NOW, court=COURT)),
    ("vary", lambda by, o: actions.vary(
        by=by, at=NOW, order=o, varied_at=NOW, until_further_order=True)),
    ("quash", lambda by, o: actions.quash(by=by, at=NOW, order=o, quashed_at=NOW)),
    ("link", lambda by, o: actions.link(
        by=by, at=NOW, order=o, kind=LinkKind.BREACH_OF, other=o)),
]  # fmt: skip


@pytest.mark.parametrize("act", [one[1] for one in VERBS], ids=[one[0] for one in VERBS])
def test_another_agency_and_another_role_change_nothing(act: Callable[..., object]) -> None:
    (order,) = drafted()
    for role in Role:
        stranger = officer(role, username="charlie", agency="11")
        before = rows()
        with pytest.raises((NotAllowedError, NotFoundError)):
            act(stranger, order)
        assert rows() == before
    for role in set(Role) - permissions.VERBS[permissions.APPLY]:
        before = rows()
        with pytest.raises((NotAllowedError, NotFoundError)):
            act(officer(role, username="dora"), order)
        assert rows() == before


@pytest.mark.parametrize("role", list(Role))
def test_each_may_has_its_check(role: Role) -> None:
    viewer = officer(role)
    table = permissions.VERBS
    assert permissions.can_draft(viewer) is (role in table[permissions.DRAFT])
    for kind in KINDS.values():
        verb = permissions.ISSUE if kind.is_notice else permissions.MAKE
        assert permissions.can_make_in(viewer, kind, agency="10") is (role in table[verb])
        assert not permissions.can_make_in(viewer, kind, agency="11")
    for can, verb in (
        (permissions.can_authorise, permissions.AUTHORISE),
        (permissions.can_apply, permissions.APPLY),
        (permissions.can_change, permissions.CHANGE),
    ):
        assert can(viewer, agency="10") is (role in table[verb])
        assert not can(viewer, agency="11")


def test_an_order_against_a_sealed_person_is_nothing_to_everybody_else() -> None:
    User.objects.create(username="sam", agency_id="10", role=SUPER.role)
    order = made(NOW, instrument="NMO", made_at=NOW)
    seal_record(by=SUPER, at=NOW, reference=HIS, named=["sam"])
    with look(viewer=officer(), references=[order, HIS], at=NOW) as sight:
        for ask in (
            lambda: queries.versions_of(sight, order),
            lambda: queries.orders_of(sight, HIS, at=NOW),
            lambda: queries.pending_of(sight, HIS, at=NOW),
            lambda: queries.versions_of(sight, order),
        ):
            with pytest.raises(NotFoundError):
                ask()
    assert queries.not_served(officer()) == []
    refused(NotFoundError, "nothing here", lambda: served(order, NOW + HOUR))
    refused(NotFoundError, "nothing here", lambda: actions.quash(
        by=officer(), at=NOW + HOUR, order=order, quashed_at=NOW + HOUR
    ))  # fmt: skip


# -- two at once ----------------------------------------------------------------------------


@pytest.fixture
def threads(transactional_db: None) -> Iterator[None]:
    yield
    connection.close()


def at_once(*tasks: Callable[[], object]) -> list[object]:
    together = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        together.wait()
        try:
            return task()
        except (BadChangeError, BadDischargeError, BadStepError, SameOrderError) as stopped:
            return stopped
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


@pytest.mark.django_db(transaction=True)
def test_of_two_variations_in_one_moment_one_counts(threads: None) -> None:
    order, _ = lasting()
    days = (date(2027, 1, 31), date(2027, 2, 28))
    said = at_once(*(lambda d=d: vary(order, NOW, last_day=d) for d in days))
    assert [isinstance(one, BadChangeError) for one in said].count(True) == 1
    assert OrderEvent.objects.filter(kind=EventKind.VARIED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_an_end_and_a_making_twice_in_one_moment_one_counts(threads: None) -> None:
    (draft,) = drafted()
    order, _ = lasting()
    made_twice = at_once(lambda: decided(draft, NOW), lambda: decided(draft, NOW))
    assert [isinstance(one, BadStepError) for one in made_twice].count(True) == 1
    ended = at_once(
        lambda: actions.quash(by=officer(), at=NOW, order=order, quashed_at=NOW),
        lambda: actions.discharge(
            by=officer(), at=NOW, order=order, discharged_at=NOW, how=Ending.COURT_ORDER
        ),
    )
    assert [isinstance(one, BadDischargeError) for one in ended].count(True) == 1
    assert OrderEvent.objects.filter(kind__in=["quashed", "discharged"]).count() == 1

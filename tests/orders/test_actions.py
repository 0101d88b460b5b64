"""Orders made, served and discharged: what is refused is refused whole, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models

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
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.models import Agency
from vigil.access.viewer import Role
from vigil.identity.models import Person
from vigil.ledger.models import Entry, Target
from vigil.orders import permissions, queries
from vigil.orders.actions import discharge
from vigil.orders.errors import (
    AlreadyServedError,
    BadDischargeError,
    BadRuleError,
    BadServiceError,
    BadTermsError,
    NotLawfulError,
    ProposedError,
    SameOrderError,
    UnknownOrderKindError,
)
from vigil.orders.kinds import KINDS, Ending, EventKind, How, Proof, Status, Where
from vigil.orders.models import (
    Condition,
    Evidence,
    Order,
    OrderEvent,
    OrderNumber,
    Protected,
)
from vigil.orders.rules import Clause

pytestmark = pytest.mark.django_db

NOW = london(2026, 11, 23, 12)  # a Monday
TODAY = date(2026, 11, 23)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TABLES: tuple[type[models.Model], ...] = (
    Order,
    OrderEvent,
    Condition,
    Protected,
    Evidence,
    OrderNumber,
    Entry,
    Target,
)


@pytest.fixture(autouse=True)
def world() -> None:
    agencies()
    person()


def rows() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in TABLES}  # type: ignore[attr-defined]


def refused(error: type[Exception], sentence: str, attempt: Callable[[], object]) -> None:
    """The attempt is refused with one sentence and nothing is half-written."""
    before = rows()
    with pytest.raises(error, match=sentence) as found:
        attempt()
    assert "\n" not in str(found.value)
    assert rows() == before


def status(order: str, at: datetime) -> Status:
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        return queries.order(sight, order, at=at).standing.status


def test_an_order_is_made_with_its_clauses_word_for_word_and_one_entry() -> None:
    her = protected_person(NOW)
    before = Entry.objects.count()
    order = made(
        NOW,
        protected=[her],
        evidence=["10/R1", "10/R2", "10/R1"],
        last_day=date(2028, 11, 30),
        subject_age=41,
        applicant="police",
    )
    assert order == "SPO-2026-0001"
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.latest("id")
    assert entry.did == "orders.make"
    targets = set(Target.objects.filter(entry=entry).values_list("reference", flat=True))
    assert targets == {order, HIS, her}
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        found = queries.order(sight, order, at=NOW)
    assert (found.instrument, found.title) == ("STALK_PO", "Stalking protection order")
    assert (found.respondent, found.court, found.made_on) == (HIS, COURT, TODAY)
    assert [c.text for c in found.clauses] == [c.text for c in clauses([her])]
    assert [c.rule for c in found.clauses] == [c.rule for c in clauses([her])]
    assert [(p.number, p.reference) for p in found.protected] == [(1, her)]
    assert found.evidence == ("10/R1", "10/R2")
    assert found.standing.status is Status.IN_FORCE
    assert not found.standing.is_served


# Made on Monday 23 November 2026: the shortest last day that the law of each allows, or none.
MADE_HERE = [
    ("STALK_PO", "SPO", date(2028, 11, 22)),
    ("STALK_PO_I", "SPOI", date(2026, 12, 21)),
    ("DVPN", "DVPN", None),
    ("DVPO", "DVPO", date(2026, 12, 15)),
    ("DAPN", "DAPN", None),
    ("DAPO", "DAPO", None),
    ("RO_CONV", "RO", None),
    ("RO_ACQ", "ROA", None),
    ("NMO", "NMO", date(2027, 11, 22)),
    ("OCC_O", "OCC", date(2027, 5, 22)),
    ("SHPO", "SHPO", date(2031, 11, 22)),
    ("SHPO_I", "SHPOI", date(2026, 12, 21)),
    ("SRO", "SRO", date(2028, 11, 22)),
    ("SRO_I", "SROI", date(2026, 12, 21)),
    ("VOO", "VOO", date(2028, 11, 22)),
    ("VOO_I", "VOOI", date(2026, 12, 20)),
    ("CBO", "CBO", date(2028, 11, 22)),
    ("CBO_I", "CBOI", date(2026, 12, 21)),
    ("NI_STALK_PO", "NISPO", date(2028, 11, 22)),
    ("S_NHO_CRIM", "NHO", None),
    ("S_NHO_CIV", "NHOC", None),
]
NEVER_OR_NO_MORE = {
    "NI_DVPN": "Justice Act",
    "NI_DVPO": "Justice Act",
    "NI_DAPN": "Domestic Abuse and Civil Proceedings Act",
    "NI_DAPO": "Domestic Abuse and Civil Proceedings Act",
    "S_DAPN": "Domestic Abuse",
    "S_DAPO": "Domestic Abuse",
    "ROSHO": "Sexual Offences Act 2003",
}
PROPOSED = [("SERIAL_PO", "SERPO", date(2031, 11, 22)), ("RISK_OF_HARM_O", "RHO", None)]


def terms_for(instrument: str, protected: list[str]) -> tuple[Clause, ...]:
    """Two clauses that every instrument may hold, in words of its own."""
    kind = "do_not_enter" if instrument in {"OCC_O", "VOO", "VOO_I"} else "no_contact"
    rule: dict[str, Any] = {"kind": kind, "persons": protected, "means": "any", "except": []}
    if kind == "do_not_enter":
        rule = {"kind": kind, "place": {"address_ref": "L-1"}}
    return (Clause("1", "You must not.", rule), Clause("2", "Keep the peace.", {"kind": "other"}))


@pytest.mark.parametrize(("instrument", "prefix", "last_day"), MADE_HERE)
def test_every_kind_is_made_and_named_by_its_own_row_of_numbers(
    instrument: str, prefix: str, last_day: date | None
) -> None:
    def make_one() -> str:
        her = protected_person(NOW)
        return made(
            NOW,
            instrument=instrument,
            last_day=last_day,
            protected=[her],
            clauses=terms_for(instrument, [her]),
        )

    assert (make_one(), make_one()) == (f"{prefix}-2026-0001", f"{prefix}-2026-0002")


@pytest.mark.parametrize("instrument", NEVER_OR_NO_MORE)
def test_what_was_never_in_force_or_is_no_more_is_refused_with_the_act(instrument: str) -> None:
    her = protected_person(NOW)
    refused(
        NotLawfulError,
        NEVER_OR_NO_MORE[instrument],
        lambda: made(NOW, instrument=instrument, protected=[her]),
    )


@pytest.mark.parametrize(("instrument", "prefix", "last_day"), PROPOSED)
def test_what_is_proposed_is_made_only_where_the_agency_runs_the_proposals(
    instrument: str, prefix: str, last_day: date | None
) -> None:
    her = protected_person(NOW)

    task = {"kind": "attend", "programme": "Invented course", "at": ["2026-12-01T10:00:00+00:00"]}
    attends = Clause("3", "You must attend.", {**task, "supervisor": "PS 12 of the desk"})

    def attempt() -> str:
        return made(
            NOW,
            instrument=instrument,
            last_day=last_day,
            protected=[her],
            clauses=(*terms_for(instrument, [her]), attends),
        )

    refused(ProposedError, "it is proposed, not law", attempt)
    Agency.objects.filter(code="10").update(regime="paladin")
    order = attempt()
    assert order == f"{prefix}-2026-0001"
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        found = queries.order(sight, order, at=NOW)
    assert (found.is_proposed, found.regime) == (True, "paladin")
    with pytest.raises(IntegrityError):
        Order.objects.filter(reference=order).update(regime="in_force")


def test_an_order_that_is_law_is_not_called_proposed_by_an_agency_that_runs_the_proposals() -> None:
    Agency.objects.filter(code="10").update(regime="paladin")
    order = made(NOW)
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        assert not queries.order(sight, order, at=NOW).is_proposed


def test_every_kind_is_tried_above() -> None:
    tried = {row[0] for row in (*MADE_HERE, *PROPOSED)} | set(NEVER_OR_NO_MORE)
    assert set(KINDS) == tried


def test_a_number_that_was_given_out_is_not_given_again_after_a_refusal() -> None:
    first = made(NOW)
    her = protected_person(NOW)
    refused(NotLawfulError, "2019", lambda: made(NOW, last_day=TODAY, protected=[her]))
    assert made(NOW) == "SPO-2026-0002" != first


# -- what the law does not allow ----------------------------------------------------------

# Made on Monday 23 November 2026, which is day 1 of 14 to 28.
DVPO_DAYS = [
    pytest.param(date(2026, 12, 5), False, id="Saturday, day 13"),
    pytest.param(date(2026, 12, 6), True, id="Sunday, day 14"),
    pytest.param(date(2026, 12, 20), True, id="Sunday, day 28"),
    pytest.param(date(2026, 12, 21), False, id="Monday, day 29"),
]


@pytest.mark.parametrize(("last_day", "is_lawful"), DVPO_DAYS)
def test_a_domestic_violence_protection_order_lasts_14_to_28_days(
    last_day: date, is_lawful: bool
) -> None:
    def attempt() -> str:
        return made(NOW, instrument="DVPO", last_day=last_day, protected=[her])

    her = protected_person(NOW)
    if is_lawful:
        assert attempt() == "DVPO-2026-0001"
        return
    refused(NotLawfulError, r"Crime and Security Act 2010, s\. 28", attempt)


# In force since Monday 20 January 2020.
def test_an_order_dated_before_its_act_is_refused_with_the_act() -> None:
    her = protected_person(NOW)
    refused(
        NotLawfulError,
        r"could not be made in England and Wales on 19 January 2020.*Stalking Protection Act 2019",
        lambda: made(NOW, made_on=date(2020, 1, 19), protected=[her]),
    )
    assert made(NOW, made_on=date(2020, 1, 20), protected=[her]) == "SPO-2020-0001"


# Two years from Monday 23 November 2026 end with Wednesday 22 November 2028.
def test_a_stalking_protection_order_lasts_two_years_at_least() -> None:
    her = protected_person(NOW)
    refused(
        NotLawfulError,
        "Stalking Protection Act 2019",
        lambda: made(NOW, last_day=date(2028, 11, 21), protected=[her]),
    )
    assert made(NOW, last_day=date(2028, 11, 22), protected=[her])


def test_a_notice_needs_a_superintendent() -> None:
    her = protected_person(NOW)
    refused(
        NotLawfulError,
        r"rank of superintendent.*Crime and Security Act 2010, s\. 24",
        lambda: made(NOW, instrument="DVPN", issuer_rank="chief_inspector", protected=[her]),
    )


def test_a_domestic_order_is_not_made_against_a_child() -> None:
    her = protected_person(NOW)
    refused(
        NotLawfulError,
        "18 or over.*2010",
        lambda: made(
            NOW, instrument="DVPO", last_day=date(2026, 12, 15), subject_age=17, protected=[her]
        ),
    )


# -- what contradicts itself --------------------------------------------------------------

BAD_TERMS: list[tuple[str, type[Exception], str, dict[str, Any]]] = [
    ("no clause", BadTermsError, "at least one condition", {"clauses": ()}),
    ("ends before it began", BadTermsError, "found 22 November", {"last_day": TODAY - DAY}),
    ("made tomorrow", BadTermsError, "not in the future", {"made_on": TODAY + DAY}),
    ("made on another day", BadTermsError, "lie on 23 November", {"made_at": NOW - DAY}),
    ("no court", BadTermsError, "name the court", {"court": " "}),
    ("a court and a rank", BadTermsError, "no rank", {"issuer_rank": "inspector"}),
    (
        "an unknown rank",
        BadTermsError,
        "rank to be one of",
        {"instrument": "DVPN", "issuer_rank": "duke"},
    ),
    ("a notice of a court", BadTermsError, "no court", {"instrument": "DVPN", "court": COURT}),
    (
        "a notice with a last day",
        BadTermsError,
        "no last day",
        {"instrument": "DVPN", "last_day": TODAY},
    ),
    ("an unknown applicant", BadTermsError, "applicant to be", {"applicant": "neighbour"}),
    ("an unknown land", BadTermsError, "jurisdiction to be", {"jurisdiction": "FR"}),
    ("an unknown kind", UnknownOrderKindError, "expected one of", {"instrument": "ASBO"}),
    ("nobody has that reference", NotFoundError, "nothing here", {"respondent": "P-NOBODY"}),
    (
        "a rule about a stranger",
        BadRuleError,
        "only the order's protected persons",
        {"clauses": (Clause("1", "x", {"kind": "no_threats", "persons": ["V-OTHER"]}),)},
    ),
    ("an order to replace that is not there", NotFoundError, "nothing here", {"replaces": "SPO-1"}),
]


@pytest.mark.parametrize(
    ("error", "sentence", "changed"),
    [case[1:] for case in BAD_TERMS],
    ids=[case[0] for case in BAD_TERMS],
)
def test_bad_input_is_refused_whole(
    error: type[Exception], sentence: str, changed: dict[str, Any]
) -> None:
    her = protected_person(NOW)
    refused(error, sentence, lambda: made(NOW, protected=[her], **changed))


def test_the_same_protected_person_twice_or_none_is_refused() -> None:
    her = protected_person(NOW)
    refused(BadTermsError, "each once", lambda: made(NOW, protected=[her, her]))


def test_a_protected_person_of_another_agency_cannot_be_named() -> None:
    hers = protected_person(NOW, agency="11")
    refused(NotFoundError, "nothing here", lambda: made(NOW, protected=[hers]))


def test_the_same_order_twice_on_one_day_is_refused_and_names_the_first() -> None:
    her = protected_person(NOW)
    first = made(NOW, protected=[her])
    refused(SameOrderError, f"found {first}", lambda: made(NOW + MINUTE, protected=[her]))


def test_a_second_order_on_one_day_stands_when_it_is_another_order() -> None:
    her, other = protected_person(NOW), protected_person(NOW)
    assert made(NOW, protected=[her]) == "SPO-2026-0001"
    assert made(NOW, protected=[other]) == "SPO-2026-0002"
    assert made(NOW, protected=[her, other]) == "SPO-2026-0003"
    assert made(NOW, instrument="DVPN", protected=[her]) == "DVPN-2026-0001"


# -- service ------------------------------------------------------------------------------


def test_a_notice_binds_from_its_service() -> None:
    order = made(NOW, instrument="DVPN", made_at=NOW)
    served(order, NOW + 9 * MINUTE)
    assert status(order, NOW) is Status.NOT_SERVED
    assert status(order, NOW + 9 * MINUTE) is Status.IN_FORCE
    assert queries.not_served(officer()) == []


def test_a_service_before_the_making_is_refused() -> None:
    order = made(NOW, made_at=NOW)
    refused(BadServiceError, "after the making", lambda: served(order, NOW - MINUTE, at=NOW))


def test_the_service_of_an_order_that_is_not_there_is_refused() -> None:
    refused(NotFoundError, "nothing here", lambda: served("SPO-2026-0009", NOW))


def test_of_two_officers_who_serve_at_once_the_first_counts() -> None:
    order = made(NOW)
    served(order, NOW + MINUTE)
    charlie = officer(Role.CUSTODY_SERGEANT, username="charlie")
    refused(
        AlreadyServedError,
        "12:01pm on 23 November 2026; the first service counts",
        lambda: served(order, NOW + MINUTE, by=charlie),
    )
    event = OrderEvent.objects.get(kind=EventKind.SERVED)
    assert (event.by, event.served_by) == ("bob", "bob")


def test_the_database_itself_holds_one_service() -> None:
    order = made(NOW)
    served(order, NOW + MINUTE)
    first = OrderEvent.objects.get(kind=EventKind.SERVED)
    with pytest.raises(IntegrityError):
        OrderEvent.objects.create(
            order=first.order,
            kind=EventKind.SERVED,
            happened_at=NOW,
            recorded_at=NOW,
            by="x",
            served_by="x",
            place_kind=Where.HOME,
            how=How.PERSONAL,
            proof=Proof.VIDEO,
        )


def test_a_notice_that_was_posted_is_not_served() -> None:
    order = made(NOW, instrument="DVPN", made_at=NOW)
    refused(
        BadServiceError,
        "expected personal service",
        lambda: served(order, NOW + MINUTE, how=How.POST),
    )
    assert queries.not_served(officer()) == [order]


def test_what_was_known_before_the_service_was_recorded_can_be_asked() -> None:
    order = made(NOW)
    served(order, NOW + MINUTE, at=NOW + DAY)
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        then = queries.order(sight, order, at=NOW + MINUTE, as_known_at=NOW + 2 * MINUTE)
        now = queries.order(sight, order, at=NOW + MINUTE)
    assert (then.standing.is_served, now.standing.is_served) == (False, True)
    assert [e.kind for e in then.events] == ["made"]
    assert [e.kind for e in now.events] == ["made", "served"]


# -- the end ------------------------------------------------------------------------------


def test_a_discharge_within_two_years_needs_both_to_agree() -> None:
    order = made(NOW)
    refused(
        BadDischargeError,
        r"up to 22 November 2028.*2019 s\. 4",
        lambda: discharge(by=officer(), at=NOW + DAY, order=order, discharged_at=NOW + DAY),
    )
    discharge(
        by=officer(),
        at=NOW + DAY,
        order=order,
        discharged_at=NOW + DAY,
        consents=frozenset({"police", "respondent"}),
    )
    assert status(order, NOW + DAY - MINUTE) is Status.IN_FORCE
    assert status(order, NOW + DAY) is Status.DISCHARGED


def test_an_order_takes_the_place_of_a_notice_and_ends_it() -> None:
    her = protected_person(NOW)
    notice = made(NOW, instrument="DVPN", protected=[her], made_at=NOW)
    served(notice, NOW + MINUTE)
    order = made(
        NOW + DAY,
        instrument="DVPO",
        protected=[her],
        made_at=NOW + DAY,
        last_day=date(2026, 12, 15),
        replaces=notice,
    )
    assert status(notice, NOW + DAY - MINUTE) is Status.IN_FORCE
    assert status(notice, NOW + DAY) is Status.REPLACED
    with look(viewer=officer(), references=[order], at=NOW) as sight:
        assert queries.order(sight, order, at=NOW + DAY).replaces == notice


def test_an_order_against_somebody_else_cannot_be_replaced() -> None:
    notice = made(NOW, instrument="DVPN", made_at=NOW)
    other, her = person("P-2026-0002"), protected_person(NOW)
    refused(
        BadTermsError,
        "against the same person",
        lambda: made(NOW + DAY, respondent=other, replaces=notice, protected=[her]),
    )


def test_a_withdrawn_application_ends_a_notice() -> None:
    order = made(NOW, instrument="DVPN", made_at=NOW)
    ended = NOW + 3 * MINUTE
    discharge(
        by=officer(),
        at=ended,
        order=order,
        discharged_at=ended,
        how=Ending.APPLICATION_WITHDRAWN,
    )
    assert status(order, ended) is Status.DISCHARGED


# -- who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", list(Role))
def test_who_may_make_serve_end_and_read(role: Role) -> None:
    viewer, stranger = officer(role), officer(role, username="charlie", agency="11")
    table = permissions.VERBS
    for kind in KINDS.values():
        verb = permissions.ISSUE if kind.is_notice else permissions.MAKE
        assert permissions.can_make(viewer, kind) is (role in table[verb])
    for can, check, verb in (
        (permissions.can_serve, permissions.check_can_serve, permissions.SERVE),
        (permissions.can_end, permissions.check_can_end, permissions.END),
    ):
        assert can(viewer, agency="10") is (role in table[verb])
        assert not can(stranger, agency="10")
        with pytest.raises((NotAllowedError, NotFoundError)):
            check(stranger, agency="10")


@pytest.mark.parametrize("role", sorted(set(Role) - permissions.VERBS[permissions.MAKE]))
def test_whoever_may_not_make_an_order_makes_none(role: Role) -> None:
    her = protected_person(NOW)
    refused(
        NotAllowedError, "expected one of", lambda: made(NOW, by=officer(role), protected=[her])
    )


def test_an_offender_manager_issues_no_notice() -> None:
    her = protected_person(NOW)
    refused(
        NotAllowedError,
        "to issue a notice: authorising officer",
        lambda: made(NOW, instrument="DVPN", by=officer(), protected=[her]),
    )


def test_another_agency_reads_an_order_and_changes_nothing_in_it() -> None:
    order = made(NOW)
    charlie = officer(Role.RESPONSE_OFFICER, username="charlie", agency="11")
    with look(viewer=charlie, references=[order, HIS], at=NOW) as sight:
        assert queries.order(sight, order, at=NOW).reference == order
        assert [o.reference for o in queries.orders_of(sight, HIS, at=NOW)] == [order]
    refused(NotAllowedError, "of agency 10", lambda: served(order, NOW, by=charlie))
    manager = officer(username="charlie", agency="11")
    refused(
        NotAllowedError,
        "of agency 10",
        lambda: discharge(by=manager, at=NOW, order=order, discharged_at=NOW),
    )
    assert queries.not_served(manager) == []


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_not_read_orders_is_told_that_there_is_nothing(role: Role) -> None:
    order = made(NOW)
    viewer = officer(role)
    for reference in (order, "SPO-2026-9999"):
        with (
            pytest.raises(NotFoundError, match="nothing that you may see"),
            look(viewer=viewer, references=[reference], at=NOW) as sight,
        ):
            queries.order(sight, reference, at=NOW)
    with pytest.raises(NotFoundError):
        queries.respondent_of(viewer, order)
    with pytest.raises(NotFoundError):
        queries.not_served(viewer)


def test_an_order_is_read_only_within_a_look_at_it() -> None:
    order = made(NOW)
    with look(viewer=officer(), references=["SPO-2026-0002"], at=NOW) as sight:
        with pytest.raises(NotInSightError):
            queries.order(sight, order, at=NOW)
        with pytest.raises(NotInSightError):
            queries.orders_of(sight, HIS, at=NOW)
        with pytest.raises(NotFoundError):
            queries.order(sight, "SPO-2026-0002", at=NOW)


def test_the_respondent_is_found_by_the_reference_of_the_order() -> None:
    order = made(NOW)
    assert queries.respondent_of(officer(), order) == HIS
    with pytest.raises(NotFoundError):
        queries.respondent_of(officer(), "SPO-2026-0002")


def test_orders_of_a_person_come_newest_first() -> None:
    old = made(NOW, made_on=date(2024, 2, 29), last_day=None)
    new = made(NOW)
    with look(viewer=officer(), references=[HIS], at=NOW) as sight:
        found = queries.orders_of(sight, HIS, at=NOW)
    assert [o.reference for o in found] == [new, old]


def test_when_two_people_turn_out_to_be_one_his_orders_are_found_under_both() -> None:
    first, second = made(NOW), made(NOW, respondent=person("P-2026-0002"))
    Person.objects.filter(reference=HIS).update(
        points_to=Person.objects.get(reference="P-2026-0002")
    )
    with look(viewer=officer(), references=["P-2026-0002"], at=NOW) as sight:
        found = queries.orders_of(sight, "P-2026-0002", at=NOW)
    assert {o.reference for o in found} == {first, second}


def test_an_instant_in_utc_is_what_is_kept() -> None:
    order = made(NOW)
    served(order, london(2026, 11, 23, 13))
    assert OrderEvent.objects.get(kind="served").happened_at == datetime(
        2026, 11, 23, 13, tzinfo=UTC
    )

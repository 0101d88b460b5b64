"""What happens to an order after its making, by form: each step, its check, its refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.support import orders as support
from vigil.access import actions as access
from vigil.access.look import look
from vigil.access.viewer import Role
from vigil.entrypoints.web.orders.changing import VIEWS
from vigil.entrypoints.web.orders.offered import STEPS
from vigil.orders import actions
from vigil.orders.kinds import Status
from vigil.orders.queries import OrderView, versions_of
from vigil.orders.queries import order as order_view
from vigil.orders.rules import Clause

pytestmark = pytest.mark.django_db
YESTERDAY = support.london(2026, 11, 22, 9, 0)
TOMORROW_YEAR = support.london(2028, 11, 21).date()


def words(answer: Any) -> str:
    return unescape(str(answer.content.decode()))


def moment(name: str, day: int = 23, time: str = "10:00", month: int = 11) -> dict[str, str]:
    return {
        f"{name}-day": str(day),
        f"{name}-month": str(month),
        f"{name}-year": "2026",
        f"{name}-time": time,
    }


def last_day(name: str, year: int, month: int, day: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


def view_of(order: str, at: datetime) -> OrderView:
    with look(viewer=support.officer(), references=[order], at=at) as sight:
        return order_view(sight, order, at=at)


@pytest.fixture
def made(him: str) -> str:
    """A stalking protection order of yesterday with a last day, not served."""
    return support.made(YESTERDAY, last_day=TOMORROW_YEAR)


VARIATION: Mapping[str, str] = {
    **moment("happened_at"),
    "court": "Exmere Crown Court",
    "lasts": "stays",
    "clauses": "3",
    "c1-clause": "1",
    "c1-text": "You must not contact protected person 1 by any means.",
    "c1-kind": "no_contact",
    "c1-drawn": "no_contact",
    "c2-clause": "2",
    "c2-text": "You must not go near her place of work.",
    "c2-kind": "other",
    "c2-drawn": "other",
    "c3-clause": "3",
    "c3-text": "You must not follow protected person 1.",
    "c3-kind": "no_threats",
    "c3-drawn": "no_threats",
}


# -- variation ------------------------------------------------------------------------------


def test_the_form_of_a_variation_holds_the_clauses_as_they_are(
    desk: Callable[..., Client], made: str
) -> None:
    page = words(desk().get(f"/orders/{made}/vary/"))
    assert "You must not contact protected person 1 by any means." in page
    assert "Read as: no contact" in page
    assert "You must keep the peace." in page
    assert "There is a problem" not in page


def test_a_variation_is_checked_clause_by_clause_before_it_is_recorded(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    client = desk()
    answer = client.post(f"/orders/{made}/vary/", {**VARIATION, "act": "check"})
    page = words(answer)
    assert answer.status_code == 200
    assert "Nothing is recorded yet." in page
    assert "Clause 2<small>Changed</small>" in page
    assert "Clause 3<small>Added</small>" in page
    assert "Clause 1: as before." in page
    assert len(view_of(made, at).events) == 1
    back = words(client.post(f"/orders/{made}/vary/", {**VARIATION, "act": "change"}))
    assert "You must not go near her place of work." in back
    assert "There is a problem" not in back


def test_a_varied_order_shows_both_versions(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    client = desk()
    answer = client.post(f"/orders/{made}/vary/", {**VARIATION, "act": "record"})
    assert answer["Location"] == f"/orders/{made}/?done=vary"
    page = words(client.get(answer["Location"]))
    assert "The variation is recorded." in page
    assert "Version 2: varied at 10am on 23 November 2026" in page
    assert page.index("You must keep the peace.") > page.index("Versions side by side")
    assert "Exmere Crown Court" in page
    # The clause whose words and rule were left alone is the very same one.
    first, second = versions(made, at)
    assert second[0] == first[0]
    assert [one.clause for one in second] == ["1", "2", "3"]


def versions(order: str, at: datetime) -> list[tuple[Clause, ...]]:
    with look(viewer=support.officer(), references=[order], at=at) as sight:
        return [one.clauses for one in versions_of(sight, order)]


def test_a_clause_is_taken_out_and_the_last_day_set_anew(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    sent = {
        **VARIATION,
        "c2-remove": "on",
        "c3-remove": "on",
        "lasts": "day",
        **last_day("last_day", 2029, 1, 31),
    }
    client = desk()
    check = words(client.post(f"/orders/{made}/vary/", {**sent, "act": "check"}))
    assert "Taken out" in check
    assert "31 January 2029" in check
    client.post(f"/orders/{made}/vary/", {**sent, "act": "record"})
    found = view_of(made, at)
    assert [one.clause for one in found.clauses] == ["1"]
    assert found.standing.last_day == support.london(2029, 1, 31).date()


def test_a_rule_that_no_form_can_write_is_kept_whole_where_it_is_not_touched(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    her = support.protected_person(YESTERDAY)
    curfew = {
        "kind": "curfew",
        "days": ["mon", "sun"],
        "from_time": "19:00",
        "to_time": "07:00",
        "address_ref": "L-1",
    }
    session = {"kind": "attend", "programme": "Invented", "at": ["2026-12-01T10:00:00+00:00"]}
    order = support.made(
        YESTERDAY,
        protected=[her],
        clauses=(
            Clause("1", "At home by seven.", curfew),
            Clause("2", "You must attend.", session),
        ),
    )
    client = desk()
    page = words(client.get(f"/orders/{order}/vary/"))
    assert 'value="19:00"' in page
    assert 'value="Invented"' in page
    sent = {
        **moment("happened_at"),
        "lasts": "stays",
        "clauses": "2",
        "c1-clause": "1",
        "c1-text": "At home by seven, every night.",
        "c1-kind": "curfew",
        "c1-drawn": "curfew",
        "c1-days": ["mon", "sun"],
        "c1-from_time": "19:00",
        "c1-to_time": "07:00",
        "c1-address_ref": "L-1",
        "c2-clause": "2",
        "c2-text": "You must attend.",
        "c2-kind": "attend",
        "c2-drawn": "attend",
        "c2-programme": "Invented",
        "c2-at-day": "1",
        "c2-at-month": "12",
        "c2-at-year": "2026",
        "c2-at-time": "10:00",
        "act": "record",
    }
    answer = client.post(f"/orders/{order}/vary/", sent)
    assert answer.status_code == 302, words(answer)
    first, second = view_of(order, at).clauses
    assert (first.text, dict(first.rule)) == ("At home by seven, every night.", curfew)
    assert dict(second.rule) == session


def test_another_kind_of_rule_draws_its_own_boxes_first(
    desk: Callable[..., Client], made: str
) -> None:
    sent = {**VARIATION, "c2-kind": "curfew", "act": "record"}
    page = words(desk().post(f"/orders/{made}/vary/", sent))
    assert 'name="c2-from_time"' in page
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"happened_at-day": "24"}, "found varied in the future"),
        ({"happened_at-day": "21"}, "expected an order that was made before it was varied"),
        ({"c2-text": ""}, "Enter the words of the clause"),
        ({"c2-clause": "1"}, "each clause"),
        ({"lasts": "day"}, "Enter the new last day"),
        ({"lasts": ""}, "Choose what became of its last day"),
        ({"lasts": "day", **last_day("last_day", 2027, 1, 1)}, "Stalking Protection Act 2019"),
        ({f"c{n}-remove": "on" for n in (1, 2, 3)}, "clause"),
    ],
    ids=[
        "in the future",
        "before its making",
        "a clause without words",
        "two clauses of one number",
        "a new last day that is not said",
        "nothing said of the last day",
        "shorter than the law allows",
        "every clause taken out",
    ],
)
def test_a_bad_variation_is_said_in_one_sentence_and_all_is_kept(
    desk: Callable[..., Client],
    made: str,
    at: datetime,
    changed: Mapping[str, str],
    sentence: str,
) -> None:
    answer = desk().post(f"/orders/{made}/vary/", {**VARIATION, **changed, "act": "record"})
    page = words(answer)
    assert answer.status_code == 400
    assert "There is a problem" in page
    assert sentence.lower() in page.lower()
    assert 'value="Exmere Crown Court"' in page
    assert "You must not follow protected person 1." in page
    assert len(view_of(made, at).events) == 1


def test_a_kind_that_no_court_can_vary_says_why(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    order = support.made(YESTERDAY, instrument="DVPO", last_day=support.london(2026, 12, 6).date())
    client = desk()
    assert "Vary it" not in words(client.get(f"/orders/{order}/"))
    answer = client.post(f"/orders/{order}/vary/", {**VARIATION, "act": "record"})
    assert answer.status_code == 400
    assert "expected a kind of order that can be varied" in words(answer).lower()


def test_the_second_of_two_officers_is_told_and_loses_nothing(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    first, second = desk(), Client()
    second.cookies.update(first.cookies)
    seen = {"seen": "1", "act": "record"}
    assert first.post(f"/orders/{made}/vary/", {**VARIATION, **seen}).status_code == 302
    later = {**VARIATION, **moment("happened_at", time="10:30"), **seen, "c3-text": "No lies."}
    answer = second.post(f"/orders/{made}/vary/", later)
    page = words(answer)
    assert answer.status_code == 400
    assert "recorded meanwhile: varied at 10am on 23 November 2026" in page
    assert 'value="10:30"' in page
    assert "No lies." in page
    assert 'name="seen" value="2"' in page
    assert second.post(f"/orders/{made}/vary/", {**later, "seen": "2"}).status_code == 302


# -- the other steps --------------------------------------------------------------------------


def test_an_order_is_extended_and_renewed(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    client = desk()
    extended = {**moment("extended_at"), **last_day("last_day", 2029, 3, 1)}
    check = client.post(f"/orders/{made}/extend/", extended)
    assert "Thursday 1 March 2029" in words(check)
    assert view_of(made, at).standing.last_day == TOMORROW_YEAR
    client.post(f"/orders/{made}/extend/", {**extended, "act": "record"})
    assert view_of(made, at).standing.last_day == support.london(2029, 3, 1).date()
    renewed = {
        **{key: value for key, value in VARIATION.items() if key != "lasts"},
        **moment("happened_at", time="10:30"),
        **last_day("last_day", 2030, 3, 1),
        "act": "record",
    }
    answer = client.post(f"/orders/{made}/renew/", renewed)
    assert answer.status_code == 302, words(answer)
    assert view_of(made, at).standing.last_day == support.london(2030, 3, 1).date()


def test_an_extension_to_an_earlier_day_is_refused(desk: Callable[..., Client], made: str) -> None:
    sent = {**moment("extended_at"), **last_day("last_day", 2028, 11, 20), "act": "record"}
    answer = desk().post(f"/orders/{made}/extend/", sent)
    assert answer.status_code == 400
    assert "to shorten it, vary it" in words(answer)
    assert 'value="2028"' in words(answer)


def test_an_order_is_suspended_and_binds_again(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    client = desk()
    suspended = {**moment("suspended_at"), **moment("until_at", day=30), "act": "record"}
    client.post(f"/orders/{made}/suspend/", suspended)
    page = words(client.get(f"/orders/{made}/"))
    assert "Suspended" in page
    assert "It does not bind him until 10am on 30 November 2026." in page
    assert "Let it bind again" in page
    assert "Suspend it" not in page
    resumed = {**moment("resumed_at", time="11:00"), "act": "record"}
    client.post(f"/orders/{made}/resume/", resumed)
    assert view_of(made, at).standing.status is Status.IN_FORCE


def test_a_suspension_that_ends_before_it_begins_is_refused(
    desk: Callable[..., Client], made: str
) -> None:
    sent = {**moment("suspended_at"), **moment("until_at", time="9:00"), "act": "record"}
    answer = desk().post(f"/orders/{made}/suspend/", sent)
    assert answer.status_code == 400
    assert "a suspension that ends after it begins" in words(answer)


def test_an_end_is_checked_before_it_is_recorded(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    sent = {
        **moment("discharged_at"),
        "how": "court_order",
        "consents": ["respondent", "police"],
    }
    page = words(desk().post(f"/orders/{made}/discharge/", sent))
    assert "Check your answers" in page
    assert "A court discharged it" in page
    assert "The respondent and The police" in page
    assert view_of(made, at).standing.status is Status.IN_FORCE


def test_an_order_is_quashed(desk: Callable[..., Client], made: str, at: datetime) -> None:
    client = desk()
    sent = {**moment("quashed_at"), "court": "Exmere Crown Court", "act": "record"}
    client.post(f"/orders/{made}/quash/", sent)
    page = words(client.get(f"/orders/{made}/"))
    assert "Ended: quashed on appeal" in page
    assert "Record what happened" in page
    assert "Vary it" not in page


def test_what_he_knows_is_recorded_where_it_decides(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    order = support.made(YESTERDAY, instrument="NMO", without_notice=True)
    client = desk(Role.RESPONSE_OFFICER)
    assert "Record that he knows of it" in words(client.get(f"/orders/{order}/"))
    sent = {
        **moment("known_at"),
        "how": "told_by_an_officer",
        "proof": "body_worn_video",
    }
    assert client.post(f"/orders/{order}/know/", sent).status_code == 302
    page = words(client.get(f"/orders/{order}/"))
    assert "Known to him" in page
    assert "An officer told him. Body-worn video." in page
    assert "Record that he knows of it" not in page


def test_a_hearing_is_listed_and_adjourned(
    desk: Callable[..., Client], him: str, at: datetime
) -> None:
    her = support.protected_person(YESTERDAY)
    (order,) = actions.draft(
        by=support.officer(),
        at=YESTERDAY,
        instrument="STALK_PO",
        respondents=[him],
        protected=[her],
        clauses=support.clauses([her]),
        applicant="police",
    )
    actions.apply_for(
        by=support.officer(),
        at=YESTERDAY + timedelta(hours=1),
        order=order,
        applied_at=YESTERDAY + timedelta(hours=1),
        court=support.COURT,
    )
    client = desk()
    page = words(client.get(f"/orders/{order}/"))
    assert "Applied for, no hearing listed" in page
    assert "It binds nobody: it is not made yet." in page
    assert "What is asked for, word for word" in page
    assert "Vary it" not in page
    listed = {**moment("listed_at"), **moment("hearing_at", day=30)}
    assert client.post(f"/orders/{order}/hear/", listed).status_code == 302
    assert "To be heard at 10am on 30 November 2026." in words(client.get(f"/orders/{order}/"))
    early = {**moment("adjourned_at", time="11:00"), **moment("hearing_at", time="9:00")}
    refused = client.post(f"/orders/{order}/adjourn/", early)
    assert refused.status_code == 400
    assert "expected a hearing after it was listed" in words(refused).lower()
    put_off = {**moment("adjourned_at", time="11:00")}
    assert client.post(f"/orders/{order}/adjourn/", put_off).status_code == 302
    assert "No new time was given." in words(client.get(f"/orders/{order}/"))


def test_two_orders_are_linked_and_each_names_the_other(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    other = support.made(
        support.london(2026, 11, 20, 9), instrument="STALK_PO_I", last_day=TOMORROW_YEAR
    )
    client = desk()
    wrong = client.post(f"/orders/{made}/link/", {"kind": "interim_of", "other": other})
    assert wrong.status_code == 400
    assert "expected an interim order and the full order" in words(wrong).lower()
    sent = {"kind": "interim_of", "other": made}
    assert client.post(f"/orders/{other}/link/", sent).status_code == 302
    assert f'The interim order of <a class="govuk-link v-whole" href="/orders/{made}/"' in words(
        client.get(f"/orders/{other}/")
    )
    assert "Its interim order" in words(client.get(f"/orders/{made}/"))


# -- who may ----------------------------------------------------------------------------------


def test_every_step_has_its_page() -> None:
    assert set(VIEWS) == set(STEPS)


@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_another_agencys_officer_reads_and_records_nothing(
    desk: Callable[..., Client], him: str, step: str
) -> None:
    theirs = support.made(YESTERDAY, by=support.officer(agency="11", username="zoe"))
    client = desk()
    assert "Record what happened" not in words(client.get(f"/orders/{theirs}/"))
    assert client.get(f"/orders/{theirs}/{step}/").status_code == 403
    assert client.post(f"/orders/{theirs}/{step}/", {"act": "record"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.RESPONSE_OFFICER, {"know"}),
        (Role.CUSTODY_SERGEANT, {"know"}),
        (Role.CONTROL_ROOM, set()),
        (Role.COORDINATOR, {step.name for step in STEPS} - {"know"}),
        (Role.AUTHORISING_OFFICER, {step.name for step in STEPS}),
        (Role.ADVOCATE, set()),
        (Role.AUDITOR, set()),
        (Role.ANALYST, set()),
    ],
    ids=lambda given: given.value if isinstance(given, Role) else "",
)
def test_each_role_has_its_steps_and_no_other(
    desk: Callable[..., Client], made: str, role: Role, may: set[str]
) -> None:
    client = desk(role)
    answers = {step.name: client.get(f"/orders/{made}/{step.name}/") for step in STEPS}
    assert {name for name, answer in answers.items() if answer.status_code == 200} == may
    assert {answer.status_code for answer in answers.values()} <= {200, 403}


def test_nobodys_order_and_a_sealed_mans_are_one_page(
    desk: Callable[..., Client],
    account: Callable[[Role], str],
    made: str,
    him: str,
    at: datetime,
) -> None:
    aubrey = account(Role.AUTHORISING_OFFICER)
    by = support.officer(Role.AUTHORISING_OFFICER, username=aubrey)
    access.seal_record(by=by, at=at, reference=him, named=[aubrey])
    client = desk()
    for step in ("", *(f"{step.name}/" for step in STEPS)):
        sealed, nobody = (client.get(f"/orders/{one}/{step}") for one in (made, "SPO-2026-9999"))
        assert sealed.status_code == nobody.status_code == 404
        assert sealed.content == nobody.content


# -- as it stood --------------------------------------------------------------------------------


def test_the_page_shows_how_it_stood_on_a_day(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    actions.vary(
        by=support.officer(),
        at=at,
        order=made,
        varied_at=at - timedelta(hours=1),
        clauses=[Clause("1", "You must keep away.", {"kind": "other"})],
    )
    client = desk()
    then = words(client.get(f"/orders/{made}/?on=2026-11-22"))
    assert "As it stood at the end of 22 November 2026, as far as is known now." in then
    assert "You must keep the peace." in then
    assert "You must keep away." not in then
    assert "Record what happened" not in then
    before = words(client.get(f"/orders/{made}/?on=2026-11-21"))
    assert "It binds nobody: it is not made yet." in before
    now_ = words(client.get(f"/orders/{made}/?on=2026-11-23&known=then"))
    assert "You must keep away." in now_
    ahead = words(client.get(f"/orders/{made}/?on=2030-01-01"))
    assert "As it will stand at the end of 1 January 2030" in ahead
    assert "Ended: its last day has passed" in ahead


@pytest.mark.parametrize("typed", ["yesterday", "2026-02-30", "0001-01-01", "9" * 400])
def test_a_day_that_is_none_is_said(desk: Callable[..., Client], made: str, typed: str) -> None:
    answer = desk().get(f"/orders/{made}/", {"on": typed})
    assert answer.status_code == 400
    assert "Enter a real day" in words(answer)
    assert "In force, no proof of service" in words(answer)


def test_what_was_recorded_later_was_not_known_then(
    desk: Callable[..., Client], made: str, at: datetime
) -> None:
    support.served(made, support.london(2026, 11, 22, 16), at=at)
    client = desk()
    known_now = words(client.get(f"/orders/{made}/?on=2026-11-22"))
    known_then = words(client.get(f"/orders/{made}/?on=2026-11-22&known=then"))
    assert "In force and served" in known_now
    assert "As it stood at the end of 22 November 2026, as far as was known then." in known_then
    assert "In force, no proof of service" in known_then
    assert "Served" not in known_then.split("What happened to it")[1]

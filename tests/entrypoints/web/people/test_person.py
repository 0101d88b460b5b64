"""One person's page: what is held, what is not, nobody who may not, and every look written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.entrypoints.web.people import record
from tests.incidents.feed.rows import report, write_csv
from tests.support import orders
from vigil.access.viewer import Role
from vigil.identity.actions import identify_record
from vigil.identity.models import Person
from vigil.incidents.actions import load_feed
from vigil.ledger.errors import LedgerError
from vigil.ledger.models import Entry, Target
from vigil.monitoring.sweep import sweep

pytestmark = pytest.mark.django_db
Desk = Callable[..., Client]


def page_of(client: Client, reference: str) -> str:
    answer = client.get(f"/people/{reference}/")
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def words(html: str) -> str:
    return " ".join(html.split())


def test_the_page_says_who_he_is_and_counts_his_victims(held: str, desk: Desk) -> None:
    page = words(page_of(desk(), held))
    assert "<h1>QUILLFEATHER, Tarn</h1>" in page
    assert "Born 14 June 1987 (39)" in page
    assert "2 victims in 2 forces since 2025." in page
    assert "3 reports" in page
    assert "Victim 1, Northumbria" in page
    assert "Victim 2, Durham" in page
    assert "No report is not the same as no harm." in page
    assert "QUILLFEATHER" not in page[: page.index("</head>")]


def test_no_victim_is_named(held: str, desk: Desk) -> None:
    for role in (Role.OFFENDER_MANAGER, Role.RESPONSE_OFFICER):
        page = page_of(desk(role), held)
        assert not [one for one in record.VICTIMS_WORDS if one in page]


def test_a_role_that_may_not_count_victims_sees_no_number(held: str, desk: Desk) -> None:
    page = page_of(desk(Role.RESPONSE_OFFICER), held)
    assert "A victim, Durham" in page
    assert "Victim 1" not in page


def test_four_questions_are_answered_or_said_to_be_unknown(held: str, desk: Desk) -> None:
    page = words(page_of(desk(), held))
    assert "2 Saltmarket Row, NE99 1ZZ" in page
    assert "Not verified." in page
    assert "No order held in this register" in page
    assert "This is not proof there is none." in page
    assert "Nobody: not on the register." in page
    assert "This says nothing about risk." in page
    assert "PROPOSED: Recommendation 3" in page


def test_orders_and_late_duties_stand_on_the_page(held: str, desk: Desk, at: datetime) -> None:
    orders.agencies()
    made = orders.made(at, respondent=held, made_on=date(2026, 3, 2), last_day=date(2028, 3, 1))
    orders.served(made, orders.london(2026, 3, 2, 16, 10), at=at)
    sweep(at=at)
    page = words(page_of(desk(), held))
    assert "1 order binds him today" in page
    assert "In force and served" in page
    assert "Served at 4:10pm on 2 March 2026." in page
    assert "Until 11:59pm on 1 March 2028." in page
    assert "Protected person 1" in page
    assert "Quillbrook" not in page
    assert "1 duty is late." in page
    assert "Notify the police after service" in page


def test_the_weakest_link_comes_first_with_both_values(filled: str, desk: Desk) -> None:
    page = words(page_of(desk(), filled))
    assert "The weakest link: " in page
    part = page[page.index("The weakest link") :]
    assert "Together: about " in part
    assert "14 Lanternside" in part
    assert "2 Saltmarket Row" in part


@pytest.mark.parametrize(
    ("role", "comes_first"),
    [(Role.RESPONSE_OFFICER, "orders"), (Role.OFFENDER_MANAGER, "reports")],
)
def test_what_binds_him_comes_first_for_those_who_stand_before_him(
    held: str, desk: Desk, role: Role, comes_first: str
) -> None:
    page = page_of(desk(role), held)
    places = {"orders": page.index('id="orders"'), "reports": page.index("newest first</h2>")}
    assert min(places, key=places.__getitem__) == comes_first


def test_one_look_names_him_and_each_of_his_reports(held: str, desk: Desk) -> None:
    client = desk()
    before = Entry.objects.filter(did="access.look").count()
    page_of(client, held)
    assert Entry.objects.filter(did="access.look").count() == before + 1
    entry = Entry.objects.filter(did="access.look").latest("pk")
    named = set(Target.objects.filter(entry=entry).values_list("reference", flat=True))
    assert named == {held, "10/R1", "10/R2", "11/R3"}


def test_the_page_says_why_you_look_and_who_looked_last(held: str, desk: Desk) -> None:
    client = desk()
    first = page_of(client, held)
    assert "Why you are looking:" in first
    assert "incident 0212" in first
    assert "Nobody has looked before you" in first
    assert "Last looked at by test-offender-manager (agency 10)" in page_of(client, held)


def test_nothing_is_shown_when_the_look_cannot_be_written(
    held: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk()

    def fail(**_: object) -> None:
        raise LedgerError

    monkeypatch.setattr("vigil.access.look.append", fail)
    client.raise_request_exception = False
    for address in (f"/people/{held}/", f"/people/{held}/judge/"):
        answer = client.get(address)
        assert answer.status_code >= 400
        assert "QUILLFEATHER" not in answer.content.decode().upper()


@pytest.mark.parametrize(
    "reference",
    ["P-000000", "P-2", "10", "not a person", "%27%20OR%201=1", "x" * 300, "P-%00"],
    ids=["none", "short", "number", "blanks", "quotes", "too long", "null"],
)
def test_nobody_and_nonsense_get_the_same_bytes(held: str, desk: Desk, reference: str) -> None:
    client = desk()
    nobody = client.get("/people/P-ZZZZZZ/")
    assert nobody.status_code == 404
    for address in (f"/people/{reference}/", f"/people/{reference}/judge/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.content == nobody.content


def test_one_who_became_another_is_shown_as_that_one_after_a_look(
    held: str, desk: Desk, at: datetime
) -> None:
    former = Person.objects.create(
        reference="P-FFFFFF",
        number=9_999,
        made_at=at,
        points_to=Person.objects.get(reference=held),
    )
    answer = desk().get(f"/people/{former.reference}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/{held}/"
    entry = Entry.objects.filter(did="access.look").latest("pk")
    named = set(Target.objects.filter(entry=entry).values_list("reference", flat=True))
    assert named == {former.reference, held}


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_stranger_is_refused_whoever_it_is_about(held: str, desk: Desk, role: Role) -> None:
    client = desk(role)
    shown, nobody = client.get(f"/people/{held}/"), client.get("/people/P-ZZZZZZ/")
    assert shown.status_code == nobody.status_code == 403
    assert shown.content == nobody.content


def test_without_a_reason_the_reason_is_asked_for(held: str, browser: Desk) -> None:
    answer = browser(Role.OFFENDER_MANAGER).get(f"/people/{held}/")
    assert answer["Location"].startswith("/reason/")


def test_a_man_with_one_report_has_no_link_to_judge(held: str, desk: Desk, at: datetime) -> None:
    page = page_of(desk(), record.OTHER_MAN)
    assert "There is one report, so there is nothing to join." in page
    assert "/judge/" not in page


def pair_on(page: str) -> str:
    options = page[page.index('name="pair"') :].split('<option value="')[1:]
    return options[0].split('"')[0]


def test_a_judgement_is_recorded_and_stands_on_his_page(filled: str, desk: Desk) -> None:
    client = desk()
    form = client.get(f"/people/{filled}/judge/").content.decode()
    given = {"pair": pair_on(form), "verdict": "unsure", "why": "Photograph not clear"}
    answer = client.post(f"/people/{filled}/judge/", given)
    assert answer["Location"] == f"/people/{filled}/"
    page = page_of(client, filled)
    assert "not sure. test-offender-manager" in page
    assert "Photograph not clear" in page
    again = client.post(f"/people/{filled}/judge/", given)
    assert again.status_code == 400
    assert "withdraw it first" in again.content.decode()

    back = f"/people/{filled}/judgements/J-000001/take-back/"
    assert f'href="{back}"' in page
    assert "Photograph not clear" in client.get(back).content.decode()
    assert client.post(back, {"why": " "}).status_code == 400
    assert client.post(back, {"why": "A better one came"})["Location"] == f"/people/{filled}/"
    after = page_of(client, filled)
    assert "Taken back since." in after
    assert back not in after
    assert client.get(back).content == client.get("/people/P-ZZZZZZ/").content


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"pair": "10/R1 10/R4"}, "Choose two reports of this person from the list"),
        ({"pair": ""}, "Choose the two reports"),
        ({"verdict": "maybe"}, "Select a valid choice"),
        ({"verdict": ""}, "Choose same person, not the same, or not sure"),
        ({"why": "  "}, "Say why"),
        ({"why": "x" * 1_001}, "1,000 characters or fewer"),
    ],
)
def test_half_a_judgement_is_none(
    filled: str, desk: Desk, change: dict[str, str], sentence: str
) -> None:
    client = desk()
    form = client.get(f"/people/{filled}/judge/").content.decode()
    given = {"pair": pair_on(form), "verdict": "same", "why": "Fingerprints", **change}
    answer = client.post(f"/people/{filled}/judge/", given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "There is a problem" in answer.content.decode()


def test_who_may_not_judge_is_refused(held: str, desk: Desk) -> None:
    assert desk(Role.RESPONSE_OFFICER).get(f"/people/{held}/judge/").status_code == 403


def test_a_report_that_comes_later_is_on_the_page(
    filled: str, own_home: Path, desk: Desk, at: datetime
) -> None:
    later = report(9, **record.HE, **record.ELOWEN, occurred_on="2026-11-01")
    load_feed(by=record.ANALYST, at=at, path=write_csv(own_home / "later.csv", [later]))
    identify_record(by=record.ANALYST, at=at, spill=own_home / "spill")
    assert "4 reports, newest first" in page_of(desk(), filled)

"""A decision: by the authorising officer, on evidence, checked before it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.entrypoints.web.people.record import OTHER_MAN
from vigil.access.viewer import Role
from vigil.ledger.models import Entry
from vigil.register.models import Decision, Registration

pytestmark = pytest.mark.django_db
Desk = Callable[..., Client]


@pytest.fixture
def officer(desk: Desk) -> Client:
    return desk(Role.AUTHORISING_OFFICER)


@pytest.fixture
def good(account: Callable[[Role], str]) -> dict[str, Any]:
    return {
        "outcome": "register",
        "evidence": ["10/R1", "11/R3"],
        "reasons": "Two victims, the second hurt.",
        "necessity": "He has moved in with a third.",
        "proportionality": "Seen by his owner and the desk.",
        "owner": account(Role.OFFENDER_MANAGER),
    }


def send(client: Client, person: str, step: str, given: dict[str, Any]) -> Any:
    return client.post(f"/candidates/{person}/decide/", {**given, "step": step})


def test_the_page_shows_the_case_and_what_the_law_says(listed: str, officer: Client) -> None:
    page = " ".join(officer.get(f"/candidates/{listed}/decide/").content.decode().split())
    assert "Decide about QUILLFEATHER, Tarn" in page
    assert "police record" in page
    assert "It puts no duty on him" in page
    assert "PROPOSED: Recommendation 3" in page
    assert "Report 3, 1 February 2026. Victim 2, Durham. Assault. Former partner. Convicted" in page
    assert "QUILLFEATHER" not in page[: page.index("</head>")].upper()


def test_a_decision_is_shown_before_it_is_recorded(
    listed: str, officer: Client, good: dict[str, Any]
) -> None:
    answer = send(officer, listed, "check", good)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Check your decision" in page
    assert "Two victims, the second hurt." in page
    assert "23 November 2027" in page
    assert not Decision.objects.exists()


def test_recorded_he_is_on_the_register_with_an_owner(
    listed: str, officer: Client, good: dict[str, Any]
) -> None:
    answer = send(officer, listed, "record", good)
    assert answer["Location"] == f"/people/{listed}/"
    row = Registration.objects.get()
    assert row.ownership.owner == good["owner"]
    assert Entry.objects.filter(did="register.decide").count() == 1
    page = officer.get(f"/people/{listed}/").content.decode()
    assert "On the register since 23 November 2026." in page
    assert "Review due on 23 November 2027." in page
    assert "A police record: it puts no duty on him today." in page
    assert good["owner"] in page
    assert "QUILLFEATHER" in officer.get("/candidates/?show=registered").content.decode()
    again = send(officer, listed, "record", good)
    assert again.status_code == 400
    assert "not on the register, found one who is" in again.content.decode()


def test_what_was_typed_comes_back_to_be_changed(
    listed: str, officer: Client, good: dict[str, Any]
) -> None:
    given = {**good, "review_on-day": "1", "review_on-month": "6", "review_on-year": "2027"}
    checked = send(officer, listed, "check", given).content.decode()
    assert 'name="review_on-year" value="2027"' in checked
    page = send(officer, listed, "change", given).content.decode()
    assert "Two victims, the second hurt." in page
    assert 'value="11/R3" checked' in page
    assert 'value="2027"' in page
    assert not Decision.objects.exists()


def test_declined_he_leaves_the_list_with_reasons(
    listed: str, officer: Client, good: dict[str, Any]
) -> None:
    send(officer, listed, "record", {**good, "outcome": "decline"})
    assert Decision.objects.get().outcome == "decline"
    assert not Registration.objects.exists()
    assert "QUILLFEATHER" not in officer.get("/candidates/").content.decode()
    assert "Decided not to register" in officer.get("/candidates/?show=decided").content.decode()


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (
            {"outcome": "", "evidence": [], "reasons": " "},
            ["Choose what you decide", "Tick at least one report", "Write down your reasons"],
        ),
        (
            {"necessity": "", "proportionality": " ", "owner": ""},
            [
                "Say why registering is necessary",
                "Say why registering is proportionate",
                "Enter the user name of the offender manager",
            ],
        ),
        ({"outcome": "arrest"}, ["Choose to register, not to register, or to decide later"]),
        ({"evidence": ["10/R4"]}, ["Tick reports of this person only"]),
        ({"reasons": "x" * 4_001}, ["4,000 characters or fewer"]),
        ({"outcome": "defer"}, ["a review date after 2026-11-23"]),
        (
            {"review_on-day": "31", "review_on-month": "2", "review_on-year": "2027"},
            ["The review date must be a real date"],
        ),
        (
            {"review_on-day": "24", "review_on-month": "11", "review_on-year": "2027"},
            ["not after 2027-11-23"],
        ),
        (
            {"review_on-day": "23", "review_on-month": "11", "review_on-year": "2026"},
            ["a review date after 2026-11-23"],
        ),
    ],
    ids=[
        "nothing",
        "registering without its grounds",
        "another outcome",
        "evidence on another man",
        "too long",
        "deferred to no day",
        "no such day",
        "a day too late",
        "today",
    ],
)
def test_what_is_missing_is_listed_on_top(
    listed: str,
    officer: Client,
    good: dict[str, Any],
    change: dict[str, Any],
    sentences: list[str],
) -> None:
    for step in ("check", "record"):
        answer = send(officer, listed, step, {**good, **change})
        assert answer.status_code == 400
        page = answer.content.decode()
        summary = page[page.index("There is a problem") : page.index("<h1")]
        assert not [words for words in sentences if words not in summary]
    assert not Decision.objects.exists()


def test_an_owner_who_is_none_is_refused_at_his_field(
    listed: str, officer: Client, good: dict[str, Any]
) -> None:
    answer = send(officer, listed, "record", {**good, "owner": "test-authorising-officer"})
    assert answer.status_code == 400
    assert 'href="#id_owner"' in answer.content.decode()
    assert not Decision.objects.exists()


def test_one_who_is_no_candidate_is_as_nobody(listed: str, officer: Client, at: datetime) -> None:
    nobody = officer.get("/candidates/P-ZZZZZZ/decide/")
    assert nobody.status_code == 404
    assert officer.get(f"/candidates/{OTHER_MAN}/decide/").content == nobody.content
    assert officer.get("/candidates/nonsense/decide/").content == nobody.content


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUTHORISING_OFFICER}))
def test_nobody_else_decides(listed: str, desk: Desk, role: Role) -> None:
    client = desk(role)
    given = {"outcome": "decline", "evidence": ["10/R1"], "reasons": "He seems a decent man."}
    assert client.get(f"/candidates/{listed}/decide/").status_code == 403
    assert send(client, listed, "record", given).status_code == 403
    assert not Decision.objects.exists()

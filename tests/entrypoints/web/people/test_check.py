"""Check a person: the answer first, never "no risk", nothing in an address, each look written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from tests.entrypoints.web.people.record import VICTIMS_WORDS, other
from tests.support import orders
from vigil.access.viewer import Role
from vigil.ledger.errors import LedgerError
from vigil.ledger.models import Entry, Target

pytestmark = pytest.mark.django_db
Desk = Callable[..., Client]


def ask(client: Client, who: str = "", **boxes: str) -> str:
    """What the page says to a question that it takes."""
    answer = client.post("/check/", {"who": who, **boxes})
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def last_look() -> set[str]:
    entry = Entry.objects.filter(did="access.look").latest("pk")
    return set(Target.objects.filter(entry=entry).values_list("reference", flat=True))


def test_who_fits_is_shown_with_what_agreed_and_what_binds_him(
    filled: str, desk: Desk, at: datetime
) -> None:
    page = ask(desk(Role.RESPONSE_OFFICER), "quillfeather tarn 140687")
    assert "1 person fits" in page
    assert "QUILLFEATHER, Tarn" in page
    assert "Born 14 June 1987 (39)" in page
    assert "Fits: " in page
    assert "No order held in this register" in page
    assert "Not on the register" in page
    assert f'href="/people/{filled}/"' in page
    assert not [words for words in VICTIMS_WORDS if words in page]


def test_the_look_names_everyone_who_is_shown_and_nobody_else(
    filled: str, desk: Desk, at: datetime
) -> None:
    ask(desk(), phone="07700 900417")
    named = last_look()
    assert filled in named
    assert other(at) not in named
    assert any("/" in one for one in named)


def test_how_it_was_read_is_said_back(filled: str, desk: Desk) -> None:
    page = ask(desk(), "Quillfeather, Tarn ph:07700900417")
    assert "surname <strong>Quillfeather</strong>" in page
    assert "phone <strong>07700900417</strong>" in page


def test_an_order_in_force_is_said_on_the_card(filled: str, desk: Desk, at: datetime) -> None:
    orders.agencies()
    made = orders.made(at, respondent=filled, made_on=orders.london(2026, 3, 2).date())
    assert "1 order in force, no proof of service" in ask(desk(), "quillfeather tarn")
    orders.served(made, orders.london(2026, 3, 2, 16, 10), at=at)
    assert "1 order in force, served" in ask(desk(Role.CONTROL_ROOM), "quillfeather tarn")


def test_a_role_that_may_not_read_orders_is_told_so(filled: str, desk: Desk) -> None:
    page = ask(desk(Role.ANALYST), "quillfeather tarn")
    assert "Orders are not shown to your role" in page
    assert "No order held" not in page


def test_no_match_is_said_as_what_it_is_and_written_down(filled: str, desk: Desk) -> None:
    client = desk()
    before = Entry.objects.filter(did="access.look").count()
    page = ask(client, "wyversedge 030394")
    assert "No match in this register as of 12:00." in page
    assert "This is not proof there is no order." in page
    assert "4 reports of all forces" in page
    assert "2 March 2026" in page
    assert "no risk" not in page.lower()
    assert Entry.objects.filter(did="access.look").count() == before + 1
    assert last_look() == set()


@pytest.mark.parametrize(
    ("who", "boxes"),
    [
        ("", {}),
        ("   ", {}),
        ("ab 140687", {}),
        ("quillfeather", {}),
        ("140687", {}),
        ("12 34", {}),
        ("", {"postcode": "NE99 1ZZ"}),
    ],
    ids=[
        "nothing",
        "blanks",
        "two letters",
        "a surname alone",
        "a birthday alone",
        "no letters",
        "a postcode alone",
    ],
)
def test_too_little_gets_one_clear_sentence(desk: Desk, who: str, boxes: dict[str, str]) -> None:
    client = desk()
    before = Entry.objects.filter(did="access.look").count()
    answer = client.post("/check/", {"who": who, **boxes})
    assert answer.status_code == 400
    assert "Enter 3 letters of a name or more" in answer.content.decode()
    assert Entry.objects.filter(did="access.look").count() == before


def test_a_line_of_a_thousand_letters_is_refused(desk: Desk) -> None:
    answer = desk().post("/check/", {"who": "x" * 1_000})
    assert answer.status_code == 400
    assert "Enter 200 characters or fewer" in answer.content.decode()


@pytest.mark.parametrize(
    "who",
    [
        "<script>alert(1)</script> tarn",
        "'; DROP TABLE x;-- 1987",
        "\u0000quill tarn",
        "张伟 1987 abc",
    ],
)
def test_odd_words_find_nobody_and_break_nothing(desk: Desk, who: str) -> None:
    answer = desk().post("/check/", {"who": who})
    assert answer.status_code in {200, 400}
    assert "<script>alert" not in answer.content.decode()


def test_nothing_of_the_question_is_in_an_address(filled: str, desk: Desk) -> None:
    client = desk()
    assert client.get("/check/?who=quillfeather+tarn").content.decode().count("quillfeather") == 0
    page = ask(client, "quillfeather tarn")
    assert 'action="/check/"' in page
    assert "<title>Check a person" in page.replace("\n", "")


def test_nothing_is_shown_when_the_look_cannot_be_written(
    filled: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk()

    def fail(**_: object) -> None:
        raise LedgerError

    monkeypatch.setattr("vigil.access.look.append", fail)
    client.raise_request_exception = False
    answer = client.post("/check/", {"who": "quillfeather tarn"})
    assert answer.status_code >= 400
    assert "QUILLFEATHER" not in answer.content.decode().upper()


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_stranger_is_refused(desk: Desk, role: Role) -> None:
    client = desk(role)
    assert client.get("/check/").status_code == 403
    assert client.post("/check/", {"who": "quillfeather tarn"}).status_code == 403


def test_without_a_reason_the_reason_is_asked_for(browser: Desk) -> None:
    answer = browser(Role.RESPONSE_OFFICER).post("/check/", {"who": "quillfeather tarn"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/reason/")

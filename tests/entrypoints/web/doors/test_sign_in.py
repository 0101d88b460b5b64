"""Signing in and out, with the attacks on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.test import Client

from tests.conftest import PASSWORD
from vigil.access import actions
from vigil.access.models import FailedSignIn
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.clock import standing_at
from vigil.ledger import action as ledger_action
from vigil.ledger.models import Entry

Browser = Callable[..., Client]
Account = Callable[[Role], str]
WRONG = "The user name and the password do not go together."


def entries(did: str) -> list[dict[str, object]]:
    return [json.loads(e.leaf) for e in Entry.objects.filter(did=did).order_by("pk")]


def try_to(client: Client, username: str, password: str = "wrong password") -> Any:
    return client.post("/sign-in/", {"login": username, "password": password})


def test_signing_in_opens_a_session_and_is_in_the_ledger(browser: Browser) -> None:
    client = browser(Role.ANALYST)
    assert client.get("/reason/").status_code == 200
    [entry] = entries("access.sign_in")
    assert (entry["by"], entry["targets"]) == ("test-analyst", ["user/test-analyst"])


def test_no_session_is_opened_when_the_ledger_cannot_be_written(
    account: Account, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    username = account(Role.ANALYST)

    def fail(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(ledger_action, "append", fail)
    client.raise_request_exception = False
    answer = client.post("/sign-in/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 500
    assert "disk" not in answer.content.decode()
    monkeypatch.undo()
    assert client.get("/reason/").status_code == 302


def test_an_unknown_name_a_wrong_password_and_a_closed_account_get_the_same_page(
    administrator: Viewer, account: Account, client: Client, at: datetime
) -> None:
    known, closed = account(Role.ANALYST), account(Role.AUDITOR)
    actions.close_account(by=administrator, at=at, username=closed)
    bodies = []
    for username, password in ((known, "wrong"), ("nobody-at-all", "wrong"), (closed, PASSWORD)):
        answer = client.post("/sign-in/", {"login": username, "password": password})
        assert answer.status_code == 400
        text = answer.content.decode()
        assert WRONG in text
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        bodies.append(text.replace(token, "").replace(username, ""))
    assert bodies[0] == bodies[1] == bodies[2]


@pytest.mark.parametrize("is_known", [True, False], ids=["a known name", "an unknown name"])
def test_a_failure_costs_one_hash_whether_or_not_the_name_is_known(
    account: Account, client: Client, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    username = account(Role.ANALYST) if is_known else "nobody-at-all"
    hasher = type(hashers.get_hasher("default"))
    spent: list[str] = []
    encode = hasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        spent.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(hasher, "encode", counted)
    try_to(client, username)
    assert len(spent) == 1


def test_the_tenth_wrong_password_is_the_last_one_that_is_looked_at(
    account: Account, client: Client
) -> None:
    username = account(Role.ANALYST)
    for _ in range(10):
        assert try_to(client, username).status_code == 400
    answer = client.post("/sign-in/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.content.decode()
    assert answer["Retry-After"] == "900"
    assert client.get("/reason/").status_code == 302


def test_a_name_that_nobody_has_is_locked_like_any_other(client: Client, db: None) -> None:
    for _ in range(10):
        try_to(client, "nobody-at-all")
    assert try_to(client, "Nobody-At-All").status_code == 429


def test_a_lock_is_over_after_fifteen_minutes(account: Account, client: Client) -> None:
    username = account(Role.ANALYST)
    start = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    with standing_at(start):
        for _ in range(10):
            try_to(client, username)
    with standing_at(start + timedelta(minutes=14, seconds=59)):
        assert try_to(client, username).status_code == 429
    with standing_at(start + timedelta(minutes=15)):
        answer = client.post("/sign-in/", {"login": username, "password": PASSWORD})
        assert answer.status_code == 302


def test_a_stranger_elsewhere_does_not_lock_an_officer_out(account: Account) -> None:
    username = account(Role.RESPONSE_OFFICER)
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(11):
        try_to(stranger, username)
    answer = Client().post("/sign-in/", {"login": username, "password": PASSWORD})
    assert answer.status_code == 302


def test_a_forged_forwarding_header_does_not_escape_the_lock(
    account: Account, client: Client
) -> None:
    username = account(Role.ANALYST)
    for n in range(10):
        client.post(
            "/sign-in/",
            {"login": username, "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )
    assert try_to(client, username).status_code == 429


def test_a_failure_is_in_the_ledger_but_what_was_typed_is_not(
    account: Account, client: Client
) -> None:
    username = account(Role.ANALYST)
    try_to(client, username)
    try_to(client, "my-secret-typed-into-the-wrong-box")
    known, unknown = entries("access.refuse_sign_in")
    assert (known["by"], known["targets"]) == ("anonymous", [f"user/{username}"])
    assert (unknown["by"], unknown["targets"]) == ("anonymous", ["user/-"])
    assert not any("secret" in e.leaf for e in Entry.objects.all())
    assert not any("secret" in f.key for f in FailedSignIn.objects.all())


def test_a_session_that_was_planted_before_is_not_the_one_after(
    account: Account, client: Client
) -> None:
    planted = Client()
    planted.get("/sign-in/")
    session = planted.session
    session["planted"] = True
    session.save()
    planted.cookies["vigil"] = str(session.session_key)
    answer = planted.post("/sign-in/", {"login": account(Role.ANALYST), "password": PASSWORD})
    assert answer.status_code == 302
    assert planted.cookies["vigil"].value != session.session_key
    attacker = Client()
    attacker.cookies["vigil"] = str(session.session_key)
    assert attacker.get("/reason/").status_code == 302


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "http:evil.example",
        "evil.example",
        " //evil.example",
        "/%0d%0aSet-Cookie:x\r\nA: b",
    ],
)
def test_nobody_is_sent_on_to_another_site(account: Account, onward: str) -> None:
    client = Client()
    answer = client.post(
        "/sign-in/",
        {"login": account(Role.ANALYST), "password": PASSWORD, "next": onward},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    given = {"kind": "incident", "reference": "0212", "next": onward}
    assert client.post("/reason/", given)["Location"] == "/"


def test_whoever_asked_for_a_page_is_sent_back_to_it(account: Account) -> None:
    client = Client()
    first = client.get("/reason/?x=1")
    assert first["Location"] == "/sign-in/?next=%2Freason%2F%3Fx%3D1"
    data = {"login": account(Role.ANALYST), "password": PASSWORD, "next": "/reason/?x=1"}
    assert client.post("/sign-in/", data)["Location"] == "/reason/?x=1"
    assert client.get("/sign-in/")["Location"] == "/"


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-out/", "/reason/"])
def test_a_form_that_is_not_ours_is_refused(browser: Browser, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = browser().cookies
    answer = client.post(address, {"kind": "incident", "reference": "0212"})
    assert answer.status_code == 403
    assert "This form is too old, or is not ours" in answer.content.decode()


def test_a_link_does_not_sign_anybody_out(browser: Browser) -> None:
    client = browser()
    assert "Sign out" in client.get("/sign-out/").content.decode()
    assert client.get("/reason/").status_code == 200


def test_signing_out_ends_the_session_and_clears_the_browser(browser: Browser) -> None:
    client = browser()
    stolen = client.cookies["vigil"].value
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not Session.objects.filter(session_key=stolen).exists()
    client.cookies["vigil"] = stolen
    assert client.get("/reason/").status_code == 302
    [entry] = entries("access.end_session")
    assert entry["facts"] == {"why": "signed out"}


def test_signing_out_twice_is_no_fault(browser: Browser) -> None:
    client = browser()
    client.post("/sign-out/")
    assert client.post("/sign-out/").status_code == 302
    assert "You are signed out" in client.get("/sign-out/").content.decode()


def test_a_closed_account_is_nobody_with_its_next_request(
    browser: Browser, administrator: Viewer, at: datetime
) -> None:
    client = browser(Role.ANALYST)
    actions.close_account(by=administrator, at=at, username="test-analyst")
    assert client.get("/reason/")["Location"].startswith("/sign-in/")


def test_a_new_password_ends_the_sessions_of_the_old_one(
    browser: Browser, administrator: Viewer, at: datetime
) -> None:
    client = browser(Role.ANALYST)
    actions.set_password(
        by=administrator, at=at, username="test-analyst", password="another invented password"
    )
    assert client.get("/reason/")["Location"].startswith("/sign-in/")


def _stay(client: Client, start: datetime, minutes: list[float]) -> list[int]:
    answers = []
    for minute in minutes:
        with standing_at(start + timedelta(minutes=minute)):
            answers.append(client.get("/reason/").status_code)
    return answers


def test_a_session_ends_after_thirty_minutes_without_a_request(browser: Browser) -> None:
    start = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    with standing_at(start):
        client = browser()
    assert _stay(client, start, [29.9, 59.8, 89.8]) == [200, 200, 302]
    [entry] = entries("access.end_session")
    assert entry["facts"] == {"why": "thirty minutes idle"}


def test_a_session_ends_after_twelve_hours_whatever_is_done(browser: Browser) -> None:
    start = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
    with standing_at(start):
        client = browser()
    busy = [20.0 * n for n in range(1, 36)]
    assert set(_stay(client, start, [*busy, 719.9])) == {200}
    assert _stay(client, start, [720]) == [302]


def test_a_session_without_its_clocks_is_over(browser: Browser) -> None:
    client = browser()
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert client.get("/reason/").status_code == 302


def test_nothing_is_kept_by_the_browser(browser: Browser) -> None:
    client = browser()
    for address in ("/reason/", "/sign-in/", "/no-such-page/"):
        assert client.get(address)["Cache-Control"] == "no-store"
    cookie = client.cookies["vigil"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


@pytest.mark.parametrize("data", [{}, {"login": "x" * 5000, "password": "y"}, {"login": "\0"}])
def test_a_form_that_is_empty_or_hostile_gets_sentences(
    client: Client, db: None, data: dict[str, str]
) -> None:
    answer = client.post("/sign-in/", data)
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()

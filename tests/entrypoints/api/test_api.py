"""The API: tokens, problem details, and the same answers as the other doors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from vigil.access.viewer import Role
from vigil.law.ask import answer

pytestmark = pytest.mark.django_db
QUESTION = {
    "id": "1",
    "ask": "clock",
    "clock": "dvpn_hearing",
    "from_at": "2026-11-20T15:00:00+00:00",
}
FEED = "report_id,force,reported_on,suspect_surname\nA1,10,2026-03-02,Quillfeather\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> None:
    settings.VIGIL_HOME = tmp_path


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem details of a refusal, checked for their shape."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(answer.content)
    assert {"type", "title", "status", "detail"} <= told.keys()
    assert told["status"] == status
    return told


def ask(client: Client, body: object) -> Any:
    return client.post("/api/v1/law/ask", json.dumps(body), content_type="application/json")


def test_the_law_answers_as_the_command_line_does(program: Callable[..., Client]) -> None:
    told = ask(program(Role.RESPONSE_OFFICER), [QUESTION]).json()
    assert told == [answer(QUESTION)]
    assert told[0]["due_at"] == "2026-11-23T15:00:00+00:00"


def test_one_bad_question_never_stops_the_rest(program: Callable[..., Client]) -> None:
    told = ask(program(Role.ANALYST), [7, {"id": "2"}, QUESTION]).json()
    assert [a.get("error", {}).get("code") for a in told] == ["bad_question", "bad_question", None]


def test_without_a_token_nothing_is_answered(client: Client) -> None:
    answered = ask(client, [QUESTION])
    problem(answered, 401)
    assert answered["WWW-Authenticate"].startswith("Bearer")


def test_a_session_is_no_token(browser: Callable[..., Client]) -> None:
    problem(ask(browser(Role.ANALYST), [QUESTION]), 401)


def test_a_role_that_may_not_send_feeds_is_told_so(program: Callable[..., Client]) -> None:
    feed = SimpleUploadedFile("march.csv", FEED.encode())
    problem(program(Role.RESPONSE_OFFICER).post("/api/v1/feeds", {"feed": feed}), 403)


def test_a_feed_is_sent_and_followed(program: Callable[..., Client]) -> None:
    client = program(Role.ANALYST)
    feed = SimpleUploadedFile("march.csv", FEED.encode())
    sent = client.post("/api/v1/feeds", {"feed": feed})
    assert sent.status_code == 202, sent.content
    told = client.get(f"/api/v1/feeds/{sent.json()['load']}").json()
    assert (told["state"], told["faults"]) == ("waiting", [])


def test_a_feed_that_is_none_is_a_problem_with_a_sentence(program: Callable[..., Client]) -> None:
    feed = SimpleUploadedFile("march.csv", b"nothing\n")
    told = problem(program(Role.ANALYST).post("/api/v1/feeds", {"feed": feed}), 400)
    assert "report_id" in told["detail"]


def test_a_load_that_is_none_and_one_of_another_agency_are_the_same(
    program: Callable[..., Client],
) -> None:
    problem(program(Role.ANALYST).get("/api/v1/feeds/L-nothing"), 404)


@pytest.mark.parametrize("body", ["{", "", "[1,"], ids=["cut", "empty", "cut in a list"])
def test_a_body_that_is_no_json_is_a_problem(program: Callable[..., Client], body: str) -> None:
    client = program(Role.ANALYST)
    answered = client.post("/api/v1/law/ask", body, content_type="application/json")
    assert answered.status_code in {400, 422}
    problem(answered, answered.status_code)


def test_a_body_of_another_shape_names_the_field_and_not_what_was_sent(
    program: Callable[..., Client],
) -> None:
    told = problem(ask(program(Role.ANALYST), {"name": "Quillfeather"}), 422)
    assert "Quillfeather" not in told["detail"]


def test_a_method_that_is_not_there_is_refused(program: Callable[..., Client]) -> None:
    problem(program(Role.ANALYST).delete("/api/v1/law/ask"), 405)


def test_the_description_is_openapi_3_1_and_names_every_operation(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert {"/api/v1/law/ask", "/api/v1/feeds"} <= described["paths"].keys()

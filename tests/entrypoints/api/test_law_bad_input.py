"""Bad input through POST /api/v1/law/ask: the named error, the rest of the batch answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.law.bad_input import BAD, GOOD, HUGE, written
from vigil.access.viewer import Role
from vigil.law.ask import answer

pytestmark = pytest.mark.django_db
FIELDS = json.dumps(GOOD)[1:-1]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Settings) -> None:
    settings.VIGIL_HOME = tmp_path


@pytest.fixture
def ask(program: Callable[..., Client]) -> Callable[[bytes], Any]:
    client = program(Role.RESPONSE_OFFICER)
    client.raise_request_exception = False  # a failure shows as the 500 that it would be
    return lambda body: client.post("/api/v1/law/ask", body, content_type="application/json")


def test_each_bad_question_has_its_named_error_and_each_good_one_its_answer(
    ask: Callable[[bytes], Any],
) -> None:
    asked: list[Any] = []
    for what, (question, _) in BAD.items():
        asked += [{"id": what, **question}, {"id": f"after {what}", **GOOD}]
    told = ask(written(json.dumps(asked)).encode())

    assert told.status_code == 200
    said = told.json()
    for (what, (_, code)), refused, answered in zip(
        BAD.items(), said[::2], said[1::2], strict=True
    ):
        assert refused["id"] == what
        assert set(refused) == {"id", "error"}
        assert refused["error"]["code"] == code, what
        assert answered == json.loads(json.dumps(answer({"id": f"after {what}", **GOOD})))


@pytest.mark.parametrize("one", ["7", "null", '"a text"', "[]", "true", "[" * 500 + "]" * 500])
def test_what_is_no_object_in_the_list_is_a_bad_question(
    ask: Callable[[bytes], Any], one: str
) -> None:
    said = ask(f'[{one},{{"id":"1",{FIELDS}}}]'.encode()).json()

    assert [each["id"] for each in said] == [None, "1"]
    assert said[0]["error"]["code"] == "bad_question"
    assert "error" not in said[1]


@pytest.mark.parametrize(
    "body",
    [
        b"when may he be let out?",
        b"[" * 100_000,
        b'[{"id":"\xff"}]',
        "[]".encode("utf-16"),
        b'[{"id":"1","x":NaN}]',
        b"[" + b'"x",' * 2_500_000 + b'"x"]',
    ],
    ids=["no JSON", "a deep nest", "no text", "UTF-16", "NaN", "ten megabytes"],
)
def test_a_body_that_cannot_be_read_is_a_problem_and_never_a_failure(
    ask: Callable[[bytes], Any], body: bytes
) -> None:
    told = ask(body)

    assert told.status_code == 400
    assert told["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"{}", b"null", b"7", b'"text"'])
def test_a_body_that_is_no_list_is_a_problem(ask: Callable[[bytes], Any], body: bytes) -> None:
    assert ask(body).status_code == 422


@pytest.mark.parametrize(
    ("one", "identifier"),
    [
        (f'{{"id":1e999,{FIELDS}}}', None),
        (f'{{"id":{HUGE},{FIELDS}}}', None),
        (f'{{"id":["1"],{FIELDS}}}', ["1"]),
    ],
    ids=["infinity", "a huge number", "a list"],
)
def test_an_id_that_is_no_text_never_makes_an_answer_that_is_no_json(
    ask: Callable[[bytes], Any], one: str, identifier: object
) -> None:
    said = json.loads(ask(f"[{one}]".encode()).content, parse_constant=pytest.fail)

    assert said[0]["id"] == identifier
    assert said[0]["error"]["code"] == "bad_question"


@pytest.mark.parametrize(
    "body",
    [
        f'[{{"id":"1",{FIELDS},"x":{HUGE}}}]',
        f'[{{"id":"0","id":"1",{FIELDS}}}]',
        f'\ufeff[{{"id":"1",{FIELDS}}}]',
    ],
    ids=["a huge number that nobody asked for", "an id twice", "a byte order mark"],
)
def test_what_does_not_matter_does_not_matter(ask: Callable[[bytes], Any], body: str) -> None:
    assert ask(body.encode()).json() == [json.loads(json.dumps(answer({"id": "1", **GOOD})))]


def test_an_empty_list_has_an_empty_answer(ask: Callable[[bytes], Any]) -> None:
    assert ask(b"[]").json() == []

"""Bad input to `vigil law ask` as a process: the named error, the rest of the batch answered."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.law.bad_input import BAD, GOOD, HUGE, written
from vigil.law import questions
from vigil.law.ask import answer

FIELDS = json.dumps(GOOD)[1:-1]
NO_OBJECT = {
    "id": None,
    "error": {
        "code": "bad_question",
        "message": "expected a JSON object with id and ask, found something else",
    },
}
# Lines that hold no JSON object, as bytes.
NOTHING: dict[str, bytes] = {
    "no JSON": b"when may he be let out?",
    "half an object": b'{"id":"1","ask":',
    "two objects": b'{"id":"1"}{"id":"2"}',
    "a list": b'[{"id":"1"}]',
    "a number": b"7",
    "null": b"null",
    "NaN": b'{"id":"1","x":NaN}',
    "Infinity": b'{"id":"1","x":-Infinity}',
    "a deep nest": b'{"id":' * 100_000,
    "bytes that are no text": b'{"id":"\xff"}',
    "UTF-16": '{"id":"1"}'.encode("utf-16"),
    "a line break in a text": b'{"id":"\x01"}',
}


def ask(*lines: bytes) -> tuple[list[Any], int, bytes]:
    """What the process answers, its exit status, and what it says on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask"],
        input=b"\n".join(lines),
        capture_output=True,
        check=False,
        timeout=120,
    )

    def strictly(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    said = [json.loads(line, parse_constant=strictly) for line in done.stdout.splitlines()]
    return said, done.returncode, done.stderr


def good(identifier: str) -> bytes:
    return json.dumps({"id": identifier, **GOOD}).encode()


def test_each_bad_question_has_its_named_error_and_each_good_one_its_answer() -> None:
    lines = []
    for what, (question, _) in BAD.items():
        lines += [written(json.dumps({"id": what, **question})).encode(), good(f"after {what}")]
    said, status, errors = ask(*lines)

    assert (len(said), status, errors) == (2 * len(BAD), 1, b"")
    for (what, (_, code)), refused, answered in zip(
        BAD.items(), said[::2], said[1::2], strict=True
    ):
        assert refused["id"] == what
        assert set(refused) == {"id", "error"}
        assert refused["error"]["code"] == code, what
        assert refused["error"]["message"].startswith("expected"), what
        assert answered == json.loads(json.dumps(answer({"id": f"after {what}", **GOOD})))


def test_what_is_no_json_object_is_answered_by_name_and_the_rest_is_answered() -> None:
    lines = [each for line in NOTHING.values() for each in (line, good("after"))]
    said, status, errors = ask(*lines)

    assert (status, errors) == (1, b"")
    for what, refused, answered in zip(NOTHING, said[::2], said[1::2], strict=True):
        assert refused == NO_OBJECT, what
        assert "error" not in answered, what


def test_nothing_but_what_is_no_json_object_is_status_2() -> None:
    said, status, errors = ask(*NOTHING.values())

    assert said == [NO_OBJECT] * len(NOTHING)
    assert (status, errors) == (2, b"")


def test_good_questions_alone_are_status_0() -> None:
    said, status, errors = ask(good("1"), b"", b"   ", good("2"), b"\r")

    assert [each["id"] for each in said] == ["1", "2"]
    assert (status, errors) == (0, b"")


def test_nothing_at_all_is_status_0() -> None:
    assert ask(b"") == ([], 0, b"")


def test_a_line_of_ten_megabytes_is_refused_by_name_with_its_id() -> None:
    long = json.dumps({"id": "long", **GOOD, "padding": "x" * 10_000_000}).encode()
    said, status, errors = ask(good("before"), long, b"x" * 10_000_000, good("after"))

    assert [each["id"] for each in said] == ["before", "long", None, "after"]
    assert ["error" in each for each in said] == [False, True, True, False]
    assert said[1]["error"] == {
        "code": "bad_question",
        "message": "expected a line of at most 1048576 bytes, found a longer one",
    }
    assert (status, errors) == (1, b"")


@pytest.mark.parametrize(
    "line",
    [
        f'{{"id":"1",{FIELDS},"x":{HUGE}}}',
        f'{{"id":"1",{FIELDS},"x":1e999}}',
        f'{{"id":"1",{FIELDS},"x":{"[" * 200}{"]" * 200}}}',
        f'{{"id":"1",{FIELDS},"x":"\\ud800"}}',
        f'{{"id":"0","id":"1",{FIELDS}}}',
        f'{{"id":"1","on":"never",{FIELDS}}}',
        f'\ufeff{{"id":"1",{FIELDS}}}',
        f'  {{ "id" : "1" ,\t{FIELDS} }}  ',
    ],
    ids=[
        "a huge number that nobody asked for",
        "a number past all floats that nobody asked for",
        "a nest that nobody asked for",
        "half a character that nobody asked for",
        "an id twice: the last is meant",
        "a field twice: the last is meant",
        "a byte order mark",
        "spaces",
    ],
)
def test_what_does_not_matter_does_not_matter(line: str) -> None:
    found = answer(questions.parsed(line.removeprefix("\ufeff")))
    said, status, _ = ask(line.encode())

    assert found["nature"] == "civil_contempt"
    assert (said, status) == ([json.loads(json.dumps(found))], 0)


@pytest.mark.parametrize(
    ("identifier", "handed_back"),
    [
        ("1e999", None),
        ("-1e999", None),
        ("[1e999]", None),
        (HUGE, None),
        ("7", 7),
        ("7.5", 7.5),
        ("true", True),
        ('["1"]', ["1"]),
        ("{}", {}),
    ],
    ids=["infinity", "less than nothing", "infinity in a list", "a huge number", "7", "7.5",
         "true", "a list", "an object"],
)  # fmt: skip
def test_an_id_that_is_no_text_is_handed_back_where_json_has_a_word_for_it(
    identifier: str, handed_back: object
) -> None:
    (said,), status, _ = ask(f'{{"id":{identifier},{FIELDS}}}'.encode())

    assert said["id"] == handed_back
    assert said["error"]["message"] == "expected id to be a text, which the answer hands back"
    assert status == 1


@pytest.mark.parametrize("identifier", ["", "\x00", "\ud800", "名", "x" * 100_000, "null", "1\n2"])
def test_any_text_is_an_id(identifier: str) -> None:
    assert answer({"id": identifier, **GOOD})["id"] == identifier


def test_an_id_too_deep_to_be_written_is_not_handed_back() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    assert answer({"id": deep, **GOOD})["id"] is None


@pytest.mark.parametrize(("digits", "is_read"), [(400, True), (401, False)])
def test_a_number_of_more_digits_than_any_field_holds_is_too_large(
    digits: int, is_read: bool
) -> None:
    found = questions.parsed("9" * digits)

    assert (found == int("9" * digits)) is is_read
    assert (found == float("inf")) is not is_read


def test_a_bad_question_never_repeats_what_was_asked() -> None:
    for question, _ in BAD.values():
        secret = {
            name: "Quillfeather" if isinstance(value, str) and name != "ask" else value
            for name, value in question.items()
        }
        assert "Quillfeather" not in json.dumps(answer({"id": "1", **secret}))

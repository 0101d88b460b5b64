"""`vigil law ask`: lines in, lines out, exit status, and a start that loads no Django."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from vigil.entrypoints.cli import law as command

GOOD = '{"id":"1","ask":"breach","instrument":"DVPO","on":"2026-11-23"}'
WRONG = '{"id":"2","ask":"breach","instrument":"DVPO","on":"tomorrow"}'


def run(*lines: str | bytes) -> tuple[list[Any], int]:
    asked = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    out = io.BytesIO()
    status = command.answer_lines(io.BytesIO(asked), out)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_every_line_answered_is_status_0() -> None:
    answers, status = run(GOOD, GOOD)

    assert [each["nature"] for each in answers] == ["civil_contempt"] * 2
    assert status == 0


def test_empty_input_is_status_0() -> None:
    assert run() == ([], 0)
    assert run("", "   ") == ([], 0)


def test_one_error_is_status_1_and_stops_nothing() -> None:
    answers, status = run(WRONG, GOOD)

    assert [each["id"] for each in answers] == ["2", "1"]
    assert answers[0]["error"]["code"] == "bad_question"
    assert status == 1


def test_no_json_object_at_all_is_status_2() -> None:
    answers, status = run("nonsense", "[1]", "7", "null")

    assert all(each == answers[0] for each in answers)
    assert answers[0]["id"] is None
    assert answers[0]["error"]["code"] == "bad_question"
    assert status == 2


def test_a_line_that_is_no_object_among_questions_is_status_1() -> None:
    answers, status = run("nonsense", GOOD)

    assert [each["id"] for each in answers] == [None, "1"]
    assert status == 1


def test_blank_lines_are_skipped() -> None:
    assert len(run("", GOOD, " \t", "\r", GOOD)[0]) == 2


def test_a_last_line_without_its_end_is_answered() -> None:
    out = io.BytesIO()
    assert command.answer_lines(io.BytesIO(GOOD.encode()), out) == 0
    assert out.getvalue().count(b"\n") == 1


def test_bytes_that_are_no_text_constants_that_are_no_json_and_deep_nests_are_no_objects() -> None:
    answers, status = run(
        b"\xff\xfe", '{"id":"1","x":NaN}', "[" * 100_000, b"\xef\xbb\xbf" + GOOD.encode()
    )

    assert [each["id"] for each in answers] == [None, None, None, "1"]
    assert status == 1


def test_a_line_of_ten_megabytes_is_refused_by_name_and_the_rest_is_answered() -> None:
    long = json.dumps({"id": "long", "ask": "breach", "padding": "x" * 10_000_000})
    answers, status = run(long, "x" * 10_000_000, GOOD)

    assert [each["id"] for each in answers] == ["long", None, "1"]
    assert [each.get("error", {}).get("code") for each in answers] == [
        "bad_question",
        "bad_question",
        None,
    ]
    assert status == 1


def test_a_line_too_long_to_keep_is_dropped_without_its_id(monkeypatch: Any) -> None:
    monkeypatch.setattr(command, "LONGEST_KEPT", 200)
    answers, status = run('{"id":"' + "x" * 5000 + '"}', GOOD)

    assert [each["id"] for each in answers] == [None, "1"]
    assert "at most" in answers[0]["error"]["message"]
    assert status == 1


def test_an_id_with_half_a_character_is_handed_back() -> None:
    answers, _ = run('{"id":"\\ud800","ask":"tea"}')

    assert answers[0]["id"] == "\ud800"


def test_each_line_is_answered_before_the_next_is_read() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(GOOD.encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == "1"
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_a_reader_who_leaves_is_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write((GOOD + "\n").encode() * 2)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 1


def test_it_starts_fast_and_without_django() -> None:
    program = (
        "import sys; from vigil.entrypoints.cli import law; "
        "sys.exit(any(name.split('.')[0] in ('django', 'duckdb', 'pyarrow') "
        "for name in sys.modules))"
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)

    # 0.5 s is the aim; the test allows for a machine that is shared.
    assert time.perf_counter() - started < 5


def test_the_help_shows_an_example() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask", "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )

    assert "Example" in done.stdout

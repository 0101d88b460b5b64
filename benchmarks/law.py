"""How fast the law loads and answers, on one core, beside plainer work on the same questions.

Run: make benchmark-law. It prints one line a figure; law.md beside it holds what it printed. A
rate is counted in the time of this process alone, so that a shared machine does not slow it; the
best of three rounds stands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import numpy

LOADING = (
    "import time; "
    "from vigil.law.loading import law, Regime; from vigil.law.calendars import calendar; "
    "imported = time.process_time(); "
    "law(); law(Regime.PALADIN); calendar('EW'); "
    "print(time.process_time() - imported)"
)
COUNT = 10_000


def loading_ms() -> float:
    """The best of five fresh processes: both regimes and the calendar, without the imports."""
    runs = (
        subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True, text=True)
        for _ in range(5)
    )
    return min(float(run.stdout) for run in runs) * 1000


def start_ms() -> float:
    """The best of five: `vigil law ask` on one line, from the start of the process to its end.

    In the time of that process, as the rates are: what it waits for others is not its own.
    """
    asked = b'{"id":"1","ask":"breach","instrument":"DVPO","on":"2026-11-23"}\n'

    def once() -> float:
        before = os.times()
        command = [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask"]
        subprocess.run(command, input=asked, capture_output=True, check=True)
        after = os.times()
        return (after.children_user + after.children_system) - (
            before.children_user + before.children_system
        )

    return min(once() for _ in range(5)) * 1000


def best_rate(work: Callable[[], int]) -> float:
    """How many a second of this process's own time, at best of three."""
    rates = []
    for _ in range(3):
        started = time.process_time()
        done = work()
        rates.append(done / (time.process_time() - started))
    return max(rates)


def answers(lines: list[str]) -> int:
    """From a line of JSON to a line of JSON, as the command does it."""
    from vigil.law.ask import answer

    for line in lines:
        json.dumps(answer(json.loads(line)))
    return len(lines)


def read_and_write(lines: list[str]) -> int:
    """The floor: the same lines read and written again, with no law between."""
    for line in lines:
        json.dumps(json.loads(line))
    return len(lines)


def business_days(questions: list[dict[str, Any]]) -> int:
    """numpy's business days: two on, from each day, holidays given. Another question.

    It counts days and not hours, rolls forward where the Act disregards, knows one list for every
    statute, and gives neither a ground nor an error. It is the nearest thing that is in use.
    """
    from vigil.law.calendars import calendar

    holidays = numpy.array(sorted(calendar("EW").holidays), dtype="datetime64[D]")
    known = numpy.busdaycalendar("1111110", holidays)
    for question in questions:
        day = numpy.datetime64(question["from_at"][:10])
        numpy.busday_offset(day, 2, roll="forward", busdaycal=known)
    return len(questions)


def clock_question(number: int) -> dict[str, Any]:
    at = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=71 * number)
    return {"ask": "clock", "clock": "dvpn_hearing", "from_at": at.isoformat()}


def breach_question(number: int) -> dict[str, Any]:
    on = datetime(2020, 2, 1, tzinfo=UTC) + timedelta(days=number % 2000)
    return {"ask": "breach", "instrument": "STALK_PO", "on": on.date().isoformat()}


def notification_question(number: int) -> dict[str, Any]:
    on = datetime(2020, 2, 1, tzinfo=UTC) + timedelta(days=number % 2000)
    day = on.date().isoformat()
    return {"ask": "notification", "instrument": "STALK_PO", "event": "served", "on": day}


def validity_question(number: int) -> dict[str, Any]:
    made_on = datetime(2020, 2, 1, tzinfo=UTC) + timedelta(days=number % 2000)
    return {
        "ask": "validity",
        "instrument": "DVPO",
        "made_on": made_on.date().isoformat(),
        "last_day": (made_on + timedelta(days=number % 40)).date().isoformat(),
        "subject_age": 30,
        "applicant": "police",
    }


def period_question(number: int) -> dict[str, Any]:
    on = datetime(2006, 2, 1, tzinfo=UTC) + timedelta(days=number % 7000)
    return {
        "ask": "period",
        "disposal": "imprisonment",
        "days": 1 + number % 1500,
        "age": 10 + number % 60,
        "relevant_on": on.date().isoformat(),
    }


def detention_question(number: int) -> dict[str, Any]:
    at = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(minutes=71 * number)

    def after(hours: float) -> str:
        return (at + timedelta(hours=hours)).isoformat()

    return {
        "ask": "detention",
        "relevant_at": after(0),
        "authorised_at": after(0.25),
        "now": after(20),
        "indictable": True,
        "pauses": [[after(2), after(4)]],
        "extensions": [{"kind": "superintendent", "at": after(17), "hours": 36}],
    }


def serial_question(number: int) -> dict[str, Any]:
    on = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number % 1000)
    reports = [
        {
            "occurred_on": (on - timedelta(days=200 * each)).date().isoformat(),
            "victim": f"v{each % 3}",
            "basis": "suspect",
            "domestic": True,
            "stalking": bool(each % 2),
            "suspect_age": 30,
        }
        for each in range(5)
    ]
    definition = ("acpo_2009", "richards", "northumbria_matac", "lords_42_2021")[number % 4]
    day = on.date().isoformat()
    return {"ask": "serial", "definition": definition, "on": day, "reports": reports}


def recognition_question(number: int) -> dict[str, Any]:
    on = datetime(2021, 2, 1, tzinfo=UTC) + timedelta(days=number % 2000)
    day = on.date().isoformat()
    return {
        "ask": "recognition",
        "measure": "CIVIL_606_2013",
        "from": ("FR", "DE", "IE", "DK")[number % 4],
        "to": ("EW", "S", "NI")[number % 3],
        "on": day,
        "certificate_issued_on": day,
    }


KINDS: tuple[Callable[[int], dict[str, Any]], ...] = (
    clock_question,
    breach_question,
    notification_question,
    validity_question,
    period_question,
    detention_question,
    serial_question,
    recognition_question,
)
AIM = 5_000


def main() -> None:
    print(f"loading: {loading_ms():.0f} ms (aim: at most 150)")
    print(f"vigil law ask, one line, whole process: {start_ms():.0f} ms (aim: under 500)")
    print(f"answers a second (aim: at least {AIM:,}), beside the same lines only read and written:")
    for make in KINDS:
        asked = [{"id": str(number), **make(number)} for number in range(COUNT)]
        lines = [json.dumps(question) for question in asked]
        rate = best_rate(partial(answers, lines))
        floor = best_rate(partial(read_and_write, lines))
        print(f"{make.__name__.removesuffix('_question')}: {rate:,.0f} ({floor:,.0f})")
    asked = [clock_question(number) for number in range(COUNT)]
    rate = best_rate(partial(business_days, asked))
    print(f"numpy, two business days on, which is not the same question: {rate:,.0f}")


if __name__ == "__main__":
    main()

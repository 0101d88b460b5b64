"""How fast the law loads and answers, on one core.

Run: python benchmarks/law.py. It prints one line a figure; law.md beside it holds what it printed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

LOADING = (
    "import time; started = time.perf_counter(); "
    "from vigil.law.loading import law, Regime; from vigil.law.calendars import calendar; "
    "imported = time.perf_counter(); "
    "law(); law(Regime.PALADIN); calendar('EW'); "
    "print(time.perf_counter() - imported)"
)
COUNT = 20_000


def loading_ms() -> float:
    """The best of five fresh processes: both regimes and the calendar, without the imports."""
    runs = (
        subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=True, text=True)
        for _ in range(5)
    )
    return min(float(run.stdout) for run in runs) * 1000


def start_ms() -> float:
    """The best of five: `vigil law ask` on one line, from the start of the process to its end."""
    asked = b'{"id":"1","ask":"breach","instrument":"DVPO","on":"2026-11-23"}\n'

    def once() -> float:
        started = time.perf_counter()
        command = [sys.executable, "-m", "vigil.entrypoints.cli.main", "law", "ask"]
        subprocess.run(command, input=asked, capture_output=True, check=True)
        return time.perf_counter() - started

    return min(once() for _ in range(5)) * 1000


def answers_a_second(lines: list[str]) -> float:
    """From a line of JSON to a line of JSON, as the command does it."""
    from vigil.law.ask import answer

    answer(json.loads(lines[0]))
    started = time.perf_counter()
    for line in lines:
        json.dumps(answer(json.loads(line)))
    return len(lines) / (time.perf_counter() - started)


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


KINDS: tuple[Callable[[int], dict[str, Any]], ...] = (
    clock_question,
    breach_question,
    notification_question,
    validity_question,
)


def main() -> None:
    print(f"loading: {loading_ms():.0f} ms (aim: at most 150)")
    print(f"vigil law ask, one line, whole process: {start_ms():.0f} ms (aim: under 500)")
    for make in KINDS:
        lines = [json.dumps({"id": str(number), **make(number)}) for number in range(COUNT)]
        rate = answers_a_second(lines)
        print(f"{make.__name__.removesuffix('_question')}: {rate:,.0f} answers a second")


if __name__ == "__main__":
    main()

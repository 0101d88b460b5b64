"""How fast the doorstep answers over facts, with no record, on one core.

Run: python benchmarks/doorstep_pure.py. It prints one line a figure; doorstep_pure.md beside it
holds what it printed.
"""

from __future__ import annotations

import json
import math
import random
import statistics
import subprocess
import sys
import time
from typing import Any

AT = "2026-11-20T22:15:00+00:00"
COUNT = 2000
COMMAND = [sys.executable, "-m", "vigil.entrypoints.cli.main", "doorstep"]


def polygon(chance: random.Random, corners: int) -> dict[str, Any]:
    """A wavy round area of about two kilometres."""
    lon, lat = 1.5 + chance.uniform(-0.02, 0.02), 54.5 + chance.uniform(-0.02, 0.02)
    ring = []
    for n in range(corners):
        angle = 2 * math.pi * n / corners
        reach = 0.009 * chance.uniform(0.8, 1.2)
        ring.append([lon + reach * math.cos(angle) / 0.58, lat + reach * math.sin(angle)])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def rules(chance: random.Random, polygons: int) -> list[dict[str, Any]]:
    """Ten rules, some of them areas."""
    listed: list[dict[str, Any]] = [
        {"kind": "stay_away", "polygon": polygon(chance, 24)} for _ in range(polygons)
    ]
    listed += [
        {"kind": "no_contact", "persons": ["V-1"], "means": "any", "except": []},
        {"kind": "stay_away", "persons": ["V-1"]},
        {"kind": "stay_away", "place": {"lat": 54.5, "lon": 1.5}, "radius_metres": 100},
        {"kind": "do_not_enter", "place": {"address_ref": "L-HOME"}},
        {"kind": "no_violence", "persons": ["V-1"]},
        {"kind": "no_threats", "persons": ["V-1"]},
        {"kind": "notify", "what": "address", "within_days": 3},
        {
            "kind": "curfew",
            "days": ["mon", "fri"],
            "from_time": "19:00",
            "to_time": "07:00",
            "address_ref": "L-HIS",
        },
        {"kind": "attend", "programme": "Ways", "at": [AT]},
        {"kind": "other"},
    ]
    return listed[:10]


def question(number: int, *, polygons_of_each: int, polygons_in_all: int = 0) -> dict[str, Any]:
    """Ten orders of ten clauses each; the act is somewhere in or near the areas."""
    chance = random.Random(number)
    orders = []
    for order in range(10):
        areas = polygons_of_each or int(order < polygons_in_all)
        orders.append(
            {
                "ref": f"O-{order}",
                "instrument": ("STALK_PO", "NMO", "RO_CONV", "CBO")[order % 4],
                "jurisdiction": "EW",
                "respondent": "P-1",
                "protected": ["V-1", "V-2"],
                "made_on": "2026-03-02",
                "served_at": "2026-03-03T10:00:00+00:00",
                "last_day": None,
                "events": [],
                "conditions": [
                    {"clause": str(n), "text": f"Words of clause {n}.", "rule": rule}
                    for n, rule in enumerate(rules(chance, areas), 1)
                ],
            }
        )
    place = {"lat": 54.5 + chance.uniform(-0.03, 0.03), "lon": 1.5 + chance.uniform(-0.05, 0.05)}
    act = {"by": "P-1", "kind": "presence", "towards": None, "means": None, "place": place}
    return {"id": str(number), "at": AT, "act": act | {"consented": False}, "orders": orders}


def measure(label: str, **areas: int) -> None:
    """p50 and p95 of one answer, from the question read to the answer ready.

    Both the time on the wall and the time of the core: on a shared machine the first also counts
    the waiting for a core.
    """
    from vigil.orders.doorstep.ask import answer

    asked = [question(number, **areas) for number in range(COUNT)]
    for each in asked[:20]:
        answer(each)
    wall, core = [], []
    for each in asked:
        started, worked = time.perf_counter(), time.thread_time()
        found = answer(each)
        wall.append((time.perf_counter() - started) * 1000)
        core.append((time.thread_time() - worked) * 1000)
        assert "verdict" in found
    said = ", ".join(
        f"{name} p50 {statistics.median(took):.2f} p95 {statistics.quantiles(took, n=20)[18]:.2f}"
        for name, took in (("wall", wall), ("core", core))
    )
    print(f"{label}: {said} ms (aim: p95 under 3)")


def start_ms(asked: dict[str, Any]) -> float:
    """The best of five: `vigil doorstep` on one line, from the start of the process to its end."""
    line = json.dumps(asked).encode() + b"\n"

    def once() -> float:
        started = time.perf_counter()
        subprocess.run(COMMAND, input=line, capture_output=True, check=True)
        return time.perf_counter() - started

    return min(once() for _ in range(5)) * 1000


def main() -> None:
    plain = question(0, polygons_of_each=0)
    with_area = question(0, polygons_of_each=0, polygons_in_all=3)
    print(f"vigil doorstep, one line, no polygon: {start_ms(plain):.0f} ms (aim: 300)")
    print(f"vigil doorstep, one line, three polygons: {start_ms(with_area):.0f} ms")
    measure("10 orders x 10 clauses, no polygon", polygons_of_each=0)
    measure("10 orders x 10 clauses, 3 polygons in all", polygons_of_each=0, polygons_in_all=3)
    measure("10 orders x 10 clauses, 3 polygons in each order", polygons_of_each=3)


if __name__ == "__main__":
    main()

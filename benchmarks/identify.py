"""How long identification takes and how good it is, on an invented feed with its truth.

    .venv/bin/python benchmarks/identify.py --reports 100000 --seed 7
    .venv/bin/python benchmarks/identify.py --feed FEED --truth TRUTH.parquet

Run it on a quiet machine; what it printed last is in identify.md.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from vigil.identity.engine.evaluate import evaluate
from vigil.identity.face import identify
from vigil.incidents.feed.arrow import read_for_identify
from vigil.incidents.invented import make_feed

LAST_DAY = date(2026, 11, 22)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--feed", type=Path)
    asked.add_argument("--truth", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        feed, truth = given.feed, given.truth
        if feed is None:
            feed = Path(folder) / "feed"
            made = make_feed(
                feed, reports=given.reports, seed=given.seed, last_day=LAST_DAY, kind="parquet"
            )
            truth = made.truth
        measure(feed, truth, Path(folder))


def measure(feed: Path, truth: Path, folder: Path) -> None:
    began = time.perf_counter()
    batches = read_for_identify(feed)
    with identify(batches, spill=folder / "spill", this_year=LAST_DAY.year) as found:
        run = found.write(folder / "found")
    took = time.perf_counter() - began
    for stage in run["stages"]:
        print(f"{stage['name']:>8} {stage['seconds']:8.2f} s {stage['peak_memory_mb']:7,} MB")
    print(f"{'in all':>8} {took:8.2f} s;  {run['counts']}")
    quality = evaluate(folder / "found", truth)
    for name in ("pairwise", "b_cubed", "serial"):
        one = getattr(quality, name)
        if one is not None:
            print(f"{name:>8} P {one.precision:.4f}  R {one.recall:.4f}  F1 {one.f1:.4f}")


if __name__ == "__main__":
    main()

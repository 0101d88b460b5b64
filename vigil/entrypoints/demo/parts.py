"""The feed of the demo in two parts: what was reported before its year began, and in it.

The rows lie in the order of their day of report, so the second part begins at the first row
after the day; both parts keep the header.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path


def split(feed: Path, *, last_day: date, before: Path, within: Path) -> None:
    """Write the rows up to `last_day` under `before` and the later ones under `within`."""
    before.mkdir(parents=True)
    within.mkdir(parents=True)
    for path in sorted(feed.glob("reports-*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            header = next(lines)
            at = header.rstrip("\r\n").split(",").index("reported_on")
            early, late = [header], [header]
            for line in lines:
                (early if line.split(",", at + 1)[at] <= last_day.isoformat() else late).append(
                    line
                )
        for part, folder in ((early, before), (late, within)):
            if len(part) > 1:
                (folder / path.name).write_text("".join(part), encoding="utf-8", newline="")

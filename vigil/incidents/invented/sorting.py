"""Puts millions of rows into the order of their days without holding them in memory.

Rows wait in files, one for each stretch of days, and are sorted stretch by stretch. The
files lie beside the feed that is being made and are gone when it is done; they hold
invented people only.
"""

import marshal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

# (day, place within the day, truth of the suspect, truth of the victim, cells joined by GAP)
Waiting = tuple[int, float, int, int, str]
# The unit separator: it occurs in no invented cell, and one string is packed faster than thirty.
GAP = "\x1f"

ROWS_IN_HAND = 20_000
ROWS_A_STRETCH = 20_000
# Written without shared references, which is faster and is all that flat rows need.
_MARSHAL_VERSION = 2
_LENGTH_BYTES = 8


class RowsByDay:
    """Takes rows in any order, gives them back by day; within a day the order is chance."""

    def __init__(self, directory: Path, *, rows: int, days: int, rng: Random) -> None:
        self._directory = directory
        self._stretches = max(1, -(-rows // ROWS_A_STRETCH))
        self._days = days
        self._rng = rng
        self._hands: list[list[Waiting]] = [[] for _ in range(self._stretches)]
        self._in_hand = 0

    def __enter__(self) -> Self:
        self._directory.mkdir(parents=True, exist_ok=True)
        self._place = tempfile.TemporaryDirectory(prefix=".making-", dir=self._directory)
        self._files = [Path(self._place.name) / str(n) for n in range(self._stretches)]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._place.cleanup()

    def add(self, day: int, suspect: int, victim: int, cells: tuple[str, ...]) -> None:
        stretch = day * self._stretches // self._days
        self._hands[stretch].append((day, self._rng.random(), suspect, victim, GAP.join(cells)))
        self._in_hand += 1
        if self._in_hand >= ROWS_IN_HAND and self._stretches > 1:
            self._put_down()

    def _put_down(self) -> None:
        for file, hand in zip(self._files, self._hands, strict=True):
            if hand:
                packed = marshal.dumps(hand, _MARSHAL_VERSION)
                with file.open("ab") as stream:
                    stream.write(len(packed).to_bytes(_LENGTH_BYTES, "big") + packed)
                hand.clear()
        self._in_hand = 0

    def __iter__(self) -> Iterator[list[Waiting]]:
        """One sorted list for each stretch, earliest first."""
        for file, hand in zip(self._files, self._hands, strict=True):
            rows = [*_read(file), *hand]
            hand.clear()
            rows.sort()
            yield rows


def _read(file: Path) -> Iterator[Waiting]:
    if not file.exists():
        return
    # marshal.load asks a file for a few bytes at a time; whole pieces are ten times as fast.
    with file.open("rb") as stream:
        while length := stream.read(_LENGTH_BYTES):
            packed = stream.read(int.from_bytes(length, "big"))
            # Safe: only what this process has just written into its own directory.
            yield from marshal.loads(packed)  # noqa: S302

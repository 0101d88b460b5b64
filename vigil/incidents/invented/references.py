"""The reference that a force gives to a report: its own style, its own running number.

References are unique within a force because the number of a year only grows; two forces
may well give the same one.
"""

from random import Random


class References:
    """Hands out references in the order of the days; ask in that order."""

    def __init__(self, styles: dict[str, str], rng: Random) -> None:
        self._styles = styles
        self._rng = rng
        self._last: dict[tuple[str, str], int] = {}

    def next(self, force: str, reported_on: str) -> str:
        year = reported_on[2:4]
        number = self._last.get((force, year), 0) + 1 + int(self._rng.random() * 25)
        self._last[force, year] = number
        style = self._styles[force]
        if style == "athena":
            return f"{force}/{number}/{year}"
        if style == "niche":
            return f"{force}{year}{number:08d}"
        if style == "year_first":
            return f"{year}/{number:06d}/{year}"
        return f"CRI/{number:07d}/{year}" if style == "crime" else f"{number:07d}/{year}"

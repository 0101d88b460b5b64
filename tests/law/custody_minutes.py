"""A second custody clock, that shares nothing with the first: it walks through every minute.

Written from sections 40 to 44 of the Police and Criminal Evidence Act 1984 as law.md's section 3
tells them. Instants are whole minutes, as numbers. One minute after the other is either counted
(he is at the station) or not (in hospital, on bail).
"""

from __future__ import annotations

from dataclasses import dataclass, field

HOUR = 60


@dataclass
class Custody:
    relevant: int
    authorised: int
    is_indictable: bool
    reviews_done: list[int] = field(default_factory=list)
    pauses: list[tuple[int, int]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    warrants: int = 0

    def __post_init__(self) -> None:
        # reached[h * 60 + m] is the minute at which so much time had first been counted.
        self.reached = [self.relevant]
        minute = self.relevant
        while len(self.reached) <= 97 * HOUR:
            at_the_station = not any(from_ <= minute < to for from_, to in self.pauses)
            minute += 1
            if at_the_station:
                self.reached.append(minute)
        self.until = self.reached[24 * HOUR]

    def elapsed(self, now: int) -> int:
        """How many minutes were counted by now."""
        return sum(1 for minute in self.reached[1:] if minute <= now)

    def review(self, number: int) -> tuple[int, int]:
        """When the review with this number (from 1) falls due, and when it is taken as done."""
        if number == 1:
            due = self.authorised + 6 * HOUR
        else:
            due_before, done_before = self.review(number - 1)
            due = min(due_before, done_before) + 9 * HOUR
        told = number <= len(self.reviews_done)
        return due, self.reviews_done[number - 1] if told else due

    def reviews(self) -> list[int]:
        """Every review that falls due by the limit, the limit itself among them."""
        dues, number = [], 1
        while (due := self.review(number)[0]) <= self.until:
            dues.append(due)
            number += 1
        return dues

    def superintendent(self, at: int, hours: int) -> None:
        """s. 42: to 36 hours in all, after the second review, before the time is over."""
        wrong = [] if self.is_indictable else ["not_indictable"]
        would_end = self.reached[hours * HOUR] if hours <= 97 else self.reached[-1]
        if hours > 36 or self.warrants or would_end <= self.until:
            wrong.append("extension_not_allowed")
        if at < self.review(2)[1]:
            wrong.append("extension_too_early")
        is_within_the_first_limit = self.until == self.reached[24 * HOUR]
        if at > (self.reached[24 * HOUR] if is_within_the_first_limit else self.until):
            wrong.append("extension_too_late")
        self._apply(wrong, would_end)

    def warrant(self, at: int, hours: int) -> None:
        """s. 43: one warrant of at most 36 hours from its issue; six hours' grace after 36."""
        wrong = [] if self.is_indictable else ["not_indictable"]
        if hours > 36 or self.warrants:
            wrong.append("extension_not_allowed")
        thirty_six = self.reached[36 * HOUR]
        latest = self.until if self.until < thirty_six else thirty_six + 6 * HOUR
        if at > latest:
            wrong.append("extension_too_late")
        if not wrong:
            self.warrants += 1
        self._apply(wrong, at + hours * HOUR)

    def warrant_extension(self, at: int, hours: int) -> None:
        """s. 44: while a warrant runs, at most 36 hours, to 96 hours in all."""
        wrong = [] if self.is_indictable else ["not_indictable"]
        if hours > 36 or not self.warrants:
            wrong.append("extension_not_allowed")
        if at > self.until:
            wrong.append("extension_too_late")
        if at + hours * HOUR > self.reached[96 * HOUR]:
            wrong.append("over_96_hours")
        self._apply(wrong, at + hours * HOUR)

    def _apply(self, wrong: list[str], would_end: int) -> None:
        self.problems += wrong
        if not wrong and would_end > self.until:
            self.until = would_end

"""Rules about what he must do: be in by curfew, attend, wear a tag, notify; and `other`.

`other` is never judged here: its words are quoted and an officer judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from vigil.law import questions
from vigil.orders.doorstep.facts import Act
from vigil.orders.doorstep.held import NOT_HELD, Held, broken, doubtful, kept
from vigil.orders.doorstep.reading import Fields, texts, time_of_day
from vigil.orders.doorstep.words import DAYS, NOTIFIED, Missing
from vigil.orders.rules import LONDON, first_instant, say_day

# Longer than any order's time to notify; past it sums of dates make no sense.
_LONGEST_DAYS = 36_525


@dataclass(frozen=True, slots=True)
class Curfew:
    """At an address from a time to a time by London's clock, on the days on which it begins.

    `from_time` is inclusive, `to_time` exclusive; where it is not later it is on the next day.
    """

    days: frozenset[int]
    from_time: time
    to_time: time

    def holds(self, at: datetime) -> bool:
        """Whether the clock in London shows a time of the curfew at that instant."""
        local = at.astimezone(LONDON)
        shown, today = local.time(), local.weekday()
        if self.from_time < self.to_time:
            return today in self.days and self.from_time <= shown < self.to_time
        if shown >= self.from_time:
            return today in self.days
        return shown < self.to_time and (today - 1) % 7 in self.days

    def held(self, act: Act, at: datetime) -> Held:
        """Only an absence, while the curfew runs."""
        if act.kind != "absent_from_curfew":
            return NOT_HELD
        if self.holds(at):
            return broken("he was absent while the curfew ran")
        return kept("the curfew did not run then")


@dataclass(frozen=True, slots=True)
class Attend:
    """Attend at those instants; none where they are left to the supervisor."""

    times: tuple[datetime, ...]

    def held(self, act: Act, at: datetime) -> Held:
        """Only a missed appointment, at the same instant."""
        if act.kind != "missed_appointment":
            return NOT_HELD
        if not self.times:
            return doubtful("it sets no time at which he must attend", Missing.APPOINTMENT)
        if at in self.times:
            return broken("he did not attend at a time that it sets")
        return kept("it sets no appointment at that time")


@dataclass(frozen=True, slots=True)
class WearTag:
    """Wear a tag."""

    def held(self, act: Act) -> Held:
        """Only a tag that was taken off."""
        if act.kind != "tag_removed":
            return NOT_HELD
        return broken("the tag that he must wear was removed")


@dataclass(frozen=True, slots=True)
class Notify:
    """Notify a change within days beginning with the day of the change."""

    what: str
    within_days: int

    def held(self, act: Act, at: datetime) -> Held:
        """Only a change of that kind, once the days are over without a notification in time."""
        if act.kind != f"new_{self.what}" or act.changed_on is None:
            return NOT_HELD
        last_day = act.changed_on + timedelta(days=self.within_days - 1)
        if act.notified_on is not None and act.notified_on <= last_day:
            return kept(f"the new {self.what} was notified in time, on {say_day(act.notified_on)}")
        if at < first_instant(last_day + timedelta(days=1)):
            return kept(f"the new {self.what} may be notified up to and with {say_day(last_day)}")
        told = "was not notified"
        if act.notified_on is not None:
            told = f"was notified only on {say_day(act.notified_on)}"
        return broken(f"the new {self.what} had to be notified by {say_day(last_day)} and {told}")


@dataclass(frozen=True, slots=True)
class Other:
    """Words that no rule renders."""

    text: str

    def held(self) -> Held:
        """Always for an officer to judge, with the words."""
        return doubtful(
            f"an officer must judge its words: “{self.text}”", Missing.OFFICER_JUDGEMENT
        )


def read_curfew(fields: Fields) -> Curfew:
    """A `curfew` rule. Raises: BadQuestionError."""
    questions.text(fields, "address_ref")  # read for its check: an absence is told as such
    return Curfew(
        frozenset(DAYS.index(day) for day in texts(fields, "days", DAYS)),
        time_of_day(fields, "from_time"),
        time_of_day(fields, "to_time"),
    )


def read_attend(fields: Fields) -> Attend:
    """An `attend` rule. Raises: BadQuestionError."""
    questions.text(fields, "programme")  # read for its check: it decides nothing
    return Attend(tuple(questions.instants(fields, "at")))


def read_notify(fields: Fields) -> Notify:
    """A `notify` rule. Raises: BadQuestionError."""
    return Notify(
        questions.text(fields, "what", NOTIFIED),
        questions.whole_number(fields, "within_days", 1, _LONGEST_DAYS),
    )

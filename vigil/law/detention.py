"""Where does the custody clock stand? Both clocks of police detention, by the minute.

The relevant-time clock stands still in hospital and on bail; the reviews run from authorisation
and do not. A warrant's hours run from its issue. All times are approximate in law (s. 45(2)).
An extension with a problem is reported and not applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, takewhile

from vigil.law.binding import check_in_force
from vigil.law.clocks import clock, london_day
from vigil.law.durations import Problem
from vigil.law.errors import BadQuestionError
from vigil.law.facts import Fact, Ground, Regime
from vigil.law.loading import law
from vigil.law.vocabulary import RANKS

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension: by a superintendent (`hours` in all from the relevant time) or by a court."""

    kind: str
    at: datetime
    hours: int


@dataclass(frozen=True, slots=True)
class Hold:
    """The proposed hold to serve a notice (Recommendation 2): not law."""

    notice_served_at: datetime
    authorised_by_rank: str


@dataclass(frozen=True, slots=True)
class Detention:
    """What is known of one detention; every instant is aware."""

    relevant_at: datetime
    authorised_at: datetime
    now: datetime
    is_indictable: bool
    reviews_done_at: Sequence[datetime] = ()
    pauses: Sequence[Span] = ()
    extensions: Sequence[Extension] = ()
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class DetentionClock:
    """Until when he may be detained, which reviews are due (in UTC), and what was wrong."""

    next_review_due_at: datetime | None
    reviews_due_at: tuple[datetime, ...]
    detain_until_at: datetime
    elapsed_minutes: int
    problems: tuple[Problem, ...]
    ground: Ground


def detention_clock(
    detention: Detention, regime: Regime | str = Regime.IN_FORCE, *, jurisdiction: str = "EW"
) -> DetentionClock:
    """Where both clocks stand at `now`.

    Steps: 1. the reviews; 2. the limit of 24 hours; 3. each extension, in the order given;
    4. the proposed hold; 5. the reviews up to the limit.

    Raises:
        BadQuestionError: a pause ends before it begins, or reviews are out of order.
        NotInForceError: the relevant time is before the law that the data holds, or a hold is asked
            before there was a notice to serve.
        CalendarExhaustedError: a hold needs a day past the calendar.
    """
    detention = _in_utc(detention)
    _check_order(detention)
    regime = Regime(regime)
    found = _Found(regime, detention, jurisdiction)
    found.check_in_force("DETENTION")
    state = _State(detention, found)
    for extension in detention.extensions:
        state.extend(extension)
    if detention.hold is not None and regime is Regime.PALADIN:
        state.hold(detention.hold)
    dues = tuple(state.reviews())
    open_dues = dues[len(detention.reviews_done_at) :]
    return DetentionClock(
        next_review_due_at=next((due for due in open_dues if due > detention.now), None),
        reviews_due_at=dues,
        detain_until_at=state.until,
        elapsed_minutes=state.counted(detention.now) // timedelta(minutes=1),
        problems=tuple(state.problems),
        ground=Ground(tuple(state.facts)),
    )


def _check_order(detention: Detention) -> None:
    if any(from_at > to_at for from_at, to_at in detention.pauses):
        raise BadQuestionError("expected each pause to end after it begins, found otherwise")
    done = [detention.authorised_at, *detention.reviews_done_at]
    if any(one > other for one, other in pairwise(done)):
        raise BadQuestionError("expected the reviews in order, after the authorisation")


@dataclass(frozen=True, slots=True)
class _Found:
    regime: Regime
    detention: Detention
    jurisdiction: str

    def get(self, of: str, what: str) -> Fact:
        on = london_day(self.detention.relevant_at)
        return law(self.regime).get(of, what, on=on, jurisdiction=self.jurisdiction)

    def hours(self, of: str, what: str) -> timedelta:
        return timedelta(hours=self.get(of, what).number)

    def check_in_force(self, of: str) -> None:
        on = london_day(self.detention.relevant_at)
        check_in_force(of, on=on, jurisdiction=self.jurisdiction, regime=self.regime)


@dataclass
class _State:
    """What is known so far: the limit, what holds it up, the problems."""

    detention: Detention
    law: _Found
    problems: list[Problem] = field(default_factory=list)
    has_warrant: bool = False

    def __post_init__(self) -> None:
        limit = self.law.get("DETENTION", "limit_hours")
        self.facts = [limit, self.law.get("DETENTION", "first_review_hours")]
        self.pauses = _merged(self.detention.pauses, self.detention.relevant_at)
        self.until = self.after(timedelta(hours=limit.number))

    def after(self, length: timedelta) -> datetime:
        """The earliest instant at which that much time has been counted."""
        at, left = self.detention.relevant_at, length
        for from_at, to_at in self.pauses:
            if at + left <= from_at:
                break
            left -= from_at - at
            at = to_at
        return at + left

    def counted(self, at: datetime) -> timedelta:
        """How much of the relevant-time clock has run at an instant; none before it began."""
        paused = sum(
            (max(min(to_at, at) - from_at, timedelta()) for from_at, to_at in self.pauses),
            timedelta(),
        )
        return max(at - self.detention.relevant_at - paused, timedelta())

    def dues(self) -> Iterator[datetime]:
        """When each review is due. One done early brings the next forward; late moves nothing."""
        due = self.detention.authorised_at + self.law.hours("DETENTION", "first_review_hours")
        step = self.law.hours("DETENTION", "next_review_hours")
        done = iter(self.detention.reviews_done_at)
        while True:
            yield due
            due = min(next(done, due), due) + step

    def reviews(self) -> Iterator[datetime]:
        """The reviews due up to the limit."""
        return takewhile(lambda due: due <= self.until, self.dues())

    def review_done_at(self, number: int) -> datetime:
        """When a review was done; one that is not told, at its last moment."""
        done = self.detention.reviews_done_at
        if number <= len(done):
            return done[number - 1]
        return next(islice(self.dues(), number - 1, None))

    def extend(self, extension: Extension) -> None:
        """Applies an extension, or reports what is wrong with it."""
        of = f"EXTENSION_{extension.kind.upper()}"
        rules = {
            "superintendent": self._superintendent,
            "warrant": self._warrant,
            "warrant_extension": self._warrant_extension,
        }
        ends_at, found = rules[extension.kind](extension, of)
        if not self.detention.is_indictable:
            said = Problem("not_indictable", "It needs an indictable offence.")
            found = [said, *found]
        if found:
            self.problems += found
            self.facts.append(self.law.get(of, "indictable_only"))
            return
        length = "limit_hours" if extension.kind == "superintendent" else "longest_hours"
        self.facts.append(self.law.get(of, length))
        self.until = max(self.until, ends_at)
        self.has_warrant = self.has_warrant or extension.kind != "superintendent"

    def _superintendent(self, extension: Extension, of: str) -> tuple[datetime, list[Problem]]:
        most = self.law.get(of, "limit_hours").number
        first_limit = self.law.hours("DETENTION", "limit_hours")
        is_top_up = self.until > self.after(first_limit)
        ends_at = self.after(timedelta(hours=extension.hours))
        # A top-up (s. 42(2)) may come after 24 hours, while the first extension still runs.
        latest = self.until if is_top_up else self.after(self.law.hours(of, "latest_hours"))
        reviews = self.law.get(of, "after_reviews").number
        found = []
        if self.has_warrant or extension.hours > most or ends_at <= self.until:
            message = f"A superintendent may extend to {most} hours in all, before any warrant."
            found.append(Problem("extension_not_allowed", message))
        if extension.at < self.review_done_at(reviews):
            message = "It may not be given before the second review has been carried out."
            found.append(Problem("extension_too_early", message))
        if extension.at > latest:
            message = "It may not be given after the time that it would extend."
            found.append(Problem("extension_too_late", message))
        return ends_at, found

    def _warrant(self, extension: Extension, of: str) -> tuple[datetime, list[Problem]]:
        found = self._too_long(extension, of)
        if self.has_warrant and not found:
            message = "There is a warrant already: it may be extended."
            found.append(Problem("extension_not_allowed", message))
        latest = self.after(self.law.hours(of, "latest_hours"))
        # s. 43(5)(b): no court sits at 36 hours but one does within the next six.
        grace = self.law.hours(of, "grace_hours") if self.until >= latest else timedelta()
        if extension.at > min(self.until, latest) + grace:
            message = "The warrant was issued after the detention that it would extend had ended."
            found.append(Problem("extension_too_late", message))
        return extension.at + timedelta(hours=extension.hours), found

    def _warrant_extension(self, extension: Extension, of: str) -> tuple[datetime, list[Problem]]:
        found = self._too_long(extension, of)
        if not self.has_warrant and not found:
            message = "There is no warrant of further detention to extend."
            found.append(Problem("extension_not_allowed", message))
        if extension.at > self.until:
            message = "It was given after the warrant had run out."
            found.append(Problem("extension_too_late", message))
        ends_at = extension.at + timedelta(hours=extension.hours)
        if ends_at > self.after(self.law.hours(of, "limit_hours")):
            message = "It would end more than 96 hours after the relevant time."
            found.append(Problem("over_96_hours", message))
        return ends_at, found

    def _too_long(self, extension: Extension, of: str) -> list[Problem]:
        most = self.law.get(of, "longest_hours").number
        if extension.hours <= most:
            return []
        return [Problem("extension_not_allowed", f"It may be for {most} hours at most.")]

    def hold(self, hold: Hold) -> None:
        """The proposed hold to serve: to the end of the hearing's clock, where that is later."""
        self.law.check_in_force("HOLD")
        rank = self.law.get("HOLD", "maker_rank")
        runs_for = self.law.get("HOLD", "runs_for")
        if RANKS.index(hold.authorised_by_rank) < RANKS.index(rank.text):
            message = f"The proposed hold needs the rank of {rank.text} at least."
            self.problems.append(Problem("rank_too_low", message))
            self.facts.append(rank)
            return
        found = clock(
            runs_for.text,
            hold.notice_served_at,
            jurisdiction=self.law.jurisdiction,
            regime=self.law.regime,
        )
        if found.due_at > self.until:
            self.until = found.due_at
            self.facts += [rank, runs_for, *found.ground.facts]


def _merged(pauses: Sequence[Span], begins_at: datetime) -> tuple[Span, ...]:
    """The pauses in order, without overlap, from the relevant time on."""
    merged: list[Span] = []
    for from_at, to_at in sorted(
        (max(from_at, begins_at), to_at) for from_at, to_at in pauses if to_at > begins_at
    ):
        if merged and from_at <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], to_at))
        else:
            merged.append((from_at, to_at))
    return tuple(merged)


def _in_utc(detention: Detention) -> Detention:
    """The same in UTC, in which sums are of real time: a night may have 23 or 25 hours.

    Raises:
        BadQuestionError: an instant has no offset.
    """
    hold = detention.hold
    return replace(
        detention,
        relevant_at=_utc(detention.relevant_at),
        authorised_at=_utc(detention.authorised_at),
        now=_utc(detention.now),
        reviews_done_at=[_utc(at) for at in detention.reviews_done_at],
        pauses=[(_utc(from_at), _utc(to_at)) for from_at, to_at in detention.pauses],
        extensions=[replace(each, at=_utc(each.at)) for each in detention.extensions],
        hold=hold and replace(hold, notice_served_at=_utc(hold.notice_served_at)),
    )


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise BadQuestionError("expected each instant with an offset, found none: add it")
    return at.astimezone(UTC)

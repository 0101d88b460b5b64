"""May this happen to the order, at that instant, as it stands? Steps, service, changes, ends.

Pure: events in, one sentence out where the answer is no. Refuses what would leave an order that
cannot be: served before it was made, varied after it ended, two lists of terms for one instant.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from vigil.law.facts import Fact
from vigil.law.months import last_day_of_period
from vigil.orders.binding import bound_from, cited, consent_of, said
from vigil.orders.errors import (
    AlreadyServedError,
    BadChangeError,
    BadDischargeError,
    BadServiceError,
    BadStepError,
    BadTermsError,
)
from vigil.orders.kinds import (
    CHANGES,
    ENDINGS,
    PENDING,
    Ending,
    EventKind,
    How,
    Status,
    kind_of,
)
from vigil.orders.rules import (
    Clause,
    Event,
    Terms,
    check_clauses,
    check_last_day,
    ended_at,
    instant_after,
    is_suspended,
    london_day,
    made_event,
    say_at,
    say_day,
    standing,
    terms_at,
)

# Where an application must stand for a step, and the words for it.
_FROM: dict[EventKind, tuple[frozenset[Status], str]] = {
    EventKind.AUTHORISED: (frozenset({Status.DRAFTED}), "a draft that is not yet authorised"),
    EventKind.APPLIED: (
        frozenset({Status.DRAFTED, Status.AUTHORISED}),
        "a draft that was not yet applied for",
    ),
    EventKind.NOTICE_ISSUED: (
        frozenset({Status.AUTHORISED}),
        "a notice that an officer of sufficient rank has authorised",
    ),
    EventKind.HEARING_LISTED: (
        frozenset({Status.APPLIED}),
        "an application that was made and has no hearing yet",
    ),
    EventKind.ADJOURNED: (frozenset({Status.LISTED}), "an application with a hearing listed"),
    EventKind.MADE: (PENDING, "a draft or an application that is still open"),
    EventKind.REFUSED: (
        frozenset({Status.APPLIED, Status.LISTED}),
        "an application that a court has before it",
    ),
    EventKind.WITHDRAWN: (PENDING, "a draft or an application that is still open"),
}
# A notice is issued, never applied for or made; a court makes orders, and issues none.
_NOT_OF_A_NOTICE = frozenset({EventKind.APPLIED, EventKind.MADE, EventKind.REFUSED})
# The hearing of the application that follows a notice is listed on the notice, once issued.
_HEARINGS = frozenset({EventKind.HEARING_LISTED, EventKind.ADJOURNED})


def check_step(
    events: Sequence[Event],
    kind: EventKind,
    *,
    instrument: str,
    happened_at: datetime,
    at: datetime,
) -> None:
    """Raises BadStepError unless the application stands where this step can follow.

    Steps are recorded in the order in which they happened.
    """
    words = kind.replace("_", " ")
    is_notice = kind_of(instrument).is_notice
    if is_notice and kind in _NOT_OF_A_NOTICE:
        raise BadStepError(
            f"expected an order of a court, found a notice: it cannot be {words}; issue it"
        )
    if not is_notice and kind is EventKind.NOTICE_ISSUED:
        raise BadStepError(
            "expected a notice, found an order that a court makes; record its making"
        )
    if happened_at > at:
        raise BadStepError(f"expected a step that has happened, found {words} in the future")
    last = max((e.happened_at for e in events), default=None)
    if last is not None and happened_at < last:
        raise BadStepError(
            f"expected {words} at {say_at(last)} or later, when the last step was recorded, "
            f"found {say_at(happened_at)}"
        )
    found = standing(events, instrument=instrument, at=happened_at)
    if is_notice and kind in _HEARINGS:
        _check_hearing_of_a_notice(found.status, kind, found.hearing_at)
        return
    allowed, expected = _FROM[kind]
    if found.status not in allowed:
        raise BadStepError(
            f"expected {expected}, found one that is {found.status.replace('_', ' ')}"
        )


def _check_hearing_of_a_notice(
    status: Status, kind: EventKind, hearing_at: datetime | None
) -> None:
    if status not in {Status.NOT_SERVED, Status.IN_FORCE}:
        raise BadStepError(
            "expected a notice that was issued and has not ended, found one that is "
            f"{status.replace('_', ' ')}"
        )
    if (hearing_at is not None) is not (kind is EventKind.ADJOURNED):
        expected = "a hearing to adjourn" if kind is EventKind.ADJOURNED else "no hearing yet"
        raise BadStepError(f"expected {expected}, found otherwise; look at the notice again")


def check_hearing(hearing_at: datetime, *, listed_at: datetime) -> None:
    """Raises BadStepError for a hearing that lies before it was listed."""
    if hearing_at < listed_at:
        raise BadStepError(
            f"expected a hearing after it was listed ({say_at(listed_at)}), "
            f"found {say_at(hearing_at)}"
        )


def check_service(
    events: Sequence[Event], *, instrument: str, served_at: datetime, how: How, at: datetime
) -> None:
    """Raises BadServiceError, AlreadyServedError unless the order could be served so then."""
    kind = kind_of(instrument)
    made = made_event(events)
    first = next((e for e in events if e.kind is EventKind.SERVED), None)
    if first is not None:
        raise AlreadyServedError(
            f"this order was served at {say_at(first.happened_at)}; the first service counts, "
            "a second one changes nothing"
        )
    if how not in kind.ways_served:
        ways = " or ".join(sorted(w.replace("_", " ") for w in kind.ways_served))
        bound = bound_from(instrument, made_on=london_day(served_at))
        raise BadServiceError(
            f"expected {ways} service, found {how.replace('_', ' ')} "
            f"({bound.act} {bound.provision})"
        )
    if served_at > at:
        raise BadServiceError(
            f"expected a service that has happened, found {say_at(served_at)}, in the future"
        )
    if made is None or served_at < made.happened_at:
        when = f", found a making at {say_at(made.happened_at)}" if made else ""
        raise BadServiceError(
            f"expected a service after the making{when}; check the time of service"
        )
    over = ended_at(events, instrument=instrument, at=served_at)
    if over is not None:
        raise BadServiceError(
            f"expected a service while the order lasted, found that it ended at {say_at(over)}"
        )


def check_knowledge(
    events: Sequence[Event], *, instrument: str, known_at: datetime, at: datetime
) -> None:
    """Raises BadServiceError unless the respondent could know of the order then."""
    made = made_event(events)
    if known_at > at:
        raise BadServiceError(
            f"expected knowledge that is proved by now, found {say_at(known_at)}, in the future"
        )
    if made is None or known_at < made.happened_at:
        when = f", found a making at {say_at(made.happened_at)}" if made else ""
        raise BadServiceError(f"expected knowledge after the making{when}; check the time")
    over = ended_at(events, instrument=instrument, at=known_at)
    if over is not None:
        raise BadServiceError(
            f"expected knowledge while the order lasted, found that it ended at {say_at(over)}"
        )


def check_change(
    events: Sequence[Event],
    kind: EventKind,
    *,
    instrument: str,
    happened_at: datetime,
    at: datetime,
) -> None:
    """Raises BadChangeError unless an order as this one may be changed so at that instant.

    Changes are recorded in the order in which they happened, one at an instant: each was made
    with the ones before it in mind.
    """
    words = kind.replace("_", " ")
    made = made_event(events)
    if kind not in kind_of(instrument).changes:
        raise BadChangeError(_no_power(kind, instrument, london_day(happened_at)))
    if happened_at > at:
        raise BadChangeError(f"expected a change that has happened, found {words} in the future")
    if made is None or happened_at < made.happened_at:
        raise BadChangeError(f"expected an order that was made before it was {words}; check both")
    over = _over(events, happened_at)
    if over is not None:
        raise BadChangeError(
            f"expected an order that has not ended, found that it ended at {say_at(over)}; "
            "ask for a new one"
        )
    last = _last_change(events)
    if last is not None and happened_at <= last.happened_at:
        raise BadChangeError(
            f"expected a change after the last one, {last.kind} at {say_at(last.happened_at)}, "
            f"found {words} at {say_at(happened_at)}; two changes may not overlap"
        )
    suspended = is_suspended(events, at=happened_at)
    if kind is EventKind.SUSPENDED and suspended:
        raise BadChangeError("expected an order that is not suspended, found one that is")
    if kind is EventKind.RESUMED and not suspended:
        raise BadChangeError("expected a suspended order, found one that is not suspended then")


def _no_power(kind: EventKind, instrument: str, on: date) -> str:
    """Why an order of this kind cannot be changed so, in the law's own words where it has some."""
    what = "variation" if kind is EventKind.VARIED else "renewal"
    fact: Fact | None = said(instrument, what, on=on)
    why = f": {fact.text.rstrip('.')}{cited(fact)}" if fact else ""
    title = kind_of(instrument).title
    return (
        f"expected a kind of order that can be {kind}, found a {title[:1].lower()}{title[1:]}{why}"
    )


def check_new_terms(
    before: Terms | None,
    kind: EventKind,
    *,
    happened_at: datetime,
    clauses: Sequence[Clause] | None,
    last_day: date | None,
    sets_last_day: bool,
) -> None:
    """Raises BadChangeError, BadTermsError for new terms that change nothing or end in the past."""
    if clauses is None and not sets_last_day:
        raise BadChangeError("expected new clauses, a new last day or both, found neither")
    if clauses is not None:
        check_clauses(clauses)
    if not sets_last_day:
        return
    check_last_day(last_day, not_before=london_day(happened_at), what="the day of the change")
    if kind is EventKind.VARIED:
        return
    old = before.last_day if before else None
    if old is None:
        raise BadChangeError(
            f"expected an order with a last day, found one until further order: it cannot be {kind}"
        )
    if last_day is not None and last_day <= old:
        raise BadChangeError(
            f"expected a last day after {say_day(old)}, on which it ends now, "
            f"found {say_day(last_day)}; to shorten it, vary it"
        )


def check_suspension(until_at: datetime | None, *, suspended_at: datetime) -> None:
    """Raises BadChangeError for a suspension that ends before it begins."""
    if until_at is not None and until_at <= suspended_at:
        raise BadChangeError("expected a suspension that ends after it begins, found otherwise")


def check_discharge(
    events: Sequence[Event],
    *,
    instrument: str,
    ended_on: datetime,
    how: Ending,
    consents: frozenset[str],
    at: datetime,
) -> None:
    """Raises BadDischargeError unless the order could end so at `ended_on`.

    `consents` are those who agreed: "respondent", "police". For how long both must is the
    law's to say (as Stalking Protection Act 2019 s. 4: the first two years).
    """
    kind = kind_of(instrument)
    if how not in kind.endings:
        ways = ", ".join(sorted(kind.endings))
        raise BadDischargeError(f"expected one of {ways} for this instrument, found {how}")
    made = check_end(events, ended_on=ended_on, at=at)
    consent = consent_of(instrument, made_on=london_day(made.happened_at))
    if not consent.months or consents >= {"respondent", "police"}:
        return
    last = last_day_of_period(london_day(made.happened_at), consent.months)
    if london_day(ended_on) <= last:
        raise BadDischargeError(
            f"expected the consent of the respondent and of the police up to {say_day(last)} "
            f"({consent.act} {consent.provision}); record both or vary the order"
        )


def check_end(events: Sequence[Event], *, ended_on: datetime, at: datetime) -> Event:
    """The making of the order. Raises BadDischargeError unless it could end at `ended_on`."""
    made = made_event(events)
    if ended_on > at:
        raise BadDischargeError("expected an end that has happened, found one in the future")
    if made is None or ended_on < made.happened_at:
        raise BadDischargeError("expected an end after the making; check the time")
    over = _over(events, ended_on)
    if over is not None:
        raise BadDischargeError(
            f"expected an order that has not ended, found that it ended at {say_at(over)}"
        )
    last = _last_change(events)
    if last is not None and ended_on < last.happened_at:
        raise BadDischargeError(
            f"expected an end after the last change, {last.kind} at {say_at(last.happened_at)}, "
            f"found {say_at(ended_on)}; check both"
        )
    return made


def check_replacement(events: Sequence[Event], *, replaced_at: datetime) -> None:
    """Raises BadTermsError unless another order could take the place of this one then."""
    made = made_event(events)
    if made is None or replaced_at < made.happened_at:
        raise BadTermsError(
            "expected the new order to be made after the one that it replaces; "
            "give the instant of its making"
        )
    over = _over(events, replaced_at)
    if over is not None:
        raise BadTermsError(
            "expected to replace an order that has not ended, found that it ended at "
            f"{say_at(over)}"
        )
    last = _last_change(events)
    if last is not None and replaced_at < last.happened_at:
        raise BadTermsError(
            "expected to replace an order after its last change, found that it was "
            f"{last.kind} at {say_at(last.happened_at)}"
        )


def _last_change(events: Sequence[Event]) -> Event | None:
    return max((e for e in events if e.kind in CHANGES), key=lambda e: e.happened_at, default=None)


def _over(events: Sequence[Event], at: datetime) -> datetime | None:
    """When the order ended: by an event whenever it was, or by its last day before `at`."""
    ending = next((e for e in events if e.kind in ENDINGS), None)
    if ending is not None:
        return ending.happened_at
    terms = terms_at(events, at=at)
    over = instant_after(terms.last_day) if terms and terms.last_day else None
    return over if over is not None and over <= at else None

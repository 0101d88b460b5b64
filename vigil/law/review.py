"""When may, or must, an indefinite period of notification be reviewed, and by when is each step?

In England and Wales he applies; in Scotland the chief constable reviews unasked. Not checked:
whether he is barred by an order, and the test itself, which is a chief officer's to apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vigil.law.errors import BadQuestionError, NotInForceError
from vigil.law.facts import Fact, Ground
from vigil.law.loading import law
from vigil.law.months import last_day_of_period

_OF = "PERIOD_REVIEW"


@dataclass(frozen=True, slots=True)
class NextReview:
    """The first day of the next review, after a decision that the requirements continue."""

    review_from_on: date
    is_automatic: bool
    ground: Ground


@dataclass(frozen=True, slots=True)
class ReviewSteps:
    """The last day of each step of a review; `appeal_by_on` None: the decision was not told yet."""

    acknowledge_by_on: date
    reply_by_on: date
    determine_by_on: date
    appeal_by_on: date | None
    ground: Ground


def next_review(
    continued_on: date, years: int | None = None, *, jurisdiction: str = "EW"
) -> NextReview:
    """When the next review may come, after a decision on `continued_on` to continue.

    `years`: the longer time that the chief officer set, or in Scotland the length of the order.

    Raises:
        BadQuestionError: the time is longer or shorter than the law lets it be, or is not told
            where the law sets none.
        NotInForceError: there was no review on that day.

    Source: Sexual Offences Act 2003 ss. 91B(3)-(6) (EW), 88C(2) (S),
    https://www.legislation.gov.uk/ukpga/2003/42/section/91B
    """
    kind = _get("review_kind", continued_on, jurisdiction)
    usual = _find("review_again_years", continued_on, jurisdiction)
    most = _get("review_again_maximum_years", continued_on, jurisdiction)
    least = usual.number if usual else 1
    chosen = years if years is not None else (usual.number if usual else None)
    if chosen is None or not least <= chosen <= most.number:
        raise BadQuestionError(f"expected years from {least} to {most.number}, found otherwise")
    # The longer time rests on the maximum; the usual time stands by itself.
    decisive = usual if usual is not None and chosen == usual.number else most
    return NextReview(
        review_from_on=last_day_of_period(continued_on, 12 * chosen) + timedelta(days=1),
        is_automatic=kind.text == "automatic",
        ground=Ground((kind, decisive)),
    )


def review_steps(
    applied_on: date, *, told_on: date | None = None, jurisdiction: str = "EW"
) -> ReviewSteps:
    """By when each step of an application for review is due; `told_on`: notice of the decision.

    The bodies' time is counted from the last day of the acknowledgement, and the determination's
    from the last day of their replies: the latest that each may be.

    Raises:
        NotInForceError: no application could be made on that day, or in that nation.

    Source: Sexual Offences Act 2003 ss. 91B-91E and the guidance under s. 91F.
    """
    acknowledge = _get("acknowledge_days", applied_on, jurisdiction)
    reply = _get("reply_days", applied_on, jurisdiction)
    determine = _get("determine_weeks", applied_on, jurisdiction)
    appeal = _get("appeal_days", applied_on, jurisdiction)
    acknowledge_by = applied_on + timedelta(days=acknowledge.number)
    reply_by = acknowledge_by + timedelta(days=reply.number)
    last_day = None if told_on is None else told_on + timedelta(days=appeal.number - 1)
    return ReviewSteps(
        acknowledge_by_on=acknowledge_by,
        reply_by_on=reply_by,
        determine_by_on=reply_by + timedelta(weeks=determine.number),
        appeal_by_on=last_day,
        ground=Ground((acknowledge, reply, determine, appeal)),
    )


def _find(what: str, on: date, jurisdiction: str) -> Fact | None:
    return law().find(_OF, what, on=on, jurisdiction=jurisdiction)


def _get(what: str, on: date, jurisdiction: str) -> Fact:
    found = _find(what, on, jurisdiction)
    if found is None:
        raise NotInForceError(
            f"expected a review of indefinite notification in {jurisdiction} on "
            f"{on.isoformat()}, found none in the law's data"
        )
    return found

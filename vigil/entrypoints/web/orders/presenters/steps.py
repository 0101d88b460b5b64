"""A draft on its way to an order: where it stands, the one next step, the others, its terms.

Says which steps can follow, as the orders room does; whether one may be taken then is the
action's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from vigil.access.viewer import Viewer
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters import words
from vigil.entrypoints.web.orders.presenters.guide import title_of
from vigil.entrypoints.web.orders.presenters.orders import (
    WHOM,
    ClauseShown,
    numbers,
    rule_words,
)
from vigil.orders import permissions
from vigil.orders.kinds import KINDS, PENDING, EventKind, LinkKind, Status
from vigil.orders.queries import Happening, OrderView

AUTHORISE, APPLY, LIST, ADJOURN = "authorise", "apply", "hearing", "adjourn"
MADE, ISSUE, REFUSED, WITHDRAW = "made", "issue", "refused", "withdraw"
WORDS: Final = {
    AUTHORISE: "Authorise it",
    APPLY: "Record the application",
    LIST: "List its hearing",
    ADJOURN: "Record that the hearing was put off",
    MADE: "Record that the court made it",
    ISSUE: "Issue the notice",
    REFUSED: "Record that the court refused it",
    WITHDRAW: "Withdraw it",
}
# What follows where it stands, the usual one first: for an order of a court, for a notice.
FOLLOW: Final[Mapping[Status, tuple[str, ...]]] = {
    Status.DRAFTED: (AUTHORISE, APPLY, MADE, WITHDRAW),
    Status.AUTHORISED: (APPLY, MADE, WITHDRAW),
    Status.APPLIED: (LIST, MADE, REFUSED, WITHDRAW),
    Status.LISTED: (MADE, ADJOURN, REFUSED, WITHDRAW),
}
FOLLOW_NOTICE: Final[Mapping[Status, tuple[str, ...]]] = {
    Status.DRAFTED: (AUTHORISE, WITHDRAW),
    Status.AUTHORISED: (ISSUE, WITHDRAW),
}
STANDS: Final = {
    Status.DRAFTED: "Drafted. It binds nobody.",
    Status.AUTHORISED: "Authorised. It binds nobody until it is made.",
    Status.APPLIED: "A court was asked for it. It binds nobody until it is made.",
    Status.LISTED: "Its hearing is listed. It binds nobody until it is made.",
    Status.REFUSED: "The court refused it. It binds nobody.",
    Status.WITHDRAWN: "It was withdrawn. It binds nobody.",
}
# Who takes a step that is not the viewer's to take.
BY: Final = {
    AUTHORISE: "An authorising officer authorises it next.",
    ISSUE: "An authorising officer issues it next.",
}
HAPPENED: Final = {
    EventKind.DRAFTED: "Drafted",
    EventKind.AUTHORISED: "Authorised",
    EventKind.APPLIED: "A court was asked",
    EventKind.HEARING_LISTED: "Hearing listed",
    EventKind.ADJOURNED: "Hearing put off",
    EventKind.REFUSED: "Refused",
    EventKind.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft, the next step first."""

    title: str
    stands: str
    is_proposed: bool
    next_step: tuple[str, str]
    waits_for: str
    others: list[tuple[str, str]]
    facts: list[tuple[str, ...]]
    clauses: list[ClauseShown]
    linked: list[tuple[str, str]]
    events: list[dict[str, str]]


def is_pending(order: OrderView) -> bool:
    """Whether it may still come to an order."""
    return order.standing.status in PENDING


def steps_of(order: OrderView) -> tuple[str, ...]:
    """The steps that can follow, whoever takes them."""
    table = FOLLOW_NOTICE if KINDS[order.instrument].is_notice else FOLLOW
    return table.get(order.standing.status, ())


def may(viewer: Viewer, order: OrderView, step: str) -> bool:
    """Whether the viewer may record that step."""
    if step == AUTHORISE:
        return permissions.can_authorise(viewer, agency=order.agency)
    if step in (MADE, ISSUE):
        kind = KINDS[order.instrument]
        return permissions.can_make_in(viewer, kind, agency=order.agency)
    return permissions.can_apply(viewer, agency=order.agency)


def page_of(viewer: Viewer, order: OrderView) -> DraftPage:
    """A draft as it stands, for this viewer."""
    following = steps_of(order)
    mine = [one for one in following if may(viewer, order, one)]
    is_next = bool(mine) and mine[0] == following[0]
    first = mine[0] if is_next else ""
    return DraftPage(
        title=title_of(order.instrument),
        stands=STANDS.get(order.standing.status, "It is made."),
        is_proposed=order.is_proposed,
        next_step=(WORDS[first], _href(order, first)) if first else ("", ""),
        waits_for="" if is_next or not following else BY.get(following[0], ""),
        others=[(WORDS[one], _href(order, one)) for one in mine if one != first],
        facts=_facts(order),
        clauses=clauses_of(order),
        linked=[
            (one.other, reverse("draft-order", args=[one.other]))
            for one in order.links
            if one.kind is LinkKind.SAME_APPLICATION
        ],
        events=[_event(one) for one in reversed(order.events)],
    )


def clauses_of(order: OrderView) -> list[ClauseShown]:
    """The clauses that are asked for."""
    asked = order.asked.clauses if order.asked else ()
    named = numbers(order)
    return [ClauseShown(f"Clause {c.clause}", c.text, rule_words(c.rule, named)) for c in asked]


def in_list(order: OrderView) -> dict[str, Any]:
    """A draft in a list, without anybody's name."""
    return {
        "title": f"{title_of(order.instrument)} {order.reference}",
        "href": reverse("draft-order", args=[order.reference]),
        "state_words": STANDS.get(order.standing.status, ""),
    }


def _href(order: OrderView, step: str) -> str:
    return reverse("draft-step", args=[order.reference, step])


def _facts(order: OrderView) -> list[tuple[str, ...]]:
    last_day = order.asked.last_day if order.asked else None
    lasts = "Until further order"
    if KINDS[order.instrument].is_notice:
        lasts = "Until the application for an order is decided"
    elif last_day:
        lasts = formats.last_moment(last_day)
    rests = formats.count(len(order.evidence), "report") if order.evidence else "No report named"
    rows: list[tuple[str, ...]] = [
        ("To last", f"{lasts[:1].upper()}{lasts[1:]}"),
        ("Protects", ", ".join(f"{WHOM} {one.number}" for one in order.protected)),
        ("Rests on", rests, ", ".join(order.evidence)),
    ]
    hearing = order.standing.hearing_at
    if hearing:
        rows.insert(0, ("Hearing", formats.moment(hearing)))
    if order.applicant:
        rows.append(("Asked for by", words.APPLICANT.get(order.applicant, order.applicant)))
    if order.without_notice is not None:
        rows.append(("Notice", "Without notice to him" if order.without_notice else "With notice"))
    return rows


def _event(event: Happening) -> dict[str, str]:
    parts = [
        words.RANK.get(event.rank, ""),
        event.court,
        f"Hearing {formats.moment(event.hearing_at)}" if event.hearing_at else "",
        f"Recorded at {formats.moment(event.recorded_at)}",
    ]
    return {
        "title": HAPPENED.get(EventKind(event.kind), event.kind.replace("_", " ")),
        "when": formats.moment(event.happened_at),
        "by": event.by,
        "words": f"{'. '.join(part for part in parts if part)}.",
    }

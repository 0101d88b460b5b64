"""One order, its clauses, events and duties in finished words; orders in a list.

A protected person is her number in the order. Every sentence about a state says its day.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters import law, words
from vigil.entrypoints.web.orders.presenters.events import event
from vigil.incidents.queries import ReportShown, known_forces
from vigil.monitoring.queries import DutyView
from vigil.monitoring.rules import DutyStatus
from vigil.orders.kinds import KINDS, PENDING, EventKind, Status
from vigil.orders.queries import Happening, OrderView
from vigil.orders.rules import Clause, london_day

ENDED: Final = {
    Status.EXPIRED: "Ended: its last day has passed",
    Status.DISCHARGED: "Ended: discharged",
    Status.QUASHED: "Ended: quashed on appeal",
    Status.REPLACED: "Ended: another took its place",
    Status.REFUSED: "Refused by the court",
    Status.WITHDRAWN: "Withdrawn before it was made",
}
NEVER_MADE: Final = frozenset({Status.REFUSED, Status.WITHDRAWN})
NOT_BOUND: Final = "It does not bind him until it is served on him in person."
WHOM: Final = "Protected person"


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause, the court's own words."""

    head: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order, the answer first."""

    title: str
    state: str
    state_words: str
    answer: str
    facts: list[tuple[str, ...]]
    clauses: list[ClauseShown]
    events: list[dict[str, str]]
    duties: list[dict[str, str]]
    breach_heading: str
    is_over: bool


def is_over(order: OrderView) -> bool:
    """Whether it has come to its end."""
    return order.standing.status in ENDED


def state_of(order: OrderView) -> tuple[str, str]:
    """The square of an order, and its words."""
    standing = order.standing
    if standing.status is Status.IN_FORCE:
        if standing.is_served:
            return "served", "In force and served"
        return "made", "In force, no proof of service"
    if standing.status is Status.NOT_SERVED:
        return "made", "Made, not served"
    if standing.status is Status.SUSPENDED:
        return "none", "Suspended"
    if standing.status in PENDING:
        return "none", words.PENDING[standing.status]
    return "none", ENDED.get(standing.status, "Not made yet")


def made_words(order: OrderView) -> str:
    """On which day it was made; a draft was not."""
    return f"On {formats.day(order.made_on)}" if order.made_on else "Not yet"


def lasts(order: OrderView) -> str:
    """Until when it lasts, or on what it ended."""
    standing = order.standing
    if is_over(order) or standing.status in PENDING:
        return _in_twelve_hours(standing.ground)
    if standing.last_day:
        until = formats.last_moment(standing.last_day)
        return f"{until[:1].upper()}{until[1:]}."
    if KINDS[order.instrument].is_notice:
        return "Until the court has decided on the application for an order."
    return "Until a court ends it."


def _in_twelve_hours(ground: str) -> str:
    return ground.replace("at 12:00am", "at the start of the day")


def order_page(
    order: OrderView,
    duties: Sequence[DutyView],
    at: datetime,
    href_of: Callable[[DutyView], str],
    *,
    until: datetime | None = None,
) -> OrderPage:
    """One order with what happened to it, up to `until`, and the duties that it started."""
    state, said = state_of(order)
    return OrderPage(
        title=order.title,
        state=state,
        state_words=said,
        answer=_answer(order),
        facts=_facts(order),
        clauses=[
            ClauseShown(f"Clause {one.clause}", one.text, rule_words(one.rule, numbers(order)))
            for one in shown_clauses(order)
        ],
        events=[
            event(one)
            for one in reversed(order.events)
            if until is None or one.happened_at <= until
        ],
        duties=[duty_line(one, at, href_of(one)) for one in duties],
        breach_heading=_breach_heading(order),
        is_over=is_over(order),
    )


def links(order: OrderView, href_of: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """What it is to other orders and they to it: words, reference, address."""
    return [
        (words.LINK[one.kind][0 if one.is_from_here else 1], one.other, href_of(one.other))
        for one in order.links
    ]


def shown_clauses(order: OrderView) -> tuple[Clause, ...]:
    """The clauses that it holds, or those that are asked for while it is not made."""
    return order.clauses or (order.asked.clauses if order.asked else ())


def _breach_heading(order: OrderView) -> str:
    """What does not bind him yet cannot be broken today: nobody may be arrested for it."""
    if order.standing.status is Status.NOT_SERVED:
        return "Not yet: what follows from a breach once it is served"
    return "If he breaks it today"


def _answer(order: OrderView) -> str:
    standing = order.standing
    if standing.status in PENDING:
        return "It binds nobody: it is not made yet."
    if is_over(order):
        start = "It never bound him" if standing.status in NEVER_MADE else "It binds him no more"
        return f"{start}. {lasts(order)}"
    if standing.status is Status.SUSPENDED:
        return f"It does not bind him {_until_resumed(standing.suspended_until_at)}."
    if standing.status is Status.NOT_SERVED:
        return NOT_BOUND
    bound = f"It binds him {_low(lasts(order)).removesuffix('.')}"
    proven = "" if standing.served_at else ", but no proof is held that he was told"
    return f"{bound}{proven}."


def _until_resumed(until: datetime | None) -> str:
    return f"until {formats.moment(until)}" if until else "until a court says so"


def _facts(order: OrderView) -> list[tuple[str, ...]]:
    maker = maker_words(order)
    made = made_words(order)
    service = [one for one in order.events if one.kind == EventKind.SERVED]
    people = ", ".join(f"{WHOM} {one.number}" for one in order.protected)
    rests = formats.count(len(order.evidence), "report") if order.evidence else "No report named"
    rows: list[tuple[str, ...]] = [
        ("Served", *_service(service[0] if service else None)),
        ("Lasts", lasts(order)),
        ("Made", made, f"By {maker}. Recorded by {order.recorded_by}."),
    ]
    if order.made_on is None:
        rows = [("Made", made, f"Begun by {order.recorded_by}.")]
    rows += [
        ("Protects", people),
        ("Rests on", rests, ", ".join(order.evidence)),
    ]
    served_at = order.standing.served_at
    if KINDS[order.instrument].is_notice and served_at:
        rows.insert(1, ("Hearing", *law.hearing(order.instrument, served_at)))
    if order.replaces:
        rows.append(("Replaced", order.replaces))
    known_at, hearing_at = order.standing.known_at, order.standing.hearing_at
    if known_at and not served_at:
        rows.insert(1, ("He knew of it", f"At {formats.moment(known_at)}, without a service"))
    if hearing_at:
        rows.append(("Hearing listed", formats.moment(hearing_at)))
    return rows


def maker_words(order: OrderView) -> str:
    """The court that made it, or the rank that issued it: "an officer: superintendent"."""
    rank = words.RANK.get(order.issuer_rank, order.issuer_rank)
    return order.court or f"an officer of the rank of {_low(rank)}"


def _service(event: Happening | None) -> tuple[str, ...]:
    if event is None:
        return ("Not recorded", "No service is held here. He may have been served all the same.")
    how = words.HOW.get(event.how, event.how)
    where, proof = words.WHERE.get(event.place_kind, ""), words.PROOF.get(event.proof, "")
    when = formats.moment(event.happened_at)
    return (f"Yes, {_low(how)}", f"{when} by {event.served_by}. {where}. {proof}.")


def _low(said: str) -> str:
    return said[:1].lower() + said[1:]


def numbers(order: OrderView) -> dict[str, str]:
    """Her reference to "Protected person 1"."""
    return {one.reference: f"{WHOM} {one.number}" for one in order.protected}


def rule_words(rule: Any, named: dict[str, str]) -> str:
    """What the clause comes to, as a rule: "Read as: no contact with ..., by any means"."""
    parts = [words.RULE.get(rule.get("kind", ""), "")]
    if rule.get("kind") == "stay_away":
        parts = ["Stay away from a place" if "place" in rule else "Stay away from a person"]
    people = [named.get(one, WHOM) for one in rule.get("persons", ())]
    if people:
        parts.append(formats.listed(people))
    if "means" in rule:
        means = rule["means"]
        by = "any means" if means == "any" else _listed(means, words.MEANS)
        parts.append(f"by {by}")
    if rule.get("except"):
        parts.append(f"except {_listed(rule['except'], words.MEANS)}")
    if "radius_metres" in rule:
        parts.append(formats.count(rule["radius_metres"], "metre"))
    if "from_time" in rule:
        parts.append(f"{rule['from_time']} to {rule['to_time']}")
        parts.append(_listed(rule["days"], words.DAYS, small=False))
    if "programme" in rule:
        parts.append(rule["programme"])
    if "what" in rule:
        parts.append(_low(words.CHANGES.get(rule["what"], "")))
        parts.append(f"within {formats.count(rule['within_days'], 'day')}")
    return f"Read as: {', '.join(_low(part) for part in parts[:1])}{_rest(parts[1:])}."


def _rest(parts: Sequence[str]) -> str:
    return f": {', '.join(parts)}" if parts else ""


def _listed(codes: Iterable[str], named: Any, *, small: bool = True) -> str:
    said = [named.get(code, code) for code in codes]
    return formats.listed([_low(one) for one in said] if small else said)


def duty_line(duty: DutyView, at: datetime, href: str) -> dict[str, str]:
    """One duty with its clock: late, due today, later, or settled."""
    state, state_words = duty_state(duty, at)
    told = formats.listed([words.ITEMS.get(item, item) for item in duty.items])
    source = law.cite((one["act"], one["provision"]) for one in duty.authority)
    until = formats.last_moment(duty.due_on) if duty.due_on else "no day can be given yet"
    offence = f" Offence if he does not: {duty.offence}." if duty.offence else ""
    return {
        "label": "Tell the police in person",
        "href": href,
        "state": state,
        "state_words": state_words,
        "words": f"{told[:1].upper()}{told[1:]}, {until}.{offence} {source}.",
    }


def duty_state(duty: DutyView, at: datetime) -> tuple[str, str]:
    """The clock of a duty and its words."""
    if duty.status is DutyStatus.MET:
        return "later", "Done in time"
    if duty.status is DutyStatus.TOLD_LATE:
        return "later", "Told late"
    if duty.status is DutyStatus.ENDED:
        return "later", "Ended with the order"
    if duty.due_on is None:
        return "later", "The clock stands"
    return formats.due_state(duty.due_on, london_day(at)), formats.due(duty.due_on, london_day(at))


def protected_choices(held: Iterable[OrderView], ours: Container[str]) -> list[tuple[str, str]]:
    """Protected persons of his other orders, each once: reference and where she is named."""
    found: dict[str, list[str]] = {}
    for view in held:
        for one in view.protected:
            if one.reference in ours:
                where = f"{WHOM} {one.number} of {view.reference}"
                found.setdefault(one.reference, []).append(where)
    return [(key, f"{formats.listed(where)} ({key})") for key, where in found.items()]


def report_choices(reports: Iterable[ReportShown]) -> list[tuple[str, str]]:
    """His reports, as they may be chosen: reference, day, force and what was reported."""
    forces = known_forces()
    newest = sorted(reports, key=lambda one: one.reported_on, reverse=True)
    return [
        (
            one.reference,
            ", ".join(
                part
                for part in (
                    formats.day(one.reported_on),
                    forces.get(one.force, f"force {one.force}"),
                    one.cells.get("category", "").replace("_", " "),
                    one.reference,
                )
                if part
            ),
        )
        for one in newest
    ]


def by_end(
    views: Iterable[OrderView], today: date, days: int
) -> tuple[list[OrderView], list[OrderView]]:
    """Those that end within so many days, and the others, each in their order."""
    near: tuple[list[OrderView], list[OrderView]] = ([], [])
    for view in views:
        last_day = view.standing.last_day
        is_far = last_day is None or (last_day - today).days > days
        near[is_far].append(view)
    return near


def rows(
    views: Iterable[OrderView], href_of: Callable[[str], str], today: date | None = None
) -> list[dict[str, Any]]:
    """Orders in a list, without anybody's name. With `today`: how soon each ends."""
    return [
        {
            "title": f"{view.title} {view.reference}",
            "href": href_of(view.reference),
            "state": state_of(view)[0],
            "state_words": state_of(view)[1],
            "lines": _lines(view, today),
            "is_proposed": view.is_proposed,
        }
        for view in views
    ]


def _lines(view: OrderView, today: date | None) -> list[str]:
    if view.made_on is None:
        return [_answer(view)]
    made = f"Made {_low(made_words(view))} by {maker_words(view)}."
    last_day = view.standing.last_day
    if today is not None and last_day is not None:
        return [made, f"Its last day: {_low(formats.due(last_day, today))}. {lasts(view)}"]
    return [made, NOT_BOUND if view.standing.status is Status.NOT_SERVED else lasts(view)]


def list_answer(waiting: int, agency: str) -> tuple[str, str]:
    """What needs doing, and what that counts."""
    if not waiting:
        return "Nothing waits to be served.", f"Counts the orders that agency {agency} recorded."
    verb = "is" if waiting == 1 else "are"
    return (
        f"{formats.count(waiting, 'order')} {verb} not served.",
        "Until an order is served no breach of it can be proved. The oldest is first.",
    )

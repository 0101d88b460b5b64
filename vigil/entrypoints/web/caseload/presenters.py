"""Today and a caseload in finished words: late, due today, later, and the rest counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from vigil.access.permissions import in_words
from vigil.access.viewer import Role
from vigil.entrypoints.web.caseload.reading import Counts, Work
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters.law import cite
from vigil.entrypoints.web.orders.presenters.words import ITEMS
from vigil.monitoring.queries import Case, Caseload, DutyView
from vigil.monitoring.rules import Urgency
from vigil.orders.rules import london_day

STATES: Final = {Urgency.LATE: "late", Urgency.DUE_TODAY: "today", Urgency.LATER: "later"}
Href = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Group:
    """Jobs of one urgency, as the kit draws them."""

    id: str
    title: str
    note: str
    state: str
    items: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Person:
    """One of the viewer's people: name, address of his page, when his review is."""

    name: str
    href: str
    note: str


def heading(at: datetime) -> str:
    """The day and the hour: "Monday 23 November 2026, 7:52am"."""
    return f"{formats.weekday(london_day(at))}, {formats.hour(at)}"


def answer(load: Caseload) -> tuple[str, str]:
    """How many people are late, and how many have something due today."""
    late = len(_people(load, Urgency.LATE))
    today = len(_people(load, Urgency.DUE_TODAY))
    first = "Nobody is late." if not late else f"{_are(late)} late."
    return first, "Nothing is due today." if not today else f"{_have(today)} something due today."


def _people(load: Caseload, urgency: Urgency) -> set[str]:
    return {case.person for case in load.cases if case.urgency is urgency}


def _are(count: int) -> str:
    return f"{formats.count(count, 'person', 'people')} {'is' if count == 1 else 'are'}"


def _have(count: int) -> str:
    return f"{formats.count(count, 'person', 'people')} {'has' if count == 1 else 'have'}"


def rest(work: Work) -> str:
    """Nobody is hidden: the others are counted."""
    busy = {case.person for case in work.load.cases if case.urgency is not Urgency.LATER}
    others = len({one.person for one in work.owned} - busy)
    if not work.owned:
        return "You own nobody on the register."
    if not others:
        return "These are all whom you own."
    return (
        f"The other {formats.commas(others)} of the {formats.commas(len(work.owned))} whom you own "
        "have nothing due before tomorrow."
    )


def groups(
    work: Work, at: datetime, *, person_href: Href, told_href: Callable[[DutyView], str]
) -> list[Group]:
    """What is late, due today and later; a group without a job is left out."""
    notes = {
        Urgency.LATE: "the longest first",
        Urgency.DUE_TODAY: "until 11:59pm unless a time is given",
        Urgency.LATER: "the soonest first",
    }
    titles = {
        Urgency.LATE: "Late",
        Urgency.DUE_TODAY: "Due today",
        Urgency.LATER: "Later",
    }
    found = []
    for urgency, state in STATES.items():
        cases = [case for case in work.load.cases if case.urgency is urgency]
        items = [_job(case, work, at, person_href, told_href) for case in cases]
        if items:
            title = f"{titles[urgency]}: {formats.commas(len(items))}"
            found.append(Group(f"group-{state}", title, notes[urgency], state, items))
    return found


def _job(
    case: Case,
    work: Work,
    at: datetime,
    person_href: Href,
    told_href: Callable[[DutyView], str],
) -> dict[str, str]:
    duty = work.duties[case.duty]
    told = formats.listed([ITEMS.get(item, item) for item in duty.items])
    is_late = case.urgency is Urgency.LATE
    bold, when = _when(case, at)
    verb = "Has not told the police" if is_late else "Has to tell the police"
    return {
        "name": work.names[case.person],
        "href": person_href(case.person),
        "when_bold": bold,
        "when": when,
        "what": f"{verb} {told}",
        "why": _why(duty),
        "act_words": "Record what he told",
        "act_href": told_href(duty),
    }


def _when(case: Case, at: datetime) -> tuple[str, str]:
    if case.due_on is None:
        return "", "The clock stands: no day can be given yet"
    last = formats.last_moment(case.due_on)
    if case.late_since is not None:
        return f"{formats.due(case.due_on, london_day(at))}.", f"Was due {last}"
    if case.urgency is Urgency.DUE_TODAY:
        return "Due today,", last
    return "", f"{formats.due(case.due_on, london_day(at))}, {last}"


def _why(duty: DutyView) -> str:
    """On what it rests: the order, the offence, the provision, since when."""
    source = cite((one["act"], one["provision"]) for one in duty.authority)
    from_order = f"From order {duty.order}, served on {formats.day(duty.began_on)}."
    offence = f" Offence: {duty.offence}." if duty.offence else ""
    since = ""
    if duty.late_since is not None and duty.due_on is not None:
        since = f" Late since the end of {formats.day(duty.due_on)}."
    return f"{from_order}{since}{offence} {source}."


def people(work: Work, person_href: Href) -> list[Person]:
    """Everybody whom the viewer owns, the earliest review first."""
    return [
        Person(
            name=work.names[one.person],
            href=person_href(one.person),
            note=f"Review {'was ' if one.is_review_late else ''}due on "
            f"{formats.day(one.review_on)}{': late' if one.is_review_late else ''}",
        )
        for one in work.owned
    ]


def alerts(work: Work, person_href: Href) -> list[dict[str, Any]]:
    """Alerts that nobody has read, newest first."""
    return [
        {
            "alert": one.alert,
            "name": work.names[one.person],
            "href": person_href(one.person),
            "words": "He did not tell the police in time.",
            "act_by": f"Act by {formats.moment(one.act_by)}: your force’s rule, not law.",
        }
        for one in work.alerts
    ]


def told_lead(duty: DutyView) -> str:
    """What he owes, until when, and what follows from it."""
    told = formats.listed([ITEMS.get(item, item) for item in duty.items])
    until = formats.last_moment(duty.due_on) if duty.due_on else "no day can be given yet"
    return f"He owes {told}, {until}. He has to tell it himself, in person, at a police station."


# -- today -----------------------------------------------------------------------------------

# Key of a place, in words: what somebody does there.
NEXT: Final[Mapping[str, tuple[str, str]]] = {
    "check": ("Check a person", "Who is he, and what binds him?"),
    "caseload": ("My caseload", "What is late, what is due, and your alerts"),
    "candidates": ("Candidates", "Those with two or more victims, ranked with reasons"),
    "orders": ("Orders", "What has to be served; one order word for word"),
    "protected": ("Protected people", "How and when each is reached safely, and her places"),
    "feeds": ("Feeds", "Send a feed; mend what waits in quarantine"),
    "ledger": ("Ledger", "Who did what, and whether the record is whole"),
}
ADVOCATE: Final = "You see your own clients and nobody else."


def today_lead(role: Role, counts: Counts) -> tuple[str, str]:
    """The answer of the page, and a quiet word."""
    if counts.load is not None:
        said = answer(counts.load)
        return said[0], said[1]
    if role is Role.ADVOCATE:
        return "Nothing here yet.", ADVOCATE
    if counts.not_sealed is not None:
        entries = formats.count(counts.not_sealed, "entry", "entries")
        return f"{entries} of the ledger not sealed yet.", "They are sealed once a minute."
    return "What would you like to do?", f"You are signed in as {in_words(role)}."


def next_steps(places: Iterable[tuple[str, str]], counts: Counts) -> list[dict[str, str]]:
    """What this role can do next: each place, with what waits there. Places: (key, address)."""
    waits = {
        "caseload": _waits(counts.alerts, "alert not read", "alerts not read"),
        "candidates": _waits(counts.candidates, "candidate", "candidates"),
        "orders": _waits(counts.not_served, "not served", "not served"),
        "feeds": _waits(counts.in_quarantine, "row to mend", "rows to mend"),
        "ledger": _waits(counts.not_sealed, "not sealed yet", "not sealed yet"),
    }
    return [
        {"label": NEXT[key][0], "hint": NEXT[key][1], "href": href, "status": waits.get(key, "")}
        for key, href in places
        if key in NEXT
    ]


def _waits(count: int | None, one: str, many: str) -> str:
    return "" if count is None else formats.count(count, one, many)


def owned_counts(counts: Counts) -> Sequence[tuple[str, str]]:
    """The caseload in numbers, for the page of today."""
    if counts.load is None:
        return ()
    return [
        ("Late", formats.commas(counts.load.counts[Urgency.LATE])),
        ("Due today", formats.commas(counts.load.counts[Urgency.DUE_TODAY])),
        ("Later", formats.commas(counts.load.counts[Urgency.LATER])),
        ("Alerts not read", formats.commas(counts.alerts)),
        ("People whom you own", formats.commas(counts.people)),
    ]

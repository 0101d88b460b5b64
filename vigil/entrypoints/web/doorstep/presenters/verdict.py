"""An answer in finished words: the verdict, the same rows in the same order, the clauses.

States no distance, no place and no name of hers. What is not law looks unlike law; NOT A BREACH
never says that she is safe; the decision to arrest is the officer's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vigil.entrypoints.web.doorstep.presenters import holding
from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.orders.presenters.law import cited
from vigil.law.breach import BreachConsequence, breach_consequence
from vigil.law.errors import LawError
from vigil.law.facts import Ground
from vigil.monitoring.doorstep import Answered
from vigil.orders.doorstep.facts import Finding
from vigil.orders.doorstep.words import Missing, Verdict
from vigil.orders.kinds import Status
from vigil.orders.queries import OrderView
from vigil.orders.rules import london_day

Row = tuple[str, ...]
MISSING: Final[Mapping[Missing, tuple[str, str]]] = {
    Missing.PROOF_OF_SERVICE: (
        "Proof that he was served, or was told",
        "Ask control to ring the court. Ask what papers he was given. Look for a message in which "
        "he names the order.",
    ),
    Missing.POSITION: ("Where he was", "Give his position below, from your handset."),
    Missing.POSITION_ACCURACY: (
        "A surer position: this one is too near the line",
        "Wait until your handset is surer, or ask who saw him cross.",
    ),
    Missing.MEANS: ("How he did it", "Choose it below: the clause allows some ways."),
    Missing.PROTECTED_PERSON: ("Towards whom it was", "Choose below which protected person."),
    Missing.APPOINTMENT: ("Which appointment he missed", "Ask his supervisor for the time."),
    Missing.OFFICER_JUDGEMENT: (
        "Your judgement",
        "No rule stands for these words. Read the clause below and decide.",
    ),
}
MISSING_SAID: Final[Mapping[Missing, str]] = {
    Missing.PROOF_OF_SERVICE: "no proof is held that he was served or knew of it",
    Missing.POSITION: "where he was is not known",
    Missing.POSITION_ACCURACY: "his position is too near the line",
    Missing.MEANS: "how he did it is not known",
    Missing.PROTECTED_PERSON: "towards whom it was is not known",
    Missing.APPOINTMENT: "the order sets no time for it",
    Missing.OFFICER_JUDGEMENT: "its words need your judgement",
}
ARREST: Final[Mapping[str, tuple[str, str]]] = {
    "pace_s24": (
        "You may arrest without a warrant",
        "PACE 1984 s. 24: reasonable suspicion, and arrest is necessary",
    ),
    "without_warrant_statute": (
        "You may arrest without a warrant",
        "On reasonable grounds to believe that he is in breach",
    ),
    "power_attached_by_court": (
        "Only if the court attached a power of arrest",
        "Ask control to read the order out. Other powers stand as they are.",
    ),
    "warrant": ("Only with a warrant", "Other powers stand as they are."),
    "none": ("No power from this order", "Other powers stand as they are."),
}


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause word for word, with the fact that decides. `kind` is its look."""

    head: str
    text: str
    why: str
    kind: str


@dataclass(frozen=True, slots=True)
class ProposedShown:
    """That the answer rests on proposed law."""

    recommendation: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """One answer, ready to be drawn."""

    kind: str
    sayings: list[str]
    orders_held: int
    rows: list[Row]
    clauses: list[ClauseShown]
    others: list[ClauseShown]
    others_words: str
    proposed: ProposedShown | None
    closing: str
    notes: list[str]
    missing: list[str]


def verdict_shown(
    answered: Answered, orders: Sequence[OrderView], *, invited: bool
) -> VerdictShown:
    """The answer as it is shown. `orders` are his orders as they stood at the act."""
    answer = answered.found.answer
    by_ref = {order.reference: order for order in orders}
    bearing = {one.ref: by_ref[one.ref] for one in answer.clauses if one.ref in by_ref}
    named = {(one.ref, one.clause) for one in answer.clauses}
    biting = [f for f in answer.findings if (f.ref, f.clause) in named]
    rest = [f for f in answer.findings if (f.ref, f.clause) not in named]
    is_named = len(answered.found.orders) > 1
    decides = list(bearing.values()) or [o for o in orders if o.standing.status is Status.IN_FORCE]
    return VerdictShown(
        kind=answer.verdict.value,
        sayings=_sayings(answered, biting, by_ref),
        orders_held=len(answered.found.orders),
        rows=_rows(answered, decides, invited=invited),
        clauses=[c for f in biting if (c := _clause(f, by_ref, is_named))],
        others=[c for f in rest if (c := _clause(f, by_ref, is_named))],
        others_words=_others(rest),
        proposed=_proposed(answer.ground) if answer.ground.proposal else None,
        closing=f"Answered at {formats.clock(answered.asked_at)}, from the orders held here then. "
        "To arrest or not is your decision.",
        notes=_notes(answered),
        missing=[one.value for one in answer.missing],
    )


def _sayings(
    answered: Answered, biting: Sequence[Finding], orders: Mapping[str, OrderView]
) -> list[str]:
    verdict = answered.found.answer.verdict
    if verdict is Verdict.NOT_BREACH:
        return ["No clause in force forbids what you told."]
    forbids = _forbids(biting, orders)
    if verdict is Verdict.BREACH:
        return [f"{forbids} forbids it." if len(biting) == 1 else f"{forbids} forbid it."]
    missing = [MISSING_SAID[one] for one in answered.found.answer.missing]
    may = f"{forbids} may forbid it" if biting else "An order of his may forbid it"
    return [f"{may}. But {formats.listed(missing)}."]


def _forbids(biting: Sequence[Finding], orders: Mapping[str, OrderView]) -> str:
    """ "Clauses 1 and 3 of the stalking protection order"."""
    by_order: dict[str, list[str]] = {}
    for one in biting:
        by_order.setdefault(one.ref, []).append(one.clause or "")
    said = []
    for ref, clauses in by_order.items():
        word = "clause" if len(clauses) == 1 else "clauses"
        title = orders[ref].title.lower() if ref in orders else ref
        said.append(f"{word} {formats.listed(clauses)} of the {title}")
    words = formats.listed(said)
    return f"{words[:1].upper()}{words[1:]}"


def _rows(answered: Answered, decides: Sequence[OrderView], *, invited: bool) -> list[Row]:
    """The same rows in the same order; what is missing goes first, what is extra last."""
    answer = answered.found.answer
    rows: list[Row] = [("Missing", *MISSING[one]) for one in answer.missing]
    rows.append(("Arrest", *_arrest(answer.verdict, answered)))
    rows.append(("Offence", *_offence(answer.verdict, answered, decides)))
    rows.append(("Served", *holding.served_row(decides)))
    rows.append(("In force", holding.in_force_row(decides)))
    if answer.verdict is not Verdict.NOT_BREACH and (invited or _is_meeting(answered)):
        rows.append(
            (
                "Invited?",
                "Even if she asked him, it is still a breach. The order binds him, not her.",
            )
        )
    return rows


def _is_meeting(answered: Answered) -> bool:
    """Whether it is the kind of act that somebody says he was asked to do."""
    refs = {one.ref for one in answered.found.answer.clauses}
    kinds = {"no_contact", "stay_away", "do_not_enter"}
    return answered.found.answer.verdict is Verdict.BREACH and any(
        clause.rule.get("kind") in kinds
        for order in answered.found.orders
        if order.ref in refs
        for clause in order.clauses
    )


def _arrest(verdict: Verdict, answered: Answered) -> tuple[str, str]:
    if verdict is Verdict.NOT_BREACH:
        return "No power from these orders on these facts", "Other powers stand as they are."
    found = in_law(answered)
    if found is None:
        return "No power: this order is proposed and not law", "Other powers stand as they are."
    words, source = ARREST[found.arrest]
    if verdict is Verdict.BREACH or not words.startswith("You may"):
        return words, source
    return (
        "Your judgement. If you reasonably suspect a breach, you may arrest without a warrant.",
        "Other powers stand as they are.",
    )


def _offence(verdict: Verdict, answered: Answered, decides: Sequence[OrderView]) -> tuple[str, str]:
    if verdict is Verdict.NOT_BREACH:
        return "None under these orders", ""
    found = in_law(answered)
    if found is None:
        return "None: this order is proposed and not law", ""
    title = decides[0].title if decides else "this order"
    only_if = "" if verdict is Verdict.BREACH else _only_if(answered)
    source = cited(found.ground.authority[:1])
    if found.nature == "civil_contempt":
        hours = found.court_within_hours
        within = f" Before the court within {hours} hours of arrest." if hours else ""
        return f"None: contempt of court, not a crime{only_if}.{within}", source
    if found.nature == "none":
        return "None of its own", source
    code = f"{found.offence} " if found.offence else ""
    return f"{code}Breach of a {_low(title)}{only_if}", source


def _only_if(answered: Answered) -> str:
    if Missing.PROOF_OF_SERVICE in answered.found.answer.missing:
        return ", only if he was served or knew of it"
    return ", only if it is one"


def in_law(answered: Answered) -> BreachConsequence | None:
    """What follows by the law in force, whatever is proposed: nobody is arrested by a proposal.

    None for an order of a proposed kind.
    """
    answer = answered.found.answer
    if answer.consequence is None or answer.ground.proposal is None:
        return answer.consequence
    ref = next(ref for ref, each in answer.consequences.items() if each == answer.consequence)
    order = next(one for one in answered.found.orders if one.ref == ref)
    try:
        return breach_consequence(
            order.instrument,
            london_day(answered.happened_at),
            made_on=order.made_on,
            jurisdiction=order.jurisdiction,
        )
    except LawError:
        return None


def _low(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


def _clause(
    finding: Finding, orders: Mapping[str, OrderView], is_named: bool
) -> ClauseShown | None:
    order = orders.get(finding.ref)
    held = next((c for c in order.clauses if c.clause == finding.clause), None) if order else None
    if order is None or held is None:
        return None
    head = f"Clause {held.clause}"
    kind = {Verdict.BREACH: "bites", Verdict.CANNOT_TELL: "doubt"}.get(finding.verdict, "")
    return ClauseShown(
        f"{head}, {_low(order.title)}" if is_named else head, held.text, why(finding), kind
    )


def why(finding: Finding) -> str:
    """The fact that decides, without the order and the clause that it stands under."""
    _, _, said = finding.because.partition(": ")
    return f"Decides it: {said}"


def _others(rest: Sequence[Finding]) -> str:
    clauses = sum(1 for one in rest if one.clause)
    orders = sum(1 for one in rest if not one.clause)
    said = [formats.count(clauses, "clause")] if clauses else []
    said += [formats.count(orders, "order")] if orders else []
    return f"{formats.listed(said)} that this does not touch" if said else ""


def _proposed(ground: Ground) -> ProposedShown:
    proposal = ground.proposal
    number = proposal.recommendation if proposal else 0
    return ProposedShown(
        f"Recommendation {number}",
        "Your agency tries proposed law. The rows below are the law in force; nobody may be "
        "arrested by a proposal.",
    )


def _notes(answered: Answered) -> list[str]:
    """What the answer does not cover."""
    found = answered.found
    notes = [one.because for one in found.answer.findings if one.clause is None]
    if found.unread:
        count = formats.count(len(found.unread), "order")
        notes.append(f"{count} could not be read here: {', '.join(found.unread)}. Ask control.")
    if found.left_out:
        count = formats.count(len(found.left_out), "order")
        notes.append(f"{count} of a proposed kind held: not law, and not counted.")
    return notes

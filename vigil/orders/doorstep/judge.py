"""The doorstep answer over facts: is this act a breach of these orders, and what follows?

The gravest verdict of the clauses is the answer: `breach` before `cannot_tell` before
`not_breach`. Refuses a rule out of shape, an instrument that is unknown, and one that could not
be made on its day. Not checked: whether the facts are true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain

from vigil.law.breach import BreachConsequence
from vigil.law.facts import Regime
from vigil.orders.doorstep.consequence import (
    check_could_be_made,
    consequence,
    gravest,
    ground_of_no_breach,
)
from vigil.orders.doorstep.duties import Other
from vigil.orders.doorstep.facts import Act, Answer, BoundOrder, Finding, NamedClause
from vigil.orders.doorstep.held import gravest_of, in_order
from vigil.orders.doorstep.rules import Rule, hold, read_rule
from vigil.orders.doorstep.standing import Binding, Bond, binding, force
from vigil.orders.doorstep.words import Missing, Verdict
from vigil.orders.rules import Clause, london_day

NO_ORDER = (
    "No order was given: that proves nothing, neither that there is no order nor that there is "
    "no danger."
)
_INVITED = "that the protected person invited it does not excuse him"
# Of one order: each clause, by the identity of its value, with its rule.
_Rules = Mapping[int, Rule | Other]


def judge(
    *, at: datetime, act: Act, orders: Sequence[BoundOrder], regime: Regime = Regime.IN_FORCE
) -> Answer:
    """Whether the act at `at` is a breach of the orders, by which clauses, and what may be done.

    Raises:
        BadQuestionError: a rule or its geometry is out of shape.
        UnknownInstrumentError: an instrument is not known under the regime.
        NotInForceError: an order could not be made on its day, or the law has ended it.
    """
    # 1. What is out of shape is refused first, in every order, then what the law does not know.
    rules = [_read(order) for order in orders]
    check_could_be_made(orders, regime)
    # 2. Each order by itself, each clause by itself.
    found = [
        _findings(order, read, act=act, at=at) for order, read in zip(orders, rules, strict=True)
    ]
    findings = [(order, each) for order, group in zip(orders, found, strict=True) for each in group]
    # 3. The gravest verdict is the answer, and only the clauses that bear it are named.
    verdict = gravest_of(each.verdict for _, each in findings)
    if verdict is Verdict.NOT_BREACH:
        return _no_breach([each for _, each in findings], orders, regime)
    follows = [
        (each, consequence(order, london_day(at), regime))
        for order, each in findings
        if each.verdict is not Verdict.NOT_BREACH
    ]
    return _open_or_breach(verdict, [each for _, each in findings], follows)


def _read(order: BoundOrder) -> _Rules:
    """The rules of every clause that the order has or had."""
    changed = [each.clauses for each in order.changes if each.clauses is not None]
    return {id(each): read_rule(each) for each in chain(order.clauses, *changed)}


def _findings(order: BoundOrder, rules: _Rules, *, act: Act, at: datetime) -> list[Finding]:
    if act.by != order.respondent:
        return [_whole(order, "the act was not the respondent's, and it binds nobody else")]
    stood = force(order, at)
    if not stood.is_in_force:
        return [_whole(order, f"not in force then: {stood.why_not}")]
    if not stood.clauses:
        return [_whole(order, "no condition of it was given, which proves nothing")]
    bound = binding(order, at)
    return [
        _finding(order, clause, rules[id(clause)], bound, act=act, at=at)
        for clause in stood.clauses
    ]


def _whole(order: BoundOrder, why: str) -> Finding:
    return Finding(order.ref, None, Verdict.NOT_BREACH, f"{order.ref}: {why}.")


def _finding(
    order: BoundOrder,
    clause: Clause,
    rule: Rule | Other,
    bound: Binding,
    *,
    act: Act,
    at: datetime,
) -> Finding:
    """The clause's own verdict: what its rule says, and whether the order bound him."""
    held = hold(rule, act=act, at=at, protected=order.protected)
    verdict, missing = held.verdict, held.missing
    if verdict is not Verdict.NOT_BREACH and bound.bond is Bond.NOT_YET:
        verdict, missing = Verdict.NOT_BREACH, ()
    if verdict is not Verdict.NOT_BREACH and bound.bond is Bond.UNPROVED:
        verdict, missing = Verdict.CANNOT_TELL, (*missing, Missing.PROOF_OF_SERVICE)
    said = [held.fact, bound.fact, *([_INVITED] if act.consented else [])]
    because = f"{order.ref}, clause {clause.clause}: {'; '.join(said)}."
    return Finding(order.ref, clause.clause, verdict, because, in_order(missing))


def _no_breach(findings: Sequence[Finding], orders: Sequence[BoundOrder], regime: Regime) -> Answer:
    return Answer(
        verdict=Verdict.NOT_BREACH,
        clauses=(),
        because=tuple(each.because for each in findings) or (NO_ORDER,),
        missing=(),
        nature=None,
        arrest=None,
        offence=None,
        ground=ground_of_no_breach(orders, regime),
        consequence=None,
        findings=tuple(findings),
        consequences={},
    )


def _open_or_breach(
    verdict: Verdict,
    findings: Sequence[Finding],
    follows: Sequence[tuple[Finding, BreachConsequence]],
) -> Answer:
    bearing = [each for each, _ in follows if each.verdict is verdict]
    worst = gravest(what for each, what in follows if each.verdict is verdict)
    return Answer(
        verdict=verdict,
        clauses=tuple(NamedClause(each.ref, each.clause or "") for each in bearing),
        because=tuple(each.because for each in bearing),
        missing=in_order([m for each in bearing for m in each.missing]),
        nature=worst.nature,
        arrest=worst.arrest,
        offence=worst.offence,
        ground=worst.ground,
        consequence=worst,
        findings=tuple(findings),
        consequences={each.ref: what for each, what in follows},
    )

"""Which act is held against which rule: each kind of rule, read strictly, then asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from vigil.law import questions
from vigil.orders.doorstep import duties, persons, places
from vigil.orders.doorstep.facts import Act
from vigil.orders.doorstep.held import Held
from vigil.orders.doorstep.reading import Fields
from vigil.orders.doorstep.words import RULES
from vigil.orders.rules import Clause

Rule = (
    persons.NoContact
    | persons.Against
    | places.KeepOut
    | duties.Curfew
    | duties.Attend
    | duties.WearTag
    | duties.Notify
)
_READERS: Final[Mapping[str, Callable[[Fields], Rule]]] = {
    "no_contact": persons.read_no_contact,
    "no_violence": persons.read_against,
    "no_threats": persons.read_against,
    "no_damage": persons.read_against,
    "stay_away": places.read_stay_away,
    "do_not_enter": places.read_do_not_enter,
    "curfew": duties.read_curfew,
    "attend": duties.read_attend,
    "wear_tag": lambda _: duties.WearTag(),
    "notify": duties.read_notify,
}


def read_rule(clause: Clause) -> Rule | duties.Other:
    """The rule of a clause. Raises: BadQuestionError for one out of shape."""
    fields = questions.row(clause.rule, "rule")
    kind = questions.text(fields, "kind", RULES)
    return duties.Other(clause.text) if kind == "other" else _READERS[kind](fields)


def hold(rule: Rule | duties.Other, *, act: Act, at: datetime, protected: Sequence[str]) -> Held:
    """What the rule says to the act. `protected`: the order's persons, in their order there."""
    if isinstance(rule, duties.Other):
        return rule.held()
    if isinstance(rule, persons.NoContact | persons.Against | places.KeepOut):
        return rule.held(act, protected)
    if isinstance(rule, duties.WearTag):
        return rule.held(act)
    return rule.held(act, at)

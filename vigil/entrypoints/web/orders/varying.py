"""The terms of an order on their way to being varied or renewed: its clauses, each to keep,
write anew or take out.

A clause whose rule was left alone keeps it whole, also what a form cannot write. Decides nothing:
the checks are the orders room's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from vigil.entrypoints.web.kit.inputs import DayWidget
from vigil.entrypoints.web.orders.changing_forms import FURTHER_ORDER, STAYS, RenewForm, VaryForm
from vigil.entrypoints.web.orders.clauses import ClauseForm
from vigil.entrypoints.web.orders.drafting import MOST_CLAUSES, counted
from vigil.orders.rules import Clause

# What stands in a clause beside its rule.
_BESIDE = frozenset({"clause", "text", "remove", "drawn"})


class VariedClauseForm(ClauseForm):
    """One clause of the order as it will be; ticked, it is taken out."""

    remove = forms.BooleanField(label="Take this clause out", required=False)

    @property
    def is_removed(self) -> bool:
        """Whether it was ticked."""
        return bool(self._sent("remove"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is to be read."""
        return self.is_removed or super().is_empty


@dataclass
class Change:
    """The forms of one change of terms, beside the terms that it changes."""

    form: forms.Form
    current: Sequence[Clause]
    last_day: date | None
    protected: list[str]
    clauses: list[VariedClauseForm] = field(default_factory=list)

    def non_field_errors(self) -> list[str]:
        """The faults of no field in particular: with `__iter__`, all that a summary needs."""
        return [str(fault) for form in self._read for fault in form.non_field_errors()]

    def __iter__(self) -> Iterator[BoundField]:
        return (bound for form in self._read for bound in form)

    @property
    def _read(self) -> list[forms.Form]:
        return [self.form, *(one for one in self.clauses if not one.is_removed)]

    @property
    def must_draw(self) -> bool:
        """Whether a kind of rule was chosen whose own fields were not on the page yet."""
        return any(one.must_be_drawn for one in self.clauses if not one.is_removed)

    @property
    def has_errors(self) -> bool:
        """Whether any form has a fault."""
        return any(form.errors for form in self._read if form.is_bound)

    def is_valid(self) -> bool:
        """Whether every form could be read. Each is asked, so that every fault is shown."""
        valid = [form.is_valid() for form in self._read]
        if not all(valid):
            return False
        for one in self.clauses:
            if not one.is_empty and "persons" in one.own_fields:
                one.check_persons(len(self.protected))
        return not self.has_errors

    def keep_quiet(self) -> None:
        """A page that only grows by a box finds no fault in what is not written yet."""
        for form in self._read:
            if form.is_bound:
                form.errors.clear()

    def read_clauses(self) -> tuple[Clause, ...]:
        """The whole list as it will be. Call when valid."""
        return tuple(
            self._clause(place, one) for place, one in enumerate(self.clauses) if not one.is_empty
        )

    def _clause(self, place: int, one: VariedClauseForm) -> Clause:
        """One clause; with the rule that it had where nothing of the rule was touched."""
        origin = self.current[place] if place < len(self.current) else None
        if origin is not None:
            before = _rule_data(typed(origin, str(one.prefix), self.protected), str(one.prefix))
            if _rule_data(one.data, str(one.prefix)) == before:
                text = origin.text if _same(one.cleaned_data["text"], origin.text) else None
                return Clause(
                    one.cleaned_data["clause"], text or one.cleaned_data["text"], origin.rule
                )
        return one.read(self.protected)

    def new_last_day(self) -> tuple[date | None, bool]:
        """The last day as it will be, and whether the change sets it. Call when valid."""
        given = self.form.cleaned_data
        if given.get("lasts") == STAYS:
            return self.last_day, False
        return given.get("last_day"), True

    def asked(self) -> dict[str, Any]:
        """The change as its action takes it, but for its instant. Call when valid."""
        given, clauses = self.form.cleaned_data, self.read_clauses()
        asked: dict[str, Any] = {
            "clauses": None if clauses == tuple(self.current) else clauses,
            "last_day": given.get("last_day"),
            "court": given["court"],
        }
        if "lasts" in given:
            asked["until_further_order"] = given["lasts"] == FURTHER_ORDER
        return asked


def change_of(
    kind: type[VaryForm | RenewForm],
    data: QueryDict | None,
    current: Sequence[Clause],
    *,
    last_day: date | None,
    protected: list[str],
) -> Change:
    """What was typed so far; at first, the order's own terms."""
    sent = data if data is not None else QueryDict(mutable=True)
    form = kind(data, initial={"lasts": STAYS})
    change = Change(form, current, last_day, protected)
    rows = counted(sent, "clauses", least=len(current), most=max(MOST_CLAUSES, len(current)))
    held = data if data is not None else _first(current, protected)
    change.clauses = [VariedClauseForm(held, prefix=f"c{n}") for n in range(1, rows + 1)]
    return change


def _first(current: Sequence[Clause], protected: list[str]) -> QueryDict:
    held = QueryDict(mutable=True)
    for place, clause in enumerate(current, start=1):
        for key, values in typed(clause, f"c{place}", protected).lists():
            held.setlist(key, values)
    return held


def typed(clause: Clause, prefix: str, protected: Sequence[str]) -> QueryDict:
    """A clause as its form holds it: what the officer would have typed."""
    found = QueryDict(mutable=True)
    kind = str(clause.rule.get("kind", ""))
    plain = {"clause": clause.clause, "text": clause.text, "kind": kind, "drawn": kind}
    for name, words in plain.items():
        found[f"{prefix}-{name}"] = words
    form = ClauseForm(found.copy(), prefix=prefix)
    for name in form.own_fields:
        value = clause.rule.get(name)
        for ending, values in _typed_value(name, value, form.fields[name], protected).items():
            found.setlist(f"{prefix}-{name}{ending}", values)
    return found


def _typed_value(
    name: str, value: Any, asked: forms.Field, protected: Sequence[str]
) -> Mapping[str, list[str]]:
    """What stands in the box or boxes of one field: the end of its name, and the values."""
    if name == "persons":
        numbers = [str(protected.index(one) + 1) for one in value or () if one in protected]
        return {"": [", ".join(numbers)]} if len(numbers) < len(protected) else {}
    if isinstance(value, Mapping):
        value = value.get("address_ref")
    if value in (None, "", []):
        return {}
    if isinstance(asked.widget, DayWidget):
        first = value[0] if isinstance(value, list) else value
        boxes = _boxes(asked.widget, str(first))
        return {f"-{key}": [said] for key, said in boxes.items()}
    if isinstance(asked, forms.MultipleChoiceField):
        return {"": [str(one) for one in value]} if isinstance(value, list) else {}
    return {"": [str(value)]}


def _boxes(widget: DayWidget, value: str) -> Mapping[str, str]:
    try:
        return widget.boxes_of(datetime.fromisoformat(value))
    except ValueError:
        return {}


def _rule_data(data: Any, prefix: str) -> dict[str, list[str]]:
    """What was sent of a clause's rule, without empty boxes."""
    start = f"{prefix}-"
    found: dict[str, list[str]] = {}
    for key in data:
        if not str(key).startswith(start) or str(key).removeprefix(start) in _BESIDE:
            continue
        values = [str(one).strip() for one in data.getlist(key)]
        if any(values):
            found[str(key)] = values
    return found


def _same(sent: str, held: str) -> bool:
    """Whether the words are the same, but for how a browser ends a line."""
    return sent.replace("\r\n", "\n").strip() == held.replace("\r\n", "\n").strip()

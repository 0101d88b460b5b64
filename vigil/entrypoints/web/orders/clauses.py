"""The form of one clause: number, words, kind of rule, then the fields that this kind has.

A kind's own fields are drawn once the kind is chosen and the form was sent, so that it works
without scripts. Reads what was typed into a rule; the orders room says whether it is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.entrypoints.web.orders.inputs import TimeField
from vigil.entrypoints.web.orders.presenters import words
from vigil.orders.conditions import SHAPES
from vigil.orders.rules import Clause

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
Make = Callable[[], forms.Field]


def _boxes(label: str, named: Mapping[str, str], hint: str = "") -> Make:
    return lambda: forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        choices=list(named.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _line(label: str, hint: str = "", needed: str = "") -> Make:
    return lambda: forms.CharField(
        label=label,
        help_text=hint,
        required=bool(needed),
        max_length=120,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": needed},
    )


def _number(label: str, hint: str, needed: str) -> Make:
    return lambda: forms.IntegerField(
        label=label,
        help_text=hint,
        required=bool(needed),
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"}),
        error_messages={"required": needed, "invalid": f"{label} must be a whole number"},
    )


def _time(label: str) -> Make:
    return lambda: TimeField(
        label=label,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"required": f"Enter “{label.lower()}”, such as 19:00"},
    )


_WHOM: Final = _line(
    "Which protected persons?",
    "Their numbers in this order, such as 1 or 1, 2. Leave it empty for all.",
)
_PLACE: Final = "The reference of the protected place. No address and no coordinates."
_PLACES: Final = ("place", "address_ref")
_SUPERVISOR: Final = _line(
    "Who supervises it?", "A name or a post. Some orders must name one for each requirement."
)


def _session(which: str, *, is_needed: bool) -> Make:
    return lambda: MomentField(
        what=f"the {which} session",
        label=f"When is the {which} session?",
        help_text="Day and time",
        required=is_needed,
    )


@dataclass(frozen=True)
class Allowed:
    """What a clause of this order may hold: its kinds of rule, and the places to choose from.

    `kinds` None: not known, and all are offered. `places` are values and labels; of `areas` the
    whole is meant and no distance from it.
    """

    kinds: frozenset[str] | None = None
    places: tuple[tuple[str, str], ...] = ()
    areas: frozenset[str] = frozenset()


# Kind of rule -> its fields, by the names of the orders room, each with how it is asked.
ASKED: Final[Mapping[str, Mapping[str, Make]]] = {
    "no_contact": {
        "persons": _WHOM,
        "means": _boxes("By which means?", words.MEANS, "Leave them all empty for any means."),
        "except": _boxes("Except by", words.MEANS),
    },
    "stay_away": {
        "persons": _WHOM,
        "place": _line("From which place?", f"{_PLACE} Leave it empty to stay away from persons."),
        "radius_metres": _number("How many metres?", "Where a place is named.", ""),
    },
    "do_not_enter": {"place": _line("Which place?", _PLACE, "Enter the reference of the place")},
    "no_violence": {"persons": _WHOM},
    "no_threats": {"persons": _WHOM},
    "no_damage": {"persons": _WHOM},
    "curfew": {
        "days": _boxes("On which days does it begin?", words.DAYS, "Leave empty for every day."),
        "from_time": _time("From"),
        "to_time": _time("To"),
        "address_ref": _line("At which address?", _PLACE, "Enter the reference of the address"),
    },
    "attend": {
        "programme": _line("Which programme?", "", "Enter the name of the programme"),
        "at": _session("first", is_needed=True),
        "at_2": _session("second", is_needed=False),
        "at_3": _session("third", is_needed=False),
        "supervisor": _SUPERVISOR,
    },
    "wear_tag": {
        "supervisor": _SUPERVISOR,
        "last_day": lambda: DayField(
            what="the last day of the tag",
            label="Until which day does he wear it?",
            help_text="Where the law bounds it and the order lasts longer.",
            required=False,
        ),
    },
    "notify": {
        "what": lambda: forms.ChoiceField(
            label="What must he tell?",
            choices=[("", "Choose"), *words.CHANGES.items()],
            widget=forms.Select,
            error_messages={"required": "Choose what he must tell"},
        ),
        "within_days": _number("Within how many days?", "", "Enter the number of days"),
        "supervisor": _SUPERVISOR,
    },
    "other": {"supervisor": _SUPERVISOR},
}


# What most orders leave empty: kept under one heading that opens.
RARE: Final[Mapping[str, tuple[str, ...]]] = {
    "no_contact": ("means", "except"),
    "attend": ("at_2", "at_3"),
    "notify": ("supervisor",),
    "other": ("supervisor",),
}


class ClauseForm(forms.Form):
    """One condition of the order. An empty one is left out."""

    clause = forms.CharField(
        label="Clause number",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    text = forms.CharField(
        label="Its words",
        help_text="Word for word, but “Protected person 1” for a name and “Protected place 1” "
        "for an address.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"max_length": "The words of a clause must have 4,000 characters or fewer"},
    )
    kind = forms.ChoiceField(
        label="What kind of rule is it?",
        choices=[("", "Choose a kind"), *words.RULE.items()],
        required=False,
        widget=forms.Select,
    )
    # The kind whose own fields were on the page that was sent.
    drawn = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, allowed: Allowed | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed or Allowed()
        self._offer_kinds()
        self.chosen = self._sent("kind") if self._sent("kind") in SHAPES else ""
        self.must_be_drawn = bool(ASKED.get(self.chosen)) and self._sent("drawn") != self.chosen
        for name, make in ASKED.get(self.chosen, {}).items():
            self.fields[name] = make()
            if name in _PLACES and self.allowed.places:
                self.fields[name] = self._choose_place(self.fields[name])
            if self.must_be_drawn:
                self.fields[name].required = False

    def _offer_kinds(self) -> None:
        kinds = self.allowed.kinds
        if kinds is None:
            return
        sent = self._sent("kind")
        offered = [(code, said) for code, said in words.RULE.items() if code in kinds]
        if sent in SHAPES and sent not in kinds:
            # Kept as it was typed: the action says why it may not stand here.
            offered.append((sent, f"{words.RULE[sent]} (not in this order)"))
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose a kind"), *offered]

    def _choose_place(self, typed: forms.Field) -> forms.Field:
        sent = next((self._sent(name) for name in _PLACES if self._sent(name)), "")
        own = [] if not sent or sent in dict(self.allowed.places) else [(sent, sent)]
        return forms.ChoiceField(
            label=typed.label,
            help_text="By its number. Her addresses are on no page of an order.",
            choices=[("", "No place"), *self.allowed.places, *own],
            required=typed.required,
            error_messages=typed.error_messages,
        )

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")) if self.is_bound else ""

    @property
    def own_fields(self) -> list[str]:
        """The names of the fields that this kind of rule has of its own."""
        return list(ASKED.get(self.chosen, {}))

    @property
    def rare(self) -> list[str]:
        """Those of its own fields that most orders leave empty."""
        return [name for name in self.own_fields if name in RARE.get(self.chosen, ())]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in it."""
        return not any(self._sent(name).strip() for name in ("clause", "text", "kind"))

    def clean(self) -> dict[str, Any]:
        """Number, words and kind belong together."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_empty:
            return cleaned
        needed = {
            "clause": "Enter the number of the clause",
            "text": "Enter the words of the clause",
            "kind": "Choose what kind of rule it is",
        }
        for name, sentence in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, sentence)
        return cleaned

    def read(self, protected: list[str]) -> Clause:
        """The clause. Call when valid. `protected` are the references in order of number."""
        cleaned = self.cleaned_data
        rule: dict[str, Any] = {"kind": cleaned["kind"]}
        for name in self.own_fields:
            value = cleaned.get(name)
            if name == "persons":
                value = self._persons(protected)
            rule |= self._read(name, value)
        later = [rule.pop(name)[0] for name in ("at_2", "at_3") if name in rule]
        if later:
            rule["at"] = [*rule.get("at", ()), *later]
        if rule["kind"] == "no_contact":
            rule.setdefault("means", "any")
        if rule["kind"] == "curfew":
            rule.setdefault("days", list(words.DAYS))
        if rule["kind"] == "stay_away" and {"place", "area_ref"} & set(rule):
            rule.pop("persons", None)
        if "area_ref" in rule:
            rule.pop("radius_metres", None)
        return Clause(cleaned["clause"], cleaned["text"], rule)

    def _read(self, name: str, value: Any) -> dict[str, Any]:
        """One field as the rule holds it; what was left empty is left out."""
        if name == "except":
            return {name: list(value or [])}
        if value in (None, "", []):
            return {}
        if name == "place":
            is_area = value in self.allowed.areas
            return {"area_ref": value} if is_area else {name: {"address_ref": value}}
        if isinstance(value, datetime):
            return {name: [value.astimezone(UTC).isoformat()]}
        if isinstance(value, date):
            return {name: value.isoformat()}
        return {name: list(value) if isinstance(value, list) else value}

    def _persons(self, protected: list[str]) -> list[str]:
        typed = str(self.cleaned_data.get("persons") or "").replace(",", " ").split()
        return [protected[int(one) - 1] for one in typed] if typed else list(protected)

    def check_persons(self, count: int) -> None:
        """Adds a fault where a number is not one of the order's protected persons."""
        typed = str(self.cleaned_data.get("persons") or "").replace(",", " ").split()
        if all(one.isascii() and one.isdigit() and 1 <= int(one) <= count for one in typed):
            return
        most = "1" if count < 2 else f"numbers from 1 to {count}"
        self.add_error("persons", f"Enter the protected persons by number: {most}")

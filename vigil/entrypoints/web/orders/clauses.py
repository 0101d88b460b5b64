"""The form of one clause: number, words, kind of rule, then the fields that this kind has.

A kind's own fields are drawn once the kind is chosen and the form was sent, so that it works
without scripts. Reads what was typed into a rule; the orders room says whether it is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from vigil.entrypoints.web.kit.inputs import MomentField
from vigil.entrypoints.web.orders.presenters import words
from vigil.orders.conditions import SHAPES
from vigil.orders.rules import Clause

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
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


class TimeField(forms.CharField):
    """A time of day, in the 24-hour clock."""

    def clean(self, value: Any) -> Any:
        """The time as HH:MM, or a sentence that says how to write it."""
        typed = super().clean(value)
        found = _TIME.fullmatch(typed)
        if not found:
            raise ValidationError(f"{self.label} must be a time such as 19:00")
        return f"{int(found[1]):02}:{found[2]}"


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
        "at": lambda: MomentField(
            what="the first session", label="When is the first session?", help_text="Day and time"
        ),
    },
    "wear_tag": {},
    "notify": {
        "what": lambda: forms.ChoiceField(
            label="What must he tell?",
            choices=[("", "Choose"), *words.CHANGES.items()],
            widget=forms.Select,
            error_messages={"required": "Choose what he must tell"},
        ),
        "within_days": _number("Within how many days?", "", "Enter the number of days"),
    },
    "other": {},
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = self._sent("kind") if self._sent("kind") in SHAPES else ""
        self.must_be_drawn = bool(ASKED.get(self.chosen)) and self._sent("drawn") != self.chosen
        for name, make in ASKED.get(self.chosen, {}).items():
            self.fields[name] = make()
            if self.must_be_drawn:
                self.fields[name].required = False

    def _sent(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")) if self.is_bound else ""

    @property
    def own_fields(self) -> list[str]:
        """The names of the fields that this kind of rule has of its own."""
        return list(ASKED.get(self.chosen, {}))

    @property
    def rare(self) -> list[str]:
        """Those of its own fields that most orders leave empty."""
        return [name for name in self.own_fields if name in ("means", "except")]

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
            rule |= _read(name, value)
        if rule["kind"] == "no_contact":
            rule.setdefault("means", "any")
        if rule["kind"] == "curfew":
            rule.setdefault("days", list(words.DAYS))
        if "place" in rule and rule["kind"] == "stay_away":
            rule.pop("persons", None)
        return Clause(cleaned["clause"], cleaned["text"], rule)

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


def _read(name: str, value: Any) -> dict[str, Any]:
    """One field as the rule holds it; what was left empty is left out."""
    if name == "except":
        return {name: list(value or [])}
    if value in (None, "", []):
        return {}
    if name == "place":
        return {name: {"address_ref": value}}
    if isinstance(value, datetime):
        return {name: [value.astimezone(UTC).isoformat()]}
    return {name: list(value) if isinstance(value, list) else value}

"""The forms of a protected person. Nothing is asked that the browser would remember."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.kit.inputs import DayField
from vigil.entrypoints.web.victims.presenters import DAY_NAMES, KINDS
from vigil.victims.errors import BadAreaError
from vigil.victims.geometry import read_area
from vigil.victims.rules import SafeTime, written_times

PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
LONGEST: Final = 500
CHILD: Final = {"": "Not known", "yes": "A child, under 18", "no": "An adult"}


def line(label: str, hint: str = "", *, required: bool = False, most: int = 200) -> forms.CharField:
    """A box of one line that the browser does not remember."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=forms.TextInput(attrs=PRIVATE),
        error_messages={"max_length": f"{label} must have {most} characters or fewer"},
    )


def lines(label: str, hint: str = "", *, most: int = LONGEST, rows: int = 3) -> forms.CharField:
    """A box of several lines that the browser does not remember."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={**PRIVATE, "rows": str(rows)}),
        error_messages={"max_length": f"{label} must have {most:,} characters or fewer"},
    )


class PersonForm(forms.Form):
    """Somebody who is to be protected."""

    name = line("Her name", required=True)
    known_as = lines("Other names that she goes by", "One on each line")
    born_on = DayField(
        what="her date of birth",
        label="Her date of birth",
        help_text="Such as 14 6 1987. Leave it empty where it is not known.",
        required=False,
    )
    child = forms.ChoiceField(
        label="Is she a child?",
        help_text="Counts only where her date of birth is not known.",
        choices=list(CHILD.items()),
        required=False,
        widget=forms.RadioSelect,
    )
    address = line("Where she lives", "More places can be added afterwards.", most=LONGEST)

    def person(self) -> dict[str, Any]:
        """What `protect` is given. Call when valid."""
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "known_as": typed["known_as"].splitlines(),
            "born_on": typed["born_on"],
            "is_child": {"yes": True, "no": False}.get(typed["child"]),
            "address": typed["address"],
        }


class DegreesField(forms.CharField):
    """A number of degrees as somebody types it: "53.1234" or "-1.62"."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            label=what, required=False, max_length=30, widget=forms.TextInput(attrs=PRIVATE)
        )

    def clean(self, value: Any) -> Any:
        """The number; None where nothing was typed. Whether it is one of Earth's is the room's."""
        typed = str(super().clean(value)).replace("\N{MINUS SIGN}", "-").strip()
        if not typed:
            return None
        try:
            found = float(typed)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            raise forms.ValidationError(f"{self.what} must be a number of degrees, such as 53.1234")
        return found


class PlaceForm(forms.Form):
    """A place of hers: an address, and a point or an area."""

    kind = forms.ChoiceField(
        label="What is this place?",
        choices=[(kind.value, words) for kind, words in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what this place is",
            "invalid_choice": "Choose what this place is from the list",
        },
    )
    address = line("Its address", "As an officer would look for it.", most=LONGEST)
    lat = DegreesField("Latitude")
    lon = DegreesField("Longitude")
    polygon = lines(
        "Or an area, as GeoJSON",
        "A polygon, longitude before latitude, in the order in which one walks round it.",
        most=60_000,
        rows=5,
    )
    since_on = DayField(
        what="the first day",
        label="Since when?",
        help_text="Leave it empty where it is not known.",
        required=False,
    )

    def clean_polygon(self) -> Mapping[str, Any] | None:
        """The area that the text is, or one sentence why it is none."""
        typed = self.cleaned_data["polygon"].strip()
        try:
            return read_area(typed) if typed else None
        except BadAreaError as refused:
            sentence = " ".join(str(refused).split())
            raise forms.ValidationError(f"{sentence[:1].upper()}{sentence[1:]}") from None


class EndForm(forms.Form):
    """The last day of a place."""

    last_day = DayField(
        what="the last day",
        label="What was the last day on which it was hers?",
        help_text="Such as 22 11 2026. That day counts whole.",
    )


class ContactForm(forms.Form):
    """How she is reached safely. Every box may stay empty but not all."""

    who = line("Whom to ask for", "Such as: her sister")
    how = line("How", "Such as: by text, through her advocate")
    what = lines("With what, or saying what", "Such as a number, or the words to begin with")
    never = lines("What never to do", "Such as: do not leave a message", most=1000)


class AdvocateForm(forms.Form):
    """Who speaks for her from now on."""

    advocate = line(
        "The user name of her new advocate", "Leave it empty where she has none.", most=150
    )


class ParentForm(forms.Form):
    """Whose child she is."""

    parent = line("The reference of her parent", "Such as V-7K3M9QXXXX", required=True, most=20)


class TimesForm(forms.Form):
    """Her safe times: as many as there are, and an empty one more."""

    is_never = forms.BooleanField(label="She may never be contacted", required=False)

    def __init__(self, held: Sequence[SafeTime], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [*written_times(held), {}]
        self.numbers = range(1, len(known) + 1)
        for number, time in enumerate(known, 1):
            self.fields[f"days_{number}"] = forms.MultipleChoiceField(
                label="On which days does it begin?",
                choices=list(DAY_NAMES.items()),
                required=False,
                initial=time.get("days"),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose days from the list"},
            )
            for name, label, hint in (
                ("from_time", "From", "24-hour clock, such as 09:30"),
                ("to_time", "Until", "Where it is not later than from, it is on the next day."),
            ):
                box = line(label, hint, most=5)
                box.initial = time.get(name, "")
                self.fields[f"{name}_{number}"] = box

    def times(self) -> list[dict[str, Any]]:
        """What `set_safe_times` is given: the rows in which anything stands. Call when valid."""
        typed = self.cleaned_data
        rows = [
            {
                "days": typed[f"days_{number}"],
                "from_time": typed[f"from_time_{number}"],
                "to_time": typed[f"to_time_{number}"],
            }
            for number in self.numbers
        ]
        return [row for row in rows if any(row.values())]

    def clean(self) -> dict[str, Any] | None:
        """Adds a fault where nothing was said, or both."""
        if not self.errors and bool(self.times()) == self.cleaned_data["is_never"]:
            self.add_error("is_never", "Give safe times, or tick that she may never be contacted")
        return self.cleaned_data

"""The forms of an order: its terms, whom it protects, its service, its end.

They read what was typed; whether the law allows it is the action's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.entrypoints.web.orders.presenters import words
from vigil.orders.kinds import Ending

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
FURTHER_ORDER: Final = "further_order"
ON_A_DAY: Final = "day"
LAST_YEAR: Final = 2199


def _choices(named: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(code), label) for code, label in named.items()]


def line(label: str, hint: str = "", *, most: int = 120, needed: str = "") -> forms.CharField:
    """One line of words; `needed` is what is said when it is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(needed),
        max_length=most,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={
            "required": needed,
            "max_length": f"{label} must have {most} characters or fewer",
        },
    )


def _radios(label: str, named: Mapping[str, str], needed: str) -> forms.ChoiceField:
    """One of several; `needed` is what is said when none, or another, was chosen."""
    return forms.ChoiceField(
        label=label,
        choices=_choices(named),
        widget=forms.RadioSelect,
        error_messages={"required": needed, "invalid_choice": f"{needed} from the list"},
    )


def check_is_near(day: date) -> None:
    """A last day of the year 9999 is a slip of the hand."""
    if day.year > LAST_YEAR:
        raise ValidationError(f"The last day must be in {LAST_YEAR} or before")


class ProtectedForm(forms.Form):
    """One person whom the order protects and who is not known here yet. All of it is sealed."""

    name = line("Her name", "Sealed. The order and every page of it say “Protected person”.")
    born_on = DayField(what="her date of birth", label="Her date of birth", required=False)
    address = line("Her address", "Sealed. Leave it empty if it must not be known.", most=200)
    safe_contact = line(
        "How she can be reached safely", "Sealed. A number and when to ring.", most=200
    )

    def clean(self) -> dict[str, Any]:
        """Something about her without her name would be lost."""
        cleaned = super().clean() or self.cleaned_data
        rest = [cleaned.get(field) for field in ("born_on", "address", "safe_contact")]
        if any(rest) and not cleaned.get("name"):
            self.add_error("name", "Enter her name, or empty the other boxes about her")
        return cleaned


class ServeForm(forms.Form):
    """When, where, how and with which proof the order was served."""

    served_at = MomentField(
        what="the time of service",
        label="When was it served?",
        help_text="Day and time, such as 2 3 2026 and 4:10pm",
    )
    how = _radios("How was it served?", words.HOW, "Choose how it was served")
    where = _radios("Where was it served?", words.WHERE, "Choose where it was served")
    proof = _radios("What proves it?", words.PROOF, "Choose what proves it")
    served_by = line(
        "Who served it?",
        "The officer’s number, as on the proof. Leave it empty if it was you.",
        most=60,
    )


class DischargeForm(forms.Form):
    """When and how the order came to its end, and who agreed."""

    discharged_at = MomentField(
        what="the time of the end",
        label="When did it end?",
        help_text="Day and time, such as 2 3 2026 and 11:30am",
    )
    how = _radios("How did it end?", {}, "Choose how it ended")
    consents = forms.MultipleChoiceField(
        label="Who agreed to it?",
        choices=_choices(words.CONSENTS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, endings: Iterable[Ending], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        how = self.fields["how"]
        assert isinstance(how, forms.ChoiceField)
        how.choices = [(one.value, words.ENDING[one]) for one in sorted(endings)]


class FindForm(forms.Form):
    """An order by the reference that stands on its paper."""

    reference = forms.SlugField(
        label="Open an order by its reference",
        help_text="Such as SPO-2026-0001",
        max_length=40,
        widget=forms.TextInput(attrs={**_PLAIN, "autocapitalize": "characters"}),
        error_messages={
            "required": "Enter the reference of an order",
            "invalid": "Enter a reference such as SPO-2026-0001",
            "max_length": "A reference has 40 characters or fewer",
        },
    )

    def clean_reference(self) -> str:
        """References are written in capitals."""
        return str(self.cleaned_data["reference"]).upper()

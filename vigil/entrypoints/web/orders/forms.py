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
from vigil.orders.kinds import KINDS, Ending

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
FURTHER_ORDER: Final = "further_order"
ON_A_DAY: Final = "day"
LAST_YEAR: Final = 2199


def _choices(named: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(code), label) for code, label in named.items()]


def _line(label: str, hint: str = "", *, most: int = 120, needed: str = "") -> forms.CharField:
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


def _check_is_near(day: date) -> None:
    """A last day of the year 9999 is a slip of the hand."""
    if day.year > LAST_YEAR:
        raise ValidationError(f"The last day must be in {LAST_YEAR} or before")


class KindForm(forms.Form):
    """Which kind of order: the first question, because the law on it comes next."""

    instrument = forms.ChoiceField(
        label="Which order is it?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which order it is",
            "invalid_choice": "Choose one of the orders in the list",
        },
    )

    def __init__(self, instruments: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields["instrument"]
        assert isinstance(given, forms.ChoiceField)
        given.choices = [(code, KINDS[code].title) for code in instruments]


class TermsForm(forms.Form):
    """Who made it and when, until when, whom it protects, on what it rests."""

    def __init__(
        self,
        instrument: str,
        *args: Any,
        protected: Iterable[tuple[str, str]] = (),
        reports: Iterable[tuple[str, str]] = (),
        replaceable: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind = KINDS[instrument]
        word = "notice" if kind.is_notice else "order"
        if kind.is_notice:
            self.fields["issuer_rank"] = forms.ChoiceField(
                label="Rank of the officer who issues it",
                choices=[("", "Choose a rank"), *_choices(words.RANK)],
                widget=forms.Select,
                error_messages={
                    "required": "Choose the rank of the officer who issues it",
                    "invalid_choice": "Choose the rank from the list",
                },
            )
        else:
            self.fields["court"] = _line(
                "Which court made it?", needed="Enter the court that made it"
            )
        self.fields["made_on"] = DayField(
            what="the day of making",
            label=f"On which day was the {word} {'issued' if kind.is_notice else 'made'}?",
            help_text="For example, 2 3 2026",
        )
        if not kind.is_notice:
            self._ask_duration()
        older = list(replaceable)
        if older:
            self.fields["replaces"] = forms.ChoiceField(
                label="Does it take the place of another order?",
                choices=[("", "No"), *older],
                required=False,
                error_messages={"invalid_choice": "Choose an order from the list"},
                widget=forms.Select,
            )
        known = list(protected)
        if known:
            self.fields["protected"] = forms.MultipleChoiceField(
                label="Protected persons who are known from his other orders",
                help_text="By their number in that order and their reference. No names.",
                choices=known,
                required=False,
                error_messages={"invalid_choice": "Choose protected persons from the list"},
                widget=forms.CheckboxSelectMultiple,
            )
        held = list(reports)
        if held:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label="Which reports does it rest on?",
                choices=held,
                required=False,
                error_messages={"invalid_choice": "Choose reports from the list"},
                widget=forms.CheckboxSelectMultiple,
            )

    def _ask_duration(self) -> None:
        self.fields["lasts"] = forms.ChoiceField(
            label="Until when does it last?",
            choices=[(ON_A_DAY, "Until a last day"), (FURTHER_ORDER, "Until further order")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose until when it lasts"},
        )
        self.fields["last_day"] = DayField(
            what="the last day",
            label="Its last day",
            help_text="It lasts until 11:59pm on that day. Leave empty for “until further order”.",
            required=False,
            validators=[_check_is_near],
        )

    def clean(self) -> dict[str, Any]:
        """A last day goes with "until a last day", and with nothing else."""
        cleaned = super().clean() or self.cleaned_data
        lasts, last_day = cleaned.get("lasts"), cleaned.get("last_day")
        if "last_day" in self.errors or lasts is None:
            return cleaned
        if lasts == ON_A_DAY and last_day is None:
            self.add_error("last_day", "Enter the last day")
        if lasts == FURTHER_ORDER and last_day is not None:
            self.add_error("last_day", "Leave the last day empty, or choose “until a last day”")
        return cleaned


class ProtectedForm(forms.Form):
    """One person whom the order protects and who is not known here yet. All of it is sealed."""

    name = _line("Her name", "Sealed. The order and every page of it say “Protected person”.")
    born_on = DayField(what="her date of birth", label="Her date of birth", required=False)
    address = _line("Her address", "Sealed. Leave it empty if it must not be known.", most=200)
    safe_contact = _line(
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
    served_by = _line(
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

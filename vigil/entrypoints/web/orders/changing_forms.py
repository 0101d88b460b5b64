"""The forms of what happens to an order after its making; the clauses of a variation are apart.

They read what was typed; whether the law allows it is the action's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.entrypoints.web.orders.presenters import words
from vigil.orders.kinds import Proof

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
_WHEN: Final = "Day and time, such as 2 3 2026 and 11:30am"
STAYS, ON_A_DAY, FURTHER_ORDER = "stays", "day", "further_order"


def moment(name: str, label: str, hint: str = _WHEN, *, required: bool = True) -> MomentField:
    """When it happened: "the time of the variation"."""
    return MomentField(what=f"the time of {name}", label=label, help_text=hint, required=required)


def court(hint: str = "Leave it empty if it was the court that made it.") -> forms.CharField:
    """Which court; most often the one that made it."""
    return forms.CharField(
        label="Which court?",
        help_text=hint,
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=_PLAIN),
        error_messages={"max_length": "The court must have 120 characters or fewer"},
    )


def _radios(label: str, choices: Iterable[tuple[str, str]], needed: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(code), words) for code, words in choices],
        widget=forms.RadioSelect,
        error_messages={"required": needed, "invalid_choice": f"{needed} from the list"},
    )


class KnowForm(forms.Form):
    """When and how he came to know of an order that was not served on him."""

    known_at = moment("his knowledge", "When did he know of it?")
    how = _radios("How did he come to know?", words.KNOWN.items(), "Choose how he came to know")
    proof = _radios(
        "What proves it?",
        [(code, said) for code, said in words.PROOF.items() if code != Proof.CERTIFICATE],
        "Choose what proves it",
    )


class ExtendForm(forms.Form):
    """A later last day; the clauses stay."""

    extended_at = moment("the extension", "When did the court extend it?")
    last_day = DayField(
        what="the new last day",
        label="Its new last day",
        help_text="It lasts until 11:59pm on that day.",
    )
    court = court()


class SuspendForm(forms.Form):
    """From when it does not bind, and until when if that was said."""

    suspended_at = moment("the suspension", "From when is it suspended?")
    until_at = moment(
        "its binding again",
        "Until when?",
        "Leave it empty if no time was said: record then when it binds again.",
        required=False,
    )
    court = court()


class ResumeForm(forms.Form):
    """From when a suspended order binds again."""

    resumed_at = moment("its binding again", "From when does it bind again?")
    court = court()


class QuashForm(forms.Form):
    """When a court quashed it on appeal."""

    quashed_at = moment("the appeal", "When was it quashed?")
    court = court("The court that heard the appeal.")


class HearingForm(forms.Form):
    """The hearing of an application."""

    listed_at = moment("the listing", "When was the hearing listed?")
    hearing_at = moment("the hearing", "When will it be heard?")
    court = court("Where it will be heard. Leave it empty if that is not said.")


class AdjournForm(forms.Form):
    """A hearing that was put off."""

    adjourned_at = moment("the adjournment", "When was it adjourned?")
    hearing_at = moment(
        "the new hearing",
        "When will it be heard?",
        "Leave it empty if no new time was given.",
        required=False,
    )


class LinkForm(forms.Form):
    """What this order is to another of his."""

    kind = _radios(
        "What is this order to the other?",
        [(code, said[0]) for code, said in words.LINK.items()],
        "Choose what this order is to the other",
    )
    other = forms.ChoiceField(
        label="Which other order?",
        widget=forms.Select,
        error_messages={
            "required": "Choose the other order",
            "invalid_choice": "Choose the other order from the list",
        },
    )

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, forms.ChoiceField)
        other.choices = [("", "Choose an order"), *others]


class VaryForm(forms.Form):
    """When it was varied, by which court, and what became of its last day."""

    happened_at = moment("the variation", "When did the court vary it?")
    court = court()
    lasts = _radios(
        "What became of its last day?",
        [
            (STAYS, "It stays as it is"),
            (ON_A_DAY, "It has a new last day"),
            (FURTHER_ORDER, "It lasts until further order"),
        ],
        "Choose what became of its last day",
    )
    last_day = DayField(
        what="the new last day",
        label="Its new last day",
        help_text="Leave it empty if the last day stays, or if it lasts until further order.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A new last day goes with "a new last day", and with nothing else."""
        cleaned = super().clean() or self.cleaned_data
        lasts, last_day = cleaned.get("lasts"), cleaned.get("last_day")
        if "last_day" in self.errors or not lasts:
            return cleaned
        if lasts == ON_A_DAY and last_day is None:
            self.add_error("last_day", "Enter the new last day")
        if lasts != ON_A_DAY and last_day is not None:
            self.add_error("last_day", "Leave the last day empty, or choose “a new last day”")
        return cleaned


class RenewForm(forms.Form):
    """When it was renewed, by which court, and until when."""

    happened_at = moment("the renewal", "When did the court renew it?")
    court = court()
    last_day = DayField(
        what="the new last day",
        label="Its new last day",
        help_text="It lasts until 11:59pm on that day.",
    )

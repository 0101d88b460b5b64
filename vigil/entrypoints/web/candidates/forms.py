"""The form of a decision: outcome, evidence, reasons, and what registering needs besides.

Asks for what is missing in the officer's words; whether it may stand the register's own rules
say. Refuses to fill in a reason for anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.kit.inputs import DayField

MOST: Final = 4_000
OUTCOMES: Final = (
    ("register", "Put on the register"),
    ("decline", "Do not register"),
    ("defer", "Decide later"),
)
HINTS: Final = {
    "register": "A police record with a review date. It puts no duty on anybody.",
    "decline": "Back on this list when there is a new report.",
    "defer": "Back on this list on the review date.",
}
TO_REGISTER: Final = {
    "necessity": "Say why registering is necessary",
    "proportionality": "Say why registering is proportionate",
    "owner": "Enter the user name of the offender manager who will be the owner",
}


def _words(label: str, hint: str, *, required: bool = False, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={
            "required": missing,
            "max_length": f"{label} must have {MOST:,} characters or fewer",
        },
    )


class _Outcome(forms.ChoiceField):
    option_hints: Mapping[str, str] = HINTS


class DecideForm(forms.Form):
    """What an officer decides about one candidate."""

    outcome = _Outcome(
        label="What do you decide?",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what you decide",
            "invalid_choice": "Choose to register, not to register, or to decide later",
        },
    )
    evidence = forms.MultipleChoiceField(
        label="On which reports does it rest?",
        help_text="Tick those that you have read. A report without a conviction is a suspicion.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one report",
            "invalid_choice": "Tick reports of this person only",
        },
    )
    reasons = _words(
        "Reasons",
        "What you weighed, and what he could say against it. No victim’s name.",
        required=True,
        missing="Write down your reasons",
    )
    necessity = _words("Why is it necessary?", "Only to register.")
    proportionality = _words("Why is it proportionate?", "Only to register.")
    owner = forms.CharField(
        label="Who will be the owner?",
        help_text="The user name of an offender manager of your agency. Only to register.",
        required=False,
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    review_on = DayField(
        what="the review date",
        label="Review on",
        help_text="A registration is looked at again within 12 months; left empty, it is the last "
        "day of them. To decide later, the day on which you will.",
        required=False,
    )

    def __init__(self, reports: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].choices = list(reports)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for everything at once that registering needs."""
        super().clean()
        given = self.cleaned_data
        if given.get("outcome") == "register":
            for name, words in TO_REGISTER.items():
                if name not in self.errors and not str(given.get(name, "")).strip():
                    self.add_error(name, words)
        return given

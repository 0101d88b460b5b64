"""The forms of a person's pages: whom to check, and whether two reports are one person's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.people.asking import LONGEST, TOO_LITTLE, Asked, read_question

_PLAIN: Final = {"autocomplete": "off", "spellcheck": "false"}
BOXES: Final[Mapping[str, tuple[str, str, str]]] = {
    "surname": ("surname", "Surname", ""),
    "forename": ("forename", "Forename", ""),
    "born": ("born_on", "Date of birth", "Such as 14 06 1987, or the year alone"),
    "postcode": ("postcode", "Postcode", ""),
    "phone": ("phone", "Phone", ""),
    "email": ("email", "E-mail address", ""),
    "pnc": ("pnc", "PNC number", "Such as 2009/9999123Y"),
    "vehicle": ("vehicle", "Number plate", ""),
}


class CheckForm(forms.Form):
    """One line, and a box for each field for those who would rather say which is which."""

    who = forms.CharField(
        label="Who is it?",
        help_text="Surname, forename and date of birth. Or a phone number, number plate, e-mail "
        "address, postcode or PNC number.",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={**_PLAIN, "autocapitalize": "characters"}),
        error_messages={"max_length": f"Enter {LONGEST} characters or fewer"},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        for name, (_, label, hint) in BOXES.items():
            self.fields[name] = forms.CharField(
                label=label,
                help_text=hint,
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs=_PLAIN),
                error_messages={"max_length": f"{label} must have 100 characters or fewer"},
            )

    def clean(self) -> dict[str, Any]:
        """What was typed, read; refused when it would fit too many."""
        super().clean()
        boxes = {BOXES[name][0]: str(self.cleaned_data.get(name) or "") for name in BOXES}
        asked = read_question(str(self.cleaned_data.get("who") or ""), boxes, on=self._on)
        if not self.errors and not asked.is_enough:
            self.add_error("who", TOO_LITTLE)
        self.cleaned_data["asked"] = asked
        return self.cleaned_data

    def asked(self) -> Asked:
        """The question. Call when the form is valid."""
        found: Asked = self.cleaned_data["asked"]
        return found

    @property
    def has_boxes_filled(self) -> bool:
        """Whether any of the boxes was used, so that they stay open."""
        return any(str(self.data.get(name, "")).strip() for name in BOXES)


def _why(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="What you compared: a photograph, fingerprints, a statement. No names.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={
            "required": "Say why",
            "max_length": "Your reason must have 1,000 characters or fewer",
        },
    )


class TakeBackForm(forms.Form):
    """Why a judgement is taken back."""

    why = _why("Why do you take it back?")


class JudgeForm(forms.Form):
    """Is the report this person's? Said of two reports, with the reason."""

    verdict = forms.ChoiceField(
        label="Are the two reports about one person?",
        choices=[("same", "Same person"), ("not_same", "Not the same"), ("unsure", "Not sure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose same person, not the same, or not sure"},
    )
    why = _why("Why do you say so?")

    def __init__(self, pairs: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pair = forms.ChoiceField(
            label="Which two reports?",
            choices=list(pairs),
            widget=forms.Select,
            error_messages={
                "required": "Choose the two reports",
                "invalid_choice": "Choose two reports of this person from the list",
            },
        )
        self.fields = {"pair": pair, **self.fields}

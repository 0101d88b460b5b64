"""What an officer tells: one press, and what he may add. Asked by POST, never in an address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.doorstep.acts import BY_CODE, MEANS
from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.orders.doorstep.facts import Act, Place

_POSITION: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d{1,20})?)[\s,]+(-?\d{1,3}(?:\.\d{1,20})?)\s*")
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
NOT_KNOWN: Final = ("", "Not known")


class ActForm(forms.Form):
    """What he did, towards whom, when and where.

    `whom` are the protected persons as (value, words); `appointments` the instants that his
    orders set, as (ISO, words).
    """

    def __init__(
        self,
        *args: Any,
        at: datetime,
        whom: Sequence[tuple[str, str]],
        appointments: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._at = at
        self.fields |= {
            "act": forms.ChoiceField(
                choices=[(code, b.words) for code, b in BY_CODE.items()],
                widget=forms.HiddenInput,
                error_messages={"required": "Choose what he has done"},
            ),
            "means": _choice("How?", [NOT_KNOWN, *MEANS.items()]),
            "towards": _choice("Towards whom?", [NOT_KNOWN, *whom]),
            "happened": MomentField(
                label="When was it?",
                what="the time of it",
                required=False,
                help_text="Leave it empty for now",
            ),
            "asked": forms.DateTimeField(required=False, widget=forms.HiddenInput),
            "position": forms.CharField(
                label="Where was he?",
                help_text="Latitude and longitude from your handset, such as 54.1234, -1.5678",
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={**_TYPED, "inputmode": "text"}),
            ),
            "accuracy": forms.IntegerField(
                label="How sure is it, in metres?",
                help_text="As your handset says; 50 if you leave it empty",
                required=False,
                min_value=0,
                max_value=100_000,
                widget=forms.TextInput(attrs={**_TYPED, "inputmode": "numeric"}),
            ),
            "invited": forms.BooleanField(label="She asked him to", required=False),
            "changed": DayField(label="When did it change?", what="the day of it", required=False),
            "notified": DayField(
                label="When did he tell the police?",
                what="the day on which he told",
                required=False,
                help_text="Leave it empty if he did not",
            ),
            "appointment": _choice("Which appointment?", [NOT_KNOWN, *appointments]),
        }

    def clean_position(self) -> tuple[float, float] | None:
        """Latitude and longitude, both on the globe."""
        typed = str(self.cleaned_data.get("position") or "")
        if not typed.strip():
            return None
        found = _POSITION.fullmatch(typed)
        lat, lon = (float(found[1]), float(found[2])) if found else (999.0, 999.0)
        if abs(lat) > 90 or abs(lon) > 180:
            raise forms.ValidationError(
                "Enter latitude and longitude in degrees, such as 54.1234, -1.5678"
            )
        return lat, lon

    def clean(self) -> dict[str, Any]:
        """What each act needs to be asked about at all."""
        super().clean()
        kind = self.kind
        if kind in {"new_address", "new_name"} and not self.cleaned_data.get("changed"):
            self.add_error("changed", "Enter the day on which it changed")
        if kind == "missed_appointment" and not (
            self.cleaned_data.get("appointment") or self.cleaned_data.get("happened")
        ):
            self.add_error("appointment", "Choose which appointment, or enter when it was")
        moment = self.cleaned_data.get("happened")
        if moment is not None and moment > self._at:
            self.add_error("happened", "The time of it must not be in the future")
        return self.cleaned_data

    @property
    def kind(self) -> str:
        """The act that was pressed; empty where none was."""
        button = BY_CODE.get(str(self.cleaned_data.get("act") or ""))
        return button.kind if button else ""

    @property
    def means(self) -> str | None:
        """By which means: the button's own, or what was added."""
        return BY_CODE[self.cleaned_data["act"]].means or self.cleaned_data["means"] or None

    def happened_at(self) -> datetime:
        """When it was: as told, else when it was first asked about, else now."""
        told = self.cleaned_data
        if self.kind == "missed_appointment" and told["appointment"]:
            return datetime.fromisoformat(told["appointment"])
        asked: datetime | None = told["asked"]
        found: datetime = told["happened"] or asked or self._at
        return min(found, self._at)

    def act(self, by: str, towards: str | None) -> Act:
        """The act as the judge is asked. Call when the form is valid."""
        told = self.cleaned_data
        found = told["position"]
        return Act(
            by=by,
            kind=self.kind,
            towards=towards,
            means=self.means,
            place=Place(found[0], found[1], told["accuracy"]) if found else None,
            consented=told["invited"],
            changed_on=told["changed"] if self.kind.startswith("new_") else None,
            notified_on=told["notified"] if self.kind.startswith("new_") else None,
        )


class EvidenceForm(forms.Form):
    """What of the list is secured."""

    def __init__(self, open_items: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"] = forms.MultipleChoiceField(
            label="What do you have?",
            choices=list(open_items),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose from the list"},
        )


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        widget=forms.Select,
        error_messages={"invalid_choice": f"Choose from the list: {label.lower()}"},
    )

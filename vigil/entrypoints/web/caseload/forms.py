"""The form of what a subject told: when, what, how, by whom, with which proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from vigil.entrypoints.web.kit.inputs import MomentField
from vigil.entrypoints.web.orders.presenters.words import ITEMS
from vigil.monitoring.rules import Told

HOW: Final = {
    Told.IN_PERSON_AT_STATION: "In person at a police station",
    Told.PHONE: "By phone",
    Told.LETTER: "By letter",
    Told.EMAIL: "By e-mail",
    Told.HOME_VISIT: "On a home visit",
}
HIMSELF, ANOTHER = "himself", "another"


class ToldForm(forms.Form):
    """He has told us. What he said is not asked: only which items."""

    told_at = MomentField(
        what="the time at which he told",
        label="When did he tell?",
        help_text="Day and time, such as 2 3 2026 and 4:10pm",
    )
    items = forms.MultipleChoiceField(
        label="What did he tell?",
        help_text="Tick what he told. What he said goes into his record, not here.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick what he told",
            "invalid_choice": "Tick only what he owes",
        },
    )
    how = forms.ChoiceField(
        label="How did he tell?",
        choices=[(how.value, said) for how, said in HOW.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how he told",
            "invalid_choice": "Choose how he told from the list",
        },
    )
    who = forms.ChoiceField(
        label="Who told?",
        choices=[(HIMSELF, "He himself"), (ANOTHER, "Somebody else")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who told",
            "invalid_choice": "Choose who told from the list",
        },
    )
    proof = forms.CharField(
        label="Which record was he given?",
        help_text="Its number, such as the number of the form. No names.",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "The record must have 120 characters or fewer"},
    )

    def __init__(self, owed: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = self.fields["items"]
        assert isinstance(items, forms.MultipleChoiceField)
        said = [(item, ITEMS.get(item, item)) for item in owed]
        items.choices = [(item, f"{words[:1].upper()}{words[1:]}") for item, words in said]

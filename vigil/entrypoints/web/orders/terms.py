"""The first questions about a new order: where and on which day, which order, its terms.

They read what was typed; whether the law allows it is said by the action. An order that cannot
be chosen is refused with the law's sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django import forms

from vigil.entrypoints.clock import LONDON
from vigil.entrypoints.web.kit.inputs import DayField
from vigil.entrypoints.web.orders.forms import (
    FURTHER_ORDER,
    ON_A_DAY,
    check_is_near,
    line,
)
from vigil.entrypoints.web.orders.inputs import TimeField
from vigil.entrypoints.web.orders.presenters import words
from vigil.entrypoints.web.orders.presenters.guide import NATIONS, Offer
from vigil.orders.kinds import KINDS

MADE, DRAFT = "made", "draft"
WAYS: Final = {
    MADE: "It is made: a court has made it, or you issue the notice now",
    DRAFT: "Not yet: begin a draft, to be authorised and asked for",
}
WITHOUT_NOTICE: Final = {
    "": "Not said",
    "yes": "Yes, without notice to him",
    "no": "No, he was told of the hearing",
}
TRUE_FALSE: Final = {"yes": True, "no": False}
OLDEST: Final = 120


@dataclass(frozen=True)
class Offered:
    """What may be chosen on the page of the terms: values and labels."""

    protected: Iterable[tuple[str, str]] = ()
    reports: Iterable[tuple[str, str]] = ()
    replaceable: Iterable[tuple[str, str]] = ()
    initial: Mapping[str, Any] = field(default_factory=dict)


class PlaceForm(forms.Form):
    """Where, and on which day: by these the law that applies is found."""

    nation = forms.ChoiceField(
        label="In which nation?",
        choices=list(NATIONS.items()),
        error_messages={"invalid_choice": "Choose the nation from the list"},
        required=False,
    )
    area = line(
        "In which area?",
        "A borough or a force, such as Croydon: some orders are law in some areas only. "
        "Leave it empty if you do not want it asked.",
        most=80,
    )
    on = DayField(
        what="the day",
        label="On which day?",
        help_text="The day of making. Leave it empty for today.",
        required=False,
    )


class KindForm(forms.Form):
    """Which kind of order, and whether it is made: the law on it comes next."""

    instrument = forms.ChoiceField(
        label="Which order is it?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which order it is",
            "invalid_choice": "Choose one of the orders in the list",
        },
    )
    way = forms.ChoiceField(
        label="How far is it?",
        choices=list(WAYS.items()),
        widget=forms.RadioSelect,
        required=False,
        initial=MADE,
        error_messages={"invalid_choice": "Choose how far it is from the list"},
    )

    def __init__(self, offered: Offer, *args: Any, may_issue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.fields["instrument"]
        assert isinstance(given, forms.ChoiceField)
        given.choices = [(one.code, one.title) for one in offered.choices]
        given.option_hints = {one.code: one.hint for one in offered.choices}  # type: ignore[attr-defined]
        sent = self.data.get("instrument", "") if self.is_bound else ""
        why = offered.why_not(str(sent))
        if why:
            given.error_messages["invalid_choice"] = why
        self.may_issue = may_issue

    def clean_way(self) -> str:
        """Nothing said is the way that it was before there were drafts."""
        return str(self.cleaned_data["way"] or MADE)

    def clean(self) -> dict[str, Any]:
        """A notice is issued by an authorising officer, and drafted by anybody."""
        cleaned = super().clean() or self.cleaned_data
        code = cleaned.get("instrument")
        if code and KINDS[code].is_notice and cleaned.get("way") == MADE and not self.may_issue:
            self.add_error(
                "way", "A notice is issued by an authorising officer: begin a draft of it"
            )
        return cleaned


class TermsForm(forms.Form):
    """Who made it and when, or asks for it; until when; whom it protects; on what it rests."""

    def __init__(
        self, instrument: str, way: str, offered: Offered, data: Mapping[str, Any] | None
    ) -> None:
        super().__init__(data, initial=dict(offered.initial))
        kind = KINDS[instrument]
        self.is_draft = way == DRAFT
        if not self.is_draft:
            self._ask_making(is_notice=kind.is_notice)
        if not kind.is_notice:
            self._ask_duration()
        self._ask_law(is_notice=kind.is_notice)
        older = list(offered.replaceable)
        if older and not self.is_draft:
            self._ask_older(older, is_notice=kind.is_notice)
        if self.is_draft:
            self.fields["also"] = line(
                "Does the same application go against others too?",
                "Their references, such as P-2026-0002. Each has a draft of his own, linked.",
                most=200,
            )
        self._ask_people(list(offered.protected))
        held = list(offered.reports)
        if held:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label="Which reports does it rest on?",
                choices=held,
                required=False,
                error_messages={"invalid_choice": "Choose reports from the list"},
                widget=forms.CheckboxSelectMultiple,
            )

    def _ask_making(self, *, is_notice: bool) -> None:
        word = "notice" if is_notice else "order"
        if is_notice:
            self.fields["issuer_rank"] = rank_field("Rank of the officer who issues it")
        else:
            self.fields["court"] = line(
                "Which court made it?", needed="Enter the court that made it"
            )
        self.fields["made_on"] = DayField(
            what="the day of making",
            label=f"On which day was the {word} {'issued' if is_notice else 'made'}?",
            help_text="For example, 2 3 2026",
        )
        self.fields["made_time"] = TimeField(
            label="At what time?",
            help_text="Such as 14:30. Leave it empty if it is not known.",
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )

    def _ask_duration(self) -> None:
        asked = "is it asked for" if self.is_draft else "does it last"
        self.fields["lasts"] = forms.ChoiceField(
            label=f"Until when {asked}?",
            choices=[(ON_A_DAY, "Until a last day"), (FURTHER_ORDER, "Until further order")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose until when it lasts"},
        )
        self.fields["last_day"] = DayField(
            what="the last day",
            label="Its last day",
            help_text="It lasts until 11:59pm on that day. Leave empty for “until further order”.",
            required=False,
            validators=[check_is_near],
        )

    def _ask_law(self, *, is_notice: bool) -> None:
        if not is_notice:
            self.fields["applicant"] = forms.ChoiceField(
                label="Who asks for it?" if self.is_draft else "Who asked for it?",
                choices=[("", "Not said"), *words.APPLICANT.items()],
                required=False,
                error_messages={"invalid_choice": "Choose who asked for it from the list"},
            )
            self.fields["without_notice"] = forms.ChoiceField(
                label="Without notice to him?",
                choices=list(WITHOUT_NOTICE.items()),
                required=False,
                error_messages={"invalid_choice": "Choose from the list"},
            )
        self.fields["subject_age"] = forms.IntegerField(
            label="How old is he?",
            help_text="In years. The law has a lowest age for some orders.",
            required=False,
            min_value=0,
            max_value=OLDEST,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            error_messages={
                "invalid": "His age must be a whole number",
                "min_value": "His age must be 0 or more",
                "max_value": f"His age must be {OLDEST} or less",
            },
        )

    def _ask_older(self, older: list[tuple[str, str]], *, is_notice: bool) -> None:
        self.fields["replaces"] = forms.ChoiceField(
            label="Does it take the place of another order?",
            choices=[("", "No"), *older],
            required=False,
            error_messages={"invalid_choice": "Choose an order from the list"},
            widget=forms.Select,
        )
        notices = [one for one in older if _is_notice(one[0])]
        if notices and not is_notice:
            self.fields["follows"] = forms.ChoiceField(
                label="Does it follow a notice?",
                choices=[("", "No"), *notices],
                required=False,
                error_messages={"invalid_choice": "Choose a notice from the list"},
                widget=forms.Select,
            )

    def _ask_people(self, known: list[tuple[str, str]]) -> None:
        if known:
            self.fields["protected"] = forms.MultipleChoiceField(
                label="Protected persons who are known here",
                help_text="By their number in his other orders and their reference. No names.",
                choices=known,
                required=False,
                error_messages={"invalid_choice": "Choose protected persons from the list"},
                widget=forms.CheckboxSelectMultiple,
            )
        self.ours = {reference for reference, _ in known}
        self.fields["others"] = line(
            "Others who are known here, by reference",
            "Such as V-ABCDE12345, children too. Then choose “Show her places and children”.",
            most=400,
        )

    def clean_others(self) -> list[str]:
        """References of protected persons of the agency; any other is a fault."""
        typed = references(str(self.cleaned_data.get("others") or ""))
        if not set(typed) <= self.ours:
            raise forms.ValidationError(
                "Enter references of protected persons of your agency; one of these is not"
            )
        return typed

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


def references(typed: str) -> list[str]:
    """References as people list them: commas, spaces and small letters do not matter."""
    return list(dict.fromkeys(typed.upper().replace(",", " ").split()))


def rank_field(label: str) -> forms.ChoiceField:
    """The rank of an officer; the law says which it takes."""
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose a rank"), *words.RANK.items()],
        widget=forms.Select,
        error_messages={
            "required": "Choose the rank of the officer",
            "invalid_choice": "Choose the rank from the list",
        },
    )


def made_at(day: date, time: str) -> datetime | None:
    """The instant of making by London's clock, where its time is known."""
    if not time:
        return None
    hour, minute = time.split(":")
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=LONDON)


def _is_notice(reference: str) -> bool:
    prefix = reference.partition("-")[0]
    return any(kind.is_notice and kind.prefix == prefix for kind in KINDS.values())

"""What is asked at each step of a draft: when, by whom, before which court.

They read what was typed; whether the step can follow, and whether the law allows it, is said by
the action.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from vigil.entrypoints.web.kit.inputs import DayField, MomentField
from vigil.entrypoints.web.orders.forms import check_is_near, line
from vigil.entrypoints.web.orders.presenters import steps, words
from vigil.entrypoints.web.orders.terms import OLDEST, TRUE_FALSE, WITHOUT_NOTICE, rank_field
from vigil.orders.rules import london_day

AS_ASKED, ON_A_DAY, FURTHER_ORDER = "asked", "day", "further_order"
WHEN = {
    steps.AUTHORISE: ("authorised_at", "When was it authorised?", "the time of the authorisation"),
    steps.APPLY: ("applied_at", "When was the court asked?", "the time of the application"),
    steps.LIST: ("listed_at", "When was the hearing listed?", "the time of the listing"),
    steps.ADJOURN: ("adjourned_at", "When was the hearing put off?", "the time of the decision"),
    steps.MADE: ("made_at", "When did the court make it?", "the time of the making"),
    steps.ISSUE: ("issued_at", "When was it issued?", "the time of the issue"),
    steps.REFUSED: ("refused_at", "When did the court refuse it?", "the time of the refusal"),
    steps.WITHDRAW: ("withdrawn_at", "When was it withdrawn?", "the time of the withdrawal"),
}
_MINUTE = timedelta(minutes=1)
_ASKS_COURT = frozenset({steps.APPLY, steps.LIST, steps.MADE, steps.REFUSED})
_NEEDS_COURT = frozenset({steps.APPLY, steps.MADE})
_ASKS_LAW = frozenset({steps.APPLY, steps.MADE, steps.ISSUE})


class StepForm(forms.Form):
    """One step, by its name."""

    def __init__(self, step: str, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.when, label, what = WHEN[step]
        self.fields[self.when] = MomentField(
            what=what, label=label, help_text="Day and time. It begins as now.", initial=at
        )
        if step in (steps.LIST, steps.ADJOURN):
            self._ask_hearing(is_needed=step == steps.LIST)
        if step == steps.AUTHORISE:
            self.fields["rank"] = rank_field("Rank of the officer who authorises it")
        if step in _ASKS_COURT:
            needed = "Enter the court" if step in _NEEDS_COURT else ""
            self.fields["court"] = line("Which court?", needed=needed)
        if step == steps.MADE:
            self._ask_duration()
        if step in _ASKS_LAW:
            self._ask_law()
        if step in _ASKS_LAW or step == steps.AUTHORISE:
            self.fields["area"] = line(
                "In which area?", "A borough or a force. Leave it empty if it need not be asked."
            )

    def _ask_hearing(self, *, is_needed: bool) -> None:
        self.fields["hearing_at"] = MomentField(
            what="the time of the hearing",
            label="When is the hearing?",
            help_text="Day and time" + ("" if is_needed else ". Leave it empty if none is set."),
            required=is_needed,
        )

    def _ask_duration(self) -> None:
        self.fields["lasts"] = forms.ChoiceField(
            label="Until when does it last?",
            choices=[
                (AS_ASKED, "As it was asked for"),
                (ON_A_DAY, "Until another last day"),
                (FURTHER_ORDER, "Until further order"),
            ],
            widget=forms.RadioSelect,
            initial=AS_ASKED,
            error_messages={"required": "Choose until when it lasts"},
        )
        self.fields["last_day"] = DayField(
            what="the last day",
            label="Its last day",
            help_text="Only where it is another than the one that was asked for.",
            required=False,
            validators=[check_is_near],
        )
        self.fields["without_notice"] = forms.ChoiceField(
            label="Without notice to him?",
            choices=list(WITHOUT_NOTICE.items()),
            required=False,
        )

    def _ask_law(self) -> None:
        if self.step == steps.APPLY:
            self.fields["applicant"] = forms.ChoiceField(
                label="Who asks for it?",
                choices=[("", "As it was drafted"), *words.APPLICANT.items()],
                required=False,
            )
        self.fields["subject_age"] = forms.IntegerField(
            label="How old is he?",
            required=False,
            min_value=0,
            max_value=OLDEST,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            error_messages={"invalid": "His age must be a whole number"},
        )

    def clean(self) -> dict[str, Any]:
        """A last day goes with "until another last day", and with nothing else."""
        cleaned = super().clean() or self.cleaned_data
        lasts, last_day = cleaned.get("lasts"), cleaned.get("last_day")
        if lasts is None or "last_day" in self.errors:
            return cleaned
        if lasts == ON_A_DAY and last_day is None:
            self.add_error("last_day", "Enter the last day")
        if lasts != ON_A_DAY and last_day is not None:
            self.add_error("last_day", "Leave the last day empty, or choose “another last day”")
        return cleaned

    def read(self, last: datetime | None) -> dict[str, Any]:
        """The step as its action takes it. Call when valid.

        Minutes are typed: within the minute of the `last` step, it is after that step.
        """
        cleaned: dict[str, Any] = dict(self.cleaned_data)
        when = cleaned[self.when]
        if last is not None and when < last < when + _MINUTE:
            cleaned[self.when] = last
        for name in ("area", "applicant"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or None
        if self.step == steps.MADE:
            made_on: date = london_day(cleaned["made_at"])
            cleaned["made_on"] = made_on
            cleaned["until_further_order"] = cleaned.pop("lasts") == FURTHER_ORDER
            cleaned["without_notice"] = TRUE_FALSE.get(cleaned["without_notice"])
        return cleaned

"""The forms at the door: user name and password; the reason for looking."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms

from vigil.entrypoints.web.doors.session import Reason, ReasonKind

KINDS = [
    (ReasonKind.INCIDENT.value, "An incident"),
    (ReasonKind.ALLOCATION.value, "Somebody allocated to me"),
    (ReasonKind.MEETING.value, "An item of a meeting"),
    (ReasonKind.DUTY.value, "A duty that is due"),
]


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = "User name", "Password"
        login.error_messages["required"] = "Enter your user name"
        password.error_messages["required"] = "Enter your password"
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""


class ReasonForm(forms.Form):
    """Which piece of work the looks are for."""

    kind = forms.ChoiceField(
        label="What are you working on?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you are working on"},
    )
    reference = forms.CharField(
        label="Its reference",
        help_text="The incident number, or the reference of the task. No names.",
        min_length=3,
        max_length=60,
        error_messages={
            "required": "Enter its reference",
            "min_length": "The reference must have 3 characters or more",
            "max_length": "The reference must have 60 characters or fewer",
        },
    )

    def reason(self) -> Reason:
        """The reason that was given. Call when the form is valid."""
        return Reason(ReasonKind(self.cleaned_data["kind"]), self.cleaned_data["reference"])

"""The forms of the ledger's page: about which record, and from which entry on."""

from __future__ import annotations

from django import forms


class AboutForm(forms.Form):
    """Who looked at this record? Sent by POST: what somebody searched for is in no address."""

    about = forms.RegexField(
        r"^[\w/.:-]+\Z",
        label="Only entries about this reference",
        help_text="A person, an order, a report, a duty or an account, word for word, such as "
        "P-1042",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter a reference such as P-1042, without blanks",
            "max_length": "A reference has 120 characters or fewer",
        },
    )
    before = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**62,
        widget=forms.HiddenInput,
        error_messages={
            "invalid": "Go back to the newest entries and page from there",
            "min_value": "Go back to the newest entries and page from there",
            "max_value": "Go back to the newest entries and page from there",
        },
    )

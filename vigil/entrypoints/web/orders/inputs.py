"""A time of day as it is typed in the forms of an order."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

_TIME: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class TimeField(forms.CharField):
    """A time of day, in the 24-hour clock."""

    def clean(self, value: Any) -> Any:
        """The time as HH:MM, or a sentence that says how to write it; empty where it may be."""
        typed = super().clean(value)
        if not typed and not self.required:
            return ""
        found = _TIME.fullmatch(typed)
        if not found:
            raise ValidationError(f"{str(self.label).rstrip('?')} must be a time such as 19:00")
        return f"{int(found[1]):02}:{found[2]}"

"""What was typed of a change of an order, put back before the officer to check."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from vigil.entrypoints.web.kit import formats

NOT_SAID = "Not said"


def rows_of(form: forms.Form) -> list[dict[str, str]]:
    """Each question with its answer in words. Call when the form is valid."""
    return [
        {"label": str(bound.label), "answer": _said(bound.field, form.cleaned_data.get(bound.name))}
        for bound in form
    ]


def _said(field: forms.Field, value: Any) -> str:
    if value in (None, "", []):
        return NOT_SAID
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.weekday(value)
    if isinstance(field, forms.ChoiceField):
        named = {str(code): str(words) for code, words in field.choices}  # type: ignore[union-attr,misc]
        chosen = value if isinstance(value, list) else [value]
        return formats.listed([named.get(str(one), str(one)) for one in chosen])
    return str(value)

"""A Django form field, made ready for the macro that draws it: label, hint, fault, parts, ids.

The field says which control it wants by its widget; nothing in a template decides it. It refuses
a widget that it does not know, so that no control is ever drawn half.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget

from vigil.entrypoints.web.kit.inputs import DayWidget, MomentWidget

CONTROLS: Mapping[type[forms.Widget], str] = {
    MomentWidget: "parts",
    DayWidget: "parts",
    forms.RadioSelect: "radios",
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.CheckboxInput: "checkbox",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.FileInput: "file",
    forms.PasswordInput: "text",
    forms.TextInput: "text",
    forms.HiddenInput: "hidden",
}


class UnknownControlError(TypeError):
    """The kit draws no such control: use a widget that docs/reference/design-kit.md lists."""


@dataclass(frozen=True)
class Option:
    """One radio, checkbox or entry of a list."""

    id: str
    value: str
    label: str
    hint: str
    is_chosen: bool


@dataclass(frozen=True)
class Part:
    """One of the boxes of a date or a moment."""

    id: str
    name: str
    label: str
    value: str
    width: int


@dataclass(frozen=True)
class FieldView:
    """All that a macro needs to draw one field."""

    control: str
    id: str
    name: str
    label: str
    hint: str
    errors: tuple[str, ...]
    value: str
    input_type: str
    attributes: Mapping[str, str]
    options: tuple[Option, ...]
    parts: tuple[Part, ...]

    @property
    def described_by(self) -> str:
        """The ids of the hint and the fault, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.errors else ids)

    @property
    def focus_id(self) -> str:
        """Where a link in the error summary lands: the first box that can be typed in."""
        if self.parts:
            return self.parts[0].id
        return self.options[0].id if self.options and self.control != "select" else self.id


@dataclass(frozen=True)
class Fault:
    """A line of the error summary; `href` is empty for a fault of the form as a whole."""

    words: str
    href: str


def present(bound: BoundField) -> FieldView:
    """The field as the macro draws it.

    Raises UnknownControlError for a widget that the kit does not draw.
    """
    widget = bound.field.widget
    own_id = bound.auto_id or f"id_{bound.html_name}"
    return FieldView(
        control=_control(widget),
        id=own_id,
        name=bound.html_name,
        label=str(bound.label or ""),
        hint=str(bound.help_text or ""),
        errors=tuple(_in_our_words(str(error), bound) for error in bound.errors),
        value=_text(bound.value()),
        input_type=str(getattr(widget, "input_type", "text") or "text"),
        attributes=_attributes(bound),
        options=tuple(_options(bound)),
        parts=tuple(_parts(bound, own_id)),
    )


def faults(form: forms.BaseForm) -> list[Fault]:
    """The faults of a form, in the order of its fields, each with where to mend it."""
    found = [Fault(str(words), "") for words in form.non_field_errors()]
    for bound in form:
        view = present(bound) if bound.errors else None
        found += [Fault(words, f"#{view.focus_id}") for words in view.errors] if view else []
    return found


def _control(widget: forms.Widget) -> str:
    for kind, control in CONTROLS.items():
        if type(widget) is kind:
            return control
    for kind, control in CONTROLS.items():
        if isinstance(widget, kind):
            return control
    raise UnknownControlError(f"{UnknownControlError.__doc__} Found {type(widget).__name__}.")


def _in_our_words(error: str, bound: BoundField) -> str:
    """Django's "This field is required." names nothing; ours names the field and the act."""
    if error != str(forms.Field.default_error_messages["required"]):
        return error
    label, widget = str(bound.label or ""), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f"Tick “{label}” to go on"
    if label.endswith("?"):
        return f"Answer “{label}”"
    act = "Choose" if isinstance(widget, forms.Select | forms.FileInput) else "Enter"
    # "PNC number" keeps its capitals, "Surname" loses its own in the middle of a sentence.
    return f"{act} {label if label[1:2].isupper() else label[:1].lower() + label[1:]}"


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, list | tuple | dict) else str(value)


def _attributes(bound: BoundField) -> dict[str, str]:
    widget = bound.field.widget
    # Password managers need to be told which one it is; signing in is the common case (WCAG 3.3.8).
    first = {"autocomplete": "current-password"} if isinstance(widget, forms.PasswordInput) else {}
    asked = {**first, **bound.build_widget_attrs({}), **widget.attrs}
    # The browser's own bubbles hide the summary and speak another voice: the server checks.
    refused = {"required", "id", "class", "aria-describedby", "aria-invalid"}
    kept = {name: value for name, value in asked.items() if name not in refused and value}
    return {name: name if value is True else str(value) for name, value in kept.items()}


def _options(bound: BoundField) -> Iterator[Option]:
    if not isinstance(bound.field.widget, forms.Select | forms.RadioSelect):
        return
    hints: Mapping[str, str] = getattr(bound.field, "option_hints", {})
    for sub in bound.subwidgets:
        yield _option(sub, hints)


def _option(sub: BoundWidget, hints: Mapping[str, str]) -> Option:
    given = sub.data
    value = _text(given["value"])
    own_id = str(given["attrs"].get("id", ""))
    return Option(own_id, value, str(given["label"]), hints.get(value, ""), bool(given["selected"]))


def _parts(bound: BoundField, own_id: str) -> Iterator[Part]:
    widget = bound.field.widget
    if not isinstance(widget, DayWidget):
        return
    for key, value in widget.typed(bound.value()).items():
        label, width = widget.BOXES[key]
        yield Part(f"{own_id}-{key}", f"{bound.html_name}-{key}", label, value, width)

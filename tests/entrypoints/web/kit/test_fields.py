"""A plain form field knows its control, its ids and its faults."""

from __future__ import annotations

import pytest
from django import forms

from tests.entrypoints.web.kit.gallery import Everything
from vigil.entrypoints.web.kit.fields import UnknownControlError, faults, present


def test_every_control_of_the_gallery_is_known() -> None:
    drawn = {bound.name: present(bound).control for bound in Everything()}
    assert drawn == {
        "surname": "text",
        "password": "text",
        "notes": "textarea",
        "force": "select",
        "decision": "radios",
        "grounds": "checkboxes",
        "sure": "checkbox",
        "made_on": "parts",
        "served_at": "parts",
        "feed": "file",
        "hidden": "hidden",
    }


def test_a_control_that_the_kit_does_not_draw_is_refused() -> None:
    class Odd(forms.Form):
        pick = forms.SplitDateTimeField()

    with pytest.raises(UnknownControlError, match="SplitDateTimeWidget"):
        present(Odd()["pick"])


def test_hint_and_fault_describe_the_control() -> None:
    fresh, sent = Everything(), Everything({})
    assert present(fresh["surname"]).described_by == "id_surname-hint"
    assert present(sent["surname"]).described_by == "id_surname-hint id_surname-error"
    assert present(sent["password"]).described_by == "id_password-error"
    assert present(fresh["password"]).described_by == ""


def test_the_summary_lands_on_the_first_box_that_can_be_used() -> None:
    lands = {fault.href for fault in faults(Everything({}))}
    assert lands >= {
        "#id_surname",
        "#id_force",
        "#id_decision_0",
        "#id_grounds_0",
        "#id_sure",
        "#id_made_on-day",
    }


def test_a_missing_answer_names_what_is_missing() -> None:
    said = {present(bound).name: present(bound).errors for bound in Everything({})}
    assert said["surname"] == ("Enter surname",)
    assert said["force"] == ("Choose force",)
    assert said["decision"] == ("Answer “What do you decide?”",)
    assert said["sure"] == ("Tick “I have read all the reports” to go on",)


def test_a_label_in_capitals_keeps_them() -> None:
    class Number(forms.Form):
        pnc = forms.CharField(label="PNC number")

    assert present(Number({})["pnc"]).errors == ("Enter PNC number",)


def test_a_fault_of_the_whole_form_comes_first_and_has_no_link() -> None:
    class Whole(forms.Form):
        name = forms.CharField()

        def clean(self) -> None:
            raise forms.ValidationError("The order was made before its Act")

    first, second = faults(Whole({}))
    assert (first.words, first.href) == ("The order was made before its Act", "")
    assert second.href == "#id_name"


def test_a_form_without_faults_has_no_summary() -> None:
    assert faults(Everything()) == []


def test_the_browser_is_never_asked_to_check() -> None:
    assert "required" not in present(Everything()["surname"]).attributes


def test_an_option_may_have_a_hint() -> None:
    class Hinted(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    Hinted.base_fields["kind"].option_hints = {"a": "The first"}  # type: ignore[attr-defined]
    (option,) = present(Hinted()["kind"]).options
    assert option.hint == "The first"

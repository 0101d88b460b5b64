"""Each macro draws what it says: words, links between label and box, one shape for one meaning."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from django import forms
from markupsafe import Markup

from tests.entrypoints.web.kit.gallery import HERE, Everything, jinja
from vigil.entrypoints.web.kit.environment import MACROS, WEB, Kit
from vigil.entrypoints.web.kit.masks import masked

TEMPLATES = WEB / "kit/templates"


@pytest.fixture
def kit() -> Kit:
    return cast(Kit, jinja().globals["kit"])


def public_macros() -> dict[str, str]:
    """Each public macro and the file it lies in."""
    return {
        name: place
        for place in MACROS
        for name in re.findall(r"{% macro ([a-z]\w*)\(", (TEMPLATES / place).read_text())
    }


def test_every_macro_is_shown_in_the_gallery_or_by_another_macro() -> None:
    shown = " ".join(path.read_text() for path in [*HERE.glob("*.*"), *TEMPLATES.rglob("*.jinja")])
    missing = [
        name
        for name in public_macros()
        if not re.search(rf"(?:kit\.|[{{ ]){name}\(", shown.replace(f"macro {name}(", ""))
    ]
    assert missing == []


def test_no_two_macros_have_one_name() -> None:
    names = [
        name
        for place in MACROS
        for name in re.findall(r"{% macro (\w+)\(", (TEMPLATES / place).read_text())
        if not name.startswith("_")
    ]
    assert len(names) == len(set(names)) > 40


def test_every_macro_is_in_the_reference() -> None:
    page = (Path(__file__).parents[4] / "docs/reference/design-kit.md").read_text()
    assert [name for name in public_macros() if f"`{name}" not in page] == []


def test_only_a_verdict_has_an_octagon() -> None:
    users = [
        path.name for path in WEB.rglob("*.jinja") if re.search(r"octagon\(", path.read_text())
    ]
    assert sorted(users) == ["blocks.jinja", "marks.jinja"]
    assert len(re.findall(r"kit\.octagon\(", (TEMPLATES / "kit/blocks.jinja").read_text())) == 3


@pytest.mark.parametrize(
    ("kind", "word"),
    [("breach", "BREACH"), ("cannot_tell", "CANNOT TELL"), ("not_breach", "NOT A BREACH")],
)
def test_a_verdict_is_one_word_and_its_octagon(kit: Kit, kind: str, word: str) -> None:
    drawn = kit.verdict(kind, ["He is inside."], orders_held=2)
    assert f">{word}</h1>" in drawn
    assert drawn.count("<svg") == 1


def test_a_verdict_of_another_kind_cannot_be_drawn(kit: Kit) -> None:
    with pytest.raises(Exception, match="safe"):
        kit.verdict("safe")


@pytest.mark.parametrize(("orders", "said"), [(1, "the 1 order held"), (2, "the 2 orders held")])
def test_not_a_breach_never_says_that_she_is_safe(kit: Kit, orders: int, said: str) -> None:
    drawn = kit.verdict("not_breach", [], orders_held=orders)
    assert said in drawn
    assert "It does not mean that she is safe." in drawn
    assert "safe" not in kit.verdict("breach")


def test_no_order_held_is_never_said_shorter(kit: Kit) -> None:
    drawn = kit.no_order("02:58")
    assert "No order held in this register as of 02:58." in drawn
    assert "This is not proof there is no order." in drawn


def test_no_match_has_its_words(kit: Kit) -> None:
    drawn = kit.no_match("02:58")
    assert "No match in this register as of 02:58." in drawn
    assert "This is not proof there is no order." in drawn


def test_proposed_is_said_dashed_and_hatched_and_never_a_control(kit: Kit) -> None:
    drawn = (
        jinja()
        .from_string("{% call kit.proposed('Recommendation 1') %}A crime.{% endcall %}")
        .render()
    )
    assert "PROPOSED: Recommendation 1. Not law on any day." in drawn
    assert "v-proposed__hatch" in drawn
    assert not re.search("<a |<button|<input", drawn + kit.proposed_tag("Recommendation 3"))


@pytest.mark.parametrize("state", ["late", "today", "later"])
def test_a_clock_never_stands_without_words(kit: Kit, state: str) -> None:
    drawn = kit.duty_state(state, "In 9 days")
    assert "In 9 days" in drawn
    assert 'aria-hidden="true"' in drawn


def test_the_three_clocks_and_the_three_squares_are_three_shapes(kit: Kit) -> None:
    assert len({str(kit.clock(state)) for state in ("late", "today", "later")}) == 3
    assert len({str(kit.order_state(state, "-")) for state in ("served", "made", "none")}) == 3


def test_a_cell_says_its_column_on_a_phone(kit: Kit) -> None:
    drawn = kit.table(
        "Reports",
        ["No.", "Date", {"label": "Who", "is_bare": True}, {"label": "Bits", "is_number": True}],
        [["17", "6 July 2026", "4, Exmere", "+9.8"], {"note": "Not firm from here"}],
    )
    assert '<th scope="row" class="govuk-table__header">17</th>' in drawn
    assert 'data-label="Date">6 July 2026' in drawn
    assert 'data-label="Who"' not in drawn
    assert 'v-number" data-label="Bits">+9.8' in drawn
    assert '<td colspan="4">Not firm from here</td>' in drawn


def test_a_cell_is_escaped_unless_a_macro_made_it(kit: Kit) -> None:
    drawn = kit.table("T", ["A", "B"], [["<i>x</i>", kit.tag("Read")]])
    assert "&lt;i&gt;x&lt;/i&gt;" in drawn
    assert '<span class="v-boxed">Read</span>' in drawn


def test_a_button_is_a_button_or_a_link_and_says_about_whom(kit: Kit) -> None:
    assert kit.button("Save").startswith('<button class="govuk-button" type="submit"')
    link = kit.button("Read it", "/x", about="OSTRELAKE, Rhys")
    assert link.startswith("<a ")
    assert 'visually-hidden">: OSTRELAKE, Rhys</span>' in link


def test_pages_are_not_offered_where_there_are_none(kit: Kit) -> None:
    assert str(kit.pagination("More")).strip() == ""


def test_an_error_summary_links_each_fault_to_a_box_that_is_there(kit: Kit) -> None:
    sent = Everything({"made_on-day": "31"})
    drawn = "".join(str(kit.field(bound)) for bound in sent)
    targets = re.findall(r'href="#([^"]+)"', kit.error_summary(sent))
    assert len(targets) == 10
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{target}"', drawn), target


def test_no_fault_no_summary(kit: Kit) -> None:
    assert str(kit.error_summary(Everything())).strip() == ""


def test_a_label_names_its_box_and_the_fault_describes_it(kit: Kit) -> None:
    drawn = kit.field(Everything({})["surname"])
    assert '<label class="govuk-label" for="id_surname">Surname</label>' in drawn
    assert 'aria-describedby="id_surname-hint id_surname-error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_password_never_comes_back(kit: Kit) -> None:
    drawn = kit.field(Everything({"password": "an old secret"})["password"])
    assert "an old secret" not in drawn
    assert 'type="password"' in drawn


def test_what_was_typed_comes_back_escaped(kit: Kit) -> None:
    drawn = kit.field(Everything({"surname": '"><script>'})["surname"])
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_chosen_option_stays_chosen(kit: Kit) -> None:
    sent = Everything({"decision": "not", "grounds": ["b"], "force": "10", "sure": "on"})
    assert 'value="not" checked' in kit.field(sent["decision"])
    assert 'value="b" checked' in kit.field(sent["grounds"])
    assert 'value="10" selected' in kit.field(sent["force"])
    assert 'value="on" checked' in kit.field(sent["sure"])


def test_one_question_a_page_is_the_heading_of_the_page(kit: Kit) -> None:
    drawn = kit.field(Everything()["made_on"], is_page_heading=True)
    assert '<h1 class="v-label--page">When was it made?</h1>' in drawn


def test_a_hidden_field_draws_no_label(kit: Kit) -> None:
    assert str(kit.field(Everything()["hidden"])).startswith('<input type="hidden"')


def test_a_form_with_a_file_says_so(kit: Kit) -> None:
    drawn = (
        jinja()
        .from_string("{% call kit.form(csrf, has_file=true) %}x{% endcall %}")
        .render(csrf=Markup('<input name="token">'))
    )
    assert 'enctype="multipart/form-data"' in drawn
    assert '<input name="token">' in drawn


@pytest.mark.parametrize(("value", "look"), [(9.8, "v-for"), (-5.1, "v-against"), (99.0, "v-for")])
def test_a_bar_of_bits_goes_its_way_and_stays_in_the_picture(
    kit: Kit, value: float, look: str
) -> None:
    drawn = kit.bits_bar(value)
    assert look in drawn
    (start,) = re.findall(r' x="([\d.]+)"', drawn)
    (width,) = re.findall(r' width="([\d.]+)" height="12"', drawn)
    assert 2 <= float(start) <= 62
    assert 0 < float(width) <= 60


def test_the_range_of_a_rank_lies_where_the_figures_say(kit: Kit) -> None:
    drawn = kit.rank_strip(1, 1, 11, 11, "1 to 11")
    assert 'cx="8.0"' in drawn
    assert 'x="8.0" y="7" width="134.0"' in drawn
    assert "v-spread" not in kit.rank_strip(2, 2, 2, 11, "2, firm")
    assert 'cx="8.0"' in kit.rank_strip(1, 1, 1, 1, "the only one")


def test_progress_says_in_words_what_the_bar_shows(kit: Kit) -> None:
    drawn = kit.progress(42100, 120000, "42,100 of 120,000 rows")
    assert 'value="42100" max="120000"' in drawn
    assert drawn.count("42,100 of 120,000 rows") == 2
    assert 'role="status"' in drawn


def test_the_reason_is_said_to_be_missing(kit: Kit) -> None:
    drawn = kit.reason_bar("", "/why")
    assert "no reason given yet" in drawn
    assert "Give<" in drawn
    assert "Change<" in kit.reason_bar("incident 0212", "/why")


def test_a_field_of_an_unusual_form_prefix_keeps_its_ids(kit: Kit) -> None:
    class Small(forms.Form):
        on = forms.CharField()

    assert 'id="id_a-on"' in kit.field(Small(prefix="a")["on"])


@pytest.mark.parametrize("stand_in", ["Protected person 1", "protected place 12"])
def test_a_stand_in_in_a_sentence_gets_its_bar(stand_in: str) -> None:
    drawn = masked(f"<i>Not near</i> {stand_in}, ever")
    assert drawn == (f'&lt;i&gt;Not near&lt;/i&gt; <span class="v-mask">{stand_in}</span>, ever')


def test_what_a_macro_drew_is_not_masked_twice(kit: Kit) -> None:
    once = kit.mask("Protected person 1")
    assert masked(once) == once


def test_a_clause_and_a_verdict_draw_the_bars_themselves(kit: Kit) -> None:
    bar = '<span class="v-mask">Protected person 1</span>'
    assert bar in kit.clause("Clause 1", "Not contact Protected person 1.")
    assert bar in kit.verdict("breach", ["He is with Protected person 1."])
    assert bar in kit.facts([("Who", "Protected person 1")])

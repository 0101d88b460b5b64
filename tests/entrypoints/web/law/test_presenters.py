"""The page of one order: today beside the proposals, never mixed, and the line of its times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from vigil.entrypoints.web.kit import formats
from vigil.entrypoints.web.law.asked import Asked
from vigil.entrypoints.web.law.presenters import Row, _source, instrument_page, list_page
from vigil.entrypoints.web.law.rail import WIDTH, rail
from vigil.law.errors import UnknownInstrumentError
from vigil.law.facts import Regime
from vigil.law.plain.account import account, codes

TODAY = date(2026, 11, 23)
ASKED = Asked(TODAY, None, "")


def row(code: str, question: str, asked: Asked = ASKED) -> Row:
    return next(row for row in instrument_page(code, asked).rows if row.question == question)


def told(row: Row, column: str) -> str:
    return " ".join(words for line in getattr(row, column) for words in line.sentences)


def test_todays_law_and_the_proposal_stand_beside_each_other() -> None:
    found = row("DVPO", "What is a breach?")

    assert told(found, "today").startswith("Not a crime. It is contempt of court")
    assert told(found, "proposed").startswith("A crime or contempt of court")
    assert found.is_bold


@pytest.mark.parametrize("code", codes(Regime.IN_FORCE))
def test_no_line_of_todays_column_is_proposed_and_each_has_its_source(code: str) -> None:
    for on in (date(2012, 1, 2), date(2024, 12, 2), TODAY):
        for each in instrument_page(code, replace(ASKED, on=on)).rows:
            assert [line for line in each.today if line.source.proposed] == []
            for line in each.today:
                assert line.source.provisions
                assert line.source.sure
            if each.proposed:
                assert any(line.source.proposed for line in each.proposed)


def test_what_is_unsettled_is_never_bold() -> None:
    assert row("STALK_PO", "May police arrest?").is_bold
    assert not row("STALK_PO", "May police arrest?", replace(ASKED, nation="S")).is_bold


def test_what_stays_as_it_is_is_not_said_twice() -> None:
    follows = row("DVPO", "What can follow?")

    assert "£5,000" in told(follows, "today")
    assert "£5,000" not in told(follows, "proposed")
    assert follows.is_rest_as_today


def test_an_order_that_no_proposal_touches_has_no_second_column() -> None:
    found = instrument_page("VOO", ASKED)

    assert found.recommendations == ""
    assert all(each.proposed == () for each in found.rows)
    assert found.rail is not None
    assert found.rail.proposed_x is None


def test_a_proposed_order_has_the_second_column_only() -> None:
    found = instrument_page("SERIAL_PO", ASKED)

    assert found.is_only_proposed
    assert found.recommendations == "Recommendation 4"
    assert all(each.today == () for each in found.rows)
    assert all(line.source.proposed for each in found.rows for line in each.proposed)
    assert found.rail is None
    assert found.key == ()


def test_a_proposal_is_cited_by_its_tag_and_the_law_that_it_uses_by_its_act() -> None:
    follows = row("DVPO", "What can follow?").proposed[0].source

    assert follows.proposed == "Recommendation 1. Chosen by this project"
    assert all("Paladin" not in act for act, _ in follows.provisions)
    assert follows.provisions


def test_a_note_that_stands_under_many_sentences_is_read_once() -> None:
    notes = [
        note
        for each in instrument_page("SERIAL_PO", ASKED).rows
        for line in each.proposed
        for note in line.notes
    ]

    assert len(notes) == len(set(notes))
    assert notes


def test_sentences_of_one_source_share_it() -> None:
    lines = row("DAPO", "Is it in force?", Asked(date(2024, 12, 2), None, "Croydon")).today

    assert [len(line.sentences) for line in lines] == [2]
    assert "It could be made in Croydon on 2 December 2024." in lines[0].sentences


def test_an_unsettled_value_has_the_heavy_mark_and_is_explained() -> None:
    found = instrument_page("DAPO", ASKED)

    assert found.rows[0].today[0].source.look == "heavy"
    assert ("Unsettled", "heavy", "a lawyer must say: never rely on it") in found.key


def test_a_check_of_another_day_is_said_beside_its_provision() -> None:
    sentences = account("VOO", TODAY).sections[0].sentences
    own = sentences[0].checked_on

    assert _source(sentences[0], own).checked == ""
    assert _source(sentences[0], own - timedelta(days=1)).checked == formats.day(own)


def test_an_order_that_is_nothing_here_has_no_rows_and_no_line() -> None:
    found = instrument_page("DVPO", replace(ASKED, nation="S"))

    assert (found.rows, found.rail, found.checked) == ((), None, "")
    assert not found.is_law


def test_the_nation_that_is_shown_is_the_current_one() -> None:
    assert [
        nation["label"] for nation in instrument_page("S_NHO_CIV", ASKED).nations
        if nation["is_current"]
    ] == ["Scotland"]  # fmt: skip


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownInstrumentError):
        instrument_page("NOPE", ASKED)


def test_the_line_has_its_pilot_the_rest_and_the_chosen_day() -> None:
    found = rail(account("DVPO", TODAY), is_proposed=True)

    assert found is not None
    assert [bar.is_pilot for bar in found.bars] == [True, False]
    assert found.bars[0].x < found.bars[1].x < found.chosen_x < WIDTH
    assert found.proposed_x is not None
    assert found.chosen_x < found.proposed_x
    assert found.words == (
        "30 June 2011 to 7 March 2014: pilot, 3 areas",
        "8 March 2014 on: all of England and Wales",
    )


def test_a_chosen_day_before_the_first_stands_left_of_the_line() -> None:
    found = rail(account("STALK_PO", date(2010, 1, 1)), is_proposed=False)

    assert found is not None
    assert found.chosen_x < found.bars[0].x


def test_an_order_that_ended_has_an_end() -> None:
    found = rail(account("ROSHO", TODAY), is_proposed=False)

    assert found is not None
    assert found.bars[-1].x + found.bars[-1].width < found.chosen_x
    assert found.words[-1].endswith("7 March 2015: all of England and Wales")


def test_the_list_names_every_order_with_three_states() -> None:
    found = list_page(ASKED)
    orders = {code: states for code, _, states in found.orders}

    assert orders["DAPO"] == ("Pilot areas only", "Binds here too", "Binds here too")
    assert orders["S_DAPO"] == ("", "Never in force", "")
    assert [code for code, _ in found.proposed] == ["SERIAL_PO", "RISK_OF_HARM_O"]
    assert {"SOA_PART_2", "DETENTION"} <= {code for code, _ in found.frameworks}
    listed = {*orders, *(c for c, _ in found.frameworks), *(c for c, _ in found.proposed)}
    assert listed == set(codes(Regime.PALADIN))

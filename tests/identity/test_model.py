"""The dated model: in Splink's own format, reasons beside its thresholds, one arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.identity.support import HOME, identified, read, row
from vigil.identity.engine.model import latest_model, read_model
from vigil.identity.engine.models import draft
from vigil.identity.engine.scoring import score_sql
from vigil.identity.errors import ModelError


def test_the_newest_model_is_what_the_draft_writes() -> None:
    assert latest_model().read_text(encoding="utf-8") == draft.written(draft.model())


def test_splink_reads_the_model_as_it_is() -> None:
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI()
    rows = [{"row": 1, **dict.fromkeys(("surname", "forename"))}]
    linker = Linker(api.register(rows), str(latest_model()), validate_settings=False)
    assert len(linker._settings_obj.comparisons) == 12


def test_every_threshold_has_a_reason_and_a_date() -> None:
    for name, stated in read_model().thresholds.stated.items():
        assert len(stated["reason"]) > 30, name
        assert stated["on"].startswith("20"), name


def test_joining_asks_for_more_than_staying_and_staying_for_more_than_a_look() -> None:
    found = read_model().thresholds
    assert found.join > found.stay > found.review


@pytest.mark.parametrize(
    ("rows", "prior"),
    [(0, 3.5e-5), (1, 3.5e-5), (40_000, 3.5e-5), (1_000_000, 1.4e-6)],
)
def test_a_short_feed_does_not_make_a_match_likelier(rows: int, prior: float) -> None:
    assert read_model().thresholds.prior(rows) == pytest.approx(prior)


def test_the_weights_of_the_two_scorers_are_one() -> None:
    rows = [
        row(forename="Terence", surname="Ashgrove", born_on="1984-03-09", pnc="79/163001B", **HOME),
        row(forename="Terry", surname="Ashgrov", born_on="1984-09-03", phone="07700900123", **HOME),
        row(forename="Darren", surname="Ashgrove", born_on="1984-03-09", sex="M", **HOME),
        row(forename="Ashgrove", surname="Terence", born_on="1984", pnc="79/163001C"),
        row(surname="Ashgrove", middle="J", email="terry@mail.example", postcode="QX4 7AB"),
        row(forename="Terence", surname="Ashgrove-Tarrant", vehicle="AB12 CDE", handles="tel99"),
    ]
    with identified(rows, is_explained=True, keeps_all_pairs=True) as found:
        splink = read(found.links())
        model = read_model()
        ours = found._connection.sql(
            score_sql(model, found.prior, pairs="pairs")
            + " ORDER BY match_weight DESC, row_l, row_r"
        )
        assert len(splink) >= 6
        for theirs, mine in zip(splink, ours.to_arrow_table().to_pylist(), strict=True):
            assert theirs.keys() == mine.keys()
            for name, value in theirs.items():
                assert mine[name] == pytest.approx(value, abs=0.01), name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="no JSON"),
        pytest.param("[]", id="a list"),
        pytest.param('{"comparisons": [{"output_column_name": "x"}]}', id="no levels"),
        pytest.param(
            '{"comparisons": [{"output_column_name": "x; drop", "comparison_levels": []}]}',
            id="a name that is SQL",
        ),
        pytest.param(
            '{"comparisons": [{"output_column_name": "x",'
            ' "comparison_levels": [{"sql_condition": "ELSE"}]}]}',
            id="untrained",
        ),
    ],
)
def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="expected a model in Splink's format"):
        read_model(path)


def test_a_missing_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="none of that name"):
        read_model(tmp_path / "none.json")


def test_a_threshold_that_is_missing_is_named_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps(draft.model()))
    (tmp_path / "m.thresholds.toml").write_text("[join]\nbits = 6.0\n")
    with pytest.raises(ModelError, match="a threshold named stay"):
        read_model(tmp_path / "m.json")

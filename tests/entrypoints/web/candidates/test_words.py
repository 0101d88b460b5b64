"""The list in finished words, and its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.entrypoints.web.people.record import ANALYST
from tests.register.people import put_person
from vigil.access.viewer import Role, Viewer
from vigil.entrypoints.web.candidates import presenters
from vigil.entrypoints.web.candidates.reading import law_words
from vigil.register.actions import put_up_candidates
from vigil.register.queries import CandidateShown
from vigil.register.rules import Part

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ONE = CandidateShown(
    person="P-1", place="=9", rank=9, score=6.5, recency=9.0, frequency=6.0, gravity=6.0,
    victims_part=6.25,
    parts=(
        Part("recency", 9.0, 2.0, 10, "days since the last report", "last report 10 days ago"),
        Part("victims", 6.25, 3.0, 2, "different victims", "2 different victims"),
    ),
    because=("3 domestic abuse reports since 2023-11-23 against 2 victims.",),
    reports=3, victims=2, forces=1, first_on=None, last_on=None, outcome="", decided_at=None,
    review_on=None, is_registered=False, is_waiting=True,
)  # fmt: skip


def test_a_row_says_place_reasons_and_parts() -> None:
    row = presenters.row(ONE, "CRAND, Toby", "Born 14 June 1987 (39)")
    assert (row.place, row.score) == ("=9", "score 6.50")
    assert row.note == "Born 14 June 1987 (39). 2 victims, 3 reports in 1 force"
    assert row.why == [
        "3 domestic abuse reports since 23 November 2023 against 2 victims.",
        "Last report 10 days ago; 2 different victims.",
    ]
    assert row.bars == [("R", "recency", 9.0), ("V", "victims", 6.2)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "None yet"),
        (
            {"outcome": "decline", "decided_at": NOON, "is_waiting": False},
            "Decided not to register on 23 November 2026",
        ),
        (
            {"outcome": "decline", "decided_at": NOON},
            "Decided not to register on 23 November 2026. New since: decide again",
        ),
        (
            {"outcome": "defer", "decided_at": NOON, "review_on": date(2027, 3, 1)},
            "Deferred on 23 November 2026, until 1 March 2027",
        ),
    ],
    ids=["nobody decided", "declined", "declined, and a new report", "deferred"],
)
def test_what_was_decided_last(change: dict[str, object], words: str) -> None:
    assert presenters.decision_words(replace(ONE, **change)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "show"),
    [
        ({}, "waiting"),
        ({"is_waiting": False}, "decided"),
        ({"is_waiting": False, "is_registered": True}, "registered"),
    ],
)
def test_each_candidate_stands_in_one_part_of_the_list(change: dict[str, bool], show: str) -> None:
    one = replace(ONE, **change)  # type: ignore[arg-type]
    assert [s.key for s in presenters.SHOWS if presenters.belongs(one, s.key)] == [show]


def test_what_a_registration_is_comes_from_the_law_in_force() -> None:
    law, source, proposed = law_words(date(2026, 11, 23))
    assert "police record" in law
    assert "puts no duty on him" in law
    assert source
    assert "would put duties on him" in proposed


def test_ties_share_a_place_and_the_list_has_pages(
    administrator: Viewer, desk: Callable[..., Client], at: datetime
) -> None:
    for number in range(11):
        name = {"suspect_surname": f"Crand{number:02}", "suspect_forename": "Toby"}
        put_person(f"P-{number:06}", name, name)
    put_up_candidates(by=ANALYST, at=at)
    client = desk(Role.ANALYST)
    first = client.get("/candidates/").content.decode()
    assert first.count("=1</span>") == 10
    assert "CRAND09" in first
    assert "CRAND10" not in first
    assert "11 to 11 of 11" in first
    second = client.get("/candidates/?show=waiting&amp;page=2".replace("&amp;", "&"))
    assert "CRAND10" in second.content.decode()
    assert "1 to 10 of 11" in second.content.decode()

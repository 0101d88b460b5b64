"""Candidates are put up by the agency's definition, whole lists at a time; nobody is registered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from tests.register.people import put_person
from vigil.access.errors import NotAllowedError
from vigil.access.models import Agency
from vigil.access.viewer import Role, Viewer, worker_for
from vigil.ledger.models import Entry, Target
from vigil.register import queries
from vigil.register.actions import (
    begin_selection,
    finish_selection,
    put_up_candidates,
    selecting,
    write_candidates,
)
from vigil.register.errors import RegisterError, WeightsError
from vigil.register.models import Candidate, Decision, Registration, Selection
from vigil.register.weights import invented_weights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agencies")]
Make = Callable[..., Viewer]


def test_those_with_two_victims_are_put_up_ranked_with_reasons(
    analyst: Viewer, at: datetime
) -> None:
    put_person("P-1", {}, {})
    put_person("P-2", {}, {}, {"category": "strangulation"})
    put_person("P-3", {"victim": 9}, {"victim": 9})
    done = put_up_candidates(by=analyst, at=at)
    assert (done.agency, done.definition, done.on) == (
        "10",
        "northumbria_matac",
        date(2026, 11, 23),
    )
    shown = queries.candidates(analyst, at)
    assert [(one.person, one.place) for one in shown] == [("P-2", "1"), ("P-1", "2")]
    assert shown[0].because[0].startswith("3 domestic abuse reports since 2023-11-23 against 3")
    assert [part.name for part in shown[0].parts] == ["recency", "frequency", "gravity", "victims"]
    assert shown[0].parts[2].ground == "gravest category: strangulation (1 of 3 reports)"


def test_equals_are_shown_with_one_rank(analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {}, {})
    put_person("P-2", {}, {})
    put_up_candidates(by=analyst, at=at)
    assert [one.place for one in queries.candidates(analyst, at)] == ["=1", "=1"]


def test_the_agencys_own_definition_decides_who_is_a_candidate(
    analyst: Viewer, at: datetime
) -> None:
    put_person("P-1", {"occurred_on": "2019-01-07"}, {})
    assert put_up_candidates(by=analyst, at=at).candidates == 0
    Agency.objects.filter(code="10").update(definition="acpo_2009")
    assert put_up_candidates(by=analyst, at=at).candidates == 1


def test_an_agency_puts_up_those_on_whom_it_has_a_report_and_counts_every_force(
    analyst: Viewer, at: datetime
) -> None:
    put_person("P-1", {}, {"reference": "11/X"})
    put_person("P-2", {"reference": "11/Y"}, {"reference": "11/Z"})
    put_up_candidates(by=analyst, at=at)
    (one,) = queries.candidates(analyst, at)
    assert (one.person, one.reports, one.victims, one.forces) == ("P-1", 2, 2, 2)


def test_the_worker_may_put_up_and_registers_nobody(at: datetime) -> None:
    put_person("P-1", {}, {})
    assert put_up_candidates(by=worker_for("10"), at=at).candidates == 1
    assert not Decision.objects.exists()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.ADVOCATE, Role.AUDITOR])
def test_a_stranger_may_not_put_up_and_nothing_is_written(
    viewer_factory: Make, at: datetime, role: Role
) -> None:
    put_person("P-1", {}, {})
    charlie = viewer_factory(role, username="charlie")
    with pytest.raises(NotAllowedError):
        put_up_candidates(by=charlie, at=at)
    for act in (
        lambda: begin_selection(
            by=charlie, at=at, definition="acpo_2009", on=at.date(), weights=invented_weights()
        ),
        lambda: write_candidates(
            by=charlie, at=at, selection=1, ranked=[], found={}, weights=invented_weights()
        ),
        lambda: finish_selection(by=charlie, at=at, selection=1),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert not Selection.objects.exists()
    assert not Entry.objects.exists()


def test_a_new_list_supersedes_the_old_one_and_keeps_it(analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {}, {})
    put_up_candidates(by=analyst, at=at)
    put_person("P-2", {}, {})
    put_up_candidates(by=analyst, at=at)
    assert len(queries.candidates(analyst, at)) == 2
    assert Candidate.objects.count() == 3
    assert Selection.objects.filter(superseded_at=None).count() == 1


def test_a_run_that_is_killed_half_way_is_never_shown(
    analyst: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_person("P-1", {}, {})
    put_up_candidates(by=analyst, at=at)
    put_person("P-2", {}, {})

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(selecting, "CHUNK", 1)
    with pytest.raises(KeyboardInterrupt):
        put_up_candidates(by=analyst, at=at, progress=killed)
    assert [one.person for one in queries.candidates(analyst, at)] == ["P-1"]
    put_up_candidates(by=analyst, at=at)
    assert len(queries.candidates(analyst, at)) == 2


def test_each_chunk_has_an_entry_that_names_its_people_and_progress_is_told(
    analyst: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put_person(f"P-{number}", {}, {})
    monkeypatch.setattr(selecting, "CHUNK", 2)
    told: list[int] = []
    put_up_candidates(by=analyst, at=at, progress=told.append)
    assert told == [2, 3]
    assert list(Entry.objects.order_by("pk").values_list("did", flat=True)) == [
        "register.begin_selection",
        "register.write_candidates",
        "register.write_candidates",
        "register.finish_selection",
    ]
    assert Target.objects.filter(reference__startswith="P-").count() == 3


def test_an_agency_whose_table_cannot_rank_gets_no_list(analyst: Viewer, at: datetime) -> None:
    Agency.objects.filter(code="10").update(weights={"weights": {}})
    with pytest.raises(WeightsError):
        put_up_candidates(by=analyst, at=at)
    assert not Selection.objects.exists()


def test_the_invented_table_says_so_beside_the_list(analyst: Viewer, at: datetime) -> None:
    assert queries.selection(analyst) is None
    put_up_candidates(by=analyst, at=at)
    shown = queries.selection(analyst)
    assert shown is not None
    assert shown.weights_are_invented
    assert (shown.candidates, shown.on, shown.finished_at) == (0, date(2026, 11, 23), at)


def test_a_finished_list_takes_no_more_candidates(analyst: Viewer, at: datetime) -> None:
    done = put_up_candidates(by=analyst, at=at)
    with pytest.raises(RegisterError, match="not finished"):
        write_candidates(
            by=analyst,
            at=at,
            selection=done.selection,
            ranked=[],
            found={},
            weights=invented_weights(),
        )


def test_another_agencys_list_cannot_be_finished(
    analyst: Viewer, viewer_factory: Make, at: datetime
) -> None:
    begun = begin_selection(
        by=analyst, at=at, definition="acpo_2009", on=at.date(), weights=invented_weights()
    )
    with pytest.raises(RegisterError, match="of your agency"):
        finish_selection(
            by=viewer_factory(Role.ANALYST, username="dora", agency="11"), at=at, selection=begun
        )


def test_the_database_holds_one_live_list_an_agency(analyst: Viewer, at: datetime) -> None:
    put_up_candidates(by=analyst, at=at)
    row = Selection.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.agency_id = "11"
    row.save()


def test_the_database_holds_a_person_once_in_a_list(analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {}, {})
    put_up_candidates(by=analyst, at=at)
    row = Candidate.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_what_was_never_shown_cannot_be_superseded(analyst: Viewer, at: datetime) -> None:
    begun = begin_selection(
        by=analyst, at=at, definition="acpo_2009", on=at.date(), weights=invented_weights()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Selection.objects.filter(pk=begun).update(superseded_at=at)


def test_the_lords_definition_finds_a_man_with_two_convictions_and_one_victim(
    analyst: Viewer, at: datetime
) -> None:
    Agency.objects.filter(code="10").update(definition="lords_42_2021")
    put_person("P-1", {"basis": "conviction", "victim": None}, {"basis": "conviction"})
    put_person("P-2", {}, {})
    put_up_candidates(by=analyst, at=at)
    assert [(one.person, one.victims) for one in queries.candidates(analyst, at)] == [("P-1", 1)]


def test_recency_counts_from_the_day_of_the_report(analyst: Viewer, at: datetime) -> None:
    put_person("P-1", {"occurred_on": "2025-01-06"}, {"occurred_on": None})
    put_up_candidates(by=analyst, at=at)
    (one,) = queries.candidates(analyst, at)
    assert (one.first_on, one.last_on) == (date(2026, 3, 2), date(2026, 3, 2))
    assert one.parts[0].ground == "last report 266 days ago"

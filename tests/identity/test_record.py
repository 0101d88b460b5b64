"""People of the record: references that survive, judgements that win, evidence that is told."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.identity.support import HOME, Row, row
from vigil.access.errors import NotAllowedError, NotFoundError, NotInSightError
from vigil.access.look import look
from vigil.access.viewer import Role, Viewer
from vigil.identity import queries
from vigil.identity.actions import Recorded, identify_record, judge, start_run, withdraw_judgement
from vigil.identity.errors import JudgementError
from vigil.identity.models import Attribution, Judgement, Link, Person, Run, SearchKey
from vigil.incidents.actions import load_feed
from vigil.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

TERRY = {"forename": "Terence", "surname": "Ashgrove", "born_on": "1984-03-09", **HOME}
GULZAR = {"forename": "Gulzar", "surname": "Menderwick", "born_on": "1991-12-02"}
Identify = Callable[..., Recorded]


@pytest.fixture
def analyst(viewer_factory: Callable[..., Viewer]) -> Viewer:
    return viewer_factory(Role.ANALYST, agency="44")


@pytest.fixture
def identify_rows(analyst: Viewer, at: datetime, tmp_path: Path) -> Identify:
    """Loads the rows as one feed and identifies the whole record."""
    loaded = 0

    def identify(rows: Sequence[Row] = ()) -> Recorded:
        nonlocal loaded
        if rows:
            loaded += 1
            path = tmp_path / f"feed{loaded}.csv"
            names = sorted({name for one in rows for name in one})
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, names)
                writer.writeheader()
                writer.writerows(rows)
            load_feed(by=analyst, at=at, path=path)
        return identify_record(by=analyst, at=at, spill=tmp_path / "spill")

    return identify


def report(report_id: str, *, force: str = "44", day: str = "2026-01-05", **known: str) -> Row:
    return row(**known) | {"report_id": report_id, "force": force, "reported_on": day}


def person_of(report_id: str, force: str = "44") -> str:
    return queries.person_of_report(f"{force}/{report_id}")


def test_reports_become_people_with_references(identify_rows: Identify) -> None:
    done = identify_rows(
        [report("a", **TERRY), report("b", force="10", **TERRY), report("c", **GULZAR)]
    )
    assert (done.reports, done.people, done.new_people, done.changed) == (3, 2, 2, 3)
    assert person_of("a") == person_of("b", "10") != person_of("c")
    assert person_of("a").startswith("P-")
    assert Run.objects.get().finished_at is not None


def test_an_empty_record_has_no_people(identify_rows: Identify) -> None:
    assert identify_rows().people == 0


def test_running_again_changes_nothing(identify_rows: Identify) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY), report("c", **GULZAR)])
    before = list(Attribution.objects.order_by("pk").values("report_reference", "person_id"))
    keys = SearchKey.objects.count()
    again = identify_rows()
    assert (again.new_people, again.changed) == (0, 0)
    assert before == list(
        Attribution.objects.order_by("pk").values("report_reference", "person_id")
    )
    assert SearchKey.objects.count() == keys
    assert set(Link.objects.values_list("run__reference", flat=True)) == {again.run}


def test_a_new_report_joins_the_person_who_is_there(identify_rows: Identify) -> None:
    identify_rows([report("a", **TERRY)])
    before = person_of("a")
    done = identify_rows([report("b", force="10", **TERRY)])
    assert (done.new_people, done.changed) == (0, 1)
    assert person_of("b", "10") == person_of("a") == before


def test_a_changed_report_moves_to_the_other_person(identify_rows: Identify) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY), report("c", **GULZAR)])
    terry, gulzar = person_of("a"), person_of("c")
    done = identify_rows([report("b", **GULZAR)])
    assert (done.new_people, done.changed) == (0, 1)
    assert (person_of("a"), person_of("b")) == (terry, gulzar)


def test_when_two_become_one_the_smaller_points_to_the_larger(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", **GULZAR), report("c", **GULZAR)])
    terry, gulzar = person_of("a"), person_of("c")
    judge(by=analyst, at=at, left="44/a", right="44/c", verdict="same", why="prints taken")
    identify_rows()
    assert {person_of(name) for name in "abc"} == {gulzar}
    assert queries.current_reference(terry) == gulzar
    assert Person.objects.count() == 2


def test_when_one_becomes_two_the_larger_part_keeps_the_reference(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report(name, **TERRY) for name in "abc"])
    before = person_of("a")
    judge(by=analyst, at=at, left="44/c", right="44/a", verdict="not_same", why="he was in custody")
    judge(by=analyst, at=at, left="44/c", right="44/b", verdict="not_same", why="he was in custody")
    identify_rows()
    assert person_of("a") == person_of("b") == before
    assert person_of("c") != before


def test_a_judgement_taken_back_gives_the_old_reference_back(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", **GULZAR), report("c", **GULZAR)])
    terry, gulzar = person_of("a"), person_of("c")
    said = judge(by=analyst, at=at, left="44/a", right="44/c", verdict="same", why="prints taken")
    identify_rows()
    withdraw_judgement(by=analyst, at=at, judgement=said, why="another man's prints")
    identify_rows()
    # No reference is reused: the part that left is a new person, the old pointer stays.
    assert person_of("c") == gulzar
    assert person_of("a") not in {terry, gulzar}
    row = Judgement.objects.get()
    assert (row.withdrawn_by, row.withdrawn_why) == ("alice", "another man's prints")


def test_unsure_changes_nothing(identify_rows: Identify, analyst: Viewer, at: datetime) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY)])
    judge(by=analyst, at=at, left="44/a", right="44/b", verdict="unsure", why="no second look yet")
    assert identify_rows().changed == 0


@pytest.mark.parametrize(
    ("left", "right", "verdict", "why", "sentence"),
    [
        pytest.param("44/a", "44/a", "same", "x", "two different reports", id="one report twice"),
        pytest.param("44/a", "44/b", "same", " ", "a reason", id="no reason"),
        pytest.param("44/a", "44/b", "perhaps", "x", "same, not_same or unsure", id="no verdict"),
    ],
)
def test_a_judgement_that_is_none_is_refused(
    analyst: Viewer, at: datetime, left: str, right: str, verdict: str, why: str, sentence: str
) -> None:
    with pytest.raises(JudgementError, match=sentence):
        judge(by=analyst, at=at, left=left, right=right, verdict=verdict, why=why)
    assert Entry.objects.count() == 0


def test_two_judgements_cannot_stand_on_one_pair_in_either_order(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY)])
    said = judge(by=analyst, at=at, left="44/a", right="44/b", verdict="same", why="seen")
    with pytest.raises(JudgementError, match="withdraw it first"):
        judge(by=analyst, at=at, left="44/b", right="44/a", verdict="not_same", why="seen")
    withdraw_judgement(by=analyst, at=at, judgement=said, why="wrong pair")
    with pytest.raises(JudgementError, match="withdrawn already"):
        withdraw_judgement(by=analyst, at=at, judgement=said, why="again")
    judge(by=analyst, at=at, left="44/b", right="44/a", verdict="not_same", why="seen")


def test_a_judgement_on_a_report_that_no_run_has_seen_finds_nothing(
    analyst: Viewer, at: datetime
) -> None:
    with pytest.raises(NotFoundError):
        judge(by=analyst, at=at, left="44/a", right="44/b", verdict="same", why="seen")
    with pytest.raises(NotFoundError):
        withdraw_judgement(by=analyst, at=at, judgement="J-000001", why="seen")
    with pytest.raises(JudgementError):
        withdraw_judgement(by=analyst, at=at, judgement="J-000001", why="")


def test_one_entry_for_each_committed_chunk_and_none_with_a_name(
    identify_rows: Identify,
) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY)])
    entries = Entry.objects.filter(did__startswith="identity.").order_by("pk")
    assert [entry.did for entry in entries] == [
        "identity.start_run",
        "identity.record_people",
        "identity.record_links",
        "identity.record_frequencies",
        "identity.finish_run",
    ]
    assert not any("Ashgrove" in entry.leaf.title() for entry in entries)


def test_the_stranger_may_neither_identify_nor_judge(
    viewer_factory: Callable[..., Viewer], at: datetime, tmp_path: Path
) -> None:
    for role in (Role.ADVOCATE, Role.AUDITOR, Role.RESPONSE_OFFICER):
        charlie = viewer_factory(role, username="charlie")
        with pytest.raises(NotAllowedError):
            identify_record(by=charlie, at=at, spill=tmp_path)
        with pytest.raises(NotAllowedError):
            start_run(by=charlie, at=at)
        with pytest.raises(NotAllowedError):
            judge(by=charlie, at=at, left="44/a", right="44/b", verdict="same", why="x")
        with pytest.raises(NotAllowedError):
            withdraw_judgement(by=charlie, at=at, judgement="J-000001", why="x")


def test_a_person_is_shown_as_reported_inside_a_look(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows(
        [
            report("a", **TERRY, aliases="Bob Tarrant;", victim_ref="V1"),
            report("b", day="2026-02-01", **TERRY, phone="07700 900123", victim_ref="V2"),
            report("c", force="10", day="2026-03-01", **{**TERRY, "forename": "Terry"}),
        ]
    )
    reference = person_of("a")
    with look(viewer=analyst, references=[reference], at=at) as sight:
        shown = queries.person(sight, reference)
        links = queries.links_of(sight, reference)
    assert [(one.value, one.reports) for one in shown.names] == [
        ("Terence Ashgrove", 2),
        ("Terry Ashgrove", 1),
    ]
    assert [one.value for one in shown.aliases] == ["Bob Tarrant"]
    assert shown.names[0].last_on == date(2026, 2, 1)
    assert shown.addresses[0].value == "12 Orchard Row, QX4 7AB"
    assert shown.reports == ("10/c", "44/b", "44/a")
    assert shown.victims == 2
    assert queries.reports_of(analyst, reference) == list(shown.reports)
    assert [one.weight for one in links] == sorted(one.weight for one in links)
    assert all(one.is_inside and one.other is None for one in links)
    assert links[0].bits["born"] > 10


def test_a_link_to_another_person_says_whose_it_is(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", **TERRY)])
    judge(by=analyst, at=at, left="44/a", right="44/b", verdict="not_same", why="custody")
    identify_rows()
    with look(viewer=analyst, references=[person_of("a")], at=at) as sight:
        (link,) = queries.links_of(sight, person_of("a"))
        (judged,) = queries.judgements_of(sight, person_of("a"))
    assert (link.is_inside, link.other) == (False, person_of("b"))
    assert (judged.verdict, judged.why) == ("not_same", "custody")


def test_nothing_personal_is_read_outside_a_look(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY)])
    with look(viewer=analyst, references=["P-000000"], at=at) as sight:
        for read in (queries.person, queries.links_of, queries.judgements_of):
            with pytest.raises(NotInSightError):
                read(sight, person_of("a"))


def test_a_person_who_is_not_there_is_not_found(analyst: Viewer, at: datetime) -> None:
    with (
        look(viewer=analyst, references=["P-000000"], at=at) as sight,
        pytest.raises(NotFoundError),
    ):
        queries.person(sight, "P-000000")
    with pytest.raises(NotFoundError):
        queries.current_reference("P-000000")
    with pytest.raises(NotFoundError):
        queries.person_of_report("44/none")


def test_serial_people_are_told_without_names(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    known = {"category": "stalking", "relationship": "ex_partner"}
    identify_rows(
        [
            report("a", **TERRY, victim_ref="V1", **known),
            report("b", day="2026-02-01", **TERRY, victim_ref="V2"),
            report("c", **GULZAR, victim_ref="V3"),
        ]
    )
    (him,) = queries.serial_facts(analyst)
    assert (him.person, him.reports, him.victims, him.forces) == (person_of("a"), 2, 2, 1)
    assert (him.first_on, him.last_on) == (date(2026, 1, 5), date(2026, 2, 1))
    assert him.by_category == {"stalking": 1, "": 1}
    ((reference, facts),) = list(queries.serial_reports(analyst))
    assert reference == person_of("a")
    assert [one.reference for one in facts] == ["44/a", "44/b"]
    assert facts[0].relationship == "ex_partner"
    assert facts[0].born_on == "1984-03-09"
    assert "" not in {one.victim for one in facts}
    ((_, other),) = list(queries.serial_reports(analyst, [person_of("c")]))
    assert len(other) == 1


def test_the_stranger_may_neither_list_nor_see(
    identify_rows: Identify, viewer_factory: Callable[..., Viewer], at: datetime
) -> None:
    identify_rows([report("a", **TERRY)])
    charlie = viewer_factory(Role.AUDITOR, username="charlie")
    with pytest.raises(NotAllowedError):
        queries.serial_facts(charlie)
    with pytest.raises(NotAllowedError):
        list(queries.serial_reports(charlie))
    with pytest.raises(NotAllowedError):
        queries.reports_of(charlie, person_of("a"))
    with pytest.raises(NotAllowedError):
        queries.search(charlie, queries.SearchTerms(surname="Ashgrove"), on=at.date())
    with look(viewer=charlie, references=[person_of("a")], at=at) as sight:
        for read in (queries.person, queries.links_of, queries.judgements_of):
            with pytest.raises(NotAllowedError):
                read(sight, person_of("a"))


@pytest.mark.parametrize(
    "terms",
    [
        pytest.param({"forename": "Terry", "surname": "Ashgrove"}, id="a short form"),
        pytest.param({"forename": "Ashgrove", "surname": "Terence"}, id="swapped"),
        pytest.param({"forename": "Bob", "surname": "Tarrant"}, id="an alias"),
        pytest.param({"surname": "Ashgrove"}, id="a surname alone"),
        pytest.param({"born_on": "1984-03-09"}, id="a birthday alone"),
        pytest.param({"phone": "+44 7700 900123"}, id="a phone alone"),
        pytest.param({"postcode": "qx47ab"}, id="a postcode alone"),
        pytest.param(
            {"forename": "Terense", "surname": "Ashgrov", "born_on": "1984-03-09"},
            id="misspelt, with the birthday",
        ),
        pytest.param({"pnc": "79/163001B"}, id="an identifier alone"),
        pytest.param({"handles": "@tel99"}, id="a handle alone"),
    ],
)
def test_he_is_found_first_by(
    identify_rows: Identify, viewer_factory: Callable[..., Viewer], at: datetime,
    terms: dict[str, str],
) -> None:  # fmt: skip
    identify_rows(
        [
            report(
                "a", **TERRY, aliases="Bob Tarrant", phone="07700900123", pnc="79/163001B",
                handles="tel99",
            ),
            report("b", force="10", **GULZAR),
        ]
    )  # fmt: skip
    officer = viewer_factory(Role.RESPONSE_OFFICER, agency="20")
    found = queries.search(officer, queries.SearchTerms(**terms), on=at.date())
    assert [one.person for one in found] == [person_of("a")]
    assert found[0].report == "44/a"
    assert any(bits > 0 for bits in found[0].bits.values())


def test_what_fits_better_is_first_and_the_evidence_speaks_against_too(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows(
        [report("a", **TERRY), report("b", forename="Terence", surname="Ashgrove", born_on="1958")]
    )
    terms = queries.SearchTerms(forename="Terence", surname="Ashgrove", born_on="1984-03-09")
    first, second = queries.search(analyst, terms, on=at.date())
    assert (first.person, second.person) == (person_of("a"), person_of("b"))
    assert first.weight > second.weight
    assert second.bits["born"] < 0


def test_terms_that_say_nothing_find_nobody(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", surname="Unknown")])
    for terms in (queries.SearchTerms(), queries.SearchTerms(surname="unknown", pnc="?")):
        assert queries.search(analyst, terms, on=at.date()) == []


def test_who_became_another_is_found_under_the_other_only(
    identify_rows: Identify, analyst: Viewer, at: datetime
) -> None:
    identify_rows([report("a", **TERRY), report("b", **GULZAR), report("c", **GULZAR)])
    judge(by=analyst, at=at, left="44/a", right="44/c", verdict="same", why="prints taken")
    identify_rows()
    found = queries.search(analyst, queries.SearchTerms(surname="Ashgrove"), on=at.date())
    assert [one.person for one in found] == [person_of("c")]


def test_a_run_that_was_killed_half_way_is_put_right_by_the_next(
    identify_rows: Identify, analyst: Viewer, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vigil.identity.actions import running

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(running, "record_links", killed)
        with pytest.raises(KeyboardInterrupt):
            identify_rows([report("a", **TERRY), report("b", **TERRY)])
    before = person_of("a")
    assert Run.objects.get().finished_at is None
    done = identify_rows()
    assert (done.new_people, done.changed, done.links) == (0, 0, 1)
    assert person_of("a") == before
    assert at + timedelta(0) == Run.objects.latest("pk").finished_at

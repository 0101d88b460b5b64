"""Who looked, and the page of entries: by agency, by role, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ledger.conftest import Write
from vigil.access.viewer import Role, Viewer
from vigil.ledger import actions, queries
from vigil.ledger.errors import MayNotReadError
from vigil.ledger.models import Entry
from vigil.ledger.sealing import seal

Viewers = Callable[..., Viewer]


def test_the_newest_look_comes_first_with_its_reason(write: Write, viewer_factory: Viewers) -> None:
    write(2)
    write(1, by=viewer_factory(username="bob", agency="44", because="duty D-17"))
    write(1, did="register.decide")
    [look] = queries.who_looked(viewer_factory(), "P-all")
    assert (look.by, look.agency, look.because) == ("bob", "44", "duty D-17")
    assert [x.by for x in queries.who_looked(viewer_factory(), "P-all", limit=9)] == [
        "bob",
        "alice",
        "alice",
    ]
    assert queries.who_looked(viewer_factory(), "P-nobody") == []


def test_who_looked_is_not_told_without_a_reason(viewer_factory: Viewers, db: None) -> None:
    with pytest.raises(MayNotReadError):
        queries.who_looked(viewer_factory(because=""), "P-all")


@pytest.mark.parametrize("role", Role)
def test_auditor_and_administrator_read_the_entries_and_nobody_else(
    write: Write, viewer_factory: Viewers, role: Role
) -> None:
    write(1)
    viewer = viewer_factory(role)
    if role in {Role.AUDITOR, Role.ADMINISTRATOR}:
        assert queries.can_read(viewer)
        assert len(queries.entries(viewer)) == 1
    else:
        assert not queries.can_read(viewer)
        with pytest.raises(MayNotReadError):
            queries.entries(viewer)


def test_an_auditor_reads_the_entries_of_his_own_agency(
    write: Write, viewer_factory: Viewers
) -> None:
    write(1)
    write(1, by=viewer_factory(username="bob", agency="44"))
    [line] = queries.entries(viewer_factory(Role.AUDITOR, agency="44"))
    assert (line.by, line.targets, line.place) == ("bob", ("P-1", "P-all"), None)


def test_pages_follow_each_other_without_a_gap(write: Write, viewer_factory: Viewers) -> None:
    made = write(7)
    auditor = viewer_factory(Role.AUDITOR)
    first = queries.entries(auditor, limit=3)
    second = queries.entries(auditor, before=first[-1].number, limit=3)
    third = queries.entries(auditor, before=second[-1].number, limit=3)
    numbers = [line.number for line in (*first, *second, *third)]
    assert numbers == sorted((e.pk for e in made), reverse=True)


def test_entries_about_one_reference_are_found(write: Write, viewer_factory: Viewers) -> None:
    write(3)
    [line] = queries.entries(viewer_factory(Role.AUDITOR), about="P-1")
    assert line.targets == ("P-1", "P-all")


def test_what_is_asked_often_is_asked_of_an_index(write: Write, viewer_factory: Viewers) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole, whatever their indexes")
    write(3)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.who_looked(viewer_factory(), "P-1")
        queries.entries(viewer_factory(Role.AUDITOR), about="P-1")
        Entry.objects.filter(leaf_index=None).order_by("id").count()
    assert len(captured) > 2
    for query in list(captured):
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"].replace("%", "%%"))
            plan = [str(row[3]) for row in cursor.fetchall()]
        assert not [
            step for step in plan if step.startswith("SCAN ledger_") and "INDEX" not in step
        ]


def test_the_export_is_in_the_ledger_before_it_begins(
    write: Write, viewer_factory: Viewers, at: datetime
) -> None:
    write(3)
    seal(at)
    assert actions.take_out(by=viewer_factory(Role.AUDITOR), at=at) == 3
    entry = Entry.objects.order_by("pk").last()
    assert entry is not None
    assert entry.did == "ledger.take_out"


def test_nobody_else_takes_the_ledger_out(viewer_factory: Viewers, at: datetime, db: None) -> None:
    with pytest.raises(MayNotReadError):
        actions.take_out(by=viewer_factory(Role.ANALYST), at=at)
    assert not Entry.objects.exists()

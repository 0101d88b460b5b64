"""An order that was recorded before its life had more events stands as it stood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.support.orders import agencies, officer, person
from vigil.access.look import look
from vigil.orders import queries
from vigil.orders.kinds import Status

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def to(*targets: tuple[str, str]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def newest() -> list[tuple[str, str]]:
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.fixture
def before(transactional_db: None) -> Iterator[Any]:
    agencies()
    person()
    leaves = newest()
    yield to(("orders", "0001_initial"))
    to(*leaves)


@pytest.mark.django_db(transaction=True)
def test_an_order_of_the_first_release_keeps_its_terms_and_its_last_day(before: Any) -> None:
    model = before.get_model
    order = model("orders", "Order").objects.create(
        reference="SPO-2026-0001",
        agency_id="10",
        instrument="STALK_PO",
        jurisdiction="EW",
        respondent_id=model("identity", "Person").objects.get().pk,
        made_on=date(2026, 3, 2),
        court="Exmere Magistrates' Court",
        sameness="x",
        recorded_at=NOON,
        recorded_by="alice",
    )
    common = {"order": order, "happened_at": NOON, "recorded_at": NOON, "by": "alice"}
    made = model("orders", "OrderEvent").objects.create(
        kind="made", sets_terms=True, last_day=date(2028, 3, 1), **common
    )
    model("orders", "OrderEvent").objects.create(kind="discharged", **common)
    model("orders", "Condition").objects.create(
        event=made, position=1, clause="1", text="Keep the peace.", rule={"kind": "other"}
    )
    to(*newest())
    with look(viewer=officer(), references=["SPO-2026-0001"], at=NOON) as sight:
        found = queries.order(sight, "SPO-2026-0001", at=NOON)
    assert found.standing.status is Status.DISCHARGED
    assert found.standing.last_day == date(2028, 3, 1)
    assert [clause.text for clause in found.clauses] == ["Keep the peace."]
    assert (found.made_on, found.regime, found.is_proposed) == (
        date(2026, 3, 2),
        "in_force",
        False,
    )
    assert [e.sets_last_day for e in found.events] == [True, False]

"""Two officers, or two workers, in the same moment, on whichever database: one of each counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests.support.orders import agencies, london, made, officer, person, served
from vigil.access.viewer import Role
from vigil.ledger.models import Entry
from vigil.monitoring.models import Alert, Duty, DutyEvent
from vigil.monitoring.sweep import sweep
from vigil.orders.errors import AlreadyServedError
from vigil.orders.kinds import EventKind
from vigil.orders.models import OrderEvent

AT = london(2026, 3, 2, 12)
LATE = london(2026, 3, 5)


@pytest.fixture
def orders(transactional_db: None) -> Iterator[list[str]]:
    agencies()
    numbers = range(1, 7)
    yield [made(AT, respondent=person(f"P-2026-000{n}"), made_at=AT) for n in numbers]
    connection.close()


def at_once(*tasks: Callable[[], object]) -> list[object]:
    together = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        together.wait()
        try:
            return task()
        except AlreadyServedError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_two_services_in_one_moment_one_counts_and_one_is_told(orders: list[str]) -> None:
    for order in orders:
        said = at_once(
            lambda order=order: served(order, AT),  # type: ignore[misc]
            lambda order=order: served(  # type: ignore[misc]
                order, AT, by=officer(Role.CUSTODY_SERGEANT, username="charlie")
            ),
        )
        assert [isinstance(s, AlreadyServedError) for s in said].count(True) == 1
    assert OrderEvent.objects.filter(kind=EventKind.SERVED).count() == len(orders)
    assert Entry.objects.filter(did="orders.serve").count() == len(orders)


def test_two_workers_in_one_moment_begin_lapse_and_alert_once(orders: list[str]) -> None:
    for order in orders:
        served(order, AT)
    at_once(lambda: sweep(at=LATE), lambda: sweep(at=LATE))
    sweep(at=LATE)
    assert Duty.objects.count() == len(orders)
    kinds = sorted(DutyEvent.objects.values_list("kind", flat=True))
    assert kinds == sorted(["started", "lapsed"] * len(orders))
    assert Alert.objects.count() == len(orders)
    written = Entry.objects.filter(did__startswith="monitoring.").count()
    assert written == 3 * len(orders)


def test_two_orders_made_in_one_moment_get_two_numbers(orders: list[str]) -> None:
    def make_one(number: int) -> str:
        return made(AT, respondent=f"P-2026-000{number}", made_at=AT)

    said = at_once(lambda: make_one(1), lambda: make_one(2), lambda: make_one(3))
    assert len({*said, *orders}) == len(said) + len(orders)

"""A worker that is killed loses no duty and doubles none: the next one does what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from django.db import connection

from tests.support.orders import agencies, london, officer, person
from vigil.access.viewer import Role
from vigil.monitoring import sweep as module
from vigil.monitoring.actions.telling import begin_period
from vigil.monitoring.models import Alert, Duty, DutyEvent
from vigil.monitoring.sweep import sweep

AT = london(2026, 3, 2, 12)
LATE = london(2026, 3, 5)
PEOPLE, KILLS = 24, 10
SEED = 20260302


@pytest.fixture
def world(transactional_db: None) -> Iterator[None]:
    agencies()
    for number in range(1, PEOPLE + 1):
        begin_period(
            by=officer(Role.AUTHORISING_OFFICER),
            at=AT,
            person=person(f"P-2026-{number:04}"),
            framework="SOA_PART_2",
            basis="conviction",
            disposal="imprisonment",
            months=12,
            relevant_on=date(2026, 3, 2),
            age=40,
        )
    yield
    connection.close()


def environment() -> dict[str, str]:
    """The database of this test, for a process of its own."""
    server = os.environ["VIGIL_DATABASE_URL"].rsplit("/", 1)[0]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "vigil.config.settings",
        "VIGIL_DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
    }


@pytest.mark.slow
@pytest.mark.skipif(
    "VIGIL_DATABASE_URL" not in os.environ,
    reason="the embedded database of the tests lives in their own process",
)
def test_killed_at_random_instants_nothing_is_lost_and_nothing_is_doubled(world: None) -> None:
    chance = Random(SEED)
    for _ in range(KILLS):
        worker = subprocess.Popen(
            [sys.executable, "-m", "tests.monitoring.killed", LATE.isoformat()],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.4))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    sweep(at=LATE)
    kinds = Counter(DutyEvent.objects.values_list("kind", flat=True))
    assert kinds == {"started": PEOPLE, "lapsed": PEOPLE}
    assert set(DutyEvent.objects.filter(kind="lapsed").values_list("at", flat=True)) == {LATE}
    assert Duty.objects.filter(is_open=True).count() == 0
    assert Alert.objects.count() == PEOPLE
    assert sweep(at=LATE) == {}


class KilledError(BaseException):
    """As sudden as a signal: nothing in the way catches it."""


@pytest.mark.parametrize("statements", [3, 9, 20, 40, 80])
def test_cut_off_after_so_many_statements_the_next_sweep_does_the_rest(
    world: None, monkeypatch: pytest.MonkeyPatch, statements: int
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 5)
    left = [statements]

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        left[0] -= 1
        if left[0] < 0:
            raise KilledError
        return execute(sql, params, many, context)

    with pytest.raises(KilledError), connection.execute_wrapper(count):
        sweep(at=LATE)
    sweep(at=LATE)
    kinds = Counter(DutyEvent.objects.values_list("kind", flat=True))
    assert kinds == {"started": PEOPLE, "lapsed": PEOPLE}
    assert Alert.objects.count() == PEOPLE

"""Jobs under a lease: two workers never do one job twice, and a dead worker loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests.support.orders import agencies, london, officer
from vigil.access.errors import NotAllowedError
from vigil.access.viewer import Role, worker_for
from vigil.ledger.models import Entry
from vigil.monitoring import permissions, queries, rules
from vigil.monitoring.actions.jobs import LEASE, Lease, enqueue, fail, finish, take
from vigil.monitoring.errors import LeaseLostError, NothingToDoError
from vigil.monitoring.models import Job

NOW = london(2026, 11, 23, 12)
SECOND = timedelta(seconds=1)
WORKER = worker_for("10")
KINDS = ["identify"]


@pytest.fixture
def world(db: None) -> None:
    agencies()


def ask(target: str = "run", **changed: object) -> int:
    return enqueue(by=officer(), at=NOW, kind="identify", target=target, **changed)  # type: ignore[arg-type]


def taken(holder: str = "one", at: object = NOW) -> Lease:
    return take(by=WORKER, at=at, holder=holder, kinds=KINDS)  # type: ignore[arg-type]


@pytest.mark.usefixtures("world")
class TestOneWorker:
    def test_a_job_is_taken_done_and_gone(self) -> None:
        number = ask()
        assert queries.agencies_with_jobs(WORKER, at=NOW) == ["10"]
        lease = taken()
        assert (lease.job, lease.target, lease.agency, lease.attempt) == (number, "run", "10", 1)
        assert queries.agencies_with_jobs(WORKER, at=NOW) == []
        finish(by=WORKER, at=NOW + SECOND, lease=lease)
        assert Job.objects.get().done_at == NOW + SECOND
        with pytest.raises(NothingToDoError):
            taken(at=NOW + 2 * LEASE)

    def test_when_nothing_waits_nothing_is_written(self) -> None:
        with pytest.raises(NothingToDoError):
            taken()
        assert not Entry.objects.exists()

    def test_asked_twice_while_it_waits_it_is_one_job(self) -> None:
        assert ask() == ask()
        finish(by=WORKER, at=NOW, lease=taken())
        assert ask() != Job.objects.order_by("id").first().pk  # type: ignore[union-attr]
        assert Job.objects.count() == 2

    def test_the_one_that_waited_longest_goes_first_and_one_not_yet_due_waits(self) -> None:
        ask("later", due_at=NOW + SECOND)
        ask("second", due_at=NOW - SECOND)
        ask("first", due_at=NOW - 2 * SECOND)
        assert [taken().target, taken().target] == ["first", "second"]
        with pytest.raises(NothingToDoError):
            taken()
        assert taken(at=NOW + SECOND).target == "later"

    def test_work_of_another_agency_or_another_kind_is_left(self) -> None:
        enqueue(by=officer(agency="11"), at=NOW, kind="identify", target="theirs")
        enqueue(by=officer(), at=NOW, kind="other", target="ours")
        with pytest.raises(NothingToDoError):
            taken()
        assert queries.agencies_with_jobs(WORKER, at=NOW) == ["10", "11"]

    def test_a_job_of_a_dead_worker_is_free_when_its_lease_ends_and_not_before(self) -> None:
        ask()
        dead = taken("dead")
        with pytest.raises(NothingToDoError):
            taken("alive", at=NOW + LEASE - SECOND)
        alive = taken("alive", at=NOW + LEASE)
        assert (alive.job, alive.attempt) == (dead.job, 2)
        with pytest.raises(LeaseLostError):
            finish(by=WORKER, at=NOW + LEASE, lease=dead)
        with pytest.raises(LeaseLostError):
            fail(by=WORKER, at=NOW + LEASE, lease=dead, failure="OSError")
        finish(by=WORKER, at=NOW + LEASE, lease=alive)

    def test_the_same_worker_does_not_finish_on_an_old_lease(self) -> None:
        ask()
        old = taken()
        taken(at=NOW + LEASE)
        with pytest.raises(LeaseLostError):
            finish(by=WORKER, at=NOW + LEASE, lease=old)

    def test_a_failed_job_waits_and_after_so_many_times_a_human_must_look(self) -> None:
        ask()
        at = NOW
        for attempt in range(1, rules.MOST_ATTEMPTS):
            again_at = fail(by=WORKER, at=at, lease=taken(at=at), failure="OSError")
            assert again_at == rules.retry_at(at, attempt)
            assert again_at is not None
            with pytest.raises(NothingToDoError):
                taken(at=again_at - SECOND)
            at = again_at
        assert fail(by=WORKER, at=at, lease=taken(at=at), failure="OSError") is None
        row = Job.objects.get()
        assert (row.given_up_at, row.failure, row.done_at) == (at, "OSError", None)
        with pytest.raises(NothingToDoError):
            taken(at=at + timedelta(days=9))
        assert ask() != row.pk

    @pytest.mark.parametrize("role", list(Role))
    def test_who_may_ask_and_that_nobody_but_the_worker_takes(self, role: Role) -> None:
        viewer = officer(role)
        if role in permissions.VERBS[permissions.ASK]:
            assert enqueue(by=viewer, at=NOW, kind="identify", target="run")
        else:
            with pytest.raises(NotAllowedError):
                enqueue(by=viewer, at=NOW, kind="identify", target="run")
        enqueue(by=WORKER, at=NOW, kind="identify", target="run")
        lease = Lease(1, "identify", "run", "10", "x", 1)
        for attempt in (
            lambda: take(by=viewer, at=NOW, holder="x", kinds=KINDS),
            lambda: finish(by=viewer, at=NOW, lease=lease),
            lambda: fail(by=viewer, at=NOW, lease=lease, failure="x"),
        ):
            with pytest.raises(NotAllowedError):
                attempt()

    def test_a_lease_without_a_holder_is_refused_by_the_database(self) -> None:
        ask()
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.update(leased_until=NOW)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    agencies()
    yield
    connection.close()


@pytest.mark.usefixtures("committed")
def test_four_workers_at_once_do_each_of_forty_jobs_once() -> None:
    for number in range(40):
        ask(str(number))
    together = Barrier(4)

    def work(holder: str) -> list[str]:
        done = []
        try:
            together.wait()
            lease = taken(holder)
            together.wait()  # all four hold a job at once
            while True:
                finish(by=WORKER, at=NOW, lease=lease)
                done.append(lease.target)
                lease = taken(holder)
        except NothingToDoError:
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        shares = list(pool.map(work, ["a", "b", "c", "d"]))
    done = [target for share in shares for target in share]
    assert sorted(done, key=int) == [str(number) for number in range(40)]
    assert all(shares), "a worker that took nothing tried nothing"
    assert not Job.objects.filter(done_at=None).exists()

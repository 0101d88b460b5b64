"""Sealing: in order, in chunks, restartable, and never on top of something broken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, connections

from tests.ledger.conftest import Write
from vigil.ledger import sealing
from vigil.ledger.errors import AppendOnlyError, BrokenLedgerError
from vigil.ledger.models import Checkpoint, Entry, Target
from vigil.ledger.sealing import Head, head, seal, unsealed
from vigil.ledger.tree import leaf_hash, root_of


def by_hand(sql: str, *values: str | int) -> None:
    """What somebody with a hand on the database can do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_ledger_without_entries_has_no_checkpoint(db: None, at: datetime) -> None:
    assert seal(at) is None
    assert head() is None
    assert unsealed() == 0


def test_entries_are_sealed_in_the_order_in_which_they_were_written(
    write: Write, at: datetime
) -> None:
    made = write(5)
    assert unsealed() == 5
    sealed = seal(at)
    leaves = [leaf_hash(e.leaf.encode()) for e in made]
    assert sealed == Head(5, root_of(leaves).hex())
    assert unsealed() == 0
    rows = Entry.objects.order_by("pk").values_list("leaf_index", "leaf_hash")
    assert list(rows) == [(n, leaf.hex()) for n, leaf in enumerate(leaves)]


@pytest.mark.parametrize("chunk", [1, 3, 5, 100])
def test_the_root_is_the_same_however_it_was_cut(write: Write, at: datetime, chunk: int) -> None:
    made = write(9)
    sealed = seal(at, chunk=chunk)
    assert sealed is not None
    assert sealed.root == root_of([leaf_hash(e.leaf.encode()) for e in made]).hex()


def test_a_sealer_that_was_killed_goes_on_where_it_stopped(
    write: Write, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = write(7)
    real, calls = sealing._seal_chunk, 0

    def dies(when: datetime, chunk: int) -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return real(when, chunk)

    monkeypatch.setattr(sealing, "_seal_chunk", dies)
    with pytest.raises(KeyboardInterrupt):
        seal(at, chunk=2)
    assert head() is not None
    assert unsealed() == 3
    monkeypatch.undo()
    finished = seal(at, chunk=2)
    assert finished is not None
    assert finished.root == root_of([leaf_hash(e.leaf.encode()) for e in made]).hex()


def test_a_second_sealing_without_new_entries_changes_nothing(
    sealed: list[Entry], at: datetime
) -> None:
    before = Checkpoint.objects.count()
    assert seal(at) == head()
    assert Checkpoint.objects.count() == before


def test_an_entry_that_was_committed_late_gets_the_next_place(
    sealed: list[Entry], write: Write, at: datetime
) -> None:
    late, last = write(2)  # the first got its number first, and is committed after the second
    by_hand("DELETE FROM ledger_target WHERE entry_id = %s", late.pk)
    by_hand("DELETE FROM ledger_entry WHERE id = %s", late.pk)
    seal(at)
    late._state.adding = True
    late.save()
    seal(at)
    assert Entry.objects.get(pk=last.pk).leaf_index == 10
    assert Entry.objects.get(pk=late.pk).leaf_index == 11


@pytest.mark.parametrize(("column", "value"), [("root", "00" * 32), ("peaks", "00" * 64)])
def test_nothing_is_sealed_on_top_of_a_replaced_checkpoint(
    sealed: list[Entry], write: Write, at: datetime, column: str, value: str
) -> None:
    write(1)
    by_hand(f"UPDATE ledger_checkpoint SET {column} = %s WHERE size = 10", value)
    with pytest.raises(BrokenLedgerError):
        seal(at)
    assert unsealed() == 1


def test_nothing_is_sealed_after_the_end_was_cut_off(
    sealed: list[Entry], write: Write, at: datetime
) -> None:
    write(1)
    by_hand("DELETE FROM ledger_target WHERE entry_id = %s", sealed[-1].pk)
    by_hand("DELETE FROM ledger_entry WHERE id = %s", sealed[-1].pk)
    with pytest.raises(BrokenLedgerError, match="expected 10 sealed entries"):
        seal(at)


def test_an_entry_a_target_and_a_checkpoint_are_never_changed_or_removed(
    sealed: list[Entry],
) -> None:
    attempts: list[Callable[[], object]] = []
    for model in (Entry, Target, Checkpoint):
        row = model.objects.first()
        attempts += [row.save, row.delete, model.objects.all().delete]  # type: ignore[union-attr]
        attempts.append(lambda model=model: model.objects.update(id=1))  # type: ignore[misc]
    for attempt in attempts:
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_give_every_entry_one_place(
    viewer_factory: Callable[..., object], write: Write, at: datetime
) -> None:
    write(40)
    faults: list[BaseException] = []

    def run() -> None:
        try:
            seal(at, chunk=3)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    sealers = [threading.Thread(target=run) for _ in range(2)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join()
    assert faults == []
    places = Entry.objects.order_by("leaf_index").values_list("leaf_index", flat=True)
    assert list(places) == list(range(40))
    newest = head()
    assert newest is not None
    assert newest.size == 40
